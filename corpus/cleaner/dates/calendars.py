"""Calendars: which day of ours does a day of another calendar mean?

The Persian (Jalali), the Ethiopian and the Thai Buddhist calendar, where their months are named or,
for Persian, digits say that it is meant; days of ours whose years are counted in eras of Japan or
of the Republic of China; when clocks in America are an hour ahead, and days that Excel counts.
Arithmetic forms of the calendars: for Jalali the 33-year cycle, right for the years 1178 to 1633.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial

from corpus import months

_PERSIAN_DIGITS = re.compile("[\u06f0-\u06f9]")
_NUMBER = r"(?P<day>[0-3]?\d)"
_CLOCK = r"(?:\D{0,16}?(?<!\d)(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d))?"


def _names(form: str) -> dict[str, int]:
    return {
        name.replace("_", " "): number
        for number, names in enumerate(form.split(), start=1)
        for name in names.split("|")
    }


_JALALI = _names(  # as in Iran, in Afghanistan in Dari, and in Pashto
    "فروردین|حمل|وری اردیبهشت|ثور|غویی خرداد|جوزا|غبرګولی تیر|سرطان|چنګاښ "
    "مرداد|امرداد|اسد|زمری شهریور|سنبله|وږی مهر|میزان|تله آبان|عقرب|لړم "
    "آذر|قوس|لیندۍ دی|جدی|مرغومی بهمن|دلو|سلواغه اسفند|حوت|کب"
)
_ETHIOPIAN = _names(
    "መስከረም ጥቅምት ኅዳር|ህዳር|ሕዳር ታኅሣሥ|ታህሳስ|ታኅሳስ|ታሕሣሥ ጥር የካቲት መጋቢት ሚያዝያ|ሚያዚያ ግንቦት ሰኔ ሐምሌ|ሀምሌ"
    " ነሐሴ|ነሀሴ|ነሃሴ ጳጉሜን|ጳጉሜ|ጷጉሜን"
)


def _one_of(names: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def _from_jalali(year: int, month: int, day: int) -> date:
    past = (month - 1) * 31 if month < 7 else (month - 7) * 30 + 186
    year += 1595
    days = -355668 + 365 * year + year // 33 * 8 + (year % 33 + 3) // 4 + day + past
    return date.fromordinal(days - 365)


def _from_ethiopian(year: int, month: int, day: int) -> date:
    return date.fromordinal(2796 + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1)


def _from_buddhist(year: int, month: int, day: int) -> date:
    return date(year - 543, month, day)


def _from_era(era: str, year: int, month: int, day: int) -> date:
    return date(_ERAS[era] + year, month, day)


_JALALI_YEAR = r"(?P<year>1[34]\d\d)(?!\d)"
_THAI = months.THAI
_FORMS: tuple[tuple[re.Pattern[str], dict[str, int], Callable[[int, int, int], date]], ...] = (
    (
        re.compile(
            rf"(?<!\d){_NUMBER}\s+(?P<name>{_one_of(_JALALI)})(?:\s*ماه)?،?\s+{_JALALI_YEAR}{_CLOCK}"
        ),
        _JALALI,
        _from_jalali,
    ),
    (
        re.compile(
            rf"(?<!\d){_JALALI_YEAR}\s+(?:کال\s+)?(?:د\s+)?(?P<name>{_one_of(_JALALI)})\s+{_NUMBER}(?!\d){_CLOCK}"
        ),
        _JALALI,
        _from_jalali,
    ),
    (
        re.compile(
            rf"(?<![^\W\d_])(?P<name>{_one_of(_JALALI)})\s+{_NUMBER}(?:مه)?\s?[،,]?\s+{_JALALI_YEAR}{_CLOCK}"
        ),
        _JALALI,
        _from_jalali,
    ),
    (
        re.compile(
            rf"(?P<name>{_one_of(_ETHIOPIAN)})\s+{_NUMBER}(?:\s*ቀን)?[,፣]?\s*(?P<year>(?:19|20)\d\d)"
            rf"(?!\d){_CLOCK}"
        ),
        _ETHIOPIAN,
        _from_ethiopian,
    ),
    (
        re.compile(
            rf"(?<!\d){_NUMBER}\s*(?P<name>{_one_of(_THAI)})\s*(?:พ\.?ศ\.?)?\s*(?P<year>25\d\d)(?!\d){_CLOCK}"
        ),
        _THAI,
        _from_buddhist,
    ),
)
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}
"""The year before the first of each."""
_OF_AN_ERA = re.compile(
    rf"(?P<name>{'|'.join(_ERAS)})\s*(?P<year>元|\d{{1,3}})\s*年\s*(?P<month>1[0-2]|0?[1-9])\s*月\s*"
    rf"{_NUMBER}\s*日(?:\D{{0,8}}?(?<!\d)(?P<hour>[01]?\d|2[0-3])\s?[:時时點点]\s?(?P<minute>[0-5]\d))?"
)
_THAI_SHORT = re.compile(  # the last two digits of the year, as newspapers write it
    rf"(?<!\d){_NUMBER}\s*(?P<name>{_one_of(_THAI)})\s*(?P<year>[67]\d)(?!\d|:){_CLOCK}"
)
_THAI_NUMBERS = re.compile(
    rf"(?<![\d/.-]){_NUMBER}(?P<mark>[/.-])(?P<month>0?[1-9]|1[0-2])(?P=mark)(?P<year>25[67]\d)(?!\d){_CLOCK}"
)
_ISO = r"(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3]\d)(?!\d)"
_ISO_CLOCK = r"[T ](?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?::\d\d(?:\.\d+)?)?"
_THAI_ISO = re.compile(
    rf"(?<!\d)(?P<year>25[5-7]\d)-{_ISO}(?:{_ISO_CLOCK}(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_JALALI_ISO = re.compile(  # without the zone of Iran or Afghanistan it may be the Hijri calendar's
    rf"(?<!\d)(?P<year>1[34]\d\d)-{_ISO}{_ISO_CLOCK}(?P<zone>\+0[34]:?30)"
)
"""What systems declare that write their own calendar where another is expected."""
_JALALI_YEAR_OF_THE_WEB = re.compile(  # in the Hijri calendar such a year was 1960 to 1988
    r"(?<![\d/.-])1(?:3[89]|40)\d[/-](?!\d\d-\d\dT)|[/-]1(?:3[89]|40)\d(?![\d/.-])"
)
"""In ASCII digits; no page of those years of the Hijri calendar gives them in numbers alone."""
_JALALI_NUMBERS = re.compile(
    rf"(?<![\d/.-]){_JALALI_YEAR}(?P<mark>[/.-])(?P<month>0?[1-9]|1[0-2])(?P=mark){_NUMBER}"
    rf"(?![\d/.-])(?!\s*(?:هـ|ه\.?\s?ق|هجری قمری)){_CLOCK}"
)
_JALALI_DAY_FIRST = re.compile(
    rf"(?<![\d/.-]){_NUMBER}(?P<mark>[/.-])(?P<month>0?[1-9]|1[0-2])(?P=mark){_JALALI_YEAR}"
    rf"(?![\d/.-])(?!\s*(?:هـ|ه\.?\s?ق|هجری قمری)){_CLOCK}"
)


def other_calendar(text: str, plain: str) -> tuple[date, re.Match[str]] | None:
    """The first day of another calendar in a text, as a day of ours, and the match; else None.

    Args:
        text: as it was written.
        plain: the same with ASCII digits.
    """
    for form, names, convert in _FORMS:
        if match := form.search(plain):
            return _day(convert, match, names[match["name"]])
    if match := _OF_AN_ERA.search(plain):
        return _day(partial(_from_era, match["name"]), match, int(match["month"]))
    if match := _THAI_SHORT.search(plain):
        return _day(
            lambda year, *rest: _from_buddhist(2500 + year, *rest), match, _THAI[match["name"]]
        )
    if match := _THAI_NUMBERS.search(plain):
        return _day(_from_buddhist, match, int(match["month"]))
    if match := _THAI_ISO.search(plain):
        return _day(_from_buddhist, match, int(match["month"]))
    if match := _JALALI_ISO.search(plain):
        return _day(_from_jalali, match, int(match["month"]))
    told = _PERSIAN_DIGITS.search(text) or _JALALI_YEAR_OF_THE_WEB.search(plain)
    for form in (_JALALI_NUMBERS, _JALALI_DAY_FIRST) if told else ():
        if match := form.search(plain):
            return _day(_from_jalali, match, int(match["month"]))
    return None


def days_of_other_calendars(plain: str) -> Iterator[tuple[re.Match[str], date]]:
    """Every day of another calendar whose month a text names, as a day of ours, with the match.

    Args:
        plain: with ASCII digits.
    """
    for form, names, convert in _FORMS:
        for match in form.finditer(plain):
            found = _day(convert, match, names[match["name"]])
            if found is not None:
                yield match, found[0]


def _day(
    convert: Callable[[int, int, int], date], match: re.Match[str], month: int
) -> tuple[date, re.Match[str]] | None:
    try:
        found = convert(
            1 if match["year"] == "元" else int(match["year"]), month, int(match["day"])
        )
    except ValueError:
        return None
    return (found, match) if 1 <= int(match["day"]) <= 31 else None


_HOURS_BEHIND = {"E": 5, "C": 6, "M": 7, "P": 8}
_SUNDAYS = ((2007, (3, 8), (11, 1)), (1987, (4, 1), (10, 25)))
"""Since which year clocks are an hour ahead from the first Sunday on or after one day to that of
another.
"""


def zone_in_america(name: str, year: int, month: int, day: int) -> str:
    """The offset of "ET", "CT", "MT" or "PT" on a day, as clocks are set in most of the United
    States; nothing on the two days on which they are changed, and before 1987.
    """
    for since, *days in _SUNDAYS:
        if year >= since:
            begin, end = ((at, _sunday(year, at, first)) for at, first in days)
            if (month, day) in (begin, end):
                return ""
            return f"-{_HOURS_BEHIND[name[0]] - (begin < (month, day) < end):02}:00"
    return ""


def _sunday(year: int, month: int, day: int) -> int:
    return day + (6 - date(year, month, day).weekday())


_DAYS_OF_EXCEL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
_FIRST_OF_EXCEL = datetime(1899, 12, 30)  # noqa: DTZ001 - tables know no zones
_YEARS_OF_EXCEL = range(1970, 2100)


def of_a_table(said: str) -> str:
    """The moment of a number by which Excel counts days, as tables have it whose cells lost their
    form (43711.5 is noon of 3 September 2019); nothing for all else.
    """
    if not _DAYS_OF_EXCEL.fullmatch(said.strip()):
        return ""
    moment = _FIRST_OF_EXCEL + timedelta(minutes=round(float(said) * 24 * 60))
    return f"{moment:%Y-%m-%dT%H:%M}" if moment.year in _YEARS_OF_EXCEL else ""
