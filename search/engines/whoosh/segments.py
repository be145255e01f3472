"""What does the evaluator read of one segment? Arrays, checked before they are used."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray
from indexer.writers.whoosh.facets import value_ranges
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.stored import StoredReader
from indexer.writers.whoosh.files.vocabulary import Vocabulary
from search.engines.whoosh.loops.bitmaps import has
from search.engines.whoosh.loops.tallies import count_values
from search.engines.whoosh.postings import Postings
from search.engines.whoosh.surfaces import Surfaces

Bits = NDArray[np.uint64]
Docs = NDArray[np.int32]
Floats = NDArray[np.float32]
Days = NDArray[np.int32]
_NEVER = np.iinfo(np.int32).max


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
        self._single_dates: dict[str, tuple[Days, Days] | None] = {}
        self.postings = Postings(file, dictionary[f"stems.of.{number}"], average_lengths)
        self.surfaces = Surfaces(file, dictionary[f"words.of.{number}"], self.postings)

    def no_bits(self) -> Bits:
        """An empty set of documents."""
        return np.zeros((self.documents + 63) >> 6, np.uint64)

    def room(self) -> Floats:
        """Room for a score of each document."""
        return np.empty(self.documents, np.float32)

    def list_room(self, postings: int) -> Docs:
        """Room for the documents of so many postings."""
        return np.empty(min(self.documents, postings), np.int32)

    @cached_property
    def live(self) -> Bits:
        """All documents that were not deleted."""
        return self._dictionary[f"live.{self.number}"].whole()

    @cached_property
    def has_deleted(self) -> bool:
        return int(np.bitwise_count(self.live).sum()) < self.documents

    def local(self, name: str, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Numbers in the segment of values of the whole generation, where it has them.

        Args:
            name: of a facet.
            places: ascending.
        """
        mapping = self.mapping(name)
        # Of the same type, or the whole mapping would be converted for each search.
        found = np.searchsorted(mapping, places.astype(mapping.dtype))
        inside = found < len(mapping)
        found, places = found[inside], places[inside]
        local: NDArray[np.int64] = found[mapping[found] == places].astype(np.int64)
        return local

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

    def single_dates(self, field: str) -> tuple[Days, Days] | None:
        """Earliest and latest day of each document; None where some document has several dates.

        A range that no day is in stands for no date.
        """
        if field not in self._single_dates:
            rows, earliest, latest = self.dates(field)
            sizes = np.diff(rows)
            found = None
            if not len(sizes) or sizes.max() <= 1:
                found = np.full(len(sizes), _NEVER, np.int32), np.full(len(sizes), -1, np.int32)
                found[0][sizes > 0], found[1][sizes > 0] = earliest, latest
            self._single_dates[field] = found
        return self._single_dates[field]

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
        return self.ids.word(int(self._file["article.of"].whole()[doc]))

    def doc_of(self, article_id: str) -> int | None:
        """The doc number of an article, or None."""
        found = self.ids.find(article_id)
        if found is None:
            return None
        section = self._file["article.docs"]
        section.check(found, found + 1)
        doc = int(section.values[found])
        return self.base + doc if has(self.live, doc) else None
