"""Ragged columns: numbers of many articles, of each as many as it has, in flat arrays."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
"""What a column holds."""
_TYPE = np.dtype(np.int32)


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
        return np.concatenate(([0], np.cumsum(self.lengths, dtype=np.int64)))

    def articles(self) -> Numbers:
        """Of each row, whose it is."""
        return np.repeat(np.arange(len(self.lengths), dtype=_TYPE), self.lengths)

    def of(self, article: int, column: str, starts: NDArray[np.int64]) -> Numbers:
        """A column of one article."""
        return self.columns[column][starts[article] : starts[article + 1]]

    def taken(self, articles: NDArray[np.int64]) -> Ragged:
        """The rows of some articles, in this order."""
        starts = self.starts()[:-1][articles]
        lengths = self.lengths[articles]
        begins = np.cumsum(lengths, dtype=np.int64) - lengths
        places = np.repeat(starts - begins, lengths) + np.arange(int(lengths.sum()))
        return Ragged(lengths, {name: one[places] for name, one in self.columns.items()})

    def followed_by(self, other: Ragged) -> Ragged:
        """These articles, and behind them others."""
        return Ragged(
            np.concatenate((self.lengths, other.lengths)),
            {name: np.concatenate((one, other[name])) for name, one in self.columns.items()},
        )

    def to_bytes(self) -> Iterable[tuple[str, bytes]]:
        """Lengths, and each column, by name."""
        yield "", self.lengths.tobytes()
        for name, one in self.columns.items():
            yield name, one.tobytes()

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
