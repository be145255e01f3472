"""Rebuilds under load: no request fails, each ends on the generation that it began with."""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable
from contextlib import ExitStack

import pytest

from corpus.errors import ClusterUnavailable, GenerationGone, IndexCorrupt, NoIndex
from search.request import SearchRequest
from search.service import search
from search.serving.open_index import OpenIndex
from search.serving.serving import KEPT_OLDER, Serving
from tests.contract.made_up import document, made_up_index
from tests.contract.memory_engine import MemoryEngine


class Closable(MemoryEngine):
    """Refuses to answer once it was closed, as files that are gone would."""

    closed = False

    def close(self) -> None:
        assert not self.closed, "closed twice"
        self.closed = True

    @property
    def articles(self) -> int:
        assert not self.closed, "asked after it was closed"
        return super().articles


class Shelf:
    """A `Source` whose generation N holds N articles."""

    def __init__(self) -> None:
        self.published = 0
        self.pruned: set[str] = set()
        self.broken: set[str] = set()
        self.away: set[str] = set()
        self.opened: list[OpenIndex] = []

    def stamp(self) -> Hashable:
        return self.published

    def current(self) -> str:
        if not self.published:
            raise NoIndex("nothing was published")
        return str(self.published)

    def open(self, name: str) -> OpenIndex:
        if name in self.pruned:
            raise GenerationGone(f"{name} was pruned")
        if name in self.broken:
            raise IndexCorrupt("a newer release made it")
        if name in self.away:
            raise ClusterUnavailable("no node answers")
        articles = [document(f"Drone {n}", "drone") for n in range(int(name))]
        index = made_up_index(articles, generation=name)
        engine = Closable(articles, index.analyzer, generation=name)
        opened = OpenIndex(engine, index.directory, index.analyzer, index.generation)
        self.opened.append(opened)
        return opened

    def open_now(self) -> set[str]:
        return {
            index.generation.name
            for index in self.opened
            if isinstance(index.engine, Closable) and not index.engine.closed
        }


def test_nothing_is_opened_before_something_is_published() -> None:
    shelf = Shelf()
    serving = Serving(shelf)
    with pytest.raises(NoIndex), serving.index():
        raise AssertionError("there is nothing to serve")
    shelf.published = 1
    with serving.index() as index:
        assert index.generation.name == "1"


def test_a_new_generation_is_noticed_and_an_old_request_ends_in_peace() -> None:
    shelf = Shelf()
    shelf.published = 1
    serving = Serving(shelf)
    with serving.index() as old:
        for later in range(2, 3 + KEPT_OLDER + 1):
            shelf.published = later
            with serving.index() as new:
                assert new.generation.name == str(later)
        assert old.engine.articles == 1
    assert "1" not in shelf.open_now()
    assert len(shelf.open_now()) == KEPT_OLDER + 1


def test_a_generation_that_cannot_be_opened_is_refused_and_the_old_one_answers(
    caplog: pytest.LogCaptureFixture,
) -> None:
    shelf = Shelf()
    shelf.broken = {"1", "3", "4"}
    shelf.published = 1
    serving = Serving(shelf)
    with pytest.raises(IndexCorrupt), serving.index():
        raise AssertionError("there is nothing else to serve")
    for published, answering in ((2, 2), (3, 2), (4, 2), (5, 5)):
        shelf.published = published
        for _ in range(3):
            with serving.index() as index:
                assert index.engine.articles == answering
        refused = serving.refused
        assert (refused.generation if refused else "") == (
            "" if answering == published else str(published)
        )
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]
    assert "2 goes on serving" in caplog.text
    assert "newer release" in caplog.text


def test_a_generation_whose_cluster_does_not_answer_is_tried_again() -> None:
    shelf = Shelf()
    shelf.published, shelf.away = 1, {"2"}
    serving = Serving(shelf)
    for published, away, answering in ((1, {"2"}, 1), (2, {"2"}, 1), (2, {"2"}, 1), (2, set(), 2)):
        shelf.published, shelf.away = published, away
        with serving.index() as index:
            assert index.engine.articles == answering
    assert serving.refused is None


def test_an_older_generation_opens_by_its_name_until_it_is_pruned() -> None:
    shelf = Shelf()
    shelf.published = 9
    shelf.pruned = {"3"}
    serving = Serving(shelf)
    with ExitStack() as stack:
        held = [stack.enter_context(serving.index(generation=str(n))) for n in (4, 5, 6, 7)]
        assert [index.engine.articles for index in held] == [4, 5, 6, 7]
    with serving.index():
        assert shelf.open_now() == {"6", "7", "9"}
    with pytest.raises(GenerationGone), serving.index(generation="3"):
        raise AssertionError("it was pruned")
    serving.close()
    assert shelf.open_now() == set()


def test_a_generation_is_opened_once_while_it_serves() -> None:
    shelf = Shelf()
    shelf.published = 1
    serving = Serving(shelf)
    for _ in range(5):
        with serving.index(), serving.index(generation="1"):
            pass
    assert len(shelf.opened) == 1


def test_many_threads_through_many_rebuilds() -> None:
    shelf = Shelf()
    shelf.published = 1
    serving = Serving(shelf)
    wrong: list[str] = []
    answers: set[str] = set()
    stop = threading.Event()

    def client() -> None:
        try:
            while not stop.is_set():
                with serving.index() as index:
                    first = search(SearchRequest(text="drone", limit=1), index)
                    time.sleep(0)
                    again = search(SearchRequest(text="drone", limit=1), index)
                name = int(index.generation.name)
                if not first.total == again.total == first.articles == name:
                    wrong.append(f"{name}: {first.total}, {again.total}")
                answers.add(first.generation)
        except Exception as error:  # noqa: BLE001  # whatever went wrong fails the test below
            wrong.append(repr(error))

    threads = [threading.Thread(target=client) for _ in range(4)]
    for thread in threads:
        thread.start()
    for generation in range(1, 12):
        shelf.published = generation
        while str(generation) not in answers and not wrong:
            time.sleep(0.005)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert answers == {str(generation) for generation in range(1, 12)}
    with serving.index() as index:
        assert index.generation.name == "11"
    assert len(shelf.open_now()) <= KEPT_OLDER + 1
