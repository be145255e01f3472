"""Words: which words, stems, values and families has a generation, and how many articles each?

Read from the dictionary that the writer left in the generation; the cluster is asked only for how
many articles have any of several words, and for what is written in one language.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.forms import MOST_BEGINNING, MOST_HAVING
from indexer.schema import TEXT_FIELDS
from indexer.writers.opensearch.dictionary import COUNTS, DICTIONARY, FAMILIES, KIND, STEMS, WORDS
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.vocabulary import Vocabulary
from search.engine import MAX_EXPANSIONS, UNKNOWN_LANGUAGES, WordCount, refuse_more
from search.engines.whoosh.loops.fuzzy import within_distance

_NAMES = [field.name for field in TEXT_FIELDS]


class Counted(NamedTuple):
    """How many articles have a word in the fields asked for, and how often."""

    articles: int
    occurrences: int


class Words:
    """The dictionary of one generation.

    Raises:
        IndexCorrupt: the file is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        file = Sections(folder / DICTIONARY, KIND)
        self._file = file
        self.documents: int = file.meta["documents"]
        self.average_lengths = {
            name: total / self.documents if self.documents else 0.0
            for name, total in file.meta["lengths"].items()
        }
        self._words = Vocabulary(file, WORDS)
        self._stems = Vocabulary(file, STEMS)
        self._rows = {
            name: file[f"{name}.counts"].whole().reshape(-1, COUNTS) for name in (WORDS, STEMS)
        }
        self._stem_of = file[f"{WORDS}.stem"].whole()
        self._families = Vocabulary(file, FAMILIES)
        self._family_sizes = file[f"{FAMILIES}.counts"].whole()

    def counted(self, word: str, field: str | None, *, exact: bool) -> Counted:
        """How many articles have a word as spelled, or a stem."""
        vocabulary, rows = (
            (self._words, self._rows[WORDS]) if exact else (self._stems, self._rows[STEMS])
        )
        number = vocabulary.find(word)
        if number is None:
            return Counted(0, 0)
        row = rows[number].tolist()
        if field is None:
            return Counted(row[0], sum(row[1 + len(_NAMES) :]))
        at = 1 + _NAMES.index(field)
        return Counted(row[at], row[at + len(_NAMES)])

    def spelled(self, stem: str) -> list[str]:
        """The words of a stem."""
        number = self._stems.find(stem)
        found = () if number is None else np.flatnonzero(self._stem_of == number).tolist()
        return [self._words.word(one) for one in found]

    def beginning(self, prefix: str, *, limit: int | None = MAX_EXPANSIONS) -> list[str]:
        """The words that start so.

        Raises:
            QueryTooComplex: there are more than `limit`.
        """
        found = self._words.prefixed(prefix)
        refuse_more(len(found), limit, f"{prefix}*")
        return [self._words.word(number) for number in found]

    def having(self, part: str, limit: int) -> list[str]:
        """The words that have this in them, behind other letters; those of most articles first."""
        numbers = np.array(self._words.having(part), np.int64)
        return [one.word for one in self._in_order(numbers, None, limit)]

    def near(
        self, word: str, distance: int, *, limit: int | None = MAX_EXPANSIONS
    ) -> list[tuple[str, int]]:
        """The words within a Levenshtein distance, and how far each is.

        Raises:
            QueryTooComplex: there are more than `limit`.
        """
        numbers, distances = within_distance(self._words, word, distance)
        refuse_more(len(numbers), limit, f"{word}~{distance}")
        found = map(self._words.word, numbers.tolist())
        return list(zip(found, distances.tolist(), strict=True))

    def most_frequent(self, prefix: str, limit: int) -> list[WordCount]:
        """Words that start so, those that most articles have first."""
        found = self._words.prefixed(prefix)
        return self._in_order(np.arange(found.start, found.stop), None, limit)

    def most_similar(self, word: str, distance: int, limit: int) -> list[WordCount]:
        """Words within a distance, the nearest first, then those that most articles have."""
        numbers, distances = within_distance(self._words, word, distance)
        return self._in_order(numbers, distances, limit)

    def values(self, facet: str) -> dict[str, int]:
        """Every value of a facet, and how many articles have it."""
        known = self._values.get(facet)
        if known is None:
            counts = self._file[f"{facet}.counts"].whole().tolist()
            words = Vocabulary(self._file, facet).words()
            known = self._values[facet] = dict(zip(words, counts, strict=True))
        return known

    @cached_property
    def _values(self) -> dict[str, dict[str, int]]:
        return {}

    @property
    def families(self) -> int:
        """How many families have several articles."""
        return len(self._families)

    def family_size(self, family: str) -> int:
        """How many articles a family has that has any."""
        number = self._families.find(family)
        return 1 if number is None else int(self._family_sizes[number])

    def _in_order(
        self, numbers: NDArray[np.int64], distances: NDArray[np.uint8] | None, limit: int
    ) -> list[WordCount]:
        articles = self._rows[WORDS][numbers, 0]
        keys = [numbers, -articles] if distances is None else [numbers, -articles, distances]
        order = np.lexsort(keys)[:limit]
        return [
            WordCount(self._words.word(number), count)
            for number, count in zip(numbers[order].tolist(), articles[order].tolist(), strict=True)
        ]


class KnownWords:
    """Implements `forms.Index`.

    Args:
        is_written: has some article in one of these languages this word (as spelled, or a stem)?
    """

    def __init__(
        self, words: Words, is_written: Callable[[str, bool, Sequence[str]], bool]
    ) -> None:
        self._words = words
        self._is_written = is_written

    @property
    def languages(self) -> Collection[str]:
        """Those of its articles."""
        return self._words.values("language").keys()

    def has_stem(self, stem: str, language: str | None) -> bool:
        """Has some article a word with this stem? One that may be in a language, if it is given."""
        return self._has(stem, language, exact=False)

    def has_word(self, surface: str, language: str | None) -> bool:
        """Has some article this word? One that may be in a language, if it is given."""
        return self._has(surface, language, exact=True)

    def beginning(self, surface: str) -> Collection[str]:
        """The words that begin so; none, where they are more than `MOST_BEGINNING`."""
        found = self._words.beginning(surface, limit=None)
        return found if len(found) <= MOST_BEGINNING else ()

    def having(self, part: str) -> Collection[str]:
        """The words that have this in them, behind other letters; those of most articles, where
        they are more than `MOST_HAVING`.
        """
        return self._words.having(part, MOST_HAVING)

    def _has(self, word: str, language: str | None, *, exact: bool) -> bool:
        if not self._words.counted(word, None, exact=exact).articles:
            return False
        if language is None or {language, *UNKNOWN_LANGUAGES} >= set(self.languages):
            return True
        return self._is_written(word, exact, (language, *UNKNOWN_LANGUAGES))
