"""Which posting lists do stems have in one segment? Looked up, and checked before they are used."""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray
from indexer.schema import TEXT_FIELDS, TextField
from indexer.writers.whoosh.files.sections import Section, Sections
from indexer.writers.whoosh.inversion import rows_of
from indexer.writers.whoosh.spellings import Arrays
from search.engines.whoosh.loops.lists import COLUMNS, find_lists

Lists = NDArray[np.int64]
"""Posting lists, a row each (see `lists`)."""
Inverted = tuple[Arrays, Arrays, Arrays, Arrays, Arrays]
"""docs, tfs, norms, overflow_at and overflow_tfs, as the loops take them."""
Column = tuple[Any, ...]
"""Of one field: its arrays of `Inverted`; its positions, and what checks them: words, sums,
unchecked and shift of their section."""
Wanted = NDArray[np.int64]
"""Stems to look up, a row each: number in the generation, fields (see `lists.STEM`)."""


class Found(NamedTuple):
    """The posting lists of a word.

    Attributes:
        postings: how many they have.
        arrays: what they are lists of.
    """

    lists: Lists
    postings: int
    arrays: Inverted


class Postings:
    """The postings of all text fields of one segment.

    Args:
        mapping: for each stem of the segment, its number in the generation.
        average_lengths: of each field, in the generation.
    """

    def __init__(self, file: Sections, mapping: Section, average_lengths: dict[str, float]) -> None:
        self._file = file
        self._mapping = mapping
        self._average_lengths = average_lengths

    @cached_property
    def arrays(self) -> Inverted:
        """All postings; `find` checks what is read of them."""
        return (
            tuple(section.values for section in self.sections("docs")),
            tuple(section.values for section in self.sections("tfs")),
            tuple(map(self._norms, TEXT_FIELDS)),
            tuple(section.whole() for section in self.sections("overflow_at")),
            tuple(section.whole() for section in self.sections("overflow_tfs")),
        )

    def find(self, wanted: Wanted) -> tuple[Lists, NDArray[np.int64], list[int]]:
        """The posting lists of some stems.

        Returns:
            the lists; where those of each stem begin, and the end; how many postings each has.

        Raises:
            IndexCorrupt: a block of them is not what was written.
        """
        lists = np.empty((len(wanted) * len(TEXT_FIELDS), COLUMNS), np.int64)
        found = np.zeros((2, len(wanted) + 1), np.int64)
        mapping, rows, blocks = self._lookup
        intact = find_lists(mapping, rows, *blocks, wanted, lists, found)
        if not intact:
            self.check("docs", "tfs")
        return lists[: found[0, -1]], found[0], found[1, :-1].tolist()

    def check(self, *parts: str) -> None:
        """Looks for damage in parts of all fields.

        Raises:
            IndexCorrupt: a block is not what was written.
        """
        for part in parts:
            for section in self.sections(part):
                section.whole()

    def sections(self, part: str) -> tuple[Section, ...]:
        """One section a text field."""
        return tuple(self._file[f"{field.name}.{part}"] for field in TEXT_FIELDS)

    @cached_property
    def columns(self) -> list[Column]:
        """All postings and positions of each field; positions are to be checked when read."""
        return [
            (*arrays, section.values, section.words, section.sums, section.unchecked, section.shift)
            for arrays, section in zip(
                zip(*self.arrays, strict=True), self.sections("positions"), strict=True
            )
        ]

    @cached_property
    def rows(self) -> AnyArray:
        """Where the postings and positions of each stem begin in each field."""
        return rows_of(self._file)

    @cached_property
    def _lookup(self) -> tuple[AnyArray, AnyArray, tuple[Arrays, Arrays, Arrays]]:
        """What `find_lists` takes first."""
        return self._mapping.whole(), self.rows, self.blocks("docs", "tfs")

    def blocks(self, *parts: str) -> tuple[Arrays, Arrays, Arrays]:
        """data, sums, unchecked of some parts, each of all fields."""
        sections = [section for part in parts for section in self.sections(part)]
        return (
            tuple(section.words for section in sections),
            tuple(section.sums for section in sections),
            tuple(section.unchecked for section in sections),
        )

    def _norms(self, field: TextField) -> NDArray[np.float32]:
        """For each document, field weight over length normalization (see `search.scoring`)."""
        average = self._average_lengths[field.name] or 1.0
        lengths = self._file[f"{field.name}.lengths"].whole()
        relative = lengths.astype(np.float32) / np.float32(average)
        b = np.float32(field.b)
        norms: NDArray[np.float32] = np.float32(field.weight) / (1 - b + b * relative)
        return norms
