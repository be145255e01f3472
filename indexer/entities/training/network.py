"""Network: how is the small network learned, whose answers are averaged with the other model's?
For `make model`, with JAX (Apache-2.0), which is installed for that only.

It sees vectors of words that it does not change (`word_vectors.py`), and some of the features of
the other model; those that are single words it mostly leaves to that one. Adam (Kingma and Ba 2015)
with decay, at a speed that rises and then falls to nothing; words, features and signals are dropped
at random while it learns. Deterministic: seeded, one thread, the data in a drawn but fixed order.
A network that an encoder helps sees what that says of each word, too.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable, Iterable, Sequence, Sized
from typing import Any, NamedTuple, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from indexer.entities.tagging.learned.network import (
    LABELS,
    LAYERS,
    SHARED_BEFORE,
    Layer,
)
from indexer.entities.tagging.learned.packing import packed
from indexer.entities.training.rows import (
    AT_ONCE,
    Described,
    Encode,
    Lesson,
    Vocabulary,
    batches,
    frequent,
    lesson_of,
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
FEWEST_ENCODED = 8
_MEASURED = 50_000  # words, whose states say how large states are
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

Weights: TypeAlias = dict[str, Any]
Article = TypeVar("Article", bound=Sized)


def learn_network(
    articles: Sequence[Article],
    describe: Callable[[Article], Iterable[Described]],
    vectors: tuple[Sequence[str], Matrix],
    say: Callable[[str], None],
    *,
    seen: frozenset[str],
    rounds: int = ROUNDS,
    seed: int = SEED,
    encode: Encode | None = None,
) -> bytes:
    """The file of a network that learned the labels of these articles.

    Args:
        describe: what is seen of an article; asked twice.
        vectors: which words have one, and these, in their order.
        seen: the kinds of features that the network sees.
        encode: what an encoder says of sentences, for a network that it helps.
    """
    words, of_words = vectors
    fewest = FEWEST_ENCODED if encode else FEWEST
    vocabulary = Vocabulary(
        {word: row for row, word in enumerate(words, 1)},
        frequent((describe(article) for article in articles), seen, fewest),
    )
    lessons = [lesson_of(list(describe(one)), vocabulary, encode) for one in articles if one]
    known = np.concatenate((np.zeros((1, of_words.shape[1]), np.float32), of_words))
    scale = _scale(lessons) if encode else Scale(np.zeros(0, np.float32), np.zeros(0, np.float32))
    given = Seen(known, len(vocabulary.features), scale)
    weights = _learn(lessons, given, say, rounds=rounds, seed=seed)
    arrays = _arrays(weights, words, vocabulary, given)
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()


class Scale(NamedTuple):
    """What is taken from each number of a state, and what it is then multiplied by."""

    mean: Matrix
    factor: Matrix


class Seen(NamedTuple):
    """What is known of words before anything is learned: vectors, how many features, states."""

    vectors: Matrix
    features: int
    scale: Scale


def _scale(lessons: Iterable[Lesson]) -> Scale:
    chosen: list[Matrix] = []
    words = 0
    for lesson in lessons:
        if words < _MEASURED:
            chosen.append(lesson.states[lesson.inside > 0].astype(np.float32))
            words += len(chosen[-1])
    measured = np.concatenate(chosen)
    factor: Matrix = 1 / (measured.std(axis=0) + np.float32(1e-3))
    return Scale(measured.mean(axis=0), factor)


def _first_weights(seen: Seen, generator: np.random.Generator) -> Weights:
    width, features = seen.vectors.shape[1], seen.features

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
    if len(seen.scale.mean):
        weights["context"] = drawn(len(seen.scale.mean), WIDTH) * np.float32(0.5)
    for number in range(LAYERS):
        inputs = 2 * WIDTH if number == SHARED_BEFORE else WIDTH
        weights[f"weights{number}"] = drawn(3, inputs, WIDTH) * np.float32(1.4)
        weights[f"bias{number}"] = np.zeros(WIDTH, np.float32)
        weights[f"gain{number}"] = np.ones(WIDTH, np.float32)
    return {name: value.astype(np.float32) for name, value in weights.items()}


def _learn(
    lessons: Sequence[Lesson],
    seen: Seen,
    say: Callable[[str], None],
    *,
    rounds: int,
    seed: int,
) -> Weights:
    jax: Any = importlib.import_module("jax")
    generator = np.random.default_rng(seed)
    weights = _first_weights(seen, generator)
    moments = {name: (np.zeros_like(one), np.zeros_like(one)) for name, one in weights.items()}
    steps = rounds * sum(1 for _ in batches(lessons, range(len(lessons))))
    step = jax.jit(_step_of(jax, seen, seed))
    number = 0
    for round_ in range(rounds):
        losses = []
        for batch in batches(lessons, generator.permutation(len(lessons)).tolist()):
            number += 1
            falling = (1 + np.cos(np.pi * min(1.0, number / steps))) / 2
            rate = FASTEST * min(number / _RISE, max(_SLOWEST, falling))
            weights, moments, loss = step(weights, moments, batch, rate, number)
            losses.append(float(loss))
        say(f"round {round_ + 1} of the network: loss {np.mean(losses):.4f}")
    return {name: np.asarray(value) for name, value in weights.items()}


def _step_of(jax: Any, seen: Seen, seed: int) -> Any:
    numpy = jax.numpy
    held = Seen(numpy.asarray(seen.vectors), seen.features, Scale(*map(numpy.asarray, seen.scale)))
    # States are many numbers to drop: drawn in a way that is faster, and as deterministic.
    drawing = "rbg" if len(seen.scale.mean) else None

    def loss(weights: Weights, batch: Any, key: Any) -> Any:
        likely = jax.nn.log_softmax(_scores(jax, held, weights, batch, key))
        right = numpy.take_along_axis(likely, batch.labels[:, None], axis=1)[:, 0]
        return -(right * batch.inside).sum() / batch.inside.sum()

    gradient = jax.value_and_grad(loss)

    def step(weights: Weights, moments: Any, batch: Any, rate: Any, number: Any) -> Any:
        key = jax.random.fold_in(jax.random.key(seed, impl=drawing), number)
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


def _scores(jax: Any, seen: Seen, weights: Weights, batch: Any, key: Any) -> Any:
    """What `tagging/learned/network.py` computes, before it is made shares; parts are dropped."""
    numpy = jax.numpy
    words, features, _, alike, inside, states = batch
    inside = inside[:, None].astype(numpy.float32)
    draws = iter(range(100))

    def kept(share: float, shape: Any) -> Any:
        return jax.random.bernoulli(jax.random.fold_in(key, next(draws)), 1 - share, shape)

    def dropped(signal: Any, share: float) -> Any:
        return numpy.where(kept(share, signal.shape), signal / (1 - share), 0)

    words = numpy.where(kept(_DROPPED_WORDS, words.shape), words, 0)
    features = numpy.where(kept(_DROPPED_FEATURES, features.shape), features, 0)
    of_features = weights["features"].at[0].set(0)[features].sum(1)
    signal = dropped(numpy.concatenate([seen.vectors[words], of_features], 1), _DROPPED / 2)
    signal = signal @ weights["first"] + weights["bias"]
    if "context" in weights:
        states = (states.astype(numpy.float32) - seen.scale.mean) * seen.scale.factor
        signal += dropped(states, _DROPPED / 2) @ weights["context"]
    signal = jax.nn.relu(signal) * inside
    for number in range(LAYERS):
        given = signal
        if number == SHARED_BEFORE:
            sums = jax.ops.segment_sum(signal, alike, AT_ONCE)
            counts = jax.ops.segment_sum(inside, alike, AT_ONCE)
            shared = (sums / numpy.maximum(counts, 1))[alike] * (alike > 0)[:, None]
            given = numpy.concatenate([signal, shared], 1)
        given = dropped(given, _DROPPED)
        nothing = numpy.zeros((1, given.shape[1]))
        before, here, after = weights[f"weights{number}"]
        made = numpy.concatenate([nothing, given[:-1]]) @ before + given @ here
        made += numpy.concatenate([given[1:], nothing]) @ after
        signal = signal + jax.nn.relu(made + weights[f"bias{number}"])
        signal = signal - signal.mean(1, keepdims=True)
        spread = (signal**2).mean(1, keepdims=True)
        signal = signal / numpy.sqrt(spread + 1e-5) * weights[f"gain{number}"] * inside
    return dropped(signal, _DROPPED) @ weights["last_weights"] + weights["last_bias"]


def _arrays(
    weights: Weights, words: Sequence[str], vocabulary: Vocabulary, seen: Seen
) -> dict[str, npt.NDArray[Any]]:
    """What is run later. The first layer is linear in what it sees: so each word and each feature
    has the row that the layer makes of it, and the layer is not computed any more.
    """
    first = weights["first"]
    width = seen.vectors.shape[1]
    rows = seen.vectors @ first[:width]
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-6) / _LARGEST
    feature_rows = weights["features"] @ first[width:]
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
    if "context" in weights:
        context = seen.scale.factor[:, None] * weights["context"]
        arrays["context"] = context.astype(np.float16)
        arrays["bias"] = weights["bias"] - seen.scale.mean @ context
    return arrays
