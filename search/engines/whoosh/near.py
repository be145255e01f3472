"""Phrases and nearby words, as part of a plan."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.index import Index
from search.engines.whoosh.lists import FIELD
from search.engines.whoosh.matched import Matched
from search.engines.whoosh.positions import (
    PHRASE,
    add_matches,
    count_matches,
    having_all,
    locate,
)
from search.engines.whoosh.scores import saturate
from search.engines.whoosh.segments import Bits, Docs, Lists, Segment
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
        fields: int,
        *,
        exact: bool,
        distance: int | None,
    ) -> None:
        distinct = list(dict.fromkeys(spelled))
        found = [term_words(index, word, fields, exact=exact) for word in distinct]
        self._sets = [words for words, _, _ in found]
        self._order = np.array([distinct.index(word) for word in spelled])
        self._needed = np.bincount(self._order)
        self._span = PHRASE if distance is None else len(spelled) - 1 + distance
        self.cost = min(articles for _, articles, _ in found)
        self._worth = sum(found[place][2] for place in self._order)

    def match(self, segment: Segment, within: Bits) -> Matched:
        bits = segment.no_bits()
        weights = segment.room()
        docs = np.empty(segment.documents, np.int32)
        count = 0
        norms = segment.postings.arrays[2]
        for field in range(len(norms)) if self.cost else ():
            lists = [words.lists(segment) for words in self._sets]
            own = [rows[rows[:, FIELD] == field] for rows in lists]
            if all(map(len, own)):
                candidates, matches = self._count(segment, field, own, within)
                count = add_matches(candidates, matches, norms[field], bits, weights, docs, count)
        matched = Matched(bits, scores=weights, docs=docs[:count])
        saturate(matched.docs, weights, self._worth, K1)
        return matched

    def _count(
        self, segment: Segment, field: int, lists: Sequence[Lists], within: Bits
    ) -> tuple[Docs, NDArray[np.int64]]:
        """Documents having all the words in one field, and how many matches each has."""
        docs, tfs, _, overflow_at, overflow_tfs = (of[field] for of in segment.postings.arrays)
        table = np.concatenate(lists)
        bounds = np.cumsum([0, *map(len, lists)])
        room = np.empty(segment.documents, np.int32)
        candidates = room[: having_all(table, bounds, docs, within, room)]
        matches = np.zeros(len(candidates), np.int64)
        if len(candidates):
            position_starts, positions = segment.postings.positions(field)
            firsts = np.empty((len(candidates), len(table)), np.int64)
            counts = np.empty((len(candidates), len(table)), np.int64)
            locate(
                table, position_starts, docs, tfs, overflow_at, overflow_tfs, candidates,
                firsts, counts,
            )  # fmt: skip
            positions.check_ranges(firsts, counts)
            count_matches(
                positions.values,
                firsts,
                counts,
                bounds,
                self._order,
                self._needed,
                self._span,
                matches,
            )
        return candidates, matches
