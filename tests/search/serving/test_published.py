"""Generations of a home folder, opened for serving, while a rebuild goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import demo
from corpus.errors import GenerationGone, IndexCorrupt, NoIndex, RequestError
from corpus.home import Home
from corpus.intake.ingest import ingest
from corpus.store import Catalogue
from indexer import schema
from indexer.generations.publishing import Generations
from indexer.pipeline import rebuild
from search.help.explanations import explain_empty
from search.help.suggestions import suggest
from search.request import FacetRequest, Filter, Mode, SearchRequest
from search.service import search
from search.serving.open_index import OpenIndex
from search.serving.serving import serving

PAGES = sorted((demo.path() / "pages" / "continental-wire").glob("*.html"))


def take_in(home: Home, pages: list[Path]) -> None:
    with Catalogue.open(home.catalogue) as catalogue:
        assert ingest(pages, catalogue, processes=1).articles == len(pages)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A collection of two pages, indexed once."""
    home = Home(tmp_path_factory.mktemp("published"))
    take_in(home, PAGES[:2])
    rebuild(home, processes=1)
    return home


@pytest.fixture(scope="module")
def everything(home: Home) -> Iterator[OpenIndex]:
    served = serving(home)
    with served.index() as index:
        yield index
    served.close()


def test_an_empty_home_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="dispatches rebuild"), serving(Home(tmp_path)).index():
        raise AssertionError("there is nothing to serve")


def test_an_older_server_goes_on_with_what_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)
    take_in(home, PAGES[:1])
    rebuild(home, processes=1)
    served = serving(home)
    with served.index() as before:
        assert not served.refused
    with monkeypatch.context() as patch:
        patch.setattr(schema, "version", lambda: "another table")
        rebuild(home, processes=1)
    newer = Generations(home.index).current().name
    with served.index() as index:
        assert index is before
    refused = served.refused
    assert refused
    assert refused.generation == newer
    assert "dispatches rebuild" in refused.reason
    with pytest.raises(IndexCorrupt), served.index(generation=newer):
        raise AssertionError("asked for by name, it cannot be opened either")
    rebuild(home, processes=1)
    with served.index() as index:
        assert index.generation.name > newer
    assert not served.refused
    served.close()


_TYPED = st.lists(
    st.sampled_from(
        [
            *(
                "goma",
                "rebels",
                "the",
                "U.S.",
                "covid-19",
                "\u0301",
                "한국",
                "a" * 70,
                "𝔘",
                "é",
                "Ж",
            ),
            *("person:", "org:", "place:", "outlet:", "language:", "date:", "title:", "exact:"),
            *("OR", "AND", "NOT", "2022", "..", "2022-02", *'"“()-~12*:%_;\\\x00\ud800\n    '),
        ]
    ),
    max_size=12,
).map("".join)


@given(st.one_of(_TYPED, st.text(max_size=40)))
@settings(max_examples=150)
def test_any_text_is_answered_or_refused_in_words(everything: OpenIndex, text: str) -> None:
    request = SearchRequest(
        text=text,
        facets=(FacetRequest("person", contains=text), FacetRequest("outlet", contains=text)),
        filters=(Filter("place", Mode.ANY, (text,)),) if len(text) % 2 else (),
    )
    assert len(suggest(text, everything)) <= 10
    with suppress(RequestError):
        found = search(request, everything)
        assert found.total <= found.articles
        parts = explain_empty(request, everything)
        assert all(part.without >= found.total for part in parts if part.kind == "filter")


def test_no_request_fails_while_the_index_is_rebuilt(home: Home) -> None:
    served = serving(home)
    wrong: list[str] = []
    sizes: set[int] = set()
    stop = threading.Event()

    def client() -> None:
        request = SearchRequest(facets=(FacetRequest("outlet"),), limit=100)
        try:
            while not stop.is_set():
                with served.index() as index:
                    result = search(request, index)
                if not result.articles == result.total == len(result.hits):
                    wrong.append(f"{result.articles}, {result.total}, {len(result.hits)}")
                sizes.add(result.total)
        except Exception as error:  # noqa: BLE001  # whatever went wrong fails the test below
            wrong.append(repr(error))

    threads = [threading.Thread(target=client) for _ in range(2)]

    def wait_for(size: int) -> None:
        deadline = time.monotonic() + 120  # a first search may have to compile
        while size not in sizes and not wrong and time.monotonic() < deadline:
            time.sleep(0.01)

    for thread in threads:
        thread.start()
    wait_for(2)
    for size, page in enumerate(PAGES[2:4], start=3):
        take_in(home, [page])
        rebuild(home, processes=1)
        wait_for(size)
    with served.index() as index:
        assert index.engine.articles == 4
    stop.set()
    for thread in threads:
        thread.join()
    served.close()
    assert wrong == []
    assert sizes == {2, 3, 4}


def test_an_older_generation_opens_until_it_is_pruned(home: Home) -> None:
    rebuild(home, processes=1)
    generations = Generations(home.index)
    oldest = generations.names()[0]
    served = serving(home)
    with served.index(generation=oldest) as index:
        assert index.generation.name == oldest
        generations.prune(keep=1)
        assert search(SearchRequest(), index).total == index.engine.articles
    served.close()
    with pytest.raises(GenerationGone), served.index(generation=oldest):
        raise AssertionError("it was pruned")


@pytest.mark.parametrize("part", ["schema", "analyzer"])
def test_an_index_made_in_another_way_is_refused(home: Home, part: str) -> None:
    generations = Generations(home.index)
    made_here = generations.current().manifest.versions
    with generations.new() as draft:
        versions = {**made_here, part: "another"}
        other = generations.publish(draft, counts={}, versions=versions, catalogue={})
    refusal = f"made with the {part} another, .*Run `dispatches rebuild`"
    with pytest.raises(IndexCorrupt, match=refusal):  # noqa: SIM117
        with serving(home).index(generation=other.name):
            raise AssertionError("its words are not ours")
    rebuild(home, processes=1)
    with serving(home).index() as index:
        assert index.generation.manifest.versions == made_here
