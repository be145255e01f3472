"""How are parts of a plan put together? All of them, any, or what one does not match."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.engines.whoosh.leaves import WordsPlan
from search.engines.whoosh.loops.dense import score_all
from search.engines.whoosh.loops.lists import SKIPPING
from search.engines.whoosh.loops.scores import score_conjunction
from search.engines.whoosh.matched import Matched, Plan, intersection, union
from search.engines.whoosh.segments import Bits, Segment
from search.engines.whoosh.words import Stem
from search.scoring import K1

_MANY = 16  # an Or of words with postings in more than one of 16 documents scores them all


class _Stems:
    """Those clauses that are plain words: they are looked up, and scored, in one call.

    Attributes:
        wanted: see `Postings.find`; worths: of each.
    """

    def __init__(self, clauses: Sequence[Plan]) -> None:
        own = [
            (clause.words.wanted, clause.worth)
            for clause in clauses
            if isinstance(clause, WordsPlan) and isinstance(clause.words, Stem)
        ]
        self.count = len(own)
        self.wanted = np.concatenate([wanted for wanted, _ in own]) if own else _NOTHING
        self.worths = np.array([worth for _, worth in own])


_NOTHING = np.zeros((0, 2), np.int64)


class AndPlan:
    """All clauses, the cheapest first; each looks only at what the ones before have left."""

    def __init__(self, clauses: Sequence[Plan]) -> None:
        self._clauses = sorted(clauses, key=lambda clause: clause.cost)
        self.cost = self._clauses[0].cost
        self._stems = _Stems(self._clauses)

    def match(self, segment: Segment, within: Bits) -> Matched:
        if self._stems.count == len(self._clauses):
            return self._match_stems(segment, within)
        parts: list[Matched] = []
        for clause in self._clauses:
            if not parts:
                parts.append(clause.match(segment, within))
            elif (
                isinstance(clause, WordsPlan)
                and clause.can_skip
                and parts[-1].size() * SKIPPING < clause.words.found(segment).postings
            ):
                parts.append(clause.match_among(segment, parts[-1].in_order()))
            else:
                parts.append(clause.match(segment, parts[-1].bits))
            if not parts[-1].size():
                return Matched.nothing(segment)
        return intersection(parts)

    def _match_stems(self, segment: Segment, within: Bits) -> Matched:
        lists, bounds, postings = segment.postings.find(self._stems.wanted)
        if not all(postings):
            return Matched.nothing(segment)
        docs, bits, scores = score_conjunction(
            lists, bounds, self._stems.worths, *segment.postings.arrays, within, K1
        )
        return Matched(bits, scores=scores, docs=docs)


class OrPlan:
    """Any clause."""

    def __init__(self, clauses: Sequence[Plan]) -> None:
        self._clauses = clauses
        self.cost = sum(clause.cost for clause in clauses)
        self._stems = _Stems(clauses)
        words = [clause for clause in clauses if isinstance(clause, WordsPlan)]
        self._others = [clause for clause in words if not isinstance(clause.words, Stem)]
        self._only_words = len(words) == len(clauses)

    def match(self, segment: Segment, within: Bits) -> Matched:
        if self._only_words:
            unfiltered = within is segment.live and not segment.has_deleted
            size = segment.documents if unfiltered else int(np.bitwise_count(within).sum())
            if size * _MANY > segment.documents:
                matched = self._score_all(segment)
                if matched is not None:
                    return matched if unfiltered else matched.within(within)
        return union([clause.match(segment, within) for clause in self._clauses], segment)

    def _score_all(self, segment: Segment) -> Matched | None:
        """The scores of all documents, those of stems in one go; None: there are few postings."""
        lists, bounds, sizes = segment.postings.find(self._stems.wanted)
        others = [clause.words.found(segment) for clause in self._others]
        if (sum(sizes) + sum(found.postings for found in others)) * _MANY <= segment.documents:
            return None
        scores, weights = np.zeros((2, segment.documents), np.float32)
        arrays = segment.postings.arrays
        score_all(lists, bounds, self._stems.worths, *arrays, K1, True, weights, scores)
        for clause, found in zip(self._others, others, strict=True):
            bounds, worths = np.array([0, len(found.lists)]), np.array([clause.worth])
            score_all(
                found.lists, bounds, worths, *found.arrays, K1, clause.can_skip, weights, scores
            )
        return Matched.scored(scores)


class NotPlan:
    """What a clause does not match."""

    cost = 1 << 30

    def __init__(self, clause: Plan) -> None:
        self._clause = clause

    def match(self, segment: Segment, within: Bits) -> Matched:
        return Matched(within & ~self._clause.match(segment, within).bits)
