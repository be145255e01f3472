"""What does a reader get? One stream of bytes, and what is known of it before it is read."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from corpus.article import RawDocument
from corpus.errors import InputError, UnsafeInput
from corpus.readers.budget import Budget

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
        columns: for tables: which column holds which key, where a person said so.
        depth: how many containers it lies in.
        budget: what may still be unpacked; None for a file that lies in no container.
    """

    stream: io.BufferedReader
    locator: str
    name: str
    collected: datetime
    columns: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0
    budget: Budget | None = None

    @property
    def head(self) -> bytes:
        """The first bytes, not consumed."""
        return self.stream.peek(HEAD)[:HEAD]

    def all(self) -> bytes:
        """Every byte of one document.

        Raises:
            UnsafeInput: there are more than `MAX_DOCUMENT`.
        """
        content = self.stream.read(MAX_DOCUMENT + 1)
        if len(content) > MAX_DOCUMENT:
            raise UnsafeInput(
                f"the document is longer than {MAX_DOCUMENT >> 20} MB",
                where=self.locator,
                advice="Split it, or take out what is embedded in it",
            )
        return content

    def within(
        self,
        stream: BinaryIO,
        *,
        name: str,
        collected: datetime | None = None,
        locator: str | None = None,
        budget: Budget | None = None,
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
        )


Reader = Callable[[Source], Read]
"""Reads one format. May raise an `InputError` where nothing more can be read."""


def open_source(path: Path, *, columns: Mapping[str, str] | None = None) -> Source:
    """Opens a file as a source; closing its `stream` closes the file.

    Raises:
        OSError: it cannot be opened.
    """
    return Source(
        stream=buffered(cast("BinaryIO", path.open("rb", buffering=0))),
        locator=printable(path),
        name=path.name,
        collected=datetime.now(UTC),
        columns=columns or {},
    )


def buffered(stream: BinaryIO) -> io.BufferedReader:
    """The stream with a buffer large enough to tell its format."""
    return io.BufferedReader(cast("io.RawIOBase", stream), HEAD)


def printable(path: Path) -> str:
    """The absolute path as text; bytes that are no UTF-8 are shown as `\\xNN`."""
    return os.fsencode(path.absolute()).decode("utf-8", "backslashreplace")
