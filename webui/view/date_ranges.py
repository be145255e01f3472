"""Date range of a generation: asked once of each, since it never changes."""

from __future__ import annotations

from datetime import date

from search import service
from search.request import DateFilter, Interval, SearchRequest
from search.service import OpenIndex

_KEPT = 16


class DateRanges:
    """First and last month of each generation and date field, remembered.

    Safe between threads: two that ask at once both count, and store the same.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[date, date] | None] = {}

    def of(self, index: OpenIndex, field: str) -> tuple[date, date] | None:
        """First day of the first month and last day of the last; None when nothing is dated."""
        key = (index.generation.name, field)
        known = self._known
        if key not in known:
            kept = known if len(known) < _KEPT else {}
            self._known = known = {**kept, key: _count(index, field)}
        return known[key]


def _count(index: OpenIndex, field: str) -> tuple[date, date] | None:
    everything = SearchRequest(
        dates=DateFilter(field=field), histogram=Interval.MONTH, limit=1, highlight=False
    )
    histogram = service.search(everything, index).histogram
    if histogram is None or not histogram.columns.days:
        return None
    return histogram.columns.days[0][0], histogram.columns.days[-1][1]
