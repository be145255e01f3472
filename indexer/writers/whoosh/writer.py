"""Writes one generation's index: segments as they fill, the dictionary at the end."""

from __future__ import annotations

import os
from pathlib import Path

from indexer.analysis.types import Analyzer
from indexer.document import IndexDocument
from indexer.schema import TEXT_FIELDS
from indexer.writers.types import WriterReport
from indexer.writers.whoosh.dictionary import KIND, write_dictionary
from indexer.writers.whoosh.sections import Sections
from indexer.writers.whoosh.segment import MAX_DOCUMENTS, SegmentWriter, open_segment

DEFAULT_MEMORY = 512 << 20
DICTIONARY = "dictionary.dsp"


class WhooshWriter:
    """An `IndexWriter`. The files depend on the documents alone, not on the memory budget.

    Args:
        folder: an empty folder, made if it is missing.
        memory: bytes of tokens to hold before they are moved to disk. Inverting takes about three
            times as much for a moment.
        segment_documents: articles a segment; fewer than the default is for tests.
    """

    def __init__(
        self,
        folder: Path,
        analyzer: Analyzer,
        *,
        memory: int = DEFAULT_MEMORY,
        segment_documents: int = MAX_DOCUMENTS,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        assert 0 < segment_documents <= MAX_DOCUMENTS
        self._folder = folder
        self._analyzer = analyzer
        self._memory = memory // 3
        self._segment_documents = segment_documents
        self._written: list[Path] = []
        self._current: SegmentWriter | None = None

    def add(self, document: IndexDocument) -> None:
        """Adds one document. Documents keep the order they were added in."""
        if self._current is None:
            path = self._folder / f"segment-{len(self._written):04d}.dsp"
            self._current = SegmentWriter(path, self._analyzer, memory=self._memory)
        self._current.add(document)
        if self._current.documents == self._segment_documents:
            self._close_segment()

    def commit(self) -> WriterReport:
        """Makes everything durable and closes the writer."""
        self._close_segment()
        segments = [open_segment(path) for path in self._written]
        write_dictionary(self._folder / DICTIONARY, segments, self._analyzer)
        _sync_folder(self._folder)
        return WriterReport(
            documents=sum(segment.meta["documents"] for segment in segments),
            words=sum(
                segment.meta["words"][field.name] for segment in segments for field in TEXT_FIELDS
            ),
            text_bytes=sum(segment.meta["text_bytes"] for segment in segments),
            details={"segments": len(segments)},
        )

    def abandon(self) -> None:
        """Closes the writer without an index; what it wrote is removed."""
        if self._current is not None:
            self._current.abandon()
            self._current = None
        for path in (*self._written, self._folder / DICTIONARY):
            path.unlink(missing_ok=True)
        self._written.clear()

    def _close_segment(self) -> None:
        if self._current is not None:
            self._current.close()
            self._written.append(self._current.path)
            self._current = None


def verify(folder: Path) -> None:
    """Checks every byte of the index in a folder.

    Raises:
        IndexCorrupt: a file is missing, or a byte is not what was written.
    """
    dictionary = Sections(folder / DICTIONARY, KIND)
    dictionary.verify()
    for name in dictionary.meta["segments"]:
        open_segment(folder / name).verify()


def _sync_folder(folder: Path) -> None:
    """Makes the names of new files durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
