"""Floors for families: reprints are found, and next to nothing else is taken for one."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from benchmarks import articles
from benchmarks.families import Copy, Grouping, assess, bundled, copies, tolls
from indexer.families.grouping import group


def grouped(truth: list[Copy]) -> Grouping:
    return assess(group((copy.article_id, copy.text) for copy in truth), truth)


def test_every_bundled_reprint_is_found_and_nothing_else() -> None:
    grouping = grouped(list(bundled()))

    assert grouping.wrong.total() == 0
    assert grouping.recall == 1.0


def test_changed_copies_are_found_among_quotations_digests_and_templates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(articles, "SHARED", Path("/nowhere"))
    originals = list(islice(articles.pieces(), 300))

    grouping = grouped(list(copies(originals, np.random.Generator(np.random.PCG64(3)))))
    assert grouping.precision >= 0.95
    assert grouping.recall >= 0.95


def test_tolls_of_other_days_and_papers_without_a_text_are_no_reprints() -> None:
    grouping = grouped(list(tolls(np.random.Generator(np.random.PCG64(4)), 300)))

    assert grouping.wrong.total() == 0
    assert grouping.recall == 1.0
