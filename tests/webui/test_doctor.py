"""The doctor names each trouble, with what to do, and finds none where there is none."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.home import RESTORING, Home
from indexer.generations.parts import parts
from tests.indexer.test_commands import run
from webui.access import restrictions, store
from webui.access.people import People
from webui.access.roles import Role
from webui.server.upkeep import doctor, surroundings
from webui.server.upkeep.findings import Finding, State


@pytest.fixture
def indexed(demo_home: Home, tmp_path: Path) -> Home:
    """A collection of its own to damage."""
    shutil.copytree(demo_home.path, tmp_path / "home")
    return Home(tmp_path / "home")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine is none of these tests' matter."""
    for name in ("_loops", "_fonts"):
        monkeypatch.setattr(surroundings, name, lambda: Finding("elsewhere", State.FINE, ""))
    monkeypatch.setattr(surroundings, "_of_disk", lambda *_: Finding("disk", State.FINE, ""))


def findings(home: Home) -> list[dict[str, Any]]:
    result = run(home, "doctor", "--json")
    said = json.loads(result.stdout)
    troubles = [one for one in said["findings"] if one["state"] == "trouble"]
    assert said["troubles"] == len(troubles)
    assert result.exit_code == (1 if troubles else 0)
    assert all(one["found"] and one["advice"] for one in troubles)
    return list(said["findings"])


def troubles(home: Home) -> list[str]:
    return [one["part"] for one in findings(home) if one["state"] == "trouble"]


def test_where_nothing_is_wrong_nothing_is_found(indexed: Home) -> None:
    files = [path for path in indexed.path.rglob("*") if not path.name.endswith("-shm")]
    before = {path: path.stat().st_mtime_ns for path in files if path.is_file()}
    assert troubles(indexed) == []
    said = run(indexed, "doctor")
    assert said.exit_code == 0
    assert "trouble" not in said.stdout
    for part in ("Python", "packages", "memory", "disk", "permissions", "catalogue", "index"):
        assert f" {part} " in said.stdout
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_folder_without_a_collection_is_no_trouble(tmp_path: Path) -> None:
    assert troubles(Home(tmp_path / "none")) == []
    assert "dispatches add" in run(Home(tmp_path / "none"), "doctor").stdout


def _open(home: Home) -> None:
    home.catalogue.chmod(0o644)


def _half_restored(home: Home) -> None:
    (home.path / RESTORING).mkdir(mode=0o700)


def _draft(home: Home) -> None:
    (home.index / ".draft").mkdir(mode=0o700)


def _pointer(home: Home) -> None:
    home.index.joinpath(".current").write_text("x")
    home.index.joinpath(".current").chmod(0o600)


def _no_catalogue(home: Home) -> None:
    home.catalogue.unlink()


def _other_catalogue(home: Home) -> None:
    home.catalogue.write_bytes(b"no database")


def _damaged_index(home: Home) -> None:
    next(home.index.glob("*/entities.sqlite")).write_bytes(b"")


def _damaged_people(home: Home) -> None:
    home.people.write_bytes(b"no database")
    home.people.chmod(0o600)


def _not_carried_out(home: Home) -> None:
    restrictions.restrict(home, "Anna", ["a0"], [])  # and no more: the command was killed


def _half_a_part(home: Home) -> None:
    _not_carried_out(home)
    restrictions.carry_out(home)
    (part,) = parts(home)
    part.hidden.unlink()


@pytest.mark.parametrize(
    ("damage", "part", "says"),
    [
        (_open, "permissions", "chmod"),
        (_half_restored, "left behind", "dispatches restore"),
        (_draft, "left behind", "dispatches rebuild"),
        (_pointer, "left behind", "dispatches rebuild"),
        (_no_catalogue, "catalogue", "backup"),
        (_other_catalogue, "catalogue", ""),
        (_damaged_index, "index", "dispatches rebuild"),
        (_damaged_people, "people", "backup"),
        (_not_carried_out, "restrictions", "dispatches restrict"),
        (_half_a_part, "restrictions", "dispatches restrict"),
    ],
)
def test_each_damage_is_found(
    damage: Callable[[Home], None], part: str, says: str, indexed: Home
) -> None:
    damage(indexed)
    assert troubles(indexed) == [part]
    (found,) = [one for one in findings(indexed) if one["state"] == "trouble"]
    assert says in found["found"] + found["advice"]
    assert part in run(indexed, "doctor").stdout


def test_a_draft_of_a_rebuild_under_way_is_none(indexed: Home) -> None:
    _draft(indexed)
    lock = os.open(indexed.index / ".lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(lock, fcntl.LOCK_EX)
    assert troubles(indexed) == []
    os.close(lock)
    assert troubles(indexed) == ["left behind"]


def test_people_who_can_sign_in_are_no_trouble(indexed: Home) -> None:
    with store.writing(indexed.people, new=True) as database:
        People(database).add("Olga", Role.OPERATOR, "correct horse battery")
    assert troubles(indexed) == []
    indexed.people.chmod(0o604)
    assert troubles(indexed) == ["permissions", "people"]


def test_files_of_another_user_are_told(indexed: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_is_mine", lambda path: path != indexed.catalogue)
    assert troubles(indexed) == ["ownership"]


@pytest.mark.parametrize(
    ("running", "state"),
    [((3, 10, 9), "trouble"), ((3, 11, 0), "fine"), ((3, 13, 5), "fine"), ((3, 14, 0), "trouble")],
)
def test_a_python_that_was_not_tested_is_told(
    running: tuple[int, ...], state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", running)
    assert surroundings._python().state == state


@pytest.mark.parametrize(
    ("needed", "said"),
    [
        (["click"], ""),
        (["click>=1,<999"], ""),
        (["no-such-thing>=2"], "no-such-thing is missing"),
        (["click<1"], "click<1 is needed"),
        (["click>=999"], "click>=999 is needed"),
        (["click==0.0.1"], "click==0.0.1 is needed"),
        (['no-such-thing; extra == "more"'], ""),
    ],
)
def test_packages_are_compared_with_what_is_needed(
    needed: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surroundings, "requires", lambda _: needed)
    (found,) = surroundings._packages()
    assert (found.state is State.TROUBLE) is bool(said)
    assert said in found.found


@pytest.mark.parametrize(
    ("here", "bounds", "within"),
    [
        ("2.0", "==2", True),
        ("2.0.1", "==2.0", False),
        ("2.10", ">=2.9", True),
        ("2.9", ">=2.10", False),
        ("4.15.1", ">=4.15,<4.16", True),
        ("4.16", ">=4.15,<4.16", False),
        ("3", "<3", False),
        ("3", "<=3", True),
        ("3", ">3", False),
    ],
)
def test_versions_are_compared_as_numbers(here: str, bounds: str, within: bool) -> None:
    assert surroundings._is_within(here, bounds) is within


def test_missing_extras_are_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        surroundings, "find_spec", lambda name: None if name == "docx" else object()
    )
    found = {one.found: one for one in surroundings._extras()}
    missing = found["documents is not installed (docx)"]
    assert missing.state is State.NOTE
    assert "dispatches[documents]" in missing.advice
    assert sum(one.state is State.FINE for one in found.values()) == len(found) - 1


def test_memory_and_disk_have_their_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    memory = [surroundings._of_memory(size << 29).state for size in (1, 2, 7, 8)]
    assert memory == [State.TROUBLE, State.NOTE, State.NOTE, State.FINE]
    giga = 1 << 30
    assert surroundings._of_disk(giga - 1, 0).state is State.TROUBLE
    assert surroundings._of_disk(giga, 0).state is State.FINE
    assert surroundings._of_disk(5 * giga, 6 * giga).state is State.TROUBLE


def test_programs_are_found_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = {one.part: one for one in surroundings._programs()}
    assert (found["OCR"].state, found["OCR"].found) == (State.FINE, str(program))
    assert found["Java"].state is State.NOTE


def test_loops_that_cannot_be_kept_are_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr("indexer.compiled.cold", lambda: 0)
    assert surroundings._loops().state is State.FINE
    monkeypatch.setattr("indexer.compiled.cold", lambda: 3)
    assert "dispatches warm" in surroundings._loops().advice
    assert surroundings._loops().state is State.NOTE
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert surroundings._loops().state is State.TROUBLE
    assert "NUMBA_CACHE_DIR" in surroundings._loops().advice


def test_fonts_are_told_by_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    lister = tmp_path / "fc-list"
    lister.write_text('#!/bin/sh\n[ "$1" = :lang=ar ] || echo Noto\n')
    lister.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert "none for Arabic:" in surroundings._fonts().found
    lister.write_text("#!/bin/sh\necho Noto\n")
    assert surroundings._fonts().state is State.FINE
