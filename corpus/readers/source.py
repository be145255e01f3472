"""Source: one stream of bytes to read, what is known of it, and what it may unpack to."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from corpus.article import RawDocument
from corpus.errors import InputError, UnsafeInput, underway

# How much may a packed file unpack to? Enough for any real dump, too little for a bomb.

FREE_BYTES = 64 << 20
"""What may always be unpacked: too little to harm, whatever the ratio."""

MAX_RATIO = 200
"""Bytes unpacked for each packed byte. Dumps of text pack 3 to 30 times, a bomb 1,000 times."""


class Budget:
    """What may still be unpacked from one file, with all the containers inside it.

    Args:
        packed: how many packed bytes there are, or were read so far.
        locator: what is refused when the budget is spent.
        outer: the budget of the container in which this one lies; it pays for everything too, so
            that bombs in bombs do not multiply.
    """

    def __init__(
        self, packed: Callable[[], int], *, locator: str, outer: Budget | None = None
    ) -> None:
        self._packed = packed
        self._locator = locator
        self._outer = outer
        self._spent = 0

    def spend(self, count: int) -> None:
        """Notes that `count` bytes were unpacked.

        Raises:
            UnsafeInput: that is more than is believable.
        """
        self._spent += count
        if self._spent > FREE_BYTES and self._spent > MAX_RATIO * self._packed():
            raise UnsafeInput(
                f"it unpacks to more than {MAX_RATIO} times its size",
                where=self._locator,
                advice="If you trust it, unpack it yourself and add the folder",
            )
        if self._outer is not None:
            self._outer.spend(count)


def some_of(stream: BinaryIO, most: int) -> bytes:
    """What can be had of a stream at once; none at its end.

    A stream that is asked for more than that goes on until there is damage, and what it had read
    before that is lost with it.
    """
    read = getattr(stream, "read1", stream.read)
    return cast("bytes", read(most))


class Gauge(io.RawIOBase):
    """A stream that counts what was read through it, and spends it from a budget if it has one."""

    def __init__(self, stream: BinaryIO, budget: Budget | None = None) -> None:
        self._stream = stream
        self._budget = budget
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # wider in typeshed
        content = some_of(self._stream, len(buffer))
        buffer[: len(content)] = content
        self.count += len(content)
        if self._budget is not None:
            self._budget.spend(len(content))
        return len(content)


# When was it collected? What containers write about it, as a moment with a zone.


def in_utc(text: str | None, parse: Callable[[str], datetime]) -> datetime | None:
    """The moment that `text` names; None when it names none.

    Args:
        parse: raises ValueError or TypeError for what it cannot read. A moment without a zone is
            taken as UTC, which is what crawlers write.
    """
    if not text:
        return None
    try:
        moment = parse(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


MAX_DOCUMENT = 64 << 20
"""Bytes of one document. The longest real pages are live blogs of about 20 MB."""

HEAD = 64 << 10
"""Bytes from which a format is told; a page may begin with a long comment."""

_AT_ONCE = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a person asked that files be read.

    Attributes:
        columns: for tables: which column holds which key (`{"title": "Headline"}`).
        scans: pictures in folders and archives are pages, and not parts of pages.
        chapters: each chapter of a book or PDF is an article, where it tells its chapters.
        languages: of scans, as tesseract calls them, joined by `+`; empty where nobody said.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    scans: bool = False
    chapters: bool = False
    languages: str = ""

    @property
    def stamp(self) -> str:
        """Tells one way of reading from another."""
        told = (
            ["scans"] * self.scans
            + ["chapters"] * self.chapters
            + [self.languages] * bool(self.languages)
        )
        return " ".join([str(sorted(self.columns.items())), *told])


Read = Iterator[RawDocument | InputError]
"""What reading gives: documents, and for each bad one what was wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One stream to read.

    Attributes:
        stream: at its beginning; `peek` shows the first `HEAD` bytes without consuming them.
        locator: where it is, for a person, see `RawDocument.locator`.
        name: its file name; a hint only, as the format is told by content.
        collected: when it was collected, as far as its container says; else the time of reading.
        asked: how a person asked that it be read.
        depth: how many containers it lies in.
        budget: what may still be unpacked; None for a file that lies in no container.
        beside: the content of another file in the same folder or container, by its name; None
            where there is none, or one too long to tell only a little of this one.
    """

    stream: io.BufferedReader
    locator: str
    name: str
    collected: datetime
    asked: Asked = field(default_factory=Asked)
    depth: int = 0
    budget: Budget | None = None
    beside: Callable[[str], bytes | None] = lambda _: None

    @property
    def head(self) -> bytes:
        """The first bytes, not consumed."""
        return self.stream.peek(HEAD)[:HEAD]

    def all(self) -> bytes:
        """Every byte of one document.

        Raises:
            UnsafeInput: there are more than `MAX_DOCUMENT`.
        """
        content = bytearray()  # grown as needed: `read` at once takes room for all it may give
        for block in self.blocks():
            content += block
        return bytes(content)

    def blocks(self) -> Iterator[bytes]:
        """The same, a block at a time."""
        size = 0
        while block := self.stream.read(_AT_ONCE):
            size += len(block)
            if size > MAX_DOCUMENT:
                raise UnsafeInput(
                    f"the document is longer than {MAX_DOCUMENT >> 20} MB",
                    where=self.locator,
                    advice="Split it, or take out what is embedded in it",
                )
            yield block

    def within(
        self,
        stream: BinaryIO,
        *,
        name: str,
        collected: datetime | None = None,
        locator: str | None = None,
        budget: Budget | None = None,
        beside: Callable[[str], bytes | None] = lambda _: None,
    ) -> Source:
        """A part of this source: a member of an archive, or its own decompressed content."""
        return replace(
            self,
            stream=buffered(stream),
            name=name,
            locator=locator or f"{self.locator}!{name}",
            collected=collected or self.collected,
            depth=self.depth + 1,
            budget=budget or self.budget,
            beside=beside,
        )


Reader = Callable[[Source], Read]
"""Reads one format. May raise an `InputError` where nothing more can be read."""


def open_source(path: Path, *, asked: Asked | None = None) -> Source:
    """Opens a file as a source; closing its `stream` closes the file.

    Raises:
        OSError: it cannot be opened.
    """
    return Source(
        stream=buffered(cast("BinaryIO", _Watched(path.open("rb", buffering=0)))),
        locator=printable(path),
        name=path.name,
        collected=datetime.now(UTC),
        asked=asked or Asked(),
        beside=partial(_file_beside, path),
    )


LONGEST_BESIDE = 1 << 20
"""Bytes of a file that tells something of the one beside it."""


def _file_beside(path: Path, name: str) -> bytes | None:
    try:
        with (path.parent / name).open("rb") as stream:
            content = stream.read(LONGEST_BESIDE + 1)
    except OSError:
        return None
    return content if len(content) <= LONGEST_BESIDE else None


class _Watched(io.RawIOBase):
    """An open file that tells how reading it goes on."""

    def __init__(self, file: io.FileIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._file.seekable()

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def readinto(self, buffer: bytearray | memoryview) -> int | None:  # type: ignore[override] # wider in typeshed
        underway()
        return self._file.readinto(buffer)

    def close(self) -> None:
        self._file.close()
        super().close()


def buffered(stream: BinaryIO) -> io.BufferedReader:
    """The stream with a buffer large enough to tell its format."""
    return io.BufferedReader(cast("io.RawIOBase", stream), HEAD)


def printable(path: Path) -> str:
    """The absolute path as text; bytes that are no UTF-8 are shown as `\\xNN`."""
    return os.fsencode(path.absolute()).decode("utf-8", "backslashreplace")
