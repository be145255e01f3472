"""Network: which words of a text are names, by a small convolutional network? Its answer
is one of two: the conditional random field gives the other.

What a word contributes is a row of its own, learned from open text, and a row for each of some
features that the other model sees too; in some, what an encoder makes of
the word where it stands (`encoder.py`) comes in place of the first. Convolutions then reach over
its neighbors, and the words that are written alike see what the article says of all of them (cf.
Akbik et al. 2019). Trained by `training/network.py`, run with numpy: a whole article at once.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

from indexer.entities.tagging.learned.encoder import Encoder, shipped_encoder
from indexer.entities.tagging.learned.features import Sentence
from indexer.entities.tagging.learned.multilingual import MULTILINGUAL, installed_encoder
from indexer.entities.tagging.learned.packing import unpacked

Array: TypeAlias = npt.NDArray[np.float32]
Integers: TypeAlias = npt.NDArray[np.int64]

KINDS = ("PER", "ORG", "LOC", "NORP", "EVT")
LABELS = ("O", *(f"{at}-{kind}" for kind in KINDS for at in "BILU"))
LAYERS = 3
SHARED_BEFORE = 1
"""The layer that sees what words written alike have in common."""
_AT_ONCE = 4_096  # words: what is read at once, so that memory is bounded
_SMALL = 1e-5
_HELPED = 2
_FORBIDDEN = np.float32(-1e4)
_SURELY_NONE = 0.99
_LONGEST = 256  # words of one stretch in which names are sought


class Layer(NamedTuple):
    """A convolution over three words, and the gain of what is added up, made even."""

    weights: Array
    bias: Array
    gain: Array


class Rows(NamedTuple):
    """Key → its row; row 0 is of all that is not known. A number has few bits, and rows may have
    scales.
    """

    numbers: dict[str, int]
    values: npt.NDArray[Any]
    scales: Array


class Context(NamedTuple):
    """An encoder, and what each number that it makes of a word contributes."""

    encoder: Encoder
    weights: Array


class Network:
    """The network. Pure, and safe to share between threads.

    Args:
        words: what each word contributes, as written or in lower case.
        features: what each feature does.
        bias: what is added to them.
        layers: from the first to the last.
        last: weights and bias of the layer that makes labels.
        digest: of the file it came from.
        context: of a network that an encoder helps.

    Attributes:
        digest: of the file it came from.
        weight: how much its answer counts, where that of the other model counts 1.
    """

    def __init__(
        self,
        words: Rows,
        features: Rows,
        bias: Array,
        layers: Sequence[Layer],
        last: tuple[Array, Array],
        digest: bytes,
        context: Context | None = None,
    ) -> None:
        self.digest = digest
        self.weight = np.float32(_HELPED if context else 1)
        self._context = context
        self._words = words
        self._features = features
        self._bias = bias
        self._layers = layers
        self._weights, self._last_bias = last

    def chances(
        self, sentences: Sequence[Sentence], described: Sequence[Sequence[Sequence[str]]]
    ) -> Iterator[Array]:
        """For each sentence: for each word, how likely each of `LABELS` is.

        Args:
            described: the features of each word of each sentence.
        """
        for first, last in _parts([len(sentence) for sentence in sentences]):
            with _blas().limit(limits=1, user_api="blas"):
                if last - first == 1 and len(sentences[first]) > _AT_ONCE:
                    found = [self._of_long(sentences[first], described[first])]
                else:
                    found = self._of_part(sentences[first:last], described[first:last])
            yield from found

    def _of_long(self, sentence: Sentence, described: Sequence[Sequence[str]]) -> Array:
        """A sentence that is longer than what is read at once: in pieces."""
        pieces = range(0, len(sentence), _AT_ONCE)
        return np.concatenate(
            [
                one
                for at in pieces
                for one in self._of_part(
                    [sentence[at : at + _AT_ONCE]], [described[at : at + _AT_ONCE]]
                )
            ]
        )

    def _of_part(
        self, sentences: Sequence[Sentence], described: Sequence[Sequence[Sequence[str]]]
    ) -> list[Array]:
        lengths = [len(sentence) for sentence in sentences]
        # A row of nothing behind each sentence: what a convolution reaches over.
        starts = np.concatenate(([0], np.cumsum([length + 1 for length in lengths])))
        inside = np.ones(int(starts[-1]), bool)
        inside[starts[1:] - 1] = False
        words = [word for sentence in sentences for word in sentence]
        of_words = [of_word for sentence in described for of_word in sentence]
        signal = np.zeros((len(inside), len(self._bias)), np.float32)
        if words:
            signal[inside] = self._first(sentences, words, of_words)
        alike = _alike(words)
        for number, layer in enumerate(self._layers):
            seen = signal
            if number == SHARED_BEFORE:
                seen = np.zeros((len(signal), 2 * signal.shape[1]), np.float32)
                seen[:, : signal.shape[1]] = signal
                seen[inside, signal.shape[1] :] = _shared(signal[inside], alike)
            signal += _convolved(seen, layer)
            _even(signal)
            signal *= layer.gain
            signal[~inside] = 0
        scores = signal @ self._weights + self._last_bias
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=1, keepdims=True)
        return [
            scores[start : start + length] for start, length in zip(starts, lengths, strict=False)
        ]

    def _first(
        self,
        sentences: Sequence[Sentence],
        words: Sequence[str],
        described: Sequence[Sequence[str]],
    ) -> Array:
        """What each word contributes by itself: its own row, those of its features, and what it
        means where it stands.
        """
        rows = np.array([self._row(word) for word in words])
        signal: Array = self._words.values[rows].astype(np.float32)
        signal *= self._words.scales[rows][:, None]
        row_of = self._features.numbers.get
        numbers: list[int] = []
        starts: list[int] = []
        for features in described:
            starts.append(len(numbers))
            numbers.append(0)
            numbers.extend(filter(None, map(row_of, features)))
        signal += np.add.reduceat(self._features.values[numbers], starts, axis=0)
        signal += self._bias
        if self._context:
            signal += self._context.encoder.states(sentences) @ self._context.weights
        np.maximum(signal, 0, out=signal)
        return signal

    def _row(self, word: str) -> int:
        numbers = self._words.numbers
        row = numbers.get(word)
        return numbers.get(word.lower(), 0) if row is None else row


@cache
def _blas() -> ThreadpoolController:
    """What multiplies matrices; so that it can be held to one thread. Several wait for each other,
    and where other processes are busy, too, they take five times as long as one.
    """
    return ThreadpoolController()


def _parts(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Which sentences are read at once: (first, behind the last)."""
    first, words = 0, 0
    for at, length in enumerate(lengths):
        if at > first and words + length > _AT_ONCE:
            yield first, at
            first, words = at, 0
        words += length
    if first < len(lengths):
        yield first, len(lengths)


def _alike(words: Sequence[str]) -> Integers:
    """For each word a number that it shares with those written alike; 0 for what is in small
    letters.
    """
    numbers: dict[str, int] = {}
    return np.array(
        [numbers.setdefault(word, len(numbers) + 1) if word[0].isupper() else 0 for word in words],
        np.int64,
    )


def _shared(signal: Array, alike: Integers) -> Array:
    """For each word the mean of what is known of those written alike."""
    shared = np.zeros_like(signal)
    if not len(signal):
        return shared
    order = np.argsort(alike, kind="stable")
    sorted_ = alike[order]
    starts = np.flatnonzero(np.concatenate(([True], sorted_[1:] != sorted_[:-1])))
    counts = np.diff(np.concatenate((starts, [len(order)])))
    means = np.add.reduceat(signal[order], starts, axis=0) / counts[:, None]
    means[sorted_[starts] == 0] = 0
    shared[order] = np.repeat(means, counts, axis=0)
    return shared


def _convolved(signal: Array, layer: Layer) -> Array:
    before, here, after = layer.weights
    result: Array = signal @ here
    result[1:] += signal[:-1] @ before
    result[:-1] += signal[1:] @ after
    result += layer.bias
    np.maximum(result, 0, out=result)
    return result


def _even(signal: Array) -> None:
    """Each row with mean 0 and variance 1, in place (Ba, Kiros and Hinton 2016)."""
    signal -= signal.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", signal, signal) / signal.shape[1]
    signal /= np.sqrt(spread + _SMALL)[:, None]


# Which labels can stand in this order, and which of those orders is likeliest?


def _costs() -> Array:
    """What it costs that one label follows another: nothing, or too much."""
    costs = np.full((len(LABELS), len(LABELS)), _FORBIDDEN, np.float32)
    for row, before in enumerate(LABELS):
        for column, after in enumerate(LABELS):
            open_ = before[0] in "BI"
            if open_ == (after[0] in "IL") and (not open_ or before[1:] == after[1:]):
                costs[row, column] = 0
    return costs


_COSTS = _costs()
_FIRST = np.array([_FORBIDDEN if label[0] in "IL" else 0 for label in LABELS], np.float32)
_LAST = np.array([_FORBIDDEN if label[0] in "BI" else 0 for label in LABELS], np.float32)


def likeliest(chances: Array) -> list[int]:
    """The likeliest labels, by number, of the words of one sentence (Viterbi 1967). Words that are
    surely no names part it into stretches.
    """
    labels = [0] * len(chances)
    unsure = np.flatnonzero(chances[:, 0] < _SURELY_NONE)
    if len(unsure):
        breaks = np.flatnonzero(np.diff(unsure) > 1) + 1
        for stretch in np.split(unsure, breaks):
            for at in range(0, len(stretch), _LONGEST):
                start = int(stretch[at])
                end = int(stretch[min(at + _LONGEST, len(stretch)) - 1]) + 1
                labels[start:end] = _of_stretch(np.log(chances[start:end] + 1e-9))
    return labels


def _of_stretch(scores: Array) -> list[int]:
    best = scores[0] + _FIRST
    came: list[Any] = []
    for row in scores[1:]:
        paths = best[:, None] + _COSTS
        came.append(paths.argmax(axis=0))
        best = paths.max(axis=0) + row
    label = int((best + _LAST).argmax())
    labels = [label]
    for before in reversed(came):
        label = int(before[label])
        labels.append(label)
    labels.reverse()
    return labels


def _numbered(lines: Iterable[str]) -> dict[str, int]:
    return {line: row for row, line in enumerate(lines, 1)}


def read_network(file: bytes, encoder: Callable[[], Encoder] = shipped_encoder) -> Network:
    """The network of such a file.

    Args:
        encoder: gives the one that helps it, where one does.
    """
    with np.load(io.BytesIO(file)) as arrays:

        def array(name: str) -> Array:
            return np.ascontiguousarray(arrays[name], np.float32)

        return Network(
            Rows(_numbered(unpacked(arrays["words"])), arrays["rows"], array("scales")),
            Rows(
                _numbered(unpacked(arrays["features"])),
                array("feature_rows"),
                np.ones(0, np.float32),
            ),
            array("bias"),
            [Layer(*(array(f"{part}{at}") for part in Layer._fields)) for at in range(LAYERS)],
            (array("last_weights"), array("last_bias")),
            hashlib.sha256(file).digest(),
            Context(encoder(), np.ascontiguousarray(arrays["context"], np.float32))
            if "context" in arrays
            else None,
        )


@cache
def shipped_network(language: str) -> Network:
    """The network of a language, by its English name, in `models/`; loaded once.

    Raises:
        InvalidParameter: of the one that is called multilingual, whose encoder is an extra.
    """
    file = resources.files("indexer.entities") / "models" / file_of(language)
    encoder = installed_encoder if language == MULTILINGUAL else shipped_encoder
    return read_network(file.read_bytes(), encoder)


def file_of(language: str) -> str:
    """What the file of the network of a language is called."""
    return f"{language}_network.npz"
