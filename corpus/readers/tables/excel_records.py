"""Excel records: what does the stream of an old workbook consist of, and what texts are in it?

Each record has a number that tells what it is; a long one goes on in others behind it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from corpus.readers.tables.compound import Damaged, Stream

_CONTINUE, _LONGEST = 0x3C, 8224
"""What goes on with the record before it, and how long one may be."""


class Record(NamedTuple):
    """One record: its number, its content, where it begins and where the next does."""

    kind: int
    content: bytes
    at: int
    after: int


def records_in(stream: Stream, at: int) -> Iterator[Record]:
    """The records from a place on.

    Raises:
        Damaged: one is longer than any may be, or the stream ends in it.
    """
    while at < stream.size:
        head = stream.read(at, 4)
        if len(head) < 4:
            raise Damaged("it is cut off")
        kind, length = struct.unpack("<HH", head)
        if length > _LONGEST:
            raise Damaged(f"a record of {length} bytes at {at}")
        content = stream.read(at + 4, length)
        if len(content) < length:
            raise Damaged("it is cut off")
        yield Record(kind, content, at, at + 4 + length)
        at += 4 + length


def continued(stream: Stream, record: Record, *, skipped: int = 0) -> Iterator[bytes]:
    """The content of a record and of those that go on with it."""
    yield record.content[skipped:]
    for following in records_in(stream, record.after):
        if following.kind != _CONTINUE:
            return
        yield following.content


class Pieces:
    """Bytes and texts out of the pieces that a long record is cut into."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = next(pieces)
        self._at = 0

    def bytes(self, count: int) -> bytes:
        """So many bytes.

        Raises:
            Damaged: there are fewer.
        """
        found = self._held[self._at : self._at + count]
        self._at += len(found)
        while len(found) < count:
            self._turn()
            more = self._held[: count - len(found)]
            self._at = len(more)
            found += more
        return found

    def _turn(self) -> None:
        self._held, self._at = next(self._pieces, b""), 0
        if not self._held:
            raise Damaged("a text is cut off")

    def text(self) -> str:
        """A text with its length in two bytes, without how it looks."""
        return self.letters(struct.unpack("<H", self.bytes(2))[0])

    def letters(self, count: int) -> str:
        """A text of so many letters, each in one byte or two; a new piece says that anew."""
        how = self.bytes(1)[0]
        runs = struct.unpack("<H", self.bytes(2))[0] if how & 8 else 0
        behind = struct.unpack("<I", self.bytes(4))[0] if how & 4 else 0
        found = []
        while count:
            if self._at >= len(self._held):
                self._turn()
                how = self.bytes(1)[0]
            width = 2 if how & 1 else 1
            ready = min(count, (len(self._held) - self._at) // width)
            if not ready:
                raise Damaged("a letter is cut in two")
            letters = self._held[self._at : self._at + ready * width]
            self._at += ready * width
            found.append(
                letters.decode("utf-16-le", "surrogatepass")
                if width == 2
                else letters.decode("latin-1")
            )
            count -= ready
        self._skip(runs * 4 + behind)
        return "".join(found)

    def _skip(self, count: int) -> None:
        while count:
            if self._at >= len(self._held):
                self._turn()
            step = min(count, len(self._held) - self._at)
            self._at += step
            count -= step
