"""Vectors are made once for each text, kept between generations, and made only where wanted."""

from __future__ import annotations

import json

import pytest

from corpus.errors import InvalidParameter
from corpus.home import Home
from indexer.articles.meaning import encoder
from indexer.articles.meaning.vector_file import open_vectors
from indexer.generations.publishing import VECTORS, Generations
from indexer.pipeline import RebuildReport, rebuild
from tests.indexer.conftest import TakeIn
from tests.stand_in_encoder import StandIn, stand_in


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    return stand_in(monkeypatch)


def _articles(report: RebuildReport) -> int:
    return len(open_vectors(report.generation.path / VECTORS))


def test_nothing_is_encoded_unless_it_is_asked_for(filled: Home, made: StandIn) -> None:
    report = rebuild(filled, processes=1)

    assert made.encoded == []
    assert not (report.generation.path / VECTORS).exists()
    assert not filled.vector_cache.exists()
    assert not filled.engine.exists()
    assert "vectors" not in report.generation.manifest.counts


def test_each_text_is_encoded_once(filled: Home, take_in: TakeIn, made: StandIn) -> None:
    plain = rebuild(filled, processes=1)
    first = rebuild(filled, processes=1, meaning=True)
    assert (first.analyzed, len(made.encoded), _articles(first)) == (0, 4, 4)
    assert first.generation.name != plain.generation.name
    assert first.generation.manifest.counts["vectors"] == 4
    assert not rebuild(filled, processes=1).is_new

    take_in("new-report", "A bridge near Kherson fell.")
    second = rebuild(filled, processes=1, trusting=True)  # as an update does
    assert (second.analyzed, second.written, len(made.encoded), _articles(second)) == (1, 1, 5, 5)

    again = rebuild(filled, processes=1, anew=True)
    assert len(made.encoded) == 5
    same = [report.generation.path / VECTORS for report in (second, again)]
    assert same[0].read_bytes() == same[1].read_bytes()
    assert Generations(filled.index).verify(again.generation.name) == []


def test_what_is_said_once_holds_until_something_else_is(filled: Home, made: StandIn) -> None:
    rebuild(filled, processes=1, meaning=True)
    assert (rebuild(filled, processes=1, anew=True).generation.path / VECTORS).exists()

    without = rebuild(filled, processes=1, meaning=False)
    assert without.is_new
    assert not (without.generation.path / VECTORS).exists()
    assert not rebuild(filled, processes=1).is_new
    assert "meaning" not in json.loads(filled.engine.read_text(encoding="utf-8"))
    assert len(made.encoded) == 4


def test_without_the_extra_nothing_changes_and_it_is_said_what_to_install(
    filled: Home, made: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "installed", lambda: "")
    before = rebuild(filled, processes=1)
    with pytest.raises(InvalidParameter, match="the extra `meaning`"):
        rebuild(filled, processes=1, meaning=True)
    assert not rebuild(filled, processes=1).is_new  # nothing was kept of it

    stand_in(monkeypatch)
    rebuild(filled, processes=1, meaning=True)
    monkeypatch.setattr(encoder, "installed", lambda: "")
    with pytest.raises(InvalidParameter) as error:
        rebuild(filled, processes=1)
    assert "--no-meaning" in error.value.advice
    assert rebuild(filled, processes=1, meaning=False).is_new
    assert before.generation.manifest.versions["meaning"] == ""
    assert made.encoded == []


def test_another_encoder_makes_them_anew(
    filled: Home, made: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild(filled, processes=1, meaning=True)
    monkeypatch.setattr(encoder, "installed", lambda: "another")
    report = rebuild(filled, processes=1)

    assert report.is_new
    assert len(made.encoded) == 8
    assert report.analyzed == 0


def test_an_article_that_cannot_be_encoded_costs_itself_alone(
    filled: Home, made: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(text: str) -> object:
        if "Guterres chaired" in text:
            raise ValueError("too odd")
        return StandIn.encode(made, text)

    monkeypatch.setattr(made, "encode", refusing)
    report = rebuild(filled, processes=1, meaning=True)

    assert [failure.reason for failure in report.failures] == ["no vector: ValueError: too odd"]
    assert report.generation.manifest.counts["articles"] == 4
    assert _articles(report) == 3


def test_damage_is_found_and_made_good(filled: Home, made: StandIn) -> None:
    report = rebuild(filled, processes=1, meaning=True)
    path = report.generation.path / VECTORS
    whole = path.read_bytes()
    path.write_bytes(whole[:200] + b"\x55" + whole[201:])
    assert [one.file for one in Generations(filled.index).verify(report.generation.name)] == [
        VECTORS
    ]
    mended = rebuild(filled, processes=1)
    assert (mended.generation.path / VECTORS).read_bytes() == whole
    assert len(made.encoded) == 4

    filled.vector_cache.write_bytes(b"no database at all" * 100)
    again = rebuild(filled, processes=1, anew=True)
    assert (again.generation.path / VECTORS).read_bytes() == whole
