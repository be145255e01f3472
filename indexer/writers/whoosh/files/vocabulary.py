"""Vocabulary: sorted UTF-8 strings in one blob, with binary search.

Sorting by UTF-8 bytes is sorting by code points, so words with a common prefix are one slice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from indexer.compiled import AnyArray, compiled
from indexer.writers.whoosh.files.cache import Cache
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.sections_writer import SectionsWriter, offset_type

_KEPT = 1 << 14  # lookups kept: names and words of one screen are those of the next


def encode(text: str) -> bytes:
    """UTF-8; lone surrogates, which broken pages contain, survive."""
    return text.encode("utf-8", "surrogatepass")


def decode(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def write_vocabulary(file: SectionsWriter, name: str, words: Sequence[str]) -> None:
    """Writes sections `<name>.blob` and `<name>.offsets`.

    Args:
        words: sorted, without repetition; in any order where they are read by number alone.
    """
    encoded = [encode(word) for word in words]
    offsets = np.zeros(len(words) + 1, np.int64)
    np.cumsum([len(word) for word in encoded], out=offsets[1:])
    file.array(f"{name}.blob", np.frombuffer(b"".join(encoded), np.uint8))
    file.array(f"{name}.offsets", offsets.astype(offset_type(int(offsets[-1]))))


class Vocabulary:
    """The words of one blob, numbered in order."""

    def __init__(self, file: Sections, name: str) -> None:
        self._file = file
        self._name = name
        self._numbers: Cache[str, int | None] = Cache(_KEPT)
        self._words: Cache[int, str] = Cache(_KEPT)

    def __len__(self) -> int:
        return len(self._file[f"{self._name}.offsets"].values) - 1

    def find(self, word: str) -> int | None:
        """The number of a word, or None."""
        if word in self._numbers:
            return self._numbers[word]
        place = place_of(*self._arrays, np.frombuffer(encode(word), np.uint8))
        number = None if place < 0 else place
        self._numbers.keep(word, number)
        return number

    def prefixed(self, prefix: str) -> range:
        """The numbers of the words that start with `prefix`."""
        key = encode(prefix)
        start, low, high = self.first_not_before(key), 0, len(self)
        low = start
        while low < high:
            middle = (low + high) // 2
            if self.key(middle).startswith(key):
                low = middle + 1
            else:
                high = middle
        return range(start, low)

    def having(self, part: str) -> list[int]:
        """The numbers of the words that have `part` in them, behind other letters."""
        blob, offsets = self._arrays
        key = encode(part)
        starts = np.array([one.start() for one in re.finditer(re.escape(key), blob.data)], np.int64)
        numbers = np.searchsorted(offsets, starts, side="right") - 1
        inside = (starts > offsets[numbers]) & (starts + len(key) <= offsets[numbers + 1])
        found: list[int] = np.unique(numbers[inside]).tolist()
        return found

    def word(self, number: int) -> str:
        known = self._words.get(number)
        if known is None:
            known = decode(self.key(number))
            self._words.keep(number, known)
        return known

    def arrays(self) -> tuple[AnyArray, AnyArray]:
        """The blob, and where each word begins in it and the last one ends."""
        return (
            self._file[f"{self._name}.blob"].whole(),
            self._file[f"{self._name}.offsets"].whole(),
        )

    def words(self) -> list[str]:
        """All of them, in order."""
        blob, offsets = self.arrays()
        data = blob.tobytes()
        return [decode(data[a:b]) for a, b in pairwise(offsets.tolist())]

    @cached_property
    def _arrays(self) -> tuple[AnyArray, AnyArray]:
        return self.arrays()

    @cached_property
    def _views(self) -> tuple[memoryview, memoryview]:
        """The arrays as buffers: reading one number is faster than from an array."""
        blob, offsets = self.arrays()
        return blob.data, offsets.data

    def key(self, number: int) -> bytes:
        """A word as it is written, in UTF-8."""
        blob, offsets = self._views
        return bytes(blob[offsets[number] : offsets[number + 1]])

    def first_not_before(self, key: bytes) -> int:
        """The number of the first word that is not before a key; how many there are, if all are."""
        return first_not_before(*self._arrays, np.frombuffer(key, np.uint8))


@compiled
def place_of(blob: AnyArray, offsets: AnyArray, key: AnyArray) -> int:
    """Where a key is among the sorted words; -1: it is none of them."""
    place = first_not_before(blob, offsets, key)
    if place == len(offsets) - 1 or offsets[place + 1] - offsets[place] != len(key):
        return -1
    start = offsets[place] + 0
    for letter in range(len(key)):
        if blob[start + letter] != key[letter]:
            return -1
    return place


@compiled
def first_not_before(blob: AnyArray, offsets: AnyArray, key: AnyArray) -> int:
    """The first of the sorted words that is not before a key; how many there are, if all are."""
    low, high = 0, len(offsets) - 1
    while low < high:
        middle = (low + high) >> 1
        start, end = offsets[middle] + 0, offsets[middle + 1] + 0
        same = 0
        while same < len(key) and start + same < end and blob[start + same] == key[same]:
            same += 1
        if same < len(key) and (start + same == end or blob[start + same] < key[same]):
            low = middle + 1
        else:
            high = middle
    return low
