"""Blocks: some articles as columns, numbers in flat arrays, and how these are kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.articles.outlets import OutletSaid
from indexer.compiled import AnyArray
from indexer.entities.ragged import places_of, starts_of
from indexer.families.shingles import PLACES

_TEXT = "surrogatepass"
ONE_EACH: Mapping[str, Any] = {
    "signature": np.dtype(("<u4", PLACES)),
    "reported": np.dtype("<f8"),
    "record": np.dtype("<u4"),
    "day": np.dtype("<i4"),
    "bytes": np.dtype("<i8"),
    "bits": np.dtype("u1"),
    "lead": np.dtype("<u4"),
    "paragraphs": np.dtype("<u4"),
}
"""Columns with one value an article; the last two say how many rows it has of the following."""
SEVERAL: Mapping[str, tuple[str, Any]] = {
    "lead words": ("lead", np.dtype("<u4")),
    "paragraph keys": ("paragraphs", np.dtype("<u4")),
    "paragraph lengths": ("paragraphs", np.dtype("<u4")),
}
_LARGE = frozenset(
    ("signature", "lead words", "reported", "bytes", "paragraph keys", "paragraph lengths")
)
"""Of a block that is kept, read when they are asked for, and held by nobody."""
TYPES = {**ONE_EACH, **{name: dtype for name, (_, dtype) in SEVERAL.items()}}


class Record(NamedTuple):
    """What many articles have in common."""

    outlet: OutletSaid
    cleaner: str
    flags: tuple[str, ...]


class Piece(NamedTuple):
    """A column that is kept: how many bytes it has, and what fills so many with them, as they were
    written.
    """

    size: int
    fill: Callable[[memoryview], None]

    def read(self) -> AnyArray:
        """Its bytes."""
        found = np.empty(self.size, np.uint8)
        self.fill(found.data)
        return found


class Damaged(Exception):
    """A block does not hold what it must; who reads the file says where, and what to do."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some articles, one after the other.

    Attributes:
        columns: see `ONE_EACH` and `SEVERAL`.
    """

    ids: list[str]
    records: list[Record]
    columns: Mapping[str, AnyArray]

    def to_bytes(self) -> Iterator[tuple[str, bytes]]:
        """Its columns by name."""
        told = json.dumps([self.ids, self.records], ensure_ascii=False, separators=(",", ":"))
        yield "", told.encode("utf-8", _TEXT)
        yield from ((name, column.tobytes()) for name, column in self.columns.items())

    @classmethod
    def of(cls, stored: Mapping[str, Piece]) -> Block:
        """What `to_bytes` gave.

        Raises:
            Damaged: it is not.
        """
        if not {"", *TYPES} <= stored.keys():
            raise Damaged("a column is missing")
        ids, records = json.loads(stored[""].read().tobytes().decode("utf-8", _TEXT))
        return cls(
            ids,
            [Record(OutletSaid(*said), cleaner, tuple(flags)) for said, cleaner, flags in records],
            _Read(stored, len(ids)),
        )

    def rows(self, name: str) -> int:
        """How many values a column has."""
        counted = SEVERAL.get(name)
        return len(self.ids) if counted is None else int(self.columns[counted[0]].sum())

    def fill(self, name: str, column: AnyArray) -> None:
        """Writes a column to where it is to be."""
        if not (isinstance(self.columns, _Read) and self.columns.fill(name, column)):
            column[:] = self.columns[name]

    def taken(self, rows: NDArray[np.int64]) -> Block:
        """These articles, in this order."""
        columns = {name: self.columns[name][rows] for name in ONE_EACH}
        for name, (counted, _) in SEVERAL.items():
            counts = self.columns[counted]
            columns[name] = self.columns[name][places_of(starts_of(counts)[rows], counts[rows])]
        return Block([self.ids[row] for row in rows.tolist()], self.records, columns)


class _Read(Mapping[str, AnyArray]):
    """Columns as they were kept. What is large is read each time it is asked for.

    Raises:
        Damaged: they are not of so many articles.
    """

    def __init__(self, stored: Mapping[str, Piece], articles: int) -> None:
        self._stored = stored
        self._at_hand: dict[str, AnyArray] = {}
        for name, dtype in TYPES.items():
            counted = SEVERAL.get(name)
            expected = articles if counted is None else int(self[counted[0]].sum())
            if stored[name].size != expected * dtype.itemsize:
                raise Damaged("columns are of different length")
            if name not in _LARGE:
                self._at_hand[name] = self[name]

    def __getitem__(self, name: str) -> AnyArray:
        found = self._at_hand.get(name)
        return np.frombuffer(self._stored[name].read(), TYPES[name]) if found is None else found

    def fill(self, name: str, column: AnyArray) -> bool:
        """Reads a large column to where it is to be; False where it is at hand."""
        if name in self._at_hand:
            return False
        self._stored[name].fill(column.reshape(-1).view(np.uint8).data)
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(TYPES)

    def __len__(self) -> int:
        return len(TYPES)


class Joined:
    """Blocks one after the other. What is joined is held by nobody.

    Attributes:
        size: how many articles there are.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self.size = sum(len(block.ids) for block in blocks)
        records: dict[Record, int] = {}
        self._numbers = [
            np.array([records.setdefault(record, len(records)) for record in block.records], "<u4")
            for block in blocks
        ]
        self.records = list(records)

    def ids(self) -> list[str]:
        """Of all articles."""
        return [one for block in self._blocks for one in block.ids]

    def column(self, name: str) -> AnyArray:
        """One of the columns."""
        if name in _LARGE and len(self._blocks) > 1:
            return self._large(name)
        parts = [block.columns[name] for block in self._blocks]
        if name == "record":
            parts = [own[part] for own, part in zip(self._numbers, parts, strict=True)]
        if len(parts) == 1:
            return parts[0]
        return np.concatenate(parts) if parts else np.empty(0, TYPES[name])

    def _large(self, name: str) -> AnyArray:
        """The same of what is read when it is asked for: each block to its place, and held once."""
        sizes = [block.rows(name) for block in self._blocks]
        joined = np.empty(sum(sizes), TYPES[name])
        for block, size, end in zip(self._blocks, sizes, accumulate(sizes), strict=True):
            block.fill(name, joined[end - size : end])
        return joined

    def block(self) -> Block:
        """All of it as one."""
        if len(self._blocks) == 1:
            return self._blocks[0]
        return Block(self.ids(), self.records, {name: self.column(name) for name in TYPES})
