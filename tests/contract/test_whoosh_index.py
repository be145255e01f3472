"""A collection's index is one of Whoosh's, for the engine and for a person's own code."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from whoosh import index, query, reading, searching, sorting
from whoosh.qparser import QueryParser

from corpus.errors import IndexCorrupt, NoIndex
from corpus.home import Home
from indexer import schema
from indexer.analysis import analyzer
from indexer.generations.publishing import WHOOSH, Generation, Generations
from indexer.writers.whoosh import WhooshWriter
from search.engine import MatchRequest
from search.engines import open_engine
from search.engines.whoosh import open_index
from search.engines.whoosh.searcher import Searcher
from search.language.query import Or, Prefix, Term
from tests.contract.made_up import made_up_documents


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with an index of the made-up articles."""
    publish(tmp_path, analyzer_version=analyzer().version)
    return tmp_path


def publish(folder: Path, *, analyzer_version: str) -> Generation:
    generations = Generations(Home(folder).index)
    with generations.new() as draft:
        writer = WhooshWriter(draft.path / WHOOSH, analyzer(), segment_documents=4)
        for document in made_up_documents():
            writer.add(document)
        writer.commit()
        versions = {"schema": schema.version(), "analyzer": analyzer_version}
        return generations.publish(draft, counts={}, versions=versions, catalogue={})


def test_it_is_opened_by_one_function(home: Path) -> None:
    opened = open_index(str(home))
    assert isinstance(opened, index.Index)
    assert opened.doc_count() == len(made_up_documents())
    with opened.searcher() as searcher:
        assert isinstance(searcher, searching.Searcher)
        leaves = searcher.reader().leaf_readers()
        assert len(leaves) == 3
        assert all(isinstance(leaf, reading.SegmentReader) for leaf, _ in leaves)
        found = searcher.search(QueryParser("text", opened.schema).parse("meran"), limit=None)
        assert {hit["outlet"] for hit in found} >= {"The Harbour Post", "Valley Courier"}


def test_a_question_is_answered_through_whoosh(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planned: list[tuple[Any, Any]] = []
    plan = Searcher.plan

    def watched(searcher: Searcher, asked: Any, *held: Any) -> Any:
        planned.append((searcher, asked))
        return plan(searcher, asked, *held)

    monkeypatch.setattr(Searcher, "plan", watched)
    engine = open_engine(Generations(Home(home).index).current())
    found = engine.match(MatchRequest(query=Or((Term("meran"), Prefix("mobil")))))
    engine.close()

    assert found.total
    ((searcher, asked),) = planned
    assert isinstance(searcher, searching.Searcher)
    assert isinstance(searcher.reader(), reading.MultiReader)
    assert type(asked) is query.Or
    assert all(isinstance(clause, query.Query) for clause in asked)


def test_without_an_index_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoIndex):
        open_index(tmp_path)


def test_an_index_of_other_words_is_refused(tmp_path: Path) -> None:
    publish(tmp_path, analyzer_version="other")
    with pytest.raises(IndexCorrupt, match="analyzer other"):
        open_index(tmp_path)


class Bomb:
    def __init__(self, crater: Path) -> None:
        self._crater = crater

    def __reduce__(self) -> Any:
        return Path.touch, (self._crater,)


def test_nothing_is_unpickled(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crater = tmp_path / "crater"
    bomb = pickle.dumps(Bomb(crater))
    folder = Generations(Home(home).index).current().path / WHOOSH
    for name in ("_MAIN_1.toc", "MAIN_1.toc", "MAIN_0123456789abcdef.seg", "segment-0000.pickle"):
        (folder / name).write_bytes(bomb)

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("something is unpickled")

    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "whoosh":
            for reader in {"load", "loads"} & vars(module).keys():
                monkeypatch.setattr(module, reader, refuse)
            if vars(module).get("pickle") is pickle:
                monkeypatch.setattr(module, "pickle", None)

    opened = open_index(home)
    with opened.searcher() as searcher:
        asked = query.Or([query.Term("text", "meran"), query.Regex("text", "dron.*")])
        for options in ({}, {"sortedby": "published"}, {"groupedby": "outlet"}, {"terms": True}):
            for hit in searcher.search(asked, **options):
                assert hit["title"]
                assert isinstance(hit.highlights("text"), str)
        people = sorting.FieldFacet("person", allow_overlap=True)
        assert searcher.search(asked, groupedby=people).groups()
        assert searcher.more_like(0, "text")
    assert not crater.exists()
    pickle.loads(bomb)
    assert crater.exists()


def test_warnings_of_whooshs_sources_reach_nobody() -> None:
    """As Python 3.12 gives them where they are compiled first."""
    script = """
import warnings, indexer.writers.whoosh
for path in ("/lib/whoosh/lang/snowball.py", "/lib/other.py"):
    warnings.warn_explicit("invalid escape sequence", SyntaxWarning, path, 1)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "other.py" in done.stderr
    assert "whoosh" not in done.stderr
