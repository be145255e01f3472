"""Phrases and nearby words, as part of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np

from search.engines.whoosh.loops.positions import match_rows
from search.engines.whoosh.loops.rows import PHRASE
from search.engines.whoosh.loops.scores import saturate
from search.engines.whoosh.matched import Matched
from search.engines.whoosh.postings import Column, Lists, Wanted
from search.engines.whoosh.segments import Bits, Segment
from search.engines.whoosh.surfaces import Numbers
from search.scoring import K1

_ONE_BLOCK = 62  # as a power of two: all of an array that needs no check
_NOTHING = np.frombuffer(b"", np.uint64)


class Located(NamedTuple):
    """The posting lists of some words, at most one a word and field, and where they have positions.

    Attributes:
        columns: what they are lists of, by field.
    """

    lists: Lists
    columns: Sequence[Column]


class Words(Protocol):
    """Different words, to be located."""

    def locate(self, segment: Segment) -> Located: ...


class StemWords:
    """Any spelling of each of some stems."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted

    def locate(self, segment: Segment) -> Located:
        lists, _, _ = segment.postings.find(self._wanted)
        return Located(lists, segment.postings.columns)


class SpelledWords:
    """Words as they are spelled."""

    def __init__(self, words: Numbers, fields: int) -> None:
        self._words = words
        self._fields = fields

    def locate(self, segment: Segment) -> Located:
        found, positions = segment.surfaces.locate(self._words, self._fields)
        read = positions, _NOTHING, _NOTHING, np.zeros(1, np.bool_), _ONE_BLOCK
        return Located(found.lists, [(*own, *read) for own in zip(*found.arrays, strict=True)])


class PhrasePlan:
    """Words at consecutive positions, or near each other, of one field.

    Args:
        words: the different ones.
        order: the words in the order asked for, by their places among these.
        distance: None for a phrase.
        cost: see `matched.Plan`.
    """

    def __init__(
        self, words: Words, order: Sequence[int], distance: int | None, worth: float, cost: int
    ) -> None:
        self._words = words
        self._order = np.array(order)
        self._needed = np.bincount(self._order)
        self._reach = PHRASE if distance is None else len(order) - 1 + distance
        self._worth = worth
        self.cost = cost

    def match(self, segment: Segment, within: Bits) -> Matched:
        located = self._words.locate(segment)
        bits, weights = segment.no_bits(), segment.room()
        docs = np.empty(segment.documents, np.int32)
        count = 0
        if len(located.lists) >= len(self._needed):
            for field, column in enumerate(located.columns):
                arguments = (*column, within, bits, weights, docs, count)
                count = match_rows(
                    located.lists, self._order, self._needed, self._reach, field, *arguments
                )
                if count < 0:
                    segment.postings.check("positions")
            saturate(docs[:count], weights, self._worth, K1)
        return Matched(bits, scores=weights, docs=docs[:count])
