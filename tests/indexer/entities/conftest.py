"""Every test here leaves no directory open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.indexer.entities.articles import OPENED


@pytest.fixture(autouse=True)
def _closing_directories() -> Iterator[None]:
    yield
    while OPENED:
        OPENED.pop().close()
