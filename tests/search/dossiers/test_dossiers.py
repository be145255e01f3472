"""Dossiers: what people change is kept, can be undone, and joins with what others change."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import DossierError, DossierNotFound, InvalidParameter, StorageError
from corpus.store import lines
from corpus.store.lines import Line
from search.dossiers import changes, keeping, replay
from search.dossiers.changes import (
    Add,
    Change,
    Create,
    Kept,
    Mark,
    Move,
    Note,
    Quote,
    Reference,
    Remove,
    Rename,
    Rewrite,
    SetStatus,
    State,
    Status,
    Tag,
    Undo,
    Untag,
)
from search.dossiers.passages import passage_at
from search.dossiers.replay import Dossier, Dossiers, load

SHA = "0" * 64


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "dossiers.jsonl"


def _references(*ids: str) -> tuple[Reference, ...]:
    return tuple(Reference(id=one, original_sha256=SHA, title=one.upper()) for one in ids)


def _keep(path: Path, *made: Change, who: str = "Anna") -> Kept:
    return keeping.keep(path, who, *made)[-1]


def _begun(path: Path, *ids: str) -> str:
    dossier = _keep(path, Create(name="Bridge")).id
    if ids:
        _keep(path, Add(dossier=dossier, articles=_references(*ids)))
    return dossier


def _only(path: Path) -> Dossier:
    (dossier,) = load(path).all()
    return dossier


def _quote(dossier: str, article: str = "a") -> Quote:
    text = "The bridge fell at noon, two drivers said."
    return Quote(
        dossier=dossier,
        passage=passage_at(text, 4, 23, article=article, version=2, original_sha256=SHA),
    )


def test_a_dossier_holds_what_was_put_into_it(path: Path) -> None:
    dossier = _begun(path, "a", "b", "c")
    passage = _keep(path, _quote("Bridge")).id  # by its name, too
    _keep(path, Note(dossier=dossier, text="# All\n<b>of it</b>"))
    _keep(path, Note(dossier=dossier, about="b", text="on b"), who="Boris")
    note = _keep(path, Note(dossier=dossier, about=passage, text="who saw?")).id
    _keep(path, Rewrite(dossier=dossier, note=note, text="Who saw it?"), who="Boris")
    _keep(path, Tag(dossier=dossier, articles=("a", "c"), tags=("Photo", "eyewitness")))
    _keep(path, Untag(dossier=dossier, articles=("c",), tags=("photo",)))
    _keep(path, Tag(dossier=dossier, tags=("2026",)))
    _keep(path, Mark(dossier=dossier, articles=("b",), state=State.CHECKED))
    _keep(path, Move(dossier=dossier, article="c"))
    _keep(path, Move(dossier=dossier, article="a", after="b"))
    _keep(path, Rename(dossier=dossier, name="The bridge at Orlova"))

    found = _only(path)
    assert (found.dossier_id, found.name, found.tags) == (dossier, "The bridge at Orlova", ["2026"])
    assert [(one.article_id, one.state.value, one.tags) for one in found.items.values()] == [
        ("c", "unread", ["eyewitness"]),
        ("b", "checked", []),
        ("a", "unread", ["Photo", "eyewitness"]),
    ]
    assert [one.text for one in found.notes()] == ["# All\n<b>of it</b>"]
    assert [(one.text, one.who) for one in found.notes("b")] == [("on b", "Boris")]
    assert [(one.text, one.who) for one in found.notes(passage)] == [("Who saw it?", "Boris")]
    (kept,) = found.items["a"].passages
    assert (kept.passage.exact, kept.passage.prefix) == ("bridge fell at noon", "The ")


def test_what_was_noted_is_there_again_when_an_article_comes_back(path: Path) -> None:
    dossier = _begun(path, "a", "b")
    _keep(path, _quote(dossier))
    _keep(path, Tag(dossier=dossier, articles=("a",), tags=("photo",)))
    _keep(path, Remove(dossier=dossier, articles=("a",)))
    assert list(_only(path).items) == ["b"]

    _keep(path, Add(dossier=dossier, articles=_references("a", "b")))
    assert list(_only(path).items) == ["b", "a"]
    assert (_only(path).items["a"].tags, len(_only(path).items["a"].passages)) == (["photo"], 1)


def test_every_change_can_be_undone_and_the_undoing_too(path: Path) -> None:
    dossier = _begun(path, "a", "b", "c")
    made: list[Change] = [
        Rename(dossier=dossier, name="Other"),
        SetStatus(dossier=dossier, status=Status.CLOSED),
        Add(dossier=dossier, articles=_references("d")),
        Remove(dossier=dossier, articles=("a",)),
        _quote(dossier),
        Note(dossier=dossier, text="note"),
        Tag(dossier=dossier, articles=("a",), tags=("photo",)),
        Mark(dossier=dossier, articles=("a",), state=State.READ),
        Move(dossier=dossier, article="c"),
    ]

    def shown() -> str:
        found = _only(path)
        found.changed = ""
        return repr(found)

    before = shown()
    for change in made:
        kept = _keep(path, change)
        after = shown()
        assert after != before, change
        undo = _keep(path, Undo(change=kept.id))
        assert shown() == before, change
        again = _keep(path, Undo(change=undo.id))
        assert shown() == after, change
        _keep(path, Undo(change=again.id))
        assert shown() == before, change
    _keep(path, Undo(change=dossier))
    assert load(path).all() == []
    assert len(load(path).of(dossier)) == len(load(path).log)  # nothing is gone from the file


def test_what_would_come_to_nothing_is_refused_and_nothing_written(path: Path) -> None:
    dossier = _begun(path, "a")
    content = path.read_bytes()
    refused: list[tuple[Change, type[Exception], str]] = [
        (Create(name="bridge"), DossierError, "already"),
        (Create(name=" "), DossierError, "empty"),
        (Create(name="a\nb"), DossierError, "line break"),
        (Rename(dossier="x", name="y"), DossierNotFound, "no dossier 'x'"),
        (Remove(dossier=dossier, articles=("z",)), DossierNotFound, "z is not in"),
        (Note(dossier=dossier, about="z", text="t"), DossierNotFound, "z is not in"),
        (Note(dossier=dossier, text="x" * 20_001), DossierError, "20,001 characters"),
        (Rewrite(dossier=dossier, note="z", text="t"), DossierNotFound, "z is not in"),
        (Tag(dossier=dossier, articles=("a",), tags=()), DossierError, "no tag"),
        (Tag(dossier=dossier, articles=("a",), tags=("t" * 61,)), DossierError, "61"),
        (Move(dossier=dossier, article="a", after="z"), DossierNotFound, "z is not in"),
        (_quote(dossier, "z"), DossierNotFound, "z is not in"),
        (Undo(change="z"), DossierNotFound, "no change z"),
    ]
    for change, error, message in refused:
        with pytest.raises(error, match=message):
            _keep(path, change)
    with pytest.raises(InvalidParameter, match="nobody"):
        _keep(path, Create(name="new"), who=" ")
    with pytest.raises(DossierError):  # all or none
        _keep(path, Note(dossier=dossier, text="fine"), Note(dossier=dossier, text=""))
    assert path.read_bytes() == content


def test_a_closed_dossier_takes_nothing_until_it_is_opened(path: Path) -> None:
    dossier = _begun(path, "a")
    _keep(path, SetStatus(dossier=dossier, status=Status.CLOSED))
    with pytest.raises(DossierError, match="closed"):
        _keep(path, Note(dossier=dossier, text="late"))
    _keep(path, SetStatus(dossier=dossier, status=Status.OPEN))
    _keep(path, Note(dossier=dossier, text="in time"))


@pytest.mark.parametrize(
    "most", [1_200, pytest.param(changes.MAX_ARTICLES, marks=pytest.mark.slow)]
)
def test_a_dossier_has_its_most_articles_and_not_one_more(
    path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(replay, "MAX_ARTICLES", most)
    dossier = _begun(path)
    articles = _references(*(f"a{number}" for number in range(most)))
    keeping.keep(path, "Anna", *keeping.adding(dossier, articles))
    assert len(_only(path).items) == most
    _keep(path, Add(dossier=dossier, articles=_references("a1")))  # it is there
    with pytest.raises(DossierError, match=f"{most:,}"):
        _keep(path, Add(dossier=dossier, articles=_references("b")))


def test_half_a_surrogate_pair_costs_itself(path: Path) -> None:
    dossier = _begun(path)
    reference = Reference(id="a", original_sha256=SHA, title="half \ud83d")
    _keep(path, Add(dossier=dossier, articles=(reference,)))
    _keep(path, Note(dossier=dossier, about="a", text="\ud83d half"))
    found = _only(path)
    assert found.items["a"].reference.title == "half \ufffd"
    assert [note.text for note in found.notes("a")] == ["\ufffd half"]
    assert load(path).damaged == ()


def test_a_damaged_line_is_named_and_costs_itself(path: Path) -> None:
    dossier = _begun(path, "a")
    _keep(path, Note(dossier=dossier, text="lost"))
    _keep(path, Note(dossier=dossier, text="kept"))
    path.write_bytes(path.read_bytes().replace(b'"lost"', b'"list"'))

    found = load(path)
    assert [note.text for note in found.dossier("Bridge").notes()] == ["kept"]
    (damaged,) = found.damaged
    assert (damaged.number, damaged.reason) == (3, "does not have its checksum")
    _keep(path, Note(dossier=dossier, text="later"))
    assert [note.text for note in _only(path).notes()] == ["kept", "later"]
    assert b'"list"' in path.read_bytes()


def test_a_line_that_states_no_change_is_set_aside(path: Path) -> None:
    when = '"when":"2026-01-01T00:00:00.000000+00:00","who":"x"'
    bodies = [
        '{"action":"fly"}',
        '{"action":"create","name":"no time"}',
        '{"action":"create","name":"n","extra":1,' + when + "}",
        '{"action":"create","name":"fine",' + when + "}",
    ]
    with lines.alone(path):
        lines.add(path, bodies)
    found = load(path)
    assert [one.name for one in found.all()] == ["fine"]
    assert [one.number for one in found.damaged] == [1, 2, 3]


@given(st.randoms(use_true_random=False))
@settings(max_examples=25)  # each writes, and syncs, seven times
def test_lines_joined_in_any_order_come_to_the_same(
    tmp_path_factory: pytest.TempPathFactory, drawn: random.Random
) -> None:
    path = tmp_path_factory.mktemp("joined") / "dossiers.jsonl"
    dossier = _begun(path, "a", "b", "c")
    for _ in range(6):
        article = drawn.choice("abc")
        kept = load(path)
        made: list[Change] = [
            Note(dossier=dossier, about=article, text="n"),
            Tag(dossier=dossier, articles=(article,), tags=("t",)),
            Untag(dossier=dossier, articles=(article,), tags=("t",)),
            Move(dossier=dossier, article=article),
        ]
        made += [Undo(change=one.id) for one in kept.log[2:] if one.id not in kept.undone][-1:]
        _keep(path, drawn.choice(made))
    expected = repr(_only(path))
    rows = path.read_bytes().splitlines(keepends=True)
    drawn.shuffle(rows)
    path.write_bytes(b"".join([*rows, rows[0]]))
    assert repr(_only(path)) == expected


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")
@pytest.mark.parametrize("attribute", ["*.jsonl merge=union\n", ""])
def test_git_joins_what_two_people_did_apart(path: Path, attribute: str) -> None:
    """With the attribute, and without it, where the marks of the conflict stay in the file."""
    folder = path.parent

    def git(*arguments: str) -> int:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@a.example", *arguments]
        return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode

    dossier = _begun(path, "a", "b")
    (folder / ".gitattributes").write_text(attribute, encoding="utf-8")
    assert git("init", "-q", "-b", "anna") == git("add", ".") == git("commit", "-qm", "one") == 0
    assert git("checkout", "-qb", "boris") == 0
    theirs = [_keep(path, Note(dossier=dossier, text=f"B {one}"), who="Boris") for one in "12"]
    assert git("commit", "-qam", "two") == git("checkout", "-q", "anna") == 0
    own = _keep(path, Tag(dossier=dossier, articles=("a",), tags=("t",)))
    assert git("commit", "-qam", "three") == 0
    assert (git("merge", "-q", "-m", "both", "boris") == 0) is bool(attribute)
    joined = load(path)
    assert {one.id for one in joined.log} >= {own.id, *(one.id for one in theirs)}
    assert len(joined.damaged) == (0 if attribute else 3)
    assert [note.text for note in joined.dossier(dossier).notes()] == ["B 1", "B 2"]
    assert joined.dossier(dossier).items["a"].tags == ["t"]


def test_what_was_taken_out_of_one_collection_comes_into_another(
    path: Path, tmp_path: Path
) -> None:
    dossier = _begun(path, "a", "b")
    _keep(path, Note(dossier=dossier, about="a", text="ä <b>"))
    _keep(path, Undo(change=_keep(path, Move(dossier=dossier, article="b")).id))
    _keep(path, Create(name="another"))
    text = keeping.taken_out(load(path), dossier)
    other = tmp_path / "other" / "dossiers.jsonl"
    _keep(other, Create(name="theirs"))

    came = keeping.bring_in(other, f"{text}no line\n".encode())
    assert (came.added, came.known, [one.number for one in came.refused]) == (5, 0, [6])
    assert {one.name for one in load(other).all()} == {"Bridge", "theirs"}
    assert repr(load(other).dossier("Bridge")) == repr(load(path).dossier("Bridge"))
    assert keeping.bring_in(other, text.encode()).known == 5


def test_a_line_from_the_future_is_refused_and_one_a_little_ahead_is_followed(path: Path) -> None:
    far = Create(name="far", who="x", when="2999-01-01T00:00:00.000000+00:00")
    came = keeping.bring_in(path, Line(0, changes.body(far)).text.encode())
    assert (came.added, came.refused[0].reason) == (0, "is from the future")

    first = _keep(path, Create(name="one")).change.when
    second = _keep(path, Create(name="two")).change.when
    assert second > first


_WRITER = """
import sys
from pathlib import Path
from search.dossiers import keeping
from search.dossiers.changes import Note
for number in range(18):
    keeping.keep(Path(sys.argv[1]), sys.argv[3], Note(dossier=sys.argv[2], text=f"{number}"))
    print(number, flush=True)
"""


def test_two_people_at_once_lose_nothing(path: Path) -> None:
    dossier = _begun(path)
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, str(path), dossier, who])
        for who in ("Anna", "Boris")
    ]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    notes = _only(path).notes()
    for who in ("Anna", "Boris"):
        assert [note.text for note in notes if note.who == who] == [str(n) for n in range(18)]


def test_a_killed_writer_loses_nothing_that_it_acknowledged(path: Path) -> None:
    dossier = _begun(path)
    said = 0
    for place in (0, 2, 5):
        command = [sys.executable, "-c", _WRITER, str(path), dossier, f"w{place}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            acknowledged = [writer.stdout.readline() for _ in range(place * 3 + 1)]
            writer.kill()
            acknowledged += writer.stdout.readlines()
        kept = [note.text for note in _only(path).notes() if note.who == f"w{place}"]
        whole = [line.strip() for line in acknowledged if line.endswith("\n")]
        assert kept[: len(whole)] == whole
        assert len(kept) <= len(whole) + 1
        said += len(whole)
    assert said > 0
    assert load(path).damaged == ()


def test_an_unreadable_file_is_an_error_not_an_empty_collection(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        load(tmp_path)
    assert isinstance(load(tmp_path / "none.jsonl"), Dossiers)
