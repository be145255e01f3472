"""A cluster that asks who we are: let in with what it wants, refused without, and never told on."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import ClusterUnavailable, StorageError
from corpus.home import INDEX, Home
from indexer.analysis import analyzer
from indexer.generations.engine_choice import Cluster
from indexer.writers.opensearch import OpenSearchWriter, missing, remove_others
from indexer.writers.opensearch.client import Client
from search.engine import Engine, FacetCounting, MatchRequest
from search.engines.opensearch import OpenSearchEngine
from search.language.query import Term
from tests.cluster.nodes import NoNodes
from tests.cluster.secured import SecuredNode
from tests.conftest import ROOT
from tests.contract.made_up import made_up_documents
from tests.contract.memory_engine import MemoryEngine

pytestmark = pytest.mark.slow

PASSWORD, WRONG = "Fenugreek-Harbor-77-quilt", "Fenugreek-Harbor-78-quilt"
REQUEST = MatchRequest(query=Term("drone"), facets=(FacetCounting("outlet", 5),))


def _role(may: str) -> dict[str, Any]:
    """A role as docs/cluster.md has it."""
    text = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
    block = text.partition(f"PUT _plugins/_security/api/roles/{may}\n")[2].partition("```")[0]
    role: dict[str, Any] = json.loads(block)
    return role


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredNode]:
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl, which is not on this machine")
    try:
        node = SecuredNode(tmp_path_factory.mktemp("secured"))
        node.__enter__()
    except NoNodes as error:
        pytest.skip(str(error))
    node.admit("ann", PASSWORD, _role("dispatches-writes"))
    node.admit("ben", PASSWORD, _role("dispatches-reads"))
    yield node
    node.down()


@pytest.fixture(scope="module")
def writes(secured: SecuredNode) -> Cluster:
    return Cluster(
        tuple(secured.urls),
        collection="secured",
        user="ann",
        password=PASSWORD,
        authority=str(secured.authority),
    )


@pytest.fixture(scope="module")
def reads(writes: Cluster) -> Cluster:
    return replace(writes, user="ben")


@pytest.fixture(scope="module")
def index(writes: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    writer = OpenSearchWriter(folder, analyzer(), cluster=writes)
    for document in made_up_documents():
        writer.add(document)
    writer.commit()
    return folder


def test_who_may_only_read_gets_every_answer(reads: Cluster, index: Path) -> None:
    expected: Engine = MemoryEngine(made_up_documents(), analyzer(), generation="secured")
    with closing(OpenSearchEngine(index, "secured", reads)) as engine:
        found, right = engine.match(REQUEST), expected.match(REQUEST)
        assert (found.total, found.facets) == (right.total, right.facets)
        assert engine.fetch(range(9)) == made_up_documents()
    assert missing(reads, index) == ""


def test_who_may_only_read_writes_and_removes_nothing(
    reads: Cluster, writes: Cluster, index: Path, tmp_path: Path
) -> None:
    with pytest.raises(StorageError, match=r"does not allow .*permissions"):
        OpenSearchWriter(tmp_path, analyzer(), cluster=reads)
    with pytest.raises(StorageError, match=r"does not allow .*permissions"):
        remove_others(reads, ())
    assert missing(writes, index) == ""


def test_with_these_roles_no_other_index_can_be_asked(
    secured: SecuredNode, reads: Cluster, writes: Cluster
) -> None:
    secured.ask(secured.urls[0], "/private", "PUT", {})
    for who in (reads, writes):
        with closing(Client(who)) as client:
            for method, path in (("GET", "/private/_search"), ("DELETE", "/private")):
                with pytest.raises(StorageError, match=r"does not allow .*permissions"):
                    client.ask(method, path)


@pytest.mark.parametrize(
    ("changes", "kind", "said"),
    [
        ({"password": WRONG}, StorageError, "DISPATCHES_INDEX_USER"),
        ({"user": "", "password": ""}, StorageError, "DISPATCHES_INDEX_USER"),
        ({"user": "", "key": WRONG}, StorageError, "DISPATCHES_INDEX_USER"),
        ({"authority": ""}, ClusterUnavailable, "DISPATCHES_INDEX_CA"),
    ],
)
def test_who_says_something_wrong_is_refused_and_no_log_has_it(
    reads: Cluster,
    index: Path,
    secured: SecuredNode,
    caplog: pytest.LogCaptureFixture,
    changes: dict[str, str],
    kind: type[Exception],
    said: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(kind, match=said) as refused:
        OpenSearchEngine(index, "secured", replace(reads, **changes))  # type: ignore[arg-type]  # all are text
    with closing(OpenSearchEngine(index, "secured", reads)) as engine:
        engine.match(REQUEST)
    told = str(refused.value) + caplog.text + repr(reads) + (secured.homes[1] / "log").read_text()
    assert PASSWORD not in told
    assert WRONG not in told


def test_a_collection_is_made_and_asked_with_passwords_from_the_environment_alone(
    secured: SecuredNode, demo_home: Home, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(demo_home.path, home)
    known = {
        name: value for name, value in os.environ.items() if not name.startswith("DISPATCHES_")
    } | {f"{INDEX}_CA": str(secured.authority), f"{INDEX}_USER": "ann"}
    program = str(Path(sys.executable).with_name("dispatches"))

    def run(password: str, *words: str) -> tuple[int, str]:
        done = subprocess.run(
            [program, "--home", str(home), *words],
            env=known | {f"{INDEX}_PASSWORD": password},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    where = f"--index=opensearch:{secured.urls[0]}"
    answers = [
        run(WRONG, where, "rebuild"),
        run(PASSWORD, where, "rebuild"),
        run(PASSWORD, "search", "drone strike", "--json"),
        run(PASSWORD, "verify"),
        run(PASSWORD, "status"),
        run(WRONG, "search", "drone strike"),
    ]
    assert [code for code, _ in answers] == [4, 0, 0, 0, 0, 4], answers
    assert json.loads(answers[2][1])["total"] > 0
    kept = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    for secret in (PASSWORD, WRONG):
        assert not [said for _, said in answers if secret in said]
        assert not [data for data in kept if secret.encode() in data]
