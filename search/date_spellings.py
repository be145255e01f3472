"""Which date or range may have been meant by one that is spelled as elsewhere?

Only to say how it is written here; nothing is looked for that was not asked.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from corpus.dates import PartialDate
from corpus.errors import InvalidDate

_RANGE = re.compile(r"(?P<first>\d{4})\s*[-\u2013\u2014/]\s*(?P<last>\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?P<between>[-/.]?)(?P<month>\d\d?)(?:(?P=between)(?P<day>\d\d?))?(?:T.*)?",
    re.ASCII,
)
_YEAR_LAST = re.compile(
    r"(?P<one>\d\d?)(?P<between>[-/.])(?P<other>\d\d?)(?P=between)(?P<year>\d{4})", re.ASCII
)
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}


def as_written_here(text: str) -> str:
    """`24.02.2022` and `24 February 2022` as `2022-02-24`, `2022-2023` as `2022..2023`.

    Empty where it is no date, or may be two: `03/04/2022` is in March or in April.
    """
    text = text.strip()
    period = _RANGE.fullmatch(text)
    if period is not None and period["first"] < period["last"]:
        return f"{period['first']}..{period['last']}"
    meant = {iso for iso in _readings(text) if _is_real(iso)}
    return meant.pop() if len(meant) == 1 else ""


def _readings(text: str) -> Iterator[str]:
    if found := _YEAR_FIRST.fullmatch(text):
        yield _iso(found["year"], found["month"], found["day"])
    elif found := _YEAR_LAST.fullmatch(text):
        yield _iso(found["year"], found["other"], found["one"])
        if found["between"] == "/":  # with dots and hyphens the day stands first everywhere
            yield _iso(found["year"], found["one"], found["other"])
    else:
        yield from _with_a_month(_WORDS.findall(text.casefold()))


def _with_a_month(words: list[str]) -> Iterator[str]:
    months = [_MONTHS[word] for word in words if word in _MONTHS]
    years = [word for word in words if word.isdecimal() and len(word) == 4]
    days = [word for word in words if word.isdecimal() and len(word) < 3]
    if len(months) == len(years) == 1 and len(days) < 2:
        yield _iso(years[0], str(months[0]), days[0] if days else None)


def _iso(year: str, month: str, day: str | None) -> str:
    return f"{year}-{month:0>2}" + (f"-{day:0>2}" if day else "")


def _is_real(iso: str) -> bool:
    try:
        PartialDate(iso, "query")
    except InvalidDate:
        return False
    return True
