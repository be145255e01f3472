"""Flat arrays: what is said of many numbers at once is what numpy says of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.entities.ragged import distinct, first_of_each

_numbers = st.lists(st.one_of(st.integers(0, 5), st.integers(0, (1 << 63) - 1)), max_size=40)


@given(_numbers)
def test_the_first_of_each_number(numbers: list[int]) -> None:
    """Small ones, and those beside which their places have no room."""
    given_ones = np.array(numbers, np.int64)
    for ours, theirs in zip(
        first_of_each(given_ones.copy()),
        np.unique(given_ones, return_index=True, return_inverse=True),
        strict=True,
    ):
        assert ours.tolist() == theirs.tolist()
    assert distinct(given_ones).tolist() == sorted(set(numbers))
