"""Reading: files read in another process, with so much time and memory for each document.

A document that takes too long costs itself where it lies in an archive, else the rest of its file;
one that ends the process costs the rest of its file. What came before is taken in.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from corpus.errors import UnreadableInput
from corpus.processes import Feeder, Lost
from corpus.readers import read_file
from corpus.readers.source import Asked, Read, printable

PATIENCE = 60.0
"""Seconds for one document, in which no more of the file is read."""

MEMORY = 2 << 30
"""Bytes of addresses for the process: the longest document, unpacked and taken apart."""


class LimitedReading(AbstractContextManager["LimitedReading"]):
    """A process that reads files. A context manager; the first file starts it."""

    def __init__(self, *, patience: float = PATIENCE, memory: int | None = MEMORY) -> None:
        self._feeder = Feeder(_read, patience=patience, memory=memory)

    def __exit__(self, *_error: object) -> None:
        self._feeder.close()

    def read(self, path: Path, *, asked: Asked | None = None) -> Read:
        """As `read_file`."""
        for item in self._feeder.results((path, asked)):
            if isinstance(item, Lost):
                yield UnreadableInput(
                    f"reading it {item}",
                    where=printable(path),
                    advice="What came before this point was taken in; please report it",
                )
            else:
                yield item


def _read(file: tuple[Path, Asked | None]) -> Read:
    path, asked = file
    yield from read_file(path, asked=asked)
