"""Columns: one value a document, as Whoosh sorts and groups by, of a segment's arrays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.columns import ColumnReader

from indexer.compiled import AnyArray
from indexer.writers.whoosh.facets import facet_column
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.vocabulary import encode


class ListColumn(ColumnReader):
    """A column held as a list."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values
        self._reverse = False

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def sort_key(self, docnum: int) -> Any:
        value = self._values[docnum]
        return -value if self._reverse and not isinstance(value, bytes) else value

    def load(self) -> list[Any]:
        return self._values

    def set_reverse(self) -> None:
        self._reverse = True


class DayColumn(ListColumn):
    """The first day (ordinal) that the first date of each document can mean.

    Args:
        empty: stands for a document without a date.
    """

    def __init__(self, file: Sections, field: str, empty: int) -> None:
        self._rows = file[f"{field}.rows"].whole().astype(np.int64)
        self._earliest = file[f"{field}.earliest"].whole()
        self._latest = file[f"{field}.latest"].whole()
        super().__init__(_first_of_each(self._rows, self._earliest, empty).tolist())

    def between(self, start: int, end: int) -> list[int]:
        """The documents one of whose dates can lie within some days."""
        can = (self._earliest <= end) & (self._latest >= start)
        docs = np.repeat(np.arange(len(self._rows) - 1), np.diff(self._rows))
        found: list[int] = np.unique(docs[can]).tolist()
        return found


def value_column(file: Sections, facet: str) -> ListColumn:
    """The first value of a facet that each document has, as bytes; empty where it has none."""
    column = facet_column(file, facet)
    numbers = _first_of_each(column.rows, column.ordinals, -1)
    values = [*map(encode, column.values), b""]  # the last one is that of -1
    return ListColumn([values[number] for number in numbers.tolist()])


def _first_of_each(rows: AnyArray, values: AnyArray, empty: int) -> AnyArray:
    """The first value of each row; `empty` where a row has none."""
    firsts = np.append(values, empty)[rows[:-1]]
    return np.where(rows[1:] > rows[:-1], firsts, empty)
