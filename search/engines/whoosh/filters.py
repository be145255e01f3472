"""Filters of a request: which documents of a segment does each let pass?"""

from __future__ import annotations

from datetime import date
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from search.engine import MatchRequest
from search.engines.whoosh.index import Bits, Index, Segment
from search.engines.whoosh.loops.bitmaps import put_dated, put_slices
from search.request import DateFilter, Filter, Mode, Undated


def value_numbers(index: Index, facet: str, values: frozenset[str]) -> NDArray[np.int64]:
    """Facet values as numbers in the generation, ascending; unknown ones are left out."""
    vocabulary = index.values[facet]
    found = (vocabulary.find(value) for value in values)
    return np.array(sorted(number for number in found if number is not None), np.int64)


def keyword_bits(segment: Segment, facet: str, values: NDArray[np.int64]) -> Bits:
    """Documents having any of some facet values."""
    bits = segment.no_bits()
    put_slices(bits, *segment.having(facet, values))
    return bits


def date_bits(segment: Segment, field: str, start: date | None, end: date | None) -> Bits:
    """Documents one of whose dates can lie within a range; open sides are None."""
    first = (start or date.min).toordinal()
    last = (end or date.max).toordinal()
    days = segment.single_dates(field)
    if days is not None:
        earliest, latest = days
        return as_bits((earliest <= last) & (latest >= first))
    bits = segment.no_bits()
    put_dated(*segment.dates(field), first, last, bits)
    return bits


def undated_bits(segment: Segment, field: str) -> Bits:
    """Documents without a date in a field."""
    rows = segment.dates(field)[0]
    return as_bits(rows[1:] == rows[:-1])


def as_bits(chosen: NDArray[np.bool_]) -> Bits:
    """The set of documents for which something holds."""
    padded = np.zeros((len(chosen) + 63) >> 6 << 6, np.bool_)
    padded[: len(chosen)] = chosen
    return np.packbits(padded, bitorder="little").view(np.uint64)


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
