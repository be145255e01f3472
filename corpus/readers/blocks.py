"""How is a crawl read that was packed as a whole? Unpacked, as far as that is possible."""

from __future__ import annotations

import contextlib
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from corpus.readers.budget import Budget
from corpus.readers.damage import next_record

_AT_ONCE = 512  # packed bytes unpacked together: of those with damage among them nothing is had

CLIPPED = "it is clipped"


@dataclass(frozen=True, slots=True)
class Block:
    """What one member of a packed crawl holds.

    Attributes:
        content: a temporary file.
        end: where in the packed stream the member ends, or stops to unpack.
        complaint: why it stops; empty when it is whole.
    """

    content: BinaryIO
    end: int
    complaint: str

    def holds_several(self) -> bool:
        """Whether a record begins after the first one."""
        return next_record(self.content, after=0, packed=False) is not None


@contextlib.contextmanager
def block_at(stream: BinaryIO, offset: int, *, locator: str) -> Iterator[Block]:
    """The member that begins at `offset`, unpacked as far as possible.

    Raises:
        UnsafeInput: there is more in it than is believable.
    """
    unpacker = zlib.decompressobj(wbits=31)
    stream.seek(offset)
    end, complaint = offset, ""
    budget = Budget(lambda: end - offset, locator=locator)
    with tempfile.TemporaryFile() as content:
        while not unpacker.eof:
            packed = stream.read(_AT_ONCE)
            if not packed:
                complaint = CLIPPED
                break
            end += len(packed)
            try:
                unpacked = unpacker.decompress(packed)
            except zlib.error as error:
                complaint = str(error)
                break
            budget.spend(len(unpacked))
            content.write(unpacked)
        yield Block(cast("BinaryIO", content), end - len(unpacker.unused_data), complaint)
