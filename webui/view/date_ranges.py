"""Date range of a generation: asked once of each, since it never changes.

A few articles may be dated decades before all others, and would press these into a corner: the
range where most lie is known too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from search import service
from search.request import DateFilter, Interval, SearchRequest
from search.service import OpenIndex

_KEPT = 16
_MOST = 0.95
"""Share of the dated articles that lie in the range where most lie."""


@dataclass(frozen=True, slots=True)
class Range:
    """Days of a generation.

    Attributes:
        whole: first day of the first month, and last day of the last.
        most: the shortest such range with nearly all articles, where it is less than half as long;
            else the whole.
    """

    whole: tuple[date, date]
    most: tuple[date, date]


class DateRanges:
    """First and last month of each generation and date field, remembered.

    Safe between threads: two that ask at once both count, and store the same.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Range | None] = {}

    def of(self, index: OpenIndex, field: str) -> Range | None:
        """The days that articles are dated; None when nothing is."""
        key = (index.generation.name, field)
        known = self._known
        if key not in known:
            kept = known if len(known) < _KEPT else {}
            self._known = known = {**kept, key: _count(index, field)}
        return known[key]


def _count(index: OpenIndex, field: str) -> Range | None:
    everything = SearchRequest(
        dates=DateFilter(field=field), histogram=Interval.MONTH, limit=1, highlight=False
    )
    histogram = service.search(everything, index).histogram
    if histogram is None or not histogram.columns.days:
        return None
    days, counts = histogram.columns.days, histogram.columns.collected
    first, last = where_most_lie(counts)
    if 2 * (last - first + 1) >= len(counts):
        first, last = 0, len(counts) - 1
    return Range((days[0][0], days[-1][1]), (days[first][0], days[last][1]))


def where_most_lie(counts: Sequence[int]) -> tuple[int, int]:
    """The first and the last place of the shortest row of counts that holds nearly all."""
    wanted = _MOST * sum(counts)
    best, held, start = (0, len(counts) - 1), 0, 0
    for end, count in enumerate(counts):
        held += count
        while start < end and held - counts[start] >= wanted:
            held -= counts[start]
            start += 1
        if held >= wanted and end - start < best[1] - best[0]:
            best = start, end
    return best
