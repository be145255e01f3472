"""Postings: those of one term, as Whoosh asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from whoosh.matching import LeafMatcher
from whoosh.matching.mcore import ReadTooFar
from whoosh.reading import TermInfo

from indexer.compiled import AnyArray
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.inversion import TEXT_NAMES, rows_of
from indexer.writers.whoosh.spellings import pick, widths_of

Term = tuple[str, bytes]
BLOCK = 64
"""Postings that Whoosh skips at once. Their maxima are found when a term is first walked."""


class Blocks(NamedTuple):
    """The greatest frequency and the least and greatest length in each block."""

    max_tfs: list[float]
    min_lengths: list[int]
    max_lengths: list[int]


class Postings:
    """One term's postings: documents, frequencies, lengths, positions."""

    def __init__(self, docs: AnyArray, tfs: AnyArray, lengths: AnyArray, places: AnyArray) -> None:
        self.docs = docs
        self.tfs = tfs
        self.lengths = lengths
        self._places = places
        self._ends = np.cumsum(tfs)

    @classmethod
    def of_value(cls, file: Sections, field: str, number: int) -> Postings:
        """The documents having a facet value or an id."""
        start, end = file[f"{field}.starts"].whole()[number : number + 2].tolist()
        section = file[f"{field}.docs"]
        section.check(start, end)
        once = np.ones(end - start, np.int64)
        return cls(section.values[start:end], once, once, once - 1)

    @classmethod
    def of_word(cls, file: Sections, field: str, number: int) -> Postings:
        """The documents having a surface in a text field."""
        stem = int(file["words.stems"].whole()[number])
        column = TEXT_NAMES.index(field)
        (start, first), (end, last) = rows_of(file)[stem : stem + 2, column].tolist()
        varied = file["varied.stems"].whole()
        place = int(np.searchsorted(varied, stem))
        wanted, width, bit = np.zeros(0, np.bool_), 0, 0
        if place < len(varied) and varied[place] == stem:
            size = int(file["varied.sizes"].whole()[place])
            width = int(widths_of(np.array([size]))[0])
            bit = int(file[f"{field}.ordinals_at"].whole()[place]) << 3
            wanted = np.zeros(size, np.bool_)
            wanted[file["words.ordinals"].whole()[number]] = True
        docs = np.empty(end - start, np.uint16)
        tfs = np.empty(end - start, np.uint32)
        places = np.empty(last - first, np.int64)
        count, placed = pick(
            file[f"{field}.docs"].whole(),
            file[f"{field}.tfs"].whole(),
            file[f"{field}.overflow_at"].whole(),
            file[f"{field}.overflow_tfs"].whole(),
            start, end, first, file[f"{field}.ordinals"].whole(), bit, width, wanted,
            docs, tfs, 0, places, 0,
        )  # fmt: skip
        section = file[f"{field}.positions"]
        section.check(first, last)
        lengths = file[f"{field}.lengths"].whole()[docs[:count]].astype(np.int64)
        positions = section.values[places[:placed]]
        return cls(docs[:count], tfs[:count].astype(np.int64), lengths, positions)

    def positions(self, place: int) -> list[int]:
        """The positions of one posting."""
        end = int(self._ends[place])
        return list(map(int, self._places[end - int(self.tfs[place]) : end].tolist()))

    @cached_property
    def blocks(self) -> Blocks:
        """What no posting of each block is beyond."""
        firsts = np.arange(0, len(self.docs), BLOCK)
        return Blocks(
            np.maximum.reduceat(self.tfs, firsts).astype(float).tolist(),
            np.minimum.reduceat(self.lengths, firsts).tolist(),
            np.maximum.reduceat(self.lengths, firsts).tolist(),
        )

    def info(self) -> Any:
        """Whoosh's statistics of the term."""
        return TermInfo(
            weight=float(self.tfs.sum()),
            df=len(self.docs),
            minlength=int(self.lengths.min()),
            maxlength=int(self.lengths.max()),
            maxweight=float(self.tfs.max()),
            minid=int(self.docs[0]),
            maxid=int(self.docs[-1]),
        )


class ArrayMatcher(LeafMatcher):
    """Walks one term's postings, in blocks that Whoosh skips when no score in them can be high."""

    def __init__(self, postings: Postings, term: Term, format_: Any, scorer: Any) -> None:
        self._postings = postings
        self._docs = postings.docs
        self._term = term
        self._place = 0
        self.format = format_
        self.scorer = scorer

    def is_active(self) -> bool:
        return self._place < len(self._docs)

    def reset(self) -> None:
        self._place = 0

    def copy(self) -> ArrayMatcher:
        other = ArrayMatcher(self._postings, self._term, self.format, self.scorer)
        other._place = self._place
        return other

    def id(self) -> int:
        """The document; past the end the last one, because Whoosh's `SpanNot` asks even then."""
        return int(self._docs[min(self._place, len(self._docs) - 1)])

    def all_ids(self) -> Iterator[int]:
        while self.is_active():
            yield self.id()
            self.next()

    def weight(self) -> float:
        return float(self._postings.tfs[self._at()])

    def value(self) -> Any:
        if not self.format.supports("positions"):
            return b""
        return self.format.encode(self._postings.positions(self._at()))

    def value_as(self, astype: str) -> Any:
        if astype == "positions":
            return self._postings.positions(self._at())
        if astype in {"frequency", "weight"}:
            return self._postings.tfs[self._at()].item()
        return LeafMatcher.value_as(self, astype)

    def next(self) -> bool:
        """Whether another block begins."""
        self._place = self._at() + 1
        return self._place % BLOCK == 0

    def skip_to(self, doc: int) -> bool:
        place = self._at()
        self._place = place + int(np.searchsorted(self._docs[place:], doc))
        return self._place // BLOCK > place // BLOCK

    def skip_to_quality(self, quality: float) -> int:
        skipped = 0
        while self.is_active() and self.block_quality() <= quality:
            self._place = (self._place // BLOCK + 1) * BLOCK
            skipped += 1
        return skipped

    def block_min_length(self) -> int:
        return self._postings.blocks.min_lengths[self._at() // BLOCK]

    def block_max_length(self) -> int:
        return self._postings.blocks.max_lengths[self._at() // BLOCK]

    def block_max_weight(self) -> float:
        return self._postings.blocks.max_tfs[self._at() // BLOCK]

    def _at(self) -> int:
        if self._place >= len(self._docs):
            raise ReadTooFar
        return self._place
