"""Timeline page: one chart a query, all over the same axis and to one scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from search.analyses.timeline import Series, Span, Timeline
from search.engine import Bar as Counted
from search.request import DateFilter, Interval
from webui.arguments import Parameter
from webui.locale.languages import decimal, sentence
from webui.view import chart, wording
from webui.view.links import View, twin_of

HEIGHT = 64
STRIP = 22
_MOST_SPANS = 500
_WIDER = {Interval.DAY: Interval.WEEK, Interval.WEEK: Interval.MONTH, Interval.MONTH: Interval.YEAR}
_DAYS = {Interval.DAY: 1, Interval.WEEK: 7, Interval.MONTH: 30, Interval.YEAR: 365}

SHARE = Parameter(
    "share", {"type": "boolean"}, "Draw shares of what was collected instead of counts"
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `x` and `width` are percentages, `y` and `height` pixels."""

    span: Span
    x: float
    width: float
    y: float
    height: float
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One query, drawn.

    Attributes:
        outside: what lies before the first bar and after the last: in words, how many, and the
            address that shows them.
    """

    series: Series
    name: str
    bars: tuple[Bar, ...]
    url: str
    outside: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Everything the template shows.

    Attributes:
        top: what the highest bar of all stands for.
        wider: why steps are wider than was asked for; empty where they are not.
        table: for each span that has articles: its name, what was collected, count and share of
            each query. What no bar is drawn for is one row before them and one after.
        twin: the address of the numbers, by the same steps.
        most_collected: in one of the spans.
    """

    found: Timeline
    rows: tuple[Row, ...]
    collected: tuple[Bar, ...]
    ticks: tuple[chart.Tick, ...]
    top: str
    most: int
    shares: bool
    turned: str
    intervals: tuple[tuple[str, str, bool], ...]
    boxes: tuple[str, ...]
    table: tuple[tuple[str, int, tuple[tuple[int, str], ...]], ...]
    wider: str
    twin: str
    most_collected: int


def at_most(interval: Interval, dated: tuple[date, date] | None, dates: DateFilter) -> Interval:
    """The interval, or the next wider one of which the page does not have more than can be seen.

    Args:
        dated: first and last day that any article of the generation is dated.
        dates: as chosen.
    """
    if dated is None:
        return interval
    start, end = max(dates.start or dated[0], dated[0]), min(dates.end or dated[1], dated[1])
    while (end - start).days / _DAYS[interval] > _MOST_SPANS and interval in _WIDER:
        interval = _WIDER[interval]
    return interval


def prepare(
    whole: Timeline,
    view: View,
    *,
    asked: Interval,
    shares: bool,
    boxes: int,
    drawn: tuple[date, date] | None = None,
) -> TimelinePage:
    """Draws the queries.

    Args:
        view: the page itself.
        asked: the interval before `at_most`.
        shares: whether bars are shares of what was collected.
        boxes: how many boxes the form has.
        drawn: the days that bars are drawn for; all where none are named.
    """
    found = _between(whole, drawn) if drawn else whole
    frame = chart.Window(found.interval, *(drawn or (None, None)))
    values = [_values(one, shares) for one in found.series]
    most = max((value for row in values for value in row), default=0)
    most_collected = max((span.collected for span in found.spans), default=0)
    search = view.without("q", "interval", "share").at("/search")
    texts = tuple(one.text for one in found.series if one.text)
    return TimelinePage(
        found,
        tuple(
            replace(
                _row(one, row, most, found, search),
                outside=tuple(
                    chart.outside(_counted(whole, place), frame, search.setting(q=one.text))
                ),
            )
            for place, (one, row) in enumerate(zip(found.series, values, strict=True))
        ),
        _bars(
            [span.collected for span in found.spans],
            most_collected,
            STRIP,
            [
                sentence("%(name)s: %(all)s collected", name=_name(span, found), all=span.collected)
                for span in found.spans
            ],
            ["" for _ in found.spans],
            found.spans,
        ),
        chart.ticks([span.start for span in found.spans], found.interval),
        f"{most:.0%}" if shares else decimal(most, 0),
        0 if shares else int(most),
        shares,
        str(view.without("share") if shares else view.setting(share="true")),
        tuple(
            (one.value, str(view.setting(interval=one.value)), one is found.interval)
            for one in Interval
        ),
        (*texts, *("" for _ in range(boxes - len(texts)))),
        tuple(_table(found, whole, drawn)),
        "" if asked is found.interval else _why_wider(asked, found),
        str(twin_of(view.setting(interval=found.interval.value))),
        most_collected,
    )


def _between(whole: Timeline, days: tuple[date, date]) -> Timeline:
    """The part of a timeline that lies between two days."""
    start, end = days
    inside = [n for n, span in enumerate(whole.spans) if span.end >= start and span.start <= end]
    if not inside:
        return whole
    part = slice(inside[0], inside[-1] + 1)
    return replace(
        whole,
        spans=whole.spans[part],
        series=tuple(
            replace(one, counts=one.counts[part], shares=one.shares[part]) for one in whole.series
        ),
    )


def _counted(whole: Timeline, place: int) -> list[Counted]:
    counts = whole.series[place].counts
    return [
        Counted(span.start, span.end, count, span.collected)
        for span, count in zip(whole.spans, counts, strict=True)
    ]


def _why_wider(asked: Interval, found: Timeline) -> str:
    return sentence(
        "By %(asked)s there would be more than %(most)s steps, too many to see apart, so these are"
        " %(shown)s. A shorter range of dates is shown by %(asked)s",
        asked=sentence(wording.INTERVALS[asked]).lower(),
        most=_MOST_SPANS,
        shown=sentence(wording.INTERVALS[found.interval]).lower(),
    )


def _values(one: Series, shares: bool) -> list[float]:
    return [share or 0.0 for share in one.shares] if shares else [float(n) for n in one.counts]


def _row(one: Series, values: list[float], most: float, found: Timeline, search: View) -> Row:
    asked = search.setting(q=one.text)
    labels = [
        sentence(
            "%(name)s: %(count)s of %(all)s collected (%(share)s)",
            name=_name(span, found),
            count=count,
            all=span.collected,
            share=_percent(share),
        )
        for span, count, share in zip(found.spans, one.counts, one.shares, strict=True)
    ]
    urls = [str(chart.narrowed(asked, span.start, span.end)) for span in found.spans]
    name = one.text or sentence("Every article")
    return Row(one, name, _bars(values, most, HEIGHT, labels, urls, found.spans), str(asked), ())


def _bars(
    values: list[int] | list[float],
    most: float,
    height: int,
    labels: list[str],
    urls: list[str],
    spans: tuple[Span, ...],
) -> tuple[Bar, ...]:
    step = 100 / max(len(values), 1)
    drawn = []
    for place, value in enumerate(values):
        if not value:
            continue
        pixels = max(2.0, round(height * value / most, 1))
        drawn.append(
            Bar(
                spans[place],
                round(place * step, 3),
                round(step, 3),
                round(height - pixels, 1),
                pixels,
                labels[place],
                urls[place],
            )
        )
    return tuple(drawn)


def _table(
    found: Timeline, whole: Timeline, drawn: tuple[date, date] | None
) -> Iterator[tuple[str, int, tuple[tuple[int, str], ...]]]:
    if drawn:
        before = [n for n, span in enumerate(whole.spans) if span.end < found.spans[0].start]
        yield from _summed(sentence("before %(month)s", month=_month(drawn[0])), before, whole)
    for place, span in enumerate(found.spans):
        if span.collected:
            cells = tuple((one.counts[place], _percent(one.shares[place])) for one in found.series)
            yield _name(span, found), span.collected, cells
    if drawn:
        after = [n for n, span in enumerate(whole.spans) if span.start > found.spans[-1].end]
        yield from _summed(sentence("after %(month)s", month=_month(drawn[1])), after, whole)


def _summed(
    name: str, places: list[int], whole: Timeline
) -> Iterator[tuple[str, int, tuple[tuple[int, str], ...]]]:
    """One row of several spans, where anything was collected in them."""
    collected = sum(whole.spans[place].collected for place in places)
    if collected:
        counts = [sum(one.counts[place] for place in places) for one in whole.series]
        yield name, collected, tuple((count, _percent(count / collected)) for count in counts)


def _month(day: date) -> str:
    return wording.period(day, Interval.MONTH)


def _name(span: Span, found: Timeline) -> str:
    return wording.period(span.start, found.interval)


def _percent(share: float | None) -> str:
    if not share:
        return "0 %"
    return f"{decimal(share * 100, 0 if share >= 0.1 else 1)} %"
