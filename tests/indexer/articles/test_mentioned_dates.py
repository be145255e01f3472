"""Dates that a text speaks of: with their year, and without until publication tells it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import PartialDate
from indexer.articles.mentioned_dates import mentioned_dates, with_years


def found(text: str) -> list[str]:
    return [one.iso for one in mentioned_dates(text)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("On 24 February 2022 troops crossed the border.", ["2022-02-24"]),
        ("On February 24, 2022, troops crossed", ["2022-02-24"]),
        ("the 1st of May 2020, and Sept. 3rd, 2021", ["2020-05-01", "2021-09-03"]),
        ("24-26 February 2022", ["2022-02-24", "2022-02-26"]),
        ("February 24 to 26, 2022", ["2022-02-24", "2022-02-26"]),
        ("2022-02-24 and 2022-03 and 24.02.2021", ["2022-02-24", "2022-03", "2021-02-24"]),
        ("In March 2023 and again in March\n2023", ["2023-03"]),
        ("between March and May 2022", ["2022-03", "2022-05"]),
        ("in February and March 2022", ["2022-02", "2022-03"]),
        ("в марте и апреле 2022 года", ["2022-03", "2022-04"]),
        ("March-April 2022", ["2022-03", "2022-04"]),
        ("Since 2014, and in mid-2021, the year 2020.", ["2014", "2021", "2020"]),
        ("le 1er mars 2022 et en février 2023", ["2022-03-01", "2023-02"]),
        ("24 февраля 2022 года и в феврале 2023 года", ["2022-02-24", "2023-02"]),
        ("в 2014 году", ["2014"]),
        ("24 лютого 2022 року і в березні 2023", ["2022-02-24", "2023-03"]),
        ("في 24 فبراير 2022 و 7 تشرين الأول 2023 عام 2024", ["2022-02-24", "2023-10-07", "2024"]),
    ],
)
def test_dates_written_out(text: str, dates: list[str]) -> None:
    assert found(text) == dates


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesday, last month, three days ago",
        "They may march. May God help; Theresa May said, and March winds",
        "April 3,000 people; May 3.5 percent",
        "03/04/2022 is two days",
        "in 2000 villages, by 1990 soldiers",
        "2,022 people; 2022.5 km; 1,2022; 12022; grant 2022/17",
        "31 June 2022 never was",
        "about 2022 rounds",
        "the march 2022 kilometers long",
    ],
)
def test_what_is_not_said_is_not_guessed(text: str) -> None:
    assert found(text) == []


def test_the_first_mention_gives_the_order_and_none_is_repeated() -> None:
    assert found("1 May 2021, 3 April 2020 and 1 May 2021") == ["2021-05-01", "2020-04-03"]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    for form in ("%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%b. %d, %Y"):
        assert found(f"It was {day.strftime(form)}.") == [day.isoformat()]


@given(st.text(alphabet="0123456789 .,-/Maychn\n", max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    assert all(one.basis.startswith("text") for one in mentioned_dates(text))


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("told the radio on May 3 that", ["--05-03"]),
        ("from 3 to 5 May, and on June 7th", ["--05-03", "--05-05", "--06-07"]),
        ("But in June, she said; since late November it is quiet", ["--06", "--11"]),
        ("between March and May, until August", ["--03", "--05", "--08"]),
        ("On May 3 and again on May 3, 2022", ["--05-03", "2022-05-03"]),
        ("le 8 mai, et en juin", ["--05-08", "--06"]),
        ("24 февраля, и в марте", ["--02-24", "--03"]),
        ("24 лютого і в березні", ["--02-24", "--03"]),
        ("في 24 فبراير", ["--02-24"]),
        ("on 29 February", ["--02-29"]),
        ("on 31 June", []),
    ],
)
def test_days_and_months_without_a_year_are_kept_as_such(text: str, dates: list[str]) -> None:
    assert found(text) == dates


@pytest.mark.parametrize(
    ("text", "published", "dates"),
    [
        ("on May 3", "2023-06-10", ["2023-05-03"]),
        ("on May 3", "2023-04-20", ["2023-05-03"]),
        ("on May 3", "2023-02-20", ["2022-05-03"]),
        ("in late November last year", "2025-04-09", ["2024-11"]),
        ("in late November", "2025-04-09", ["2024-11"]),
        ("in June this year", "2023-02-01", ["2023-06"]),
        ("in June of next year", "2023-02-01", ["2024-06"]),
        ("on 29 February", "2023-06-01", ["2020-02-29"]),
        ("on May 3", "2023-05", ["2023-05-03"]),
        ("on May 3", "2023", ["--05-03"]),
        ("in June last year", "2023", ["2022-06"]),
        ("on May 3", None, ["--05-03"]),
        ("on May 3 and on 3 May 2023", "2023-06-10", ["2023-05-03"]),
        ("in 2014, on 1 May 2020", "2023-06-10", ["2014", "2020-05-01"]),
    ],
)
def test_the_date_of_publication_tells_the_year(
    text: str, published: str | None, dates: list[str]
) -> None:
    day = PartialDate(published, "url") if published else None

    told = with_years(mentioned_dates(text), day)

    assert [date.iso for date in told] == dates


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("The bridge was built c. 1943 by prisoners.", "text:about"),
        ("in about 1943 the bridge", "text:about"),
        ("постройка около 1943 года", "text:about"),
        ("in 1943 the bridge", "text"),
        ("c. 1943, to be exact in 1943", "text"),
    ],
)
def test_a_year_that_is_about_right_keeps_its_doubt(text: str, basis: str) -> None:
    assert [(one.iso, one.basis) for one in mentioned_dates(text)] == [("1943", basis)]


@given(st.dates(min_value=date(1980, 1, 1), max_value=date(2060, 12, 31)), st.integers(0, 300))
def test_a_day_before_publication_gets_its_year_back(published: date, before: int) -> None:
    day = date.fromordinal(published.toordinal() - before)
    told = with_years(
        mentioned_dates(f"on {day.day} {day:%B}"), PartialDate(published.isoformat(), "url")
    )

    assert [one.iso for one in told] == [day.isoformat()]
