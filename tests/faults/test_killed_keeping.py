"""Kills whoever keeps something before each call that touches a file: what was acknowledged stays.

The killed process is a fork that counts the calls of its own functions in C that open, write, wait
for the disk, lock or rename, and kills itself before its Nth, as a power cut would.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from types import FrameType

import pytest

from corpus.home import Home
from corpus.store import Catalogue
from search.dossiers import keeping
from search.dossiers.changes import Create, Note, Undo
from search.dossiers.replay import load
from search.dossiers.standing import questions
from search.output.evidence.choosing import of_articles
from search.output.evidence.package import Order, write
from search.output.evidence.redaction import Redaction
from search.output.evidence.verifying import verify
from search.serving.serving import opened

_TOUCHING = frozenset(
    "open read write writelines flush fsync seek truncate ftruncate close flock mkdir chmod fchmod"
    " link unlink rename replace".split()
)
Say = Callable[[str], None]


def killed(action: Callable[[Say], None], prepare: Callable[[], None]) -> tuple[bool, list[str]]:
    """Does something in a fork; whether it was killed, and what it said before."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            prepare()
            action(lambda said: _say(writing, said))
        finally:
            sys.setprofile(None)
            os._exit(0 if sys.exc_info()[0] is None else 1)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        said = pipe.read().splitlines()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "it failed by itself"
    return os.WIFSIGNALED(status), said


def _say(pipe: int, said: str) -> None:
    os.write(pipe, f"{said}\n".encode())


def before_call(number: int) -> Callable[[], None]:
    """Has the process die before its Nth call that touches a file."""
    left = number

    def watch(_frame: FrameType, event: str, called: object) -> None:
        nonlocal left
        if event == "c_call" and getattr(called, "__name__", "") in _TOUCHING:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return lambda: sys.setprofile(watch)


def within_bytes(path: Path, number: int) -> Callable[[], None]:
    """Has the process die when a file has grown by so many bytes, in the middle of a write."""

    def prepare() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        size = path.stat().st_size + number
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    return prepare


@pytest.mark.slow
def test_a_dossier_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "dossiers.jsonl"
    acknowledged = _each_call(path, _notes)
    assert acknowledged > 20


def _notes(path: Path, run: int, say: Say) -> None:
    if not load(path).all():
        keeping.keep(path, "Anna", Create(name="Bridge"))
    for part in "ab":
        (kept,) = keeping.keep(path, "Anna", Note(dossier="Bridge", text=f"{run}{part}"))
        say(kept.id)
    (undone,) = keeping.keep(path, "Anna", Undo(change=kept.id))
    say(undone.id)


def _each_call(path: Path, act: Callable[[Path, int, Say], None]) -> int:
    """Kills before each call in turn, until there is no more to kill; how much was acknowledged."""
    every: list[str] = []
    for number in count(1):
        was_killed, said = killed(partial(act, path, number), before_call(number))
        every += said
        kept = {one.id for one in load(path).log}
        assert kept.issuperset(every), number
        if not was_killed:
            assert number > 30, "nothing was killed"
            return len(every)
    raise AssertionError


def test_a_write_that_is_cut_anywhere_costs_itself_alone(tmp_path: Path) -> None:
    path = tmp_path / "dossiers.jsonl"
    (dossier,) = keeping.keep(path, "Anna", Create(name="Bridge"))
    made = [dossier.id]
    longest = len(dossier.line.text) + 40
    for number in range(0, longest, 9):
        note = Note(dossier="Bridge", text=f"cut at {number}, ä")
        was_killed, _ = killed(partial(_keep, path, note), within_bytes(path, number))
        (after,) = keeping.keep(path, "Boris", Note(dossier="Bridge", text=f"after {number}"))
        made.append(after.id)
        assert [one.id for one in load(path).log if one.id in made] == made
        assert len(load(path).damaged) <= len(made) - 1
        assert was_killed or number > 90
    assert load(path).damaged, "no write was cut"


def _keep(path: Path, note: Note, _say: Say) -> None:
    keeping.keep(path, "Anna", note)


@pytest.mark.slow
def test_a_standing_question_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    known: set[str] = set()
    for number in count(1):

        def act(say: Say, run: int = number) -> None:
            for part in "ab":
                questions.keep(path, "Anna", f"{run}{part}", "ceasefire", {})
                say(f"{run}{part}")

        was_killed, said = killed(act, before_call(number))
        known.update(said)
        assert known <= {*questions.load(path)[0]}, number
        if not was_killed:
            assert number > 20
            break


@pytest.mark.slow
def test_a_package_is_whole_or_not_there(demo_home: Home, tmp_path: Path) -> None:
    with opened(demo_home) as index:
        article = index.article_ids[0]
        order = Order(
            chosen=of_articles([article], "Anna", index),
            who="Anna",
            generation=index.generation.name,
            redaction=Redaction(),
        )

    def act(path: Path, say: Say) -> None:
        with Catalogue.open(demo_home.catalogue, readonly=True) as catalogue:
            say(write(order, catalogue, path).digest)

    whole = 0
    for number in count(1, 9):
        path = tmp_path / f"{number}.zip"
        was_killed, said = killed(partial(act, path), before_call(number))
        assert path.exists() or not said, number
        if path.exists():
            assert verify(path).troubles == ()
            whole += 1
        if not was_killed:
            break
    assert number > 90
    assert whole
