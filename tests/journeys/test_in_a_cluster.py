"""A collection whose index is in a cluster: made, asked, rebuilt, damaged and taken back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import ClusterUnavailable, IndexCorrupt
from corpus.home import INDEX, Home
from indexer.analysis import analyzer
from indexer.generations.engine_choice import Cluster, chosen
from indexer.generations.publishing import OPENSEARCH, Generation, Generations
from indexer.generations.status import status_of
from indexer.pipeline import rebuild
from indexer.writers.opensearch import OpenSearchWriter, place_of
from indexer.writers.opensearch.client import Client
from search.engines import open_engine
from search.request import FacetRequest, Filter, Interval, Mode, SearchRequest, Sort
from search.result import SearchResult
from search.service import search
from search.serving.serving import opened
from tests.cluster.nodes import Nodes
from tests.contract.made_up import document

pytestmark = pytest.mark.slow

_FACETS = tuple(FacetRequest(name, 10) for name in ("person", "place", "outlet", "language"))
QUESTIONS = [
    SearchRequest(text=text, sort=sort, collapse=collapse, facets=_FACETS, histogram=interval)
    for text in ("drone strike", '"air force"', "shell* OR bomb~1", "aid -food", "title:war", "")
    for sort, collapse, interval in (
        (None, False, Interval.MONTH),
        (Sort.OLDEST, True, Interval.YEAR),
    )
] + [SearchRequest(text="attack", filters=(Filter("language", Mode.ANY, ("en",)),), facets=_FACETS)]


@pytest.fixture(scope="module")
def home(demo_home: Home, node: Nodes, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The bundled articles, their index in a cluster."""
    folder = tmp_path_factory.mktemp("in a cluster") / "home"
    shutil.copytree(demo_home.path, folder)
    rebuild(Home(folder, given={INDEX: "opensearch:" + ",".join(node.urls)}))
    return Home(folder)


@pytest.fixture
def client(home: Home) -> Iterator[Client]:
    with closing(Client(_cluster(home))) as client:
        yield client


def _cluster(home: Home) -> Cluster:
    cluster = chosen(home)
    assert cluster is not None
    return cluster


def _answers(home: Home) -> list[SearchResult]:
    with opened(home) as index:
        return [search(request, index) for request in QUESTIONS]


def _current(home: Home) -> Generation:
    return Generations(home.index).current()


def _indexes(client: Client) -> set[str]:
    return set(client.ask("GET", f"/dispatches-{client.cluster.collection}-*"))


def test_the_answers_are_those_of_whoosh(home: Home, demo_home: Home) -> None:
    for request, found, expected in zip(
        QUESTIONS, _answers(home), _answers(demo_home), strict=True
    ):
        assert expected.total
        assert [hit.document.article_id for hit in found.hits] == [
            hit.document.article_id for hit in expected.hits
        ], request
        assert [hit.snippets for hit in found.hits] == [hit.snippets for hit in expected.hits]
        assert (found.total, found.families) == (expected.total, expected.families)
        assert found.facets == expected.facets, request
        assert found.histogram == expected.histogram


def test_nothing_new_leaves_the_generation_in_use_and_status_says_where_it_is(home: Home) -> None:
    again = rebuild(home)
    assert not again.is_new
    status = status_of(home)
    assert status.engine.startswith("opensearch at http://127.0.0.1:")
    assert (status.missing, status.up_to_date) == ("", True)


def test_old_generations_take_their_index_along_and_dead_drafts_are_removed(
    home: Home, client: Client
) -> None:
    draft = OpenSearchWriter(home.path / "draft", analyzer(), cluster=client.cluster)
    draft.add(document("Never", "published"))
    assert len(_indexes(client)) == 2
    rebuild(home, anew=True, keep=1)
    current = place_of(_current(home).path / OPENSEARCH)["index"]
    assert _indexes(client) == {current}
    shutil.rmtree(home.path / "draft")


def test_a_rebuild_that_fails_leaves_what_serves_and_no_index(
    home: Home, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, indexes = _current(home).name, _indexes(client)

    def stops(self: OpenSearchWriter) -> None:
        self.send()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(OpenSearchWriter, "commit", stops)
        with pytest.raises(KeyboardInterrupt):
            rebuild(home, anew=True)
    assert _current(home).name == before
    assert _indexes(client) == indexes


def test_an_index_of_another_is_neither_read_nor_removed(home: Home, client: Client) -> None:
    generation, place = _current(home), place_of(_current(home).path / OPENSEARCH)
    foreign = f"dispatches-{client.cluster.collection}-foreign"
    client.ask("PUT", f"/{foreign}", {"mappings": {"_meta": {"collection": "another's"}}})
    rebuild(home)
    assert foreign in _indexes(client)
    client.ask("DELETE", f"/{place['index']}")
    client.ask("PUT", f"/{place['index']}", {"mappings": {"_meta": {"collection": "another's"}}})
    with pytest.raises(IndexCorrupt, match="something else"):
        open_engine(generation, client.cluster)
    assert "something else" in status_of(home).missing
    client.ask("DELETE", f"/{place['index']}")
    client.ask("DELETE", f"/{foreign}")
    assert rebuild(home).is_new, "what the cluster lost is made anew"
    assert _answers(home)


def test_a_cluster_that_does_not_answer_is_an_error(home: Home) -> None:
    nobody = replace(_cluster(home), urls=("http://127.0.0.1:1",))
    with pytest.raises(ClusterUnavailable):
        open_engine(_current(home), nobody)
    with pytest.raises(IndexCorrupt, match="--index"):
        open_engine(_current(home))
    assert (
        "no node"
        in status_of(Home(home.path, given={INDEX: "opensearch:http://127.0.0.1:1"})).missing
    )


def test_back_to_whoosh(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "home"
    shutil.copytree(home.path, folder)
    assert rebuild(Home(folder, given={INDEX: "whoosh"})).is_new
    assert status_of(Home(folder)).engine == "whoosh"
    assert [found.total for found in _answers(Home(folder))] == [
        found.total for found in _answers(home)
    ]


def test_a_slip_in_an_address_costs_that_rebuild_alone(home: Home) -> None:
    """It was remembered, and what served could not be asked any more."""
    before, served = _cluster(home), _answers(home)
    for slip in ("https" + _cluster(home).urls[0].removeprefix("http"), "http://127.0.0.1:1"):
        with pytest.raises(ClusterUnavailable):
            rebuild(Home(home.path, given={INDEX: f"opensearch:{slip}"}))
        assert _cluster(home) == before
        for again, found in zip(_answers(home), served, strict=True):
            assert [hit.document for hit in again.hits] == [hit.document for hit in found.hits]
            assert (again.total, again.facets) == (found.total, found.facets)
