"""Searcher: Whoosh's own, with arrays evaluated where a query's nodes are known.

Hits are the same either way; so are the scores of single words, because `Scoring` is
`search.scoring` behind Whoosh's interface. What is scored as one thing by arrays (a phrase, all
words with a prefix) Whoosh's matchers score as the sum of its words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh import searching
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.query.qcore import QueryError
from whoosh.query.wrappers import WrappingQuery
from whoosh.reading import EmptyReader
from whoosh.scoring import BaseScorer, WeightingModel, WeightLengthScorer

from indexer.schema import TEXT_FIELDS
from search.engines.whoosh.expansion import fields_of, meaning_of
from search.engines.whoosh.filters import Held, as_bits
from search.engines.whoosh.index import Bits, Index, Segment
from search.engines.whoosh.matched import Matched, Plan
from search.engines.whoosh.nodes import ArrayNode
from search.engines.whoosh.planner import Planner
from search.scoring import K1

_FIELDS = {field.name: field for field in TEXT_FIELDS}


class Scoring(WeightingModel):
    """`search.scoring` for one word of one field; values of facets score 0."""

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: int = 1) -> BaseScorer:  # noqa: ARG002 - Whoosh's
        if fieldname not in _FIELDS:
            return _NoScorer()
        return _WordScorer(searcher, fieldname, text)


class _NoScorer(BaseScorer):
    def score(self, matcher: Any) -> float:  # noqa: ARG002 - Whoosh's
        return 0.0


class _WordScorer(WeightLengthScorer):
    def __init__(self, searcher: Any, fieldname: str, text: bytes) -> None:
        index: Index = searcher.reader().index
        field = _FIELDS[fieldname]
        word = index.schema[fieldname].from_bytes(text)
        meaning = meaning_of(index, word, fields_of(fieldname), exact=True)
        self._worth = 0.0 if meaning is None else meaning.worth
        self._weight = field.weight
        self._fixed = 1 - field.b
        self._variable = field.b / (index.average_lengths[fieldname] or 1.0)
        self.setup(searcher, fieldname, text)

    def _score(self, weight: float, length: float) -> float:
        weighted = self._weight * weight / (self._fixed + self._variable * length)
        return self._worth * weighted / (K1 + weighted)


class Searcher(searching.Searcher):
    """Evaluates queries over an `Index`.

    Thread-safe as far as plans go; collectors are for one search, as Whoosh says.

    Args:
        expansions: words that one prefix or fuzzy word may stand for; None: any number.
    """

    def __init__(
        self,
        reader: Any,
        weighting: Any = Scoring,
        *,
        expansions: int | None = None,
        **options: Any,
    ) -> None:
        super().__init__(reader, weighting=weighting, **options)
        self._expansions = expansions

    def plan(self, query: Any, held: Held | None = None) -> Plan:
        """Makes a query ready for the segments of the index.

        Args:
            held: facets that the index does not hold.

        Raises:
            QueryTooComplex: a prefix or fuzzy word expands to too many words.
        """
        planner = Planner(self._ix, self._left_to_whoosh, held, expansions=self._expansions)
        return planner.plan(query)

    def search(self, q: Any, **options: Any) -> Any:
        results = super().search(q, **options)
        results.q = q
        return results

    def search_with_collector(self, q: Any, collector: Any, context: Any = None) -> None:
        super().search_with_collector(self._planned(q), collector, context)

    def docs_for_query(self, q: Any, for_deletion: bool = False) -> Iterator[int]:
        query = q if for_deletion else self._planned(q)
        return super().docs_for_query(query, for_deletion)  # type: ignore[no-any-return]

    def _planned(self, query: Any) -> Any:
        """The query with its plan; itself, where all of it is left to Whoosh."""
        plan = self.plan(query)
        return query if isinstance(plan, MatcherPlan) else PlannedNode(query, plan)

    def _left_to_whoosh(self, query: Any, scored: bool) -> Plan:
        return MatcherPlan(query, self, scored=scored)


class PlannedNode(WrappingQuery):
    """A query with its plan: who walks its matches walks what the arrays gave.

    Where the matcher itself is asked (which terms does this document have?), or another weighting
    is, Whoosh's own matchers answer.
    """

    def __init__(self, query: Any, plan: Plan) -> None:
        super().__init__(query)
        self._plan = plan

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        weighting = searcher.weighting if context is None else context.weighting
        needs_current = context is not None and context.needs_current
        if needs_current or not (weighting is None or isinstance(weighting, Scoring)):
            return self.child.matcher(searcher, context)
        return _walk(self._plan, searcher.reader())


class MatcherPlan:
    """A node that Whoosh's own matchers evaluate."""

    cost = 1 << 20

    def __init__(self, query: Any, searcher: Searcher, *, scored: bool) -> None:
        self._query = query
        self._searcher = searcher
        self._scored = scored

    def match(self, segment: Segment, within: Bits) -> Matched:
        (leaf,) = (
            leaf
            for leaf, _ in self._searcher.leaf_searchers()
            if leaf.reader().segment().number == segment.number
        )
        present = np.zeros(segment.documents, np.bool_)
        if not self._scored:
            matcher = self._query.matcher(leaf, leaf.boolean_context())
            present[list(matcher.all_ids())] = True
            return Matched(as_bits(present) & within)
        matcher = self._query.matcher(leaf, leaf.context())
        scores = np.zeros(segment.documents, np.float32)
        while matcher.is_active():
            doc = matcher.id()
            present[doc] = True
            scores[doc] = matcher.score()
            matcher.next()
        return Matched(as_bits(present) & within, scores=scores)


class FoundMatcher(ListMatcher):
    """Walks documents that arrays gave."""

    @classmethod
    def of(cls, matched: Matched) -> Any:
        docs = matched.in_order()
        if not len(docs):
            return NullMatcher()
        scores = np.zeros(len(docs)) if matched.scores is None else matched.scores[docs]
        return cls(docs.tolist(), scores.tolist())

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's
        self._i: int = bisect_left(self._ids, id, self._i)

    def spans(self) -> Any:
        raise QueryError("nodes over several fields or spellings have no positions: use `Term`")


def matcher_of(node: ArrayNode, searcher: Any, context: Any) -> Any:  # noqa: ARG001 - as Whoosh asks
    """What a node that only arrays know matches, for Whoosh's matchers around it."""
    reader = searcher.reader()
    if isinstance(reader, EmptyReader):
        return NullMatcher()
    return _walk(Planner(reader.index, _unexpected).plan(node), reader)


def _walk(plan: Plan, reader: Any) -> Any:
    if isinstance(reader, EmptyReader):
        return NullMatcher()
    segment = reader.index.segments[reader.segment().number]
    return FoundMatcher.of(plan.match(segment, segment.live))


def _unexpected(node: Any, scored: bool) -> Plan:  # noqa: ARG001 - as `Planner` asks
    raise TypeError(f"no plan for {node!r}")
