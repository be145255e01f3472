"""Columns: what of all sheets do the passes over a collection go through? Numbers in flat arrays.

They are kept in blocks: the articles of one update are a block, written once. Small blocks are put
together with what came before them, so that there are few, and an update writes about what it adds.
Articles that are gone stay in their block until it is written again.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.articles.blocks import SEVERAL, TYPES, Block, Damaged, Joined, Piece, Record
from indexer.articles.sheet import Sheet
from indexer.compiled import AnyArray
from indexer.entities.ragged import starts_of
from indexer.families.shingles import PLACES

NO_DAY = 0
"""Of an article that is not dated to the day; the first day is 1."""
ENGLISH, OTHER_LETTERS, ANALYZED, PERIODIC = 1, 2, 4, 8
_THERE, _CAME_TO = "there", "came to"
_MOST = 8  # blocks: each makes reading a little slower
NAMES = 16
"""Bytes that stand for what the names of an article mean: the first of what it came to."""
DIGEST = 2 * NAMES
"""Bytes that stand for all that an article came to."""


class _Maker:
    """Sheets on their way into a block."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._records: dict[Record, int] = {}
        self._signatures = bytearray()
        self._columns: dict[str, array[Any]] = {
            name: array(code)
            for name, code in (
                ("reported", "d"), ("record", "I"), ("day", "i"), ("bytes", "q"), ("bits", "B"),
                ("lead", "I"), ("paragraphs", "I"), ("lead words", "I"), ("paragraph keys", "I"),
                ("paragraph lengths", "I"),
            )
        }  # fmt: skip

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, sheet: Sheet) -> None:
        """Adds an article."""
        columns = self._columns
        record = Record(sheet.outlet, sheet.cleaner, sheet.flags)
        self._ids.append(sheet.article_id)
        self._signatures += sheet.signature.tobytes()
        columns["reported"].append(sheet.reported)
        columns["record"].append(self._records.setdefault(record, len(self._records)))
        columns["day"].append(NO_DAY if sheet.day is None else sheet.day)
        columns["bytes"].append(sheet.text_bytes)
        columns["bits"].append(
            ENGLISH * sheet.is_english
            + OTHER_LETTERS * sheet.in_other_letters
            + ANALYZED * sheet.is_analyzed
            + PERIODIC * sheet.lead.is_periodic
        )
        columns["lead"].append(len(sheet.lead.words))
        columns["lead words"].extend(sheet.lead.words)
        columns["paragraphs"].append(len(sheet.paragraphs))
        columns["paragraph keys"].extend([one.key for one in sheet.paragraphs])
        columns["paragraph lengths"].extend([one.length for one in sheet.paragraphs])

    def block(self) -> Block:
        """What was added."""
        columns: dict[str, AnyArray] = {
            name: np.array(column, TYPES[name]) for name, column in self._columns.items()
        }
        signatures = np.frombuffer(bytes(self._signatures), "<u4").reshape(-1, PLACES)
        return Block(self._ids, list(self._records), {"signature": signatures, **columns})


class _Stored:
    """A block that is kept, and what changes of it: who is there, and what articles came to."""

    def __init__(self, block: Block, is_there: NDArray[np.bool_], came_to: AnyArray) -> None:
        self.block, self.is_there, self.came_to = block, is_there, came_to
        self.is_changed = False  # in what may change

    @classmethod
    def of(cls, stored: Mapping[str, Piece]) -> _Stored:
        """As it was kept. Raises Damaged."""
        if not {_THERE, _CAME_TO} <= stored.keys():
            raise Damaged("a column is missing")
        there, came_to = stored[_THERE].read(), stored[_CAME_TO].read()
        block = Block.of(stored)
        size = len(block.ids)
        if (len(there), len(came_to)) != (size, size * DIGEST):
            raise Damaged("columns are of different length")
        return cls(
            block,
            there.view(np.bool_),
            came_to.reshape(-1, DIGEST),
        )

    def to_bytes(self) -> Iterator[tuple[str, bytes]]:
        """All of it, by name."""
        yield from self.block.to_bytes()
        yield from self.changes()

    def changes(self) -> Iterator[tuple[str, bytes]]:
        """What may have changed, by name."""
        yield _THERE, self.is_there.tobytes()
        yield _CAME_TO, self.came_to.tobytes()

    def drop(self, article_ids: Collection[str]) -> None:
        """Leaves out those that are here."""
        rows = [row for row, one in enumerate(self.block.ids) if one in article_ids]
        if self.is_there[rows].any():
            self.is_there[rows] = False
            self.is_changed = True

    def without_gone(self) -> _Stored:
        """The same without those that are gone."""
        if self.is_there.all():
            return self
        return self.taken(np.flatnonzero(self.is_there))

    def taken(self, rows: NDArray[np.int64]) -> _Stored:
        """These articles, in this order."""
        return _Stored(self.block.taken(rows), self.is_there[rows], self.came_to[rows])


class Columns:
    """All articles, as they were kept, without those that are gone and with those that come.

    Args:
        stored: blocks by number; of each, columns by name.

    Attributes:
        ids: of all articles, ascending.
        rows: of each article, by id, where it is in what is not brought into that order.
        records: see `Record`.
        came_to: of each article, by id, what it came to in the generation in use; zeros for one
            that is new.
        is_sorted: whether `sort` was called, without which there are none of these.

    Raises:
        Damaged: a block is.
    """

    def __init__(self, stored: Mapping[int, Mapping[str, Piece]]) -> None:
        self._stored = {number: _Stored.of(one) for number, one in sorted(stored.items())}
        self._new = _Maker()
        self._anew = -1  # number of a block that is not kept yet
        self.rows: NDArray[np.int64] = np.empty(0, np.int64)
        self._all = Joined([])
        self.is_sorted = False
        self.ids: list[str] = []
        self.records: list[Record] = []
        self.came_to: AnyArray = np.empty((0, DIGEST), np.uint8)

    def put(self, sheet: Sheet) -> None:
        """Adds an article that is not there."""
        self._new.add(sheet)

    def drop(self, article_ids: Collection[str]) -> None:
        """Leaves out articles that were there at the beginning."""
        for stored in self._stored.values():
            stored.drop(set(article_ids))

    def forget(self) -> None:
        """Forgets what articles came to."""
        for stored in self._stored.values():
            stored.came_to[:] = 0
            stored.is_changed = True

    def sort(self) -> None:
        """Brings everything into the order of ids. Call once, when all is put."""
        if len(self._new) or not self._stored:
            self._put_together()
        blocks = list(self._stored.values())
        self._all = Joined([stored.block for stored in blocks])
        there = np.concatenate([stored.is_there for stored in blocks])
        ids = self._all.ids()
        rows = sorted(np.flatnonzero(there).tolist(), key=ids.__getitem__)
        self.rows = np.array(rows, np.int64)
        self.ids = [ids[row] for row in rows]
        self.records = self._all.records
        self.came_to = np.concatenate([stored.came_to for stored in blocks])[self.rows]
        self.is_sorted = True

    def _put_together(self) -> None:
        """Makes one block of what is new and of blocks that it is worth to be put together with."""
        new = self._new.block()
        size = len(new.ids)
        parts = [_Stored(new, np.ones(size, np.bool_), np.zeros((size, DIGEST), np.uint8))]
        number = max(self._stored, default=-1) + 1
        for last, stored in reversed(list(self._stored.items())):
            if len(self._stored) < _MOST and len(stored.block.ids) > size:
                break
            del self._stored[last]
            parts.insert(0, stored.without_gone())
            size += len(parts[0].block.ids)
        made = _Stored(
            Joined([one.block for one in parts]).block(),
            np.ones(size, np.bool_),
            np.concatenate([one.came_to for one in parts]),
        )
        ids = made.block.ids
        order = np.array(sorted(range(size), key=ids.__getitem__), np.int64)
        is_sorted = bool((order[1:] > order[:-1]).all())
        self._stored[number] = made if is_sorted else made.taken(order)
        self._anew = number

    def __len__(self) -> int:
        return len(self.ids)

    def came(self, now: AnyArray) -> None:
        """Notes what articles came to, by id."""
        first = 0
        everything = np.zeros((self._all.size, DIGEST), np.uint8)
        everything[self.rows] = now
        for stored in self._stored.values():
            own = everything[first : first + len(stored.block.ids)]
            stored.is_changed |= not np.array_equal(own, stored.came_to)
            stored.came_to = own
            first += len(own)

    @property
    def numbers(self) -> list[int]:
        """Those of the blocks that are to be kept."""
        return list(self._stored)

    def changed(self) -> Iterator[tuple[int, Iterator[tuple[str, bytes]]]]:
        """Of blocks, by number, what is to be kept in place of what was, by name."""
        for number, stored in self._stored.items():
            if number == self._anew:
                yield number, stored.to_bytes()
            elif stored.is_changed:
                yield number, stored.changes()

    def column(self, name: str) -> AnyArray:
        """A column with one value an article, by id."""
        return self._all.column(name)[self.rows]

    def bit(self, bit: int) -> NDArray[np.bool_]:
        """A yes or no of each article, by id."""
        return (self.column("bits") & bit) > 0

    def signatures(self) -> tuple[NDArray[np.int64], AnyArray]:
        """Of each article, by id, its row among the signatures, and these."""
        return self.rows, self._all.column("signature")

    def several(self, name: str) -> tuple[AnyArray, AnyArray]:
        """A column with several values an article: where those of each begin, and the last ones
        end; and the values. By row, not by id: see `rows`.
        """
        counts = self._all.column(SEVERAL[name][0])
        return starts_of(counts), self._all.column(name)
