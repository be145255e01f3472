"""Quotes measured on real text: places that we labeled by hand in Wikinews, world events and
diplomatic papers. Only where quotes and speakers stand is kept here, with a hash of each text.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from indexer.articles.quotes.finding import quotes
from indexer.entities import recognise

pytestmark = pytest.mark.slow
_LABELS = Path(__file__).with_name("quotes.jsonl")
_TEXTS = Path(__file__).parents[3] / "shared" / "data" / "articles"
_LIKENESS = 0.6
"""How much of two passages, of what either holds, must be the same."""

Label = tuple[int, int, int, int, bool]


def is_same(one: Label, other: Label) -> bool:
    """Whether two labels tell of the same words, the same speaker, the same manner."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    whole = max(one[1], other[1]) - min(one[0], other[0])
    speaker = min(one[3], other[3]) - max(one[2], other[2])
    return common >= _LIKENESS * whole and speaker > 0 and one[4] == other[4]


def test_quotes_of_real_texts_are_found_with_their_speakers() -> None:
    if not _TEXTS.exists():
        pytest.skip("../shared/data is not here")
    labeled = [json.loads(line) for line in _LABELS.read_text().splitlines()]
    texts = {}
    for name in {one["file"] for one in labeled}:
        with gzip.open(_TEXTS / f"{name}.jsonl.gz", "rt") as lines:
            texts.update({(name, one["id"]): one for one in map(json.loads, lines)})
    expected = found = hits = named = 0
    for one in labeled:
        article = texts[one["file"], one["id"]]
        text, title = article["text"], article["title"]
        assert hashlib.sha256(text.encode()).hexdigest().startswith(one["sha256"])
        labels = [tuple(label) for label in one["quotes"]]
        for quote in quotes(text, recognise(title, text, "en"), language="en"):
            label = (*quote[:4], quote.is_direct)
            same = next((other for other in labels if is_same(label, other)), None)
            found += 1
            if same is not None:
                labels.remove(same)
                hits += 1
                named += quote.named >= 0
        expected += len(one["quotes"])
    told = f"{expected} quotes, precision {hits / found:.3f}, recall {hits / expected:.3f}"
    assert expected >= 200, told
    assert hits / found >= 0.90, told
    assert hits / expected >= 0.70, told
    assert named
