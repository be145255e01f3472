"""Kills whoever keeps something before each call that touches a file: what was acknowledged stays.

How they die: `tests.faults.attack.dying`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

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
from tests.faults.attack.dying import Say, dying, within_bytes


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
        ended = dying(partial(act, path, number), at=number, writes=True)
        every += ended.said
        kept = {one.id for one in load(path).log}
        assert kept.issuperset(every), number
        if not ended.killed:
            assert number > 20, "nothing was killed"
            return len(every)
    raise AssertionError


def test_a_write_that_is_cut_anywhere_costs_itself_alone(tmp_path: Path) -> None:
    path = tmp_path / "dossiers.jsonl"
    (dossier,) = keeping.keep(path, "Anna", Create(name="Bridge"))
    made = [dossier.id]
    longest = len(dossier.line.text) + 40
    for number in range(0, longest, 9):
        note = Note(dossier="Bridge", text=f"cut at {number}, ä")
        ended = dying(partial(_keep, path, note), prepare=within_bytes(path, number))
        (after,) = keeping.keep(path, "Boris", Note(dossier="Bridge", text=f"after {number}"))
        made.append(after.id)
        assert [one.id for one in load(path).log if one.id in made] == made
        assert len(load(path).damaged) <= len(made) - 1
        assert ended.killed or number > 90
    assert load(path).damaged, "no write was cut"


def _keep(path: Path, note: Note, _say: Say) -> None:
    keeping.keep(path, "Anna", note)


@pytest.mark.slow
def test_a_standing_question_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    known: set[str] = set()
    for number in count(1):

        def act(say: Say, run: int = number) -> None:
            name, other = f"{run}a", f"{run}b"
            questions.keep(path, "Anna", name, "ceasefire", {})
            say(name)
            questions.rename(path, "Anna", name, other)
            say(other)
            news = questions.News("g1", (), (), ("an article",))
            questions.looked(path, "Anna", questions.load(path)[0][other], news)
            say(f"{other} looked")

        ended = dying(act, at=number, writes=True)
        known.update(ended.said)
        kept = questions.load(path)[0]
        for one in known:
            name, _, looked = one.partition(" ")
            assert name in kept or (name.endswith("a") and f"{name[:-1]}b" in kept), number
            assert not looked or kept[name].looked, number
        if not ended.killed:
            assert number > 10
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
        ended = dying(partial(act, path), at=number, writes=True)
        assert path.exists() or not ended.said, number
        if path.exists():
            assert verify(path).troubles == ()
            whole += 1
        if not ended.killed:
            break
    assert number > 40
    assert whole
