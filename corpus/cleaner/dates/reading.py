"""Reading: which date does a text name, and how much of it?

`parse_date` reads one text: an ISO form, a form with a month's name in one of many languages, a
numeric form, a relative one. It gives what is there and no more: a bare year stays a year.

In one file because the forms share their parts, and what one catches the same code reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from corpus.cleaner.dates.calendars import other_calendar, zone_in_america
from corpus.cleaner.dates.words import (
    AGO_FORMS,
    AGO_TWO,
    AGO_UNITS,
    DAYS_BACK,
    DIGITS,
    MONTHS,
    ZONES,
)
from corpus.dates import PartialDate
from corpus.errors import InvalidDate

# How is a date written? The forms as patterns, and what they caught as a `PartialDate`.


def _one_of(names: Iterable[str]) -> str:
    """Any of some names; those that begin alike stand together, as each is tried at each word."""
    grouped: dict[str, list[str]] = {}
    for name in names:
        grouped.setdefault(name[0], []).append(re.escape(name[1:]).replace(r"\ ", r"\s+"))
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in grouped.items())


_MONTH = _one_of(MONTHS)
YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d|:\d)"
_HALF = r"[ap]\.?m\b\.?|[صم](?!\w)|صباح\w*|مساء\w*|[μπ]\.?μ\.?(?!\w)|ö[sö]\b"
_HALF_BEFORE = "오전|오후|午前|午後|上午|下午|早上|凌晨|晚上"
_AFTER_NOON = ("p", "م", "μ", "ös", "오후", "午後", "下午", "晚上")
_ZONE = (
    r"(?:UTC|GMT)\s?[+−–-]\s?\d\d?(?::?[0-5]\d)?(?!\d)|[+−-]\d\d:?\d\d|"
    + "|".join(rf"{name}\b" for name in ZONES)
    + r"|(?-i:[ECMP]T)\b"
)
_CLOCK = (
    rf"(?:(?P<before>{_HALF_BEFORE})\s?)?"
    r"(?P<hour>[01]?\d|2[0-4])\s?[:.h時时点點시]\s?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?"
    rf"(?!\d|\.\d)[分분]?\s*(?P<half>{_HALF})?\s*(?:uhr)?\s*\(?(?P<zone>{_ZONE})?"
)
TIME = (
    r"(?:(?:\s*(?:[(（][^\W\d_]{1,9}\.?[)）])?[T,;|–—/•·،-]?\s*\(?|:\s+|"
    r"\s+(?:at|um|à|a las|às|alle|в|о|об|الساعة)\s+|"
    r",?\s*[^\W\d]{0,9}\.?,?\s+)"
    rf"{_CLOCK})?"
)
TIME_BEFORE = re.compile(
    rf"(?<![\d:.])(?=\d\d?\s?[:h]\s?\d\d){_CLOCK}\)?\s*(?:\([^()\d]{{3,20}}\)\s*)?(?:[,;|–—/•·-]|(?:on|am|le|el)\b)?\s*"
    r"(?:[^\W\d]{2,12}\.?,?\s*)?$",
    re.IGNORECASE,
)
"""A time of day that ends right before a date: "18:30, Friday 4 March 2022"."""
_UP_TO_31 = r"(?:0?[1-9]|[12]\d|3[01])"
_DAY_NUMBER = rf"(?P<day>{_UP_TO_31})"
_MONTH_NUMBER = r"(?P<month>0?[1-9]|1[0-2])"
_DAY = r"(?<![\d.,/])(?<!\d:)(?P<day>0?[1-9]|[12]\d|3[01])"
NAMED = rf"(?<![^\W\d_])(?P<name>{_MONTH})(?![^\W\d_])"
_AGAIN = rf"(?:\s*[/(]\s*(?:{_MONTH})\s*\)?)?"  # Arabic names a month twice: "آذار/مارس"
_DOT_BEFORE_TIME = r"\.(?=,?\s(?:[^\W\d]{1,3}\s)?\d\d?[:.]\d\d)"  # "2021. u 09:10"
_DAY_FIRST = (
    rf"{_DAY}\s*(?:st|nd|rd|th|er|-?го|ی|[.ºª°])?\s*(?:of|de|del|the|-|/)?\s*{NAMED}[.׳'’]?{_AGAIN}"
    rf"[\s,/-]*(?:de|del|of|năm)?\s*{YEAR}"
    rf"(?:\s*(?:г(?:ода|оду)?\.?(?!\w)|року|р\.|r\.|թ\.|წ(?:ელი|\.))|{_DOT_BEFORE_TIME})?{TIME}"
)
_SHORT = r"(?P<short>[0-3]\d|9\d)(?![\d./-])"
_NUMERIC = rf"(?<![\d./-])(?P<first>{_UP_TO_31})(?P<mark>\.\s|[./-])(?P<next>{_UP_TO_31})(?P=mark)"
_COMPACT = (
    r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:T?(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?:\d\d)?(?P<zone>Z)?)?(?!\d)"
)
_A_YEAR = r"(?:1[5-9]|20)\d\d"
_AND_A_YEAR = r"(?:st|nd|rd|th)?\s*(?:[,፣،၊]|\s)\s*"  # behind the number of a day
_AT_A_TIME = r"\d\s?[:.h]\s?[0-5]\d"
_SOME_YEAR = re.compile(_A_YEAR)
_TWO_DIGITS = re.compile(r"\d\d")
FORMS = tuple(
    (re.compile(needed, re.IGNORECASE), re.compile(form, re.IGNORECASE))
    for needed, form in (
        (_A_YEAR, rf"(?<!\d){YEAR}[-/.]\s?{_MONTH_NUMBER}[-/.]\s?{_DAY_NUMBER}(?!\d)\.?{TIME}"),
        (_A_YEAR, _DAY_FIRST),
        (rf"\d{_AND_A_YEAR}{_A_YEAR}", rf"{NAMED}\.?\s*{_DAY}{_AND_A_YEAR}{YEAR}{TIME}"),
        (
            _A_YEAR,
            rf"{YEAR}(?:\s?m)?\.?[\s,-]+{NAMED}\.?[\s,-]+{_DAY}(?!\d)\.?(?:-[^\W\d_]{{1,3}})?{TIME}",
        ),
        (_AT_A_TIME, rf"{NAMED}\s+{_DAY}\s+{_CLOCK}\s*\)?\s*{YEAR}"),
        (
            _A_YEAR,
            rf"(?<!\d){YEAR}\s*[年년]\s*(?P<month>\d{{1,2}})\s*[月월]\s*(?P<day>\d{{1,2}})\s*[日일]{TIME}",
        ),
        (
            _A_YEAR,
            rf"{_NUMERIC}{YEAR}(?:\s*(?:г\.?|р\.|r\.)(?!\w)|{_DOT_BEFORE_TIME})?{TIME}",
        ),
        (_TWO_DIGITS.pattern, rf"{_DAY}-{NAMED}-{_SHORT}{TIME}"),
        (
            _AT_A_TIME,
            rf"\b(?:mon|tue|wed|thu|fri|sat|sun),\s*{_DAY}\s+{NAMED}\s+(?P<short>\d\d)(?=\s+\d\d?:\d\d){TIME}",
        ),
        (
            _AT_A_TIME,
            rf"{_DAY}\s+{NAMED}\s+(?P<short>\d\d)(?=\s+[0-2]\d:[0-5]\d(?::[0-5]\d)?\s+(?:[a-z]{{1,4}}\b|[+-]\d{{4}})){TIME}",
        ),  # RFC 822
        (_TWO_DIGITS.pattern, rf"{_DAY}\s+{NAMED}\.?\s+['’]{_SHORT}{TIME}"),
        (r"['’]\d\d", rf"{NAMED}\.?\s+{_DAY}(?:st|nd|rd|th)?,?\s+['’]{_SHORT}{TIME}"),
        (_TWO_DIGITS.pattern, rf"(?<![^\W\d_])(?<!version\s){_NUMERIC}{_SHORT}{TIME}"),
        (_A_YEAR, _COMPACT),
        (_A_YEAR, rf"{YEAR}[.-]?\s(?:gada|жыл\w*|yil\w*)\s{_DAY}[.-]?\s?{NAMED}{TIME}"),
    )
)
"""Dates known to the day or better; more than one form may catch the same date.

Before each stands what no date of the form lacks: what begins with the name of a month is sought at
each word, in as much time as all the rest of a short page, and most lines have no day and year.
"""

MONTH_ONLY = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{NAMED}\.?{_AGAIN},?\s+(?:de\s+)?{YEAR}",
        rf"(?<![\d/.-]){YEAR}-(?P<month>0[1-9]|1[0-2])(?![\d/.-])",
    )
)
UNSETTLED = re.compile(rf"(?<![\d./-]){_MONTH_NUMBER}([/-])(?:0?[1-9]|1[0-2])\2{YEAR}")
"""Two numbers that may both be the month, and a year."""


def month_number(name: str, before: str = "") -> int:
    """The number of a month whose name was caught, whatever its case and spaces.

    "8. listopada" is Croatian, in October; "8 listopada" is Polish, in November.
    """
    folded = " ".join(name.casefold().split())
    return MONTHS[folded] - (folded == "listopada" and before.rstrip().endswith("."))


def dated(
    year: int, month: int, day: int, basis: str, caught: dict[str, str | None]
) -> PartialDate | None:
    """A day, with the time of day that was caught beside it; None when there is no such day."""
    iso = f"{year:04}-{month:02}-{day:02}"
    for form in (iso + _time(caught, year, month, day), iso):
        with suppress(InvalidDate):
            return PartialDate(form, basis)
    return None


def _time(caught: dict[str, str | None], year: int, month: int, day: int) -> str:
    hour, minute = caught.get("hour"), caught.get("minute")
    if not hour:
        return ""
    number, half = int(hour), (caught.get("half") or caught.get("before") or "").lower()
    if half:
        number = number % 12 + (12 if half.startswith(_AFTER_NOON) else 0)
    named = caught.get("zone")
    if named and len(named) == _OF_AMERICA:  # "ET" behind "9:41 p.m."; French has it too
        zone = zone_in_america(named, year, month, day) if half else ""
    else:
        zone = (ZONES.get(named.casefold()) or _offset(named)) if named else ""
    midnight = number == 0 and minute == "00" and caught.get("second") in (None, "00")
    return "" if midnight and zone in ("", "Z") else f"T{number:02}:{minute}{zone}"


_OF_AMERICA = len("ET")


def _offset(zone: str) -> str:
    """`+HH:MM` of "GMT+3", "UTC+5:30", "+0200"; nothing where no clock is so far off."""
    digits = re.sub(r"\D", "", zone)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    sign = "+" if "+" in zone else "-"
    return f"{sign}{int(hours):02}:{minutes}" if int(hours) <= 14 else ""


# Which day do "yesterday at 14:05" and "3 hours ago" mean, seen from the day of collecting?

_ANY_UNIT = "|".join(pattern for _, pattern in AGO_UNITS)
_AGO = tuple(re.compile(form.replace("UNIT", _ANY_UNIT), re.IGNORECASE) for form in AGO_FORMS)
_UNITS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in AGO_UNITS)
_TWO = re.compile(rf"(?:قبل|منذ|לפני)\s+(?P<unit>{'|'.join(AGO_TWO)})")
_BACK = re.compile(
    rf"(?<!\w)(?P<word>{'|'.join(map(re.escape, DAYS_BACK))})(?!\w){TIME}", re.IGNORECASE
)


def date_ago(text: str, *, basis: str, collected: datetime) -> PartialDate | None:
    """The day that a relative form names, as precisely as its unit allows; None without one."""
    if match := _BACK.search(text):
        then = collected - timedelta(days=DAYS_BACK[match["word"].casefold()])
        return dated(then.year, then.month, then.day, basis, match.groupdict())
    if match := _TWO.search(text):
        return _back(2, AGO_TWO[match["unit"]], basis, collected)
    for form in _AGO:
        if match := form.search(text):
            number = match["n"]
            name = next(name for name, pattern in _UNITS if pattern.fullmatch(match["unit"]))
            count = int(number) if number and number.isdigit() else 1
            return _back(count, name, basis, collected)
    return None


def _back(number: int, name: str, basis: str, collected: datetime) -> PartialDate | None:
    """Counts back as precisely as the unit allows: "2 months ago" names a month."""
    if name == "years":
        return PartialDate(f"{collected.year - number:04}", basis)
    if name == "months":
        months = collected.year * 12 + collected.month - 1 - number
        return PartialDate(f"{months // 12:04}-{months % 12 + 1:02}", basis)
    if name == "weeks" and number > 1:
        then = collected - timedelta(weeks=number)
        return PartialDate(then.strftime("%Y-%m"), basis) if then.day > 7 else None
    step = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1)}.get(name)
    then = collected - number * (step or timedelta(days=7 if name == "weeks" else 1))
    return PartialDate(then.strftime("%Y-%m-%d"), basis)


EARLIEST_YEAR = 1900

_YEAR_ONLY = re.compile(rf"\W*{YEAR}\W*")
_EPOCH = re.compile(
    r"(?:/Date\()?(?P<seconds>\d{10})(?:\d{3}|\d{6}|\d{9})?(?:\.\d+)?(?:[+-]\d{4})?(?:\)/)?"
)
_WEEK = re.compile(r"(?:19|20)\d\d-?W\d\d-?[1-7](?!\d)")
_LATEST_EPOCH = 2_000_000_000  # in 2033: greater numbers are days written together
_GLUED = re.compile(r"(?<=[^\W\d_]),(?=\d)")  # "Thu,24 Feb 2022"
_GLUED_HEBREW = re.compile(r"(?<=[א-ת])-(?=\d)")  # "ה-15.9.2022"
_PLACEHOLDER = re.compile(
    r"[\s.–—-]*-[\s.–—-]*|"
    r"\W*(?:0+(?:[.:/-]0+)*(?:[T ].*)?|000\d\b.*|-\d+|null|none|n/?a|nan|undefined|false|unknown|"
    r"tbd)\W*",
    re.IGNORECASE | re.DOTALL,
)
_PLACEHOLDER_DAYS = frozenset(
    ("1970-01-01", "1969-12-31", "1900-01-01", "1899-12-30", "1904-01-01", "1601-01-01")
)
_PLACEHOLDER_MOMENT = re.compile(
    r"(?:1980|2000|2001)-01-01[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?"
)
"""Where further clocks begin: a day like others unless its first second is written out."""
_ABOUT = re.compile(
    r"\W*(?:c|ca|circa|about|around|approx(?:imately)?|um|etwa|gegen|vers|environ|hacia|около|ок|"
    r"близько|прибл|bl|ok|cca)\b\.?\s*(?=\d)|\W*~\s*(?=\d)",
    re.IGNORECASE,
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\.?,?\s+(?:the\s)?$", re.IGNORECASE
)
_WEEKDAY_REACH = 16  # characters before a date in which its day of the week may stand
_SPACES = re.compile(r"\s{2,}")  # the forms try each way to share them out
_CLOCK_REACH = 40  # characters before a date in which its time of day may stand
_MAX_TEXT = 400


def parse_date(
    text: str, *, basis: str, collected: datetime | None = None, month_first: bool | None = None
) -> PartialDate | None:
    """The first full date in a short text, else a month, a relative day, a bare year; else None.

    Args:
        basis: where the text was read; kept in the result.
        collected: what relative forms ("3 hours ago") count back from; None reads none.
        month_first: how `03/04/2021` is meant; None when unknown: only its year is then kept,
            unless the numbers settle it.
    """
    written = _SPACES.sub(" ", _IN_PARTS.sub(r"\1-\2-\3 \4", text[:_MAX_TEXT]))
    written = _ROMAN.sub(_in_digits, written)
    text = _GLUED.sub(", ", written.translate(DIGITS))
    if (epoch := _EPOCH.fullmatch(text.strip())) and int(epoch["seconds"]) < _LATEST_EPOCH:
        return _from_epoch(int(epoch["seconds"]), basis)
    with suppress(ValueError):
        if week := _WEEK.match(text.strip()):
            return PartialDate(date.fromisoformat(week[0]).isoformat(), basis)
    about = _ABOUT.match(text)
    text = text[about.end() :] if about else text
    return (
        next(full_dates(text, basis=basis, month_first=month_first), None)
        or _of_other_calendar(written, text, basis)
        or (date_ago(text, basis=basis, collected=collected) if collected else None)
        or _month(text, basis)
        or _bare_year(text, basis)
        or _unsettled(text, basis)
    )


_NUMERALS = dict(zip("I II III IV V VI VII VIII IX X XI XII".split(), range(1, 13), strict=True))
_ROMAN = re.compile(
    rf"(?<![\d.])([0-3]?\d)(?:\.\s?|\s)({'|'.join(_NUMERALS)})\.?\s?((?:19|20)\d\d)(?!\d)"
)
"""A month in Roman figures, as in Polish and Hungarian: "7 III 2023"."""


def _in_digits(found: re.Match[str]) -> str:
    return f"{found[3]}-{_NUMERALS[found[2]]:02}-{int(found[1]):02}"


_IN_PARTS = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?([01]\d)\s?/\s?([0-3]\d)\s?(\d\d:\d\d)")
"""A year, a day and a clock in elements of their own, as agencies in China set them."""


def is_about(text: str) -> bool:
    """Whether a text says that its date is about right: "c. 1943", "1943?"."""
    return bool(_ABOUT.match(text)) or text.rstrip(" ]").endswith("?")


def is_placeholder(text: str, date: PartialDate | None) -> bool:
    """Whether a declared date stands for none: the beginning of some clock, or a word for it."""
    if date is None:
        return bool(_PLACEHOLDER.fullmatch(text))
    if _PLACEHOLDER_MOMENT.fullmatch(text.strip()):
        return True
    return date.iso[: len("1970-01-01")] in _PLACEHOLDER_DAYS


def full_dates(text: str, *, basis: str, month_first: bool | None = None) -> Iterator[PartialDate]:
    """The dates in a text that are known to the day or better, in reading order."""
    yield from (date for _, date in dates_at(text, basis=basis, month_first=month_first))


def dates_at(
    text: str, *, basis: str, month_first: bool | None = None
) -> list[tuple[tuple[int, int], PartialDate]]:
    """The same, each with the characters it was read from: start, end."""
    text = text.translate(DIGITS)
    if not _TWO_DIGITS.search(text):  # as every form has, and most lines have not
        return []
    text = _GLUED_HEBREW.sub(" ", text)
    found = [
        (match.span(), date)
        for needed, form in FORMS
        if needed.search(text)
        for match in form.finditer(text)
        if (date := _from_match(match, basis, month_first)) is not None
    ]
    return sorted(found, key=lambda pair: pair[0][0])


def is_plausible(date: PartialDate, collected: datetime) -> bool:
    """Whether a date lies between 1900 and the day after collecting (zones differ by a day)."""
    return date.earliest.year >= EARLIEST_YEAR and date.earliest <= (
        collected.date() + timedelta(days=1)
    )


def _from_match(match: re.Match[str], basis: str, month_first: bool | None) -> PartialDate | None:
    found = match.groupdict()
    year = int(found.get("year") or _full_year(int(found["short"])))
    if found.get("short") and year > datetime.now(UTC).year:
        return None
    if found.get("first"):
        first, second = int(found["first"]), int(found["next"])
        told = _order_by_weekday(match, year, first, second)
        order = _order(first, second, found["mark"], month_first if told is None else told)
        if order is None:
            return None
        month, day = order
    else:
        named = found.get("name")
        before = match[0][: match.start("name") - match.start()] if named else ""
        month = month_number(named, before) if named else int(found["month"])
        day = int(found["day"])
    if not found.get("hour"):
        start = match.start()
        if clock := TIME_BEFORE.search(match.string, start - _CLOCK_REACH, start):
            found |= clock.groupdict()
    return dated(year, month, day, basis, found)


def _full_year(short: int) -> int:
    """As RFC 2822 counts: 50 to 99 are of the last century."""
    return short + (2000 if short < 50 else 1900)


def _order(first: int, second: int, mark: str, month_first: bool | None) -> tuple[int, int] | None:
    if first > 12 or second > 12:
        return (second, first) if first > 12 else (first, second)
    if first == second or mark[0] == "." or month_first is False:
        return second, first
    return (first, second) if month_first else None


def _order_by_weekday(match: re.Match[str], year: int, first: int, second: int) -> bool | None:
    """Whether the month is first in a date that a day of the week stands before, which is that of
    one of its two readings: "Mon, 05/12/2022"; None where it tells neither.
    """
    if max(first, second) > 12 or first == second:
        return None
    named = _WEEKDAY.search(match.string, max(0, match.start() - _WEEKDAY_REACH), match.start())
    if named is None:
        return None
    number = _WEEKDAYS.index(named[1].casefold())
    day_first = date(year, second, first).weekday() == number
    month_first = date(year, first, second).weekday() == number
    return month_first if day_first is not month_first else None


def _of_other_calendar(written: str, plain: str, basis: str) -> PartialDate | None:
    found = other_calendar(written, plain)
    if found is None:
        return None
    day, match = found
    return dated(day.year, day.month, day.day, basis, match.groupdict())


def _from_epoch(seconds: int, basis: str) -> PartialDate | None:
    moment = datetime.fromtimestamp(seconds, UTC)
    return PartialDate(moment.strftime("%Y-%m-%dT%H:%MZ"), basis)


def _month(text: str, basis: str) -> PartialDate | None:
    if not _SOME_YEAR.search(text):  # the first form seeks names of months at each word
        return None
    for form in MONTH_ONLY:
        if match := form.search(text):
            named = match.groupdict().get("name")
            month = month_number(named) if named else int(match["month"])
            return PartialDate(f"{match['year']}-{month:02}", basis)
    return None


def _bare_year(text: str, basis: str) -> PartialDate | None:
    match = _YEAR_ONLY.fullmatch(text)
    return PartialDate(match["year"], basis) if match else None


def _unsettled(text: str, basis: str) -> PartialDate | None:
    """The year of `03/04/2021`, where nothing tells whether that is March or April."""
    match = UNSETTLED.search(text)
    return PartialDate(match["year"], basis) if match else None
