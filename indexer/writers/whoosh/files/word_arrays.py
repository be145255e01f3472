"""Word arrays: sorted words as they are written, a blob and offsets. What do two of them have?

Both are gone through once, and no text is made of any word: a collection has a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray, compiled, only_read
from indexer.entities.ragged import places_of, starts_of
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.sections_writer import SectionsWriter, offset_type
from indexer.writers.whoosh.files.vocabulary import decode, encode

Numbers = NDArray[np.int64]


class Words(NamedTuple):
    """Words in UTF-8, ascending, each once.

    Attributes:
        offsets: where each begins in `blob`, and where the last one ends.
    """

    blob: AnyArray
    offsets: Numbers

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.offsets) - 1

    def texts(self, numbers: Numbers) -> list[str]:
        """Some of them."""
        data = self.blob.data
        begins, ends = self.offsets[numbers].tolist(), self.offsets[numbers + 1].tolist()
        return [decode(bytes(data[a:b])) for a, b in zip(begins, ends, strict=True)]

    def taken(self, numbers: Numbers) -> Words:
        """Some of them; numbers ascend."""
        sizes = self.offsets[numbers + 1] - self.offsets[numbers]
        return _words(self.blob[places_of(self.offsets[numbers], sizes)], sizes)

    def write(self, file: SectionsWriter, name: str) -> None:
        """Writes sections `<name>.blob` and `<name>.offsets`, for a `Vocabulary`."""
        file.array(f"{name}.blob", self.blob)
        file.array(f"{name}.offsets", self.offsets.astype(offset_type(int(self.offsets[-1]))))


def words_in(file: Sections, name: str) -> Words:
    """Those of a vocabulary in a file."""
    return Words(file[f"{name}.blob"].whole(), file[f"{name}.offsets"].whole().astype(np.int64))


def words_from(texts: Sequence[str]) -> Words:
    """Texts, ascending and each once."""
    encoded = list(map(encode, texts))
    return _words(np.frombuffer(b"".join(encoded), np.uint8), np.array([*map(len, encoded)], int))


def _words(blob: AnyArray, sizes: Numbers) -> Words:
    return Words(blob, starts_of(sizes))


def merged(one: Words, other: Words) -> tuple[Words, Numbers, Numbers]:
    """The words of both; and of each of one, and of the other, which of these it is."""
    blob = np.empty(len(one.blob) + len(other.blob), np.uint8)
    offsets = np.zeros(one.size + other.size + 1, np.int64)
    of_one, of_other = np.empty(one.size, np.int64), np.empty(other.size, np.int64)
    one, other = (Words(only_read(words.blob), words.offsets) for words in (one, other))
    count = _merge(one, other, of_one, of_other, blob, offsets)
    return Words(blob[: offsets[count]], offsets[: count + 1]), of_one, of_other


@compiled
def _merge(
    one: Words,
    other: Words,
    of_one: AnyArray,
    of_other: AnyArray,
    blob: AnyArray,
    offsets: AnyArray,
) -> int:
    """Merges; returns how many words there are."""
    left = right = count = size = 0
    while left < len(of_one) or right < len(of_other):
        is_one, is_other = left < len(of_one), right < len(of_other)
        start, end = (one.offsets[left], one.offsets[left + 1]) if is_one else (0, 0)
        begin, until = (other.offsets[right], other.offsets[right + 1]) if is_other else (0, 0)
        if is_one and is_other:
            same = 0
            while (
                start + same < end
                and begin + same < until
                and one.blob[start + same] == other.blob[begin + same]
            ):
                same += 1
            if start + same < end and begin + same < until:
                is_one = one.blob[start + same] < other.blob[begin + same]
                is_other = not is_one
            else:
                is_one, is_other = end - start <= until - begin, until - begin <= end - start
        if is_one:
            of_one[left] = count
            left += 1
            for letter in range(start, end):
                blob[size + letter - start] = one.blob[letter]
            size += end - start
        if is_other:
            of_other[right] = count
            right += 1
            if not is_one:
                for letter in range(begin, until):
                    blob[size + letter - begin] = other.blob[letter]
                size += until - begin
        count += 1
        offsets[count] = size
    return count
