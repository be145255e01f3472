"""Filters of a request: which documents of a segment does each let pass?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from search.engine import Holding, MatchRequest
from search.engines.whoosh.index import Bits, Docs, Index, Segment
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


class HeldFacet:
    """The values of one facet that the generation does not hold, and their documents.

    Attributes:
        values: ascending.
        docs: in each segment, the documents of all values, value after value.
        starts: in each segment, where those of each value begin, and where the last ends.
    """

    def __init__(self, index: Index, holding: Mapping[str, frozenset[str]]) -> None:
        self.values = sorted(holding)
        self._number = {value: number for number, value in enumerate(self.values)}
        found: list[list[int]] = [[] for _ in index.segments]
        starts = [[0] for _ in index.segments]
        for value in self.values:
            for article_id in holding[value]:
                doc_number = index.doc_number(article_id)
                if doc_number is not None:
                    segment, doc = index.place(doc_number)
                    found[segment.number].append(doc)
            for docs, ends in zip(found, starts, strict=True):
                ends.append(len(docs))
        self.docs = [np.array(docs, np.int64) for docs in found]
        self.starts = [np.array(ends, np.int64) for ends in starts]
        numbers = np.arange(len(self.values))
        self._owners = [np.repeat(numbers, np.diff(ends)) for ends in self.starts]

    def bits(self, segment: Segment, values: Iterable[str]) -> Bits:
        """The documents that have any of some values."""
        starts, docs = self.starts[segment.number], self.docs[segment.number]
        chosen = np.zeros(segment.documents, np.bool_)
        for value in values:
            number = self._number.get(value)
            if number is not None:
                chosen[docs[starts[number] : starts[number + 1]]] = True
        return as_bits(chosen)

    def counts(self, matches: Sequence[NDArray[np.bool_]]) -> dict[str, int]:
        """How many of some documents have each value.

        Args:
            matches: whether to count each document, in each segment.
        """
        counts = np.zeros(len(self.values), np.int64)
        for docs, owners, present in zip(self.docs, self._owners, matches, strict=True):
            if len(docs):
                counts += np.bincount(owners[present[docs]], minlength=len(counts))
        return dict(zip(self.values, counts.tolist(), strict=True))


def present(segments: Sequence[Segment], matches: Sequence[Docs]) -> list[NDArray[np.bool_]]:
    """Whether each document of each segment is among some."""
    found = [np.zeros(segment.documents, np.bool_) for segment in segments]
    for documents, docs in zip(found, matches, strict=True):
        documents[docs] = True
    return found


class Held:
    """The facets of a request that the generation does not hold, each looked up when it is used."""

    def __init__(self, index: Index, holding: Holding) -> None:
        self.holding = holding
        self._index = index
        self._facets: dict[str, HeldFacet] = {}

    def __contains__(self, facet: str) -> bool:
        return facet not in self._index.values

    def facet(self, name: str) -> HeldFacet:
        """One of them; without a value where the request tells of none."""
        known = self._facets.get(name)
        if known is None:
            known = self._facets[name] = HeldFacet(self._index, self.holding.get(name, {}))
        return known


class Filters:
    """The filters of one request."""

    def __init__(self, index: Index, request: MatchRequest, held: Held) -> None:
        self._index = index
        self._held = held
        self._dates = request.dates
        counted = {counting.facet for counting in request.facets}
        self._any = [
            choice
            for choice in request.filters
            if choice.mode is Mode.ANY and choice.facet in counted
        ]
        self._others = [choice for choice in request.filters if choice not in self._any]
        self._relax_dates = request.histogram is not None and _restricts(request.dates)

    @property
    def fixed_ones(self) -> tuple[Filter | DateFilter, ...]:
        """Those that no count ignores."""
        if not self._relax_dates and _restricts(self._dates):
            return (*self._others, self._dates)
        return tuple(self._others)

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
        if choice.facet in self._held:
            held = self._held.facet(choice.facet)
            if choice.mode is Mode.ALL:
                every = (held.bits(segment, [value]) for value in choice.values)
                return reduce(np.bitwise_and, every, segment.live)
            any_of_them = held.bits(segment, choice.values)
            return ~any_of_them if choice.mode is Mode.NOT else any_of_them
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
