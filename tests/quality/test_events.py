"""Floors for events: reports of one happening meet, daily tolls do not."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.events import measure, reports


@pytest.mark.parametrize("seed", [1, 7])
def test_reports_of_one_happening_meet_and_next_to_nothing_else(seed: int) -> None:
    score = measure(list(reports(300, np.random.Generator(np.random.PCG64(seed)))))

    assert score.precision >= 0.98
    assert score.recall >= 0.95
