"""The cleaner stays as good as it was measured to be: `benchmarks/extraction/floors.json`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.extraction import bundled_pages
from benchmarks.extraction.measuring import FLOORS, below_floors, measure
from benchmarks.extraction.shingles import Overlap, average, overlap


@pytest.mark.shared
@pytest.mark.slow
def test_no_figure_is_below_its_floor(shared_data: Path) -> None:
    assert below_floors(measure(shared_data, peers=False).figures) == []


@pytest.mark.parametrize("figure", [f"bundled:{check}" for check in bundled_pages.CHECKS])
def test_the_bundled_pages_are_read_as_they_were_written(
    figure: str, bundled: dict[str, float]
) -> None:
    assert bundled[figure] >= json.loads(FLOORS.read_text(encoding="utf-8"))[figure]


@pytest.fixture(scope="module")
def bundled() -> dict[str, float]:
    return bundled_pages.figures()


def test_the_measure_counts_shingles_as_multisets() -> None:
    gold = "one two three four five"
    assert overlap(gold, gold) == Overlap(1.0, 1.0)
    assert overlap("one two three four", gold) == Overlap(1.0, 0.5)
    assert overlap(f"{gold} {gold}", gold) == Overlap(2 / 7, 1.0)
    assert overlap("", gold) == Overlap(0.0, 0.0)
    assert overlap("", "") == Overlap(1.0, 1.0)


def test_f1_comes_from_the_averages() -> None:
    pages = [Overlap(1.0, 0.5), Overlap(0.5, 1.0)]
    assert average(pages).f1 == pytest.approx(0.75)
