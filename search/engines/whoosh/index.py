"""What is one opened generation? Its dictionary and its segments, mapped into memory."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray
from indexer.schema import FACETS, TEXT_FIELDS
from indexer.writers.whoosh.dictionary import KIND
from indexer.writers.whoosh.facets import value_ranges
from indexer.writers.whoosh.files.memory import Kept
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.vocabulary import Vocabulary
from indexer.writers.whoosh.segment import open_segment
from indexer.writers.whoosh.writer import DICTIONARY
from search.engines.whoosh.segments import Segment

_KEPT_TERMS = 1024


class Index:
    """A generation's dictionary and segments, and what is global about them.

    Args:
        folder: what a `WhooshWriter` wrote.

    Attributes:
        value_ranges: which numbers the values of each facet have, all facets numbered through.
        distinct_values: how many values all facets have together.
        terms: where the terms asked for lately are in each segment (see `words.meaning_of`).

    Raises:
        IndexCorrupt: a file is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        self.dictionary = Sections(folder / DICTIONARY, KIND)
        meta = self.dictionary.meta
        self.documents: int = sum(meta["live"])
        averages = {
            field.name: meta["words"][field.name] / max(self.documents, 1) for field in TEXT_FIELDS
        }
        self.value_ranges = value_ranges(self.dictionary)
        self.distinct_values = sum(map(len, self.value_ranges.values()))
        self.segments: list[Segment] = []
        base = 0
        for number, name in enumerate(meta["segments"]):
            file = open_segment(folder / name)
            self.segments.append(Segment(file, self.dictionary, number, base, averages))
            base += self.segments[-1].documents
        self.words = Vocabulary(self.dictionary, "words")
        self.stems = Vocabulary(self.dictionary, "stems")
        self.values = {facet: Vocabulary(self.dictionary, facet) for facet in FACETS}
        self.families = Vocabulary(self.dictionary, "families")
        self.terms: Kept[Any, Any] = Kept(_KEPT_TERMS)
        self._numbers = base
        self._bases = [segment.base for segment in self.segments]

    def words_of(self, word: str, *, exact: bool) -> NDArray[np.int64]:
        """The words that a term stands for, ascending."""
        number = (self.words if exact else self.stems).find(word)
        if exact or number is None:
            return np.array([] if number is None else [number], np.int64)
        starts, words = (self.dictionary[f"stems.{name}"].whole() for name in ("starts", "words"))
        return words[starts[number] : starts[number + 1]].astype(np.int64)

    @cached_property
    def stem_counts(self) -> AnyArray:
        """How many articles have each stem, and how often."""
        return self.dictionary["stems.counts"].whole().reshape(-1, 2)

    @property
    def word_articles(self) -> AnyArray:
        """How many articles have each word."""
        return self.dictionary["words.articles"].whole()

    def known(self, words: range | NDArray[np.int64]) -> list[int]:
        """Those of some words that any article has: those of deleted articles only are left out."""
        numbers = np.asarray(words, np.int64)
        if self._has_deleted:
            numbers = numbers[self.word_articles[numbers] > 0]
        known: list[int] = numbers.tolist()
        return known

    @cached_property
    def _has_deleted(self) -> bool:
        return any(segment.has_deleted for segment in self.segments)

    @cached_property
    def family_starts(self) -> NDArray[np.int64]:
        return self.dictionary["families.starts"].whole().astype(np.int64)

    @cached_property
    def family_docs(self) -> NDArray[np.int64]:
        return self.dictionary["families.docs"].whole().astype(np.int64)

    def place(self, doc_number: int) -> tuple[Segment, int]:
        """The segment of a document, and its number there."""
        if not 0 <= doc_number < self._numbers:
            raise IndexError(f"no document {doc_number} in this generation")
        place = bisect_right(self._bases, doc_number) - 1
        return self.segments[place], doc_number - self._bases[place]
