"""Nodes of a cluster are killed while it is asked and filled: no wrong answer, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from corpus.errors import ClusterUnavailable
from indexer.analysis import analyzer
from indexer.document import IndexDocument
from indexer.generations.engine_choice import Cluster
from indexer.writers.opensearch import OpenSearchWriter
from indexer.writers.opensearch.client import Client
from search.engine import FacetCounting, Matches, MatchRequest
from search.engines.opensearch import OpenSearchEngine
from search.language.query import And, Not, Or, Phrase, Prefix, Query, Term
from tests.cluster.nodes import Nodes, NoNodes
from tests.contract.made_up import document
from tests.contract.memory_engine import MemoryEngine

pytestmark = pytest.mark.slow

_WORDS = ("river", "bridge", "convoy", "border", "talks", "harbor", "truce", "shelter")
_QUERIES: tuple[Query, ...] = (
    Term("river"),
    And((Term("bridg"), Not(Term("convoy")))),
    Or((Term("border"), Term("truce"))),
    Phrase(("talk", "harbor")),
    Prefix("s"),
)


def _documents() -> list[IndexDocument]:
    random = Random(5)
    return [
        document(
            f"Report {number}", " ".join(random.choices(_WORDS, k=30)), outlet=f"O{number % 5}"
        )
        for number in range(400)
    ]


DOCUMENTS = _documents()
REQUESTS = [
    MatchRequest(query=query, facets=(FacetCounting("outlet", 5),), limit=5) for query in _QUERIES
]


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    three = Nodes(tmp_path_factory.mktemp("nodes"), nodes=3)
    try:
        three.__enter__()
    except NoNodes as error:
        pytest.skip(str(error))
    yield three
    three.down()


@pytest.fixture(autouse=True)
def whole(nodes: Nodes) -> None:
    """Every test begins with three nodes."""
    nodes.__enter__()


@pytest.fixture(scope="module")
def expected() -> list[Matches]:
    memory = MemoryEngine(DOCUMENTS, analyzer())
    return [memory.match(request) for request in REQUESTS]


def _written(nodes: Nodes, folder: Path, *, killing: int = 0) -> OpenSearchEngine:
    """All articles in an index; a node dies when half of them are sent."""
    cluster = Cluster(tuple(nodes.urls), collection="faults")
    writer = OpenSearchWriter(folder, analyzer(), cluster=cluster)
    for number, one in enumerate(DOCUMENTS):
        writer.add(one)
        if number % 40 == 39:
            writer.send()
        if killing and number == len(DOCUMENTS) // 2:
            nodes.kill(killing)
    assert writer.commit().documents == len(DOCUMENTS)
    return OpenSearchEngine(folder, "faults", cluster)


def _settled(nodes: Nodes) -> None:
    """Waits until every shard has all its copies again."""
    with closing(Client(Cluster(tuple(nodes.urls)), patience=60)) as client:
        answer = client.ask("GET", "/_cluster/health?wait_for_status=green&timeout=60s", seconds=70)
        assert answer["status"] == "green"


def _manager(nodes: Nodes) -> int:
    with closing(Client(Cluster(tuple(nodes.urls)), patience=60)) as client:
        state = client.ask("GET", "/_cluster/state/cluster_manager_node,nodes")
    return int(state["nodes"][state["cluster_manager_node"]]["name"].removeprefix("n"))


def _is_right(found: Matches, expected: Matches) -> bool:
    """As the specification says, whole."""
    scores = [hit.score for hit in expected.hits]
    return replace(found, hits=()) == replace(expected, hits=()) and [
        hit.score for hit in found.hits
    ] == pytest.approx(scores, rel=1e-4)


@pytest.mark.parametrize("is_manager", [True, False])
def test_a_node_that_dies_while_it_is_asked_makes_no_answer_wrong(
    nodes: Nodes, expected: list[Matches], tmp_path: Path, is_manager: bool
) -> None:
    with closing(_written(nodes, tmp_path / "index")) as engine:
        _settled(nodes)
        manager = _manager(nodes)
        complete = 0
        for number in range(60):
            if number == 10:
                nodes.kill(manager if is_manager else manager % 3 + 1)
            at = number % len(REQUESTS)
            with suppress(ClusterUnavailable):
                found = engine.match(replace(REQUESTS[at], time_budget=20.0))
                assert not found.complete or _is_right(found, expected[at])
                assert found.total <= expected[at].total
                complete += found.complete
        assert complete > 30, "the two others have all articles"
        assert _is_right(engine.match(REQUESTS[0]), expected[0])
        assert engine.fetch(range(len(DOCUMENTS))) == DOCUMENTS


@pytest.mark.parametrize("is_manager", [True, False])
def test_a_node_that_dies_while_articles_are_written_costs_none(
    nodes: Nodes, expected: list[Matches], tmp_path: Path, is_manager: bool
) -> None:
    manager = _manager(nodes)
    killed = manager if is_manager else manager % 3 + 1
    with closing(_written(nodes, tmp_path / "index", killing=killed)) as engine:
        for request, right in zip(REQUESTS, expected, strict=True):
            assert _is_right(engine.match(replace(request, time_budget=20.0)), right)
        assert engine.fetch(range(len(DOCUMENTS))) == DOCUMENTS


def test_with_two_of_three_gone_no_answer_is_wrong_and_all_is_well_when_they_are_back(
    nodes: Nodes, expected: list[Matches], tmp_path: Path
) -> None:
    with closing(_written(nodes, tmp_path / "index")) as engine:
        _settled(nodes)
        for number in (2, 3):
            nodes.kill(number)
        for request, right in zip(REQUESTS, expected, strict=True):
            with suppress(ClusterUnavailable):
                found = engine.match(replace(request, time_budget=2.0))
                assert not found.complete or _is_right(found, right)
        with pytest.raises(ClusterUnavailable):
            engine.fetch(range(len(DOCUMENTS)))
        nodes.kill(1)
        with pytest.raises(ClusterUnavailable, match="no node"):
            engine.match(REQUESTS[0])
        nodes.__enter__()
        _settled(nodes)
        for request, right in zip(REQUESTS, expected, strict=True):
            assert _is_right(engine.match(replace(request, time_budget=20.0)), right)
