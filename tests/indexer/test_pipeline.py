"""A rebuild turns the catalogue into a published index, again and again, whatever happens."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from corpus.article import Kind, RawDocument
from corpus.errors import Locked, NoCatalogue
from corpus.home import Home
from corpus.store import Catalogue, Outcome
from indexer import schema
from indexer.analysis import analyzer
from indexer.articles.analysis import Analysis, analyze
from indexer.entities import open_directory
from indexer.entities.authority.deciding import decide
from indexer.entities.authority.decisions import Action
from indexer.generations.opening import published_entities
from indexer.generations.publishing import ENTITIES, EVENTS, PLACES, Generations
from indexer.pipeline import RebuildReport, rebuild, silent
from tests.indexer.conftest import WIRE, TakeIn


def content(report: RebuildReport) -> str:
    """The hash of all files of the generation, without the time it was built."""
    return report.generation.name[-8:]


def test_a_rebuild_publishes_what_the_catalogue_holds(filled: Home) -> None:
    report = rebuild(filled, processes=1)

    counts = report.generation.manifest.counts
    assert counts["articles"] == 4
    assert counts["families"] == 3  # the reprint is no witness of its own
    assert counts["person"] >= 1
    assert report.generation.manifest.catalogue["failures"] == 1
    assert report.generation.manifest.versions["cleaner"] == "text/1"
    assert report.analyzed == 4
    assert report.failures == ()
    assert Generations(filled.index).current() == report.generation
    assert Generations(filled.index).verify(report.generation.name) == []


def test_the_entities_lie_beside_the_index(filled: Home) -> None:
    directory = open_directory(rebuild(filled, processes=1).generation.path / ENTITIES)

    (guterres, *_) = directory.resolve("António Guterres")
    assert guterres.articles == 3  # one of them by his surname only
    directory.close()


def test_the_same_catalogue_gives_the_same_files(filled: Home) -> None:
    first, second = rebuild(filled, processes=1), rebuild(filled, processes=1)
    filled.analysis_cache.unlink()
    third = rebuild(filled, processes=1, anew=True)

    assert content(first) == content(second) == content(third)
    assert (second.analyzed, third.analyzed) == (0, 4)


def test_the_number_of_processes_changes_nothing(home: Home, take_in: TakeIn) -> None:
    for number in range(70):  # enough that workers are started
        take_in(f"report-{number}", f"{WIRE} Part {number}.")

    alone = rebuild(home, processes=1)
    home.analysis_cache.unlink()
    together = rebuild(home, processes=2, anew=True)
    assert content(alone) == content(together)
    assert together.analyzed == 70


def test_only_what_is_new_is_analyzed(filled: Home, take_in: TakeIn) -> None:
    rebuild(filled, processes=1)
    take_in("talks-resume", "Talks resumed in Geneva and broke off again.", published="2022-04")
    take_in("new-report", "A bridge near Kherson fell.")

    report = rebuild(filled, processes=1)
    assert report.analyzed == 2
    assert report.generation.manifest.counts["articles"] == 5


def test_only_what_differs_is_written(home: Home, take_in: TakeIn) -> None:
    for number in range(20):
        take_in(f"report-{number}", f"Nobody spoke at meeting {number} of {number * number}.")
    before = rebuild(home, processes=1)
    take_in("new-report", "A bridge near Kherson fell.")
    take_in("report-3", "The meeting was called off.")
    take_in("report-4", "09:00 Nobody came.", kind=Kind.LIVE_BLOG)
    after = rebuild(home, processes=1)

    assert (before.written, after.written) == (20, 2)
    assert after.generation.manifest.counts["articles"] == 20
    segment = "whoosh/segment-0000.dsp"
    assert (after.generation.path / segment).samefile(before.generation.path / segment)
    assert rebuild(home, processes=1, anew=True).written == 20


def test_where_nothing_changed_the_generation_stays(filled: Home) -> None:
    before = rebuild(filled, processes=1)
    with Catalogue.open(filled.catalogue) as catalogue:
        stored = next(catalogue.articles())
        raw = RawDocument(
            content=catalogue.original(stored.original_sha256).content,
            media_type="text/plain",
            locator="another copy.txt",  # seen once more, and later
            url=stored.article.url,
            collected=datetime(2022, 5, 1, tzinfo=UTC),
            reader="text/1",
        )
        assert catalogue.put(raw, stored.article) is Outcome.DUPLICATE
    again = rebuild(filled, processes=1)

    assert (before.is_new, again.is_new) == (True, False)
    assert (again.generation, again.written) == (before.generation, 0)
    assert Generations(filled.index).names() == [before.generation.name]
    assert rebuild(filled, processes=1, anew=True).is_new


@pytest.mark.parametrize("file", [ENTITIES, EVENTS, PLACES, "whoosh/segment-0000.dsp"])
def test_a_damaged_file_is_made_again_though_nothing_changed(filled: Home, file: str) -> None:
    before = rebuild(filled, processes=1).generation
    damaged = before.path / file
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.unlink()  # other generations may share it
    damaged.write_bytes(content)
    after = rebuild(filled, processes=1)

    assert after.is_new
    assert Generations(filled.index).verify(after.generation.name) == []


@pytest.mark.parametrize("change", ["article", "reading", "decision", "kinds", "program"])
def test_whatever_counts_makes_a_generation(
    filled: Home, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    before = rebuild(filled, processes=1).generation
    kinds = {Kind.ARTICLE}
    if change == "article":
        take_in("new-report", "A bridge near Kherson fell.")
    elif change == "reading":
        with Catalogue.open(filled.catalogue) as catalogue:
            stored = next(catalogue.articles())
            better = replace(stored.article, title=f"{stored.article.title}, read again")
            catalogue.reread(better.article_id, stored.version, better, cleaner="text/2")
    elif change == "decision":
        with published_entities(filled) as directory:
            (guterres, *_) = directory.resolve("António Guterres")
        decide(filled.decisions, Action.RENAME, [guterres], who="x", why="", value="Guterres")
    elif change == "kinds":
        kinds.add(Kind.LIVE_BLOG)
    elif change == "program":
        monkeypatch.setattr("indexer.pipeline.fingerprint", lambda *_, **__: "other rules")
    after = rebuild(filled, processes=1, kinds=kinds)

    assert after.is_new
    assert after.generation.name > before.name
    assert not rebuild(filled, processes=1, kinds=kinds).is_new


@pytest.mark.parametrize("what", ["schema", "analyzer", "writer", "damage"])
def test_nothing_is_taken_over_from_an_index_that_does_not_fit(
    filled: Home, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    with monkeypatch.context() as patch:
        if what == "schema":
            patch.setattr(schema, "version", lambda: "another table")
        elif what == "writer":
            patch.setattr("indexer.versions.writer", lambda: "other files")
        elif what == "analyzer":
            patch.setattr(analyzer(), "version", "other words")
            patch.setattr("indexer.versions.words", lambda: "other words")
        before = rebuild(filled, processes=1)
    if what == "damage":
        segment = before.generation.path / "whoosh/segment-0000.dsp"
        segment.write_bytes(segment.read_bytes()[:-1])
    after = rebuild(filled, processes=1)

    assert after.written == 4
    assert Generations(filled.index).verify(after.generation.name) == []


def test_a_spoiled_cache_costs_time_and_nothing_else(filled: Home) -> None:
    whole = rebuild(filled, processes=1)
    with sqlite3.connect(filled.analysis_cache) as cache:
        cache.execute("UPDATE analyses SET found = x'00'")
    cache.close()
    entries_spoiled = rebuild(filled, processes=1, anew=True)
    filled.analysis_cache.write_bytes(b"no database at all" * 100)
    file_spoiled = rebuild(filled, processes=1, anew=True)

    assert content(whole) == content(entries_spoiled) == content(file_spoiled)
    assert (entries_spoiled.analyzed, file_spoiled.analyzed) == (4, 4)


def test_another_analyzer_makes_all_analyses_anew(
    filled: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild(filled, processes=1)
    monkeypatch.setattr("indexer.versions.analyses", lambda tagger: f"other {tagger}")

    assert rebuild(filled, processes=1).analyzed == 4


def test_an_article_that_breaks_the_analysis_costs_its_entities_alone(
    filled: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fragile(*, language: str, title: str, text: str, tagger: str) -> Analysis:
        if language == "ru":
            raise RecursionError("too deep")
        return analyze(language=language, title=title, text=text, tagger=tagger)

    monkeypatch.setattr("indexer.articles.analyses.analyze", fragile)
    report = rebuild(filled, processes=1)
    assert report.generation.manifest.counts["articles"] == 4
    assert [failure.reason for failure in report.failures] == ["RecursionError: too deep"]
    monkeypatch.undo()
    assert rebuild(filled, processes=1).analyzed == 1


def test_other_kinds_of_page_are_indexed_when_asked_for(filled: Home) -> None:
    report = rebuild(filled, processes=1, kinds={Kind.ARTICLE, Kind.LIVE_BLOG})

    assert report.generation.manifest.counts["articles"] == 5


def test_old_generations_are_pruned(filled: Home) -> None:
    names = [rebuild(filled, processes=1, keep=2, anew=True).generation.name for _ in range(4)]

    assert Generations(filled.index).names() == names[-2:]


def test_an_empty_catalogue_makes_an_empty_index(home: Home, take_in: TakeIn) -> None:
    take_in("live", "09:00 Sirens.", kind=Kind.LIVE_BLOG)

    assert rebuild(home, processes=1).generation.manifest.counts["articles"] == 0


def test_without_a_catalogue_the_person_is_told_what_to_do(home: Home) -> None:
    with pytest.raises(NoCatalogue, match="dispatches add"):
        rebuild(home)
    assert not home.index.exists()


def test_two_rebuilds_at_once_are_refused(filled: Home) -> None:
    with Generations(filled.index).new(), pytest.raises(Locked):
        rebuild(filled, processes=1)


def test_what_is_taken_in_during_a_rebuild_waits_for_the_next(
    filled: Home, take_in: TakeIn
) -> None:
    def meanwhile(
        items: Iterable[Any], *, label: str, length: int
    ) -> AbstractContextManager[Iterable[Any]]:
        take_in(f"while-{label}", f"Taken in while {label}.")
        return silent(items)

    report = rebuild(filled, processes=1, progress=meanwhile)
    assert report.generation.manifest.counts["articles"] == 4
    assert rebuild(filled, processes=1).generation.manifest.counts["articles"] == 6


def test_readers_find_a_whole_index_while_others_are_built(filled: Home) -> None:
    rebuild(filled, processes=1)
    done = threading.Event()
    seen: list[str] = []

    def read() -> None:
        generations = Generations(filled.index)
        while not done.is_set():
            generation = generations.current()
            assert generations.verify(generation.name) == []
            seen.append(generation.name)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(4):
        rebuild(filled, processes=1, anew=True)
    done.set()
    reader.join()
    assert seen == sorted(seen)
    assert len(set(seen)) > 1


def killed_everywhere(home: Home, *more: str, first: int, stride: int) -> int:
    """Kills rebuilds at their file operations; returns how many; see `tests.faults.killing`."""
    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.faults.killing",
            str(home.path),
            str(first),
            str(stride),
            *more,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return int(result.stdout)


def test_a_rebuild_killed_at_some_instants_leaves_an_index_that_serves(filled: Home) -> None:
    assert killed_everywhere(filled, "anew", first=3, stride=13) >= 3


@pytest.mark.slow
def test_a_rebuild_killed_at_any_instant_leaves_an_index_that_serves(filled: Home) -> None:
    assert killed_everywhere(filled, "anew", first=1, stride=1) >= 35


@pytest.mark.parametrize(("first", "stride"), [(5, 29), pytest.param(1, 1, marks=pytest.mark.slow)])
def test_an_update_killed_at_any_instant_leaves_every_index_as_it_was(
    filled: Home, take_in: TakeIn, first: int, stride: int
) -> None:
    for number in range(8):
        take_in(f"report-{number}", f"Nobody spoke at meeting {number} of {number * number}.")
    rebuild(filled, processes=1)
    take_in("new-report", "A bridge near Kherson fell.")
    take_in("report-3", "The meeting was called off.")

    assert killed_everywhere(filled, first=first, stride=stride) >= 3
    generations = Generations(filled.index)
    assert [generations.verify(name) for name in generations.names()] == [[]] * 2
