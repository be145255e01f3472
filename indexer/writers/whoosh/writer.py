"""Writes one generation's index: segments as they fill, the dictionary at the end."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path

import numpy as np

from indexer.analysis.types import Analyzer
from indexer.compiled import AnyArray
from indexer.document import IndexDocument
from indexer.writers.types import WriterReport
from indexer.writers.whoosh.dictionary import KIND, Live, unpack, write_dictionary
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.stored import StoredReader
from indexer.writers.whoosh.files.vocabulary import Vocabulary
from indexer.writers.whoosh.segment import MAX_DOCUMENTS, SegmentWriter, open_segment

DEFAULT_MEMORY = 512 << 20
DICTIONARY = "dictionary.dsp"
_DELETED = 4  # a segment is written anew when more than one document of so many is deleted
_SIZES = (8, 2)  # less than an eighth of the documents it might have, then less than half of them
_MOST = 4  # segments of one size: each costs a question 5 to 50 µs


class WhooshWriter:
    """An `IndexWriter`. The files depend on the documents alone, not on the memory budget.

    Args:
        folder: an empty folder, made if it is missing.
        memory: bytes of tokens to hold before they are moved to disk. Inverting takes about three
            times as much for a moment.
        segment_documents: articles a segment; fewer than the default is for tests.
        base: folder of an earlier index, whose articles are kept: its segments are linked, not
            copied. A segment is written anew when more than a quarter of it is deleted, and those
            of one size, small or medium, when there are more than four.
        without: ids of articles of `base` that are gone, or that come again through `add`.

    Raises:
        IndexCorrupt: `base` is damaged.
    """

    def __init__(
        self,
        folder: Path,
        analyzer: Analyzer,
        *,
        memory: int = DEFAULT_MEMORY,
        segment_documents: int = MAX_DOCUMENTS,
        base: Path | None = None,
        without: Collection[str] = (),
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        assert 0 < segment_documents <= MAX_DOCUMENTS
        self._folder = folder
        self._analyzer = analyzer
        self._memory = memory // 3
        self._segment_documents = segment_documents
        self._written: list[Path] = []
        self._live: dict[Path, Live] = {}
        self._current: SegmentWriter | None = None
        if base is not None:
            self._keep(base, without)

    def add(self, document: IndexDocument) -> None:
        """Adds one document. Documents keep the order they were added in."""
        if self._current is None:
            self._current = SegmentWriter(self._next_path(), self._analyzer, memory=self._memory)
        self._current.add(document)
        if self._current.documents == self._segment_documents:
            self._close_segment()

    def commit(self) -> WriterReport:
        """Makes everything durable and closes the writer."""
        self._close_segment()
        segments = [open_segment(path) for path in self._written]
        live = [
            self._live.get(segment.path, np.ones(segment.meta["documents"], np.bool_))
            for segment in segments
        ]
        path = self._folder / DICTIONARY
        write_dictionary(path, segments, live, self._analyzer)
        _sync_folder(self._folder)
        meta = Sections(path, KIND).meta
        deleted = sum(meta["documents"]) - sum(meta["live"])
        return WriterReport(
            documents=sum(meta["live"]),
            words=sum(meta["words"].values()),
            text_bytes=sum(segment.meta["text_bytes"] for segment in segments),
            details={"segments": len(segments), "deleted": deleted},
        )

    def _keep(self, base: Path, without: Collection[str]) -> None:
        """Links the segments of an earlier index, or adds what is left of them anew."""
        dictionary = Sections(base / DICTIONARY, KIND)
        kept = [
            _remaining(open_segment(base / name), dictionary[f"live.{number}"].whole(), without)
            for number, name in enumerate(dictionary.meta["segments"])
        ]
        sizes = [self._size(live) for _, live in kept]
        anew = []
        for (segment, live), size in zip(kept, sizes, strict=True):
            dead = len(live) - int(np.count_nonzero(live))
            if dead * _DELETED > len(live) or (size < len(_SIZES) and sizes.count(size) > _MOST):
                anew.append((segment, live))
                continue
            path = self._next_path()
            link(segment.path, path)
            self._written.append(path)
            self._live[path] = live
        for segment, live in anew:
            stored = StoredReader(segment)
            for doc in np.flatnonzero(live).tolist():
                self.add(stored.read(doc))

    def _size(self, live: Live) -> int:
        """The place of a segment's size in `_SIZES`; the number of these for a large one."""
        fitting = (len(live) * parts < self._segment_documents for parts in _SIZES)
        return next((size for size, fits in enumerate(fitting) if fits), len(_SIZES))

    def _next_path(self) -> Path:
        return self._folder / f"segment-{len(self._written):04d}.dsp"

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


def _remaining(
    segment: Sections, live_bits: AnyArray, without: Collection[str]
) -> tuple[Sections, Live]:
    """A segment, and which of its documents are neither deleted nor named in `without`."""
    live = unpack(live_bits, segment.meta["documents"])
    ids = Vocabulary(segment, "article")
    docs = segment["article.docs"].whole()
    gone = [place for place in map(ids.find, without) if place is not None]
    live[docs[gone]] = False
    return segment, live


def link(source: Path, target: Path) -> None:
    """Makes a file appear under another name too; copies it where links are not possible."""
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)


def _sync_folder(folder: Path) -> None:
    """Makes the names of new files durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
