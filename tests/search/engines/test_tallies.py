"""Counting: the loops for few and for many documents count what a plain sum counts."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from search.engines.whoosh.loops.tallies import count_many_values, count_values

_VALUES = 300


def _plainly(
    docs: NDArray[np.uint32], rows: NDArray[np.uint32], ordinals: NDArray[np.uint16]
) -> NDArray[np.int64]:
    found = [ordinals[rows[doc] : rows[doc + 1]] for doc in docs.tolist()]
    return np.bincount(np.concatenate([ordinals[:0], *found]), minlength=_VALUES)


@pytest.mark.parametrize("longest", [0, 1, 12, 40])
@pytest.mark.parametrize("share", [0.001, 0.01, 0.1, 1.0])
def test_every_value_of_every_document_counts_once(longest: int, share: float) -> None:
    random = np.random.default_rng(longest)
    sizes = random.integers(0, longest + 1, 20_000)
    rows = np.concatenate(([0], np.cumsum(sizes))).astype(np.uint32)
    ordinals = random.integers(0, _VALUES, int(rows[-1])).astype(np.uint16)
    docs = np.flatnonzero(random.random(len(sizes)) < share).astype(np.uint32)
    docs = np.union1d(docs, np.array([len(sizes) - 1], np.uint32)).astype(np.uint32)
    places = np.arange(_VALUES, dtype=np.int32)[::-1].copy()
    for count in (count_values, count_many_values):
        counts = np.ones(_VALUES, np.int32)
        count(docs, rows, ordinals, places, counts)
        assert (counts[places] - 1).tolist() == _plainly(docs, rows, ordinals).tolist()
