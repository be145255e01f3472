"""When is a loop compiled, and when loaded as it was compiled before?"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from numba import njit

from indexer.compiled import when_compiling

_LOOP = """
from indexer.compiled import compiled
from parts_of_a_loop import WIDTH, add
@compiled
def scaled(number):
    return add(number * WIDTH)
"""
_PARTS = """
from indexer.compiled import compiled
WIDTH = {width}
@compiled
def add(number):
    return number + {added}
"""


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder to import from; sources of one length and time are not taken for each other."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "a_loop.py").write_text(_LOOP)
    yield tmp_path
    forget()


def forget() -> None:
    for name in ("parts_of_a_loop", "a_loop"):
        sys.modules.pop(name, None)


def loop_with(folder: Path, *, width: int, added: int) -> Any:
    """The loop as the next process would have it, after its parts were written."""
    (folder / "parts_of_a_loop.py").write_text(_PARTS.format(width=width, added=added))
    importlib.invalidate_caches()
    forget()
    return importlib.import_module("a_loop").scaled


def test_compiling_is_told_once() -> None:
    told: list[str] = []
    when_compiling(lambda: told.append("compiling"))

    assert njit(lambda number: number + 1)(1) == 2
    assert njit(lambda number: number + 2)(1) == 3

    assert told == ["compiling"]


def test_a_changed_constant_or_loop_of_another_module_is_noticed(modules: Path) -> None:
    assert loop_with(modules, width=3, added=1)(10) == 31
    assert loop_with(modules, width=4, added=1)(10) == 41
    assert loop_with(modules, width=4, added=2)(10) == 42


_NAMED = """
from typing import NamedTuple
from indexer.compiled import compiled
class Pair(NamedTuple):
    {fields}
@compiled
def made(number):
    return Pair(number, 2).first
"""


def test_changed_fields_of_a_named_tuple_are_noticed(modules: Path) -> None:
    """The last line of the loop is the same in both."""
    answers = []
    for fields in ("first: int; second: int", "second: int; first: int"):
        (modules / "a_loop.py").write_text(_NAMED.format(fields=fields))
        importlib.invalidate_caches()
        forget()
        answers.append(importlib.import_module("a_loop").made(10))
    assert answers == [10, 2]


def test_what_did_not_change_is_loaded(modules: Path) -> None:
    loops = [loop_with(modules, width=3, added=1) for _ in range(2)]

    assert [loop(10) for loop in loops] == [31, 31]
    assert [sum(loop.stats.cache_hits.values()) for loop in loops] == [0, 1]
