"""The engine of a cluster against the brute-force one, on random documents and questions."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indexer.analysis import analyzer
from indexer.document import IndexDocument
from search.engine import Match, Matches, MatchRequest, PageStart
from search.language import query as language
from search.language.query import Near, Query
from tests.cluster.nodes import Nodes
from tests.contract.engines import opensearch
from tests.contract.memory_engine import MemoryEngine
from tests.properties.lookups import assert_same_lookups
from tests.properties.random_questions import documents, requests

TOLERANCE = 1e-4
_MANY = 20


def has_near(query: Query) -> bool:
    """Its score is another one: see docs/cluster.md."""
    match query:
        case Near():
            return True
        case language.And(clauses) | language.Or(clauses):
            return any(map(has_near, clauses))
        case _:
            return False


def assert_same(request: MatchRequest, found: Matches, every: Matches) -> None:
    """All is as the specification says, whole; but for scores where words are near each other."""
    assert replace(found, hits=()) == replace(every, hits=()), request
    known = {hit.doc_number: hit for hit in every.hits}
    if not has_near(request.query) or request.sort != "relevance":
        assert [hit.key for hit in found.hits] == pytest.approx(
            [hit.key for hit in every.hits], rel=TOLERANCE
        )
        for hit in found.hits:
            if not has_near(request.query):
                assert hit.score == pytest.approx(known[hit.doc_number].score, rel=TOLERANCE)
            assert _apart_from_score(hit) == _apart_from_score(known[hit.doc_number])
    elif not request.collapse:
        assert set(map(_apart_from_score, found.hits)) == set(map(_apart_from_score, every.hits))
    order = [(hit.key if request.sort == "oldest" else -hit.key, hit[0]) for hit in found.hits]
    assert order == sorted(order)


def _apart_from_score(hit: Match) -> Match:
    return hit._replace(score=0.0, key=0.0)


def ask_both(
    articles: list[IndexDocument],
    questions: Sequence[MatchRequest],
    urls: Sequence[str],
    shards: int,
) -> None:
    memory = MemoryEngine(articles, analyzer())
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(opensearch(urls, shards=shards)(articles, Path(folder) / "index")) as engine,
    ):
        assert engine.fetch(range(len(articles))) == articles
        assert engine.article_ids(range(len(articles))) == [one.article_id for one in articles]
        for question in questions:
            whole = replace(question, limit=len(articles) + 1)
            every = engine.match(whole)
            assert_same(whole, every, memory.match(whole))
            pages: list[Match] = []
            page = engine.match(question).hits
            while page:
                pages += page
                last = PageStart(page[-1].key, page[-1].doc_number)
                page = engine.match(replace(question, after=last)).hits
            assert tuple(pages) == every.hits
        assert_same_lookups(engine, memory, articles)


@pytest.mark.slow
@given(
    documents(),
    st.lists(requests(), min_size=_MANY, max_size=_MANY),
    st.sampled_from([1, 3]),
)
@settings(
    max_examples=20,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
def test_a_cluster_answers_as_the_specification_does(
    node: Nodes, articles: list[IndexDocument], questions: list[MatchRequest], shards: int
) -> None:
    ask_both(articles, questions, node.urls, shards)
