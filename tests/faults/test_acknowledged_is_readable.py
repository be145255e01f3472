"""What a person was told is kept can be read again, whatever it holds or befalls the file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.store import lines
from indexer.entities.authority.deciding import decide
from indexer.entities.authority.decisions import Action, Decision
from indexer.entities.authority.record import Authority
from indexer.entities.types import Entity, EntityKind

WHO = Entity("per-somebody", EntityKind.PERSON, "Some\u2028Body")
_ALL = "".join(map(chr, range(sys.maxunicode + 1)))
BREAKS = [line[-1] for line in _ALL.splitlines(keepends=True)[:-1]]


def rename(path: Path, label: str, why: str = "") -> Decision:
    return decide(path, Action.RENAME, [WHO], who="ada", why=why, value=label)


@given(label=st.text(st.characters(), min_size=1), why=st.text(st.characters()))
def test_whatever_is_taken_is_read_again(
    label: str, why: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("taken") / "decisions.jsonl"
    first = rename(path, "before")
    try:
        made = rename(path, f"x{label}", why)
    finally:
        after = rename(path, "after")
    loaded = Authority.load(path)
    assert loaded.log == (first, made, after)
    assert loaded.set_aside == ()


@pytest.mark.parametrize("character", BREAKS, ids=[f"U+{ord(one):04X}" for one in BREAKS])
def test_no_character_ends_a_line_but_the_line_end(character: str, tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    made = rename(path, f"one{character}two", why=f"three{character}four")
    assert Authority.load(path).log == (made,)


def test_old_lines_without_a_checksum_count(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    old = Decision(
        action=Action.RENAME, entities=("a",), value="x\u2028y", who="ada", when="2026-01-01"
    )
    path.write_bytes(f"{old.line()}\n".encode())
    new = rename(path, "later")
    loaded = Authority.load(path)
    assert loaded.log == (old, new)
    assert loaded.set_aside == ()
    altered = path.read_bytes().replace(b"later", b"Later").replace(b"x\xe2", b"z\xe2")
    path.write_bytes(altered)
    loaded = Authority.load(path)
    assert [one.value for one in loaded.log] == ["z\u2028y"]
    assert [str(one)[:40] for one in loaded.set_aside] == [
        'line 2 does not have its checksum: {"act'
    ]


@given(data=st.data())
def test_a_flipped_byte_costs_its_line_and_no_more(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("flipped") / "decisions.jsonl"
    made = [rename(path, f"label {number}") for number in range(3)]
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(bytes(content))
    kept = Authority.load(path).log
    assert set(kept) <= set(made)
    assert len(kept) >= 1  # a line end that was lost costs the two that it parted


FORMS: dict[str, tuple[Callable[[str], bytes], int]] = {
    "UTF-16": (lambda text: text.encode("utf-16"), 0),
    "CRLF": (lambda text: text.replace("\n", "\r\n").encode(), 2),
    "BOM": (lambda text: text.encode("utf-8-sig"), 2),
    "half a line": (lambda text: text.encode()[:-25], 1),
    "half a character": (lambda text: text.encode() + b'{"who":"\xd0', 2),
    "zeros": (lambda text: text.encode() + bytes(4096), 2),
    "nested without end": (lambda text: text.encode() + b'{"who":' + b"[" * 200_000 + b"}\n", 2),
    "a half of a pair": (
        lambda text: (
            text.encode() + b'{"action":"hide","entities":["a"],"who":"\\ud800","when":"x"}\n'
        ),
        2,
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_files_that_editors_and_crashes_leave_are_read_as_far_as_they_hold(
    form: str, tmp_path: Path
) -> None:
    path = tmp_path / "decisions.jsonl"
    made = [rename(path, "one"), rename(path, "two")]
    leave, kept = FORMS[form]
    path.write_bytes(leave(path.read_text(encoding="utf-8")))
    loaded = Authority.load(path)
    assert loaded.log == tuple(made[:kept])
    assert bool(loaded.set_aside) is (form not in {"CRLF", "BOM"})
    later = rename(path, "three")
    assert Authority.load(path).log == (*made[:kept], later)


def test_what_takes_back_nothing_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    made = rename(path, "one")
    decide(path, Action.UNDO, [], who="ada", why="", value=made.decision_id)
    twice = Decision(action=Action.UNDO, value=made.decision_id, who="bob", when="2027-01-01")
    lines.add(path, [twice.line()])  # as git joins two people's files
    loaded = Authority.load(path)
    assert loaded.standing == ()
    assert [one.number for one in loaded.set_aside] == [3]


def test_made_taken_back_and_made_again_counts(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    for _ in range(3):
        made = rename(path, "one")
        assert Authority.load(path).standing == (made,)
        decide(path, Action.UNDO, [], who="ada", why="", value=made.decision_id)
    assert len(Authority.load(path).log) == 6
