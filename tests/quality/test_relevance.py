"""Floors for the order of hits on sets with judgements: forms of words must not make it worse."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.articles import SHARED
from benchmarks.relevance import COLLECTIONS, load, measure

pytestmark = pytest.mark.slow

MOST = 0.0001


@pytest.mark.parametrize("name", COLLECTIONS)
def test_irregular_forms_make_no_order_worse(name: str, tmp_path: Path) -> None:
    if not (SHARED / "relevance").is_dir():
        pytest.skip("no sets with judgements on this machine")
    collection = load(name)
    without = measure("dispatches", collection, tmp_path / "without")
    forms = measure("dispatches-forms", collection, tmp_path / "forms")
    assert forms.ndcg >= without.ndcg - MOST
    assert forms.average_precision >= without.average_precision - MOST
