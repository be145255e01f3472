"""Network: how is the small network learned, whose answers are averaged with the other model's?
For `make model`, with JAX (Apache-2.0), which is installed for that only.

It sees vectors of words that it does not change (`word_vectors.py`), and some of the features of
the other model; those that are single words it mostly leaves to that one. Adam (Kingma and Ba 2015)
with decay, at a speed that rises and then falls to nothing; words, features and signals are dropped
at random while it learns. Deterministic: seeded, one thread, the data in a drawn but fixed order.
"""

from __future__ import annotations

import importlib
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from typing import Any, NamedTuple, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from indexer.entities.tagging.labels import bilou
from indexer.entities.tagging.learned.network import (
    LABELS,
    LAYERS,
    SHARED_BEFORE,
    Layer,
    packed,
)
from indexer.entities.training.word_vectors import Matrix

WIDTH = 128
FEATURE_WIDTH = 64
ROUNDS = 5
FASTEST = 2e-3
SEED = 2
SEEN_FEATURES = frozenset(
    "s p2 x2 p3 x3 l l* d m rp rn rx rg first shouted g rk rb ra rl rf".split()
)
"""What the network of English sees: how a word is written, lists that it is on, what the article
says of it; the run of capitalized words that it stands in, and which words begin, end and surround
that.
"""
FEWEST = 4  # times that a feature is seen
_AT_ONCE = 3_072  # words, and rows of nothing between sentences
_MOST_FEATURES = 44
_DROPPED, _DROPPED_WORDS, _DROPPED_FEATURES = 0.3, 0.1, 0.1
_DECAY = 0.01
_RISE = 100  # steps
_SLOWEST = 0.02
_LARGEST = 127  # of a number of eight bits
NETWORK_PARAMETERS: dict[str, Any] = {
    "seed": SEED,
    "width": WIDTH,
    "layers": LAYERS,
    "rounds": ROUNDS,
    "fastest": FASTEST,
    "features": sorted(SEEN_FEATURES),
}
_GROUP = re.compile(r"(?<=\*)|[=:]")

Integers: TypeAlias = npt.NDArray[np.int32]
Weights: TypeAlias = dict[str, Any]
Article = TypeVar("Article", bound=Sized)
_NOTHING: tuple[int, list[int], int, int, int] = (0, [0] * _MOST_FEATURES, 0, 0, 0)


class Lesson(NamedTuple):
    """An article as rows: one a word, one of nothing behind each sentence."""

    words: Integers
    features: Integers
    labels: Integers
    alike: Integers
    inside: Integers


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


def learn_network(
    articles: Sequence[Article],
    describe: Callable[[Article], Iterable[Described]],
    words: Sequence[str],
    vectors: Matrix,
    say: Callable[[str], None],
    *,
    seen: frozenset[str],
    rounds: int = ROUNDS,
    seed: int = SEED,
) -> bytes:
    """The file of a network that learned the labels of these articles.

    Args:
        describe: what is seen of an article; asked twice.
        words: which words have `vectors`, in their order.
        seen: the kinds of features that the network sees.
    """
    vocabulary = Vocabulary(
        {word: row for row, word in enumerate(words, 1)},
        _frequent((describe(article) for article in articles), seen),
    )
    lessons = [_lesson(describe(article), vocabulary) for article in articles if article]
    known = np.concatenate((np.zeros_like(vectors[:1]), vectors))
    weights = _learn(lessons, known, len(vocabulary.features), say, rounds=rounds, seed=seed)
    return _file(weights, words, vocabulary, known)


def _group(feature: str) -> str:
    return _GROUP.split(feature, maxsplit=1)[0]


def _frequent(articles: Iterable[Iterable[Described]], seen: frozenset[str]) -> dict[str, int]:
    counts = Counter(
        feature
        for article in articles
        for sentence in article
        for of_word in sentence.features
        for feature in of_word
    )
    kept = sorted(
        feature for feature, count in counts.items() if count >= FEWEST and _group(feature) in seen
    )
    return {feature: row for row, feature in enumerate(kept, 1)}


def _lesson(article: Iterable[Described], vocabulary: Vocabulary) -> Lesson:
    rows: list[tuple[int, list[int], int, int, int]] = []
    alike: dict[str, int] = {}
    for words, labels, features in article:
        for word, label, of_word in zip(words, bilou(labels), features, strict=True):
            known = [vocabulary.features[one] for one in of_word if one in vocabulary.features]
            known = (known + [0] * _MOST_FEATURES)[:_MOST_FEATURES]
            shared = alike.setdefault(word, len(alike) + 1) if word[0].isupper() else 0
            rows.append((vocabulary.row(word), known, LABELS.index(label), shared, 1))
        rows.append(_NOTHING)
    return Lesson(*(np.array(column, np.int32) for column in zip(*rows, strict=True)))


def _batches(lessons: Sequence[Lesson], order: Iterable[int]) -> Iterator[Lesson]:
    """The lessons, several at once, always as many rows; a longer one is cut."""
    waiting: list[Lesson] = []
    rows = 0
    for number in order:
        lesson = lessons[number]
        while len(lesson.words):
            rest = _AT_ONCE - rows
            if waiting and len(lesson.words) > rest and len(lesson.words) <= _AT_ONCE:
                yield _together(waiting)
                waiting, rows, rest = [], 0, _AT_ONCE
            piece = Lesson(*(column[:rest] for column in lesson))
            lesson = Lesson(*(column[rest:] for column in lesson))
            waiting.append(piece)
            rows += len(piece.words)
            if rows == _AT_ONCE:
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
        shifted.append(lesson._replace(alike=np.minimum(alike, _AT_ONCE - 1)))
    columns = (np.concatenate(column) for column in zip(*shifted, strict=True))
    return Lesson(
        *(
            np.pad(column, [(0, _AT_ONCE - len(column)), *[(0, 0)] * (column.ndim - 1)])
            for column in columns
        )
    )


def _first_weights(width: int, features: int, generator: np.random.Generator) -> Weights:
    def drawn(*shape: int) -> Matrix:
        scale = 1 / np.sqrt(np.prod(shape[:-1]))
        numbers: Matrix = (generator.standard_normal(shape) * scale).astype(np.float32)
        return numbers

    weights: Weights = {
        "features": drawn(1, features + 1, FEATURE_WIDTH)[0] * np.sqrt(features + 1) * 0.1,
        "first": drawn(width + FEATURE_WIDTH, WIDTH),
        "bias": np.zeros(WIDTH, np.float32),
        "last_weights": drawn(WIDTH, len(LABELS)),
        "last_bias": np.zeros(len(LABELS), np.float32),
    }
    for number in range(LAYERS):
        seen = 2 * WIDTH if number == SHARED_BEFORE else WIDTH
        weights[f"weights{number}"] = drawn(3, seen, WIDTH) * np.float32(1.4)
        weights[f"bias{number}"] = np.zeros(WIDTH, np.float32)
        weights[f"gain{number}"] = np.ones(WIDTH, np.float32)
    return {name: value.astype(np.float32) for name, value in weights.items()}


def _learn(
    lessons: Sequence[Lesson],
    vectors: Matrix,
    features: int,
    say: Callable[[str], None],
    *,
    rounds: int,
    seed: int,
) -> Weights:
    jax: Any = importlib.import_module("jax")
    generator = np.random.default_rng(seed)
    weights = _first_weights(vectors.shape[1], features, generator)
    moments = {name: (np.zeros_like(one), np.zeros_like(one)) for name, one in weights.items()}
    steps = rounds * sum(1 for _ in _batches(lessons, range(len(lessons))))
    step = jax.jit(_step_of(jax, jax.numpy.asarray(vectors), seed))
    number = 0
    for round_ in range(rounds):
        losses = []
        for batch in _batches(lessons, generator.permutation(len(lessons)).tolist()):
            number += 1
            falling = (1 + np.cos(np.pi * min(1.0, number / steps))) / 2
            rate = FASTEST * min(number / _RISE, max(_SLOWEST, falling))
            weights, moments, loss = step(weights, moments, tuple(batch), rate, number)
            losses.append(float(loss))
        say(f"round {round_ + 1} of the network: loss {np.mean(losses):.4f}")
    return {name: np.asarray(value) for name, value in weights.items()}


def _step_of(jax: Any, vectors: Any, seed: int) -> Any:
    numpy = jax.numpy

    def loss(weights: Weights, batch: Any, key: Any) -> Any:
        likely = jax.nn.log_softmax(_scores(jax, vectors, weights, batch, key))
        _, _, labels, _, inside = batch
        right = numpy.take_along_axis(likely, labels[:, None], axis=1)[:, 0]
        return -(right * inside).sum() / inside.sum()

    gradient = jax.value_and_grad(loss)

    def step(weights: Weights, moments: Any, batch: Any, rate: Any, number: Any) -> Any:
        key = jax.random.fold_in(jax.random.PRNGKey(seed), number)
        lost, slope = gradient(weights, batch, key)
        size = numpy.sqrt(sum((one**2).sum() for one in slope.values()))
        scale = numpy.minimum(1.0, 1.0 / (size + 1e-6))
        changed, kept = {}, {}
        for name, value in weights.items():
            first = 0.9 * moments[name][0] + 0.1 * slope[name] * scale
            second = 0.999 * moments[name][1] + 0.001 * (slope[name] * scale) ** 2
            by = (first / (1 - 0.9**number)) / (numpy.sqrt(second / (1 - 0.999**number)) + 1e-8)
            decay = _DECAY if value.ndim > 1 else 0.0
            changed[name] = value - rate * (by + decay * value)
            kept[name] = (first, second)
        return changed, kept, lost

    return step


def _scores(jax: Any, vectors: Any, weights: Weights, batch: Any, key: Any) -> Any:
    """What `tagging/learned/network.py` computes, before it is made shares; parts are dropped."""
    numpy = jax.numpy
    words, features, _, alike, inside = batch
    inside = inside[:, None].astype(numpy.float32)
    draws = iter(range(100))

    def kept(share: float, shape: Any) -> Any:
        return jax.random.bernoulli(jax.random.fold_in(key, next(draws)), 1 - share, shape)

    def dropped(signal: Any, share: float) -> Any:
        return numpy.where(kept(share, signal.shape), signal / (1 - share), 0)

    words = numpy.where(kept(_DROPPED_WORDS, words.shape), words, 0)
    features = numpy.where(kept(_DROPPED_FEATURES, features.shape), features, 0)
    of_features = weights["features"].at[0].set(0)[features].sum(1)
    signal = dropped(numpy.concatenate([vectors[words], of_features], 1), _DROPPED / 2)
    signal = jax.nn.relu(signal @ weights["first"] + weights["bias"]) * inside
    for number in range(LAYERS):
        seen = signal
        if number == SHARED_BEFORE:
            sums = jax.ops.segment_sum(signal, alike, _AT_ONCE)
            counts = jax.ops.segment_sum(inside, alike, _AT_ONCE)
            shared = (sums / numpy.maximum(counts, 1))[alike] * (alike > 0)[:, None]
            seen = numpy.concatenate([signal, shared], 1)
        seen = dropped(seen, _DROPPED)
        nothing = numpy.zeros((1, seen.shape[1]))
        before, here, after = weights[f"weights{number}"]
        made = numpy.concatenate([nothing, seen[:-1]]) @ before + seen @ here
        made += numpy.concatenate([seen[1:], nothing]) @ after
        signal = signal + jax.nn.relu(made + weights[f"bias{number}"])
        signal = signal - signal.mean(1, keepdims=True)
        spread = (signal**2).mean(1, keepdims=True)
        signal = signal / numpy.sqrt(spread + 1e-5) * weights[f"gain{number}"] * inside
    return dropped(signal, _DROPPED) @ weights["last_weights"] + weights["last_bias"]


def _file(weights: Weights, words: Sequence[str], vocabulary: Vocabulary, vectors: Matrix) -> bytes:
    """What is run later. The first layer is linear in what it sees: so each word and each feature
    has the row that the layer makes of it, and the layer is not computed any more.
    """
    first = weights["first"]
    rows = vectors @ first[: vectors.shape[1]]
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-6) / _LARGEST
    feature_rows = weights["features"] @ first[vectors.shape[1] :]
    feature_rows[0] = 0
    arrays: dict[str, npt.NDArray[Any]] = {
        "words": packed(words),
        "rows": np.round(rows / scales[:, None]).astype(np.int8),
        "scales": scales.astype(np.float32),
        "features": packed(vocabulary.features),
        "feature_rows": feature_rows.astype(np.float16),
        "bias": weights["bias"],
        "last_weights": weights["last_weights"],
        "last_bias": weights["last_bias"],
    }
    for number in range(LAYERS):
        for part in Layer._fields:
            arrays[f"{part}{number}"] = weights[f"{part}{number}"].astype(np.float16)
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()
