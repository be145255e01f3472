"""Damage in a crawl: where reading goes on behind it, and what still unpacks."""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from corpus.readers.packed.compressed import GZIP
from corpus.readers.source import Budget

# Where does a damaged crawl go on? At the next thing that looks like the start of a record.

DAMAGE = (
    OSError,
    EOFError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    AssertionError,
    OverflowError,
    zlib.error,
)
"""What the parser of crawls raises on damaged bytes, as found by mutating real ones."""

PLAIN = b"WARC/"

TOO_SHORT = "Record not followed by newline"
"""Stands in what warcio prints of a record that goes on behind the length it tells."""

_PLAIN_START = re.compile(
    rb"(?<=\n)WARC/[01]\.\d"
    rb"|(?<=\n)https?://\S{1,4000} \d{1,3}(?:\.\d{1,3}){3} \d{14} "  # a record of an ARC
)
_START = re.compile(re.escape(GZIP) + rb"|" + _PLAIN_START.pattern)
_BLOCK = 1 << 20
_OVERLAP = 5000


def next_record(stream: BinaryIO, *, after: int, packed: bool = True) -> int | None:
    """The offset of the next record after the one at `after`; None when there is none.

    Args:
        packed: whether it may be packed.
    """
    start = _START if packed else _PLAIN_START
    position = after + 1
    while True:
        stream.seek(position)
        block = stream.read(_BLOCK + _OVERLAP)
        match = start.search(block)
        if match is not None:
            return position + match.start()
        if len(block) < _BLOCK + _OVERLAP:
            return None
        position += _BLOCK


@contextlib.contextmanager
def heeded() -> Iterator[None]:
    """Makes an error of what warcio only prints: that bytes do not unpack, or lengths do not fit.

    Raises:
        ValueError: something was printed.
    """
    with contextlib.redirect_stderr(io.StringIO()) as printed:
        yield
    for complaint in filter(None, printed.getvalue().splitlines()):
        if not complaint.startswith("Replacing spaces"):  # in an address, which harms nothing
            raise ValueError(complaint)


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
