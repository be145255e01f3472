"""The date histogram: what a window shows, and that its drawing is true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine import Columns, Histogram
from search.request import DateFilter, Interval, Undated
from webui.locale import languages
from webui.view.chart import Window, draw, narrowed, window
from webui.view.date_ranges import Range, where_most_lie
from webui.view.links import View

SPAN = (date(2010, 1, 1), date(2024, 12, 31))
VIEW = View("/search", (("q", "bridge"), ("cursor", "abc")))


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Whatever language a test before left this thread speaking."""
    with languages.using(languages.ENGLISH):
        yield


@pytest.mark.parametrize(
    ("dates", "span", "interval"),
    [
        (DateFilter(), SPAN, Interval.YEAR),
        (DateFilter(), (date(2022, 1, 1), date(2024, 12, 31)), Interval.MONTH),
        (DateFilter(), (date(2024, 1, 1), date(2024, 2, 29)), Interval.DAY),
        (DateFilter(start=date(2022, 1, 1), end=date(2022, 12, 31)), SPAN, Interval.MONTH),
        (DateFilter(start=date(2022, 3, 1), end=date(2022, 3, 31)), SPAN, Interval.DAY),
        (DateFilter(start=date(2023, 1, 1)), SPAN, Interval.MONTH),
        (DateFilter(start=date(1950, 1, 1), end=date(1950, 1, 2)), SPAN, Interval.YEAR),
        (DateFilter(), None, Interval.YEAR),
    ],
)
def test_zoom(dates: DateFilter, span: tuple[date, date] | None, interval: Interval) -> None:
    assert window(dates, span and Range(span, span)).interval is interval


def test_a_chosen_month_is_seen_in_its_surroundings() -> None:
    frame = window(DateFilter(start=date(2022, 3, 1), end=date(2022, 3, 31)), Range(SPAN, SPAN))
    assert frame.start is not None
    assert frame.end is not None
    assert frame.start < date(2022, 3, 1)
    assert frame.end > date(2022, 3, 31)


def months(counts: list[tuple[int, int]]) -> Histogram:
    days = tuple(
        (date(2022, month, 1), date(2022, month, 28)) for month in range(1, len(counts) + 1)
    )
    heights, collected = zip(*counts, strict=True)
    return Histogram(Interval.MONTH, Columns(days, collected), heights, imprecise=2, undated=3)


def test_heights_are_in_proportion_and_nothing_is_lost() -> None:
    drawn = draw(months([(40, 80), (20, 80), (1, 1000), (0, 5), (0, 0)]), Window(Interval.MONTH),
                 DateFilter(), VIEW)  # fmt: skip
    heights = [column.height for column in drawn.columns]
    assert heights[0] == 2 * heights[1]
    assert 0 < heights[2] < heights[1]
    assert heights[3:] == [0, 0]
    assert drawn.columns[2].place.strip == max(column.place.strip for column in drawn.columns)
    assert drawn.columns[4].label == "May 2022: nothing collected"
    assert drawn.columns[1].label == "February 2022: 20 of 80 collected"
    assert (drawn.imprecise, drawn.undated, drawn.most) == (2, 3, 40)
    assert round(sum(column.place.width for column in drawn.columns)) == 100


def test_only_the_chosen_range_is_marked() -> None:
    dates = DateFilter(start=date(2022, 2, 1), end=date(2022, 3, 31))
    drawn = draw(months([(1, 1)] * 5), Window(Interval.MONTH), dates, VIEW)
    assert [column.selected for column in drawn.columns] == [False, True, True, False, False]
    assert [name for name, _ in drawn.wider] == ["All dates", "2022"]
    whole = draw(months([(1, 1)] * 5), Window(Interval.MONTH), DateFilter(), VIEW)
    assert not any(column.selected for column in whole.columns)
    assert whole.wider == ()


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2022, 1, 1), date(2022, 12, 31), "date_from=2022&date_to=2022"),
        (date(2024, 2, 1), date(2024, 2, 29), "date_from=2024-02&date_to=2024-02"),
        (date(2024, 2, 1), date(2024, 2, 28), "date_from=2024-02-01&date_to=2024-02-28"),
    ],
)
def test_a_range_is_written_as_shortly_as_it_can_be(start: date, end: date, expected: str) -> None:
    assert str(narrowed(VIEW, start, end)) == f"/search?q=bridge&{expected}"


def test_what_has_no_date_has_no_bars() -> None:
    histogram = months([(1, 2), (0, 3)])
    only = draw(histogram, Window(Interval.MONTH), DateFilter(undated=Undated.ONLY), VIEW)
    assert (only.columns, only.ticks, only.undated) == ((), (), 3)
    both = draw(histogram, Window(Interval.MONTH), DateFilter(undated=Undated.INCLUDE), VIEW)
    assert len(both.columns) == 2


def test_a_few_articles_far_away_are_folded_and_said() -> None:
    most = (date(2022, 2, 1), date(2022, 3, 31))
    frame = window(DateFilter(), Range(SPAN, most))
    assert (frame.interval, frame.start, frame.end) == (Interval.DAY, *most)
    frame = Window(Interval.MONTH, *most)
    drawn = draw(months([(2, 2), (9, 9), (9, 9), (0, 1), (3, 3)]), frame, DateFilter(), VIEW)
    assert [column.found for column in drawn.columns] == [9, 9]
    assert [(words, count) for words, count, _ in drawn.outside] == [
        ("before February 2022", 2),
        ("after March 2022", 3),
    ]
    assert "date_from=2022-05-01&date_to=2022-05-28" in drawn.outside[1][2]
    whole = months([(2, 2)] * 5)
    assert draw(whole, Window(Interval.MONTH), DateFilter(), VIEW).outside == ()
    chosen = DateFilter(start=most[0], end=most[1])
    assert draw(whole, frame, chosen, VIEW).outside == ()
    assert window(chosen, Range(SPAN, most)) == window(chosen, Range(SPAN, SPAN))


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30))
def test_the_range_of_most_is_the_shortest_that_holds_them(counts: list[int]) -> None:
    first, last = where_most_lie(counts)
    wanted = 0.95 * sum(counts)
    assert sum(counts[first : last + 1]) >= wanted
    length = last - first  # one less than there are
    if sum(counts):
        shorter = (sum(counts[start : start + length]) for start in range(len(counts)))
        assert all(held < wanted for held in shorter) or length == 0


def test_a_bar_is_written_with_all_that_is_not_a_number_escaped() -> None:
    strange = View("/search", (("q", '<b>"3"'), ("place", "a")))
    march = DateFilter(start=date(2022, 3, 1), end=date(2022, 3, 28))
    drawn = draw(months([(3, 9), (0, 0), (12, 12)]), Window(Interval.MONTH), march, strange)
    bars = drawn.markup().splitlines()
    assert all("?q=%3Cb%3E%223%22&amp;place=a&amp;date_from=2022-" in bar for bar in bars)
    assert ["<b>" in bar for bar in bars] == [False, False, False]
    assert ['tabindex="-1"' in bar for bar in bars] == [True, True, False]
    assert ['class="chosen"' in bar for bar in bars] == [False, False, True]
    labels = [column.label for column in drawn.columns]
    assert [bar.count(label) for bar, label in zip(bars, labels, strict=True)] == [2, 2, 2]


def test_labels_of_bars_are_those_of_the_language() -> None:
    histogram, labels = months([(3, 9), (0, 0)]), []
    for code in ("fr", "en", "fr"):
        with languages.using(languages.LANGUAGES[code]):
            drawn = draw(histogram, Window(Interval.MONTH), DateFilter(), VIEW)
            labels.append([column.label for column in drawn.columns])
    assert labels[0] == labels[2] != labels[1]
    assert labels[1] == ["January 2022: 3 of 9 collected", "February 2022: nothing collected"]
