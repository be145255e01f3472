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
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from search.engine import Bar, Columns, Histogram
from search.request import DateFilter, Interval, Undated
from webui.locale import languages
from webui.locale.languages import marked, number, sentence
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
_REMEMBERED = 64
_COUNT = "\0"


@dataclass(frozen=True, slots=True)
class Window:
    """What to count: bars of one width over some days (None: all there are)."""

    interval: Interval
    start: date | None = None
    end: date | None = None


class Place(NamedTuple):
    """One bar but for what was found in it: the same for all questions.

    Attributes:
        at: its number in the histogram.
        x, width: percentages.
        strip: pixels, for what was collected.
        days: its days as parameters of an address.
        said: its label before the count and behind it; where nothing was collected, all of it.
        label: the same, escaped.
        pieces: its markup before the label, between label and title, up to its height, to its end.
    """

    at: int
    start: date
    end: date
    x: float
    width: float
    strip: float
    days: str
    said: tuple[str, ...]
    label: tuple[str, ...]
    pieces: tuple[str, str, str, str]


class Column(NamedTuple):
    """One bar, drawn.

    Attributes:
        height: pixels.
        begin: what all addresses begin with.
    """

    place: Place
    found: int
    height: float
    selected: bool
    begin: str

    @property
    def label(self) -> str:
        """What is said of it."""
        return number(self.found).join(self.place.said)

    @property
    def url(self) -> str:
        """The page narrowed to its days."""
        return self.begin + self.place.days


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

    def markup(self) -> Markup:
        """The bars as SVG; Tab leads to one of them, the first that is chosen, else the last.

        Not a template, because a page has a hundred, and each of their numbers would be escaped and
        handed on by itself.
        """
        entry = next((one for one in self.columns if one.selected), self.columns[-1])
        begin, written = escape(entry.begin), []
        numbers: dict[int, tuple[str, str]] = {}  # most bars of a page are equally high
        for column in self.columns:
            place, count, height, selected, _ = column
            if count not in numbers:
                tall = f'y="{round(HEIGHT - height, 1)}" height="{height}"'
                numbers[count] = number(count), tall
            said, tall = numbers[count]
            label = said.join(place.label)
            link, days, room, strip = place.pieces
            stop = "" if column is entry else ' tabindex="-1"'
            chosen = ' class="chosen"' if selected else ""
            written.append(
                f'    <a href="{begin}{link}{label}{days}{stop}{chosen}><title>{label}{room}{tall}'
                f"{strip}\n"
            )
        return Markup("".join(written))  # noqa: S704  # all but numbers and dates is escaped


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
    columns, interval = histogram.columns, histogram.interval
    places: tuple[Place, ...] = ()
    labels: tuple[Tick, ...] = ()
    if dates.undated is not Undated.ONLY:  # what has no date stands in no bar
        language = languages.current().code
        places, labels = _drawn(columns, interval, frame.start, frame.end, language)
    counts = [histogram.counts[place.at] for place in places]
    most = max(counts, default=0)
    heights = {count: _height(count, most, HEIGHT - 6) for count in set(counts)}
    begin = view.without("date_from", "date_to", "cursor").begin()  # written once for all bars
    return Chart(
        interval,
        tuple(
            Column(place, count, heights[count], _selected(place, dates), begin)
            for place, count in zip(places, counts, strict=True)
        ),
        labels,
        _wider(dates, view),
        most,
        histogram.imprecise,
        histogram.undated,
        tuple(outside(_undrawn(histogram, places), frame, view)) if is_open(dates) else (),
    )


def _undrawn(histogram: Histogram, places: Sequence[Place]) -> list[Bar]:
    """The bars beside those that are drawn, where something was found."""
    drawn = range(places[0].at, places[-1].at + 1) if places else range(0)
    return [
        Bar(*histogram.columns.days[at], count, histogram.columns.collected[at])
        for at, count in enumerate(histogram.counts)
        if count and at not in drawn
    ]


@lru_cache(_REMEMBERED)
def _drawn(
    columns: Columns, interval: Interval, start: date | None, end: date | None, _language: str
) -> tuple[tuple[Place, ...], tuple[Tick, ...]]:
    """The bars of a frame and the labels below them: remembered, since questions change neither."""
    shown = [
        at
        for at, (first, last) in enumerate(columns.days)
        if (start is None or last >= start) and (end is None or first <= end)
    ]
    most = max((columns.collected[at] for at in shown), default=0)
    step = 100 / max(len(shown), 1)
    places = tuple(
        _place(at, round(number * step, 3), round(step, 3), columns, most, interval)
        for number, at in enumerate(shown)
    )
    return places, ticks([place.start for place in places], interval)


def _place(
    at: int, x: float, width: float, columns: Columns, most: int, interval: Interval
) -> Place:
    (start, end), collected = columns.days[at], columns.collected[at]
    strip = _height(collected, most, STRIP - 4)
    days = "date_from={}&date_to={}".format(*_written(start, end))
    said = _said(start, collected, interval)
    wide = f'x="{x}%" width="{width}%"'
    pieces = (
        f'{escape(days)}" rel="nofollow" aria-label="',
        f'" data-start="{start}" data-end="{end}"',
        f'</title><rect class="room" {wide} y="0" height="66"/><rect class="count" {wide} ',
        f'/><rect class="collected" {wide} y="51" height="{strip}"/></a>',
    )
    label = tuple(str(escape(part)) for part in said)
    return Place(at, start, end, x, width, strip, days, said, label, pieces)


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


def _selected(place: Place, dates: DateFilter) -> bool:
    if dates.start is None and dates.end is None:
        return False
    return (dates.start is None or place.end >= dates.start) and (
        dates.end is None or place.start <= dates.end
    )


def _said(start: date, collected: int, interval: Interval) -> tuple[str, ...]:
    """The label of a bar, in two where its count stands."""
    name = wording.period(start, interval)
    if not collected:
        return (sentence("%(name)s: nothing collected", name=name),)
    whole = sentence(
        "%(name)s: %(count)s of %(all)s collected", name=name, count=_COUNT, all=collected
    )
    before, _, behind = whole.partition(_COUNT)
    return before, behind


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
