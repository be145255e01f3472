"""Expansion: which words of the index does a query word stand for, and where are they?"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.schema import TEXT_FIELDS
from search.engine import MAX_EXPANSIONS, refuse_more
from search.engines.whoosh.index import Bits, Docs, Index, Segment
from search.engines.whoosh.loops.fuzzy import within_distance
from search.engines.whoosh.loops.lists import count_live
from search.engines.whoosh.loops.scores import score_among, score_within
from search.engines.whoosh.matched import Matched
from search.engines.whoosh.postings import Found, Wanted
from search.scoring import K1, worth

_NAMES = [field.name for field in TEXT_FIELDS]
ALL_FIELDS = (1 << len(_NAMES)) - 1


def fields_of(field: str | None) -> int:
    """Which text fields a node searches, a bit each."""
    return ALL_FIELDS if field is None else 1 << _NAMES.index(field)


class WordSet(ABC):
    """Words that count as one, in some fields.

    Attributes:
        ascend: do the documents of each of its lists?
    """

    ascend = True

    def __init__(self) -> None:
        self._found: dict[int, Found] = {}

    def found(self, segment: Segment) -> Found:
        """The posting lists of all of them."""
        found = self._found.get(segment.number)
        if found is None:
            found = self._found[segment.number] = self._find(segment)
        return found

    @abstractmethod
    def _find(self, segment: Segment) -> Found:
        """Looks the lists up."""

    def match(self, segment: Segment, within: Bits, worth: float) -> Matched:
        """The documents within a set that have any of the words, with scores."""
        lists, postings, arrays = self.found(segment)
        if not postings:
            return Matched.nothing(segment)
        bits, scores, docs = segment.no_bits(), segment.room(), segment.list_room(postings)
        count = score_within(lists, arrays, within, worth, K1, bits, scores, docs)
        return Matched(bits, scores=scores, docs=docs[:count])

    def match_among(self, segment: Segment, docs: Docs, worth: float) -> Matched:
        """The same among a few documents, ascending."""
        assert self.ascend, "documents of neighbors do not ascend"
        bits, scores, found = segment.no_bits(), segment.room(), np.empty(len(docs), np.int32)
        lists, _, arrays = self.found(segment)
        count = score_among(lists, arrays, docs, worth, K1, bits, scores, found)
        return Matched(bits, scores=scores, docs=found[:count])

    def count(self, segment: Segment) -> tuple[int, int]:
        """How many articles that were not deleted have any of them, and how often."""
        lists, _, arrays = self.found(segment)
        every = not segment.has_deleted
        return count_live(lists, arrays, segment.live, every)


class Stem(WordSet):
    """All spellings of a stem.

    Args:
        number: in the generation.
        fields: a bit each.
    """

    def __init__(self, number: int, fields: int) -> None:
        super().__init__()
        self.wanted: Wanted = np.array([[number, fields]])

    def _find(self, segment: Segment) -> Found:
        lists, _, (postings,) = segment.postings.find(self.wanted)
        return Found(lists, postings, segment.postings.arrays)


class Forms(WordSet):
    """All spellings of several stems.

    Args:
        numbers: of them in the generation. fields: a bit each.
    """

    def __init__(self, numbers: Sequence[int], fields: int) -> None:
        super().__init__()
        self._wanted: Wanted = np.array([[number, fields] for number in numbers])

    def _find(self, segment: Segment) -> Found:
        lists, _, postings = segment.postings.find(self._wanted)
        return Found(lists, sum(postings), segment.postings.arrays)


class Prefixed(WordSet):
    """Neighboring words.

    Args:
        words: numbers in the generation. fields: a bit each.
    """

    ascend = False

    def __init__(self, words: range, fields: int) -> None:
        super().__init__()
        self._words = words
        self._fields = fields

    def _find(self, segment: Segment) -> Found:
        return segment.surfaces.find(self._words, self._fields)


class Spelled(WordSet):
    """Single words, each with lists of its own.

    Args:
        words: numbers in the generation, ascending. fields: a bit each.
    """

    def __init__(self, words: NDArray[np.int64], fields: int) -> None:
        super().__init__()
        self._words = words
        self._fields = fields

    def _find(self, segment: Segment) -> Found:
        return segment.surfaces.find_each(self._words, self._fields)


class Meaning(NamedTuple):
    """What a query word stands for.

    Attributes:
        articles: how many have it. worth: see `search.scoring`.
    """

    words: WordSet
    articles: int
    worth: float


def meaning_of(index: Index, word: str, fields: int, *, exact: bool) -> Meaning | None:
    """What a term stands for; None: no article has it."""
    return _spelling(index, word, fields) if exact else _stem(index, word, fields)


def _stem(index: Index, stem: str, fields: int) -> Meaning | None:
    """Kept, because the words of one question are mostly those of the next: a page, a filter."""
    key = stem, fields
    known = index.terms.get(key)
    if known is None:
        number = index.stems.find(stem)
        if number is None:
            return None
        words = Stem(number, fields)
        if fields == ALL_FIELDS:
            articles, occurrences = index.stem_counts[number].tolist()
            known = Meaning(words, articles, worth(index.documents, articles, occurrences))
        else:
            known = weighed(index, words)
        index.terms.keep(key, known)
    return known if known.articles else None


def forms_meaning(index: Index, stems: tuple[str, ...], fields: int) -> Meaning | None:
    """What the stems of forms of one word stand for together; kept as that of one stem."""
    key = stems, fields
    known = index.terms.get(key)
    if known is None:
        numbers = [number for stem in stems if (number := index.stems.find(stem)) is not None]
        if not numbers:
            return None
        known = weighed(index, Forms(numbers, fields))
        index.terms.keep(key, known)
    return known if known.articles else None


def _spelling(index: Index, word: str, fields: int) -> Meaning | None:
    """Not kept, because its postings are picked anew, and may be many."""
    number = index.words.find(word)
    if number is None:
        return None
    found = weighed(index, Spelled(np.array([number]), fields))
    return found if found.articles else None


def weighed(index: Index, words: WordSet) -> Meaning:
    """Counts how many articles have any of some words, and works out what a match on them says."""
    counted = [words.count(segment) for segment in index.segments]
    articles, occurrences = map(sum, zip(*counted, strict=True)) if counted else (0, 0)
    return Meaning(words, articles, worth(index.documents, articles, occurrences))


def prefix_words(index: Index, prefix: str, *, limit: int | None = MAX_EXPANSIONS) -> range:
    """The words that start so.

    Raises:
        QueryTooComplex: there are more than `limit`.
    """
    found = index.words.prefixed(prefix)
    refuse_more(len(found), limit, f"{prefix}*")
    return found


def fuzzy_words(
    index: Index, word: str, distance: int, *, limit: int | None = MAX_EXPANSIONS
) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """The words within a Levenshtein distance, and how far each is.

    Raises:
        QueryTooComplex: there are more than `limit`.
    """
    words, distances = within_distance(index.words, word, distance)
    known = index.word_articles[words] > 0
    words, distances = words[known], distances[known]
    refuse_more(len(words), limit, f"{word}~{distance}")
    return words, distances
