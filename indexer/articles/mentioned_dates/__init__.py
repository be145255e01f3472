"""Mentioned dates: which days, months and years does a text speak of?

Written out with its year: `24 February 2022`, `February 24-26, 2022`, `2022-02-24`, `24.02.2022`,
`in March 2023`, `since 2014`; or without: `on May 3`, `in late November`, which stay a day and a
month until the date of publication tells the year (decision 0024). "On Tuesday" or "last month" is
never guessed, and `03/04/2022` is left alone because it is two different days on two sides of an
ocean. Which languages have forms of their own: `languages`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from corpus import months
from corpus.cleaner.dates.words import DIGITS
from corpus.dates import PartialDate, Precision
from corpus.errors import InvalidDate
from indexer.articles.mentioned_dates.languages import Taken, has_own_forms, own_mentions

BASIS = "text"
ABOUT = "text:about"
"""Of a year that the text is not sure of: "c. 1943"."""
DEDUCED = "text+published"
"""Of a day whose year the date of publication told."""
_SAID_YEARS = {"text:last-year": -1, "text:this-year": 0, "text:next-year": 1}
"""Of a day whose year the text counts from its own: "in June this year"."""

_FORMS = (
    "en", "en-short", "fr", "ru", "ru-of", "ru-in", "uk", "uk-of", "uk-in", "ar", "ar-east",
    "ar-plain", "ar-other", "ar-west",
)  # fmt: skip
_MONTHS = months.numbers(*_FORMS) | {"Sept": 9}

_month = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_day = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th|er)?"
_join = r"\s?(?:[-–—/]|to|and|au|et|по|и|до|і|و|إلى|حتى)\s?"
_month_join = r"(?:\s?[-–—/]\s?| to | and | au | et | по | и | до | і | й | та | و ?| إلى )"
_again = rf"(?:\s?/\s?(?:{_month}))?"  # Arabic names a month twice: "آب/أغسطس"
_first, _last = _day.format("first"), _day.format("last")
_YEAR = re.compile(
    r"(?<![\d.,/])(?:1[89]|20)\d\d(?![\d/])(?![.,]\d)|(?<=[/.]\d\d\.)(?:1[89]|20)\d\d\b"
)
_WINDOW = 48  # characters before a year in which its day and month can stand
_BEFORE = [
    re.compile(rf"\b(?:{_first}{_join})?{_last}(?: of| de)? (?P<month>{_month}){_again}\.?,? \Z"),
    re.compile(rf"\b(?P<month>{_month})\.? (?:{_first}{_join})?{_last},? \Z"),
    re.compile(
        rf"\b(?:(?P<other>{_month})\.?{_month_join})?(?P<month>{_month})\.?,?(?: of| de)? \Z"
    ),
    re.compile(r"(?<![\d.])(?P<last>[0-3]?\d)\.(?P<number>[01]?\d)\.\Z"),
]
_IN_NUMBERS = _BEFORE[-1:]
_AFTER_ISO = re.compile(r"-(?P<number>[01]\d)(?:-(?P<last>[0-3]\d))?(?![\d-])")
_YEAR_CUE = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Dd]uring|[Tt]hroughout|[Ee]arly|[Ll]ate|[Mm]id|[Yy]ear"
    r"|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|[Ee]n|[Dd]epuis|عام|سنة)(?: of| de)?[ -]\Z"
)
_COUNTED = re.compile(r" (?!was\b|is\b|has\b|as\b|its\b|this\b)[a-z]+s\b")  # "in 2000 villages"
_YEAR_WORD = re.compile(r" (?:год|року|році|р\.)")


# Days and months without a year. A month alone needs a word before it: "May" is also a verb.

_ALONE = re.compile(
    rf"\b(?:(?:{_first}{_join})?{_last}(?: of| de)? (?P<month>{_month}){_again}\b"
    rf"|(?P<named>{_month})\.? (?:{_day.format('from')}{_join})?{_day.format('on')}"
    r"(?![\d:/%]|[.,]\d))"
)
_CUES = (
    "[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Dd]uring|[Bb]etween|[Ff]rom|[Ee]arly|[Mm]id|[Ll]ate|[Ll]ast|[Tt]his|[Nn]ext|of|"
    "[Ee]n|[Dd]epuis|[Ff]in|[Dd]ébut|[Mm]i|[Вв]|[Уу]|[Зз]|[Сс]|конце|начале|середине|кінці|початку|"
    "و?(?:منذ|في|شهر|حتى|خلال)|أواخر|أوائل|مطلع|نهاية|منتصف"
)
_CUED = re.compile(
    rf"\b(?:{_CUES})(?: (?:{_CUES}))?[ -](?:(?P<other>{_month}){_month_join})?"
    rf"(?P<month>{_month})\b(?! [0-3]?\d\b)"
)
_AFTER_YEAR = re.compile(
    r",? (?:of |de |d['’]|من )?(?:(?P<last>last year|l['’]an(?:née)? (?:dernier|dernière|passée?)|"
    r"прошлого года|минувшего года|минулого року|торік|(?:العام|السنة) الماضية?|letzten Jahres|"
    r"vergangenen Jahres|vorigen Jahres|del año pasado|dell['’]anno scorso|do ano passado|"
    r"vorig jaar|(?:ubiegłego|zeszłego|minionego) roku|(?:של )?[הב]?שנה שעברה|אשתקד|سال گذشته)|"
    r"(?P<this>this year|cette année|этого года|текущего года|цього року|поточного року|"
    r"(?:هذا العام|العام (?:الجاري|الحالي))|dieses Jahres|este año|quest['’]anno|deste ano|"
    r"dit jaar|(?:tego|bieżącego) roku|השנה|امسال)|"
    r"(?P<next>next year|l['’]an(?:née)? (?:prochaine?)|следующего года|будущего года|"
    r"наступного року|العام (?:المقبل|القادم)|nächsten Jahres|kommenden Jahres|del próximo año|"
    r"del año que viene|dell['’]anno prossimo|do próximo ano|"
    r"volgend jaar|(?:przyszłego|następnego) roku|"
    r"(?:של )?[הב]?שנה הבאה|سال آینده))(?![^\W\d_])"
)
_ABOUT_YEAR = re.compile(
    r"(?:\b(?:c\.|ca\.|circa|[Ii]n (?:about|around)|[Aa]round the year|около|ок\.)) ?\Z"
)
_AHEAD = timedelta(days=31)
_UP_TO = re.compile(
    r"\s?(?:[-–—]|to|and|until|through|au|et|à|по|и|до|і|й|та|bis(?: zum)?|und|y|al?|e|en|tot|i|"
    r"do|ve|ile|و|إلى|حتى|עד|ו|تا)\s?(?:the |le |el |il |den |zum |ה-?|ב-?)?"
)
"""What stands between two days of which only the second has its year."""


def mentioned_dates(text: str, language: str = "") -> tuple[PartialDate, ...]:
    """The dates written out in a text, each once, in the order of their first mention.

    Args:
        language: ISO 639-1; what has no forms of its own is read as English, French, Russian,
            Ukrainian and Arabic are.
    """
    text = text.translate(DIGITS)
    taken = Taken(len(text))
    if has_own_forms(language):
        own = own_mentions(text, language, taken)
        found = [(start, end, iso, _basis(text, end, iso, said)) for start, end, iso, said in own]
        found += _with_year(text, _IN_NUMBERS, taken)
    else:
        found = list(_with_year(text, _BEFORE, taken))
        found += _without_year(text, taken)
    found.sort(key=lambda mention: mention[0])
    unique: dict[str, PartialDate] = {}
    for iso, basis in _with_the_next_year(text, found):
        date = _real(iso, basis)
        if date is not None and (iso not in unique or basis == BASIS):
            unique[iso] = date
    return tuple(unique.values())


def _with_the_next_year(text: str, found: list[_Mention]) -> list[tuple[str, str]]:
    """Each mention; of "May 3 to June 5, 2020" the first in the year of the second."""
    told: list[tuple[str, str]] = []
    following: _Mention | None = None
    later: _Mention | None = None
    for mention in reversed(found):
        start, end, iso, basis = mention
        if later is not None and later[0] > start:
            following = later
        days = following and (len(iso), len(following[2])) == (len("--05-03"), len("2020-06-05"))
        if following and days and basis == BASIS and _UP_TO.fullmatch(text, end, following[0]):
            iso = following[2][: len("2020")] + iso[1:]
        told.append((iso, basis))
        later = mention
    return told[::-1]


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


def _with_year(text: str, forms: list[re.Pattern[str]], taken: Taken) -> Iterator[_Mention]:
    """The dates that have a year, by what stands before it.

    Args:
        forms: what may; `_IN_NUMBERS` in languages with words of their own.
    """
    for year in _YEAR.finditer(text):
        start, dates = _dates_at(text, year, forms)
        about = bool(_ABOUT_YEAR.search(text, max(0, year.start() - _WINDOW), year.start()))
        dates = dates or [year[0]] * about
        if not dates or not taken.take(start, year.end()):
            continue
        for iso in dates:
            yield start, year.end(), iso, ABOUT if about else BASIS


def _without_year(text: str, taken: Taken) -> Iterator[_Mention]:
    """Days, then months, that stand in none of the places where a date was read before."""
    for pattern in (_ALONE, _CUED):
        for match in pattern.finditer(text):
            start, end = match.span()
            if not taken.take(start, end):
                continue
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


def _basis(text: str, end: int, iso: str, said: str) -> str:
    """Of a mention in forms of its own language; one that has its year needs no word for it."""
    if said:
        return f"text:{said}-year"
    return _said_year(text, end) if iso.startswith("-") else BASIS


def _said_year(text: str, end: int) -> str:
    said = _AFTER_YEAR.match(text, end)
    return BASIS if said is None else f"text:{said.lastgroup}-year"


def _dates_at(
    text: str, year: re.Match[str], forms: list[re.Pattern[str]]
) -> tuple[int, list[str]]:
    """ISO forms of what one year belongs to, and where it begins; days may turn out impossible."""
    digits = str(int(year[0]))
    if after := _AFTER_ISO.match(text, year.end()):
        return year.start(), [_iso(digits, int(after["number"]), after["last"])]
    opening = max(0, year.start() - _WINDOW)
    before = text[opening : year.start()].replace("\n", " ")
    for pattern in forms:
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
    if forms is _IN_NUMBERS:
        return year.start(), []
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
