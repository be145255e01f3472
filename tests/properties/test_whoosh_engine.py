"""The Whoosh engine against the brute-force one, on random documents and questions."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indexer.analysis import analyzer
from indexer.document import IndexDocument
from indexer.writers.whoosh import WhooshWriter, verify
from search.engine import Match, Matches, MatchRequest, PageStart, one_analysis
from search.engines.whoosh import WhooshEngine
from search.language.query import Fuzzy, Keyword, Near, Or, Phrase, Prefix, Query, Term
from tests.contract.made_up import document
from tests.contract.memory_engine import MemoryEngine
from tests.properties.lookups import assert_same_lookups
from tests.properties.random_questions import documents, requests

TOLERANCE = 1e-4
"""Relative: the engine's arrays are of 32-bit floats."""

_QUESTIONS = 5  # to each corpus, because building one costs more than asking
_MANY = 20


def build(folder: Path, articles: list[IndexDocument], *, segment_documents: int) -> WhooshEngine:
    writer = WhooshWriter(folder, analyzer(), segment_documents=segment_documents)
    for article in articles:
        writer.add(article)
    writer.commit()
    return WhooshEngine(folder, "random")


def assert_same(request: MatchRequest, found: Matches, expected: Matches, every: Matches) -> None:
    """Counts are equal; hits too, but those with equal scores may change places.

    Args:
        every: all hits of the specification, without limit.
    """
    assert replace(found, hits=()) == replace(expected, hits=())
    assert [hit.key for hit in found.hits] == pytest.approx(
        [hit.key for hit in expected.hits], rel=TOLERANCE
    )
    known = {hit.doc_number: hit for hit in every.hits}
    for hit in found.hits:
        same = known[hit.doc_number]
        assert hit.score == pytest.approx(same.score, rel=TOLERANCE), hit
        assert hit._replace(score=0.0, key=0.0) == same._replace(score=0.0, key=0.0)
    orders = [(_order(hit, request), hit.doc_number) for hit in found.hits]
    assert orders == sorted(orders)


def _order(hit: Match, request: MatchRequest) -> float:
    return hit.key if request.sort == "oldest" else -hit.key


def assert_same_in_one_analysis(engine: WhooshEngine, questions: list[MatchRequest]) -> None:
    """What an analysis asks has the same answers, whatever it asked before of the same articles."""
    asked = [
        replace(question, also=also)
        for question in questions
        for also in (None, question.also, Keyword("outlet", frozenset({"A"})), question.query)
    ]
    alone = [engine.match(question) for question in asked]
    with one_analysis():
        assert [engine.match(question) for question in asked] == alone
        assert [engine.match(question) for question in reversed(asked)] == alone[::-1]


def ask_both(articles: list[IndexDocument], questions: list[MatchRequest], size: int) -> None:
    memory = MemoryEngine(articles, analyzer())
    with tempfile.TemporaryDirectory() as folder:
        engine = build(Path(folder) / "index", articles, segment_documents=size)
        assert engine.fetch(range(len(articles))) == articles
        assert engine.article_ids(range(len(articles))) == [one.article_id for one in articles]
        for question in questions:
            found = engine.match(question)
            every = memory.match(replace(question, limit=len(articles) + 1))
            assert_same(question, found, memory.match(question), every)
            if found.hits:
                last = found.hits[-1]
                after = replace(question, after=PageStart(last.key, last.doc_number))
                rest = engine.match(replace(after, limit=len(articles) + 1))
                pages = [*found.hits, *rest.hits]
                assert len(pages) == len({hit.doc_number for hit in pages}) == len(every.hits)
        assert_same_lookups(engine, memory, articles)
        assert_same_in_one_analysis(engine, questions)


def ask_after_update(
    before: list[IndexDocument],
    after: list[IndexDocument],
    questions: list[MatchRequest],
    size: int,
) -> None:
    """Articles of `after` replace those of `before` with the same id; a third of the others go."""
    again = {article.article_id for article in after}
    gone = {article.article_id for article in before[::3]} | again
    kept = [article for article in before if article.article_id not in gone]
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "base"
        build(base, before, segment_documents=size)
        writer = WhooshWriter(
            Path(folder) / "index", analyzer(), segment_documents=size, base=base, without=gone
        )
        for article in after:
            writer.add(article)
        assert writer.commit().documents == len(kept) + len(after)
        verify(Path(folder) / "index")
        engine = WhooshEngine(Path(folder) / "index", "updated")
        assert engine.articles == len(kept) + len(after)
        numbers = {
            article.article_id: engine.doc_number(article.article_id)
            for article in (*before, *after)
        }
        assert {name for name, number in numbers.items() if number is None} == gone - again
        # Segments written anew come after those kept: the order is the engine's.
        articles = sorted((*kept, *after), key=lambda article: numbers[article.article_id] or 0)
        memory = MemoryEngine(articles, analyzer())
        number_in_memory = {numbers[article.article_id]: n for n, article in enumerate(articles)}
        for question in questions:
            found = engine.match(question)
            hits = tuple(
                hit._replace(doc_number=number_in_memory[hit.doc_number]) for hit in found.hits
            )
            every = memory.match(replace(question, limit=len(articles) + 1))
            assert_same(question, replace(found, hits=hits), memory.match(question), every)
        assert engine.words("", limit=50) == memory.words("", limit=50)
        for query in (Term("strike"), Prefix("dro"), Fuzzy("dron", 1)):
            assert engine.expand(query) == memory.expand(query)
        for family in ("article-0", "article-1", "lost"):
            members = [number_in_memory[number] for number in engine.family(family)]
            assert members == memory.family(family)


_SPELLINGS = ("report", "reports", "reported", "reporting", "reporter", "reporters", "reportable")


def spelled(random: Random, number: int) -> IndexDocument:
    """An article of spellings of one stem, some of them hundreds of times, and another word."""
    often = random.sample(_SPELLINGS, 2)
    words = random.choices((*_SPELLINGS, "port"), k=random.choice((1, 5, 30)))
    words += random.choices(often, k=random.choice((0, 0, 400, 900)))
    random.shuffle(words)
    title = " ".join(random.sample(_SPELLINGS, random.randrange(4)))
    name = f"article-{number}"
    return replace(document(title, " ".join(words)), article_id=name, family_id=name)


def test_spellings_of_a_stem_are_told_apart() -> None:
    assert {analyzer().stem(word) for word in _SPELLINGS} == {"report"}
    random = Random(7)
    articles = [spelled(random, number) for number in range(40)]
    asked: list[Query] = [Term("report"), Prefix("reporte"), Prefix("report"), Fuzzy("reporte", 2)]
    asked += [Term(word, exact=True) for word in _SPELLINGS]
    asked += [Term("reports", "title", exact=True), Prefix("repo", "title"), Fuzzy("report", 1)]
    for pair in permutations(_SPELLINGS[:4], 2):
        asked += [Phrase(pair, exact=True), Near((*pair, pair[0]), 2, exact=True)]
    asked.append(Or((Term("port"), Term("reports", exact=True), Prefix("reporte"))))
    for size in (7, 100):
        ask_both(articles, [MatchRequest(query=query, limit=100) for query in asked], size)


_QUIET = settings(
    max_examples=15,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking builds indexes for minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@given(
    documents(), st.lists(requests(), min_size=_QUESTIONS, max_size=_QUESTIONS), st.integers(1, 12)
)
@_QUIET
def test_engine_answers_as_the_specification_does(
    articles: list[IndexDocument], questions: list[MatchRequest], size: int
) -> None:
    ask_both(articles, questions, size)


_of_updates = given(
    documents(),
    documents(),
    st.lists(requests(), min_size=_QUESTIONS, max_size=_QUESTIONS),
    st.integers(1, 12),
)


@_of_updates
@settings(_QUIET, max_examples=8)
def test_an_updated_index_answers_as_the_specification_does(
    before: list[IndexDocument],
    after: list[IndexDocument],
    questions: list[MatchRequest],
    size: int,
) -> None:
    ask_after_update(before, after, questions, size)


@pytest.mark.slow
@_of_updates
@settings(_QUIET, max_examples=100)
def test_many_updated_indexes_answer_as_the_specification_does(
    before: list[IndexDocument],
    after: list[IndexDocument],
    questions: list[MatchRequest],
    size: int,
) -> None:
    ask_after_update(before, after, questions, size)


@pytest.mark.slow
@given(documents(), st.lists(requests(), min_size=_MANY, max_size=_MANY), st.integers(1, 12))
@settings(_QUIET, max_examples=500)
def test_engine_answers_ten_thousand_questions_as_the_specification_does(
    articles: list[IndexDocument], questions: list[MatchRequest], size: int
) -> None:
    ask_both(articles, questions, size)
