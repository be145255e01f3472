"""Fixtures, and the strategy behind them.

Tests go in by public doors: a command, an address, a room's exported function. What they share is
real input: the bundled corpus, and (where present) the open text in `../shared/data`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real, openly licensed text; skips where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"needs the text in {SHARED_DATA}, which is not on this machine")
    return SHARED_DATA
