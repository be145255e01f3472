"""Words of a query: what does one word of a query ask? A word, its beginning, its neighbours, or a
range of days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from corpus import months
from corpus.dates import PartialDate
from corpus.errors import InvalidDate, QuerySyntaxError
from indexer.schema import DATE_FIELDS
from search.language.fields import DATE, FieldScope, is_field
from search.language.lexer import Token, TokenKind
from search.language.query import DateRange, Fuzzy, Prefix, Term

# What is written otherwise elsewhere? Signs of other search engines that would be taken for text.
#
# `!Israel` would find Israel, and `Gaza w/5 Israel` nothing: the opposite of what was meant,
# without a word. What cannot be a word of an article is refused here, with what to write instead.

_NEAR = 'Write both words as a phrase with a distance: "troops border"~5'
_FOREIGN: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"!(?P<rest>\w.*)"), "A ! leaves nothing out", "Write -{rest} or NOT {rest}"),
    (re.compile(r"\|\|"), "There is no operator ||", "Write OR between two words or groups"),
    (
        re.compile(r"(?P<rest>[^\W\d_]+)\?[^\W\d_]+"),
        "A ? inside a word stands for no letter",
        "Write {rest}* for every word that begins so, or the words themselves: (one OR other)",
    ),
    (
        re.compile(r"(near|within|w|n|pre|adj)/\d+", re.IGNORECASE),
        "There is no operator {all}",
        _NEAR,
    ),
    (
        re.compile(r"(?P<rest>\w+)\^\d+(\.\d+)?"),
        "A word has no weight of its own",
        "Write {rest} alone; what stands often and crowded together ranks first",
    ),
)
_SIGNS = frozenset("!|?/^")  # one of them is in each


def refuse_foreign(token: Token) -> None:
    """Refuses a word that another search engine would take for an instruction.

    Raises:
        QuerySyntaxError: with what to write instead.
    """
    if _SIGNS.isdisjoint(token.text):
        return
    for pattern, what, advice in _FOREIGN:
        found = pattern.fullmatch(token.text)
        if found is not None:
            told = {"all": token.text, **found.groupdict()}
            raise QuerySyntaxError(
                what.format_map(told), position=token.position, advice=advice.format_map(told)
            )


_WILDCARD = re.compile(r"(?P<word>\w*)\*|(?P<other>[^\W\d_]+)\?(?=[^\W\d_])")


def refuse_wildcards(phrase: Token) -> None:
    """Refuses a phrase with a sign that stands for letters elsewhere: here it would find nothing.

    Raises:
        QuerySyntaxError: with what to write instead.
    """
    found = _WILDCARD.search(phrase.text)
    if found is None:
        return
    sign, word = found[0][-1], found["word"] or found["other"] or "strik"
    raise QuerySyntaxError(
        f"A {sign} inside a phrase stands for no letters",
        position=phrase.position + 1 + found.end() - 1,
        advice=f"Write the words of the phrase in full, or {word}* outside of it",
    )


# Which date or range may have been meant by one that is spelled as elsewhere?
#
# Only to say how it is written here; nothing is looked for that was not asked.

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
    for names in (months.ENGLISH, months.ENGLISH_SHORT)
    for number, name in enumerate(names, start=1)
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
    named = [_MONTHS[word] for word in words if word in _MONTHS]
    years = [word for word in words if word.isdecimal() and len(word) == 4]
    days = [word for word in words if word.isdecimal() and len(word) < 3]
    if len(named) == len(years) == 1 and len(days) < 2:
        yield _iso(years[0], str(named[0]), days[0] if days else None)


def _iso(year: str, month: str, day: str | None) -> str:
    return f"{year}-{month:0>2}" + (f"-{day:0>2}" if day else "")


def _is_real(iso: str) -> bool:
    try:
        PartialDate(iso, "query")
    except InvalidDate:
        return False
    return True


MAX_FUZZY = 2

_FUZZY = re.compile(r"(?P<word>[^~]*\w[^~]*)~(?P<distance>\d*)")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_RANGE_SIGNS = frozenset({"-", "\u2013", "\u2014", "..", "...", "\u2026", "to", "until"})


def single_word(token: Token, scope: FieldScope) -> Term | Prefix | Fuzzy:
    """Reads a word that is no name and no date.

    Raises:
        QuerySyntaxError: a `*` not at its end, a `~` with a wrong distance, a field without a word.
    """
    text = token.text
    if text.endswith(":") and is_field(text[:-1]):
        raise QuerySyntaxError(
            f"Nothing to look for follows {text}",
            position=token.position,
            advice=f'Write a word, a "phrase" or a (group) directly after {text}',
        )
    refuse_foreign(token)
    star = text.find("*")
    if star >= 0:
        return Prefix(_beginning(token, star), field=scope.field)
    fuzzy = _FUZZY.fullmatch(text)
    if fuzzy is None:
        return Term(text, field=scope.field, exact=scope.exact)
    distance = fuzzy["distance"] or "1"
    if distance not in ("1", "2"):
        raise QuerySyntaxError(
            f"A word may differ by at most {MAX_FUZZY} letters",
            position=token.position + fuzzy.end("word"),
            advice=f"Write {fuzzy['word']}~1 or {fuzzy['word']}~2",
        )
    return Fuzzy(fuzzy["word"], int(distance), field=scope.field)


def _beginning(token: Token, star: int) -> str:
    beginning = token.text[:star]
    if star != len(token.text) - 1 or not any(map(str.isalnum, beginning)):
        raise QuerySyntaxError(
            "A * stands at the end of a word only",
            position=token.position + star,
            advice="Write the beginning of the word and then *: mobili*, or take the * away",
        )
    if "~" in beginning:
        raise QuerySyntaxError(
            "A word takes either * or ~, not both",
            position=token.position + star,
            advice="Take one of them away",
        )
    return beginning


def typed_date(token: Token, scope: FieldScope) -> DateRange:
    """Reads `2022`, `2022-02`, `2022-02-24`, or two of them around `..`, either side open.

    Raises:
        QuerySyntaxError: it has another form, names no real day, or runs backwards.
    """
    if token.near is not None:
        raise _no_date(f'"{token.text}"~{token.near}', token.position, scope)
    text = token.text.strip()
    position = token.position + token.text.find(text) + (token.end - token.position > len(text))
    first, dots, last = text.partition("..")
    start = _day(first, position, scope, latest=False) if first else None
    if not dots:
        end = _day(first, position, scope, latest=True) if first else None
    else:
        end = _day(last, position + len(first) + 2, scope, latest=True) if last else None
    if start is None and end is None:
        raise _no_date(text, position, scope)
    if start is not None and end is not None and start > end:
        raise QuerySyntaxError(
            f"The range {text} runs backwards",
            position=position,
            advice=f"Write the earlier side first: {last}..{first}",
        )
    return DateRange(scope.dates, start, end)


def refuse_spaced_range(date: Token, following: list[Token], scope: FieldScope) -> None:
    """Refuses `date:2022 - 2023`, whose second half would be a word to look for.

    Args:
        following: the tokens behind the date.

    Raises:
        QuerySyntaxError: they make a range of it.
    """
    if [token.kind for token in following[:2]] != [TokenKind.WORD] * 2:
        return
    sign, last = following[:2]
    if sign.text.casefold() in _RANGE_SIGNS and last.text[:4].isdecimal():
        raise QuerySyntaxError(
            "A range of dates has no spaces",
            position=sign.position,
            advice=f"Write {_named(scope)}:{date.text}..{last.text}",
        )


def _day(text: str, position: int, scope: FieldScope, *, latest: bool) -> date:
    if not _DATE.fullmatch(text):
        raise _no_date(text, position, scope)
    try:
        day = PartialDate(text, "query")
    except InvalidDate:
        raise QuerySyntaxError(
            f"{text} names no real day",
            position=position,
            advice="Write a year, YYYY-MM or YYYY-MM-DD",
        ) from None
    return day.latest if latest else day.earliest


def _no_date(text: str, position: int, scope: FieldScope) -> QuerySyntaxError:
    name, meant = _named(scope), as_written_here(text)
    return QuerySyntaxError(
        f"{text!r} is not a date or a range of dates",
        position=position,
        advice=f"Write {name}:{meant}"
        if meant
        else f"Write {name}:2022, {name}:2022-02, {name}:2022-02-24 or a range such as "
        f"{name}:2022-02..2022-03; either side may be left open",
    )


def _named(scope: FieldScope) -> str:
    return DATE if scope.dates == DATE_FIELDS[0] else scope.dates
