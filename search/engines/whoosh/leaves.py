"""What can a plan look for directly? Words, values and dates: the leaves of its tree."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.columns import date_bits, keyword_bits
from search.engines.whoosh.loops.lists import OWNER
from search.engines.whoosh.loops.scores import find_nearest, raise_near
from search.engines.whoosh.matched import Matched
from search.engines.whoosh.segments import Bits, Docs, Segment
from search.engines.whoosh.words import Spelled, WordSet


class WordsPlan:
    """A term or prefix: any word of a set."""

    def __init__(self, words: WordSet, worth: float, cost: int) -> None:
        self.words = words
        self.worth = worth
        self.cost = cost

    @property
    def can_skip(self) -> bool:
        """Can `match_among` be asked?"""
        return self.words.ascend

    def match(self, segment: Segment, within: Bits) -> Matched:
        return self.words.match(segment, within, self.worth)

    def match_among(self, segment: Segment, docs: Docs) -> Matched:
        """The same among a few documents, ascending."""
        return self.words.match_among(segment, docs, self.worth)


class FuzzyPlan:
    """Words by distance: those nearer rank above those farther.

    Args:
        distances: how far each word of the set is.
        distance: how far they may be.
    """

    def __init__(
        self,
        words: Spelled,
        distances: NDArray[np.uint8],
        distance: int,
        worth: float,
        cost: int,
    ) -> None:
        self._words = words
        self._distances = distances
        self._distance = distance
        self._worth = worth
        self.cost = cost

    def match(self, segment: Segment, within: Bits) -> Matched:
        matched = self._words.match(segment, within, 1.0)
        if matched.scores is not None:
            lists, _, arrays = self._words.found(segment)
            nearness = self._distance - self._distances[lists[:, OWNER]].astype(np.int64)
            steps = np.zeros(segment.documents, np.uint8)
            find_nearest(lists, arrays[0], nearness, steps)
            raise_near(matched.docs, steps, matched.scores, self._worth / (self._distance + 1))
        return matched


class EverythingPlan:
    cost = 1 << 40

    def match(self, segment: Segment, within: Bits) -> Matched:  # noqa: ARG002 - the protocol's
        return Matched(within)


class NothingPlan:
    cost = 0

    def match(self, segment: Segment, within: Bits) -> Matched:  # noqa: ARG002 - the protocol's
        return Matched.nothing(segment)


class KeywordPlan:
    """Any of some facet values."""

    cost = 1 << 10

    def __init__(self, facet: str, values: NDArray[np.int64]) -> None:
        self._facet = facet
        self._values = values

    def match(self, segment: Segment, within: Bits) -> Matched:
        return Matched(keyword_bits(segment, self._facet, self._values) & within)


class DatePlan:
    """A range of days."""

    cost = 1 << 13

    def __init__(self, field: str, start: date | None, end: date | None) -> None:
        self._range = (field, start, end)

    def match(self, segment: Segment, within: Bits) -> Matched:
        return Matched(date_bits(segment, *self._range) & within)
