"""Which documents have a facet value, or a date? Sets from the columns of one segment."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.index import Index
from search.engines.whoosh.loops.bitmaps import put_dated, put_slices
from search.engines.whoosh.segments import Bits, Segment


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
