"""Plan: what a question, or a part of it, looks for in each segment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import QueryTooComplex
from search.engine import shared
from search.engines.whoosh.expansion import Spelled, Stem, WordSet
from search.engines.whoosh.filters import HeldFacet, date_bits, keyword_bits
from search.engines.whoosh.index import Bits, Docs, Segment
from search.engines.whoosh.loops.dense import score_all
from search.engines.whoosh.loops.lists import END, OWNER, SKIPPING, START
from search.engines.whoosh.loops.positions import match_rows
from search.engines.whoosh.loops.rows import PHRASE
from search.engines.whoosh.loops.scores import find_nearest, raise_near, saturate, score_conjunction
from search.engines.whoosh.matched import Matched, Plan, intersection, union
from search.engines.whoosh.postings import Column, Lists, Numbers, Wanted
from search.scoring import K1


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


class HeldPlan:
    """Any of some values of a facet that the index does not hold."""

    cost = 1 << 10

    def __init__(self, facet: HeldFacet, values: frozenset[str]) -> None:
        self._facet = facet
        self._values = values

    def match(self, segment: Segment, within: Bits) -> Matched:
        return Matched(self._facet.bits(segment, self._values) & within)


class ArticlePlan:
    """The article with an id."""

    cost = 1

    def __init__(self, article_id: str) -> None:
        self._id = article_id

    def match(self, segment: Segment, within: Bits) -> Matched:
        bits = segment.no_bits()
        doc = segment.doc_of(self._id)
        if doc is not None:
            doc -= segment.base
            bits[doc >> 6] = np.uint64(1 << (doc & 63))
        return Matched(bits & within)


class DatePlan:
    """A range of days."""

    cost = 1 << 13

    def __init__(self, field: str, start: date | None, end: date | None) -> None:
        self._range = (field, start, end)

    def match(self, segment: Segment, within: Bits) -> Matched:
        return Matched(date_bits(segment, *self._range) & within)


_ONE_BLOCK = 62  # as a power of two: all of an array that needs no check
_NO_WORDS = np.frombuffer(b"", np.uint64)


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
        blocks = _NO_WORDS, _NO_WORDS, np.zeros(1, np.bool_), _ONE_BLOCK
        columns = [(own, positions, blocks) for own in zip(*found.arrays, strict=True)]
        return Located(found.lists, columns)


class Effort:
    """What one question, or all of one analysis, may still cost: phrases, spellings, beginnings.

    One unit is a word of an article whose positions are compared; a million cost 0.15 to 0.35 s.
    """

    def __init__(self) -> None:
        self._shared = shared()

    def spend(self, words: int) -> None:
        """Takes so many units; raises QueryTooComplex where fewer are left."""
        self._shared.spent += words
        if self._shared.spent > MOST_COMPARED:
            raise QueryTooComplex(
                "its phrases, words with ~ or words with * stand in too many articles",
                where="q",
                advice="Leave out the most frequent words, or add a rarer word with AND",
            )


MOST_COMPARED = 5_000_000
"""Units that one answer may cost: about a second."""
_NEAR = 5  # times as dear as a phrase


class PhrasePlan:
    """Words at consecutive positions, or near each other, of one field.

    Args:
        words: the different ones.
        order: the words in the order asked for, by their places among these.
        distance: None for a phrase.
        cost: see `matched.Plan`.
        effort: what the question may still cost.
    """

    def __init__(
        self,
        words: Words,
        order: Sequence[int],
        distance: int | None,
        worth: float,
        cost: int,
        effort: Effort,
    ) -> None:
        self._effort = effort
        self._each = len(order) if distance is None else _NEAR * len(order)
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
            owners, lengths = (
                located.lists[:, OWNER],
                located.lists[:, END] - located.lists[:, START],
            )
            rarest = int(np.bincount(owners, lengths).min())
            self._effort.spend(self._each * min(rarest, int(np.bitwise_count(within).sum())))
            for field, column in enumerate(located.columns):
                arguments = (*column, within, bits, weights, docs, count)
                count = match_rows(
                    located.lists, self._order, self._needed, self._reach, field, *arguments
                )
                if count < 0:
                    segment.postings.check("positions")
            saturate(docs[:count], weights, self._worth, K1)
        return Matched(bits, scores=weights, docs=docs[:count])


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
        self.wanted = np.concatenate([wanted for wanted, _ in own]) if own else _NO_STEMS
        self.worths = np.array([worth for _, worth in own])


_NO_STEMS = np.zeros((0, 2), np.int64)


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
            lists, bounds, self._stems.worths, segment.postings.arrays, within, K1
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
        score_all(lists, bounds, self._stems.worths, arrays, K1, True, weights, scores)
        for clause, found in zip(self._others, others, strict=True):
            bounds, worths = np.array([0, len(found.lists)]), np.array([clause.worth])
            score_all(
                found.lists, bounds, worths, found.arrays, K1, clause.can_skip, weights, scores
            )
        return Matched.scored(scores)


class NotPlan:
    """What a clause does not match."""

    cost = 1 << 30

    def __init__(self, clause: Plan) -> None:
        self._clause = clause

    def match(self, segment: Segment, within: Bits) -> Matched:
        return Matched(within & ~self._clause.match(segment, within).bits)


class BoostedPlan:
    """A part whose scores count so many times."""

    def __init__(self, part: Plan, boost: float) -> None:
        self._part = part
        self._boost = np.float32(boost)
        self.cost = part.cost

    def match(self, segment: Segment, within: Bits) -> Matched:
        matched = self._part.match(segment, within)
        if matched.scores is not None:
            matched.scores = matched.scores * self._boost
        return matched
