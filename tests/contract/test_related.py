"""Related articles, on every engine: what does not match and lies near, and all else unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import IndexCorrupt
from indexer.articles.meaning import encoder
from indexer.articles.meaning.vector_file import VectorsWriter, open_vectors
from search import service
from search.analyses.related import NOT_INSTALLED, OTHER_ENCODER
from search.request import DateFilter, Filter, Mode, SearchRequest, Undated
from search.result import SearchResult
from search.serving.open_index import OpenIndex
from tests.contract.engines import EngineOf
from tests.contract.made_up import document, made_up_index
from tests.stand_in_encoder import VERSION, stand_in

SEA = "Two {} burned at the quay before dawn, crews said."
DOCUMENTS = [
    document("Quay burns", SEA.format("ships"), outlet="Ledger", published="2022-03-01"),
    document("Quay burns on", SEA.format("ships") + " Again.", outlet="Ledger"),
    document("Vessel lost", "A vessel went down.", outlet="Courier", published="2022-04-01"),
    document("Vessel lost off Odesa", "A vessel sank.", outlet="Courier", family="twins"),
    document("Vessel lost, twice told", "A vessel sank, too.", outlet="Post", family="twins"),
    document("Порт", "Порт закрыт.", outlet="Вести", language="ru", published="2022-05-01"),
    document("Harbor and truce", "The harbor opened in a truce.", outlet="Post"),
    document("Budget", "Parliament voted on schools.", outlet="Post", published="2022-03-05"),
    document("Truce", "A truce began.", outlet="Courier"),
]
BY_TITLE = {one.title: one for one in DOCUMENTS}
AT_SEA = ["Vessel lost", "Порт", "Vessel lost off Odesa"]


@pytest.fixture(scope="module")
def _over_each(
    engine_of: EngineOf, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenIndex]:
    folder = tmp_path_factory.mktemp("related")
    with pytest.MonkeyPatch.context() as patched:
        stand_in(patched)
        writer = VectorsWriter(folder / "vectors")
        for one in sorted(DOCUMENTS, key=lambda one: one.article_id):
            writer.add(one.article_id, encoder.encoded(one.title, one.text))
        writer.close()
    index = made_up_index(DOCUMENTS)
    manifest = replace(index.generation.manifest, versions={"meaning": VERSION})
    with closing(engine_of(DOCUMENTS, folder / "index")) as engine:
        yield replace(
            index,
            engine=engine,
            generation=replace(index.generation, manifest=manifest),
            vectors=open_vectors(folder / "vectors"),
        )


@pytest.fixture
def index(_over_each: OpenIndex, monkeypatch: pytest.MonkeyPatch) -> OpenIndex:
    stand_in(monkeypatch)
    return _over_each


def ask(index: OpenIndex, text: str, **options: object) -> SearchResult:
    request = replace(SearchRequest(text=text, related=5), **options)  # type: ignore[arg-type]
    return service.search(request, index)


def titles(result: SearchResult) -> set[str]:
    return {one.document.title for one in result.related}


def test_what_does_not_match_and_is_about_the_same_is_told_apart(index: OpenIndex) -> None:
    result = ask(index, "ships")

    assert {hit.document.title for hit in result.hits} == {"Quay burns", "Quay burns on"}
    assert titles(result) >= {"Vessel lost", "Порт", "Harbor and truce"}
    assert titles(result).isdisjoint({"Budget", "Truce"})
    near = [one.nearness for one in result.related]
    assert near == sorted(near, reverse=True)
    assert 0.2 <= near[-1] <= near[0] <= 1.0
    told = {one.document.title: one.beginning for one in result.related}
    assert told["Vessel lost"].text == "A vessel went down."
    assert all(beginning.spans == () for beginning in told.values())


@pytest.mark.parametrize("text", ["ships", "ship*", "ships OR vessel", "-truce ships", "zebra"])
def test_the_hits_are_the_same_with_and_without(index: OpenIndex, text: str) -> None:
    with_, without = ask(index, text), ask(index, text, related=0)

    assert without.related == ()
    assert [hit.document for hit in with_.hits] == [hit.document for hit in without.hits]
    assert [hit.score for hit in with_.hits] == [hit.score for hit in without.hits]
    assert (with_.total, with_.families) == (without.total, without.families)
    hit = {one.document.article_id for one in with_.hits}
    assert hit.isdisjoint(one.document.article_id for one in with_.related)


def test_of_a_family_one_is_told_and_none_of_those_on_the_page(index: OpenIndex) -> None:
    twins = {"Vessel lost off Odesa", "Vessel lost, twice told"}

    assert len(titles(ask(index, "ships")) & twins) == 1
    assert not titles(ask(index, 'ship OR "off Odesa"')) & twins


def test_all_that_narrows_a_question_holds(index: OpenIndex) -> None:
    courier = Filter("outlet", Mode.ANY, ("Courier",))
    assert titles(ask(index, "ships", filters=(courier,))) <= {
        "Vessel lost", "Vessel lost off Odesa",
    }  # fmt: skip
    assert titles(ask(index, "ships", filters=(courier,)))
    assert titles(ask(index, "ships language:ru")) == {"Порт"}
    not_post = Filter("outlet", Mode.NOT, ("Post",))
    assert "Harbor and truce" not in titles(ask(index, "ships", filters=(not_post,)))
    assert "Harbor and truce" not in titles(ask(index, "ships -truce"))
    april = DateFilter(start=None, end=BY_TITLE["Vessel lost"].published.latest,  # type: ignore[union-attr]
                       undated=Undated.EXCLUDE)  # fmt: skip
    assert titles(ask(index, "ships", dates=april)) == {"Vessel lost"}


def test_a_narrow_filter_is_searched_whole(
    index: OpenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.analyses.related._FIRST", 1)
    assert titles(ask(index, "ships language:ru")) == {"Порт"}
    monkeypatch.setattr("search.analyses.related._MOST", 1)
    assert "Порт" not in titles(ask(index, "ships -language:ru"))


@pytest.mark.parametrize("text", ["", "outlet:Courier", "-ships", "date:2022", "ships"])
def test_what_has_no_words_has_none_and_neither_has_a_second_page(
    index: OpenIndex, text: str
) -> None:
    cursor = ask(index, "ships", limit=1).next_cursor if text == "ships" else ""
    assert ask(index, text, cursor=cursor, limit=1).related == ()


def test_as_many_as_are_wanted(index: OpenIndex) -> None:
    assert [len(ask(index, "ships", related=count).related) for count in (1, 2, 20)][:2] == [1, 2]


def test_where_nothing_can_be_told_it_is_said_why(
    index: OpenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "installed", lambda: "")
    missing = ask(index, "ships")
    monkeypatch.setattr(encoder, "installed", lambda: "another")
    other = ask(index, "ships")

    assert (missing.related, missing.warnings) == ((), (NOT_INSTALLED,))
    assert (other.related, other.warnings) == ((), (OTHER_ENCODER,))
    assert len(missing.hits) == len(other.hits) == 2
    assert ask(index, "outlet:Courier").warnings == ()


def test_damage_is_an_error(index: OpenIndex, tmp_path: Path) -> None:
    path = tmp_path / "vectors"
    writer = VectorsWriter(path)
    writer.add(DOCUMENTS[0].article_id, encoder.encoded("Port", "Ships."))
    writer.close()
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    with pytest.raises(IndexCorrupt):
        ask(replace(index, vectors=open_vectors(path)), "ships")
