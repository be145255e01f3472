"""Which posting lists do words have in one segment? Looked up, and checked before they are used."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray
from indexer.schema import TEXT_FIELDS, TextField
from indexer.writers.whoosh.sections import Section, Sections
from search.engines.whoosh.lists import (
    COLUMNS,
    END,
    START,
    Arrays,
    find_lists,
    lower_bound,
    put_lists,
)

Lists = NDArray[np.int64]
"""Posting lists, a row each (see `lists`)."""


class Found(NamedTuple):
    """The posting lists of some words.

    Attributes:
        postings: how many they have. occurrences: how often those articles have the words.
    """

    lists: Lists
    postings: int
    occurrences: int


class Postings:
    """The postings of all text fields of one segment.

    Args:
        mapping: for each word of the segment, its number in the generation.
        average_lengths: of each field, in the generation.
    """

    def __init__(self, file: Sections, mapping: Section, average_lengths: dict[str, float]) -> None:
        self._file = file
        self._mapping = mapping
        self._average_lengths = average_lengths

    @cached_property
    def arrays(self) -> tuple[Arrays, Arrays, Arrays, Arrays, Arrays]:
        """docs, tfs, norms, overflow_at, overflow_tfs, as the loops take them."""
        return (
            tuple(section.values for section in self._sections("docs")),
            tuple(section.values for section in self._sections("tfs")),
            tuple(map(self._norms, TEXT_FIELDS)),
            tuple(section.whole() for section in self._sections("overflow_at")),
            tuple(section.whole() for section in self._sections("overflow_tfs")),
        )

    def find(self, words: NDArray[np.int64], fields: int) -> Found:
        """The posting lists of some words of the generation, and the occurrences in them.

        Args:
            words: ascending.
            fields: the fields to look at, a bit each.
        """
        lists = np.empty((len(words) * len(TEXT_FIELDS), COLUMNS), np.int64)
        mapping = self._mapping.whole()
        count, occurrences, intact = find_lists(
            mapping, *self._starts, *self._blocks, words, fields, lists
        )
        return self._checked(lists[:count], occurrences, intact)

    def span(self, words: range, fields: int) -> Found:
        """The same for neighboring words, as one list a field: its documents do not ascend."""
        lists = np.empty((len(TEXT_FIELDS), COLUMNS), np.int64)
        mapping = self._mapping.whole()
        first = lower_bound(mapping, words.start, 0)
        end = lower_bound(mapping, words.stop, first)
        count, occurrences, intact = put_lists(
            *self._starts, *self._blocks, (first, end), fields, lists, 0
        )
        return self._checked(lists[:count], occurrences, intact)

    def positions(self, field: int) -> tuple[AnyArray, Section]:
        """Where the positions of each word in a field begin, and all of them, unchecked."""
        return self._starts[1][field], self._sections("positions")[field]

    def _checked(self, lists: Lists, occurrences: int, intact: bool) -> Found:
        if not intact:
            for field, start, end, _ in lists.tolist():
                self._sections("docs")[field].check(start, end)
                self._sections("tfs")[field].check(start, end)
        return Found(lists, int((lists[:, END] - lists[:, START]).sum()), occurrences)

    def _sections(self, part: str) -> list[Section]:
        return [self._file[f"{field.name}.{part}"] for field in TEXT_FIELDS]

    def _norms(self, field: TextField) -> NDArray[np.float32]:
        """For each document, field weight over length normalization (see `search.scoring`)."""
        average = self._average_lengths[field.name] or 1.0
        lengths = self._file[f"{field.name}.lengths"].whole()
        relative = lengths.astype(np.float32) / np.float32(average)
        b = np.float32(field.b)
        norms: NDArray[np.float32] = np.float32(field.weight) / (1 - b + b * relative)
        return norms

    @cached_property
    def _starts(self) -> tuple[Arrays, Arrays]:
        """Where the postings of each word of the segment begin, and where its positions."""
        return (
            tuple(section.whole() for section in self._sections("starts")),
            tuple(section.whole() for section in self._sections("position_starts")),
        )

    @cached_property
    def _blocks(self) -> tuple[Arrays, Arrays, Arrays]:
        """data, sums, unchecked of documents, then of frequencies, as `put_lists` takes them."""
        sections = [*self._sections("docs"), *self._sections("tfs")]
        return (
            tuple(section.words for section in sections),
            tuple(section.sums for section in sections),
            tuple(section.unchecked for section in sections),
        )
