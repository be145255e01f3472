"""How much of the text is the right text?

The measure of the public article-extraction benchmark (Scrapinghub, 2020), written from its
description: the shingles (word 4-grams) of an extraction and of the gold text are compared as
multisets; a page's precision and recall come from their overlap; F1 comes from the average
precision and the average recall over all pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
_INVISIBLE = dict.fromkeys(
    map(ord, "\u00ad\u200b\u2060\ufeff")
)  # soft hyphens and the like split no word
_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Overlap:
    """Precision and recall of one page, or their averages."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def overlap(found: str, gold: str) -> Overlap:
    """Compares one extraction with the gold text; two empty texts agree."""
    mine, right = _shingles(found), _shingles(gold)
    shared = sum((mine & right).values())
    if not mine and not right:
        return Overlap(1.0, 1.0)
    precision = shared / sum(mine.values()) if mine else 0.0
    recall = shared / sum(right.values()) if right else 1.0
    return Overlap(precision, recall)


def average(pages: Iterable[Overlap]) -> Overlap:
    """The averages over pages; all zero when there are none."""
    listed = list(pages)
    count = len(listed) or 1
    return Overlap(
        sum(page.precision for page in listed) / count, sum(page.recall for page in listed) / count
    )


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text.translate(_INVISIBLE))
    if not words:
        return Counter()
    last = max(1, len(words) - _LENGTH + 1)
    return Counter(tuple(words[start : start + _LENGTH]) for start in range(last))
