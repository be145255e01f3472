"""Posting lists of stems, and of their spellings, in one segment: found, and checked before use."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray
from indexer.schema import TEXT_FIELDS, TextField
from indexer.writers.whoosh.files.sections import Section, Sections
from indexer.writers.whoosh.inversion import rows_of
from indexer.writers.whoosh.spellings import Arrays, widths_of
from search.engines.whoosh.loops.lists import AT, COLUMNS, FIELD, OWNER, Inverted, find_lists
from search.engines.whoosh.loops.picking import pick_units, units_of_range, units_of_words

Lists = NDArray[np.int64]
"""Posting lists, a row each (see `lists`)."""
Column = tuple[Any, ...]
"""Of one field, as `match_rows` takes it: what `FieldPostings` names; its positions; and what
checks these: words, sums, unchecked and shift of their section."""
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
            (
                arrays,
                section.values,
                (section.words, section.sums, section.unchecked, section.shift),
            )
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


Numbers = NDArray[np.int64]


class Surfaces:
    """The surfaces of one segment.

    Args:
        mapping: for each word of the segment, its number in the generation.
    """

    def __init__(self, file: Sections, mapping: Section, postings: Postings) -> None:
        self._file = file
        self._mapping = mapping
        self._postings = postings

    def find(self, words: range, fields: int) -> Found:
        """The postings of neighboring words, as one list a field; its documents do not ascend."""
        units = units_of_range(self._mapping.whole(), words.start, words.stop, *self._words)
        return self._pick(units, fields, together=True, places=False)[0]

    def find_each(self, words: Numbers, fields: int) -> Found:
        """The same word by word; `OWNER` is the place of a list's word in `words`."""
        return self._find_each(words, fields, places=False)[0]

    def locate(self, words: Numbers, fields: int) -> tuple[Found, AnyArray]:
        """The same with their positions; the lists say where theirs begin."""
        found, places = self._find_each(words, fields, places=True)
        of_fields = np.searchsorted(found.lists[:, FIELD], np.arange(len(TEXT_FIELDS) + 1))
        bounds = np.append(found.lists[:, AT], len(places))[of_fields].tolist()
        positions = np.empty(len(places), np.uint32)
        for section, (first, end) in zip(
            self._postings.sections("positions"), pairwise(bounds), strict=True
        ):
            section.check_all(places[first:end], places[first:end] + 1)
            positions[first:end] = section.values[places[first:end]]
        positions.flags.writeable = False
        return found, positions

    def _find_each(self, words: Numbers, fields: int, *, places: bool) -> tuple[Found, Numbers]:
        *units, owners = units_of_words(self._mapping.whole(), words, *self._words)
        found, placed = self._pick(units, fields, together=False, places=places)
        found.lists[:, OWNER] = owners[found.lists[:, OWNER]]
        return found, placed

    def _pick(
        self, units: Sequence[AnyArray], fields: int, *, together: bool, places: bool
    ) -> tuple[Found, Numbers]:
        """The postings of units, and the places of their positions (see `picking`)."""
        arguments = (*self._stems, *self._blocks, *units, fields, together, places)
        lists, *picked, placed, intact = pick_units(*arguments)
        if not intact:
            self._postings.check("docs", "tfs", "ordinals")
        for array in picked:
            array.flags.writeable = False  # as what is mapped, for which loops are compiled
        docs, tfs, overflow_at, overflow_tfs = picked
        count = len(TEXT_FIELDS)
        norms = self._postings.arrays[2]
        arrays = (
            (docs,) * count,
            (tfs,) * count,
            norms,
            (overflow_at,) * count,
            (overflow_tfs,) * count,
        )
        return Found(lists, len(docs), arrays), placed

    @cached_property
    def _words(self) -> tuple[AnyArray, AnyArray]:
        """The stem of each word, and which of its spellings it is."""
        return self._file["words.stems"].whole(), self._file["words.ordinals"].whole()

    @cached_property
    def _stems(self) -> tuple[Any, ...]:
        """What `pick_units` takes first: what is known of stems, and the arrays of postings."""
        docs, tfs, _, overflow_at, overflow_tfs = self._postings.arrays
        sizes = self._file["varied.sizes"].whole().astype(np.int64)
        return (
            self._postings.rows,
            self._file["varied.stems"].whole(),
            sizes,
            widths_of(sizes),
            tuple(section.whole() for section in self._postings.sections("ordinals_at")),
            docs,
            tfs,
            overflow_at,
            overflow_tfs,
            tuple(section.values for section in self._postings.sections("ordinals")),
        )

    @cached_property
    def _blocks(self) -> tuple[Any, ...]:
        """What `pick_units` takes then, to check what it reads."""
        return self._postings.blocks("docs", "tfs", "ordinals")
