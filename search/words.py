"""What does one word of a query ask? A word, its beginning, its neighbours, or a range of days."""

from __future__ import annotations

import re
from datetime import date

from corpus.dates import PartialDate
from corpus.errors import InvalidDate, QuerySyntaxError
from indexer.schema import DATE_FIELDS
from search.date_spellings import as_written_here
from search.fields import DATE, FieldScope, is_field
from search.foreign import refuse_foreign
from search.lexer import Token, TokenKind
from search.query import DateRange, Fuzzy, Prefix, Term

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
