"""Phrases and nearby words, as part of a plan."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.engines.whoosh.index import Index
from search.engines.whoosh.matched import Matched
from search.engines.whoosh.positions import match_rows
from search.engines.whoosh.rows import PHRASE
from search.engines.whoosh.scores import saturate
from search.engines.whoosh.segments import Bits, Segment
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
        lists = [words.lists(segment) for words in self._sets]
        if not all(map(len, lists)):
            return Matched.nothing(segment)
        table, bounds = np.concatenate(lists), np.cumsum([0, *map(len, lists)])
        bits, weights = segment.no_bits(), segment.room()
        docs = np.empty(segment.documents, np.int32)
        count = 0
        for field, arrays in enumerate(zip(*segment.postings.arrays, strict=True)):
            starts, section = segment.postings.positions(field)
            count = match_rows(
                table, bounds, self._order, self._needed, self._span, field, *arrays,
                starts, section.values, section.words, section.sums, section.unchecked,
                section.shift, within, bits, weights, docs, count,
            )  # fmt: skip
            if count < 0:
                section.whole()
        matched = Matched(bits, scores=weights, docs=docs[:count])
        saturate(matched.docs, weights, self._worth, K1)
        return matched
