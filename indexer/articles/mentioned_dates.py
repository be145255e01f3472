"""Mentioned dates: which days, months and years does a text speak of?

Only what is written out with its year: `24 February 2022`, `February 24-26, 2022`, `2022-02-24`,
`24.02.2022`, `in March 2023`, `since 2014`. "On Tuesday" or "last month" is never guessed, and
`03/04/2022` is left alone because it is two different days on two sides of an ocean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus import months
from corpus.dates import PartialDate
from corpus.errors import InvalidDate

BASIS = "text"

_FORMS = ("en", "en-short", "fr", "ru", "ru-of", "ru-in", "uk", "uk-of", "uk-in", "ar", "ar-east")
_MONTHS = months.numbers(*_FORMS) | {"Sept": 9}

_month = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_day = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th|er)?"
_join = r"\s?(?:[-–—/]|to|and|au|et|по|и|до|і)\s?"
_first, _last = _day.format("first"), _day.format("last")
_YEAR = re.compile(
    r"(?<![\d.,/])(?:1[89]|20)\d\d(?![\d/])(?![.,]\d)|(?<=[/.]\d\d\.)(?:1[89]|20)\d\d\b"
)
_WINDOW = 48  # characters before a year in which its day and month can stand
_BEFORE = [
    re.compile(rf"\b(?:{_first}{_join})?{_last}(?: of| de)? (?P<month>{_month})\.?,? \Z"),
    re.compile(rf"\b(?P<month>{_month})\.? (?:{_first}{_join})?{_last},? \Z"),
    re.compile(rf"\b(?P<month>{_month})\.?,?(?: of| de)? \Z"),
    re.compile(r"(?<![\d.])(?P<last>[0-3]?\d)\.(?P<number>[01]?\d)\.\Z"),
]
_AFTER_ISO = re.compile(r"-(?P<number>[01]\d)(?:-(?P<last>[0-3]\d))?(?![\d-])")
_YEAR_CUE = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Dd]uring|[Tt]hroughout|[Ee]arly|[Ll]ate|[Mm]id|[Yy]ear"
    r"|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|[Ee]n|[Dd]epuis|عام|سنة)(?: of| de)?[ -]\Z"
)
_COUNTED = re.compile(r" (?!was\b|is\b|has\b|as\b|its\b|this\b)[a-z]+s\b")  # "in 2000 villages"
_YEAR_WORD = re.compile(r" (?:год|року|році|р\.)")


def mentioned_dates(text: str) -> tuple[PartialDate, ...]:
    """The dates written out in a text, each once, in the order of their first mention."""
    found = (iso for match in _YEAR.finditer(text) for iso in _dates_at(text, match))
    return tuple(date for iso in dict.fromkeys(found) if (date := _real(iso)))


def _dates_at(text: str, year: re.Match[str]) -> Iterator[str]:
    """ISO forms of what one year belongs to; a day and a month may turn out impossible."""
    digits = str(int(year[0]))
    if after := _AFTER_ISO.match(text, year.end()):
        yield _iso(digits, int(after["number"]), after["last"])
        return
    before = text[max(0, year.start() - _WINDOW) : year.start()].replace("\n", " ")
    for pattern in _BEFORE:
        if match := pattern.search(before):
            parts = match.groupdict()
            month = int(parts["number"]) if "number" in parts else _MONTHS[match["month"]]
            if parts.get("first"):
                yield _iso(digits, month, parts["first"])
            yield _iso(digits, month, parts.get("last"))
            return
    cued = _YEAR_CUE.search(before) and not _COUNTED.match(text, year.end())
    if cued or _YEAR_WORD.match(text, year.end()):
        yield digits


def _iso(year: str, month: int, day: str | None) -> str:
    return f"{year}-{month:02}-{int(day):02}" if day else f"{year}-{month:02}"


def _real(iso: str) -> PartialDate | None:
    """The date, or None for one that no calendar has: `31 June 2022`."""
    try:
        return PartialDate(iso, BASIS)
    except InvalidDate:
        return None
