"""What a text says of a date, each rule from both of its sides."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from corpus.cleaner.dates.in_address import month_first_in
from corpus.cleaner.dates.reading import (
    dates_at,
    full_dates,
    is_about,
    is_placeholder,
    is_plausible,
    parse_date,
)
from corpus.dates import PartialDate
from tests.corpus.cleaner.pages import COLLECTED, clean_page, page

NEXT = COLLECTED + timedelta(days=1)
SOON = COLLECTED + timedelta(days=2)


@pytest.mark.parametrize(
    ("iso", "plausible"),
    [
        (f"{COLLECTED:%Y-%m-%d}", True),
        (f"{NEXT:%Y-%m-%d}", True),
        (f"{SOON:%Y-%m-%d}", False),
        (f"{COLLECTED:%Y}", True),
        (f"{COLLECTED.year + 1}", False),
        ("1900-01-01", True),
        ("1899-12-31", False),
        ("1900", True),
        ("1899", False),
    ],
)
def test_dates_from_1900_to_the_day_after_collecting_are_plausible(
    iso: str, *, plausible: bool
) -> None:
    assert is_plausible(PartialDate(iso, "test"), COLLECTED) is plausible


@pytest.mark.parametrize(
    ("iso", "flag"),
    [
        (f"{NEXT:%Y-%m-%d}", None),
        (f"{SOON:%Y-%m-%d}", "future_date"),
        ("1900-01-02", None),
        ("1899-12-31", "implausible_date"),
        ("1605-05-05", "implausible_date"),
    ],
)
def test_an_implausible_date_is_flagged(iso: str, flag: str | None) -> None:
    found = clean_page(page(head=f'<meta name="date" content="{iso}">'))
    assert found.published is not None
    assert found.published.iso == iso
    flags = {"future_date", "implausible_date"}.intersection(found.quality.flags)
    assert flags == ({flag} if flag else set())


def test_a_plausible_date_comes_before_a_doubtful_one() -> None:
    head = (
        f'<meta property="article:published_time" content="{SOON:%Y-%m-%d}">'
        '<meta name="date" content="2024-05-02">'
    )
    found = clean_page(page(head=head))
    assert found.published is not None
    assert found.published.iso == "2024-05-02"
    assert "future_date" not in found.quality.flags


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("yesterday", "2024-05-31"),
        ("1 day ago", "2024-05-31"),
        ("a day ago", "2024-05-31"),
        ("12 hours ago", "2024-06-01"),
        ("13 hours ago", "2024-05-31"),
        ("720 minutes ago", "2024-06-01"),
        ("721 minutes ago", "2024-05-31"),
        ("1 week ago", "2024-05-25"),
        ("2 weeks ago", "2024-05"),
        ("3 weeks ago", "2024-05"),
        ("1 month ago", "2024-05"),
        ("5 months ago", "2024-01"),
        ("6 months ago", "2023-12"),
        ("17 months ago", "2023-01"),
        ("18 months ago", "2022-12"),
        ("1 year ago", "2023"),
        ("2 years ago", "2022"),
        ("قبل يومين", "2024-05-30"),
        ("منذ شهرين", "2024-04"),
    ],
)
def test_counting_back_is_as_precise_as_the_unit(text: str, iso: str) -> None:
    date = parse_date(text, basis="text", collected=COLLECTED)
    assert date is not None
    assert (date.iso, date.basis) == (iso, "text")
    assert parse_date(text, basis="text") is None


@pytest.mark.parametrize(("day", "iso"), [(21, None), (22, "2024-05")])
def test_weeks_ago_name_a_month_when_no_day_of_that_week_is_in_another(
    day: int, iso: str | None
) -> None:
    collected = datetime(2024, 5, day, 12, tzinfo=UTC)
    date = parse_date("2 weeks ago", basis="text", collected=collected)
    assert (date.iso if date else None) == iso


@pytest.mark.parametrize(
    ("text", "month_first", "iso"),
    [
        ("03/04/2022", None, "2022"),
        ("03/04/2022", True, "2022-03-04"),
        ("03/04/2022", False, "2022-04-03"),
        ("03-04-2022", True, "2022-03-04"),
        ("03.04.2022", True, "2022-04-03"),
        ("03.04.2022", None, "2022-04-03"),
        ("13/04/2022", True, "2022-04-13"),
        ("12/04/2022", True, "2022-12-04"),
        ("04/13/2022", False, "2022-04-13"),
        ("04/12/2022", False, "2022-12-04"),
        ("04/04/2022", None, "2022-04-04"),
        ("13/13/2022", None, None),
        ("03/04/22", True, "2022-03-04"),
        ("1648000000", None, "2022-03-23T01:46Z"),
        ("1648000000000", None, "2022-03-23T01:46Z"),
        ("164800000", None, None),
        ("16480000000", None, None),
        ("2022", None, "2022"),
        ("(2022)", None, "2022"),
        ("in 2022", None, None),
        ("2022-03", None, "2022-03"),
        ("March 2022", None, "2022-03"),
        ("4 March 39", None, None),
        ("4  March   2022", None, "2022-03-04"),
        ("10:30  4 March 2022", None, "2022-03-04T10:30"),
        ("4 مارس 2022 - 10:30 بتوقيت غرينتش", None, "2022-03-04T10:30Z"),
        ("4 مارس 2022 - 10:30 بتوقيت القدس", None, "2022-03-04T10:30"),  # by summer or winter
        ("4 марта 2022, 10:30 (по московскому времени)", None, "2022-03-04T10:30+03:00"),
        (" 1648000000 ", None, "2022-03-23T01:46Z"),
        ("March,2022", None, "2022-03"),
        (
            "4 \u0643\u0627\u0646\u0648\u0646 \u0627\u0644\u062b\u0627\u0646\u064a 2022",
            None,
            "2022-01-04",
        ),
        ("13 \u0627\u0633\u0641\u0646\u062f 1400", None, "2022-03-04"),
        ("Fri, 04 Mar 50 10:00:00 GMT", None, "1950-03-04T10:00Z"),
        ("Fri, 04 Mar 49 10:00:00 GMT", None, None),
        ("12/04/2022", None, "2022"),
        ("12/04/2022", False, "2022-04-12"),
        ("12/13/2022", None, "2022-12-13"),
        ("\u0664/\u0663/\u0662\u0660\u0662\u0662", False, "2022-03-04"),
        ("31 April 2022", None, "2022-04"),
        ("4 March 2022, 24:30", None, "2022-03-04"),
        ("4 March 2022, 00:00", None, "2022-03-04"),
        ("4 March 2022, 6:30 am", None, "2022-03-04T06:30"),
        ("4 March 2022, 12:15 am", None, "2022-03-04T00:15"),
        ("4 March 2022, 12:15 pm", None, "2022-03-04T12:15"),
        ("4 March 2022, 10:30 GMT+10", None, "2022-03-04T10:30+10:00"),
        ("4 March 2022, 10:30 GMT+14", None, "2022-03-04T10:30+14:00"),
        ("4 March 2022, 10:30 GMT+15", None, "2022-03-04T10:30"),
        ("4 March 2022, 10:30 E\u017fT", None, "2022-03-04T10:30-05:00"),
        ("4 March 2022, 10:30 GMT+3", None, "2022-03-04T10:30+03:00"),
        ("4 March 2022, 10:30 UTC+5:30", None, "2022-03-04T10:30+05:30"),
        ("4 March 2022, 10:30 GMT-3", None, "2022-03-04T10:30-03:00"),
        ("2022-03-04T00:00:00Z", None, "2022-03-04"),
        ("2022-03-04T00:00:30Z", None, "2022-03-04T00:00Z"),
        ("2022-03-04T00:01:00Z", None, "2022-03-04T00:01Z"),
        ("2022-03-04T00:00:00+02:00", None, "2022-03-04T00:00+02:00"),
        ("1999999999", None, "2033-05-18T03:33Z"),
        ("2000000000", None, None),
        ("Aug. 31, 2019, 9:41 p.m. ET", None, "2019-08-31T21:41-04:00"),
        ("Jan. 5, 2020 at 9:41 a.m. ET", None, "2020-01-05T09:41-05:00"),
        ("Jan. 5, 2020 at 9:41 a.m. PT", None, "2020-01-05T09:41-08:00"),
        ("July 5, 2006 at 9:41 a.m. CT", None, "2006-07-05T09:41-05:00"),
        ("March 10, 2024, 9:41 a.m. MT", None, "2024-03-10T09:41"),
        ("March 9, 2024, 9:41 a.m. MT", None, "2024-03-09T09:41-07:00"),
        ("March 11, 2024, 9:41 a.m. MT", None, "2024-03-11T09:41-06:00"),
        ("Nov. 2, 2024, 9:41 a.m. ET", None, "2024-11-02T09:41-04:00"),
        ("Nov. 3, 2024, 9:41 a.m. ET", None, "2024-11-03T09:41"),
        ("Nov. 4, 2024, 9:41 a.m. ET", None, "2024-11-04T09:41-05:00"),
        ("April 2, 2006, 9:41 a.m. ET", None, "2006-04-02T09:41"),
        ("Oct. 29, 2006, 9:41 a.m. ET", None, "2006-10-29T09:41"),
        ("Oct. 30, 2006, 9:41 a.m. ET", None, "2006-10-30T09:41-05:00"),
        ("July 5, 1987, 9:41 a.m. ET", None, "1987-07-05T09:41-04:00"),
        ("July 5, 1986, 9:41 a.m. ET", None, "1986-07-05T09:41"),
        ("Feb. 30, 2020 at 9:41 a.m. ET", None, None),
        ("4 mars 2022, 10:30 ET MODIFIÉ", None, "2022-03-04T10:30"),
        ("4 March 2022, 10:30 WIB", None, "2022-03-04T10:30+07:00"),
        ("7.III.2023", None, "2023-03-07"),
        ("17 XII 2023", None, "2023-12-17"),
        ("7.XIII.2023", None, None),
        ("1.7.III.2023", None, None),
        ("c. 1943", None, "1943"),
        ("circa March 1943", None, "1943-03"),
        ("~ 1943", None, "1943"),
        ("4. M\u00e4rz 1943 um 18:30", None, "1943-03-04T18:30"),
        ("4. M\u00e4rz 1943 um 18:30?", None, "1943-03-04T18:30"),
        ("etwa 4. M\u00e4rz 1943 um 18:30", None, "1943-03-04T18:30"),
    ],
)
def test_forms(text: str, month_first: bool | None, iso: str | None) -> None:
    date = parse_date(text, basis="text", month_first=month_first)
    assert (date.iso if date else None) == iso


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("c. 1943", True),
        ("um 1943", True),
        ("~1943", True),
        ("1943?", True),
        ("[1943?]", True),
        ("1943", False),
        ("cat 1943", False),
        ("? 1943", False),
        ("4. M\u00e4rz 1943 um 18:30", False),
    ],
)
def test_what_says_that_a_date_is_about_right(text: str, about: bool) -> None:
    assert is_about(text) is about


@pytest.mark.parametrize(
    ("text", "placeholder"),
    [
        *((day, True) for day in ("1970-01-01", "1969-12-31", "1900-01-01", "1899-12-30")),
        *((day, True) for day in ("1904-01-01", "1601-01-01", "1970-01-01T00:00:00Z")),
        *((word, True) for word in ("null", "None", "n/a", "NaN", "undefined", "unknown", "tbd")),
        *((zeros, True) for zeros in ("0", "0000-00-00", "00:00", "-62135596800", "0001-01-01")),
        *((other, False) for other in ("1970-01-02", "nonsense", "1901-01-01", "soon", "")),
    ],
)
def test_what_stands_for_no_date(text: str, placeholder: bool) -> None:
    assert is_placeholder(text, parse_date(text, basis="text")) is placeholder


def test_a_day_of_this_year_in_two_digits_is_one_and_of_the_next_is_none() -> None:
    year = datetime.now(UTC).year
    for_this = parse_date(f"4-Mar-{year % 100:02}", basis="text")
    assert for_this is not None
    assert for_this.iso == f"{year}-03-04"
    assert parse_date(f"4-Mar-{(year + 1) % 100:02}", basis="text") is None


@pytest.mark.parametrize(("before", "found"), [(387, True), (388, False)])
def test_only_the_beginning_of_a_text_is_read(before: int, found: bool) -> None:
    text = "x" * before + " 4 March 2022"
    assert (parse_date(text, basis="text") is not None) is found


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("18:30, 4 March 2022", "2022-03-04T18:30"),
        ("18:30 Friday, 4 March 2022", "2022-03-04T18:30"),
        ("18:30 (said of another day entirely) 4 March 2022", "2022-03-04"),
        ("4 March 2022", "2022-03-04"),
        ("17:10, 4 March 2022, 18:30", "2022-03-04T18:30"),
    ],
)
def test_the_time_of_day_may_stand_before(text: str, iso: str) -> None:
    date = parse_date(text, basis="text")
    assert date is not None
    assert date.iso == iso


@pytest.mark.parametrize(("spaces", "iso"), [(35, "2022-03-04T18:30"), (36, "2022-03-04")])
def test_a_time_of_day_forty_characters_before_is_not_that_of_a_date(spaces: int, iso: str) -> None:
    for before in ("", "It was said on a day long ago that all was well. "):
        text = f"{before}18:30{' ' * spaces}4 March 2022"
        assert [date.iso for date in full_dates(text, basis="text")] == [iso]


def test_a_month_of_two_words_may_stand_in_two_lines() -> None:
    text = "4 \u0643\u0627\u0646\u0648\u0646\n\u0627\u0644\u062b\u0627\u0646\u064a 2022"
    assert [date.iso for date in full_dates(text, basis="text")] == ["2022-01-04"]


def test_dates_come_in_reading_order_each_with_where_it_stands() -> None:
    text = "from 4 March 2022 to 2022-03-06, not 31 February 2022"
    found = dates_at(text, basis="text")
    assert [(text[start:end], date.iso) for (start, end), date in found] == [
        ("4 March 2022", "2022-03-04"),
        ("2022-03-06", "2022-03-06"),
    ]
    assert [date.iso for date in full_dates(text, basis="text")] == ["2022-03-04", "2022-03-06"]
    assert list(full_dates("03/04/2022", basis="text")) == []
    assert [d.iso for d in full_dates("03/04/2022", basis="text", month_first=True)] == [
        "2022-03-04"
    ]


@pytest.mark.parametrize(
    ("language", "host", "month_first"),
    [
        ("en-US", "example.com", True),
        ("en_US", "example.com", True),
        ("EN-us", "example.com", True),
        ("en-PH", "example.com", True),
        ("en-US", "example.us", True),
        ("en-US", "example.ph", True),
        ("en-US", "example.de", None),
        ("en-US", "example.io", True),
        ("en-GB", "example.de", False),
        ("en-GB", "example.us", False),
        ("en-CA", "example.com", None),
        ("en-CA", "example.us", True),
        ("en", "example.gov", True),
        ("en", "example.mil", True),
        ("en", "example.edu", True),
        ("en", "example.US", True),
        ("en", "example.de", False),
        ("en", "example.io", None),
        ("en", "example.x1", None),
        ("en", "example.info", None),
        ("und", "example.gov", True),
        ("und", "example.de", False),
        ("en-Latn", "example.com", None),
        ("de", "example.us", False),
        ("de-US", "example.us", False),
    ],
)
def test_who_writes_the_month_first(language: str, host: str, month_first: bool | None) -> None:
    assert month_first_in(language, f"https://{host}/a.us") is month_first


def test_without_an_address_the_language_alone_tells() -> None:
    assert month_first_in("en-US", None) is True
    assert month_first_in("en", None) is None
