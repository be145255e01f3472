"""Chart of a date histogram: which bars, how wide, where on the page, and what each links to.

The chart shows a window around the chosen range, so that the choice is seen in its surroundings:
a year chosen shows its months and those around it, a month its days. Lengths along the time axis
are percentages, so that one drawing fits every screen without its letters shrinking.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

from search.engine import Bar, Histogram
from search.request import DateFilter, Interval, Undated
from webui.locale.languages import marked, sentence
from webui.view import wording
from webui.view.date_ranges import Range
from webui.view.links import View

HEIGHT = 48
"""Pixels above the line, for the matches."""
STRIP = 14
"""Pixels below the line, for what was collected."""
_LABELS = 7
_YEARS_IN_MONTHS = 10
_MONTHS_IN_DAYS = 3


@dataclass(frozen=True, slots=True)
class Window:
    """What to count: bars of one width over some days (None: all there are)."""

    interval: Interval
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One bar, drawn. `x` and `width` are percentages, `height` and `strip` pixels."""

    bar: Bar
    x: float
    width: float
    height: float
    strip: float
    selected: bool
    label: str
    url: str

    @property
    def y(self) -> float:
        return round(HEIGHT - self.height, 1)

    def markup(self, *, is_entry: bool) -> Markup:
        """The bar as SVG. A page has a hundred, and a template escapes each of their numbers.

        Args:
            is_entry: whether Tab leads to it, as to one of all.
        """
        label, wide = escape(self.label), f'x="{self.x}%" width="{self.width}%"'
        stop = "" if is_entry else ' tabindex="-1"'
        chosen = ' class="chosen"' if self.selected else ""
        return Markup(  # noqa: S704  # all but numbers and dates is escaped
            f'<a href="{escape(self.url)}" rel="nofollow" aria-label="{label}"'
            f' data-start="{self.bar.start}" data-end="{self.bar.end}"'
            f'{stop}{chosen}><title>{label}</title><rect class="room" {wide} y="0" height="66"/>'
            f'<rect class="count" {wide} y="{self.y}" height="{self.height}"/>'
            f'<rect class="collected" {wide} y="51" height="{self.strip}"/></a>'
        )


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of the time axis; `x` is a percentage."""

    x: float
    label: str

    @property
    def anchor(self) -> str:
        """Which of its letters stands at `x`: none hangs out of the drawing."""
        return "start" if self.x < 2 else "end" if self.x > 98 else "middle"


@dataclass(frozen=True, slots=True)
class Chart:
    """A histogram, drawn.

    Attributes:
        wider: names and addresses of the ranges around the chosen one, widest first.
        most: the highest count, written at the top.
        outside: what lies before the first bar and after the last, where no range was chosen: in
            words, how many, and the address that shows them.
    """

    interval: Interval
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    wider: tuple[tuple[str, str], ...]
    most: int
    imprecise: int
    undated: int
    outside: tuple[tuple[str, int, str], ...] = ()


def window(dates: DateFilter, known: Range | None) -> Window:
    """Which bars to show for a choice of dates; for none, those where nearly all articles lie.

    Args:
        known: days that the articles of the generation are dated; None when none is.
    """
    if known is None:
        return Window(Interval.YEAR)
    if dates.start is None and dates.end is None and known.most != known.whole:
        return Window(window(dates, Range(known.most, known.most)).interval, *known.most)
    span = known.whole
    start, end = max(dates.start or span[0], span[0]), min(dates.end or span[1], span[1])
    if start > end or (dates.start is None and dates.end is None):
        start, end = span
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months > _YEARS_IN_MONTHS * 12:
        return Window(Interval.YEAR)
    interval = Interval.MONTH if months > _MONTHS_IN_DAYS else Interval.DAY
    if (start, end) == span:
        return Window(interval)
    around = max(timedelta(days=(end - start).days // 2), timedelta(days=10))
    return Window(interval, max(span[0], start - around), min(span[1], end + around))


def draw(histogram: Histogram, frame: Window, dates: DateFilter, view: View) -> Chart:
    """Lays a histogram out.

    Args:
        view: the page it stands on; each bar links to that page narrowed to its days.
    """
    bars = [
        bar
        for bar in histogram.bars
        if dates.undated is not Undated.ONLY  # what has no date stands in no bar
        and (frame.start is None or bar.end >= frame.start)
        and (frame.end is None or bar.start <= frame.end)
    ]
    most = max((bar.count for bar in bars), default=0)
    most_collected = max((bar.collected for bar in bars), default=0)
    step = 100 / max(len(bars), 1)
    begin = view.without("date_from", "date_to", "cursor").begin()  # written once for all bars
    columns = tuple(
        Column(
            bar,
            x=round(place * step, 3),
            width=round(step, 3),
            height=_height(bar.count, most, HEIGHT - 6),
            strip=_height(bar.collected, most_collected, STRIP - 4),
            selected=_selected(bar, dates),
            label=_label(bar, histogram.interval),
            url="{}date_from={}&date_to={}".format(begin, *_written(bar.start, bar.end)),
        )
        for place, bar in enumerate(bars)
    )
    return Chart(
        histogram.interval,
        columns,
        ticks([bar.start for bar in bars], histogram.interval),
        _wider(dates, view),
        most,
        histogram.imprecise,
        histogram.undated,
        tuple(outside(histogram.bars, frame, view)) if is_open(dates) else (),
    )


def is_open(dates: DateFilter) -> bool:
    """Are articles of all dates asked for?"""
    return dates.start is None and dates.end is None and dates.undated is not Undated.ONLY


def outside(bars: Sequence[Bar], frame: Window, view: View) -> Iterator[tuple[str, int, str]]:
    """What was found where no bar is drawn: in words, how many, and the address that shows it."""
    if frame.start is None or frame.end is None:
        return
    before = [bar for bar in bars if bar.end < frame.start and bar.count]
    after = [bar for bar in bars if bar.start > frame.end and bar.count]
    for word, found, edge in (
        (marked("before %(month)s"), before, frame.start),
        (marked("after %(month)s"), after, frame.end),
    ):
        if found:
            url = str(narrowed(view, found[0].start, found[-1].end))
            yield (
                sentence(word, month=wording.period(edge, Interval.MONTH)),
                sum(b.count for b in found),
                url,
            )


def narrowed(view: View, start: date, end: date) -> View:
    """The view with its range set, in the shortest form that says it."""
    first, last = _written(start, end)
    return view.setting(date_from=first, date_to=last)


def _written(start: date, end: date) -> tuple[str, str]:
    """A range in the shortest form that says it."""
    length = 10
    if start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]:
        length = 4 if (start.month, end.month) == (1, 12) else 7
    return start.isoformat()[:length], end.isoformat()[:length]


def _height(count: int, most: int, pixels: int) -> float:
    """At least two pixels for anything at all: one report in a month of silence is to be seen."""
    return max(2.0, round(pixels * count / most, 1)) if count else 0.0


def _selected(bar: Bar, dates: DateFilter) -> bool:
    if dates.start is None and dates.end is None:
        return False
    return (dates.start is None or bar.end >= dates.start) and (
        dates.end is None or bar.start <= dates.end
    )


def _label(bar: Bar, interval: Interval) -> str:
    name = wording.period(bar.start, interval)
    if not bar.collected:
        return sentence("%(name)s: nothing collected", name=name)
    return sentence(
        "%(name)s: %(count)s of %(all)s collected", name=name, count=bar.count, all=bar.collected
    )


def _wider(dates: DateFilter, view: View) -> tuple[tuple[str, str], ...]:
    """Ranges around the chosen one, each a step out of the zoom."""
    if dates.start is None and dates.end is None:
        return ()
    steps = [
        (sentence("All dates"), str(view.without("date_from", "date_to", "undated", "cursor")))
    ]
    start, end = dates.start, dates.end
    if start and end and start.year == end.year:
        year = (date(start.year, 1, 1), date(start.year, 12, 31))
        month = (
            start.replace(day=1),
            start.replace(day=calendar.monthrange(start.year, start.month)[1]),
        )
        ranges = [year, month] if start.month == end.month else [year]
        steps += [
            (wording.date_range(*around), str(narrowed(view, *around)))
            for around in ranges
            if around != (start, end)
        ]
    return tuple(steps)


def ticks(starts: Sequence[date], interval: Interval) -> tuple[Tick, ...]:
    """Labels that stand on years, months or days, as many as fit.

    Args:
        starts: first day of each bar; all bars are equally wide.
    """
    step = 100 / max(len(starts), 1)
    marked = [
        (place, start)
        for place, start in enumerate(starts)
        if interval is Interval.YEAR
        or (interval is Interval.MONTH and start.month in _months(len(starts)))
        or (interval is Interval.DAY and start.day in {1, 11, 21})
        or interval is Interval.WEEK
    ]
    every = max(1, -(-len(marked) // _LABELS))
    return tuple(
        Tick(round((place + 0.5) * step, 3), wording.tick(start, interval))
        for place, start in marked[::every]
    )


def _months(bars: int) -> Collection[int]:
    """Which months are labelled: all, two a year, or each January."""
    if bars <= 14:
        return range(1, 13)
    return (1, 7) if bars <= 3 * 12 else (1,)
