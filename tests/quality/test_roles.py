"""Roles measured on real text: places that we labeled by hand in Wikinews, world events and
diplomatic papers. Only where roles and names stand is kept here, with a hash of each text.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from indexer.articles.roles.finding import roles
from indexer.entities import recognise

pytestmark = pytest.mark.slow
_LABELS = Path(__file__).with_name("roles.jsonl")
_TEXTS = Path(__file__).parents[3] / "shared" / "data" / "articles"
_LIKENESS = 0.6
"""How much of two passages, of what either holds, must be the same."""


def is_same(one: list[int], other: tuple[int, int, int]) -> bool:
    """Whether two labels tell of the same words and the same name."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    whole = max(one[1], other[1]) - min(one[0], other[0])
    return common >= _LIKENESS * whole and one[2] == other[2]


def test_roles_of_real_texts_are_found_with_whose_they_are() -> None:
    if not _TEXTS.exists():
        pytest.skip("../shared/data is not here")
    labeled = [json.loads(line) for line in _LABELS.read_text().splitlines()]
    texts = {}
    for name in {one["file"] for one in labeled}:
        with gzip.open(_TEXTS / f"{name}.jsonl.gz", "rt") as lines:
            texts.update({(name, one["id"]): one for one in map(json.loads, lines)})
    expected = found = hits = 0
    for one in labeled:
        article = texts[one["file"], one["id"]]
        text, title = article["text"], article.get("title", "")
        assert hashlib.sha256(text.encode()).hexdigest().startswith(one["sha256"])
        labels = list(one["roles"])
        for role in roles(text, recognise(title, text, "en"), language="en"):
            same = next((label for label in labels if is_same(label, role)), None)
            found += 1
            if same is not None:
                labels.remove(same)
                hits += 1
        expected += len(one["roles"])
    told = f"{expected} roles, precision {hits / found:.3f}, recall {hits / expected:.3f}"
    assert expected >= 200, told
    assert hits / found >= 0.90, told
    assert hits / expected >= 0.70, told
