"""Dictionaries: which stems are those of forms of one word, as far as a dictionary tells?

One file a language lies beside this, compiled by `build`; it is read when a word of its language is
first asked for. The stems of a word mostly begin alike and have endings that thousands of words
have. So a word is a beginning and the number of a set of endings, or several of them, where its
stems begin differently (`gehen`, `ging`, `gegangen`). Inside a file: one line that names the
source; how many beginnings and sets of endings; the beginnings, sorted, a line each; the sets, a
line each; the set of each beginning; and the word that beginnings have in common, 0 for none.
"""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

LATIN = frozenset({"de", "es", "fr", "pl", "tr"})
LANGUAGES = ("ar", "de", "es", "fa", "fr", "he", "pl", "ru", "uk")
"""Those that have a list. Turkish has none: its endings are many and regular (`endings`)."""
ENGLISH = "en"
"""Its list has all words, each with one stem."""
_ALIKE = 2  # stems begin alike where that is one half of the shorter, and so many letters


@cache
def dictionary(language: str) -> Dictionary:
    """That of a language, or of `ENGLISH`, read once a process; of others an empty one."""
    if language not in (*LANGUAGES, ENGLISH):
        return NO_WORDS
    return Dictionary(gzip.decompress(files(__package__).joinpath(f"{language}.gz").read_bytes()))


def packed(words: Iterable[Sequence[str]], source: str) -> bytes:
    """Words, each as its stems, as `Dictionary` reads them."""
    pieces: set[tuple[bytes, str, int]] = set()
    shared = 0
    for word in words:
        own = [(start.encode(), endings) for start, endings in _pieces(sorted(word))]
        shared += len(own) > 1
        pieces.update((start, endings, shared if len(own) > 1 else 0) for start, endings in own)
    ordered = sorted(pieces)
    sets = {endings: number for number, endings in enumerate(sorted({one[1] for one in ordered}))}
    lines = [start for start, _, _ in ordered] + [one.encode() for one in sets]
    numbers = [[sets[endings] for _, endings, _ in ordered], [group for _, _, group in ordered]]
    planes = np.array(numbers, "<u4").view(np.uint8).reshape(2, -1, 4).transpose(0, 2, 1)
    head = f"# {source}\n{len(ordered)} {len(sets)}\n".encode()
    return head + b"".join(line + b"\n" for line in lines) + planes.tobytes()


def _pieces(stems: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The beginnings of some sorted stems, and the endings of each, parted by commas."""
    group = [stems[0]]
    start = stems[0]
    for stem in stems[1:]:
        alike = _common(start, stem)
        if len(alike) >= max(_ALIKE, min(map(len, (*group, stem))) / 2):
            group.append(stem)
            start = alike
        else:
            yield start, ",".join(one[len(start) :] for one in group)
            group, start = [stem], stem
    yield start, ",".join(one[len(start) :] for one in group)


def _common(one: str, other: str) -> str:
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return one[: sum(1 for _ in same)]


class Dictionary:
    """Words, each as its stems; one stem may be of several words.

    Args:
        data: see `packed`.
    """

    def __init__(self, data: bytes) -> None:
        source = data.index(b"\n") + 1
        start = data.index(b"\n", source) + 1
        beginnings, sets = map(int, data[source:start].split())
        ends = _line_ends(np.frombuffer(data, np.uint8, offset=start), beginnings + sets)
        self._lines = data[start : start + (int(ends[-1]) if len(ends) else 0)]
        self._ends = ends
        self._beginnings = beginnings
        rest = np.frombuffer(data, np.uint8, offset=start + len(self._lines))
        planes = rest.reshape(2, 4, beginnings).transpose(0, 2, 1)
        self._sets, self._words = np.ascontiguousarray(planes).view("<u4")[:, :, 0]

    def __len__(self) -> int:
        """How many beginnings it has."""
        return self._beginnings

    def __getitem__(self, number: int) -> bytes:
        """A beginning; behind the last one, a set of endings."""
        start = int(self._ends[number - 1]) if number else 0
        return self._lines[start : int(self._ends[number]) - 1]

    def __contains__(self, stem: str) -> bool:
        return any(True for _ in self._find(stem))

    def forms(self, stem: str) -> set[str]:
        """The stems of all words that have this one."""
        found: set[str] = set()
        for number in self._find(stem):
            word = self._words[number]
            pieces = np.flatnonzero(self._words == word).tolist() if word else [number]
            found.update(one for piece in pieces for one in self._stems(piece))
        return found

    def stems(self) -> Iterator[str]:
        """All of them, in order of their beginnings."""
        for number in range(len(self)):
            yield from self._stems(number)

    def _stems(self, number: int) -> Iterator[str]:
        beginning = self[number].decode()
        return (beginning + ending for ending in self._endings(number))

    def _endings(self, number: int) -> list[str]:
        return self[self._beginnings + int(self._sets[number])].decode().split(",")

    def _find(self, stem: str) -> Iterator[int]:
        """The beginnings of words that have a stem."""
        for end in range(len(stem), 0, -1):
            key, ending = stem[:end].encode(), stem[end:]
            number = bisect_left(self, key)
            while number < len(self) and self[number] == key:
                if ending in self._endings(number):
                    yield number
                number += 1


def _line_ends(array: NDArray[np.uint8], lines: int) -> NDArray[np.int64]:
    """Where each of the first lines ends, its line end included."""
    room = 1 << 16
    while True:
        ends = np.flatnonzero(array[:room] == ord("\n"))[:lines] + 1
        if len(ends) == lines or room >= len(array):
            return ends
        room *= 4


NO_WORDS = Dictionary(packed([], "no source"))
