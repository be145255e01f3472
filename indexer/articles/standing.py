"""Standing: what does the whole collection say of one article's outlet and text? What the outlet is
called, as others spell it, and what is doubtful about the article beside its neighbors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from indexer.articles.assembly import NOT_ANALYZED
from indexer.articles.columns import ANALYZED, DIGEST, NAMES, Columns
from indexer.articles.lengths import OutletLengths
from indexer.articles.outlets import OutletNames
from indexer.compiled import AnyArray
from indexer.entities.across_collection.article_names import PRIMES, mixed
from indexer.entities.ragged import first_places
from indexer.families.repeated_text import FLAG as REPEATED
from indexer.families.repeated_text import RepeatedText

_WORD = 8  # bytes
_AT_ONCE = 1 << 16  # articles whose paragraphs are looked at


class Standing:
    """Counts a collection, and answers by the place of an article in the order of ids.

    Args:
        outlets: that nothing was counted in yet.
    """

    def __init__(self, columns: Columns, outlets: OutletNames) -> None:
        self._outlets = outlets
        self._lengths = OutletLengths()
        self._ids = columns.ids
        self._of = columns.column("record")
        self._records = columns.records
        self._count(columns)
        self._named = lru_cache(None)(self._name)
        self._kept = lru_cache(None)(self._flags)
        self._repeated = _repeated(columns)
        self._analyzed = columns.bit(ANALYZED)

    def _count(self, columns: Columns) -> None:
        """Counts what articles have in common, in the order of first sight."""
        of = columns.column("record")
        times = np.bincount(of, minlength=len(self._records))
        first = first_places(of, len(self._records))
        for number in np.argsort(first, kind="stable").tolist():
            if times[number]:
                said, _, flags = self._records[number]
                self._outlets.count(said, int(times[number]))
                self._lengths.count(said.outlet, flags, int(times[number]))
        self.cleaners = {
            record.cleaner for record, count in zip(self._records, times, strict=True) if count
        }
        """Versions of the cleaner that read the articles."""

    def outlet(self, place: int) -> str:
        """What the outlet of an article is called."""
        return self._named(int(self._of[place]))

    def doubts(self, place: int) -> Iterator[str]:
        """What is doubtful about an article, as the whole collection knows it."""
        yield from self._kept(int(self._of[place]))
        if self._repeated[place]:
            yield REPEATED
        if not self._analyzed[place]:
            yield NOT_ANALYZED

    def came_to(self, families: NDArray[np.int32], told: NDArray[np.uint64]) -> AnyArray:
        """Stands for all that the document of each article takes from others: what its names mean,
        and the rest.

        Args:
            families: of each article, the place of the first report of its family.
            told: stands for what its names mean.
        """
        kinds = 4 * self._of.astype(np.int64) + 2 * self._repeated + self._analyzed
        _, first, numbers = np.unique(kinds, return_index=True, return_inverse=True)
        standing = [
            _digest("standing", self.outlet(place), *sorted(self.doubts(place)))
            for place in first.tolist()
        ]
        rest = np.array(standing, np.uint64).reshape(-1, 2)[numbers]
        others = np.flatnonzero(families != np.arange(len(families)))
        if len(others):
            rest[others] += _stand_for([self._ids[place] for place in families[others].tolist()])
        return np.hstack([told, rest]).view(np.uint8).reshape(-1, DIGEST)

    def _name(self, record: int) -> str:
        return self._outlets.name(self._records[record].outlet)

    def _flags(self, record: int) -> tuple[str, ...]:
        said, _, flags = self._records[record]
        return self._lengths.kept(said.outlet, flags)


def _digest(*told: str) -> tuple[int, int]:
    """Two numbers that stand for some texts."""
    found = blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=NAMES).digest()
    return int.from_bytes(found[:8], "little"), int.from_bytes(found[8:], "little")


def _stand_for(texts: Sequence[str]) -> NDArray[np.uint64]:
    """Two numbers that stand for each of some texts: of many in less time than `_digest`."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    sizes = np.array([max(-(-len(one) // _WORD), 1) for one in encoded])
    found = np.empty((len(texts), len(PRIMES)), np.uint64)
    for size in np.unique(sizes).tolist():  # nearly always one
        own = np.flatnonzero(sizes == size)
        alike = np.array([encoded[at] for at in own.tolist()], f"S{size * _WORD}")
        words = list(alike.view("<u8").reshape(len(own), -1).T)
        found[own] = np.stack([mixed(words, prime) for prime in PRIMES], axis=1)
    return found


def _repeated(columns: Columns) -> NDArray[np.bool_]:
    """Of each article, whether much of it stands in others of its outlet."""
    found = RepeatedText()
    starts, keys = columns.several("paragraph keys")
    _, lengths = columns.several("paragraph lengths")
    there = np.zeros(len(starts) - 1, np.bool_)
    there[columns.rows] = True
    is_repeated = np.zeros(len(there), np.bool_)
    parts = [slice(at, at + _AT_ONCE) for at in range(0, len(there), _AT_ONCE)]
    for part in parts:
        own = starts[:-1][part], starts[1:][part]
        inside = slice(own[0][0], own[1][-1])
        articles = np.repeat(np.arange(len(own[0])), own[1] - own[0])
        counted = there[part][articles]
        found.count_all(articles[counted], keys[inside][counted])
    for part in parts:
        own_starts = np.append(starts[:-1][part], starts[1:][part][-1])
        inside = slice(own_starts[0], own_starts[-1])
        own_starts -= own_starts[0]
        is_repeated[part] = found.all_repeated(own_starts, keys[inside], lengths[inside])
    return is_repeated[columns.rows]
