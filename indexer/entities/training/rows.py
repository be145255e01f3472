"""Rows: how do described articles become what a network learns from? One row a word, one of
nothing behind each sentence, always as many rows at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from indexer.entities.tagging.labels import bilou
from indexer.entities.tagging.learned.network import LABELS
from indexer.entities.training.word_vectors import Matrix

AT_ONCE = 3_072  # words, and rows of nothing between sentences
_MOST_FEATURES = 44
_GROUP = re.compile(r"(?<=\*)|[=:]")
_NOTHING: tuple[int, list[int], int, int, int] = (0, [0] * _MOST_FEATURES, 0, 0, 0)

Column: TypeAlias = npt.NDArray[Any]
Encode: TypeAlias = Callable[[Sequence[Sequence[str]]], Matrix]
"""Gives the states of the words of sentences."""


class Lesson(NamedTuple):
    """An article as rows: one a word, one of nothing behind each sentence."""

    words: Column
    features: Column
    labels: Column
    alike: Column
    inside: Column
    states: Column


class Vocabulary(NamedTuple):
    """Which row of the vectors a word has, and which of its own a feature; 0 is of all others."""

    words: dict[str, int]
    features: dict[str, int]

    def row(self, word: str) -> int:
        """The row of a word as written, or else in lower case."""
        row = self.words.get(word)
        return self.words.get(word.lower(), 0) if row is None else row


class Described(NamedTuple):
    """A sentence to learn from, and the features of its words."""

    words: Sequence[str]
    labels: Sequence[str]
    features: Sequence[Sequence[str]]


def _group(feature: str) -> str:
    return _GROUP.split(feature, maxsplit=1)[0]


def frequent(
    articles: Iterable[Iterable[Described]], seen: frozenset[str], fewest: int
) -> dict[str, int]:
    counts = Counter(
        feature
        for article in articles
        for sentence in article
        for of_word in sentence.features
        for feature in of_word
    )
    kept = sorted(
        feature for feature, count in counts.items() if count >= fewest and _group(feature) in seen
    )
    return {feature: row for row, feature in enumerate(kept, 1)}


def lesson_of(
    article: Sequence[Described], vocabulary: Vocabulary, encode: Encode | None
) -> Lesson:
    rows: list[tuple[int, list[int], int, int, int]] = []
    alike: dict[str, int] = {}
    for words, labels, features in article:
        for word, label, of_word in zip(words, bilou(labels), features, strict=True):
            known = [vocabulary.features[one] for one in of_word if one in vocabulary.features]
            known = (known + [0] * _MOST_FEATURES)[:_MOST_FEATURES]
            shared = alike.setdefault(word, len(alike) + 1) if word[0].isupper() else 0
            rows.append((vocabulary.row(word), known, LABELS.index(label), shared, 1))
        rows.append(_NOTHING)
    written, of_words, named, together, inside = (
        np.array(column, np.int32) for column in zip(*rows, strict=True)
    )
    made = np.zeros((len(rows), 0), np.float16)
    if encode:
        said = encode([sentence.words for sentence in article])
        made = np.zeros((len(rows), said.shape[1]), np.float16)
        made[inside > 0] = said
    return Lesson(written, of_words, named, together, inside, made)


def batches(lessons: Sequence[Lesson], order: Iterable[int]) -> Iterator[Lesson]:
    """The lessons, several at once, always as many rows; a longer one is cut."""
    waiting: list[Lesson] = []
    rows = 0
    for number in order:
        lesson = lessons[number]
        while len(lesson.words):
            rest = AT_ONCE - rows
            if waiting and len(lesson.words) > rest and len(lesson.words) <= AT_ONCE:
                yield _together(waiting)
                waiting, rows, rest = [], 0, AT_ONCE
            piece = Lesson(*(column[:rest] for column in lesson))
            lesson = Lesson(*(column[rest:] for column in lesson))
            waiting.append(piece)
            rows += len(piece.words)
            if rows == AT_ONCE:
                yield _together(waiting)
                waiting, rows = [], 0
    if waiting:
        yield _together(waiting)


def _together(lessons: Sequence[Lesson]) -> Lesson:
    shifted = []
    most = 0
    for lesson in lessons:
        alike = np.where(lesson.alike > 0, lesson.alike + most, 0)
        most = max(most, int(alike.max()))
        shifted.append(lesson._replace(alike=np.minimum(alike, AT_ONCE - 1)))
    columns = (np.concatenate(column) for column in zip(*shifted, strict=True))
    return Lesson(
        *(
            np.pad(column, [(0, AT_ONCE - len(column)), *[(0, 0)] * (column.ndim - 1)])
            for column in columns
        )
    )
