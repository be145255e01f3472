"""Index: one opened generation, its dictionary and its segments, mapped into memory."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import EmptyReader

from indexer.analysis import analyzer
from indexer.compiled import AnyArray
from indexer.schema import FACETS, TEXT_FIELDS
from indexer.writers.whoosh.codec.index import ArrayIndex, ArrayReader
from indexer.writers.whoosh.facets import value_ranges
from indexer.writers.whoosh.files.cache import Cache
from indexer.writers.whoosh.files.stored import StoredReader
from indexer.writers.whoosh.files.vocabulary import Vocabulary
from search.engines.whoosh.loops.bitmaps import has
from search.engines.whoosh.loops.tallies import count_values
from search.engines.whoosh.postings import Postings, Surfaces

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
        reader: ArrayReader,
        base: int,
        average_lengths: dict[str, float],
    ) -> None:
        own = reader.segment()
        dictionary = reader.index.dictionary
        self._file = file = own.file
        self._dictionary = dictionary
        self.number = number = own.number
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


class Wholes:
    """Values of a facet that some documents of a segment have by their parts alone.

    Attributes:
        values: rows, ordinals and places of these, as `count_values` takes them.

    Args:
        parts: numbers of values in the generation, each with those of its parts, ascending.
        first: where the counts of the facet begin.
    """

    def __init__(
        self, segment: Segment, facet: str, parts: Mapping[int, NDArray[np.int64]], first: int
    ) -> None:
        docs, ordinals = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for ordinal, (whole, inside) in enumerate(parts.items()):
            own = _having(segment, facet, np.array([whole], np.int64))
            further = np.setdiff1d(_having(segment, facet, inside), own)
            docs.append(further)
            ordinals.append(np.full(len(further), ordinal))
        every = np.concatenate(docs)
        order = np.argsort(every, kind="stable")
        rows = np.zeros(segment.documents + 1, np.int64)
        np.cumsum(np.bincount(every, minlength=segment.documents), out=rows[1:])
        like_rows, like_ordinals, _ = segment.values  # one compiled loop counts both
        self.values = (
            _frozen(rows.astype(like_rows.dtype)),
            _frozen(np.concatenate(ordinals)[order].astype(like_ordinals.dtype)),
            first + np.array(list(parts), np.int32),
        )
        self._totals = np.array([len(further) for further in docs[1:]], np.int32)

    def add_totals(self, counts: NDArray[np.int32]) -> None:
        """Counts all documents of the segment."""
        counts[self.values[2]] += self._totals


def _having(segment: Segment, facet: str, values: NDArray[np.int64]) -> NDArray[np.int64]:
    docs, starts, ends = segment.having(facet, values)
    slices = [docs[start:end] for start, end in zip(starts, ends, strict=True)]
    return np.concatenate([np.zeros(0, np.int64), *slices])


def _frozen(values: AnyArray) -> AnyArray:
    values.flags.writeable = False
    return values


_KEPT_TERMS = 1024


class Index(ArrayIndex):
    """A generation as a Whoosh index, with what is global about its arrays.

    Args:
        folder: what a `WhooshWriter` wrote.

    Attributes:
        average_lengths: words of an article, by text field.
        segments: what its reader's leaves read, for evaluating whole arrays.
        value_ranges: which numbers the values of each facet have, all facets numbered through.
        distinct_values: how many values all facets have together.
        terms: where the terms asked for lately are in each segment (see `words.meaning_of`).

    Raises:
        IndexCorrupt: a file is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, analyzer())
        self.documents = self.doc_count()
        lengths = self.dictionary.meta["words"]
        self.average_lengths = {
            field.name: lengths[field.name] / max(self.documents, 1) for field in TEXT_FIELDS
        }
        self.value_ranges = value_ranges(self.dictionary)
        self.distinct_values = sum(map(len, self.value_ranges.values()))
        self.segments = [
            Segment(reader, base, self.average_lengths)
            for reader, base in self.reader().leaf_readers()
            if not isinstance(reader, EmptyReader)
        ]
        self.words = Vocabulary(self.dictionary, "words")
        self.stems = Vocabulary(self.dictionary, "stems")
        self.values = {facet: Vocabulary(self.dictionary, facet) for facet in FACETS}
        self.families = Vocabulary(self.dictionary, "families")
        self.terms: Cache[Any, Any] = Cache(_KEPT_TERMS)
        self._wholes: dict[str, tuple[Mapping[str, Collection[str]], list[Wholes]]] = {}
        self._numbers = self.doc_count_all()
        self._bases = [segment.base for segment in self.segments]

    def searcher(self, **options: Any) -> Any:
        """Evaluates queries of Whoosh: known nodes array at a time, others by Whoosh's matchers.

        Args:
            options: as those of `whoosh.searching.Searcher`; `weighting` is `Scoring` otherwise.
        """
        from search.engines.whoosh.searcher import Searcher  # noqa: PLC0415 - it plans over this

        return Searcher(self.reader(), fromindex=self, **options)

    def wholes(self, facet: str, parts: Mapping[str, Collection[str]]) -> list[Wholes]:
        """In each segment, the values of a facet that documents have by their parts."""
        kept = self._wholes.get(facet)
        if kept is None or kept[0] is not parts:
            find, numbered = self.values[facet].find, {}
            for whole, inside in parts.items():
                if (number := find(whole)) is not None:
                    known = sorted(one for part in inside if (one := find(part)) is not None)
                    numbered[number] = np.array(known, np.int64)
            first = self.value_ranges[facet].start
            kept = parts, [Wholes(segment, facet, numbered, first) for segment in self.segments]
            self._wholes[facet] = kept
        return kept[1]

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

    def doc_number(self, article_id: str) -> int | None:
        """Where an article lies; None when it is not in this generation."""
        for segment in self.segments:
            doc = segment.doc_of(article_id)
            if doc is not None:
                return doc
        return None

    def place(self, doc_number: int) -> tuple[Segment, int]:
        """The segment of a document, and its number there."""
        if not 0 <= doc_number < self._numbers:
            raise IndexError(f"no document {doc_number} in this generation")
        place = bisect_right(self._bases, doc_number) - 1
        return self.segments[place], doc_number - self._bases[place]
