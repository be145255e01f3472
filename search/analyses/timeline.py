"""Timeline: how does what is written about several things change over time, and is it more than the
rest?

Counts alone mislead: where little was collected, little is found. So each count stands beside its
share of everything collected in the same span of days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.errors import InvalidParameter, QuerySyntaxError
from search.engine import Bar, Histogram, one_analysis
from search.language.render import render
from search.request import Interval, SearchRequest, Undated
from search.service import asked_of, read, to_be_said, understand
from search.serving.open_index import OpenIndex

MAX_SERIES = 5
"""More lines than this are not told apart in one picture."""


@dataclass(frozen=True, slots=True)
class Span:
    """One step of the time axis, both days included.

    Attributes:
        collected: articles of the generation dated in it, whatever they are about.
    """

    start: date
    end: date
    collected: int


@dataclass(frozen=True, slots=True)
class Series:
    """One query along the time axis.

    Attributes:
        counts: articles in each span. shares: of those collected, in [0, 1]; None where nothing was
            collected.
        total: articles that match in all. imprecise: those dated less exactly than a span is wide.
        undated: those without a date.
        complete: False when the time allowed was spent; counts are then lower bounds.
    """

    text: str
    parsed: str
    counts: tuple[int, ...]
    shares: tuple[float | None, ...]
    total: int
    imprecise: int
    undated: int
    warnings: tuple[str, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """Queries side by side over one time axis."""

    interval: Interval
    spans: tuple[Span, ...]
    series: tuple[Series, ...]


@one_analysis()
def timeline(
    texts: Sequence[str], request: SearchRequest, index: OpenIndex, *, interval: Interval
) -> Timeline:
    """Counts several queries by time.

    Args:
        texts: the queries, one to five.
        request: what they share: filters, and a date range, to which the axis is cut.

    Raises:
        InvalidParameter: no query, or more than `MAX_SERIES`.
        RequestError: as `service.search`, for any of them.
    """
    if not 1 <= len(texts) <= MAX_SERIES:
        raise InvalidParameter(
            f"A timeline takes 1 to {MAX_SERIES} queries, not {len(texts)}",
            where="q",
            advice="Repeat q for each query",
        )
    spans: tuple[Span, ...] = ()
    counting = replace(request, histogram=interval, facets=(), collapse=False, limit=0, cursor="")
    series = []
    for place, text in enumerate(texts, start=1):
        try:
            parsed = read(replace(request, text=text), index)
            resolved, chosen = understand(parsed, request, index)
        except QuerySyntaxError as error:
            if len(texts) == 1:
                raise
            told = f"Query {place}: {error.what}"
            raise QuerySyntaxError(told, position=error.position, advice=error.advice) from None
        found = index.engine.match(asked_of(resolved.query, counting, chosen, index))
        histogram = found.histogram
        assert histogram is not None, "a request with an interval has a histogram"
        bars = _inside(histogram, request)
        counts = [0 if request.dates.undated is Undated.ONLY else bar.count for bar in bars]
        spans = tuple(Span(bar.start, bar.end, bar.collected) for bar in bars)
        series.append(
            Series(
                text,
                render(parsed),
                tuple(counts),
                tuple(
                    count / bar.collected if bar.collected else None
                    for count, bar in zip(counts, bars, strict=True)
                ),
                found.total,
                histogram.imprecise,
                histogram.undated,
                to_be_said(resolved, chosen, found, request),
                found.complete,
            )
        )
    return Timeline(interval, spans, tuple(series))


def _inside(histogram: Histogram, request: SearchRequest) -> list[Bar]:
    start, end = request.dates.start or date.min, request.dates.end or date.max
    return [bar for bar in histogram.bars if bar.end >= start and bar.start <= end]
