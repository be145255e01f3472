"""Lessons: how does a labeled article become what the model learns from? As the tagger will read
it: in its words, and in sentences that end where the tagger ends them, not where the set does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.entities.tagging.crf import KINDS
from indexer.entities.tagging.labels import bio_of
from indexer.entities.tagging.tokens import sentences
from indexer.entities.training.gold import LabeledArticle, LabeledSentence
from indexer.entities.training.scoring import text_and_spans

_LABELS = {kind.value: label for label, kind in KINDS.items()}


def lessons(articles: Iterable[LabeledArticle]) -> Iterator[LabeledArticle]:
    """The articles as the model should learn them."""
    for article in articles:
        text, names = text_and_spans(article)
        starts = {start: (end, _LABELS[kind]) for start, end, kind in names}
        yield [
            LabeledSentence(
                [word for _, _, word in tokens],
                bio_of((start for start, _, _ in tokens), starts),
            )
            for tokens in sentences(text)
        ]
