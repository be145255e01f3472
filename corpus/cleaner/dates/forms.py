"""How is a date written? The forms as patterns, and what they caught as a `PartialDate`."""

from __future__ import annotations

import re

from corpus.cleaner.dates.words import MONTHS, ZONES
from corpus.dates import PartialDate
from corpus.errors import InvalidDate

_MONTH = "|".join(
    re.escape(name).replace(r"\ ", r"\s+") for name in sorted(MONTHS, key=len, reverse=True)
)
YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d|:\d)"
_HALF = r"[ap]\.?m\b\.?|[صم](?!\w)|صباح\w*|مساء\w*"
_ZONE = r"Z\b|(?:(?:UTC|GMT)\s?)?[+-]\d\d:?\d\d|" + "|".join(
    rf"{name}\b" for name in ZONES if name != "z"
)
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-4])\s?[:.h]\s?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?"
    rf"(?!\d|\.\d)\s*(?P<half>{_HALF})?\s*(?:uhr)?\s*\(?(?P<zone>{_ZONE})?"
)
TIME = (
    r"(?:(?:\s*[T,;|–—/•·-]?\s*|\s+(?:at|um|à|a las|às|alle|в|о|об|الساعة)\s+|"
    r",?\s*[^\W\d]{0,9}\.?,?\s+)"
    rf"{_CLOCK})?"
)
TIME_BEFORE = re.compile(
    rf"(?<![\d:.])(?=\d\d?\s?[:h]\s?\d\d){_CLOCK}\)?\s*(?:[,;|–—/•·-]|(?:on|am|le|el)\b)?\s*"
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
_DAY_FIRST = (
    rf"{_DAY}\s*(?:st|nd|rd|th|er|-?го|[.ºª°])?\s*(?:of|de|del|the|-|/)?\s*{NAMED}\.?{_AGAIN}"
    rf"[\s,/-]*(?:de|del|of)?\s*{YEAR}(?:\s*(?:г\.?|року|р\.))?{TIME}"
)
_SHORT = r"(?P<short>[0-3]\d)(?![\d./-])"
_NUMERIC = rf"(?<![\d./-])(?P<first>{_UP_TO_31})(?P<mark>[./-])(?P<next>{_UP_TO_31})(?P=mark)"
_COMPACT = (
    r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:T?(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?:\d\d)?(?P<zone>Z)?)?(?!\d)"
)
FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){YEAR}[-/.]{_MONTH_NUMBER}[-/.]{_DAY_NUMBER}(?!\d){TIME}",
        _DAY_FIRST,
        rf"{NAMED}\.?\s*{_DAY}(?:st|nd|rd|th)?\s*(?:,|\s)\s*{YEAR}{TIME}",
        rf"{YEAR}[\s,-]+{NAMED}\.?[\s,-]+{_DAY}(?!\d){TIME}",
        rf"{NAMED}\s+{_DAY}\s+{_CLOCK}\s*\)?\s*{YEAR}",
        rf"(?<!\d){YEAR}\s*[年년]\s*(?P<month>\d{{1,2}})\s*[月월]\s*(?P<day>\d{{1,2}})\s*[日일]{TIME}",
        rf"{_NUMERIC}{YEAR}{TIME}",
        rf"{_DAY}-{NAMED}-{_SHORT}{TIME}",
        rf"{_DAY}\s+{NAMED}\.?\s+['’]{_SHORT}{TIME}",
        rf"(?<![^\W\d_])(?<!version\s){_NUMERIC}{_SHORT}{TIME}",
        _COMPACT,
    )
)
"""Dates known to the day or better; more than one form may catch the same date."""

MONTH_ONLY = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{NAMED}\.?{_AGAIN},?\s+(?:de\s+)?{YEAR}",
        rf"(?<![\d/.-]){YEAR}-(?P<month>0[1-9]|1[0-2])(?![\d/.-])",
    )
)
UNSETTLED = re.compile(rf"(?<![\d./-]){_MONTH_NUMBER}([/-])(?:0?[1-9]|1[0-2])\2{YEAR}")
"""Two numbers that may both be the month, and a year."""


def month_number(name: str) -> int:
    """The number of a month whose name was caught, whatever its case and spaces."""
    return MONTHS[" ".join(name.casefold().split())]


def dated(
    year: int, month: int, day: int, basis: str, caught: dict[str, str | None] | None = None
) -> PartialDate | None:
    """A day, with the time of day that was caught beside it; None when there is no such day."""
    iso = f"{year:04}-{month:02}-{day:02}"
    for form in (iso + _time(caught or {}), iso):
        try:
            return PartialDate(form, basis)
        except InvalidDate:
            continue
    return None


def _time(caught: dict[str, str | None]) -> str:
    hour, minute = caught.get("hour"), caught.get("minute")
    if not hour or not minute:
        return ""
    number, half = int(hour), (caught.get("half") or "").lower()
    if half:
        number = number % 12 + (12 if half[0] in "pم" else 0)
    zone = (caught.get("zone") or "").lower()
    zone = ZONES.get(zone) or zone.removeprefix("utc").removeprefix("gmt").strip()
    if zone and zone != "Z" and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    midnight = number == 0 and minute == "00" and caught.get("second") in (None, "00")
    return "" if midnight and zone in ("", "Z") else f"T{number:02}:{minute}{zone}"
