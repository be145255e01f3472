"""Updater: what of an earlier index can the next one keep? Every document that is the same in both.

The updater is given all documents, as a writer of a whole index is, and compares each with what
the earlier index stores. So nothing needs to be known of why a document changed: a new version, a
merged name, a family with a new first member. What differs waits in a file until all is known.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import numpy as np

from indexer.analysis.types import Analyzer
from indexer.document import IndexDocument
from indexer.writers.types import WriterReport
from indexer.writers.whoosh.dictionary import Live
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.stored import StoredReader
from indexer.writers.whoosh.files.vocabulary import Vocabulary
from indexer.writers.whoosh.writer import DEFAULT_MEMORY, Spool, WhooshWriter


class WhooshUpdater:
    """An `IndexWriter` that takes over from an earlier index what it has just so already.

    Documents that are not added are gone. Of documents that are kept, the order is that of the
    earlier index; the others come after them.

    Args:
        folder, memory: as of `WhooshWriter`.
        base: folder of the earlier index, made with the same analyzer. It is only read; its files
            may get a second name in `folder`.

    Raises:
        IndexCorrupt: `base` is damaged, or another release made it.
    """

    def __init__(
        self, folder: Path, analyzer: Analyzer, *, base: Path, memory: int = DEFAULT_MEMORY
    ) -> None:
        self._writer = WhooshWriter(folder, analyzer, memory=memory, base=base)
        self._earlier = _Earlier(self._writer.earlier)
        self._differing = Spool(folder)

    def add(self, document: IndexDocument) -> None:
        """Adds one document; each id once."""
        if not self._earlier.keeps(document):
            self._differing.add(document)

    def keep(self, article_id: str) -> bool:
        """Keeps a document, of which the caller knows that it would be added as it is there.

        Returns:
            False where there is none of this id: it must be added.
        """
        return self._earlier.take(article_id)

    def commit(self) -> WriterReport:
        """Writes what differs, and makes everything durable."""
        for docnum in self._earlier.others():
            self._writer.delete_document(docnum)
        for document in self._differing:
            self._writer.add(document)
        report = self._writer.commit()
        self._differing.close()
        return replace(report, details={**report.details, "written": len(self._differing)})

    def cancel(self) -> None:
        """Closes the writer without an index."""
        self._differing.close()
        self._writer.cancel()


class _Earlier:
    """The documents of an index: which of them are wanted again?"""

    def __init__(self, segments: list[tuple[Sections, Live]]) -> None:
        self._stored = [StoredReader(segment) for segment, _ in segments]
        self._firsts = list(accumulate((len(live) for _, live in segments), initial=0))
        self._places: dict[str, int] = {}
        for first, (segment, live) in zip(self._firsts, segments, strict=False):
            docs = segment["article.docs"].whole().astype(np.int64)
            ids = Vocabulary(segment, "article").words()
            self._places.update(
                (article_id, first + doc)
                for article_id, doc, is_live in zip(
                    ids, docs.tolist(), live[docs].tolist(), strict=True
                )
                if is_live
            )

    def keeps(self, document: IndexDocument) -> bool:
        """Whether the index has this very document, which is wanted then."""
        place = self._places.get(document.article_id)
        if place is None:
            return False
        segment = bisect_right(self._firsts, place) - 1
        if self._stored[segment].read(place - self._firsts[segment]) != document:
            return False
        return self.take(document.article_id)

    def take(self, article_id: str) -> bool:
        """Whether the index has a document of this id, which is wanted then."""
        return self._places.pop(article_id, None) is not None

    def others(self) -> list[int]:
        """Numbers of the documents that were not wanted so far."""
        return list(self._places.values())
