"""Explanation: why did an article match, and why did a query find nothing?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from indexer.document import IndexDocument
from search import service
from search.language.parser import parse
from search.language.query import And, Everything, Query
from search.language.render import render
from search.request import DateFilter, Mode, SearchRequest
from search.result import Marks, SearchResult, Why
from search.serving.open_index import OpenIndex


@dataclass(frozen=True, slots=True)
class Reason:
    """One way in which an article matches.

    Attributes:
        clause: the part of the query, as typed.
        why: the rule by which it matched.
        field: `title` or `text`.
        words: what stands in the article, each spelling once, most frequent first.
        count: how many places.
    """

    clause: str
    why: Why
    field: str
    words: tuple[str, ...]
    count: int


def reasons(result: SearchResult) -> list[tuple[Reason, ...]]:
    """Every way in which each hit matches the text of the query, in its order.

    Args:
        result: with marks; where there are none, no reason is told.
    """
    written = list(map(render, result.clauses))
    return [
        () if hit.marks is None else _reasons(hit.document, hit.marks, written)
        for hit in result.hits
    ]


def _reasons(document: IndexDocument, marks: Marks, written: Sequence[str]) -> tuple[Reason, ...]:
    """Those of one article."""
    places: dict[tuple[int, Why, str], Counter[str]] = {}
    for field, whole, found in (
        ("title", document.title, marks.title),
        ("text", document.text, marks.text),
    ):
        for start, end, clause, why in found:
            if clause < len(written):
                places.setdefault((clause, why, field), Counter())[whole[start:end]] += 1
    return tuple(
        Reason(
            written[clause],
            why,
            field,
            tuple(word for word, _ in words.most_common()),
            words.total(),
        )
        for (clause, why, field), words in sorted(places.items(), key=lambda item: item[0][0])
    )


class PartKind(StrEnum):
    """Which part of a request it is."""

    CLAUSE = "clause"
    FILTER = "filter"
    DATES = "dates"
    COLLECTED = "collected"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a request that found nothing.

    Attributes:
        text: the clause as typed; for a filter, its value's label; empty for the dates.
        facet, mode, value: of a filter.
        alone: articles that this part alone finds.
        without: articles that the request finds without this part.
    """

    kind: PartKind
    text: str
    alone: int
    without: int
    facet: str = ""
    mode: str = ""
    value: str = ""


def explain_empty(request: SearchRequest, index: OpenIndex) -> tuple[Part, ...]:
    """Which word or filter empties a result: first the parts without which there would be most.

    Raises:
        QuerySyntaxError, QueryTooComplex, InvalidParameter: as `service.search`.
    """
    bare = replace(
        request, facets=(), histogram=None, cursor="", limit=0, highlight=False, collapse=False
    )
    return tuple(sorted(_parts(bare, index), key=lambda part: (-part.without, part.alone)))


def _parts(bare: SearchRequest, index: OpenIndex) -> Iterator[Part]:
    nothing = SearchRequest(limit=0, highlight=False)
    tree = parse(bare.text)
    clauses = tree.clauses if isinstance(tree, And) else (tree,)
    for at, clause in enumerate(clauses):
        if isinstance(clause, Everything):
            continue
        others = clauses[:at] + clauses[at + 1 :]
        yield Part(
            PartKind.CLAUSE,
            render(clause),
            service.count(replace(nothing, text=render(clause)), index),
            service.count(replace(bare, text=render(_all_of(others))), index),
        )
    for at, one in enumerate(bare.filters):
        rest = bare.filters[:at] + bare.filters[at + 1 :]
        parts = [one.values] if one.mode is Mode.ANY else [(value,) for value in one.values]
        for values in parts:
            left = tuple(value for value in one.values if value not in values)
            kept = (*rest, replace(one, values=left)) if left else rest
            yield Part(
                PartKind.FILTER,
                ", ".join(index.label(one.facet, value) for value in values),
                service.count(replace(nothing, filters=(replace(one, values=values),)), index),
                service.count(replace(bare, filters=kept), index),
                one.facet,
                one.mode.value,
                values[0] if len(values) == 1 else "",
            )
    if any(bare.collected):
        yield Part(
            PartKind.COLLECTED,
            "",
            service.count(replace(nothing, collected=bare.collected), index),
            service.count(replace(bare, collected=(None, None)), index),
        )
    if bare.dates != DateFilter(field=bare.dates.field):
        yield Part(
            PartKind.DATES,
            "",
            service.count(replace(nothing, dates=bare.dates), index),
            service.count(replace(bare, dates=DateFilter(field=bare.dates.field)), index),
        )


def _all_of(clauses: tuple[Query, ...]) -> Query:
    if not clauses:
        return Everything()
    return clauses[0] if len(clauses) == 1 else And(clauses)
