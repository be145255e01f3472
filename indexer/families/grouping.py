"""Families: which articles are one report? Fifty reprints of a wire copy are one witness.

Candidates come from locality-sensitive hashing of MinHash signatures (Leskovec, Rajaraman and
Ullman, "Mining of Massive Datasets", section 3.4), done by sorting, so that a million articles need
arrays and no tables. Each candidate pair is then compared by its real shingles, and by its facts:
what says the same of another day is no reprint. Pairs are joined most alike first, and two families
only when their earliest members are alike too: a chain of small changes does not tie together what
has nothing in common.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from indexer.analysis import analyzer
from indexer.clusters import Clusters
from indexer.compiled import AnyArray, compiled, only_read
from indexer.entities.ragged import distinct
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

_BANDS_AT_ONCE = 8  # of two places each: pairs of resemblance 0.3 are candidates 95 times in 100
_MIX = np.uint64(0x9E3779B97F4A7C15)
"""Odd, so that no two bands become one; upper bits, which are compared, depend on all of one."""
_NEIGHBORS = 8  # partners an article gets in one band, so that a crowded band stays linear
_WORTH_READING = 0.2  # estimated resemblance below which a pair is not compared
_TEXTS_KEPT = 4096  # shingle sets in memory: about 10 MB

_SECOND = 0xFFFFFFFF  # of a pair in one number

Pairs = npt.NDArray[np.int64]


class Comparisons:
    """What is known of pairs of articles, by their ids; it depends on their texts alone."""

    def __init__(
        self,
        overlaps: Mapping[tuple[str, str], Overlap] = MappingProxyType({}),
        agreements: Mapping[tuple[str, str], bool] = MappingProxyType({}),
    ) -> None:
        self._overlaps, self._agreements = overlaps, agreements
        self.new_overlaps: dict[tuple[str, str], Overlap] = {}
        self.new_agreements: dict[tuple[str, str], bool] = {}

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


class FamilyFinder:
    """Groups articles by their signatures, of which nothing is copied.

    Args:
        signatures: a row each.
        reported: when each was, on any scale. The earliest member names a family; where several
            are, the one that stands first.
        rows: of each article, which of the signatures is its own; by default one after the other.
    """

    def __init__(
        self,
        ids: Sequence[str],
        signatures: npt.NDArray[np.uint32],
        reported: npt.NDArray[np.float64],
        rows: npt.NDArray[np.int64] | None = None,
    ) -> None:
        self._ids = ids
        self._signatures = signatures
        self._reported = reported
        self._rows = np.arange(len(ids)) if rows is None else rows

    def families(
        self,
        shingles_of: Callable[[str], Shingles],
        facts_of: Callable[[str], Facts],
        *,
        comparisons: Comparisons | None = None,
    ) -> dict[str, str]:
        """Groups them.

        Args:
            shingles_of: gives the shingles of an article's text; asked for candidates only.
            facts_of: gives the facts of an article; asked for those alike only.
            comparisons: pairs that are known, of which nothing is asked; new ones are added.

        Returns:
            For every article the id of its family, which is that of its earliest member.
        """
        earliest_first = np.argsort(self._reported, kind="stable")
        ids = [self._ids[at] for at in earliest_first.tolist()]
        kept = lru_cache(_TEXTS_KEPT)(lambda at: shingles_of(ids[at]))
        told = lru_cache(_TEXTS_KEPT)(lambda at: facts_of(ids[at]))
        known = comparisons or Comparisons()

        def shared(one: int, other: int) -> Overlap:
            return known.overlap(ids[one], ids[other], lambda: overlap(kept(one), kept(other)))

        def agreed(one: int, other: int) -> bool:
            return known.agree(ids[one], ids[other], lambda: agree(told(one), told(other)))

        families = Clusters(len(ids))
        pairs = _candidates(self._signatures, self._rows[earliest_first])
        for one, other in _alike(pairs, shared):
            first, second = families.root(one), families.root(other)
            if (
                first != second
                and agreed(one, other)
                and _meets(shared(first, second), AKIN)
                and agreed(first, second)
            ):
                families.join(first, second)
        return {
            article_id: ids[root] for article_id, root in zip(ids, families.roots(), strict=True)
        }


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
    finder = FamilyFinder(list(texts), signatures, np.zeros(len(texts)))
    return finder.families(
        lambda article_id: shingles(analyzer().surfaces(texts[article_id])),
        lambda article_id: facts(texts[article_id]),
    )


def _candidates(signatures: npt.NDArray[np.uint32], order: npt.NDArray[np.int64]) -> Pairs:
    """Pairs (smaller, greater number) that agree in a band and look alike by their signatures.

    Args:
        order: the place of each number among the signatures, which are 256 bytes each and so are
            not brought into that order.
    """
    found = [np.empty(0, np.int64)]
    filled = np.flatnonzero((signatures != np.iinfo(np.uint32).max).any(axis=1)[order])
    wide = signatures.view(np.uint64)  # a band each
    bits = np.uint64(max(len(order), 1).bit_length())
    places = filled.astype(np.uint64)
    for start in range(0, wide.shape[1], _BANDS_AT_ONCE):
        pairs = [np.empty(0, np.int64)]
        for band in np.ascontiguousarray(wide[:, start : start + _BANDS_AT_ONCE].T):
            # Sorted by what is left of the band, then by place, as one number: three times as fast.
            hashed = band[order[filled]] * _MIX >> bits << bits | places
            hashed.sort()
            keys, members = hashed >> bits, (hashed & ((1 << bits) - np.uint64(1))).astype(np.int64)
            for step in range(1, _NEIGHBORS + 1):
                same = np.flatnonzero(keys[step:] == keys[:-step])
                if not len(same):
                    break
                pairs.append(members[same] << 32 | members[same + step])
        several = distinct(np.concatenate(pairs))  # most agree in several bands
        agreeing = np.empty(len(several), np.int64)
        _count_agreeing(
            only_read(signatures), order[several >> 32], order[several & _SECOND], agreeing
        )
        found.append(several[agreeing >= _WORTH_READING * PLACES])
    every = distinct(np.concatenate(found))
    return np.stack((every >> 32, every & _SECOND), axis=1)


@compiled
def _count_agreeing(
    signatures: AnyArray, one: AnyArray, other: AnyArray, agreeing: AnyArray
) -> None:
    """Of pairs of signatures: in how many places they agree."""
    for at in range(len(one)):
        count = 0
        for place in range(signatures.shape[1]):
            count += signatures[one[at], place] == signatures[other[at], place]
        agreeing[at] = count


def _alike(candidates: Pairs, shared: Callable[[int, int], Overlap]) -> list[tuple[int, int]]:
    """The candidates whose real overlap holds: most alike first, of those as alike the earliest."""
    measured = [(shared(one, other), one, other) for one, other in candidates.tolist()]
    held = [pair for pair in measured if _meets(pair[0], ALIKE)]
    held.sort(key=lambda pair: -pair[0].resemblance)  # candidates come in order
    return [(one, other) for _, one, other in held]


def _meets(found: Overlap, least: Overlap) -> bool:
    return found.resemblance >= least.resemblance and found.containment >= least.containment
