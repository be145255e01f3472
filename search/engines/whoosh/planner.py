"""How is a query made ready for its segments? A plan: words looked up, weights known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.engines.whoosh.filters import value_numbers
from search.engines.whoosh.index import Index
from search.engines.whoosh.matched import Plan
from search.engines.whoosh.plans import (
    AndPlan,
    DatePlan,
    EverythingPlan,
    FuzzyPlan,
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
from search.engines.whoosh.words import (
    Meaning,
    Prefixed,
    Spelled,
    fields_of,
    fuzzy_words,
    meaning_of,
    prefix_words,
    weighed,
)
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
            return _words_plan(meaning_of(index, word, fields_of(field), exact=exact))
        case Prefix(prefix, field):
            words = Prefixed(prefix_words(index, prefix), fields_of(field))
            return _words_plan(weighed(index, words))
        case Fuzzy(word, distance, field):
            return _fuzzy_plan(index, word, distance, field)
        case Phrase(words=(), field=_) | Near(words=(), distance=_, field=_):
            return NothingPlan()
        case Phrase(spelled, field, exact):
            return _row_plan(index, spelled, field, exact=exact, distance=None)
        case Near(spelled, distance, field, exact):
            return _row_plan(index, spelled, field, exact=exact, distance=distance)
        case Keyword(facet, values):
            return KeywordPlan(facet, value_numbers(index, facet, values))
        case DateRange(field, start, end):
            return DatePlan(field, start, end)
        case And(clauses):
            return AndPlan([plan(clause, index) for clause in clauses])
        case Or(clauses):
            return OrPlan([plan(clause, index) for clause in clauses])
        case Not(clause):
            return NotPlan(plan(clause, index))
        case _:
            raise TypeError(f"{query!r} is not resolved")


def _fuzzy_plan(index: Index, word: str, distance: int, field: str | None) -> Plan:
    numbers, distances = fuzzy_words(index, word, distance)
    words = Spelled(numbers, fields_of(field))
    _, articles, worth = weighed(index, words)
    return FuzzyPlan(words, distances, distance, worth, articles) if articles else NothingPlan()


def _words_plan(meaning: Meaning | None) -> Plan:
    if meaning is None or not meaning.articles:
        return NothingPlan()
    return WordsPlan(meaning.words, meaning.worth, meaning.articles)


def _row_plan(
    index: Index, spelled: Sequence[str], field: str | None, *, exact: bool, distance: int | None
) -> Plan:
    """A phrase, or with a distance words near each other."""
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
    return PhrasePlan(words, order, distance, worth, cost)
