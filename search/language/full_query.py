"""Full query: how is a request written as one line of the query language, its filters included?"""

from __future__ import annotations

from collections.abc import Iterator

from search.language.parser import parse
from search.language.query import And, DateRange, Everything, Name, Not, Or, Query
from search.language.render import render
from search.request import Filter, Mode, SearchRequest, Undated


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
    asked: list[Query] = [clause for clause in clauses if not isinstance(clause, Everything)]
    asked = asked or [Everything()]
    line = render(asked[0] if len(asked) == 1 else And(tuple(asked)))
    ranged = bool(dates.start or dates.end)
    if undated is not (Undated.EXCLUDE if ranged else Undated.INCLUDE):
        line += f" (undated: {undated.value})"
    return f"{line} (one a family)" if request.collapse else line


def _clauses(one: Filter) -> Iterator[Query]:
    names: list[Query] = [Name(one.facet, value.replace('"', "")) for value in one.values]
    if one.mode is Mode.ALL:
        yield from names
    elif names:
        either = names[0] if len(names) == 1 else Or(tuple(names))
        yield Not(either) if one.mode is Mode.NOT else either
