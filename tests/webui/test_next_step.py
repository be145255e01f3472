"""Whoever types `dispatches`, or has taken articles in, is told which command comes next."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.home import Home
from tests.faults.test_private_homes import PAGE
from tests.indexer.conftest import TakeIn, filled, home, take_in
from webui.cli import main

__all__ = ["filled", "home", "take_in"]  # fixtures


def said(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_each_state_of_a_collection_has_its_next_command(
    filled: Home, take_in: TakeIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPATCHES_HOME", str(tmp_path / "none"))
    for result, command in (
        (said(), "dispatches add"),
        (said("--home", str(tmp_path / "none")), "dispatches demo"),
        (said("--home", str(filled.path)), "dispatches rebuild"),
    ):
        assert result.exit_code == 0
        assert command in result.stdout
        assert "dispatches --help" in result.stdout
    assert not (tmp_path / "none").exists(), "asking makes nothing"
    assert said("rebuild", "--processes", "1", "--home", str(filled.path)).exit_code == 0
    monkeypatch.setenv("DISPATCHES_HOME", str(filled.path))
    assert "4 articles are searchable" in said().stdout
    assert "dispatches serve" in said().stdout
    take_in("later", "More of the same came later on that day.")
    assert "dispatches update" in said().stdout
    (filled.index / "current").write_text("nothing")
    damaged = said()
    assert damaged.exit_code == 4
    assert "dispatches rebuild" in damaged.stderr


def test_a_collection_without_an_article_is_told_what_could_be_one(tmp_path: Path) -> None:
    pile, where = tmp_path / "pile", ("--home", str(tmp_path / "home"), "--processes", "1")
    pile.mkdir()
    result = said("add", str(pile), *where)
    assert result.exit_code == 0
    assert "dispatches formats" in result.stdout
    assert "--ocr" in result.stdout
    assert "dispatches add" in result.stderr
    assert "dispatches rebuild" not in result.output
    assert said("rebuild", *where).exit_code == 0
    assert "There is no article" in said(*where[:2]).stdout
    (pile / "page.html").write_text(PAGE)
    assert "dispatches update" in said("add", str(pile), *where).stderr


@pytest.mark.parametrize("address", ["https://herald.example/feed.xml", "HTTP://herald.example"])
def test_who_adds_an_address_is_told_what_fetches_it(tmp_path: Path, address: str) -> None:
    result = said("add", address, "--home", str(tmp_path / "home"))
    assert result.exit_code == 2
    assert f"`dispatches collect {address}`" in result.stderr
    assert not (tmp_path / "home").exists()


def test_taking_in_ends_with_what_failed_why_and_what_is_next(tmp_path: Path) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "page.html").write_text(PAGE)
    (pile / "empty.html").write_text("")
    (pile / "talk.rar").write_bytes(b"Rar!\x1a\x07\x01\x00 nothing")
    add = ("add", str(pile), "--home", str(tmp_path / "home"), "--processes", "1")
    result = said(*add)
    assert result.exit_code == 1
    assert "1  new article" in result.stdout
    assert "Why some failed: " in result.stderr
    assert "1 unreadable input" in result.stderr
    assert "1 unsupported format" in result.stderr
    assert "dispatches rebuild" in result.stderr
    scripted = said(*add, "--json")
    assert "dispatches rebuild" not in scripted.output
    (pile / "empty.html").unlink()
    (pile / "talk.rar").unlink()
    well = said(*add)
    assert well.exit_code == 0
    assert "Why some failed" not in well.stderr
