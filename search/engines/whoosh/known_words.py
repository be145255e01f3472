"""Known words: which words and stems have the articles of a generation, and in which language?

What `indexer.analysis.forms` asks. A language is asked for only of words of Latin letters, which
could be of several; an article whose language is not known may be in any.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

import numpy as np

from indexer.analysis.forms import MOST_BEGINNING, MOST_HAVING
from search.engine import UNKNOWN_LANGUAGES
from search.engines.whoosh.expansion import ALL_FIELDS, meaning_of, prefix_words
from search.engines.whoosh.filters import keyword_bits, value_numbers
from search.engines.whoosh.index import Index

_LANGUAGE = "language"


class KnownWords:
    """Implements `forms.Index`."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @cached_property
    def languages(self) -> Collection[str]:
        """Those of its articles."""
        return frozenset(self._index.values[_LANGUAGE].words())

    def has_stem(self, stem: str, language: str | None) -> bool:
        """Has some article a word with this stem? One that may be in a language, if it is given."""
        number = self._index.stems.find(stem)
        if number is None or language is None:
            return number is not None and bool(self._index.stem_counts[number, 0])
        return self._is_written(stem, language, exact=False)

    def has_word(self, surface: str, language: str | None) -> bool:
        """Has some article this word? One that may be in a language, if it is given."""
        number = self._index.words.find(surface)
        if number is None or language is None:
            return number is not None and bool(self._index.word_articles[number])
        return self._is_written(surface, language, exact=True)

    def beginning(self, surface: str) -> Collection[str]:
        """The words that begin so; none, where they are more than `MOST_BEGINNING`."""
        found = prefix_words(self._index, surface, limit=None)
        known = self._index.known(np.arange(found.start, found.stop))
        return (
            [self._index.words.word(one) for one in known] if len(known) <= MOST_BEGINNING else ()
        )

    def having(self, part: str) -> Collection[str]:
        """The words that have this in them, behind other letters; those of most articles, where
        they are more than `MOST_HAVING`.
        """
        numbers = np.array(self._index.words.having(part), np.int64)
        articles = self._index.word_articles[numbers].astype(np.int64)
        order = np.lexsort((numbers, -articles))[: min(MOST_HAVING, np.count_nonzero(articles))]
        return [self._index.words.word(one) for one in numbers[order].tolist()]

    def _is_written(self, word: str, language: str, *, exact: bool) -> bool:
        meaning = meaning_of(self._index, word, ALL_FIELDS, exact=exact)
        if meaning is None:
            return False
        values = value_numbers(self._index, _LANGUAGE, frozenset([language, *UNKNOWN_LANGUAGES]))
        return any(
            meaning.words.match(
                segment, keyword_bits(segment, _LANGUAGE, values) & segment.live, meaning.worth
            ).size()
            for segment in self._index.segments
        )
