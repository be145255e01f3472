"""A partial date never claims more than it was given."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.dates import PartialDate, Precision
from corpus.errors import InvalidDate


@pytest.mark.parametrize(
    ("iso", "precision", "earliest", "latest"),
    [
        ("2022", Precision.YEAR, date(2022, 1, 1), date(2022, 12, 31)),
        ("2024-02", Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-03-05", Precision.DAY, date(2022, 3, 5), date(2022, 3, 5)),
        ("2022-03-05T23:30+02:00", Precision.MINUTE, date(2022, 3, 5), date(2022, 3, 5)),
        ("2022-03-05T23:30Z", Precision.MINUTE, date(2022, 3, 5), date(2022, 3, 5)),
    ],
)
def test_precision_is_that_of_the_text(
    iso: str, precision: Precision, earliest: date, latest: date
) -> None:
    known = PartialDate(iso, "url")

    assert known.precision is precision
    assert (known.earliest, known.latest) == (earliest, latest)


@pytest.mark.parametrize("iso", ["", "22", "2022-13", "2022-02-30", "2022-03-05T25:00", "May 2022"])
def test_what_is_no_date_is_refused_with_advice(iso: str) -> None:
    with pytest.raises(InvalidDate, match=r"is not a date|names no real day"):
        PartialDate(iso, "url")


@pytest.mark.parametrize(
    ("iso", "precision", "earliest", "latest"),
    [
        ("--05-03", Precision.DAY, (5, 3), (5, 3)),
        ("--02-29", Precision.DAY, (2, 29), (2, 29)),
        ("--06", Precision.MONTH, (6, 1), (6, 30)),
    ],
)
def test_a_text_may_speak_of_a_day_without_its_year(
    iso: str, precision: Precision, earliest: tuple[int, int], latest: tuple[int, int]
) -> None:
    known = PartialDate(iso, "text")

    assert not known.has_year
    assert known.precision is precision
    assert (known.earliest.month, known.earliest.day) == earliest
    assert (known.latest.month, known.latest.day) == latest


@pytest.mark.parametrize(
    ("iso", "basis"),
    [
        ("--05-03", "url"),
        ("--05-03", "record:date"),
        ("--", "text"),
        ("-", "text"),
        ("--13", "text"),
    ],
)
def test_no_other_date_is_without_a_year(iso: str, basis: str) -> None:
    with pytest.raises(InvalidDate):
        PartialDate(iso, basis)
