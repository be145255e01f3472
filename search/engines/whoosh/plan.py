"""How is a query made ready for its segments? A plan: words looked up, weights known."""

from __future__ import annotations

from search.engines.whoosh.columns import value_numbers
from search.engines.whoosh.index import Index
from search.engines.whoosh.joins import AndPlan, NotPlan, OrPlan
from search.engines.whoosh.leaves import (
    DatePlan,
    EverythingPlan,
    FuzzyPlan,
    KeywordPlan,
    NothingPlan,
    WordsPlan,
)
from search.engines.whoosh.matched import Plan
from search.engines.whoosh.near import PhrasePlan
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
            return OrPlan([plan(clause, index) for clause in clauses])
        case Not(clause):
            return NotPlan(plan(clause, index))
        case _:
            raise TypeError(f"{query!r} is not resolved")


def _fuzzy_plan(index: Index, word: str, distance: int, field: str | None) -> Plan:
    numbers, distances = fuzzy_words(index, word, distance)
    words = WordSet(numbers, fields_of(field))
    articles = count_articles(index, words)
    if not articles:
        return NothingPlan()
    worth = worth_of(index, words, articles)
    return FuzzyPlan(words, distances, distance, worth, articles)
