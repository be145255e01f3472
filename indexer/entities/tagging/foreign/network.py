"""Network: which words of a Russian text does natasha's small network take for names? What it says
is a feature of our own model, not an answer.

Three convolutions over vectors of words (slovnet and navec of the natasha project, MIT, shipped in
its package and cut down by `training/foreign_models.py`). It was trained on a million Russian news
articles, and knows words that our labeled text never has. Ukrainian words are looked up by what
they have in common with Russian ones.
"""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from indexer.entities.tagging.foreign.words import folded

Array: TypeAlias = npt.NDArray[np.float32]
FILE = "slavic_network.npz"

TAGS = ("-", "O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
_RUSSIAN = re.compile("[а-яё]+", re.IGNORECASE)
_LATIN = re.compile("[a-z]+", re.IGNORECASE)
_NUMBER = re.compile(r"\d")
_LAYERS = 3
_EDGE = 2  # rows of nothing between sentences: what a convolution reaches over, twice
_SURE, _LIKELY = 6.0, 2.5  # of a label before the next best
# Endings of Ukrainian words → of the Russian ones, both folded; and the vowel of closed syllables.
_ENDINGS = (
    ("ив", "ов"), ("ив", "ил"), ("ав", "ал"), ("ив", "ев"), ("ист", "ост"), ("ости", "ости"),
    ("ти", "т"), ("ии", "ои"), ("ому", "ом"), ("ови", "у"), ("еви", "ю"), ("у", "а"), ("и", "е"),
    ("ем", "ом"), ("ою", "ои"), ("ею", "еи"), ("нна", "ние"), ("ння", "ние"), ("ку", "ке"),
    ("ци", "ке"), ("зи", "ге"), ("им", "ом"), ("их", "их"), ("юет", "ует"), ("ае", "ает"),
)  # fmt: skip
_CLOSED = re.compile("и(?=[бвгджзклмнпрстфхцчшщ]+(?:$|[бвгджзклмнпрстфхцчшщ]))")


class Layer(NamedTuple):
    """A convolution over three words, and what batch normalization became of it."""

    weights: Array
    bias: Array
    scale: Array
    shift: Array


class Network:
    """The network. Pure.

    Args:
        words: folded word → its row of `codes`; the last row is of all others.
        codes: for each word, which center each part of its vector is.
        centers: of each part of the vectors.
        shapes: shape → its row of `shape_vectors`.
        last: weights and bias of the layer that makes labels.
        classes: for each word, the classes of like words that it is in, from coarse to fine.
    """

    def __init__(
        self,
        words: Mapping[str, int],
        codes: npt.NDArray[np.uint8],
        centers: Array,
        shapes: Mapping[str, int],
        shape_vectors: Array,
        layers: Sequence[Layer],
        last: tuple[Array, Array],
        classes: npt.NDArray[np.uint16],
    ) -> None:
        self._words = words
        self._codes = codes
        self._centers = centers
        self._parts = np.arange(len(centers))
        self._shapes = shapes
        self._shape_vectors = shape_vectors
        self._layers = layers
        self._weights, self._bias = last
        self._classes = classes

    def marks(self, sentences: Sequence[Sequence[str]], language: str) -> list[list[str]]:
        """For each word of each sentence: its likeliest label and how sure that is."""
        rows, shapes, places = [], [], []
        at = _EDGE
        for sentence in sentences:
            for word in sentence:
                rows.append(self._row(word, language))
                shapes.append(self._shapes.get(shape_of(word), self._shapes["OTHER"]))
            places.append(np.arange(at, at + len(sentence)))
            at += len(sentence) + _EDGE
        if not rows:
            return [[] for _ in sentences]
        where = np.concatenate(places)
        inside = np.zeros((at, 1), np.float32)
        inside[where] = 1
        vectors = self._centers[self._parts, self._codes[rows]].reshape(len(rows), -1)
        signal = np.zeros((at, vectors.shape[1] + self._shape_vectors.shape[1]), np.float32)
        signal[where] = np.concatenate((vectors, self._shape_vectors[shapes]), axis=1)
        for layer in self._layers:
            signal = _convolved(signal, layer) * inside
        found = iter(_said(signal[where] @ self._weights + self._bias))
        return [[next(found) for _ in sentence] for sentence in sentences]

    def classes(self, word: str, language: str) -> tuple[str, ...]:
        """The classes of a word, from coarse to fine; none for unknown words."""
        row = self._row(word, language)
        return () if row == len(self._words) else tuple(map(str, self._classes[row]))

    def _row(self, word: str, language: str) -> int:
        key = folded(word, language)
        row = self._words.get(key)
        if row is None and language != "ru":
            found = (self._words[one] for one in _cognates(key) if one in self._words)
            row = next(found, None)
        return len(self._words) if row is None else row


def _cognates(word: str) -> Iterator[str]:
    """What a Ukrainian word (folded) may be in Russian."""
    for ending, other in _ENDINGS:
        if word.endswith(ending):
            yield word[: -len(ending)] + other
    for closed in _CLOSED.finditer(word):
        for vowel in "ое":
            yield word[: closed.start()] + vowel + word[closed.end() :]


def _convolved(signal: Array, layer: Layer) -> Array:
    result = np.zeros((len(signal), layer.weights.shape[2]), np.float32)
    before, here, after = layer.weights
    result[1:] = signal[:-1] @ before
    result += signal @ here
    result[:-1] += signal[1:] @ after
    result += layer.bias
    np.maximum(result, 0, out=result)
    return result * layer.scale + layer.shift


def _said(scores: Array) -> list[str]:
    order = np.argsort(-scores, axis=1)[:, :2]
    best, second = order[:, 0], order[:, 1]
    every = np.arange(len(scores))
    margins = scores[every, best] - scores[every, second]
    return [
        f"{TAGS[one]}{'!' if margin > _SURE else '' if margin > _LIKELY else '?' + TAGS[other]}"
        for one, other, margin in zip(best, second, margins, strict=True)
    ]


def shape_of(word: str) -> str:
    """The shape of a word in the network's own names."""
    script = "RU" if _RUSSIAN.match(word) else "EN" if _LATIN.match(word) else ""
    if not script:
        if _NUMBER.match(word):
            return "NUM"
        return f"PUNCT_{word}" if len(word) == 1 and not word.isalnum() else "OTHER"
    if len(word) == 1:
        return f"{script}_{'X' if word.isupper() else 'x'}"
    if word.isupper():
        return f"{script}_XX"
    if word.islower():
        return f"{script}_xx"
    if word[0].isupper() and word[1:].islower():
        return f"{script}_Xx"
    return f"{script}_OTHER"


@cache
def shipped_network() -> Network:
    """The network in `models/`; loaded once."""
    file = resources.files("indexer.entities") / "models" / FILE
    with np.load(io.BytesIO(file.read_bytes())) as arrays:
        words = gzip.decompress(arrays["words"].tobytes()).decode("utf-8").split("\n")
        shapes = bytes(arrays["shapes"].tobytes()).decode("utf-8").split("\n")
        layers = [
            Layer(*(arrays[f"{part}{number}"].astype(np.float32) for part in Layer._fields))
            for number in range(_LAYERS)
        ]
        return Network(
            {word: row for row, word in enumerate(words)},
            arrays["codes"],
            arrays["centers"].astype(np.float32),
            {shape: row for row, shape in enumerate(shapes)},
            arrays["shape_vectors"].astype(np.float32),
            layers,
            (arrays["weights"].astype(np.float32), arrays["bias"].astype(np.float32)),
            arrays["classes"],
        )
