"""Which date does a text name, and how much of it?

`parse_date` reads one text: an ISO form, a form with a month's name in one of many languages, a
numeric form, a relative one. It gives what is there and no more: a bare year stays a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from corpus.cleaner.date_words import AGO_FORMS, AGO_UNITS, DAYS_BACK, MONTHS, ZONES
from corpus.dates import PartialDate
from corpus.errors import InvalidDate

EARLIEST_YEAR = 1900

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_MONTH = "|".join(
    re.escape(name).replace(r"\ ", r"\s+") for name in sorted(MONTHS, key=len, reverse=True)
)
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d|:\d)"
_TIME = (
    r"(?:(?:\s*[T,;|–—/•·-]?\s*|\s+(?:at|um|à|a las|às|в|о|об|الساعة)\s+|,?\s*[^\W\d]{0,9}\.?,?\s+)"
    r"(?P<hour>[01]?\d|2[0-4])\s?[:.h]\s?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?"
    r"(?!\d|\.\d)\s*(?P<half>[ap]\.?m\b\.?)?\s*(?:uhr)?\s*\(?(?P<zone>Z\b|[+-]\d\d:?\d\d|"
    + "|".join(name for name in ZONES if name != "z")
    + r")?)?"
)
_UP_TO_31 = r"(?:0?[1-9]|[12]\d|3[01])"
_DAY_NUMBER = rf"(?P<day>{_UP_TO_31})"
_MONTH_NUMBER = r"(?P<month>0?[1-9]|1[0-2])"
_DAY = r"(?<![\d.,/])(?<!\d:)(?P<day>0?[1-9]|[12]\d|3[01])"
_NAMED = rf"(?<![^\W\d_])(?P<name>{_MONTH})(?![^\W\d_])"
_DAY_FIRST = (
    rf"{_DAY}\s*(?:st|nd|rd|th|er|[.ºª°])?\s*(?:of|de|del|the|-|/)?\s*{_NAMED}\.?"
    rf"[\s,/-]*(?:de|del|of)?\s*{_YEAR}(?:\s*(?:г\.?|року|р\.))?{_TIME}"
)
_COMPACT = (
    r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:T(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?:\d\d)?(?P<zone>Z)?)?(?!\d)"
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_YEAR}[-/.]{_MONTH_NUMBER}[-/.]{_DAY_NUMBER}(?!\d){_TIME}",
        _DAY_FIRST,
        rf"{_NAMED}\.?\s*{_DAY}(?:st|nd|rd|th)?\s*(?:,|\s)\s*{_YEAR}{_TIME}",
        rf"{_YEAR}[\s,-]+{_NAMED}\.?[\s,-]+{_DAY}(?!\d){_TIME}",
        rf"(?<!\d){_YEAR}\s*年\s*(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*日{_TIME}",
        rf"(?<![\d.])(?P<first>{_UP_TO_31})(?P<mark>[./-])(?P<next>{_UP_TO_31})(?P=mark){_YEAR}{_TIME}",
        _COMPACT,
    )
)
_SHORT_YEAR = re.compile(
    r"(?<![\d.])(?P<day>0?[1-9]|[12]\d|3[01])\.(?P<month>0?[1-9]|1[0-2])\.(?P<short>\d\d)(?![\d.])"
)
_MONTH_ONLY = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_NAMED}\.?,?\s+(?:de\s+)?{_YEAR}",
        rf"(?<![\d/.-]){_YEAR}-(?P<month>0[1-9]|1[0-2])(?![\d/.-])",
    )
)
_YEAR_ONLY = re.compile(rf"\W*{_YEAR}\W*")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_ANY_UNIT = "|".join(pattern for _, pattern in AGO_UNITS)
_AGO = tuple(re.compile(form.replace("UNIT", _ANY_UNIT), re.IGNORECASE) for form in AGO_FORMS)
_UNITS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in AGO_UNITS)
_BACK = re.compile(
    rf"(?<!\w)(?P<word>{'|'.join(map(re.escape, DAYS_BACK))})(?!\w){_TIME}", re.IGNORECASE
)
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
    text = text[:_MAX_TEXT].translate(_DIGITS)
    if _EPOCH.fullmatch(text.strip()):
        return _from_epoch(text.strip(), basis)
    return (
        next(full_dates(text, basis=basis, month_first=month_first), None)
        or (_relative(text, basis, collected) if collected else None)
        or _month(text, basis)
        or _bare_year(text, basis)
    )


def full_dates(text: str, *, basis: str, month_first: bool | None = None) -> Iterator[PartialDate]:
    """The dates in a text that are known to the day or better, in reading order."""
    text = text.translate(_DIGITS)
    found = [
        (match.start(), date)
        for form in _FORMS
        for match in form.finditer(text)
        if (date := _from_match(match, basis, month_first)) is not None
    ]
    for match in _SHORT_YEAR.finditer(text):
        short = int(match["short"])
        date = _dated(2000 + short, int(match["month"]), int(match["day"]), basis)
        if date is not None and short <= datetime.now(UTC).year % 100:
            found.append((match.start(), date))
    found.sort(key=lambda pair: pair[0])
    yield from (date for _, date in found)


def month_first_in(language: str, url: str | None) -> bool | None:
    """Whether pages in a declared language write the month first; None when it cannot be told.

    Args:
        language: as declared, `en-US`, `de`; may be empty.
        url: its top-level domain settles English without a region.
    """
    folded = language.replace("_", "-").lower()
    if folded in ("en-us", "en-ph"):
        return True
    if folded and not folded.startswith("en"):
        return False
    host = (url or "").split("//")[-1].split("/")[0].lower()
    if re.search(r"\.(?:uk|au|nz|ie|in|za|ng|ke|pk|de|fr|es|it|ru|ua|eu|at|ch|nl|pl|br|ar)$", host):
        return False
    if folded in ("en-gb", "en-au", "en-nz", "en-ie", "en-in", "en-za"):
        return False
    return True if re.search(r"\.(?:us|gov|mil|edu)$", host) else None


def is_plausible(date: PartialDate, collected: datetime) -> bool:
    """Whether a date lies between 1900 and the day after collecting (zones differ by a day)."""
    return date.earliest.year >= EARLIEST_YEAR and date.earliest <= (
        collected.date() + timedelta(days=1)
    )


def _from_match(match: re.Match[str], basis: str, month_first: bool | None) -> PartialDate | None:
    found = match.groupdict()
    year = int(found["year"])
    if found.get("first"):
        first, second = int(found["first"]), int(found["next"])
        order = _order(first, second, found["mark"], month_first)
        if order is None:
            return None
        month, day = order
    else:
        named = found.get("name")
        month = MONTHS[" ".join(named.casefold().split())] if named else int(found["month"])
        day = int(found["day"])
    return _dated(year, month, day, basis, found)


def _order(first: int, second: int, mark: str, month_first: bool | None) -> tuple[int, int] | None:
    if first > 12 or second > 12:
        return (second, first) if first > 12 else (first, second)
    if first == second or mark == "." or month_first is False:
        return second, first
    return (first, second) if month_first else None


def _dated(
    year: int, month: int, day: int, basis: str, found: dict[str, str | None] | None = None
) -> PartialDate | None:
    iso = f"{year:04}-{month:02}-{day:02}"
    for form in (iso + _time(found or {}), iso):
        try:
            return PartialDate(form, basis)
        except InvalidDate:
            continue
    return None


def _time(found: dict[str, str | None]) -> str:
    hour, minute = found.get("hour"), found.get("minute")
    if not hour or not minute:
        return ""
    number, half = int(hour), (found.get("half") or "").lower()
    if half:
        number = number % 12 + (12 if half.startswith("p") else 0)
    zone = found.get("zone") or ""
    zone = ZONES.get(zone.lower(), zone)
    if zone and zone != "Z" and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    midnight = number == 0 and minute == "00" and found.get("second") in (None, "00")
    return "" if midnight and zone in ("", "Z") else f"T{number:02}:{minute}{zone}"


def _from_epoch(text: str, basis: str) -> PartialDate | None:
    moment = datetime.fromtimestamp(int(text[:10]), UTC)
    return PartialDate(moment.strftime("%Y-%m-%dT%H:%MZ"), basis)


def _relative(text: str, basis: str, collected: datetime) -> PartialDate | None:
    if match := _BACK.search(text):
        then = collected - timedelta(days=DAYS_BACK[match["word"].casefold()])
        return _dated(then.year, then.month, then.day, basis, match.groupdict())
    for form in _AGO:
        if match := form.search(text):
            number = match["n"] or "1"
            return _back(int(number) if number.isdigit() else 1, match["unit"], basis, collected)
    return None


def _back(number: int, unit: str, basis: str, collected: datetime) -> PartialDate | None:
    """Counts back as precisely as the unit allows: "2 months ago" names a month."""
    name = next(name for name, pattern in _UNITS if pattern.fullmatch(unit))
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


def _month(text: str, basis: str) -> PartialDate | None:
    for form in _MONTH_ONLY:
        if match := form.search(text):
            named = match.groupdict().get("name")
            month = MONTHS[" ".join(named.casefold().split())] if named else int(match["month"])
            return PartialDate(f"{match['year']}-{month:02}", basis)
    return None


def _bare_year(text: str, basis: str) -> PartialDate | None:
    match = _YEAR_ONLY.fullmatch(text)
    return PartialDate(match["year"], basis) if match else None
