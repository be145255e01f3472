"""How are whole values stored? Both ways round, as ordinals in compressed sparse rows.

<facet>.blob, .offsets   the segment's values, sorted
<facet>.starts, .docs    documents of each value, ascending
<facet>.rows, .ordinals  values of each document, in the document's order
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np

from indexer.writers.whoosh.sections import SectionsWriter, offset_type, smallest_uint
from indexer.writers.whoosh.vocabulary import write_vocabulary


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

    def write(self, file: SectionsWriter, name: str, *, rows: bool = True) -> None:
        """Writes the facet's sections; without `rows`, only those by value."""
        words = sorted(self._numbers)
        ranks = np.zeros(len(words), np.int64)
        ranks[[self._numbers[word] for word in words]] = np.arange(len(words))
        bounds = np.array(self._rows, np.int64)
        ordinals = ranks[np.array(self._values, np.int64)]
        docs = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        starts = np.zeros(len(words) + 1, np.int64)
        np.cumsum(np.bincount(ordinals, minlength=len(words)), out=starts[1:])
        write_vocabulary(file, name, words)
        file.array(f"{name}.starts", starts.astype(offset_type(len(docs))))
        by_value = docs[np.argsort(ordinals, kind="stable")]
        file.array(f"{name}.docs", by_value.astype(smallest_uint(len(bounds) - 2)))
        if rows:
            file.array(f"{name}.rows", bounds.astype(offset_type(len(docs))))
            file.array(f"{name}.ordinals", ordinals.astype(smallest_uint(len(words))))
