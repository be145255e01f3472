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
from numpy.typing import NDArray

from indexer.analysis.types import Analyzer
from indexer.document import IndexDocument, NamesIn, Renamed
from indexer.writers.types import WriterReport
from indexer.writers.whoosh.dictionary import Live
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.stored import StoredReader
from indexer.writers.whoosh.files.vocabulary import Vocabulary, encode
from indexer.writers.whoosh.patches import Numbers
from indexer.writers.whoosh.spool import Spool
from indexer.writers.whoosh.writer import DEFAULT_MEMORY, WhooshWriter

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

    def keep(self, article_ids: Sequence[str]) -> NDArray[np.bool_]:
        """Keeps documents, of which the caller knows that they would be added as they are there.

        Returns:
            Of each whether it is there; if not, it must be added.
        """
        return self._earlier.take(article_ids)

    def keep_renamed(self, renamed: Renamed) -> Collection[str]:
        """Keeps documents but for what their names mean, where many of a segment are such."""
        kept: list[str] = []
        for number, (docs, articles) in self._earlier.where(renamed.article_ids).items():
            if len(docs) * _WORTH < len(self._writer.earlier[number][1]):
                continue
            self._writer.patch(number, docs, renamed, articles)
            kept += [renamed.article_ids[article] for article in articles.tolist()]
        self._earlier.take(kept)
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
        ids, places = [_as_keys(())], [np.zeros(0, np.int64)]
        for first, (segment, live) in zip(self._firsts, segments, strict=False):
            docs = segment["article.docs"].whole().astype(np.int64)
            is_live = live[docs]
            ids.append(_keys_in(segment)[is_live])
            places.append(docs[is_live] + first)
        every = np.concatenate(ids)
        order = np.argsort(every, kind="stable")
        self._ids = every[order]
        self._places = np.concatenate(places)[order]
        self._is_left = np.ones(len(order), np.bool_)

    def _found(self, article_ids: Sequence[str]) -> NDArray[np.int64]:
        """Of each id where it is among those that are left; -1 where it is not."""
        keys = _as_keys(article_ids)
        if not len(self._ids):
            return np.full(len(keys), -1, np.int64)
        at = np.minimum(np.searchsorted(self._ids, keys), len(self._ids) - 1)
        return np.where((self._ids[at] == keys) & self._is_left[at], at, -1)

    def where(self, article_ids: Sequence[str]) -> dict[int, tuple[Numbers, Numbers]]:
        """By segment, numbers of those of some documents that it has, and their places here."""
        at = self._found(article_ids)
        places = np.where(at >= 0, np.append(self._places, -1)[at], -1)
        segments = np.searchsorted(self._firsts, places, side="right") - 1
        found: dict[int, tuple[Numbers, Numbers]] = {}
        for number in np.unique(segments[places >= 0]).tolist():
            articles = np.flatnonzero((segments == number) & (places >= 0))
            found[number] = places[articles] - self._firsts[number], articles
        return found

    def keeps(self, document: IndexDocument, names: NamesIn | None) -> bool:
        """Whether the index has this very document, which is wanted then."""
        at = int(self._found([document.article_id])[0])
        if at < 0:
            return False
        place = int(self._places[at])
        segment = bisect_right(self._firsts, place) - 1
        stored = self._stored[segment].read_with_names(place - self._firsts[segment])
        if stored != (document, names):
            return False
        self._is_left[at] = False
        return True

    def take(self, article_ids: Sequence[str]) -> NDArray[np.bool_]:
        """Of each whether the index has a document of this id, which is wanted then."""
        at = self._found(article_ids)
        self._is_left[at[at >= 0]] = False
        return at >= 0

    def others(self) -> list[int]:
        """Numbers of the documents that were not wanted so far."""
        found: list[int] = self._places[self._is_left].tolist()
        return found


def _as_keys(texts: Sequence[str]) -> NDArray[np.bytes_]:
    """Texts as an array, in a tenth of the memory that they take as keys of a dictionary."""
    every, lengths = "".join(texts), set(map(len, texts))
    if len(lengths) == 1 and lengths != {0} and every.isascii():  # as ids are that we made
        return np.frombuffer(every.encode(), f"S{lengths.pop()}")
    return np.array([encode(text) for text in texts], np.bytes_)


def _keys_in(segment: Sections) -> NDArray[np.bytes_]:
    """The ids of a segment's documents, in their order, as such an array."""
    blob, offsets = Vocabulary(segment, "article").arrays()
    sizes = np.unique(np.diff(offsets))
    if len(sizes) == 1 and sizes[0]:
        return blob.view(f"S{sizes[0]}")
    return _as_keys(Vocabulary(segment, "article").words())
