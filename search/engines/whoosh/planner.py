"""Planner: a query of Whoosh made ready for its segments, words looked up, weights known.

Nodes that are evaluated array at a time are in one table. Any other, and all below it, is left to
Whoosh's own matchers, and stands in the plan as a part like others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query as nodes
from whoosh.query.qcore import _NullQuery as Null

from indexer.schema import FACETS, TEXT_FIELDS
from indexer.writers.whoosh.files.vocabulary import decode
from indexer.writers.whoosh.schema import ARTICLE_ID, DayRange
from search.engines.whoosh.expansion import (
    Meaning,
    Prefixed,
    Spelled,
    fields_of,
    forms_meaning,
    fuzzy_words,
    meaning_of,
    prefix_words,
    weighed,
)
from search.engines.whoosh.filters import Held, value_numbers
from search.engines.whoosh.index import Index
from search.engines.whoosh.matched import Plan
from search.engines.whoosh.nodes import Beginning, Row, Similar, Values, Word
from search.engines.whoosh.plans import (
    AndPlan,
    ArticlePlan,
    BoostedPlan,
    DatePlan,
    Effort,
    EverythingPlan,
    FuzzyPlan,
    HeldPlan,
    KeywordPlan,
    NothingPlan,
    NotPlan,
    OrPlan,
    PhrasePlan,
    SpelledWords,
    StemWords,
    Words,
    WordsPlan,
)

_POSTINGS_OF_SPELLINGS = 2
"""As many postings of words by distance, which are picked out of those of stems, cost a unit."""
_POSTINGS_OF_BEGINNINGS = 16
"""As many postings of neighboring words cost a unit."""
_WORDS_COMPARED = 32
"""As many words of the index that a word by distance is compared with cost a unit."""
_WORDS = frozenset(field.name for field in TEXT_FIELDS)


class Planner:
    """Plans queries over one index.

    Args:
        unknown: makes a plan of a node that has no case here; False: its scores are not needed.
        held: facets that the index does not hold.
        expansions: words that a prefix or fuzzy word may stand for; None: any number.
    """

    def __init__(
        self,
        index: Index,
        unknown: Callable[[Any, bool], Plan],
        held: Held | None = None,
        *,
        expansions: int | None = None,
        scored: bool = True,
        effort: Effort | None = None,
    ) -> None:
        self._index = index
        self._unknown = unknown
        self._held = held
        self._expansions = expansions
        self._scored = scored
        self._effort = effort or Effort()

    def plan(self, query: Any) -> Plan:
        """Makes a query of Whoosh ready.

        Raises:
            QueryTooComplex: a prefix or fuzzy word expands to too many words.
        """
        case = _CASES.get(type(query))
        made = None if case is None else case(self, query)
        if made is None:
            return self._unknown(query, self._scored)
        if getattr(query, "boost", 1.0) != 1.0:
            return BoostedPlan(made, query.boost)
        return made

    def _unscored(self) -> Planner:
        return Planner(
            self._index,
            self._unknown,
            self._held,
            expansions=self._expansions,
            scored=False,
            effort=self._effort,
        )

    def _every(self, query: Any) -> Plan | None:
        return EverythingPlan() if query.fieldname is None else None

    def _null(self, query: Any) -> Plan:  # noqa: ARG002 - as all cases
        return NothingPlan()

    def _term(self, query: Any) -> Plan | None:
        """Whoosh's own: a word as it is spelled, or a whole value."""
        name, text = query.fieldname, query.text
        if query.minquality:
            return None
        if isinstance(text, bytes):
            text = decode(text)
        if name in _WORDS:
            return _words_plan(meaning_of(self._index, text, fields_of(name), exact=True))
        if name == ARTICLE_ID:
            return ArticlePlan(text)
        known = name in FACETS or (self._held is not None and name in self._held)
        return self._having(name, frozenset([text])) if known else None

    def _word(self, query: Word) -> Plan:
        fields = fields_of(query.fieldname)
        if query.forms:
            # Each once: what stands twice would be counted twice.
            stems = tuple(dict.fromkeys((query.text, *query.forms)))
            return _words_plan(forms_meaning(self._index, stems, fields))
        return _words_plan(meaning_of(self._index, query.text, fields, exact=query.exact))

    def _prefix(self, query: Any) -> Plan | None:
        """Whoosh's own: in one field."""
        return self._beginning(query) if query.text and query.fieldname in _WORDS else None

    def _beginning(self, query: Beginning) -> Plan:
        found = prefix_words(self._index, query.text, limit=self._expansions)
        self._spend(_POSTINGS_OF_BEGINNINGS, self._index.word_articles[found.start : found.stop])
        return _words_plan(weighed(self._index, Prefixed(found, fields_of(query.fieldname))))

    def _similar(self, query: Similar) -> Plan:
        if self._expansions is not None:
            self._effort.spend(len(self._index.words) // _WORDS_COMPARED)
        numbers, distances = fuzzy_words(
            self._index, query.text, query.distance, limit=self._expansions
        )
        self._spend(_POSTINGS_OF_SPELLINGS, self._index.word_articles[numbers])
        words = Spelled(numbers, fields_of(query.fieldname))
        _, articles, worth = weighed(self._index, words)
        if not articles:
            return NothingPlan()
        return FuzzyPlan(words, distances, query.distance, worth, articles)

    def _spend(self, as_dear: int, articles: NDArray[np.integer[Any]]) -> None:
        """Counts the postings of some words, where words have a limit: so many are one unit."""
        if self._expansions is not None:
            self._effort.spend(int(articles.sum(dtype=np.int64)) // as_dear)

    def _phrase(self, query: Any) -> Plan | None:
        """Whoosh's own: words as they are spelled, in one field, with nothing between them."""
        if query.slop != 1 or query.fieldname not in _WORDS or not query.words:
            return None
        return self._words_in_a_row(query.words, query.fieldname, exact=True, distance=None)

    def _row(self, query: Row) -> Plan:
        if not query.words:
            return NothingPlan()
        return self._words_in_a_row(
            query.words, query.fieldname, exact=query.exact, distance=query.distance
        )

    def _words_in_a_row(
        self, spelled: Sequence[str], field: str | None, *, exact: bool, distance: int | None
    ) -> Plan:
        """A phrase, or with a distance words near each other."""
        index = self._index
        distinct = list(dict.fromkeys(spelled))
        fields = fields_of(field)
        meanings = [meaning_of(index, word, fields, exact=exact) for word in distinct]
        known = [meaning for meaning in meanings if meaning is not None]
        if len(known) < len(distinct):
            return NothingPlan()
        words: Words
        if exact:
            numbers = np.concatenate([index.words_of(word, exact=True) for word in distinct])
            words = SpelledWords(numbers, fields)
        else:
            words = StemWords(np.array([[index.stems.find(word), fields] for word in distinct]))
        order = [distinct.index(word) for word in spelled]
        worth = sum(known[place].worth for place in order)
        cost = min(meaning.articles for meaning in known)
        return PhrasePlan(words, order, distance, worth, cost, self._effort)

    def _values(self, query: Values) -> Plan:
        return self._having(query.fieldname, query.values)

    def _having(self, name: str, values: frozenset[str]) -> Plan:
        if self._held is not None and name in self._held:
            return HeldPlan(self._held.facet(name), values)
        return KeywordPlan(name, value_numbers(self._index, name, values))

    def _days(self, query: DayRange) -> Plan:
        return DatePlan(query.fieldname, query.start, query.end)

    def _and(self, query: Any) -> Plan:
        clauses = list(map(self.plan, query.subqueries))
        return AndPlan(clauses) if clauses else NothingPlan()

    def _or(self, query: Any) -> Plan | None:
        if query.scale:
            return None
        clauses = list(map(self.plan, query.subqueries))
        return OrPlan(clauses) if clauses else NothingPlan()

    def _not(self, query: Any) -> Plan:
        return NotPlan(self._unscored().plan(query.query))

    def _and_not(self, query: Any) -> Plan:
        return AndPlan([self.plan(query.a), NotPlan(self._unscored().plan(query.b))])


_CASES: dict[type, Callable[[Planner, Any], Plan | None]] = {
    nodes.Every: Planner._every,
    Null: Planner._null,
    nodes.Term: Planner._term,
    nodes.Prefix: Planner._prefix,
    nodes.Phrase: Planner._phrase,
    nodes.And: Planner._and,
    nodes.Or: Planner._or,
    nodes.Not: Planner._not,
    nodes.AndNot: Planner._and_not,
    Word: Planner._word,
    Beginning: Planner._beginning,
    Similar: Planner._similar,
    Row: Planner._row,
    Values: Planner._values,
    DayRange: Planner._days,
}
"""By the very class: a subclass may mean something else."""


def _words_plan(meaning: Meaning | None) -> Plan:
    if meaning is None or not meaning.articles:
        return NothingPlan()
    return WordsPlan(meaning.words, meaning.worth, meaning.articles)
