"""Unseen ways of sites and desks: what a fifth set of inputs of our own showed as wrong.

Written before they were run; each kind once or twice, and from its other side where it has one.
"""

from __future__ import annotations

import pytest

from corpus.cleaner.dates.reading import is_placeholder, parse_date
from tests.corpus.cleaner.pages import COLLECTED, PARAGRAPHS, clean_page, page

STORY = "".join(f"<p>{part}</p>" for part in PARAGRAPHS)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("ה-21.5.2024, בשעה 09:30", "2024-05-21T09:30"),
        ("21 נוב׳ 2023", "2023-11-21"),
        ("۲۱/۵/۱۴۰۳", "2024-08-11"),
        ("21/5/1403", None),  # in ASCII digits it may be the Hijri calendar's
        ("ኖቬምበር 21፣ 2023", "2023-11-21"),
        ("21 دجنبر 2023 - 09:30", "2023-12-21T09:30"),
        ("2023年11月21日（火） 9時30分", "2023-11-21T09:30"),
        ("9:30 am (Beirut time), 21 November 2023", "2023-11-21T09:30"),
        ("Nov. 21, ’23", "2023-11-21"),
        ("21.11.98", "1998-11-21"),
        ("21.11.68", None),
    ],
)
def test_a_day_is_read(text: str, iso: str | None) -> None:
    date = parse_date(text, basis="text")
    assert (date and date.iso) == iso


@pytest.mark.parametrize(
    ("text", "stands_for_none"),
    [("2000-01-01T00:00:00Z", True), ("2000-01-01", False), ("2000-01-01T08:15:00Z", False)],
)
def test_the_first_second_of_a_clock_is_no_date(text: str, stands_for_none: bool) -> None:
    assert is_placeholder(text, parse_date(text, basis="meta")) is stands_for_none


def test_a_shown_placeholder_dates_nothing() -> None:
    assert clean_page(page(body=f"<p>01.01.1970 03:00</p>{STORY}")).published is None


def test_the_masthead_shows_today_and_dates_nothing() -> None:
    today = (
        f"<div><a href='/'>The Daily</a><span>{COLLECTED:%A, %B} {COLLECTED.day}, 2024</span></div>"
    )
    before = today.replace("2024", "2023")
    assert clean_page(page(before=today)).published is None
    assert clean_page(page(before=before)).published is not None


def test_a_day_in_the_link_of_another_story_dates_nothing() -> None:
    link = "<a href='/{0}'><h3>Ferry sails again after {0} months</h3><span>{1}</span></a>"
    teasers = "".join(link.format(n, day) for n, day in ((2, "3 May 2024"), (3, "2 May 2024")))
    assert clean_page(page(after=f"<div>{teasers}</div>")).published is None


def test_both_days_are_told_with_arabic_commas() -> None:
    line = "آخر تحديث: 16 أيار 2024، 07:00 — تاريخ النشر: 15 أيار 2024، 18:20"
    article = clean_page(page(body=f"<p>{line}</p>{STORY}"))
    assert article.published is not None
    assert article.modified is not None
    assert (article.published.iso, article.modified.iso) == ("2024-05-15T18:20", "2024-05-16T07:00")
