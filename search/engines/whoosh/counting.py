"""How are facets counted over all matches? One array of counts, then the greatest of each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.engine import FacetCounting, FacetValue, FacetValues
from search.engines.whoosh.columns import value_numbers
from search.engines.whoosh.index import Index
from search.engines.whoosh.segments import Docs
from search.engines.whoosh.tallies import count_values, first, greatest_of

Counts = NDArray[np.int32]
_NO_LIMIT = float("inf")


def count_facets(index: Index, matches: Sequence[Docs]) -> Counts:
    """How many documents have each value; the values of all facets numbered through.

    Args:
        matches: the documents to count in each segment.
    """
    counts = np.zeros(index.distinct_values, np.int32)
    for segment, docs in zip(index.segments, matches, strict=True):
        if len(docs) == segment.documents:
            counts += segment.totals
        elif len(docs):
            count_values(docs, *segment.values, counts)
    return counts


def values_of(index: Index, counting: FacetCounting, counted: Counts) -> FacetValues:
    """The values of one facet that were asked for."""
    numbers = index.value_ranges[counting.facet]
    counts = counted[numbers.start : numbers.stop]
    if counting.among is None:
        page, distinct = _greatest(counts, counting.offset + counting.size)
    else:
        among = value_numbers(index, counting.facet, counting.among)
        present = among[counts[among] > 0]
        page, distinct = greatest(counts, present, counting.offset + counting.size), len(present)
    page = page[counting.offset :]
    values = index.values[counting.facet]
    found = tuple(map(FacetValue, map(values.word, page.tolist()), counts[page].tolist()))
    also = [
        FacetValue(value, 0 if (number := values.find(value)) is None else int(counts[number]))
        for value in counting.also.difference(one.value for one in found)
    ]
    also.sort(key=lambda one: (-one.count, one.value))
    return FacetValues((*found, *also), distinct)


def _greatest(counts: Counts, size: int) -> tuple[NDArray[np.int64], int]:
    """The `size` values with the greatest counts above 0, in order, and how many have any."""
    heap = np.empty(min(size, len(counts)), np.int64)
    kept, distinct = greatest_of(counts, heap)
    return _in_order(counts, heap[:kept]), distinct


def greatest(counts: Counts, numbers: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """The `size` numbers with the greatest counts, in order; smaller numbers first among equals."""
    heap = np.empty(min(size, len(numbers)), np.int64)
    if not len(heap):
        return heap
    return _in_order(counts, heap[: first(numbers, counts, _NO_LIMIT, -1, heap)])


def _in_order(counts: Counts, kept: NDArray[np.int64]) -> NDArray[np.int64]:
    return kept[np.lexsort((kept, -counts[kept]))]
