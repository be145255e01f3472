"""Pages, answers and exports over a cluster are those over Whoosh, word for word: the golden ones,
and every kind of page over the bundled articles; with one shard and with three.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial

import pytest

from corpus.home import INDEX, Home
from indexer.generations.publishing import Generations
from indexer.pipeline import rebuild
from indexer.writers import opensearch as opensearch_writers
from indexer.writers.opensearch import OpenSearchWriter
from search.service import OpenIndex
from tests.cluster.nodes import Nodes
from tests.conftest import ROOT, BuiltOnce, Golden, bundled
from tests.contract.engines import opensearch
from tests.contract.made_up import made_up_documents, made_up_index
from tests.search.test_commands import (
    served,
    test_an_export_is_whole_and_says_so,
    test_the_json_of_a_search_is_pinned,
    test_the_json_of_an_article_is_pinned,
)
from tests.webui.test_golden import answer, test_a_search_over_the_bundled_articles
from webui.app import create_app
from webui.collection import open_collection

__all__ = [
    "answer",
    "test_a_search_over_the_bundled_articles",
    "test_an_export_is_whole_and_says_so",
    "test_the_json_of_a_search_is_pinned",
    "test_the_json_of_an_article_is_pinned",
]
"""Those of other modules run here over a cluster: this one has their fixtures instead."""

pytestmark = pytest.mark.slow

_DIGITS = 4
_SCORE = re.compile(r'("score": ?|"weight": ?)(-?[\d.]+(?:e-?\d+)?)')
_VARIES = re.compile(
    r'cursor=[\w%=-]+|"next_cursor":"[^"]*"|"took_ms":[\d.]+|"built_at":"[^"]*"|'
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z|\+00:00)?"
)
ADDRESSES = (
    "/search",
    "/search?q=grain",
    "/search?q=drone strike&sort=oldest&collapse=family",
    "/search?q=attack&language=en&limit=5",
    '/search?q="air force" OR shell* OR bomb~1',
    "/search?q=nothing-has-this-word",
    "/facets/person?q=war",
    "/timeline?q=truce",
    "/quotes?q=talks",
    "/concordance?q=grain",
    "/together?q=grain",
    "/map?q=war",
    "/coverage",
    "/feed.atom?q=grain",
    "/api/v1/search?q=aid -food&facet=person,place,outlet,date:month",
    "/api/v1/search?q=grain ceasefire&sort=newest",
    "/api/v1/facets/org?q=war",
    "/api/v1/suggest?q=gra",
    "/api/v1/timeline?q=truce",
    "/api/v1/together?q=war&kind=person",
    "/api/v1/coverage",
    "/api/v1/export.csv?q=grain",
    "/api/v1/export.jsonl?q=war",
)


@pytest.fixture(scope="module", params=[1, 3], ids=["one shard", "three shards"])
def shards(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def home_of_whoosh(built_once: BuiltOnce) -> Home:
    """The bundled articles as all other tests have them."""
    return bundled(built_once)


@pytest.fixture(scope="module")
def demo_home(
    home_of_whoosh: Home, shards: int, node: Nodes, tmp_path_factory: pytest.TempPathFactory
) -> Home:
    """The same with their index in a cluster."""
    folder = tmp_path_factory.mktemp("in a cluster") / "home"
    shutil.copytree(home_of_whoosh.path, folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            opensearch_writers, "OpenSearchWriter", partial(OpenSearchWriter, shards=shards)
        )
        rebuild(Home(folder, given={INDEX: "opensearch:" + ",".join(node.urls)}))
    return Home(folder)


@pytest.fixture(scope="module")
def made_up(
    shards: int, node: Nodes, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenIndex]:
    folder, index = tmp_path_factory.mktemp("made up") / "index", made_up_index()
    with closing(opensearch(node.urls, shards=shards)(made_up_documents(), folder)) as engine:
        yield replace(index, engine=engine)


@pytest.fixture(autouse=True)
def _made_up(monkeypatch: pytest.MonkeyPatch, made_up: OpenIndex) -> None:
    served(monkeypatch, made_up)


@pytest.fixture
def golden(golden: Golden) -> Golden:
    """As elsewhere; a score may differ in its last digits, which a cluster rounds otherwise."""

    def compare(name: str, actual: str) -> None:
        kept = (ROOT / "tests" / "golden" / name).read_text(encoding="utf-8")
        assert _steady(actual, "") == _steady(kept, "")

    del golden
    return compare


def _steady(text: str, generation: str) -> str:
    """Without what hangs on the time and the name of a generation, and with rounded scores."""
    text = _VARIES.sub("", text.replace(generation, "GENERATION") if generation else text)
    return _SCORE.sub(lambda found: f"{found[1]}{float(found[2]):.{_DIGITS}g}", text)


def _answers(home: Home) -> dict[str, tuple[int, str]]:
    name = Generations(home.index).current().name
    with closing(open_collection(home)) as collection:
        client = create_app(collection).test_client()
        answers = {address: client.get(address) for address in ADDRESSES}
        return {
            address: (answer.status_code, _steady(answer.text, name))
            for address, answer in answers.items()
        }


def test_every_kind_of_page_is_the_same(demo_home: Home, home_of_whoosh: Home) -> None:
    found, expected = _answers(demo_home), _answers(home_of_whoosh)
    assert {address: status for address, (status, _) in expected.items()} == dict.fromkeys(
        ADDRESSES, 200
    )
    for address in ADDRESSES:
        assert found[address][1].splitlines() == expected[address][1].splitlines(), address
