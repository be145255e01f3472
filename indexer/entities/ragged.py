"""Ragged columns: numbers of many articles, of each as many as it has, in flat arrays."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
"""What a column holds."""
Content = bytes | memoryview
"""What of it is kept."""
_TYPE = np.dtype(np.int32)


class Grown(NamedTuple):
    """What comes behind content that is kept, and stays as it is."""

    more: Content


_BITS = 63  # of a number without its sign


def starts_of(lengths: NDArray[Any]) -> NDArray[np.int64]:
    """Where rows of these lengths begin that lie one behind the other, and where the last ends."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)))


def places_of(begins: NDArray[Any], lengths: NDArray[Any]) -> NDArray[np.int64]:
    """The place of every number of some rows, by where each row begins and how long it is."""
    starts = starts_of(lengths)
    places: NDArray[np.int64] = np.repeat(begins - starts[:-1], lengths)
    return places + np.arange(starts[-1])


def first_places(numbers: NDArray[Any], count: int) -> NDArray[np.int64]:
    """Of each number below `count`, its first place; behind all where it has none."""
    first = np.full(count, len(numbers))
    first[numbers[::-1]] = np.arange(len(numbers))[::-1]  # of several the last, so the first place
    return first


def distinct(numbers: NDArray[Any]) -> NDArray[Any]:
    """The different ones, ascending: in a tenth of the time of `np.unique`, which makes a table."""
    ordered = np.sort(numbers)
    return ordered[is_first(ordered)]


def is_first(ordered: NDArray[Any]) -> NDArray[np.bool_]:
    """Of ascending numbers, whether each is there for the first time."""
    first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first


def first_of_each(
    numbers: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The different ones, ascending; the first place of each; and which of them each number is.
    None is negative. As `np.unique` says it, which sorts places and not numbers.
    """
    bits = max(len(numbers), 1).bit_length()
    if int(numbers.max(initial=0)).bit_length() + bits >= _BITS:
        found, first, which = np.unique(numbers, return_index=True, return_inverse=True)
        return found, first, which
    ordered = numbers << bits | np.arange(len(numbers))
    ordered.sort()
    places = ordered & ((1 << bits) - 1)
    ordered >>= bits
    is_new = is_first(ordered)
    which = np.empty(len(ordered), np.int64)
    which[places] = np.cumsum(is_new) - 1
    return ordered[is_new], places[is_new], which


def bytes_of(values: NDArray[Any]) -> memoryview:
    """The bytes of an array, as they lie."""
    return np.ascontiguousarray(values).view(np.uint8).data


class Ragged:
    """Columns of equal length: first the rows of the first article, then those of the next.

    Args:
        lengths: how many rows each article has.
    """

    def __init__(self, lengths: Numbers, columns: Mapping[str, Numbers]) -> None:
        self.lengths = lengths
        self.columns = dict(columns)

    def __getitem__(self, column: str) -> Numbers:
        return self.columns[column]

    def starts(self) -> NDArray[np.int64]:
        """Where the rows of each article begin; at the end, how many there are."""
        return starts_of(self.lengths)

    def articles(self) -> Numbers:
        """Of each row, whose it is."""
        return np.repeat(np.arange(len(self.lengths), dtype=_TYPE), self.lengths)

    def of(self, article: int, column: str, starts: NDArray[np.int64]) -> Numbers:
        """A column of one article."""
        return self.columns[column][starts[article] : starts[article + 1]]

    def taken(self, articles: NDArray[np.int64]) -> Ragged:
        """The rows of some articles, in this order."""
        lengths = self.lengths[articles]
        places = places_of(self.starts()[articles], lengths)
        return Ragged(lengths, {name: one[places] for name, one in self.columns.items()})

    def followed_by(self, other: Ragged) -> Ragged:
        """These articles, and behind them others."""
        return Ragged(
            np.concatenate((self.lengths, other.lengths)),
            {name: np.concatenate((one, other[name])) for name, one in self.columns.items()},
        )

    def to_bytes(self) -> Iterable[tuple[str, memoryview]]:
        """Lengths, and each column, by name."""
        yield "", bytes_of(self.lengths)
        for name, one in self.columns.items():
            yield name, bytes_of(one)

    @classmethod
    def from_bytes(cls, stored: Mapping[str, bytes], columns: Sequence[str]) -> Ragged:
        """What `to_bytes` gave."""
        lengths, *rest = (np.frombuffer(stored[name], _TYPE) for name in ("", *columns))
        return cls(lengths, dict(zip(columns, rest, strict=True)))


class RaggedMaker:
    """Takes the rows of one article after the other."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = columns
        self._lengths = array("i")
        self._rows = array("i")

    def add(self, rows: Iterable[Sequence[int]]) -> None:
        """Adds an article."""
        before = len(self._rows)
        for row in rows:
            self._rows.extend(row)
        self._lengths.append((len(self._rows) - before) // len(self._columns))

    def made(self) -> Ragged:
        """What was added."""
        table: Any = np.array(self._rows, _TYPE).reshape(-1, len(self._columns))
        return Ragged(
            np.array(self._lengths, _TYPE),
            {name: np.ascontiguousarray(table[:, at]) for at, name in enumerate(self._columns)},
        )
