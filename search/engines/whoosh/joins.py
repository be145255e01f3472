"""How are parts of a plan put together? All of them, any, or what one does not match."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.engines.whoosh.dense import score_all
from search.engines.whoosh.leaves import WordsPlan
from search.engines.whoosh.lists import COLUMNS, END, SKIPPING, START
from search.engines.whoosh.matched import Matched, Plan, intersection, union
from search.engines.whoosh.postings import Lists
from search.engines.whoosh.segments import Bits, Floats, Segment
from search.engines.whoosh.words import Stem
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
                and parts[-1].size() * SKIPPING < clause.words.found(segment).postings
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
            unfiltered = within is segment.live and not segment.has_deleted
            size = segment.documents if unfiltered else int(np.bitwise_count(within).sum())
            postings = sum(clause.words.found(segment).postings for clause in words)
            if postings * _MANY > segment.documents and size * _MANY > segment.documents:
                matched = Matched.scored(_score_all(words, segment))
                return matched if unfiltered else matched.within(within)
        return union([clause.match(segment, within) for clause in self._clauses], segment)


def _score_all(clauses: Sequence[WordsPlan], segment: Segment) -> Floats:
    """The scores of all documents: those of stems in one go, of other words one by one."""
    stems = [clause for clause in clauses if isinstance(clause.words, Stem)]
    others = [[clause] for clause in clauses if not isinstance(clause.words, Stem)]
    scores, weights = np.zeros((2, segment.documents), np.float32)
    for together in filter(None, [stems, *others]):
        lists = [_longest_last(clause, segment) for clause in together]
        score_all(
            np.concatenate(lists),
            np.cumsum([0, *map(len, lists)]),
            np.array([clause.worth for clause in together]),
            *together[0].words.found(segment).arrays,
            K1,
            weights,
            scores,
        )
    return scores


def _longest_last(clause: WordsPlan, segment: Segment) -> Lists:
    """The lists of a clause as `score_all` takes them."""
    lists = clause.words.found(segment).lists
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
