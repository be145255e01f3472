"""Phrases and nearby words, as part of a plan."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.index import Index
from search.engines.whoosh.loops import put_slices, saturate
from search.engines.whoosh.matched import Matched
from search.engines.whoosh.positions import PHRASE, add_matches, count_matches, locate
from search.engines.whoosh.segments import Bits, Docs, FieldPostings, Segment
from search.engines.whoosh.words import term_words
from search.scoring import K1


class PhrasePlan:
    """Words at consecutive positions, or near each other, of one field.

    Args:
        distance: None for a phrase.
    """

    def __init__(
        self,
        index: Index,
        spelled: Sequence[str],
        fields: tuple[int, ...],
        *,
        exact: bool,
        distance: int | None,
    ) -> None:
        distinct = list(dict.fromkeys(spelled))
        found = [term_words(index, word, fields, exact=exact) for word in distinct]
        self._sets = [words for words, _, _ in found]
        self._fields = fields
        self._order = np.array([distinct.index(word) for word in spelled])
        self._needed = np.bincount(self._order)
        self._span = PHRASE if distance is None else len(spelled) - 1 + distance
        self.cost = min(articles for _, articles, _ in found)
        self._worth = sum(found[place][2] for place in self._order)

    def match(self, segment: Segment, within: Bits) -> Matched:
        bits = segment.no_bits()
        weights = np.empty(segment.documents, np.float32)
        docs = np.empty(segment.documents, np.int32)
        count = 0
        if self.cost:
            for number in self._fields:
                field = segment.fields[number]
                candidates, matches = self._count(segment, field, within)
                count = add_matches(candidates, matches, field.norms, bits, weights, docs, count)
        matched = Matched(bits, scores=weights, docs=docs[:count])
        saturate(matched.docs, weights, self._worth, K1)
        return matched

    def _count(
        self, segment: Segment, field: FieldPostings, within: Bits
    ) -> tuple[Docs, NDArray[np.int64]]:
        """Documents having all the words in one field, and how many matches each has."""
        lists = [words.slices(segment, field) for words in self._sets]
        both = within
        for starts, ends, _ in lists:
            having = segment.no_bits()
            put_slices(having, field.arrays[0], starts, ends)
            both = both & having
        candidates = Matched(both).docs
        matches = np.zeros(len(candidates), np.int64)
        if len(candidates):
            words = np.concatenate([words for _, _, words in lists])
            position_starts, positions = field.positions_of(words)
            firsts = np.empty((len(candidates), len(words)), np.int64)
            counts = np.empty((len(candidates), len(words)), np.int64)
            locate(
                *field.arrays,
                np.concatenate([starts for starts, _, _ in lists]),
                np.concatenate([ends for _, ends, _ in lists]),
                position_starts,
                candidates,
                firsts,
                counts,
            )
            bounds = np.cumsum([0, *(len(words) for _, _, words in lists)])
            count_matches(
                positions, firsts, counts, bounds, self._order, self._needed, self._span, matches
            )
        return candidates, matches
