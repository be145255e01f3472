"""Which words does a query word stand for, and where are they? `WordSet`, a plan's leaf."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.errors import QueryTooComplex
from indexer.schema import TEXT_FIELDS
from search.engine import MAX_EXPANSIONS
from search.engines.whoosh.fuzzy import within_distance
from search.engines.whoosh.index import Index
from search.engines.whoosh.loops import add_postings, count_occurrences, put_slices
from search.engines.whoosh.matched import Matched
from search.engines.whoosh.segments import Bits, FieldPostings, Segment
from search.scoring import worth

Slices = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
_NAMES = [field.name for field in TEXT_FIELDS]
ALL_FIELDS = tuple(range(len(_NAMES)))


def fields_of(field: str | None) -> tuple[int, ...]:
    """Which text fields a node searches, by number."""
    return ALL_FIELDS if field is None else (_NAMES.index(field),)


class WordSet:
    """Words that count as one, in some fields.

    Args:
        words: numbers in the generation, ascending; or a range of neighbors.
    """

    def __init__(self, words: NDArray[np.int64] | range, fields: Sequence[int]) -> None:
        self.words = words
        self.fields = fields
        self._found: dict[FieldPostings, Slices] = {}
        self._local: dict[int, NDArray[np.int64]] = {}  # by segment: all fields share its words

    def slices(self, segment: Segment, field: FieldPostings) -> Slices:
        """first postings, ends and words (in the segment) of one field."""
        found = self._found.get(field)
        if found is None:
            found = self._found[field] = self._find(segment, field)
        return found

    def _find(self, segment: Segment, field: FieldPostings) -> Slices:
        if isinstance(self.words, range):
            local = segment.local_range("words", self.words)
            starts, ends = field.span(local.start, local.stop)
            return starts, ends, np.array([local.start])
        known = self._local.get(segment.number)
        if known is None:
            known = self._local[segment.number] = segment.local("words", self.words)
        return field.slices(known)

    def raw(self, segment: Segment, within: Bits) -> Matched:
        """The documents having any of the words, with weighted frequencies for scores."""
        bits = segment.no_bits()
        weights = np.empty(segment.documents, np.float32)
        found = np.empty(segment.documents, np.int32)
        count = 0
        for number in self.fields:
            field = segment.fields[number]
            starts, ends, _ = self.slices(segment, field)
            if len(starts):
                count = add_postings(
                    *field.arrays, starts, ends, field.norms, within, bits, weights, found, count
                )
        return Matched(bits, scores=weights, docs=found[:count])

    def bits(self, segment: Segment) -> Bits:
        """The documents having any of the words."""
        bits = segment.no_bits()
        for number in self.fields:
            field = segment.fields[number]
            starts, ends, _ = self.slices(segment, field)
            put_slices(bits, field.arrays[0], starts, ends)
        return bits


def term_words(
    index: Index, word: str, fields: tuple[int, ...], *, exact: bool
) -> tuple[WordSet, int, float]:
    """What a term stands for, how many articles have it in the fields, and its worth.

    Kept, because the words of one question are mostly those of the next: a page, a filter, a facet.
    """
    key = (word, fields, exact)
    known = index.terms.get(key)
    if known is None:
        words, articles = index.surface(word) if exact else index.words_of_stem(word)
        found = WordSet(words, fields)
        if len(fields) < len(ALL_FIELDS) and len(words):
            articles = count_articles(index, found)
        known = found, articles, worth_of(index, found, articles)
        index.terms.keep(key, known)
    return known


def count_articles(index: Index, words: WordSet) -> int:
    """How many articles have any of the words in the fields of the set."""
    return sum(
        int(np.bitwise_count(words.bits(segment) & segment.live).sum())
        for segment in index.segments
    )


def worth_of(index: Index, words: WordSet, articles: int) -> float:
    """How much a match on a set of words, which this many articles have, says."""
    occurrences = 0
    for segment in index.segments if articles else ():
        for number in words.fields:
            field = segment.fields[number]
            starts, ends, _ = words.slices(segment, field)
            if len(starts):
                occurrences += count_occurrences(
                    *field.arrays, starts, ends, segment.live, not segment.has_deleted
                )
    return worth(index.documents, articles, occurrences)


def prefix_words(index: Index, prefix: str) -> range:
    """The words that start so.

    Raises:
        QueryTooComplex: there are more than `MAX_EXPANSIONS`.
    """
    found = index.words.prefixed(prefix)
    _refuse_many(len(found), f"{prefix}*")
    return found


def fuzzy_words(
    index: Index, word: str, distance: int
) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """The words within a Levenshtein distance, and how far each is.

    Raises:
        QueryTooComplex: there are more than `MAX_EXPANSIONS`.
    """
    words, distances = within_distance(index.words, word, distance)
    known = index.word_articles[words] > 0
    words, distances = words[known], distances[known]
    _refuse_many(len(words), f"{word}~{distance}")
    return words, distances


def _refuse_many(count: int, written: str) -> None:
    if count > MAX_EXPANSIONS:
        raise QueryTooComplex(
            f"{written} stands for {count:,} words, at most {MAX_EXPANSIONS:,} can be searched",
            where="q",
            advice="Write more letters of the word",
        )
