"""Only dates that are written out with their year are mentioned dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.articles.mentioned_dates import mentioned_dates


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
        ("between March and May 2022", ["2022-05"]),
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
        "On Tuesday, last month, on 24 February",
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
    assert all(one.basis == "text" for one in mentioned_dates(text))
