"""Scores: how well does a tagger find the names of labeled articles? Strict spans, through its
door.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.entities.tagging.crf import KINDS
from indexer.entities.tagging.labels import spans
from indexer.entities.training.gold import LabeledArticle
from indexer.entities.types import Tagger

SCORED = ("person", "org", "place")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of strict spans: begin, end and kind must all be right."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        both = self.found + self.wanted
        return 2 * self.right / both if both else 0.0


def text_and_spans(article: LabeledArticle) -> tuple[str, set[tuple[int, int, str]]]:
    """An article as text, a sentence a line, and its gold spans as offsets with their kind."""
    lines: list[str] = []
    gold: set[tuple[int, int, str]] = set()
    at = 0
    for words, labels in article:
        starts = []
        for word in words:
            starts.append(at)
            at += len(word) + 1
        for first, last, kind in spans(labels):
            end = starts[last - 1] + len(words[last - 1])
            gold.add((starts[first], end, KINDS[kind]))
        lines.append(" ".join(words))
    return "\n".join(lines), gold


def score(tagger: Tagger, articles: Iterable[LabeledArticle]) -> tuple[dict[str, Score], float]:
    """Scores by kind, and words a second of this process."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    words, spent = 0, 0.0
    for article in articles:
        text, gold = text_and_spans(article)
        started = time.process_time()
        mentions = tagger.tag(text, language="en")
        spent += time.process_time() - started
        words += sum(len(sentence.words) for sentence in article)
        predicted = {(mention.start, mention.end, mention.kind.value) for mention in mentions}
        right.update(kind for _, _, kind in predicted & gold)
        found.update(kind for _, _, kind in predicted)
        wanted.update(kind for _, _, kind in gold)
    scores = {kind: Score(right[kind], found[kind], wanted[kind]) for kind in SCORED}
    return scores, words / spent if spent else 0.0
