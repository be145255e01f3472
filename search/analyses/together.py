"""Entities together: who appears with whom? Entities of the articles that a query finds, and which
share articles.

Lift says how much more often two are named in one article than if each were named independently of
the other: 1 is chance. It exaggerates where counts are small, so pairs are ranked by Dunning's
log-likelihood ratio instead (Dunning 1993, "Accurate methods for the statistics of surprise and
coincidence").
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.schema import ENTITY_FACETS
from search.engine import FacetCounting, MatchRequest, one_analysis
from search.language.query import Everything, Keyword
from search.request import SearchRequest
from search.service import as_match
from search.serving.open_index import OpenIndex

DEFAULT_SIZE = 20
MAX_SIZE = 60
"""Entities of one picture, at most; each costs counting those that it shares articles with."""


@dataclass(frozen=True, slots=True)
class Companion:
    """An entity that the articles of a query name.

    Attributes:
        articles: of the query's that name it. everywhere: of the whole generation's.
        lift: how much more often they name it than all articles do.
    """

    entity_id: str
    facet: str
    label: str
    articles: int
    everywhere: int
    lift: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities that some of the articles name both.

    Attributes:
        articles: how many name both. expected: how many would by chance.
        lift: `articles / expected`.
        likelihood: Dunning's G²; above 10.8 chance is less than one in a thousand.
    """

    one: str
    other: str
    articles: int
    expected: float
    lift: float
    likelihood: float


@dataclass(frozen=True, slots=True)
class Together:
    """Who appears with whom.

    Attributes:
        total: articles that the query finds.
        companions: most frequent first.
        pairs: the strongest first; both are companions, by their ids.
        complete: False when the time allowed was spent; counts are then lower bounds.
    """

    total: int
    companions: tuple[Companion, ...]
    pairs: tuple[Pair, ...]
    complete: bool


@one_analysis()
def together(
    request: SearchRequest,
    index: OpenIndex,
    *,
    facets: Sequence[str] = ENTITY_FACETS,
    size: int = DEFAULT_SIZE,
) -> Together:
    """Counts the most frequent entities of a result, and their pairs.

    Args:
        facets: kinds of entities to look at.
        size: how many entities over all kinds, at most `MAX_SIZE`.

    Raises:
        RequestError: as `service.search`.
    """
    size = min(size, MAX_SIZE)
    counting = tuple(FacetCounting(facet, size) for facet in facets)
    asked = as_match(request, index, facets=counting)
    found = index.engine.match(asked)
    counted = [(facet, one) for facet in facets for one in found.facets[facet].values]
    counted.sort(key=lambda pair: (-pair[1].count, pair[1].value))
    counted = counted[:size]
    among = _by_facet((facet, one.value) for facet, one in counted)
    everywhere, _ = _counts(MatchRequest(query=Everything(), facets=among, limit=0), index)
    companions = tuple(
        Companion(
            one.value,
            facet,
            index.label(facet, one.value),
            one.count,
            everywhere.get(one.value, 0),
            _lift(one.count, found.total, everywhere.get(one.value, 0), index.engine.articles),
        )
        for facet, one in counted
    )
    pairs, complete = _pairs(asked, companions, found.total, index)
    return Together(found.total, companions, pairs, complete and found.complete)


def _pairs(
    asked: MatchRequest, companions: Sequence[Companion], total: int, index: OpenIndex
) -> tuple[tuple[Pair, ...], bool]:
    """The pairs, and whether the time allowed was enough for all of them."""
    among = _by_facet((one.facet, one.entity_id) for one in companions)
    pairs = []
    complete = True
    for place, one in enumerate(companions):
        having = Keyword(one.facet, frozenset({one.entity_id}))
        shared, all_of_them = _counts(replace(asked, also=having, facets=among), index)
        complete = complete and all_of_them
        pairs += [
            _pair(one, other, shared[other.entity_id], total)
            for other in companions[place + 1 :]
            if shared.get(other.entity_id)
        ]
    pairs.sort(key=lambda pair: (-pair.likelihood, pair.one, pair.other))
    return tuple(pairs), complete


def _by_facet(entities: Iterable[tuple[str, str]]) -> tuple[FacetCounting, ...]:
    """Countings of exactly these entities."""
    ids: dict[str, set[str]] = {}
    for facet, entity_id in entities:
        ids.setdefault(facet, set()).add(entity_id)
    return tuple(FacetCounting(facet, len(of), among=frozenset(of)) for facet, of in ids.items())


def _counts(asked: MatchRequest, index: OpenIndex) -> tuple[dict[str, int], bool]:
    found = index.engine.match(asked)
    values = (value for facet in found.facets.values() for value in facet.values)
    return {value.value: value.count for value in values}, found.complete


def _pair(one: Companion, other: Companion, both: int, total: int) -> Pair:
    expected = one.articles * other.articles / total
    return Pair(
        one.entity_id,
        other.entity_id,
        both,
        expected,
        both / expected,
        log_likelihood(both, one.articles - both, other.articles - both, total),
    )


def log_likelihood(both: int, first_only: int, second_only: int, total: int) -> float:
    """Dunning's G² of two things that occur together; 0 where they do less often than by chance."""
    neither = total - both - first_only - second_only
    first, second = both + first_only, both + second_only
    if both * total <= first * second:
        return 0.0
    cells = (
        (both, first * second),
        (first_only, first * (total - second)),
        (second_only, (total - first) * second),
        (neither, (total - first) * (total - second)),
    )
    return 2 * sum(
        seen * math.log(seen * total / product) for seen, product in cells if seen and product
    )


def _lift(count: int, total: int, everywhere: int, articles: int) -> float:
    return (count / total) / (everywhere / articles) if total and everywhere else 0.0
