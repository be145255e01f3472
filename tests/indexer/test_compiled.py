"""Loops that are compiled, not loaded, are said to be: a first command may take seconds longer."""

from __future__ import annotations

from numba import njit

from indexer.compiled import when_compiling


def test_compiling_is_told_once() -> None:
    told: list[str] = []
    when_compiling(lambda: told.append("compiling"))

    assert njit(lambda number: number + 1)(1) == 2
    assert njit(lambda number: number + 2)(1) == 3

    assert told == ["compiling"]
