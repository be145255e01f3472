"""What every engine promises, one promise a test. Random questions: `tests/properties`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import QueryTooComplex
from indexer.analysis import analyzer
from search.engine import (
    MAX_EXPANSIONS,
    Engine,
    FacetCounting,
    MatchRequest,
    PageStart,
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
from search.request import Interval, Sort
from tests.contract.engines import EngineOf, numbers
from tests.contract.made_up import document, made_up_documents

DOCUMENTS = made_up_documents()
STRIKE = analyzer().stem("strike")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Everything(), {0, 1, 2, 3, 4, 5, 6, 7, 8}),
        (Nothing(), set()),
        (Term("drone"), {2, 4}),
        (Term("drone", "title"), {2}),
        (Term("drones", exact=True), {4}),
        (Term("unheard"), set()),
        (Phrase(("port", "sel")), {2, 7, 8}),
        (Phrase(("sel", "port")), set()),
        (Phrase(("bridg", "at", "port"), "text"), {2}),
        (Phrase(("drone", "strikes"), exact=True), {2}),
        (Near(("border", "troop"), 3), {2, 3}),
        (Near(("border", "troop"), 2), {2}),
        (Near(("border", "troop"), 1), set()),
        (Near(("who", "is", "who"), 0), {8}),
        (Near(("who", "who", "who"), 9), set()),
        (Prefix("mobili"), {2, 3}),
        (Prefix("mobili", "title"), {3}),
        (Fuzzy("artilery", 1), {2, 5, 7}),
        (Fuzzy("drome", 1), {2}),
        (Fuzzy("dronez", 2), {2, 4}),
        (Keyword("person", frozenset({"per-oduya", "per-brandt-l"})), {0, 1, 4, 6}),
        (Keyword("outlet", frozenset({"Valley Courier"})), {1, 3}),
        (Keyword("language", frozenset({"ru"})), {6}),
        (DateRange("published", date(2022, 3, 15), date(2022, 3, 20)), {3}),
        (DateRange("published", None, date(2022, 2, 25)), {0, 1}),
        (DateRange("published", date(2023, 12, 31), None), {5, 8}),
        (DateRange("mentioned", date(2022, 2, 9), date(2022, 2, 9)), {0, 1}),
        (DateRange("collected", date(2024, 6, 1), date(2024, 6, 1)), set(range(9))),
        (And((Term("drone"), Term(STRIKE))), {2}),
        (Or((Term("drone"), Term("sanction"))), {2, 4, 5}),
        (Not(Term("drone")), {0, 1, 3, 5, 6, 7, 8}),
        (And((Term("drone"), Not(Term("artilleri")))), {4}),
        (Not(Nothing()), set(range(9))),
    ],
)
def test_what_matches(engine: Engine, query: Query, found: set[int]) -> None:
    assert set(numbers(engine, query)) == found


def test_a_title_counts_more_than_a_text_and_a_rare_word_more_than_a_common_one(
    engine_of: EngineOf, tmp_path: Path
) -> None:
    articles = [
        document("One", "word common other other"),
        document("word", "other common other other"),
        document("Two", "other common other rare"),
    ]
    engine = engine_of(articles, tmp_path / "index")
    assert numbers(engine, Term("word")) == [1, 0]
    assert numbers(engine, Or((Term("common"), Term("rare"))))[0] == 2


def test_a_word_that_comes_in_bursts_counts_more_than_one_that_is_strewn(
    engine_of: EngineOf, tmp_path: Path
) -> None:
    articles = [
        document("", "strewn other other other"),
        document("", "bursting other other other"),
        *(document("", "strewn other other other") for _ in range(4)),
        *(document("", "bursting " * 9) for _ in range(4)),
        *(document("", "other other other other") for _ in range(20)),
    ]
    engine = engine_of(articles, tmp_path / "index")
    ranked = numbers(engine, Or((Term("strewn"), Term(analyzer().stem("bursting")))))
    assert ranked.index(1) < ranked.index(0)


def test_a_neighbor_ranks_below_the_word_itself(engine_of: EngineOf, tmp_path: Path) -> None:
    articles = [
        document("Filatyev", "Filatyev Filatyev Filatyev"),
        document("Long", "other " * 50 + "Filatyef " + "other " * 50),
    ]
    engine = engine_of(articles, tmp_path / "index")
    assert numbers(engine, Fuzzy("filatyef", 1)) == [1, 0]


def test_a_disjunction_scores_the_sum_of_its_clauses(engine_of: EngineOf, tmp_path: Path) -> None:
    articles = [
        document("mobile", "mobile mobilised mobility mobilised drone"),
        document("drone", "mobility drone mobile other"),
        document("other", "other drone drone"),
    ]
    engine = engine_of(articles, tmp_path / "index")

    def scores(query: Query) -> dict[int, float]:
        hits = engine.match(MatchRequest(query=query)).hits
        return {hit.doc_number: hit.score for hit in hits}

    clauses = (Prefix("mobil"), Term("drone"), Term("other"))
    parts = [scores(clause) for clause in clauses]
    assert scores(Or(clauses)) == pytest.approx(
        {number: sum(part.get(number, 0.0) for part in parts) for number in range(3)}
    )


def test_what_only_filters_does_not_score(engine: Engine) -> None:
    query = And((Keyword("place", frozenset({"pla-sel"})), Not(Term("drone"))))
    hits = engine.match(MatchRequest(query=query)).hits
    assert [(hit.doc_number, hit.score) for hit in hits] == [(7, 0.0), (8, 0.0)]


def test_order_by_date_puts_the_undated_last(engine: Engine) -> None:
    newest = numbers(engine, Everything(), sort=Sort.NEWEST)
    oldest = numbers(engine, Everything(), sort=Sort.OLDEST)
    assert newest == [8, 5, 4, 2, 3, 6, 1, 0, 7]
    assert oldest == [0, 1, 6, 2, 3, 4, 5, 8, 7]


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("collapse", [False, True])
def test_pages_follow_one_another(engine: Engine, sort: Sort, collapse: bool) -> None:
    query = Or((Everything(), Term("drone"), Term("talk")))
    request = MatchRequest(query=query, sort=sort, collapse=collapse, limit=2)
    whole = numbers(engine, query, sort=sort, collapse=collapse)
    visited: list[int] = []
    while hits := engine.match(request).hits:
        visited += [hit.doc_number for hit in hits]
        request = replace(request, after=PageStart(hits[-1].key, hits[-1].doc_number))
    assert visited == whole
    assert len(whole) == (8 if collapse else 9)


def test_a_family_is_represented_by_its_best_article(engine: Engine) -> None:
    found = engine.match(MatchRequest(query=Term("talk"), collapse=True, sort=Sort.NEWEST))
    assert [(hit.doc_number, hit.family_size, hit.family_matches) for hit in found.hits] == [
        (1, 2, 2)
    ]
    assert (found.total, found.families) == (2, 1)


def test_documents_come_back_as_they_went_in(engine: Engine) -> None:
    assert engine.articles == len(DOCUMENTS)
    assert engine.generation == "contract"
    assert engine.fetch([4, 0, 4]) == [DOCUMENTS[4], DOCUMENTS[0], DOCUMENTS[4]]
    assert engine.doc_number(DOCUMENTS[3].article_id) == 3
    assert engine.doc_number("unknown") is None


def test_a_family_begins_with_its_earliest_report(engine: Engine) -> None:
    assert engine.family("f1") == [0, 1]
    assert engine.family("unknown") == []


def test_words_of_the_index(engine: Engine) -> None:
    drones = engine.words("dron", limit=10)
    assert [(one.word, one.articles) for one in drones] == [("drone", 1), ("drones", 1)]
    assert len(engine.words("", limit=3)) == 3
    near = engine.similar_words("artilery", distance=1, limit=5)
    assert [(one.word, one.articles) for one in near] == [("artillery", 3)]
    assert engine.similar_words("drone", distance=2, limit=5)[0].word == "drone"
    assert engine.expand(Prefix("mobili")) == {"mobilise", "mobilised", "mobilization"}
    assert engine.expand(Fuzzy("drone", 1)) == {"drone", "drones"}


def test_a_beginning_of_too_many_words_is_refused(engine_of: EngineOf, tmp_path: Path) -> None:
    words = " ".join(f"x{number}" for number in range(MAX_EXPANSIONS + 1))
    engine = engine_of([document("", words)], tmp_path / "index")
    assert numbers(engine, Prefix("x10")) == [0]
    with pytest.raises(QueryTooComplex):
        engine.match(MatchRequest(query=Prefix("x")))


def test_an_index_of_nothing_answers(engine_of: EngineOf, tmp_path: Path) -> None:
    engine = engine_of([], tmp_path / "index")
    found = engine.match(
        MatchRequest(
            query=Or((Everything(), Term("drone"))),
            facets=(FacetCounting("person", 5),),
            histogram=Interval.DAY,
        )
    )
    assert (found.total, found.hits, found.facets["person"].values) == (0, (), ())
    assert found.histogram is not None
    assert found.histogram.bars == ()
