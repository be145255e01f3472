"""Which words does a query word stand for, and where are they? `WordSet`, a plan's leaf."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpus.errors import QueryTooComplex
from indexer.schema import TEXT_FIELDS
from search.engine import MAX_EXPANSIONS
from search.engines.whoosh.fuzzy import within_distance
from search.engines.whoosh.index import Index
from search.engines.whoosh.lists import count_occurrences, put_docs
from search.engines.whoosh.matched import Matched
from search.engines.whoosh.postings import Found, Lists
from search.engines.whoosh.scores import score_among, score_within
from search.engines.whoosh.segments import Bits, Docs, Segment
from search.scoring import K1, worth

_NAMES = [field.name for field in TEXT_FIELDS]
ALL_FIELDS = (1 << len(_NAMES)) - 1


def fields_of(field: str | None) -> int:
    """Which text fields a node searches, a bit each."""
    return ALL_FIELDS if field is None else 1 << _NAMES.index(field)


class WordSet:
    """Words that count as one, in some fields.

    Args:
        words: numbers in the generation, ascending; or a range of neighbors.
        fields: a bit each.
    """

    def __init__(self, words: NDArray[np.int64] | range, fields: int) -> None:
        self.words = words
        self.fields = fields
        self._found: dict[int, Found] = {}

    def lists(self, segment: Segment) -> Lists:
        """The posting lists of all of them."""
        return self._in(segment).lists

    def postings(self, segment: Segment) -> int:
        """How many postings those lists have."""
        return self._in(segment).postings

    def occurrences(self, segment: Segment) -> int:
        """How often the articles that were not deleted have them."""
        lists, _, occurrences = self._in(segment)
        if not segment.has_deleted:
            return occurrences
        docs, tfs, _, overflow_at, overflow_tfs = segment.postings.arrays
        return count_occurrences(lists, docs, tfs, overflow_at, overflow_tfs, segment.live)

    def _in(self, segment: Segment) -> Found:
        found = self._found.get(segment.number)
        if found is None:
            words, postings = self.words, segment.postings
            if isinstance(words, range):
                found = postings.span(words, self.fields)
            else:
                found = postings.find(words, self.fields)
            self._found[segment.number] = found
        return found

    def match(self, segment: Segment, within: Bits, worth: float) -> Matched:
        """The documents within a set that have any of the words, with scores."""
        lists = self.lists(segment)
        if not len(lists):
            return Matched.nothing(segment)
        bits, scores = segment.no_bits(), segment.room()
        found = segment.list_room(self.postings(segment))
        arrays = segment.postings.arrays
        count = score_within(lists, *arrays, within, worth, K1, bits, scores, found)
        return Matched(bits, scores=scores, docs=found[:count])

    def match_among(self, segment: Segment, docs: Docs, worth: float) -> Matched:
        """The same among a few documents, ascending."""
        assert not isinstance(self.words, range), "lists of neighbors do not ascend"
        bits, scores, found = segment.no_bits(), segment.room(), np.empty(len(docs), np.int32)
        arrays, lists = segment.postings.arrays, self.lists(segment)
        count = score_among(lists, *arrays, docs, worth, K1, bits, scores, found)
        return Matched(bits, scores=scores, docs=found[:count])

    def bits(self, segment: Segment) -> Bits:
        """The documents having any of the words."""
        bits = segment.no_bits()
        put_docs(bits, self.lists(segment), segment.postings.arrays[0])
        return bits


def term_words(index: Index, word: str, fields: int, *, exact: bool) -> tuple[WordSet, int, float]:
    """What a term stands for, how many articles have it in the fields, and its worth.

    Kept, because the words of one question are mostly those of the next: a page, a filter, a facet.
    """
    key = (word, fields, exact)
    known = index.terms.get(key)
    if known is None:
        words, articles = index.surface(word) if exact else index.words_of_stem(word)
        found = WordSet(words, fields)
        if fields != ALL_FIELDS and len(words):
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
    occurrences = sum(map(words.occurrences, index.segments)) if articles else 0
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
