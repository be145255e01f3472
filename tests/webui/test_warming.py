"""Nobody waits for a compiler: what questions need was compiled before the server answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.home import Home
from indexer.analysis import analyzer
from indexer.compiled import versions_compiled
from indexer.writers.whoosh import WhooshWriter
from search import service
from search.engine import MAX_EXPANSIONS
from search.engines.whoosh import WhooshEngine
from search.request import DateFilter, FacetRequest, Filter, Interval, Mode, SearchRequest, Sort
from search.serving.open_index import OpenIndex
from tests.conftest import ROOT
from tests.contract.made_up import document, made_up_documents, made_up_index
from webui.server.warming import warm

_COLD = "from indexer.compiled import cold; from webui.server import warming; print(cold())"
TEXTS = (
    "",
    "drone",
    "drone OR strike*",
    '"the strike" OR ceasefire',
    '"port strike"~4 -place:kyiv',
    'exact:"port strike"',
    "person:oduya (dron~1 OR a*) exact:strikes",
    "title:ceasefire mentioned:2022",
    "outlet:courier date:2022-03..",
)
_MENTIONED = DateFilter(field="mentioned")
_ODUYA = (Filter("person", Mode.ANY, ("per-oduya",)),)


def ask_everything(folder: Path) -> None:
    """Warms an index in a fresh process, then asks; fails if that compiles anything more."""
    made_up = made_up_index()
    engine = WhooshEngine(folder, "warm")
    index = OpenIndex(engine, made_up.directory, made_up.analyzer, made_up.generation)
    warm(index)
    warmed = versions_compiled()
    for text in TEXTS:
        for interval in Interval:
            for sort in Sort:
                request = SearchRequest(
                    text=text,
                    facets=(FacetRequest("person"), FacetRequest("language")),
                    filters=_ODUYA if sort is Sort.OLDEST else (),
                    dates=_MENTIONED if interval is Interval.DAY else DateFilter(),
                    histogram=interval,
                    sort=sort,
                    collapse=interval is Interval.YEAR,
                )
                service.search(request, index)
                assert versions_compiled() == warmed, request


@pytest.mark.slow
def test_questions_compile_nothing_once_a_server_is_warm(tmp_path: Path) -> None:
    writer = WhooshWriter(tmp_path / "index", analyzer())
    for article in made_up_documents():
        writer.add(article)
    writer.commit()
    script = (
        "import sys; from pathlib import Path; from tests.webui.test_warming import ask_everything"
    )
    script += "; ask_everything(Path(sys.argv[1]))"
    command = [sys.executable, "-c", script, str(tmp_path / "index")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_the_first_search_after_warming_compiles_nothing(demo_home: Home, tmp_path: Path) -> None:
    def run(*command: str) -> str:
        environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
        return subprocess.run(
            [sys.executable, "-c", *command],
            env=environment, cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip

    warm_it = "from webui.cli import main; main(['warm', '--json'])"
    first, second = json.loads(run(warm_it)), json.loads(run(warm_it))
    assert first["compiled"] > 0
    assert second["compiled"] == 0 < second["loops"]
    assert run(_COLD) == "0\n"
    assert all(Path(folder).is_relative_to(tmp_path) for folder in first["kept_in"])

    search = (
        "import sys; from indexer.compiled import when_compiling; from webui.cli import main;"
        "when_compiling(lambda: sys.exit('compiling'));"
        "main(['search', 'drone OR \"air defense\"', '--home', sys.argv[1]])"
    )
    assert "drone" in run(search, str(demo_home.path)).lower()


def test_a_large_vocabulary_does_not_keep_a_server_from_starting() -> None:
    words = " ".join(f"reports{number}" for number in range(MAX_EXPANSIONS + 1))
    warm(made_up_index([document("Reports", f"Reports {words}")]))
