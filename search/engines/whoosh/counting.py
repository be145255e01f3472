"""Facet counting: one array of counts over all matches, then the greatest of each facet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from search.engine import FacetCounting, FacetValue, FacetValues
from search.engines.whoosh.filters import value_numbers
from search.engines.whoosh.index import Docs, Index
from search.engines.whoosh.loops.greatest import first, greatest_of_each
from search.engines.whoosh.loops.tallies import count_values

Counts = NDArray[np.int32]
_NO_LIMIT = float("inf")


def count_facets(
    index: Index, countings: Sequence[FacetCounting], matches: Sequence[Docs]
) -> Counts:
    """How many documents have each value; the values of all facets numbered through.

    Args:
        matches: the documents to count in each segment.
    """
    counts = np.zeros(index.distinct_values, np.int32)
    by_whole = [index.wholes(one.facet, one.parts) for one in countings if one.parts]
    for number, (segment, docs) in enumerate(zip(index.segments, matches, strict=True)):
        if len(docs) == segment.documents:
            counts += segment.totals
            for wholes in by_whole:
                wholes[number].add_totals(counts)
        elif len(docs):
            count_values(docs, *segment.values, counts)
            for wholes in by_whole:
                count_values(docs, *wholes[number].values, counts)
    return counts


def values_of(
    index: Index, countings: Sequence[FacetCounting], counted: Counts
) -> list[FacetValues]:
    """The values of some facets that were asked for."""
    whole = [counting for counting in countings if counting.among is None]
    pages = _greatest_of_each(index, whole, counted)
    return [
        _values(
            index,
            counting,
            counted,
            *(next(pages) if counting.among is None else _among(index, counting, counted)),
        )
        for counting in countings
    ]


def held_values(counting: FacetCounting, counts: Mapping[str, int]) -> FacetValues:
    """The same of a facet that the generation does not hold.

    Args:
        counts: of each of its values.
    """
    among = counts.keys() if counting.among is None else counts.keys() & counting.among
    present = [FacetValue(value, counts[value]) for value in among if counts[value]]
    present.sort(key=_most_first)
    page = present[counting.offset : counting.offset + counting.size]
    left = counting.also.difference(one.value for one in page)
    also = [FacetValue(value, counts.get(value, 0)) for value in left]
    also.sort(key=_most_first)
    return FacetValues((*page, *also), len(present))


def _most_first(one: FacetValue) -> tuple[int, str]:
    return -one.count, one.value


def _values(
    index: Index, counting: FacetCounting, counted: Counts, page: list[list[int]], distinct: int
) -> FacetValues:
    """One facet, of whose values those of the page are known, with their counts."""
    base = index.value_ranges[counting.facet].start
    values = index.values[counting.facet]
    word = values.word
    found = tuple([FacetValue(word(number - base), count) for number, count in page])
    if not counting.also:
        return FacetValues(found, distinct)
    also = [
        FacetValue(
            value, 0 if (place := values.find(value)) is None else int(counted[base + place])
        )
        for value in counting.also.difference(one.value for one in found)
    ]
    also.sort(key=_most_first)
    return FacetValues((*found, *also), distinct)


def _greatest_of_each(
    index: Index, countings: Sequence[FacetCounting], counted: Counts
) -> Iterator[tuple[list[list[int]], int]]:
    """The page of each facet, and how many of its values have any document."""
    ranges = []
    for counting in countings:
        numbers = index.value_ranges[counting.facet]
        wanted = min(counting.offset + counting.size, len(numbers))
        ranges.append((numbers.start, numbers.stop, wanted))
    chosen = np.empty((sum(wanted for _, _, wanted in ranges), 2), np.int64)
    found = np.empty((len(ranges), 2), np.int64)
    greatest_of_each(counted, np.array(ranges, np.int64).reshape(-1, 3), chosen, found)
    every, start = chosen.tolist(), 0
    for counting, (_, _, wanted), (count, distinct) in zip(
        countings, ranges, found.tolist(), strict=True
    ):
        yield every[start + counting.offset : start + count], distinct
        start += wanted


def _among(index: Index, counting: FacetCounting, counted: Counts) -> tuple[list[list[int]], int]:
    """The same of one facet, where only some values count."""
    base = index.value_ranges[counting.facet].start
    among = base + value_numbers(index, counting.facet, counting.among or frozenset())
    present = among[counted[among] > 0]
    page = greatest(counted, present, counting.offset + counting.size)[counting.offset :]
    return np.stack((page, counted[page]), axis=1).tolist(), len(present)


def greatest(counts: Counts, numbers: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """The `size` numbers with the greatest counts, in order; smaller numbers first among equals."""
    heap = np.empty(min(size, len(numbers)), np.int64)
    if not len(heap):
        return heap
    kept = heap[: first(numbers, counts, _NO_LIMIT, -1, heap)]
    return kept[np.lexsort((kept, -counts[kept]))]
