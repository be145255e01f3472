"""Facets: whole values, stored both ways round: documents of values, and values of documents.

<facet>.blob, .offsets   the segment's values, sorted
<facet>.starts, .docs    documents of each value, ascending
values.rows, .ordinals   values of each document, facet by facet, each in the document's order

In `values.ordinals` the values of all facets are numbered through: those of the second facet follow
those of the first. A page counts four facets, so the values of a document lie together.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from indexer.schema import FACETS
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.sections_writer import SectionsWriter, offset_type, smallest_uint
from indexer.writers.whoosh.files.vocabulary import Vocabulary, write_vocabulary


class ValueColumn:
    """One facet's values of a segment's documents.

    Args:
        values: sorted, without repetition.
        rows: where those of each document begin, and where the last ones end.
        ordinals: the places of the documents' values among these.
    """

    def __init__(
        self, values: Sequence[str], rows: NDArray[np.int64], ordinals: NDArray[np.int64]
    ) -> None:
        self.values, self.rows, self.ordinals = values, rows, ordinals

    def write(self, file: SectionsWriter, name: str) -> None:
        """Writes the values, and the documents of each."""
        docs = np.repeat(np.arange(len(self.rows) - 1), np.diff(self.rows))
        starts = np.zeros(len(self.values) + 1, np.int64)
        np.cumsum(np.bincount(self.ordinals, minlength=len(self.values)), out=starts[1:])
        write_vocabulary(file, name, self.values)
        file.array(f"{name}.starts", starts.astype(offset_type(len(docs))))
        by_value = docs[np.argsort(self.ordinals, kind="stable")]
        file.array(f"{name}.docs", by_value.astype(smallest_uint(len(self.rows) - 2)))


class FacetColumn:
    """Collects one facet's values of a segment's documents."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._rows = array("I", [0])
        self._values = array("I")

    def add(self, values: Iterable[str]) -> None:
        """Adds the values of the next document; a repeated value counts once."""
        numbers = self._numbers
        for value in dict.fromkeys(values):
            self._values.append(numbers.setdefault(value, len(numbers)))
        self._rows.append(len(self._values))

    def made(self) -> ValueColumn:
        """What was added."""
        ranks = np.zeros(len(self._numbers), np.int64)
        values = sorted(self._numbers)
        ranks[[self._numbers[value] for value in values]] = np.arange(len(ranks))
        rows = np.array(self._rows, np.int64)
        return ValueColumn(values, rows, ranks[np.array(self._values, np.int64)])


def write_facets(file: SectionsWriter, columns: Mapping[str, ValueColumn]) -> None:
    """Writes all facets, in the order of the schema."""
    ordered = [columns[facet] for facet in FACETS]
    for facet, column in zip(FACETS, ordered, strict=True):
        column.write(file, facet)
    rows = np.sum([column.rows for column in ordered], axis=0)
    firsts = accumulate((len(column.values) for column in ordered), initial=0)
    values = np.zeros(rows[-1], np.int64)
    begin = rows[:-1].copy()  # where the values of the facet at hand go, for each document
    for first, column in zip(firsts, ordered, strict=False):
        sizes = np.diff(column.rows)
        places = np.repeat(begin - column.rows[:-1], sizes) + np.arange(column.rows[-1])
        values[places] = column.ordinals + first
        begin += sizes
    distinct = sum(len(column.values) for column in ordered)
    file.array("values.rows", rows.astype(offset_type(len(values))))
    file.array("values.ordinals", values.astype(smallest_uint(distinct)))


def value_ranges(file: Sections) -> dict[str, range]:
    """Which numbers the values of each facet have in `values.ordinals` of a segment."""
    sizes = [len(file[f"{facet}.offsets"].values) - 1 for facet in FACETS]
    ends = list(accumulate(sizes))
    return {
        facet: range(end - size, end) for facet, size, end in zip(FACETS, sizes, ends, strict=True)
    }


def facet_column(file: Sections, facet: str) -> ValueColumn:
    """A facet as a segment has it."""
    own = value_ranges(file)[facet]
    rows = file["values.rows"].whole().astype(np.int64)
    ordinals = file["values.ordinals"].whole().astype(np.int64)
    places = np.flatnonzero((ordinals >= own.start) & (ordinals < own.stop))
    return ValueColumn(
        Vocabulary(file, facet).words(),
        np.searchsorted(places, rows),
        ordinals[places] - own.start,
    )
