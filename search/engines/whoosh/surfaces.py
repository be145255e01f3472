"""Where are the postings of surfaces? Picked out of those of their stems, one segment at a time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray
from indexer.schema import TEXT_FIELDS
from indexer.writers.whoosh.files.sections import Section, Sections
from indexer.writers.whoosh.spellings import widths_of
from search.engines.whoosh.loops.lists import AT, FIELD, OWNER
from search.engines.whoosh.loops.picking import pick_units, units_of_range, units_of_words
from search.engines.whoosh.postings import Found, Postings

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
