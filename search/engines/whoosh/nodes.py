"""Nodes: those of `whoosh.query` that our own query tree becomes for this engine.

A node of Whoosh's own stands where one says it exactly, and `schema.DayRange` for dates. The others
are here: a word that is looked for in several fields, or in all its spellings, and scored as one;
words in a row or near each other; values of a facet. Whoosh's matchers evaluate them like any other
node, from what the arrays give, so that they may stand inside nodes of all kinds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from whoosh.query import And, Every, Not, NullQuery, Or, Phrase, Term
from whoosh.query import Query as Node

from indexer.writers.whoosh.schema import DayRange
from search.language import query as ours


class ArrayNode(Node):
    """A node that Whoosh has not. It has no children, and no positions that others could ask for.

    Attributes:
        fieldname: the field it looks in; None: all text fields.
    """

    fieldname: str | None
    boost = 1.0

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        from search.engines.whoosh.searcher import matcher_of  # noqa: PLC0415 - it plans nodes

        return matcher_of(self, searcher, context)

    def estimate_size(self, ixreader: Any) -> int:
        """Whoosh orders clauses by it; which of them is first makes no difference in the hits."""
        return int(ixreader.doc_count())


@dataclass(unsafe_hash=True)
class Word(ArrayNode):
    """One word: as it is spelled, or in any spelling of a stem, and of those of its forms."""

    text: str
    fieldname: str | None = None
    exact: bool = False
    forms: tuple[str, ...] = ()


@dataclass(unsafe_hash=True)
class Beginning(ArrayNode):
    """All words that begin so, scored as one."""

    text: str
    fieldname: str | None = None


@dataclass(unsafe_hash=True)
class Similar(ArrayNode):
    """All words within a Levenshtein distance, scored as one; hits on nearer ones rank higher."""

    text: str
    distance: int
    fieldname: str | None = None


@dataclass(unsafe_hash=True)
class Row(ArrayNode):
    """Words of one field: in a row, or (with a distance) near each other in any order."""

    words: tuple[str, ...]
    distance: int | None
    fieldname: str | None = None
    exact: bool = False


@dataclass(unsafe_hash=True)
class Values(ArrayNode):
    """Articles having any of some values of a facet."""

    fieldname: str
    values: frozenset[str]


def as_whoosh(query: ours.Query) -> Any:
    """A resolved query as one of Whoosh.

    Raises:
        TypeError: the query was not resolved.
    """
    made = _MADE.get(type(query))
    if made is None:
        raise TypeError(f"{query!r} is not resolved")
    return made(query)


def _term(query: ours.Term) -> Any:
    if query.exact and query.field is not None:
        return Term(query.field, query.word)
    return Word(query.word, query.field, query.exact, query.forms)


def _phrase(query: ours.Phrase) -> Any:
    if query.exact and query.field is not None and query.words:
        return Phrase(query.field, list(query.words))
    return Row(query.words, None, query.field, query.exact)


def _and(query: ours.And) -> Any:
    return And(list(map(as_whoosh, query.clauses))) if query.clauses else Every()


def _keyword(query: ours.Keyword) -> Any:
    if len(query.values) == 1:
        return Term(query.facet, *query.values)
    return Values(query.facet, query.values)


_MADE: dict[type, Callable[[Any], Any]] = {
    ours.Everything: lambda _: Every(),
    ours.Nothing: lambda _: NullQuery,
    ours.Term: _term,
    ours.Phrase: _phrase,
    ours.Near: lambda query: Row(query.words, query.distance, query.field, query.exact),
    ours.Prefix: lambda query: Beginning(query.prefix, query.field),
    ours.Fuzzy: lambda query: Similar(query.word, query.distance, query.field),
    ours.Keyword: _keyword,
    ours.DateRange: lambda query: DayRange(query.field, query.start, query.end),
    ours.And: _and,
    ours.Or: lambda query: Or(list(map(as_whoosh, query.clauses))),
    ours.Not: lambda query: Not(as_whoosh(query.clause)),
}
