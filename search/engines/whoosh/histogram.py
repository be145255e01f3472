"""Date histogram: every date has a bar, worked out once an index and interval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray
from indexer.writers.whoosh.dictionary import unpack
from search.engine import Columns, Histogram
from search.engines.whoosh.index import Docs, Index
from search.engines.whoosh.loops.tallies import count_bars, count_single
from search.engines.whoosh.matched import Matched
from search.request import Interval

_IMPRECISE = -1
_UNDATED = -2
_EPOCH = date(1970, 1, 1).toordinal()
_LAST_DAY = date.max.toordinal()


class Bars:
    """The bars of one date field at one interval."""

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
        self._of_dates = [
            np.where(same, bars - first, _IMPRECISE).astype(np.int32) for bars, same in absolute
        ]
        self._of_docs = [
            _of_documents(segment.dates(field)[0], bars)
            for segment, bars in zip(index.segments, self._of_dates, strict=True)
        ]
        bounds = _first_days(np.arange(first, last + 2), interval).tolist()
        self._size = len(bounds) - 1
        docs = [Matched(segment.live).docs for segment in index.segments]
        collected = self._count(index, docs)[0].tolist()
        self._columns = Columns(
            tuple((_day(start), _day(end - 1)) for start, end in pairwise(bounds)),
            tuple(collected),
        )

    def histogram(self, index: Index, matches: Sequence[Docs]) -> Histogram:
        """Counts documents of each segment by bar."""
        counts, imprecise, undated = self._count(index, matches)
        return Histogram(self._interval, self._columns, tuple(counts.tolist()), imprecise, undated)

    def _count(self, index: Index, matches: Sequence[Docs]) -> tuple[NDArray[np.int64], int, int]:
        """Documents by bar, those dated less exactly than a bar, and those without a date."""
        counts = np.zeros(self._size + 2, np.int64)  # the last two count what has no bar
        for segment, dates, bar_of, docs in zip(
            index.segments, self._of_dates, self._of_docs, matches, strict=True
        ):
            if bar_of is not None:
                count_single(docs, bar_of, counts)
            else:
                rows = segment.dates(self._field)[0]
                vague, without = count_bars(docs, rows, dates, counts)
                counts[_IMPRECISE] += vague
                counts[_UNDATED] += without
        return counts[:-2], int(counts[_IMPRECISE]), int(counts[_UNDATED])


def _of_documents(rows: AnyArray, bars: NDArray[np.int32]) -> NDArray[np.int32] | None:
    """The bar of each document; None where some document has several dates."""
    sizes = np.diff(rows)
    if len(sizes) and sizes.max() > 1:
        return None
    of_docs = np.full(len(sizes), _UNDATED, np.int32)
    of_docs[sizes > 0] = bars
    return of_docs


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
