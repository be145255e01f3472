"""What does one word of a query ask? A word, its beginning, its neighbours, or a range of days."""

from __future__ import annotations

import re
from datetime import date

from corpus.dates import PartialDate
from corpus.errors import InvalidDate, QuerySyntaxError
from search.fields import FieldScope, is_field
from search.lexer import Token
from search.query import DateRange, Fuzzy, Prefix, Term

MAX_FUZZY = 2

_FUZZY = re.compile(r"(?P<word>[^~]*\w[^~]*)~(?P<distance>\d*)")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)


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
            advice="Write the beginning of the word and then *: mobili*",
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
        raise _no_date(f'"{token.text}"~{token.near}', token.position)
    text = token.text.strip()
    position = token.position + token.text.find(text) + (token.end - token.position > len(text))
    first, dots, last = text.partition("..")
    start = _day(first, position, latest=False) if first else None
    if not dots:
        end = _day(first, position, latest=True) if first else None
    else:
        end = _day(last, position + len(first) + 2, latest=True) if last else None
    if start is None and end is None:
        raise _no_date(text, position)
    if start is not None and end is not None and start > end:
        raise QuerySyntaxError(
            f"The range {text} runs backwards",
            position=position,
            advice=f"Write the earlier side first: {last}..{first}",
        )
    return DateRange(scope.dates, start, end)


def _day(text: str, position: int, *, latest: bool) -> date:
    if not _DATE.fullmatch(text):
        raise _no_date(text, position)
    try:
        day = PartialDate(text, "query")
    except InvalidDate:
        raise QuerySyntaxError(
            f"{text} names no real day",
            position=position,
            advice="Write a year, YYYY-MM or YYYY-MM-DD",
        ) from None
    return day.latest if latest else day.earliest


def _no_date(text: str, position: int) -> QuerySyntaxError:
    return QuerySyntaxError(
        f"{text!r} is not a date or a range of dates",
        position=position,
        advice="Write date:2022, date:2022-02, date:2022-02-24 or a range such as "
        "date:2022-02..2022-03; either side may be left open",
    )
