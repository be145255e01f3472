"""How are facets counted over all matches? One array of counts a facet, then the greatest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.engine import FacetCounting, FacetValue, FacetValues
from search.engines.whoosh.index import Index
from search.engines.whoosh.plan import value_numbers
from search.engines.whoosh.segments import Docs
from search.engines.whoosh.tallies import count_values, first

_NO_LIMIT = float("inf")


def count_facet(index: Index, counting: FacetCounting, matches: Sequence[Docs]) -> FacetValues:
    """Counts the values of one facet.

    Args:
        matches: the documents to count in each segment.
    """
    counts = np.zeros(len(index.values[counting.facet]), np.int64)
    for segment, docs in zip(index.segments, matches, strict=True):
        if len(docs):
            count_values(docs, *segment.facet(counting.facet), counts)
    if counting.among is None:
        present = np.flatnonzero(counts)
    else:
        numbers = value_numbers(index, counting.facet, counting.among)
        present = numbers[counts[numbers] > 0]
    page = greatest(counts, present, counting.offset + counting.size)[counting.offset :]
    values = index.values[counting.facet]
    found = [FacetValue(values.word(number), int(counts[number])) for number in page.tolist()]
    also = [
        FacetValue(value, 0 if (number := values.find(value)) is None else int(counts[number]))
        for value in counting.also.difference(one.value for one in found)
    ]
    also.sort(key=lambda one: (-one.count, one.value))
    return FacetValues((*found, *also), distinct=len(present))


def greatest(counts: NDArray[np.int64], numbers: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """The `size` numbers with the greatest counts, in order; smaller numbers first among equals."""
    heap = np.empty(min(size, len(numbers)), np.int64)
    if not len(heap):
        return heap
    kept = heap[: first(numbers, counts, len(heap), _NO_LIMIT, -1, heap)]
    return kept[np.lexsort((kept, -counts[kept]))]
