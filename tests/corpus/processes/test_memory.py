"""What a process gives back when it holds it no longer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from corpus.processes.memory import give_back

_PIECES, _PIECE = 2_000, 60_000  # too small for pages of their own


def _resident() -> int:
    """Bytes that this process has in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what it holds")
def test_what_is_freed_goes_back() -> None:
    held = [bytes([1]) * _PIECE for _ in range(_PIECES)]
    last = held[-1]  # it lies behind the others, so that nothing goes back by itself
    del held
    before = _resident()
    give_back()
    assert before - _resident() > _PIECES * _PIECE // 2
    assert len(last) == _PIECE
