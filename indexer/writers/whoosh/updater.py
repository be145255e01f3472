"""Updater: what of an earlier index can the next one keep? Every document that is the same in both.

The updater is given all documents, as a writer of a whole index is, and compares each with what
the earlier index stores. So nothing needs to be known of why a document changed: a new version, a
merged name, a family with a new first member. What differs waits in a file until all is known.
Where a caller knows that nothing differs but what names mean, the segment gets a patch.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import numpy as np

from indexer.analysis.types import Analyzer
from indexer.document import IndexDocument, NamesIn, Renamed
from indexer.writers.types import WriterReport
from indexer.writers.whoosh.dictionary import Live
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.stored import StoredReader
from indexer.writers.whoosh.files.vocabulary import Vocabulary
from indexer.writers.whoosh.patches import Numbers
from indexer.writers.whoosh.writer import DEFAULT_MEMORY, Spool, WhooshWriter

_WORTH = 256  # of a segment one document in so many is named anew before all its names are written


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
        self._renamed = 0

    def add(self, document: IndexDocument, names: NamesIn | None = None) -> None:
        """Adds one document; each id once."""
        if not self._earlier.keeps(document, names):
            self._differing.add(document, names)

    def keep(self, article_id: str) -> bool:
        """Keeps a document, of which the caller knows that it would be added as it is there.

        Returns:
            False where there is none of this id: it must be added.
        """
        return self._earlier.take(article_id)

    def keep_renamed(self, renamed: Renamed) -> Collection[str]:
        """Keeps documents but for what their names mean, where many of a segment are such."""
        kept: list[str] = []
        for number, (docs, articles) in self._earlier.where(renamed.article_ids).items():
            if len(docs) * _WORTH < len(self._writer.earlier[number][1]):
                continue
            self._writer.patch(number, docs, renamed, articles)
            kept += [renamed.article_ids[article] for article in articles.tolist()]
        for article_id in kept:
            self._earlier.take(article_id)
        self._renamed = len(kept)
        return frozenset(kept)

    def commit(self) -> WriterReport:
        """Writes what differs, and makes everything durable."""
        for docnum in self._earlier.others():
            self._writer.delete_document(docnum)
        for document, names in self._differing:
            self._writer.add(document, names)
        report = self._writer.commit()
        self._differing.close()
        written = len(self._differing) + self._renamed
        return replace(report, details={**report.details, "written": written})

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

    def where(self, article_ids: Sequence[str]) -> dict[int, tuple[Numbers, Numbers]]:
        """By segment, numbers of those of some documents that it has, and their places here."""
        places = np.array([self._places.get(one, -1) for one in article_ids], np.int64)
        segments = np.searchsorted(self._firsts, places, side="right") - 1
        found: dict[int, tuple[Numbers, Numbers]] = {}
        for number in np.unique(segments[places >= 0]).tolist():
            articles = np.flatnonzero((segments == number) & (places >= 0))
            found[number] = places[articles] - self._firsts[number], articles
        return found

    def keeps(self, document: IndexDocument, names: NamesIn | None) -> bool:
        """Whether the index has this very document, which is wanted then."""
        place = self._places.get(document.article_id)
        if place is None:
            return False
        segment = bisect_right(self._firsts, place) - 1
        stored = self._stored[segment].read_with_names(place - self._firsts[segment])
        if stored != (document, names):
            return False
        return self.take(document.article_id)

    def take(self, article_id: str) -> bool:
        """Whether the index has a document of this id, which is wanted then."""
        return self._places.pop(article_id, None) is not None

    def others(self) -> list[int]:
        """Numbers of the documents that were not wanted so far."""
        return list(self._places.values())
