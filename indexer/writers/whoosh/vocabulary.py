"""How is a word found? Sorted UTF-8 strings in one blob, with binary search.

Sorting by UTF-8 bytes is sorting by code points, so words with a common prefix are one slice.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from indexer.writers.whoosh.sections import AnyArray, Sections, SectionsWriter, smallest_uint


def encode(text: str) -> bytes:
    """UTF-8; lone surrogates, which broken pages contain, survive."""
    return text.encode("utf-8", "surrogatepass")


def decode(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def write_vocabulary(file: SectionsWriter, name: str, words: Sequence[str]) -> None:
    """Writes sections `<name>.blob` and `<name>.offsets`.

    Args:
        words: sorted, without repetition.
    """
    encoded = [encode(word) for word in words]
    offsets = np.zeros(len(words) + 1, np.int64)
    np.cumsum([len(word) for word in encoded], out=offsets[1:])
    file.array(f"{name}.blob", np.frombuffer(b"".join(encoded), np.uint8))
    file.array(f"{name}.offsets", offsets.astype(smallest_uint(int(offsets[-1]))))


class Vocabulary:
    """The words of one blob, numbered in order."""

    def __init__(self, file: Sections, name: str) -> None:
        self._blob = file[f"{name}.blob"]
        self._offsets = file[f"{name}.offsets"]
        self._bytes = self._blob.values.data

    def __len__(self) -> int:
        return len(self._offsets.values) - 1

    def find(self, word: str) -> int | None:
        """The number of a word, or None."""
        key = encode(word)
        number = self._lower_bound(key)
        return number if number < len(self) and self._key(number) == key else None

    def prefixed(self, prefix: str) -> range:
        """The numbers of the words that start with `prefix`."""
        key = encode(prefix)
        start, low, high = self._lower_bound(key), 0, len(self)
        low = start
        while low < high:
            middle = (low + high) // 2
            if self._key(middle).startswith(key):
                low = middle + 1
            else:
                high = middle
        return range(start, low)

    def word(self, number: int) -> str:
        return decode(self._key(number))

    def arrays(self) -> tuple[AnyArray, AnyArray]:
        """The blob, and where each word begins in it and the last one ends."""
        return self._blob.whole(), self._offsets.whole()

    def words(self) -> list[str]:
        """All of them, in order."""
        offsets = self._offsets.whole().tolist()
        data = self._blob.whole().tobytes()
        return [decode(data[a:b]) for a, b in pairwise(offsets)]

    def _key(self, number: int) -> bytes:
        self._offsets.check(number, number + 2)
        start, end = self._offsets.values[number : number + 2].tolist()
        self._blob.check(start, end)
        return bytes(self._bytes[start:end])

    def _lower_bound(self, key: bytes) -> int:
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._key(middle) < key:
                low = middle + 1
            else:
                high = middle
        return low
