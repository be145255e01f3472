"""Clauses: what does a question become in a request to a cluster?

Every clause scores what `search.scoring` says, from what a shard knows of a document alone (how
often it has a word, and how many words it has) and from what the dictionary knows of all of them.
The `score` of a clause that is not asked for one is left out, which the cluster answers faster.

One thing is not as there: a cluster does not say how often words stand near each other, so that
`Near` counts once a field that has it. What it finds is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from indexer.schema import FACETS, TEXT_FIELDS, TextField
from indexer.writers.opensearch.mapping import (
    ARTICLE,
    DATES,
    FACET,
    LENGTH,
    STEMS,
    SURFACES,
    indexed,
    joined,
)
from search.engine import Holding
from search.engines.opensearch.words import Counted, Words
from search.language.query import (
    And,
    DateRange,
    Everything,
    Fuzzy,
    Keyword,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
)
from search.request import DateFilter, Filter, Mode, Undated
from search.scoring import K1, worth

Clause = dict[str, Any]

NONE: Clause = {"match_none": {}}
EVERYTHING: Clause = {"bool": {"filter": [{"match_all": {}}]}}
_IN_FIELD = "params.w * _score / (params.a + params.c * doc[params.length].value)"
_SATURATED = "params.worth * _score / (params.k + _score)"
_AT_ONCE = 10_000  # ids in one clause: a cluster allows 65,536
_FIRST_DAY, _LAST_DAY = date.min.toordinal(), date.max.toordinal()


class Clauses:
    """Makes the clauses of one request.

    Args:
        count: how many articles a clause finds.
    """

    def __init__(
        self, words: Words, holding: Holding, count: Callable[[Query, Clause], int]
    ) -> None:
        self._words = words
        self._holding = holding
        self._count = count

    def of(self, query: Query, *, score: bool) -> Clause:
        """A resolved query.

        Raises:
            QueryTooComplex: a beginning or similar word stands for too many words.
            TypeError: the query was not resolved.
        """
        match query:
            case And(clauses) if clauses:
                parts = [self.of(clause, score=score) for clause in clauses]
                return {"bool": {"must" if score else "filter": parts}}
            case Or(clauses):
                return any_of([self.of(clause, score=score) for clause in clauses])
            case Term() | Prefix() | Fuzzy() | Phrase() | Near():
                return self._words_of(query, score=score)
            case _:
                return {"bool": {"filter": [self._unscored(query)]}}

    def _unscored(self, query: Query) -> Clause:
        """What only filters."""
        match query:
            case Everything() | And():
                return EVERYTHING
            case Nothing():
                return NONE
            case Not(clause):
                return {"bool": {"must_not": [self.of(clause, score=False)]}}
            case Keyword(facet, values):
                return self.having(facet, values)
            case DateRange(field, start, end):
                return dated(field, start, end)
            case _:
                raise TypeError(f"{query!r} is not resolved")

    def _words_of(self, query: Term | Prefix | Fuzzy | Phrase | Near, *, score: bool) -> Clause:
        match query:
            case Term():
                stems = list(dict.fromkeys(query.stems))
                return self._union(query, stems, query.field, exact=query.exact, score=score)
            case Prefix(prefix, field):
                found = self._words.beginning(prefix)
                return self._union(query, found, field, exact=True, score=score)
            case Fuzzy():
                return self._fuzzy(query, score=score)
            case Phrase(words, field, exact):
                return self._row(words, None, field, exact=exact, score=score)
            case Near(words, distance, field, exact):
                return self._row(words, distance, field, exact=exact, score=score)

    def having(self, facet: str, values: Iterable[str]) -> Clause:
        """Articles that have any of some values of a facet."""
        if facet in FACETS:
            return _terms(FACET + facet, sorted(values))
        held = self._holding.get(facet, {})
        ids = frozenset[str]().union(*(held.get(value, ()) for value in values))
        return _terms(ARTICLE, sorted(ids))

    def held(self, facet: str) -> list[str]:
        """The values of a facet that the request tells of."""
        return sorted(self._holding.get(facet, {}))

    def chosen(self, choice: Filter) -> Clause:
        """What one filter lets pass."""
        if choice.mode is Mode.ALL:
            return all_of([self.having(choice.facet, [value]) for value in choice.values])
        found = self.having(choice.facet, choice.values)
        return {"bool": {"must_not": [found]}} if choice.mode is Mode.NOT else found

    def _union(
        self, query: Query, words: Sequence[str], field: str | None, *, exact: bool, score: bool
    ) -> Clause:
        """Articles that have any of some words, which count as one."""
        known = [w for w in words if self._words.counted(w, field, exact=exact).articles]
        if not known:
            return NONE
        plain = any_of([_terms(_name(one, exact), known) for one in _fields(field)])
        if not score:
            return plain
        counted = self._counted(query, known, field, exact=exact, plain=plain)
        value = worth(self._words.documents, *counted)
        return _script(_SATURATED, self._weighed(known, field, exact=exact), worth=value, k=K1)

    def _weighed(self, words: Sequence[str], field: str | None, *, exact: bool) -> Clause:
        """Scores the weighted frequency of some words."""
        return any_of(
            [
                self._in_field(
                    one, any_of([{"term": {_name(one, exact): indexed(w)}} for w in words])
                )
                for one in _fields(field)
            ]
        )

    def _in_field(self, field: TextField, found: Clause) -> Clause:
        """Makes a weighted frequency of the frequency in one field."""
        average = self._words.average_lengths[field.name]
        return _script(
            _IN_FIELD,
            found,
            w=field.weight,
            a=1 - field.b if average else 1.0,
            c=field.b / average if average else 0.0,
            length=LENGTH + field.name,
        )

    def _counted(
        self, query: Query, words: Sequence[str], field: str | None, *, exact: bool, plain: Clause
    ) -> Counted:
        each = [self._words.counted(word, field, exact=exact) for word in words]
        if len(each) == 1:
            return each[0]
        return Counted(self._count(query, plain), sum(one.occurrences for one in each))

    def _fuzzy(self, query: Fuzzy, *, score: bool) -> Clause:
        near = self._words.near(query.word, query.distance)
        words = [word for word, _ in near]
        known = [w for w in words if self._words.counted(w, query.field, exact=True).articles]
        if not known or not score:
            return self._union(query, words, query.field, exact=True, score=score)
        fields = [_name(one, exact=True) for one in _fields(query.field)]
        plain = any_of([_terms(name, known) for name in fields])
        counted = self._counted(query, known, query.field, exact=True, plain=plain)
        value = worth(self._words.documents, *counted) / (query.distance + 1)
        weighed = self._weighed(known, query.field, exact=True)
        steps = []
        for step in range(1, query.distance + 1):  # what is as far as allowed gets no step
            nearer = [word for word, far in near if query.distance - far == step]
            having = any_of([_terms(name, nearer) for name in fields])
            steps.append({"constant_score": {"filter": having, "boost": value * step}})
        saturated = _script(_SATURATED, weighed, worth=value, k=K1)
        return {"bool": {"must": [saturated], "should": [{"dis_max": {"queries": steps}}]}}

    def _row(
        self,
        words: Sequence[str],
        distance: int | None,
        field: str | None,
        *,
        exact: bool,
        score: bool,
    ) -> Clause:
        """Words in a row, or near each other in any order."""
        each = [self._words.counted(word, field, exact=exact) for word in words]
        if not each or not all(one.articles for one in each):
            return NONE
        made = [_found(words, distance, _name(one, exact)) for one in _fields(field)]
        if not score:
            return any_of(made)
        weighed = any_of(
            [self._in_field(one, row) for one, row in zip(_fields(field), made, strict=True)]
        )
        value = sum(worth(self._words.documents, *one) for one in each)
        return _script(_SATURATED, weighed, worth=value, k=K1)


def dated(field: str, start: date | None, end: date | None) -> Clause:
    """Articles one of whose dates can lie within a range."""
    first = start.toordinal() if start else _FIRST_DAY
    last = end.toordinal() if end else _LAST_DAY
    if first <= last:
        bounds: dict[str, Any] = {"gte": first, "lte": last, "relation": "intersects"}
    else:  # a date known to the month can lie after the one and before the other
        bounds = {"gte": last, "lte": first, "relation": "contains"}
    return {"range": {DATES + field: bounds}}


def undated(field: str) -> Clause:
    """Articles without a date in a field."""
    return {"bool": {"must_not": [{"exists": {"field": DATES + field}}]}}


def dates_chosen(dates: DateFilter) -> Clause | None:
    """What a date filter lets pass; None where that is everything."""
    if dates.undated is Undated.ONLY:
        return undated(dates.field)
    if dates.start is None and dates.end is None and dates.undated is Undated.INCLUDE:
        return None
    within = dated(dates.field, dates.start, dates.end)
    if dates.undated is Undated.EXCLUDE:
        return within
    return any_of([within, undated(dates.field)])


def any_of(clauses: Sequence[Clause]) -> Clause:
    """Any of some clauses, with the sum of their scores."""
    if not clauses:
        return NONE
    if len(clauses) == 1:
        return clauses[0]
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}


def all_of(clauses: Sequence[Clause]) -> Clause:
    """All of some clauses, without a score."""
    return {"bool": {"filter": list(clauses)}} if clauses else EVERYTHING


def _fields(field: str | None) -> list[TextField]:
    return [one for one in TEXT_FIELDS if field in (None, one.name)]


def _name(field: TextField, exact: bool) -> str:
    return (SURFACES if exact else STEMS) + field.name


def _terms(name: str, values: Sequence[str]) -> Clause:
    parts = _parts([indexed(value) for value in values])
    return any_of([{"terms": {name: part}} for part in parts])


def _parts(values: Sequence[str]) -> list[Sequence[str]]:
    return [values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE)]


def _found(words: Sequence[str], distance: int | None, name: str) -> Clause:
    """Words in a row, scoring how often; or near each other, scoring one."""
    text = joined(words)
    if distance is None:
        # A row scores its frequency once for each of its words.
        return {"match_phrase": {name: {"query": text, "boost": 1 / len(words)}}}
    near = {"match": {"query": text, "max_gaps": distance, "ordered": False}}
    return {"constant_score": {"filter": {"intervals": {name: near}}, "boost": 1.0}}


def _script(source: str, query: Clause, **params: Any) -> Clause:
    return {"script_score": {"query": query, "script": {"source": source, "params": params}}}
