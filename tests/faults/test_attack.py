"""The attack program: it sees what breaks, and a small part of it holds."""

from __future__ import annotations

import json
import os
import pickle
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.faults.attack import __main__ as program
from tests.faults.attack.dying import Say
from tests.faults.attack.killing import killing
from tests.faults.attack.kinds import Attempt, Kind, NoAttempt
from tests.faults.attack.operations import Operation
from tests.faults.attack.power import LOSSES, Disk, Note

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


def _two_files(folder: Path) -> None:
    for name in "ab":
        (folder / name).write_text("old")


def _careless(folder: Path, say: Say) -> None:
    for name in "ab":
        (folder / name).write_text("new")
    say("done")


def _careful(folder: Path, say: Say) -> None:
    (folder / "fresh").mkdir()
    for name in "ab":
        (folder / "fresh" / name).write_text("new")
    (folder / "fresh").rename(folder / "pair")
    say("done")


def _agree(folder: Path, said: Sequence[str]) -> None:
    found = folder / "pair" if (folder / "pair").exists() else folder
    assert (found / "a").read_text() == (found / "b").read_text()
    assert not said or (found / "a").read_text() == "new"


@pytest.mark.parametrize(("work", "holds"), [(_careless, False), (_careful, True)])
def test_a_kill_shows_what_is_written_in_place(
    work: Callable[[Path, Say], None], holds: bool, tmp_path: Path
) -> None:
    operation = Operation("two", _two_files, work, _agree)
    broke = 0
    with killing(operation, tmp_path) as attempt:
        for number in range(20):
            try:
                attempt(random.Random(number))
            except AssertionError:
                broke += 1
            except NoAttempt:
                continue
    assert bool(broke) is not holds


def _cut(tmp_path: Path, *notes: tuple[str, int, bytes, bytes], loss: str) -> dict[str, bytes]:
    """What is left of a folder with a file `a` in which the notes were made."""
    folder = tmp_path / "folder"
    folder.mkdir(exist_ok=True)
    (folder / "a").write_bytes(b"old")
    inodes = {0: folder.stat().st_ino, 1: (folder / "a").stat().st_ino}
    disk: Disk = pickle.loads(pickle.dumps(Disk(folder)))
    for what, inode, *names in notes:
        first, second = (
            os.fsencode(folder / os.fsdecode(one)) if what in "CRLUK" and one else one
            for one in names
        )
        disk.do(Note(what, inodes.get(inode, 1 << 60 | inode), 0, first, second))
    left = tmp_path / f"left-{loss}"
    disk.fails(left, loss, random.Random(1))
    return {path.name: path.read_bytes() for path in left.iterdir()}


NEW = [("C", 2, b"b", b""), ("W", 2, b"new", b"")]
REPLACED = ("R", 0, b"b", b"a")


def test_only_what_was_forced_outlasts_a_power_cut(tmp_path: Path) -> None:
    for loss in LOSSES:
        left = partial(_cut, tmp_path / loss, loss=loss)
        (tmp_path / loss).mkdir()
        forced = left(*NEW, ("S", 2, b"", b""), REPLACED, ("S", 0, b"", b""))
        assert forced == {"a": b"new"}, loss


@pytest.mark.parametrize(
    ("notes", "loss", "left"),
    [
        ([*NEW], "nothing", {"a": b"old", "b": b"new"}),
        ([*NEW], "everything", {"a": b"old"}),
        ([*NEW, ("S", 2, b"", b"")], "everything", {"a": b"old", "b": b"new"}),
        ([*NEW, ("S", 0, b"", b"")], "everything", {"a": b"old", "b": b""}),
        ([*NEW, ("S", 0, b"", b"")], "zeros", {"a": b"old", "b": b"\0\0\0"}),
        ([*NEW, REPLACED, ("S", 0, b"", b"")], "everything", {"a": b""}),
        ([*NEW, ("S", 2, b"", b""), REPLACED], "everything", {"a": b"old", "b": b"new"}),
        ([("U", 0, b"a", b"")], "everything", {"a": b"old"}),
        ([("U", 0, b"a", b""), ("S", 0, b"", b"")], "everything", {}),
        ([("T", 1, b"", b"")], "nothing", {"a": b""}),
        ([("T", 1, b"", b""), ("W", 1, b"x", b"")], "everything", {"a": b"old"}),
        ([("L", 0, b"a", b"b"), ("S", 0, b"", b"")], "everything", {"a": b"old", "b": b"old"}),
    ],
)
def test_what_a_power_cut_leaves(
    notes: list[tuple[str, int, bytes, bytes]], loss: str, left: dict[str, bytes], tmp_path: Path
) -> None:
    assert _cut(tmp_path, *notes, loss=loss) == left


@contextmanager
def _made_up(folder: Path) -> Iterator[Attempt]:
    def attempt(chance: random.Random) -> str:
        found = chance.randrange(3)
        if not found:
            raise NoAttempt
        assert found == 1, "it was two"
        return "one"

    yield attempt


def test_results_add_up_go_on_and_are_the_same_for_a_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "KINDS", [Kind("made:up", "something made up", 30, _made_up)])
    results = tmp_path / "results.jsonl"
    asked = ["--results", str(results), "--seed", "5"]
    assert program.main([*asked, "--attempts", "9"]) == 1
    cut_off = results.read_text()[:-7]
    results.write_text(cut_off)
    assert program.main([*asked]) == 1
    lines = [json.loads(line) for line in results.read_text().splitlines()[1:]]
    said = capsys.readouterr().out
    assert sorted(one["number"] for one in lines) == [*range(30)]
    attempts = [one for one in lines if one["outcome"] != "none"]
    held = sum(one["outcome"] == "held" for one in attempts)
    assert 0 < held < len(attempts) < 30
    row = f"| something made up | {len(attempts)} | {held} | {len(attempts) - held} |"
    assert row in said
    other = tmp_path / "other.jsonl"
    program.main(["--results", str(other), "--seed", "5", "--only", "17"])
    (again,) = [json.loads(line) for line in other.read_text().splitlines()[1:]]
    first = next(one for one in lines if one["number"] == 17)
    assert again | {"seconds": 0} == first | {"seconds": 0}


@pytest.mark.slow
def test_a_part_of_all_attacks_holds(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.faults.attack", "--few", "--seed", "20261129"]
    made = subprocess.run(
        [*command, "--results", str(tmp_path / "results.jsonl")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    assert "| all |" in made.stdout
