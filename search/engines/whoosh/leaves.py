"""What can a plan look for directly? Words, values and dates: the leaves of its tree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.columns import date_bits, keyword_bits
from search.engines.whoosh.matched import Matched
from search.engines.whoosh.segments import Bits, Docs, Segment
from search.engines.whoosh.words import WordSet


class WordsPlan:
    """A term or prefix: any word of a set."""

    def __init__(self, words: WordSet, worth: float, cost: int) -> None:
        self.words = words
        self.worth = worth
        self.cost = cost

    @property
    def can_skip(self) -> bool:
        """Can `match_among` be asked?"""
        return not isinstance(self.words.words, range)

    def match(self, segment: Segment, within: Bits) -> Matched:
        return self.words.match(segment, within, self.worth)

    def match_among(self, segment: Segment, docs: Docs) -> Matched:
        """The same among a few documents, ascending."""
        return self.words.match_among(segment, docs, self.worth)


class FuzzyPlan:
    """Words by distance: those nearer rank above those farther."""

    def __init__(self, levels: Sequence[WordSet], words: WordSet, worth: float, cost: int) -> None:
        self._levels = levels
        self._words = words
        self._worth = worth
        self.cost = cost

    def match(self, segment: Segment, within: Bits) -> Matched:
        matched = self._words.match(segment, within, 1.0)
        if matched.scores is None:
            return matched
        docs, scores = matched.docs, matched.scores
        steps = np.zeros(segment.documents, np.float32)
        for step, level in enumerate(reversed(self._levels)):
            nearer = matched.within(level.bits(segment))
            steps[nearer.docs] = step
        scores[docs] = np.float32(self._worth) * (steps[docs] + scores[docs]) / len(self._levels)
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
