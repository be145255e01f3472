"""Mentioned dates: which days, months and years does a text speak of?

Written out with its year: `24 February 2022`, `February 24-26, 2022`, `2022-02-24`, `24.02.2022`,
`in March 2023`, `since 2014`; or without: `on May 3`, `in late November`, which stay a day and a
month until the date of publication tells the year (decision 0024). "On Tuesday" or "last month" is
never guessed, and `03/04/2022` is left alone because it is two different days on two sides of an
ocean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from corpus import months
from corpus.dates import PartialDate, Precision
from corpus.errors import InvalidDate

BASIS = "text"
ABOUT = "text:about"
"""Of a year that the text is not sure of: "c. 1943"."""
DEDUCED = "text+published"
"""Of a day whose year the date of publication told."""
_SAID_YEARS = {"text:last-year": -1, "text:this-year": 0, "text:next-year": 1}
"""Of a day whose year the text counts from its own: "in June this year"."""

_FORMS = ("en", "en-short", "fr", "ru", "ru-of", "ru-in", "uk", "uk-of", "uk-in", "ar", "ar-east")
_MONTHS = months.numbers(*_FORMS) | {"Sept": 9}

_month = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_day = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th|er)?"
_join = r"\s?(?:[-–—/]|to|and|au|et|по|и|до|і)\s?"
_month_join = r"(?:\s?[-–—/]\s?| to | and | au | et | по | и | до | і | й | та | و ?| إلى )"
_first, _last = _day.format("first"), _day.format("last")
_YEAR = re.compile(
    r"(?<![\d.,/])(?:1[89]|20)\d\d(?![\d/])(?![.,]\d)|(?<=[/.]\d\d\.)(?:1[89]|20)\d\d\b"
)
_WINDOW = 48  # characters before a year in which its day and month can stand
_BEFORE = [
    re.compile(rf"\b(?:{_first}{_join})?{_last}(?: of| de)? (?P<month>{_month})\.?,? \Z"),
    re.compile(rf"\b(?P<month>{_month})\.? (?:{_first}{_join})?{_last},? \Z"),
    re.compile(
        rf"\b(?:(?P<other>{_month})\.?{_month_join})?(?P<month>{_month})\.?,?(?: of| de)? \Z"
    ),
    re.compile(r"(?<![\d.])(?P<last>[0-3]?\d)\.(?P<number>[01]?\d)\.\Z"),
]
_AFTER_ISO = re.compile(r"-(?P<number>[01]\d)(?:-(?P<last>[0-3]\d))?(?![\d-])")
_YEAR_CUE = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Dd]uring|[Tt]hroughout|[Ee]arly|[Ll]ate|[Mm]id|[Yy]ear"
    r"|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|[Ee]n|[Dd]epuis|عام|سنة)(?: of| de)?[ -]\Z"
)
_COUNTED = re.compile(r" (?!was\b|is\b|has\b|as\b|its\b|this\b)[a-z]+s\b")  # "in 2000 villages"
_YEAR_WORD = re.compile(r" (?:год|року|році|р\.)")


# Days and months without a year. A month alone needs a word before it: "May" is also a verb.

_ALONE = re.compile(
    rf"\b(?:(?:{_first}{_join})?{_last}(?: of| de)? (?P<month>{_month})\b"
    rf"|(?P<named>{_month})\.? (?:{_day.format('from')}{_join})?{_day.format('on')}"
    r"(?![\d:/%]|[.,]\d))"
)
_CUES = (
    "[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Dd]uring|[Bb]etween|[Ff]rom|[Ee]arly|[Mm]id|[Ll]ate|[Ll]ast|[Tt]his|[Nn]ext|of|"
    "[Ee]n|[Dd]epuis|[Ff]in|[Dd]ébut|[Mm]i|[Вв]|[Уу]|[Зз]|[Сс]|конце|начале|середине|кінці|початку|منذ|في|شهر|حتى|خلال"
)
_CUED = re.compile(
    rf"\b(?:{_CUES})(?: (?:{_CUES}))?[ -](?:(?P<other>{_month}){_month_join})?"
    rf"(?P<month>{_month})\b(?! [0-3]?\d\b)"
)
_AFTER_YEAR = re.compile(r",? (?:of )?(?P<which>last|this|the (?:same|previous)|next) year\b")
_ABOUT_YEAR = re.compile(
    r"(?:\b(?:c\.|ca\.|circa|[Ii]n (?:about|around)|[Aa]round the year|около|ок\.)) ?\Z"
)
_AHEAD = timedelta(days=31)


def mentioned_dates(text: str) -> tuple[PartialDate, ...]:
    """The dates written out in a text, each once, in the order of their first mention."""
    found = list(_with_year(text))
    found += _without_year(text, [(start, end) for start, end, _, _ in found])
    found.sort(key=lambda mention: mention[0])
    unique: dict[str, PartialDate] = {}
    for _, _, iso, basis in found:
        date = _real(iso, basis)
        if date is not None and (iso not in unique or basis == BASIS):
            unique[iso] = date
    return tuple(unique.values())


def with_years(
    dates: Iterable[PartialDate], published: PartialDate | None
) -> tuple[PartialDate, ...]:
    """Days and months with the year that the date of publication tells, each date once.

    The latest such day before publication, or within the month after it; the year that the text
    counts from its own. Where neither tells, they stay without.
    """
    unique: dict[str, PartialDate] = {}
    for one in dates:
        known = one if one.has_year or published is None else _in_year(one, published)
        unique.setdefault(known.iso, known)
    return tuple(unique.values())


def _in_year(one: PartialDate, published: PartialDate) -> PartialDate:
    year = published.earliest.year
    if one.basis in _SAID_YEARS:
        return _dated(one, year + _SAID_YEARS[one.basis]) or one
    if published.precision is Precision.YEAR:
        return one
    last = published.latest + _AHEAD
    tried = (_dated(one, candidate) for candidate in range(year + 1, year - 5, -1))
    return next((date for date in tried if date is not None and date.earliest <= last), one)


def _dated(one: PartialDate, year: int) -> PartialDate | None:
    """A day in a year; None for 29 February in one that has none."""
    return _real(f"{year}{one.iso[1:]}", DEDUCED)


_Mention = tuple[int, int, str, str]
"""From where to where a date stands, its ISO form, its basis."""


def _with_year(text: str) -> Iterator[_Mention]:
    for year in _YEAR.finditer(text):
        start, dates = _dates_at(text, year)
        about = bool(_ABOUT_YEAR.search(text, max(0, year.start() - _WINDOW), year.start()))
        for iso in dates or ([year[0]] if about else []):
            yield start, year.end(), iso, ABOUT if about else BASIS


def _without_year(text: str, taken: list[tuple[int, int]]) -> Iterator[_Mention]:
    """Days, then months, that stand in none of the places where a date was read before."""
    for pattern in (_ALONE, _CUED):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < last and first < end for first, last in taken):
                continue
            taken.append((start, end))
            parts = match.groupdict()
            basis = _said_year(text, end)
            if pattern is _CUED:
                for name in filter(None, (parts["other"], parts["month"])):
                    yield start, end, f"--{_MONTHS[name]:02}", basis
                continue
            month = _MONTHS[parts["month"] or parts["named"]]
            for day in (parts["first"] or parts["from"], parts["last"] or parts["on"]):
                if day:
                    yield start, end, f"--{month:02}-{int(day):02}", basis


def _said_year(text: str, end: int) -> str:
    said = _AFTER_YEAR.match(text, end)
    if said is None:
        return BASIS
    return {"last": "text:last-year", "this": "text:this-year", "next": "text:next-year"}.get(
        said["which"], BASIS
    )


def _dates_at(text: str, year: re.Match[str]) -> tuple[int, list[str]]:
    """ISO forms of what one year belongs to, and where it begins; days may turn out impossible."""
    digits = str(int(year[0]))
    if after := _AFTER_ISO.match(text, year.end()):
        return year.start(), [_iso(digits, int(after["number"]), after["last"])]
    opening = max(0, year.start() - _WINDOW)
    before = text[opening : year.start()].replace("\n", " ")
    for pattern in _BEFORE:
        if match := pattern.search(before):
            parts = match.groupdict()
            month = int(parts["number"]) if "number" in parts else _MONTHS[match["month"]]
            dates = [
                _iso(digits, month, day) for day in (parts.get("first"), parts.get("last")) if day
            ]
            if not dates:
                months_named = (parts.get("other"), parts["month"])
                dates = [_iso(digits, _MONTHS[name], None) for name in months_named if name]
            return opening + match.start(), dates
    cued = _YEAR_CUE.search(before) and not _COUNTED.match(text, year.end())
    return year.start(), [digits] if cued or _YEAR_WORD.match(text, year.end()) else []


def _iso(year: str, month: int, day: str | None) -> str:
    return f"{year}-{month:02}-{int(day):02}" if day else f"{year}-{month:02}"


def _real(iso: str, basis: str) -> PartialDate | None:
    """The date, or None for one that no calendar has: `31 June 2022`."""
    try:
        return PartialDate(iso, basis)
    except InvalidDate:
        return None
