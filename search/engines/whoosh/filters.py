"""What do the filters of a request leave over? One set of documents a filter and segment.

Two counts ignore one filter each: a facet ignores its own ANY filter, the histogram the dates. Such
filters are kept apart (`Relaxed`), so that the query is evaluated once, within all the others.
"""

from __future__ import annotations

from functools import reduce

import numpy as np

from search.engine import MatchRequest
from search.engines.whoosh.columns import date_bits, keyword_bits, undated_bits, value_numbers
from search.engines.whoosh.index import Index
from search.engines.whoosh.segments import Bits, Segment
from search.request import DateFilter, Filter, Mode, Undated

DATES = "dates"
"""Key of the date filter among the relaxed ones; facets are the others."""


class Filters:
    """The filters of one request."""

    def __init__(self, index: Index, request: MatchRequest) -> None:
        self._index = index
        self._dates = request.dates
        counted = {counting.facet for counting in request.facets}
        self._any = [
            choice
            for choice in request.filters
            if choice.mode is Mode.ANY and choice.facet in counted
        ]
        self._others = [choice for choice in request.filters if choice not in self._any]
        self._relax_dates = request.histogram is not None and _restricts(request.dates)

    def fixed(self, segment: Segment) -> Bits:
        """The documents that pass every filter that no count ignores."""
        bits = segment.live
        for choice in self._others:
            bits = bits & self._chosen(segment, choice)
        if not self._relax_dates and _restricts(self._dates):
            bits = bits & dates_chosen(segment, self._dates)
        return bits

    def relaxed(self, segment: Segment) -> dict[str, Bits]:
        """The documents that pass each of the other filters."""
        passing = {choice.facet: self._chosen(segment, choice) for choice in self._any}
        if self._relax_dates:
            passing[DATES] = dates_chosen(segment, self._dates)
        return passing

    def _chosen(self, segment: Segment, choice: Filter) -> Bits:
        each = [
            value_numbers(self._index, choice.facet, frozenset([value])) for value in choice.values
        ]
        if choice.mode is Mode.ALL:
            having = (keyword_bits(segment, choice.facet, value) for value in each)
            return reduce(np.bitwise_and, having, segment.live)
        values = np.unique(np.concatenate([np.zeros(0, np.int64), *each]))
        having_any = keyword_bits(segment, choice.facet, values)
        return ~having_any if choice.mode is Mode.NOT else having_any


def _restricts(dates: DateFilter) -> bool:
    open_range = dates.start is None and dates.end is None
    return not (open_range and dates.undated is Undated.INCLUDE)


def dates_chosen(segment: Segment, dates: DateFilter) -> Bits:
    """The documents that a date filter lets pass."""
    if dates.undated is Undated.ONLY:
        return undated_bits(segment, dates.field)
    in_range = date_bits(segment, dates.field, dates.start, dates.end)
    if dates.undated is Undated.EXCLUDE:
        return in_range
    return in_range | undated_bits(segment, dates.field)
