"""Nobody else on the machine reads a collection, whatever the umask, and an old one is closed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.home import Home, exposed
from tests.indexer.conftest import TakeIn, filled, home, take_in
from tests.indexer.test_commands import run

__all__ = ["filled", "home", "take_in"]  # fixtures
PAGE = """<!doctype html><html><head><title>Fire in the harbor of Orlova</title></head><body>
<article><h1>Fire in the harbor of Orlova</h1>
<p>Two ships burned through the night in the harbor of Orlova, the port authority said on Monday.
<p>Crews from three towns fought the flames until dawn, and nobody was hurt, a spokesman added.
<p>The quay remains closed until engineers have looked at the cranes that stood nearest.
</article></body></html>"""
WRITING = (
    ["rebuild", "--processes", "1"],
    ["dossier", "create", "Harbor"],
    ["watch", "keep", "harbors", "harbor"],
)


@pytest.fixture(
    params=[
        pytest.param(umask, id=f"umask {umask:03o}", marks=[pytest.mark.slow] if umask else [])
        for umask in (0o000, 0o022, 0o077)
    ]
)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    found = [folder, *(path for path in folder.rglob("*") if not path.is_symlink())]
    return {path.relative_to(folder).as_posix(): path.stat().st_mode & 0o7777 for path in found}


def assert_private(home: Home) -> None:
    for name, mode in modes(home.path).items():
        assert mode == (0o700 if (home.path / name).is_dir() else 0o600), name


def open_to_all(home: Home) -> None:
    for path in (home.path, *home.path.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_whatever_a_home_names_is_kept_private(tmp_path: Path) -> None:
    made = Home(tmp_path)
    named = [getattr(made, name) for name in dir(Home) if not name.startswith("_")]
    assert {one for one in named if isinstance(one, Path)} - {tmp_path} <= set(made.kept)


@pytest.mark.usefixtures("umask")
def test_every_file_of_a_home_is_its_owners(tmp_path: Path) -> None:
    made = Home(tmp_path / "of" / "mine")
    page = tmp_path / "page.html"
    page.write_text(PAGE)
    assert run(made, "add", str(page)).exit_code == 0
    for command in (*WRITING, ["keys", "make"]):
        assert run(made, *command).exit_code == 0, command
    names = set(modes(made.path))
    assert {"catalogue.sqlite", "analysis.sqlite", "dossiers.jsonl", "key.pem"} <= names
    assert "index/current" in names
    assert_private(made)
    assert exposed(made) == ()
    assert "Others" not in run(made, "status").output + run(made, "verify").output
    assert json.loads(run(made, "status", "--json").stdout)["exposed"] == []


@pytest.mark.parametrize("command", WRITING, ids=lambda command: command[0])
def test_an_old_home_is_told_of_and_closed_by_what_writes(filled: Home, command: list[str]) -> None:
    run(filled, "rebuild", "--processes", "1")
    open_to_all(filled)
    for telling in ("status", "verify"):
        said = run(filled, telling)
        assert said.exit_code == 0, "open is not damaged"
        assert "Others on this machine may read or change the folder" in said.stderr
        listed = json.loads(run(filled, telling, "--json").stdout)["exposed"]
        assert set(listed) == set(modes(filled.path))
    assert modes(filled.path)["."] == 0o755, "what only reads changes nothing"
    run(filled, *command)
    assert_private(filled)


def test_taking_in_closes_too(filled: Home, take_in: TakeIn) -> None:
    open_to_all(filled)
    take_in("later", "More of the same came later on that day.")
    assert_private(filled)


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o620, 0o602, 0o610])
def test_one_open_file_is_named(filled: Home, mode: int) -> None:
    run(filled, "dossier", "create", "Harbor")
    filled.dossiers.chmod(mode)
    assert json.loads(run(filled, "status", "--json").stdout)["exposed"] == ["dossiers.jsonl"]


def test_a_folder_that_holds_other_things_stays_as_it_is(filled: Home, take_in: TakeIn) -> None:
    other = filled.path / "holiday"
    other.mkdir(mode=0o755)
    (other / "sea.jpg").write_bytes(b"x")
    open_to_all(filled)
    take_in("later", "More of the same came later on that day.")
    found = modes(filled.path)
    assert found["."] == found["holiday"] == 0o755
    assert found["holiday/sea.jpg"] == 0o644
    assert found["catalogue.sqlite"] == 0o600
    assert "a folder that holds other things" in run(filled, "status").stderr


def test_a_home_whose_lines_are_kept_in_git_is_closed(filled: Home, take_in: TakeIn) -> None:
    (filled.path / ".git").mkdir()
    (filled.path / ".gitignore").write_text("*.sqlite\n")
    filled.path.chmod(0o755)
    take_in("later", "More of the same came later on that day.")
    assert modes(filled.path)["."] == 0o700


def test_a_sticky_folder_is_never_closed(tmp_path: Path) -> None:
    common = tmp_path / "common"
    common.mkdir()
    common.chmod(0o1777)
    run(Home(common), "dossier", "create", "Harbor")
    assert modes(common) == {".": 0o1777, "dossiers.jsonl": 0o600}


def test_links_out_of_an_index_are_not_followed(filled: Home, tmp_path: Path) -> None:
    run(filled, "rebuild", "--processes", "1")
    strange = tmp_path / "strange"
    strange.write_text("x")
    strange.chmod(0o644)
    (filled.index / "link").symlink_to(strange)
    run(filled, "dossier", "create", "Harbor")
    assert strange.stat().st_mode & 0o777 == 0o644


def test_what_cannot_be_closed_stops_nothing(
    filled: Home, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_to_all(filled)

    def refused(path: Path, mode: int) -> None:
        raise PermissionError(1, "Operation not permitted", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "chmod", refused)
        take_in("later", "More of the same came later on that day.")
    assert "Others on this machine" in run(filled, "status").stderr
