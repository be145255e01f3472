"""Lines that are only added: damage is named and costs itself; nothing acknowledged is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import StorageError
from corpus.store import lines
from corpus.store.lines import DamagedLine


def _add(path: Path, *bodies: str) -> None:
    with lines.alone(path):
        lines.add(path, bodies)


def _bodies(path: Path) -> list[str]:
    return [line.body for line in lines.read(path)[0]]


@given(st.lists(st.dictionaries(st.text(), st.text()), max_size=5))
def test_what_was_added_is_read_back_whatever_it_holds(
    tmp_path_factory: pytest.TempPathFactory, objects: list[dict[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("lines") / "kept.jsonl"
    bodies = [json.dumps({"n": place, "o": one}) for place, one in enumerate(objects)]
    for body in bodies:
        _add(path, body)

    assert _bodies(path) == bodies
    assert lines.read(path)[1] == []


@pytest.mark.parametrize("end", ["\u2028", "\x85", "\x0b", "\x1c", "\r"])
def test_only_a_line_feed_ends_a_line(tmp_path: Path, end: str) -> None:
    path = tmp_path / "kept.jsonl"
    body = json.dumps({"text": f"one{end}two"}, ensure_ascii=False)
    _add(path, body, '{"text":"three"}')

    assert _bodies(path) == [body, '{"text":"three"}']


def test_one_changed_byte_anywhere_costs_that_line_alone(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    _add(path, '{"a":"1"}', '{"b":"2"}', '{"c":"3"}')
    content = path.read_bytes()
    first, second = content.index(b"\n") + 1, content.index(b"\n", content.index(b"\n") + 1)
    for place in range(first, second):
        altered = bytearray(content)
        altered[place] ^= 0x04
        kept, damaged = lines.sorted_out(bytes(altered))
        assert [line.body for line in kept] == ['{"a":"1"}', '{"c":"3"}']
        assert [one.number for one in damaged] == [2]


def test_a_line_cut_off_by_a_kill_stays_apart_from_the_next(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    _add(path, '{"a":"1"}', '{"b":"2"}')
    whole = path.read_bytes()
    for end in range(whole.index(b"\n") + 2, len(whole) - 1):
        path.write_bytes(whole[:end])
        _add(path, '{"c":"3"}')
        kept, damaged = lines.read(path)
        assert [line.body for line in kept] == ['{"a":"1"}', '{"c":"3"}']
        (one,) = damaged
        assert (one.number, one.reason) == (2, "was cut off")
    assert isinstance(one, DamagedLine)


def test_only_the_line_end_missing_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    _add(path, '{"a":"1"}')
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    _add(path, '{"b":"2"}')
    assert _bodies(path) == ['{"a":"1"}', '{"b":"2"}']


def test_a_line_that_git_joined_twice_counts_once_and_windows_line_ends_do_not_matter(
    tmp_path: Path,
) -> None:
    path = tmp_path / "kept.jsonl"
    _add(path, '{"a":"1"}', '{"b":"2"}')
    content = path.read_bytes()
    path.write_bytes(content.replace(b"\n", b"\r\n") + content)
    assert _bodies(path) == ['{"a":"1"}', '{"b":"2"}']


def test_a_line_without_a_checksum_or_of_other_bytes_is_named(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    path.write_bytes(b'{"a":"1"}\n\xff\xfe\n\n<<<<<<< HEAD\n')
    kept, damaged = lines.read(path)
    assert kept == []
    assert [str(one) for one in damaged] == [
        'line 1 has no checksum: {"a":"1"}',
        "line 2 is not UTF-8: \ufffd\ufffd",
        "line 4 has no checksum: <<<<<<< HEAD",
    ]


def test_a_full_disk_keeps_nothing_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept.jsonl"
    _add(path, '{"a":"1"}')
    before = path.read_bytes()

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        _add(path, '{"b":"2"}')
    assert path.read_bytes() == before


def test_a_disk_that_does_not_keep_what_it_was_given_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept.jsonl"
    path.touch()

    def loses(file: int) -> None:
        os.ftruncate(file, 3)

    monkeypatch.setattr(os, "fsync", loses)
    with pytest.raises(StorageError, match="read back"):
        _add(path, '{"a":"1"}')


_WRITER = """
import sys
from pathlib import Path
from corpus.store import lines
path = Path(sys.argv[1])
for number in range(40):
    with lines.alone(path):
        before = len(lines.read(path)[0])
        lines.add(path, ['{"who":"%s","number":%d,"before":%d}' % (sys.argv[2], number, before)])
"""


def test_two_who_add_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    writers = [subprocess.Popen([sys.executable, "-c", _WRITER, str(path), name]) for name in "ab"]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]

    kept, damaged = lines.read(path)
    assert damaged == []
    found = [json.loads(line.body) for line in kept]
    assert [one["before"] for one in found] == list(range(80))
    for name in "ab":
        assert [one["number"] for one in found if one["who"] == name] == list(range(40))
