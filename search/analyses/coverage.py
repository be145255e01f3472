"""Coverage: what was collected, from whom, and when? Articles by outlet and time, so that gaps
show.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from corpus.errors import InvalidParameter
from search.engine import FacetCounting, Matches, one_analysis
from search.language.query import Keyword
from search.request import Interval, SearchRequest
from search.service import as_match
from search.serving.open_index import OpenIndex

DEFAULT_OUTLETS = 50

MAX_COUNTS = 400_000
"""Counts in one answer, about 1 MB of JSON: 200 outlets by month over a century and a half."""

_DAYS = {Interval.DAY: 1, Interval.WEEK: 7, Interval.MONTH: 30, Interval.YEAR: 365}


@dataclass(frozen=True, slots=True)
class OutletCoverage:
    """One outlet's articles along the columns.

    Attributes:
        outlet: its name; empty for articles that name none.
        counts: articles in each column.
        total: all of them. imprecise: dated less exactly than a column is wide. undated: not dated.
        gaps: columns (from, to; both included, by number) without an article between the first and
            the last that have one.
    """

    outlet: str
    counts: tuple[int, ...]
    total: int
    imprecise: int
    undated: int
    gaps: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Articles by outlet and time.

    Attributes:
        columns: first and last day of each.
        all: every outlet together, those not shown too.
        outlets: most articles first.
        distinct: how many outlets there are.
        complete: False when the time allowed was spent; counts are then lower bounds.
    """

    columns: tuple[tuple[date, date], ...]
    all: OutletCoverage
    outlets: tuple[OutletCoverage, ...]
    distinct: int
    complete: bool


@one_analysis()
def coverage(
    request: SearchRequest,
    index: OpenIndex,
    *,
    interval: Interval = Interval.MONTH,
    outlets: int = DEFAULT_OUTLETS,
) -> Coverage:
    """Counts the articles of a request (the empty one: of the generation) by outlet and time.

    Args:
        outlets: how many to show.

    Raises:
        InvalidParameter: more than `MAX_COUNTS`.
        RequestError: as `service.search`.
    """
    bare = replace(request, dates=replace(request.dates, start=None, end=None), collapse=False)
    facet = FacetCounting("outlet", outlets)
    whole = replace(as_match(bare, index, facets=(facet,)), histogram=interval)
    everything = index.engine.match(whole)
    assert everything.histogram is not None, "asked for"
    columns = everything.histogram.columns.days
    values = everything.facets["outlet"]
    _check(len(columns), len(values.values) + 1, interval)
    rows = [
        index.engine.match(
            replace(whole, also=Keyword("outlet", frozenset({one.value})), facets=())
        )
        for one in values.values
    ]
    return Coverage(
        columns,
        _row("", everything),
        tuple(_row(one.value, row) for one, row in zip(values.values, rows, strict=True)),
        values.distinct,
        everything.complete and all(row.complete for row in rows),
    )


def _check(columns: int, rows: int, interval: Interval) -> None:
    if columns * rows <= MAX_COUNTS:
        return
    days = columns * _DAYS[interval]
    wider = [one for one in _DAYS if days // _DAYS[one] * rows <= MAX_COUNTS]
    raise InvalidParameter(
        f"{rows:,} rows by {interval} are {columns * rows:,} counts, more than {MAX_COUNTS:,}",
        where="interval",
        advice=f"Ask for interval={wider[0] if wider else Interval.YEAR}, or for fewer outlets",
    )


def _row(outlet: str, found: Matches) -> OutletCoverage:
    assert found.histogram is not None, "asked for"
    counts = found.histogram.counts
    return OutletCoverage(
        outlet,
        counts,
        found.total,
        found.histogram.imprecise,
        found.histogram.undated,
        gaps(counts),
    )


def gaps(counts: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Runs of zeros between the first and the last number that is none."""
    held = [at for at, count in enumerate(counts) if count]
    return tuple((before + 1, after - 1) for before, after in pairwise(held) if after > before + 1)
