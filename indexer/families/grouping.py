"""Families: which articles are one report? Fifty reprints of a wire copy are one witness.

Each candidate pair is compared by its real shingles, and by its facts: what says the same of
another day is no reprint. Pairs are joined most alike first, and two families only when their
earliest members are alike too: a chain of small changes does not tie together what has nothing in
common. So a family depends on nothing but what hangs together with it by pairs that are alike, and
an update groups no more.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.analysis import analyzer
from indexer.clusters import Clusters, connected
from indexer.compiled import AnyArray
from indexer.entities.ragged import bytes_of, distinct
from indexer.families.candidates import (
    SECOND,
    Counted,
    Gone,
    Numbers,
    Signatures,
    candidates,
    changes,
    in_one,
    together,
)
from indexer.families.facts import Facts, agree, facts
from indexer.families.shingles import (
    PLACES,
    Overlap,
    Shingles,
    overlap,
    shingles,
    signature,
)

ALIKE = Overlap(resemblance=0.35, containment=0.55)
"""What two articles must share at least to be joined. Measured: docs/benchmarks.md, families."""
AKIN = Overlap(resemblance=0.20, containment=0.40)
"""What the earliest members of two families must share at least to be joined by later ones."""

_TEXTS_KEPT = 4096  # shingle sets in memory: about 10 MB

Pair = tuple[str, str]
Known = tuple[dict[Pair, Overlap], dict[Pair, bool]]
"""What pairs share, and whether they agree in their facts."""


class Comparisons:
    """What is known of pairs of articles, by their ids; it depends on their texts alone.

    Args:
        kept: gives what is kept of the pairs that begin with one of some articles; of all for None.
    """

    def __init__(self, kept: Callable[[Sequence[str] | None], Known] | None = None) -> None:
        self._kept = kept
        self._overlaps: dict[Pair, Overlap] = {}
        self._agreements: dict[Pair, bool] = {}
        self.new_overlaps: dict[Pair, Overlap] = {}
        self.new_agreements: dict[Pair, bool] = {}

    def recall(self, article_ids: Sequence[str] | None = None) -> None:
        """Reads what is kept of the pairs that begin with one of some; by default of all."""
        if self._kept is not None:
            overlaps, agreements = self._kept(article_ids)
            self._overlaps |= overlaps
            self._agreements |= agreements

    def overlap(self, one: str, other: str, found: Callable[[], Overlap]) -> Overlap:
        """What two articles share; `found` out where it is not known."""
        pair = one, other
        known = self._overlaps.get(pair) or self.new_overlaps.get(pair)
        if known is None:
            known = self.new_overlaps[pair] = found()
        return known

    def agree(self, one: str, other: str, found: Callable[[], bool]) -> bool:
        """Whether two articles agree in their facts; `found` out where it is not known."""
        pair = one, other
        known = self._agreements.get(pair, self.new_agreements.get(pair))
        if known is None:
            known = self.new_agreements[pair] = found()
        return known


class Families(NamedTuple):
    """Which articles are one report, by their places among all ids; and what of it the next update
    need not find again.

    Attributes:
        first: of each article, the earliest report of its family.
        pairs, times: see `Counted`.
        alike: of each of these pairs, whether their texts are.
    """

    first: npt.NDArray[np.int32]
    pairs: Numbers
    times: npt.NDArray[np.int8]
    alike: npt.NDArray[np.bool_]

    def to_bytes(self) -> Iterator[tuple[str, memoryview]]:
        """All of it, by name."""
        columns: tuple[AnyArray, ...] = (self.first, self.pairs, self.times, self.alike)
        for name, column in zip(STORED, columns, strict=True):
            yield name, bytes_of(column)

    @classmethod
    def from_bytes(cls, stored: Mapping[str, bytes]) -> Families:
        """What `to_bytes` gave."""
        first, pairs, times, alike = (
            np.frombuffer(stored[name], dtype) for name, dtype in STORED.items()
        )
        return cls(first, pairs, times, alike)


STORED: Mapping[str, Any] = {
    "families": np.dtype(np.int32),
    "family pairs": np.dtype(np.int64),
    "family bands": np.dtype(np.int8),
    "family alike": np.dtype(np.bool_),
}
"""The names of what is kept of families, and its types."""


class FamilyFinder:
    """Groups articles by their signatures, of which nothing is copied.

    Args:
        ids: of all articles, ascending.
        signatures: a row each.
        reported: when each was, on any scale. The earliest member names a family; where several
            are, the one that stands first.
        shingles_of: gives the shingles of an article's text; asked for candidates only.
        facts_of: gives the facts of an article; asked for those alike only.
        rows: of each article, which of the signatures is its own; by default one after the other.
        comparisons: pairs that are known, of which nothing is asked; new ones are added.
    """

    def __init__(
        self,
        ids: Sequence[str],
        signatures: Signatures,
        reported: npt.NDArray[np.float64],
        shingles_of: Callable[[str], Shingles],
        facts_of: Callable[[str], Facts],
        *,
        rows: Numbers | None = None,
        comparisons: Comparisons | None = None,
    ) -> None:
        self._ids = ids
        self._signatures = signatures
        self._reported = reported
        self._rows = np.arange(len(ids)) if rows is None else rows
        self._known = comparisons or Comparisons()
        self._shingles = lru_cache(_TEXTS_KEPT)(shingles_of)
        self._facts = lru_cache(_TEXTS_KEPT)(facts_of)

    def families(self) -> Families:
        """Groups all of them."""
        self._known.recall()
        order = np.argsort(self._reported, kind="stable")
        pairs, times = candidates(self._signatures, self._rows[order])
        shared = self._overlaps(order, pairs)
        alike = np.array([_meets(one, ALIKE) for one in shared], np.bool_)
        first = np.empty(len(order), np.int32)
        held = [one for one, is_alike in zip(shared, alike, strict=True) if is_alike]
        first[order] = order[self._joined(order, pairs[alike], held)]
        pairs = in_one(order[pairs >> 32], order[pairs & SECOND])
        by_place = np.argsort(pairs)
        return Families(first, pairs[by_place], times[by_place], alike[by_place])

    def families_after(self, before: Families, new: Numbers, gone: Sequence[Gone]) -> Families:
        """The same where some articles came and went: only those are grouped again that something
        alike came to, or went from.

        Args:
            before: what was found when they had not.
            new: places of those that were not there, or were otherwise.
            gone: those that were there, by id.

        Raises:
            ValueError: `before` is of other articles.
        """
        count = len(self._ids)
        now = self._places_now(len(before.first), new, gone)
        one, other = now[before.pairs >> 32], now[before.pairs & SECOND]
        stay = (one >= 0) & (other >= 0)
        kept = Counted(in_one(one[stay], other[stay]), before.times[stay])
        was_alike = before.alike[stay]
        touched = np.zeros(count, np.bool_)
        touched[new] = True
        alone = np.maximum(one, other)[before.alike & ~stay]  # whose other end went
        touched[alone[alone >= 0]] = True

        found = together(
            [
                kept,
                changes(
                    self._signatures, self._rows, self._reported, self._ids, new=new, gone=gone
                ),
            ]
        )
        if (found.times < 0).any():
            raise ValueError("families were told of pairs that these articles do not have")
        at = np.searchsorted(found.pairs, kept.pairs)
        is_still = np.append(found.pairs, -1)[at] == kept.pairs
        alike = np.zeros(len(found.pairs), np.bool_)
        alike[at[is_still]] = was_alike[is_still]
        is_new = np.ones(len(found.pairs), np.bool_)
        is_new[at[is_still]] = False
        added = found.pairs[is_new]
        alike[is_new] = [_meets(one, ALIKE) for one in self._recalled(added)]
        for pairs in (kept.pairs[~is_still & was_alike], found.pairs[is_new & alike]):
            touched[pairs >> 32] = touched[pairs & SECOND] = True

        first = np.full(count, -1, np.int32)
        first[now[now >= 0]] = now[before.first][now >= 0]
        self._group_again(first, found.pairs[alike], touched)
        return Families(first, *found, alike)

    def _places_now(self, before: int, new: Numbers, gone: Sequence[Gone]) -> Numbers:
        """Of each place before, which it is now; negative for those that are gone."""
        stay = np.delete(np.arange(len(self._ids)), new)
        behind = [bisect_left(self._ids, one.article_id) for one in gone]
        places = np.searchsorted(stay, behind) + np.arange(len(gone))
        now = np.full(before, -1)
        is_there = np.ones(before, np.bool_)
        if before != len(stay) + len(gone):
            raise ValueError("families were told of other articles")
        is_there[places] = False
        now[is_there] = stay
        return now

    def _group_again(
        self, first: npt.NDArray[np.int32], pairs: Numbers, touched: npt.NDArray[np.bool_]
    ) -> None:
        """Groups again what hangs together with some articles."""
        roots = np.arange(len(first))
        connected(pairs >> 32, pairs & SECOND, roots)
        again = np.zeros(len(first), np.bool_)
        again[roots[touched]] = True
        again = again[roots]
        members = np.flatnonzero(again)
        order = members[np.argsort(self._reported[members], kind="stable")]
        number = np.empty(len(first), np.int64)
        number[order] = np.arange(len(order))
        pairs = pairs[again[pairs >> 32]]
        pairs = np.sort(in_one(number[pairs >> 32], number[pairs & SECOND]))
        self._known.recall(self._named(order, pairs))
        first[order] = order[self._joined(order, pairs, self._overlaps(order, pairs))]

    def _recalled(self, pairs: Numbers) -> list[Overlap]:
        """What pairs of places share."""
        one, other = pairs >> 32, pairs & SECOND
        later = self._reported[one] > self._reported[other]
        places = np.arange(len(self._ids))
        self._known.recall(self._named(places, pairs))
        return self._overlaps(places, np.where(later, other << 32 | one, pairs))

    def _named(self, order: Numbers, pairs: Numbers) -> list[str]:
        """The ids of those that some pairs are of."""
        numbers = distinct(np.concatenate((pairs >> 32, pairs & SECOND)))
        return [self._ids[place] for place in order[numbers].tolist()]

    def _overlaps(self, order: Numbers, pairs: Numbers) -> list[Overlap]:
        """What the articles of pairs of numbers share.

        Args:
            order: the place of each number; of a pair the earlier report is the upper.
        """
        first, second = order[pairs >> 32].tolist(), order[pairs & SECOND].tolist()
        return [self._shared(one, other) for one, other in zip(first, second, strict=True)]

    def _shared(self, one: int, other: int) -> Overlap:
        first, second = self._ids[one], self._ids[other]
        return self._known.overlap(
            first, second, lambda: overlap(self._shingles(first), self._shingles(second))
        )

    def _agree(self, one: int, other: int) -> bool:
        first, second = self._ids[one], self._ids[other]
        return self._known.agree(
            first, second, lambda: agree(self._facts(first), self._facts(second))
        )

    def _joined(self, order: Numbers, pairs: Numbers, shared: Sequence[Overlap]) -> list[int]:
        """Joins numbers by pairs that are alike: most alike first, of those as alike the earliest;
        returns the first of each one's family.
        """
        families = Clusters(len(order))
        places = order.tolist()
        one_of, other_of = (pairs >> 32).tolist(), (pairs & SECOND).tolist()
        for at in sorted(range(len(shared)), key=lambda at: -shared[at].resemblance):
            first, second = families.root(one_of[at]), families.root(other_of[at])
            if (
                first != second
                and self._agree(places[one_of[at]], places[other_of[at]])
                and _meets(self._shared(places[first], places[second]), AKIN)
                and self._agree(places[first], places[second])
            ):
                families.join(first, second)
        return families.roots()


def group(documents: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Groups texts into families of near-identical ones.

    Args:
        documents: (article id, text), the earliest report first, all of one day.

    Returns:
        For every article id the id of its family: the id of the family's first member.
    """
    texts = dict(documents)
    signatures = np.empty((len(texts), PLACES), np.uint32)
    for place, text in enumerate(texts.values()):
        signatures[place] = signature(shingles(analyzer().surfaces(text)))
    ids = list(texts)
    found = FamilyFinder(
        ids,
        signatures,
        np.zeros(len(ids)),
        lambda article_id: shingles(analyzer().surfaces(texts[article_id])),
        lambda article_id: facts(texts[article_id]),
    ).families()
    return {one: ids[first] for one, first in zip(ids, found.first.tolist(), strict=True)}


def _meets(found: Overlap, least: Overlap) -> bool:
    return found.resemblance >= least.resemblance and found.containment >= least.containment
