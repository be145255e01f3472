"""How are parts of a plan put together? All of them, any, or what one does not match."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.engines.whoosh.dense import score_all
from search.engines.whoosh.leaves import WordsPlan
from search.engines.whoosh.lists import COLUMNS, END, SKIPPING, START
from search.engines.whoosh.matched import Matched, Plan, intersection, union
from search.engines.whoosh.postings import Lists
from search.engines.whoosh.segments import Bits, Segment
from search.scoring import K1

_MANY = 16  # an Or of words with postings in more than one of 16 documents scores them all


class AndPlan:
    """All clauses, the cheapest first; each looks only at what the ones before have left."""

    def __init__(self, clauses: Sequence[Plan]) -> None:
        self._clauses = sorted(clauses, key=lambda clause: clause.cost)
        self.cost = self._clauses[0].cost

    def match(self, segment: Segment, within: Bits) -> Matched:
        parts: list[Matched] = []
        for clause in self._clauses:
            if not parts:
                parts.append(clause.match(segment, within))
            elif (
                isinstance(clause, WordsPlan)
                and clause.can_skip
                and parts[-1].size() * SKIPPING < clause.words.postings(segment)
            ):
                parts.append(clause.match_among(segment, parts[-1].in_order()))
            else:
                parts.append(clause.match(segment, parts[-1].bits))
            if not parts[-1].size():
                return Matched.nothing(segment)
        return intersection(parts)


class OrPlan:
    """Any clause."""

    def __init__(self, clauses: Sequence[Plan]) -> None:
        self._clauses = clauses
        self.cost = sum(clause.cost for clause in clauses)

    def match(self, segment: Segment, within: Bits) -> Matched:
        words = [clause for clause in self._clauses if isinstance(clause, WordsPlan)]
        if len(words) == len(self._clauses):
            lists = [_longest_last(clause, segment) for clause in words]
            table = np.concatenate(lists)
            unfiltered = within is segment.live and not segment.has_deleted
            size = segment.documents if unfiltered else int(np.bitwise_count(within).sum())
            postings = sum(clause.words.postings(segment) for clause in words)
            if postings * _MANY > segment.documents and size * _MANY > segment.documents:
                scores = np.zeros(segment.documents, np.float32)
                score_all(
                    table,
                    np.cumsum([0, *map(len, lists)]),
                    np.array([clause.worth for clause in words]),
                    *segment.postings.arrays,
                    K1,
                    np.zeros(segment.documents, np.float32),
                    scores,
                )
                matched = Matched.scored(scores)
                return matched if unfiltered else matched.within(within)
        return union([clause.match(segment, within) for clause in self._clauses], segment)


def _longest_last(clause: WordsPlan, segment: Segment) -> Lists:
    """The lists of a clause as `score_all` takes them."""
    lists = clause.words.lists(segment)
    if not clause.can_skip:  # the list of several words may have a document twice
        return np.concatenate([lists, np.zeros((1, COLUMNS), np.int64)])
    if len(lists) < 2:
        return lists
    longest = int(np.argmax(lists[:, END] - lists[:, START]))
    return np.concatenate([lists[:longest], lists[longest + 1 :], lists[longest : longest + 1]])


class NotPlan:
    """What a clause does not match."""

    cost = 1 << 30

    def __init__(self, clause: Plan) -> None:
        self._clause = clause

    def match(self, segment: Segment, within: Bits) -> Matched:
        return Matched(within & ~self._clause.match(segment, within).bits)
