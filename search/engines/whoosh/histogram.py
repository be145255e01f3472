"""How are matches counted by date? Every date has a bar, worked out once an index and interval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from indexer.writers.whoosh.dictionary import unpack
from search.engine import Bar, Histogram
from search.engines.whoosh.index import Index
from search.engines.whoosh.matched import Matched
from search.engines.whoosh.segments import Docs
from search.engines.whoosh.tallies import count_bars
from search.request import Interval

_IMPRECISE = -1
_EPOCH = date(1970, 1, 1).toordinal()
_LAST_DAY = date.max.toordinal()


class Bars:
    """The bars of one date field at one interval.

    Attributes:
        of_dates: for each segment, the bar of each of its dates; -1 where no bar can be told.
        empty: the bars with no matches.
    """

    def __init__(self, index: Index, field: str, interval: Interval) -> None:
        self._field = field
        self._interval = interval
        absolute, of_live = [], []
        for segment in index.segments:
            rows, earliest, latest = segment.dates(field)
            start, end = _bar_of(earliest, interval), _bar_of(latest, interval)
            absolute.append((start, start == end))
            live = unpack(segment.live, segment.documents)
            of_live.append(start[(start == end) & np.repeat(live, np.diff(rows))])
        known = np.concatenate([np.zeros(0, np.int64), *of_live])
        first = int(known.min()) if len(known) else 0
        last = int(known.max()) if len(known) else -1
        self.of_dates = [
            np.where(same, bars - first, _IMPRECISE).astype(np.int32) for bars, same in absolute
        ]
        size = last - first + 1
        docs = [Matched(segment.live).docs for segment in index.segments]
        collected, _, _ = self._count(index, docs, size)
        bounds = _first_days(np.arange(first, last + 2), interval).tolist()
        self.empty = tuple(
            Bar(_day(start), _day(end - 1), 0, count)
            for start, end, count in zip(bounds, bounds[1:], collected.tolist(), strict=False)
        )

    def histogram(self, index: Index, matches: Sequence[Docs]) -> Histogram:
        """Counts documents of each segment by bar."""
        counts, imprecise, undated = self._count(index, matches, len(self.empty))
        bars = list(self.empty)
        for number in np.flatnonzero(counts).tolist():
            bar = bars[number]
            bars[number] = Bar(bar.start, bar.end, int(counts[number]), bar.collected)
        return Histogram(self._interval, tuple(bars), imprecise, undated)

    def _count(
        self, index: Index, matches: Sequence[Docs], size: int
    ) -> tuple[NDArray[np.int64], int, int]:
        counts = np.zeros(size, np.int64)
        imprecise = undated = 0
        for segment, bars, docs in zip(index.segments, self.of_dates, matches, strict=True):
            rows = segment.dates(self._field)[0]
            vague, without = count_bars(docs, rows, bars, counts)
            imprecise += vague
            undated += without
        return counts, imprecise, undated


def _bar_of(days: NDArray[np.int32], interval: Interval) -> NDArray[np.int64]:
    """The bar, counted from some fixed one, that each day lies in."""
    if interval is Interval.DAY:
        return days.astype(np.int64)
    if interval is Interval.WEEK:  # day 1 of the calendar is a Monday
        return (days.astype(np.int64) - 1) // 7
    unit = "M" if interval is Interval.MONTH else "Y"
    calendar = (days.astype(np.int64) - _EPOCH).astype("datetime64[D]")
    return calendar.astype(f"datetime64[{unit}]").astype(np.int64)


def _first_days(bars: NDArray[np.int64], interval: Interval) -> NDArray[np.int64]:
    """The first day of each bar."""
    if interval is Interval.DAY:
        return bars
    if interval is Interval.WEEK:
        return bars * 7 + 1
    unit = "M" if interval is Interval.MONTH else "Y"
    return bars.astype(f"datetime64[{unit}]").astype("datetime64[D]").astype(np.int64) + _EPOCH


def _day(ordinal: int) -> date:
    return date.fromordinal(min(ordinal, _LAST_DAY))
