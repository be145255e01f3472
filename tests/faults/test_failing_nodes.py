"""Nodes of a cluster die, hang and fill up while it is asked and filled: no wrong answer, nothing
lost, and whoever asks is told what is missing.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from threading import Event, Thread

import pytest

from corpus.errors import ClusterUnavailable, StorageError
from corpus.home import INDEX, Home
from indexer.analysis import analyzer
from indexer.document import IndexDocument
from indexer.generations.engine_choice import Cluster
from indexer.pipeline import rebuild
from indexer.writers.opensearch import OpenSearchWriter
from indexer.writers.opensearch.client import Client
from search.engine import FacetCounting, Matches, MatchRequest
from search.engines.opensearch import OpenSearchEngine
from search.language.query import And, Not, Or, Phrase, Prefix, Query, Term
from tests.cluster.nodes import Nodes, NoNodes
from tests.contract.made_up import document
from tests.contract.memory_engine import MemoryEngine
from webui.app import create_app
from webui.collection import open_collection

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
    for number in nodes.numbers:
        nodes.kill(number, signal.SIGCONT)
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


def _asked(
    engine: OpenSearchEngine, number: int, expected: list[Matches], *, budget: float
) -> Matches:
    """The answer to one of the questions: right where it is whole, and never more than there is."""
    at = number % len(REQUESTS)
    found = engine.match(replace(REQUESTS[at], time_budget=budget))
    assert not found.complete or _is_right(found, expected[at])
    assert found.total <= expected[at].total
    return found


@contextmanager
def _halting(nodes: Nodes, number: int, *, halts: float, runs: float) -> Iterator[None]:
    """Has a node stand still most of the time."""
    done = Event()

    def halt() -> None:
        while not done.is_set():
            nodes.kill(number, signal.SIGSTOP)
            done.wait(halts)
            nodes.kill(number, signal.SIGCONT)
            done.wait(runs)

    thread = Thread(target=halt)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


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
            with suppress(ClusterUnavailable):
                complete += _asked(engine, number, expected, budget=20.0).complete
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


def test_all_nodes_may_die_at_once(nodes: Nodes, expected: list[Matches], tmp_path: Path) -> None:
    with closing(_written(nodes, tmp_path / "index")) as engine:
        for number in nodes.numbers:
            nodes.kill(number)
        with pytest.raises(ClusterUnavailable, match="no node"):
            engine.match(REQUESTS[0])
        nodes.__enter__()
        _settled(nodes)
        for request, right in zip(REQUESTS, expected, strict=True):
            assert _is_right(engine.match(replace(request, time_budget=20.0)), right)
        assert engine.fetch(range(len(DOCUMENTS))) == DOCUMENTS


@pytest.mark.parametrize("is_manager", [True, False])
def test_a_node_that_hangs_makes_no_answer_wrong_and_others_answer_for_it(
    nodes: Nodes, expected: list[Matches], tmp_path: Path, is_manager: bool
) -> None:
    with closing(_written(nodes, tmp_path / "index")) as engine:
        _settled(nodes)
        manager, complete = _manager(nodes), 0
        nodes.kill(manager if is_manager else manager % 3 + 1, signal.SIGSTOP)
        for number in range(30):
            with suppress(ClusterUnavailable):
                complete += _asked(engine, number, expected, budget=2.0).complete
        assert complete > 20, "the two others have all articles"
        assert engine.fetch(range(len(DOCUMENTS))) == DOCUMENTS


def test_where_all_nodes_hang_it_is_said_and_not_waited_for_each(
    nodes: Nodes, expected: list[Matches], tmp_path: Path
) -> None:
    with closing(_written(nodes, tmp_path / "index")) as engine:
        for number in nodes.numbers:
            nodes.kill(number, signal.SIGSTOP)
        with pytest.raises(ClusterUnavailable, match="no answer within 3 s"):
            engine.match(replace(REQUESTS[0], time_budget=1.0))
        for number in nodes.numbers:
            nodes.kill(number, signal.SIGCONT)
        _settled(nodes)
        assert _is_right(engine.match(replace(REQUESTS[0], time_budget=20.0)), expected[0])


def test_a_node_that_is_slow_makes_no_answer_wrong(
    nodes: Nodes, expected: list[Matches], tmp_path: Path
) -> None:
    with closing(_written(nodes, tmp_path / "index")) as engine:
        _settled(nodes)
        answered = 0
        with _halting(nodes, _manager(nodes) % 3 + 1, halts=0.25, runs=0.005):
            for number in range(30):
                with suppress(ClusterUnavailable):
                    _asked(engine, number, expected, budget=0.05)
                    answered += 1
        assert answered
        _settled(nodes)
        for request, right in zip(REQUESTS, expected, strict=True):
            assert _is_right(engine.match(replace(request, time_budget=20.0)), right)


def test_an_answer_without_a_part_that_took_too_long_says_so(
    nodes: Nodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a real node stops is chance, so that here its word for it is put into its answers."""
    ask = Client.ask
    with closing(_written(nodes, tmp_path / "index")) as engine:
        assert engine.match(REQUESTS[0]).complete
        monkeypatch.setattr(
            Client, "ask", lambda *words, **more: {**ask(*words, **more), "timed_out": True}
        )
        assert not engine.match(REQUESTS[0]).complete
        with pytest.raises(ClusterUnavailable, match="parts of the index"):
            engine.fetch([0])


def test_pages_and_scripts_are_told_when_nodes_are_gone_and_answered_when_they_are_back(
    nodes: Nodes, demo_home: Home, tmp_path: Path
) -> None:
    folder = tmp_path / "home"
    shutil.copytree(demo_home.path, folder)
    rebuild(Home(folder, given={INDEX: "opensearch:" + ",".join(nodes.urls)}))
    _settled(nodes)
    with closing(open_collection(Home(folder))) as collection:
        client = create_app(collection).test_client()
        script, page = "/api/v1/search?q=grain", "/search?q=grain"
        before = client.get(script).json
        assert before is not None
        article = f"/api/v1/articles/{before['items'][0]['id']}"
        assert (before["complete"], client.get(page).status_code) == (True, 200)
        for number in (1, 2, 3):
            nodes.kill(number)
            for address in (script, page, article):
                answer = client.get(address)
                if answer.status_code == 503:
                    assert "cluster" in answer.text
                    continue
                assert answer.status_code == 200
                if address == script:
                    now = answer.json
                    assert now is not None
                    assert now["total"] <= before["total"]
                    assert now["complete"] is (now["total"] == before["total"])
        refused = [client.get(address) for address in (script, page, article)]
        assert [answer.status_code for answer in refused] == [503, 503, 503]
        problem = refused[0].json
        assert problem is not None
        assert problem["code"] == "cluster_unavailable"
        assert "no node of the cluster can answer" in problem["detail"]
        assert "no node of the cluster can answer" in refused[1].text.lower()
        nodes.__enter__()
        _settled(nodes)
        after = client.get(script).json
        assert after is not None
        assert (after["items"], after["complete"]) == (before["items"], True)
        assert client.get(article).status_code == 200


@pytest.fixture(params=[True, False], ids=["watermarks", "no watermarks"])
def small(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Nodes]:
    """A node with a disk of 48 MB, of which `filler` takes what is left but 4 MB; one that looks
    at how full it is, or one that fills it.
    """
    home = tmp_path / "n1"
    home.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=48m", "dispatches-tests", str(home)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("needs to mount a small disk, which only root may")
    looking = {
        "cluster.routing.allocation.disk.threshold_enabled": "true",
        "cluster.routing.allocation.disk.reroute_interval": "10s",
        "cluster.info.update.interval": "10s",
    }
    try:
        with Nodes(tmp_path, more=looking if request.param else {}) as nodes:
            yield nodes
    finally:
        subprocess.run(["umount", "-l", str(home)], check=True)


def _sent_again_and_again(writer: OpenSearchWriter) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        for one in DOCUMENTS:
            writer.add(one)
        writer.send()
        time.sleep(0.5)


def _can_be_written(nodes: Nodes, folder: Path) -> bool:
    try:
        _written(nodes, folder).close()
    except StorageError:
        return False
    return True


def test_a_full_disk_ends_the_writing_clearly_and_what_was_there_answers(
    small: Nodes, expected: list[Matches], tmp_path: Path
) -> None:
    home, cluster = small.homes[1], Cluster(tuple(small.urls), collection="faults")
    with closing(_written(small, tmp_path / "index")) as engine:
        writer = OpenSearchWriter(tmp_path / "more", analyzer(), cluster=cluster)
        free = os.statvfs(home).f_bavail * os.statvfs(home).f_frsize
        (home / "filler").write_bytes(b"x" * (free - 2_000_000))
        with pytest.raises(StorageError, match=r"hardly any room left.*Make room there"):
            _sent_again_and_again(writer)
        writer.cancel()
        for request, right in zip(REQUESTS, expected, strict=True):
            assert _is_right(engine.match(replace(request, time_budget=20.0)), right)
        (home / "filler").unlink()
        until = time.monotonic() + 180  # the cluster looks now and then whether there is room
        while not _can_be_written(small, tmp_path / "again"):
            assert time.monotonic() < until
            time.sleep(5)
