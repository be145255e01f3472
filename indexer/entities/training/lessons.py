"""Lessons: how does a labeled article become what the model learns from? As the tagger will read
it.

Three repairs, for learning only; what the model is measured on stays as `gold` reads it.
Names whose end an inner name overwrote are whole again (`University of` before `Chicago`). Words
that the data set parts and print does not are one word in every other article (`’s`, `U.S.`), so
that the model knows both. And sentences end where the tagger ends them, not where the set does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from indexer.entities.tagging.crf import KINDS
from indexer.entities.tagging.labels import Span, bio, bio_of, spans
from indexer.entities.tagging.tokens import sentences
from indexer.entities.training.gold import LabeledArticle, LabeledSentence
from indexer.entities.training.scoring import text_and_spans

_LABELS = {kind.value: label for label, kind in KINDS.items()}
_LINKS = frozenset("of for the in and at de on to & del".split())
_CUT_SHORT = frozenset(["ORG", "EVT"])
_POSSESSIVES = frozenset(["’s", "’S", "'s", "'S"])
_INITIAL = re.compile(r"[A-Z]")


def lessons(articles: Iterable[LabeledArticle]) -> Iterator[LabeledArticle]:
    """The articles as the model should learn them."""
    for number, whole in enumerate(with_whole_names(articles)):
        yield _as_tagged([_as_printed(one) for one in whole] if number % 2 else whole)


def with_whole_names(articles: Iterable[LabeledArticle]) -> list[LabeledArticle]:
    """The articles with names whole that were cut short, and nothing else changed."""
    return [[_whole(sentence) for sentence in article] for article in articles]


def _whole(sentence: LabeledSentence) -> LabeledSentence:
    """A sentence in which a name that was cut short reaches over the inner name at its end.

    In running English a body and a place stand side by side, with nothing between, where the place
    is part of the body's name (`Transparency International Uganda`).
    """
    words, labels = sentence
    joined: list[Span] = []
    for span in spans(labels):
        before = joined[-1] if joined and joined[-1].last == span.first else None
        if before is not None and _cut_short(words, before, span):
            joined[-1] = Span(before.first, span.last, before.kind)
        else:
            joined.append(span)
    return LabeledSentence(words, bio(len(words), joined))


def _cut_short(words: Sequence[str], before: Span, inner: Span) -> bool:
    if before.kind in _CUT_SHORT and words[before.last - 1].lower() in _LINKS:
        return inner.kind != before.kind or before.kind == "ORG"
    return (before.kind, inner.kind) == ("ORG", "LOC")


def _as_printed(sentence: LabeledSentence) -> LabeledSentence:
    """A sentence with `’ s` and `U . S .` as one word each, if no name begins inside them."""
    words: list[str] = []
    labels: list[str] = []
    at = 0
    while at < len(sentence.words):
        length = _length_in_print(sentence.words, at)
        if any(label[0] == "B" for label in sentence.labels[at + 1 : at + length]):
            length = 1
        words.append("".join(sentence.words[at : at + length]))
        labels.append(sentence.labels[at])
        at += length
    return LabeledSentence(words, labels)


def _length_in_print(words: Sequence[str], at: int) -> int:
    """How many words from this one on are one in print."""
    if "".join(words[at : at + 2]) in _POSSESSIVES:
        return 2
    end = at
    while _INITIAL.fullmatch(words[end]) and words[end + 1 : end + 2] == ["."]:
        end += 2
        if end >= len(words):
            break
    return end - at if end - at > 2 else 1


def _as_tagged(article: LabeledArticle) -> LabeledArticle:
    """The article in the words and sentences that the tagger would find in its text."""
    text, names = text_and_spans(article)
    starts = {start: (end, _LABELS[kind]) for start, end, kind in names}
    result: LabeledArticle = []
    for tokens in sentences(text):
        labels = bio_of((start for start, _, _ in tokens), starts)
        result.append(LabeledSentence([word for _, _, word in tokens], labels))
    return result
