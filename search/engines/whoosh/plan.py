"""How is a query made ready for its segments? A plan: words looked up, weights known.

A plan node has one method, `match(segment, within)`: the documents of the segment, among those
`within`, that it matches. What is global (which words, how rare) is settled when the plan is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.index import Index
from search.engines.whoosh.loops import fold, put_dated, put_slices, saturate, weigh
from search.engines.whoosh.matched import Matched, intersection, union
from search.engines.whoosh.near import PhrasePlan
from search.engines.whoosh.segments import Bits, Floats, Segment
from search.engines.whoosh.words import (
    WordSet,
    count_articles,
    fields_of,
    fuzzy_words,
    prefix_words,
    term_words,
    worth_of,
)
from search.query import (
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
from search.scoring import K1

_SPARSE = 16  # an Or of words with postings in more than one of 16 documents scores them all


class Plan(Protocol):
    """A query, ready to be evaluated.

    Attributes:
        cost: about how many postings it visits, to put the cheapest first.
    """

    cost: int

    def match(self, segment: Segment, within: Bits) -> Matched:
        """The documents among `within` that it matches."""
        ...


class WordsPlan:
    """A term or prefix: any word of a set."""

    def __init__(self, words: WordSet, worth: float, cost: int) -> None:
        self._words = words
        self._worth = worth
        self.cost = cost

    def match(self, segment: Segment, within: Bits) -> Matched:
        matched = self._words.raw(segment, within)
        assert matched.scores is not None
        saturate(matched.docs, matched.scores, self._worth, K1)
        return matched

    def add(self, segment: Segment, weights: Floats, scores: Floats) -> None:
        """Adds its scores to those of all documents.

        Args:
            weights: zeros, and left so.
        """
        lists = []
        for number in self._words.fields:
            field = segment.fields[number]
            starts, ends, _ = self._words.slices(segment, field)
            if len(starts):
                weigh(*field.arrays, starts, ends, field.norms, weights)
                lists.append((field.arrays[0], starts, ends))
        for docs, starts, ends in lists:
            fold(docs, starts, ends, weights, self._worth, K1, scores)


class FuzzyPlan:
    """Words by distance: those nearer rank above those farther."""

    def __init__(self, levels: Sequence[WordSet], words: WordSet, worth: float, cost: int) -> None:
        self._levels = levels
        self._words = words
        self._worth = worth
        self.cost = cost

    def match(self, segment: Segment, within: Bits) -> Matched:
        matched = self._words.raw(segment, within)
        docs, scores = matched.docs, matched.scores
        assert scores is not None
        saturate(docs, scores, 1.0, K1)
        steps = np.zeros(segment.documents, np.float32)
        for step, level in enumerate(reversed(self._levels)):
            nearer = matched.within(level.bits(segment))
            steps[nearer.docs] = step
        scores[docs] = np.float32(self._worth) * (steps[docs] + scores[docs]) / len(self._levels)
        return matched


class EverythingPlan:
    cost = 1 << 40

    def match(self, segment: Segment, within: Bits) -> Matched:  # noqa: ARG002 - the protocol's
        return Matched(within)


class NothingPlan:
    cost = 0

    def match(self, segment: Segment, within: Bits) -> Matched:  # noqa: ARG002 - the protocol's
        return Matched.nothing(segment)


class KeywordPlan:
    """Any of some facet values."""

    cost = 1 << 16

    def __init__(self, facet: str, values: NDArray[np.int64]) -> None:
        self._facet = facet
        self._values = values

    def match(self, segment: Segment, within: Bits) -> Matched:
        return Matched(keyword_bits(segment, self._facet, self._values) & within)


class DatePlan:
    """A range of days."""

    cost = 1 << 18

    def __init__(self, field: str, start: date | None, end: date | None) -> None:
        self._range = (field, start, end)

    def match(self, segment: Segment, within: Bits) -> Matched:
        return Matched(date_bits(segment, *self._range) & within)


class AndPlan:
    """All clauses, the cheapest first; each looks only at what the ones before have left."""

    def __init__(self, clauses: Sequence[Plan]) -> None:
        self._clauses = sorted(clauses, key=lambda clause: clause.cost)
        self.cost = self._clauses[0].cost

    def match(self, segment: Segment, within: Bits) -> Matched:
        parts: list[Matched] = []
        for clause in self._clauses:
            parts.append(clause.match(segment, parts[-1].bits if parts else within))
            if not parts[-1].bits.any():
                return Matched.nothing(segment)
        return intersection(parts)


class OrPlan:
    """Any clause."""

    def __init__(self, clauses: Sequence[Plan], documents: int) -> None:
        self._clauses = clauses
        self.cost = sum(clause.cost for clause in clauses)
        self._many = documents // _SPARSE

    def match(self, segment: Segment, within: Bits) -> Matched:
        words = [clause for clause in self._clauses if isinstance(clause, WordsPlan)]
        if len(words) == len(self._clauses) and self.cost > self._many:
            scores = np.full(segment.documents, 0, np.float32)
            weights = np.full(segment.documents, 0, np.float32)
            for clause in words:
                clause.add(segment, weights, scores)
            matched = Matched.scored(scores)
            unfiltered = within is segment.live and not segment.has_deleted
            return matched if unfiltered else matched.within(within)
        return union([clause.match(segment, within) for clause in self._clauses], segment)


class NotPlan:
    """What a clause does not match."""

    cost = 1 << 30

    def __init__(self, clause: Plan) -> None:
        self._clause = clause

    def match(self, segment: Segment, within: Bits) -> Matched:
        return Matched(within & ~self._clause.match(segment, within).bits)


def plan(query: Query, index: Index) -> Plan:  # noqa: C901, PLR0911, PLR0912 - one case a node
    """Makes a resolved query ready.

    Raises:
        QueryTooComplex: a prefix or fuzzy word expands to too many words.
        TypeError: the query was not resolved.
    """
    match query:
        case Everything() | And(clauses=()):
            return EverythingPlan()
        case Nothing() | Or(clauses=()):
            return NothingPlan()
        case Term(word, field, exact):
            words, articles, worth = term_words(index, word, fields_of(field), exact=exact)
            return WordsPlan(words, worth, articles) if articles else NothingPlan()
        case Prefix(prefix, field):
            words = WordSet(prefix_words(index, prefix), fields_of(field))
            articles = count_articles(index, words)
            worth = worth_of(index, words, articles)
            return WordsPlan(words, worth, articles) if articles else NothingPlan()
        case Fuzzy(word, distance, field):
            return _fuzzy_plan(index, word, distance, field)
        case Phrase(words=(), field=_) | Near(words=(), distance=_, field=_):
            return NothingPlan()
        case Phrase(spelled, field, exact):
            return PhrasePlan(index, spelled, fields_of(field), exact=exact, distance=None)
        case Near(spelled, distance, field, exact):
            return PhrasePlan(index, spelled, fields_of(field), exact=exact, distance=distance)
        case Keyword(facet, values):
            return KeywordPlan(facet, value_numbers(index, facet, values))
        case DateRange(field, start, end):
            return DatePlan(field, start, end)
        case And(clauses):
            return AndPlan([plan(clause, index) for clause in clauses])
        case Or(clauses):
            return OrPlan([plan(clause, index) for clause in clauses], index.documents)
        case Not(clause):
            return NotPlan(plan(clause, index))
        case _:
            raise TypeError(f"{query!r} is not resolved")


def _fuzzy_plan(index: Index, word: str, distance: int, field: str | None) -> Plan:
    numbers, distances = fuzzy_words(index, word, distance)
    fields = fields_of(field)
    levels = [WordSet(numbers[distances == step], fields) for step in range(distance + 1)]
    words = WordSet(numbers, fields)
    articles = count_articles(index, words)
    if not articles:
        return NothingPlan()
    return FuzzyPlan(levels, words, worth_of(index, words, articles), articles)


def value_numbers(index: Index, facet: str, values: frozenset[str]) -> NDArray[np.int64]:
    """Facet values as numbers in the generation, ascending; unknown ones are left out."""
    vocabulary = index.values[facet]
    found = (vocabulary.find(value) for value in values)
    return np.array(sorted(number for number in found if number is not None), np.int64)


def keyword_bits(segment: Segment, facet: str, values: NDArray[np.int64]) -> Bits:
    """Documents having any of some facet values."""
    bits = segment.no_bits()
    put_slices(bits, *segment.having(facet, values))
    return bits


def date_bits(segment: Segment, field: str, start: date | None, end: date | None) -> Bits:
    """Documents one of whose dates can lie within a range; open sides are None."""
    bits = segment.no_bits()
    first = (start or date.min).toordinal()
    last = (end or date.max).toordinal()
    put_dated(*segment.dates(field), first, last, bits)
    return bits


def scores_of(matched: Matched, segment: Segment) -> Floats:
    """The scores of a result, 0 where nothing scores."""
    return segment.no_scores if matched.scores is None else matched.scores
