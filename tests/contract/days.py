"""When is an article dated? The rules of ranges, undated articles and histograms, by trying."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from corpus.dates import PartialDate, Precision
from indexer.document import IndexDocument
from search.engine import Columns, Histogram
from search.request import DateFilter, Interval, Undated

_PRECISE_ENOUGH = {
    Interval.YEAR: tuple(Precision),
    Interval.MONTH: (Precision.MONTH, Precision.DAY, Precision.MINUTE),
    Interval.WEEK: (Precision.DAY, Precision.MINUTE),
    Interval.DAY: (Precision.DAY, Precision.MINUTE),
}


def dates_of(document: IndexDocument, field: str) -> tuple[PartialDate, ...]:
    """The dates of one field, none for an undated article."""
    if field == "mentioned":
        return tuple(date for date in document.mentioned if date.has_year)
    day = document.published if field == "published" else document.collected
    return (day,) if day else ()


def in_range(day: PartialDate, start: date | None, end: date | None) -> bool:
    """Can it lie in the range?"""
    return (start is None or day.latest >= start) and (end is None or day.earliest <= end)


def keeps(document: IndexDocument, dates: DateFilter) -> bool:
    """Does the date filter keep this article?"""
    days = dates_of(document, dates.field)
    if not days:
        return dates.undated is not Undated.EXCLUDE
    return dates.undated is not Undated.ONLY and any(
        in_range(day, dates.start, dates.end) for day in days
    )


def histogram(
    matches: Sequence[Sequence[PartialDate]],
    generation: Sequence[Sequence[PartialDate]],
    interval: Interval,
) -> Histogram:
    """Counts matches and the whole generation by bars."""
    every = [bar for days in generation for bar in _bars(days, interval)]
    spans = []
    if every:
        start, last = min(every), max(every)
        while start <= last:
            following = _next(start, interval)
            spans.append((start, following - timedelta(1)))
            start = following

    def heights(articles: Sequence[Sequence[PartialDate]]) -> tuple[int, ...]:
        return tuple(sum(start in _bars(days, interval) for days in articles) for start, _ in spans)

    return Histogram(
        interval,
        Columns(tuple(spans), heights(generation)),
        heights(matches),
        imprecise=sum(bool(days) and not _bars(days, interval) for days in matches),
        undated=sum(not days for days in matches),
    )


def _bars(days: Sequence[PartialDate], interval: Interval) -> set[date]:
    """First days of the bars in which one article stands."""
    precise = (day for day in days if day.precision in _PRECISE_ENOUGH[interval])
    return {_start(day.earliest, interval) for day in precise}


def _start(day: date, interval: Interval) -> date:
    match interval:
        case Interval.YEAR:
            return day.replace(month=1, day=1)
        case Interval.MONTH:
            return day.replace(day=1)
        case Interval.WEEK:
            return day - timedelta(day.weekday())
        case Interval.DAY:
            return day


def _next(start: date, interval: Interval) -> date:
    match interval:
        case Interval.YEAR:
            return start.replace(year=start.year + 1)
        case Interval.MONTH:
            return _start(start + timedelta(31), interval)
        case Interval.WEEK:
            return start + timedelta(7)
        case Interval.DAY:
            return start + timedelta(1)
