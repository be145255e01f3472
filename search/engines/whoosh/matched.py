"""Matches of a part of a query in one segment: a set of documents, perhaps with scores."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from search.engines.whoosh.index import Bits, Docs, Floats, Segment
from search.engines.whoosh.loops.bitmaps import keep, list_docs, unite
from search.engines.whoosh.loops.dense import list_scored
from search.engines.whoosh.loops.scores import add_scores


class Matched:
    """Documents of one segment.

    Either the set or the list of its documents may be given; the other is worked out when needed.

    Attributes:
        scores: score of each document of the set (elsewhere undefined); None: all 0.
    """

    __slots__ = ("_bits", "_docs", "scores")

    def __init__(
        self, bits: Bits | None, *, scores: Floats | None = None, docs: Docs | None = None
    ) -> None:
        assert bits is not None or docs is not None
        self._bits = bits
        self.scores = scores
        self._docs = docs

    @classmethod
    def nothing(cls, segment: Segment) -> Matched:
        return cls(segment.no_bits(), docs=np.zeros(0, np.int32))

    @classmethod
    def scored(cls, scores: Floats) -> Matched:
        """The documents with a score above 0."""
        docs = np.empty(len(scores) + 1, np.int32)
        return cls(None, scores=scores, docs=docs[: list_scored(scores, docs)])

    @property
    def bits(self) -> Bits:
        """The set."""
        if self._bits is None:
            assert self.scores is not None
            present = np.zeros((len(self.scores) + 63) >> 6 << 6, np.bool_)
            present[self.docs] = True
            self._bits = np.packbits(present, bitorder="little").view(np.uint64)
        return self._bits

    @property
    def docs(self) -> Docs:
        """The documents, in no particular order."""
        if self._docs is None:
            assert self._bits is not None
            docs = np.empty(len(self._bits) << 6, np.int32)
            self._docs = docs[: list_docs(self._bits, docs)]
        return self._docs

    def size(self) -> int:
        """How many documents it has."""
        return int(np.bitwise_count(self.bits).sum()) if self._docs is None else len(self._docs)

    def in_order(self) -> Docs:
        """The documents, ascending."""
        docs = np.empty(self.size(), np.int32)
        list_docs(self.bits, docs)
        return docs

    def within(self, bits: Bits) -> Matched:
        """Those that are also in another set."""
        if self._docs is None:
            return Matched(self.bits & bits, scores=self.scores)
        docs = np.empty(len(self._docs), np.int32)
        docs = docs[: keep(self._docs, bits, docs)]
        both = None if self._bits is None else self._bits & bits
        return Matched(both, scores=self.scores, docs=docs)


class Plan(Protocol):
    """A query or a part of it, ready to be evaluated.

    What is global (which words, how rare) is settled when the plan is made.

    Attributes:
        cost: about how many postings it visits, to put the cheapest first.
    """

    cost: int

    def match(self, segment: Segment, within: Bits) -> Matched:
        """The documents of a segment, among those `within`, that it matches."""
        ...


def scores_of(matched: Matched, segment: Segment) -> Floats:
    """The scores of a result, 0 where nothing scores."""
    return segment.no_scores if matched.scores is None else matched.scores


def intersection(parts: list[Matched]) -> Matched:
    """Documents in all parts; the last is a subset of the others. Scores add up."""
    last = parts[-1]
    scores = last.scores
    for part in parts[:-1]:
        if part.scores is None:
            continue
        if scores is None:
            scores = part.scores
        else:
            add_scores(last.docs, scores, part.scores)
    return Matched(last.bits, scores=scores, docs=last.docs)


def union(parts: list[Matched], segment: Segment) -> Matched:
    """Documents in any part; scores add up. The parts are used up."""
    scored = [part for part in parts if part.scores is not None]
    plain = [part for part in parts if part.scores is None]
    if not scored:
        bits = segment.no_bits()
        for part in plain:
            bits |= part.bits
        return Matched(bits)
    if len(parts) == 1:
        return parts[0]
    found = np.empty(segment.documents, np.int32)
    base = scored[0]
    bits, scores = base.bits, base.scores
    count = len(base.docs)
    found[:count] = base.docs
    assert scores is not None
    for part in (*scored[1:], *plain):
        others = segment.no_scores if part.scores is None else part.scores
        count = unite(bits, scores, found, count, part.docs, others)
    return Matched(bits, scores=scores, docs=found[:count])
