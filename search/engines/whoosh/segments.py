"""What does the evaluator read of one segment? Arrays, checked before they are used."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray
from indexer.schema import TEXT_FIELDS, TextField
from indexer.writers.whoosh.facets import value_ranges
from indexer.writers.whoosh.sections import Sections
from indexer.writers.whoosh.stored import StoredReader
from indexer.writers.whoosh.vocabulary import Vocabulary
from search.engines.whoosh.loops import has
from search.engines.whoosh.tallies import count_values

Bits = NDArray[np.uint64]
Docs = NDArray[np.int32]
Floats = NDArray[np.float32]


class FieldPostings:
    """The postings of one text field of one segment."""

    def __init__(self, file: Sections, field: TextField, average_length: float) -> None:
        self._field = field
        self._average_length = average_length
        self._file = file
        self._docs = file[f"{field.name}.docs"]
        self._tfs = file[f"{field.name}.tfs"]
        self._positions = file[f"{field.name}.positions"]
        self._lengths = file[f"{field.name}.lengths"]
        self._overflow = (file[f"{field.name}.overflow_at"], file[f"{field.name}.overflow_tfs"])

    @cached_property
    def arrays(self) -> tuple[AnyArray, AnyArray, AnyArray, AnyArray]:
        """docs, tfs, overflow_at, overflow_tfs, as the loops take them."""
        at, tfs = (section.whole() for section in self._overflow)
        return self._docs.values, self._tfs.values, at, tfs

    @cached_property
    def norms(self) -> Floats:
        """For each document, field weight over length normalization (see `search.scoring`)."""
        average = self._average_length or 1.0
        relative = self._lengths.whole().astype(np.float32) / np.float32(average)
        b = np.float32(self._field.b)
        norms: Floats = np.float32(self._field.weight) / (1 - b + b * relative)
        return norms

    def slices(self, words: NDArray[np.int64]) -> tuple[AnyArray, AnyArray, NDArray[np.int64]]:
        """The posting lists of some words of the segment.

        Returns:
            first postings, ends of the lists, and the words; words that the field lacks left out.
        """
        if not len(words):
            return self._starts[:0], self._starts[:0], words
        starts = self._starts[words]
        ends = self._starts[words + 1]
        here = starts < ends
        if not here.all():
            starts, ends, words = starts[here], ends[here], words[here]
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            self._docs.check(start, end)
            self._tfs.check(start, end)
        return starts, ends, words

    def span(self, first: int, last: int) -> tuple[AnyArray, AnyArray]:
        """The posting lists of the words first to last (exclusive), which lie together, as one."""
        bounds = self._starts[[first, last]]
        start, end = bounds.tolist()
        self._docs.check(start, end)
        self._tfs.check(start, end)
        return bounds[:1], bounds[1:]

    def positions_of(self, words: NDArray[np.int64]) -> tuple[AnyArray, AnyArray]:
        """Where the positions of some words begin, and all positions."""
        starts = self._position_starts[words]
        ends = self._position_starts[words + 1]
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            self._positions.check(start, end)
        return starts, self._positions.values

    @cached_property
    def _starts(self) -> AnyArray:
        return self._file[f"{self._field.name}.starts"].whole()

    @cached_property
    def _position_starts(self) -> AnyArray:
        return self._file[f"{self._field.name}.position_starts"].whole()


class Segment:
    """One segment as the evaluator sees it.

    Attributes:
        number: its place in the generation.
        base: doc number of its first document.
        documents: how many it holds, deleted ones included.
    """

    def __init__(
        self,
        file: Sections,
        dictionary: Sections,
        number: int,
        base: int,
        average_lengths: dict[str, float],
    ) -> None:
        self._file = file
        self._dictionary = dictionary
        self.number = number
        self.base = base
        self.documents: int = file.meta["documents"]
        self.fields = [
            FieldPostings(file, field, average_lengths[field.name]) for field in TEXT_FIELDS
        ]
        self._columns: dict[Any, Any] = {}

    @property
    def file(self) -> Sections:
        return self._file

    def no_bits(self) -> Bits:
        """An empty set of documents."""
        return np.zeros((self.documents + 63) >> 6, np.uint64)

    @cached_property
    def live(self) -> Bits:
        """All documents that were not deleted."""
        return self._dictionary[f"live.{self.number}"].whole()

    @cached_property
    def has_deleted(self) -> bool:
        return int(np.bitwise_count(self.live).sum()) < self.documents

    def local(self, name: str, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Numbers in the segment of words or values of the whole generation, where it has them.

        Args:
            name: `words` or a facet.
            places: ascending.
        """
        mapping = self.mapping(name)
        # Of the same type, or the whole mapping would be converted for each search.
        found = np.searchsorted(mapping, places.astype(mapping.dtype))
        inside = found < len(mapping)
        found, places = found[inside], places[inside]
        local: NDArray[np.int64] = found[mapping[found] == places].astype(np.int64)
        return local

    def local_range(self, name: str, places: range) -> range:
        """The same for a range of neighbors."""
        mapping = self.mapping(name)
        ends = np.array([places.start, places.stop], mapping.dtype)
        first, last = np.searchsorted(mapping, ends).tolist()
        return range(first, last)

    def mapping(self, name: str) -> AnyArray:
        """For each word or value of the segment, its number in the generation."""
        return self._dictionary[f"{name}.of.{self.number}"].whole()

    @cached_property
    def values(self) -> tuple[AnyArray, AnyArray, AnyArray]:
        """rows, ordinals and places of all facets, as `count_values` takes them."""
        places = [
            numbers.start + self.mapping(facet)
            for facet, numbers in value_ranges(self._dictionary).items()
        ]
        return (
            self._file["values.rows"].whole(),
            self._file["values.ordinals"].whole(),
            np.concatenate(places).astype(np.int32),
        )

    @cached_property
    def totals(self) -> NDArray[np.int32]:
        """How many of all its documents have each value of the generation."""
        totals = np.zeros(sum(map(len, value_ranges(self._dictionary).values())), np.int32)
        count_values(np.arange(self.documents, dtype=np.int32), *self.values, totals)
        return totals

    def having(self, facet: str, values: NDArray[np.int64]) -> tuple[AnyArray, AnyArray, AnyArray]:
        """docs, starts and ends of the documents that have each of some values."""
        starts = self._file[f"{facet}.starts"].whole()
        local = self.local(facet, values)
        return (
            self._file[f"{facet}.docs"].whole(),
            starts[local].astype(np.int64),
            starts[local + 1].astype(np.int64),
        )

    def dates(self, field: str) -> tuple[AnyArray, AnyArray, AnyArray]:
        """rows, earliest and latest days of a date field."""
        return (
            self._file[f"{field}.rows"].whole(),
            self._file[f"{field}.earliest"].whole(),
            self._file[f"{field}.latest"].whole(),
        )

    @cached_property
    def days(self) -> Floats:
        """For each document, the first day it can have been published; -inf when unknown."""
        rows, earliest, _ = self.dates("published")
        padded = np.append(earliest, 0).astype(np.float32)
        days: Floats = np.where(rows[1:] > rows[:-1], padded[rows[:-1]], np.float32(-np.inf))
        return days

    @cached_property
    def days_backwards(self) -> Floats:
        """The same for the oldest first: negative, and still -inf when unknown."""
        days: Floats = -np.abs(self.days)
        return days

    @cached_property
    def no_scores(self) -> Floats:
        """A score of 0 for each document."""
        return np.zeros(self.documents, np.float32)

    @cached_property
    def family_of(self) -> Docs:
        """For each document, its family in the dictionary; -1: it is alone."""
        families = np.full(self.documents, -1, np.int32)
        members = self._dictionary[f"families.members.{self.number}"].whole()
        families[members] = self._dictionary[f"families.of.{self.number}"].whole()
        return families

    def is_reprint(self, doc: int) -> bool:
        """Has the document another one's family id?"""
        return doc in self._file["family.docs"].whole()

    @cached_property
    def stored(self) -> StoredReader:
        return StoredReader(self._file)

    @cached_property
    def ids(self) -> Vocabulary:
        return Vocabulary(self._file, "article")

    def id_of(self, doc: int) -> str:
        """The public id of a document."""
        section = self._file["article.of"]
        section.check(doc, doc + 1)
        return self.ids.word(int(section.values[doc]))

    def doc_of(self, article_id: str) -> int | None:
        """The doc number of an article, or None."""
        found = self.ids.find(article_id)
        if found is None:
            return None
        section = self._file["article.docs"]
        section.check(found, found + 1)
        doc = int(section.values[found])
        return self.base + doc if has(self.live, doc) else None
