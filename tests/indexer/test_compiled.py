"""When is a loop compiled, and when loaded as it was compiled before?"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from numba import njit
from numba.core.caching import InTreeCacheLocator, UserWideCacheLocator

from indexer.compiled import Compilations, kept_in, when_compiling
from tests.conftest import ROOT

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


def refuse(*places: type, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes folders read-only; those who run tests may be allowed to write everywhere."""

    def refused(_place: object) -> None:
        raise PermissionError

    for place in places:
        monkeypatch.setattr(place, "ensure_cache_path", refused)


@pytest.mark.parametrize("and_no_home", [False, True])
def test_a_read_only_installation_loads_what_was_compiled_beside_it(
    modules: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: Any, and_no_home: bool
) -> None:
    assert loop_with(modules, width=3, added=1)(10) == 31
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    refuse(InTreeCacheLocator, monkeypatch=monkeypatch)
    if and_no_home:
        refuse(UserWideCacheLocator, monkeypatch=monkeypatch)

    with Compilations() as compiled:
        assert loop_with(modules, width=3, added=1)(10) == 31
    assert compiled.count == 0

    with Compilations() as compiled:
        assert loop_with(modules, width=4, added=1)(10) == 41  # that is in no folder
    assert compiled.count > 0
    with Compilations() as compiled:
        assert loop_with(modules, width=4, added=1)(10) == 41
    assert bool(compiled.count) is and_no_home


def test_where_loops_are_kept_can_be_told(modules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loop_with(modules, width=3, added=1)
    assert modules / "__pycache__" in kept_in()


def test_a_full_disk_stops_no_loop(modules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("numba.core.caching.IndexDataCacheFile.save", full)
    assert loop_with(modules, width=5, added=1)(10) == 51


_ASKED = """
import sys
from numba import njit
from a_loop import scaled
print(scaled(10), sum(scaled.stats.cache_hits.values()), "numba.np.linalg" in sys.modules)
print(njit(lambda number: number * 2)(4), scaled(1.5))
"""


def test_a_loop_is_loaded_without_what_compiling_needs(modules: Path) -> None:
    (modules / "parts_of_a_loop.py").write_text(_PARTS.format(width=3, added=1))
    found = os.pathsep.join([str(modules), str(ROOT)])
    told = [
        subprocess.run(
            [sys.executable, "-c", _ASKED],
            env={**os.environ, "PYTHONPATH": found},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.splitlines()
        for _ in range(2)
    ]
    assert told == [["31 0 True", "8 5.5"], ["31 1 False", "8 5.5"]]
