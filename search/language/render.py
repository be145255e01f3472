"""Rendering: how was a query understood? Tree to one line of the query language: `parse(render(t))
== t`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from indexer.schema import DATE_FIELDS
from search.language.fields import DATE
from search.language.parser import parse
from search.language.query import (
    And,
    DateRange,
    Everything,
    Fuzzy,
    Keyword,
    Name,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
)
from search.request import Filter, Mode, SearchRequest, Undated

# Full query: how is a request written as one line of the query language, its filters included?


def in_full(request: SearchRequest) -> str:
    """A query text that asks what the request asks; what no text can say stands behind it.

    Raises:
        QuerySyntaxError, QueryTooComplex: the request's own text.
    """
    parsed = parse(request.text)
    clauses = list(parsed.clauses) if isinstance(parsed, And) else [parsed]
    clauses += [clause for one in request.filters for clause in _clauses(one)]
    dates = request.dates
    undated = dates.undated
    if (dates.start or dates.end) and undated is not Undated.ONLY:
        clauses.append(DateRange(dates.field, dates.start, dates.end))
    if any(request.collected):
        clauses.append(DateRange("collected", *request.collected))
    asked: list[Query] = [clause for clause in clauses if not isinstance(clause, Everything)]
    asked = asked or [Everything()]
    line = render(asked[0] if len(asked) == 1 else And(tuple(asked)))
    ranged = bool(dates.start or dates.end)
    if undated is not (Undated.EXCLUDE if ranged else Undated.INCLUDE):
        line += f" (undated: {undated.value})"
    line += " (names included)" if request.names else ""
    return f"{line} (one a family)" if request.collapse else line


def _clauses(one: Filter) -> Iterator[Query]:
    names: list[Query] = [Name(one.facet, value.replace('"', "")) for value in one.values]
    if one.mode is Mode.ALL:
        yield from names
    elif names:
        either = names[0] if len(names) == 1 else Or(tuple(names))
        yield Not(either) if one.mode is Mode.NOT else either


def render(query: Query) -> str:
    """Writes a tree with its operators spelled out: `drone AND (attack OR strike)`.

    Trees that the parser made come back as they were. `Nothing` and `Keyword`, which only
    resolution makes, are written for a person to read.
    """
    match query:
        case Or(clauses):
            return " OR ".join(_inside(clause, Or) for clause in clauses)
        case And(clauses):
            return " AND ".join(_inside(clause, Or, And) for clause in clauses)
        case Not(clause):
            return f"NOT {_inside(clause, Or, And)}"
        case _:
            return _leaf(query)


def _inside(query: Query, *looser: type[Query]) -> str:
    line = render(query)
    return f"({line})" if isinstance(query, looser) else line


def _leaf(query: Query) -> str:
    match query:
        case Everything():
            return "*"
        case Nothing():
            return "NOT *"
        case Name(facet, text):
            return f'{facet}:"{text}"'
        case Keyword(facet, values):
            return f"{facet}:({' OR '.join(sorted(values))})"
        case DateRange():
            return _range(query)
        case Term() | Phrase() | Near() | Prefix() | Fuzzy():
            return _words(query)
        case And() | Or() | Not():
            raise AssertionError("operators are written by render")


def _words(query: Term | Phrase | Near | Prefix | Fuzzy) -> str:
    match query:
        case Term(word, field, exact):
            return _fields(field, exact=exact) + word
        case Phrase(words, field, exact):
            return f'{_fields(field, exact=exact)}"{" ".join(words)}"'
        case Near(words, distance, field, exact):
            return f'{_fields(field, exact=exact)}"{" ".join(words)}"~{distance}'
        case Prefix(prefix, field):
            return f"{_fields(field)}{prefix}*"
        case Fuzzy(word, distance, field):
            return f"{_fields(field)}{word}~{distance}"


def _fields(field: str | None, *, exact: bool = False) -> str:
    return (f"{field}:" if field else "") + ("exact:" if exact else "")


def _range(query: DateRange) -> str:
    """Both sides as short as they can be while equally precise: `2022-02..2022-03`."""
    name = DATE if query.field == DATE_FIELDS[0] else query.field
    width = max(
        len(_short_start(query.start)) if query.start else 0,
        len(_short_end(query.end)) if query.end else 0,
    )
    start = query.start.isoformat()[:width] if query.start else ""
    end = query.end.isoformat()[:width] if query.end else ""
    return f"{name}:{start}" if start == end else f"{name}:{start}..{end}"


def _short_start(day: date) -> str:
    if day.day > 1:
        return day.isoformat()
    return day.isoformat()[:7] if day.month > 1 else day.isoformat()[:4]


def _short_end(day: date) -> str:
    if day != date.max and (day + timedelta(1)).day > 1:
        return day.isoformat()
    return day.isoformat()[:7] if day.month < 12 else day.isoformat()[:4]
