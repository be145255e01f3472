"""One term's postings, as Whoosh asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.matching import LeafMatcher
from whoosh.matching.mcore import ReadTooFar
from whoosh.reading import TermInfo

from indexer.compiled import AnyArray
from indexer.schema import TEXT_FIELDS
from indexer.writers.whoosh.inversion import LONG_TF
from indexer.writers.whoosh.sections import Sections

TEXT_NAMES = tuple(field.name for field in TEXT_FIELDS)

Term = tuple[str, bytes]


class Postings:
    """One term's postings: documents, frequencies, lengths, positions."""

    def __init__(self, file: Sections, field: str, number: int) -> None:
        starts = file[f"{field}.starts"].whole()
        self._file = file
        self._field = field
        self._number = number
        self._start, self._end = int(starts[number]), int(starts[number + 1])
        docs = file[f"{field}.docs"]
        docs.check(self._start, self._end)
        self.docs: AnyArray = docs.values[self._start : self._end]
        self.tfs: NDArray[np.int64] = np.ones(len(self.docs), np.int64)
        self.lengths: NDArray[np.int64] = np.ones(len(self.docs), np.int64)
        if field in TEXT_NAMES:
            self.tfs = self._frequencies()
            self.lengths = file[f"{field}.lengths"].whole()[self.docs].astype(np.int64)

    def _frequencies(self) -> NDArray[np.int64]:
        tfs = self._file[f"{self._field}.tfs"].whole()[self._start : self._end].astype(np.int64)
        places = np.flatnonzero(tfs == LONG_TF)
        if len(places):
            at = self._file[f"{self._field}.overflow_at"].whole()
            true = self._file[f"{self._field}.overflow_tfs"].whole()
            tfs[places] = true[np.searchsorted(at, places + self._start)]
        return tfs

    def positions(self, place: int) -> list[int]:
        """The positions of one posting."""
        starts = self._file[f"{self._field}.position_starts"].whole()
        start = int(starts[self._number]) + int(self.tfs[:place].sum())
        section = self._file[f"{self._field}.positions"]
        end = start + int(self.tfs[place])
        section.check(start, end)
        return list(map(int, section.values[start:end].tolist()))

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
    """Walks one term's postings. The whole list is one block to Whoosh's quality skipping."""

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
        return int(self._docs[self._at()])

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
        self._place = self._at() + 1
        return True

    def skip_to(self, doc: int) -> bool:
        place = self._at()
        self._place = place + int(np.searchsorted(self._docs[place:], doc))
        return self._place > place

    def skip_to_quality(self, quality: float) -> int:
        if self.is_active() and self.block_quality() <= quality:
            self._place = len(self._docs)
            return 1
        return 0

    def block_min_length(self) -> int:
        return int(self._postings.lengths.min())

    def block_max_length(self) -> int:
        return int(self._postings.lengths.max())

    def block_max_weight(self) -> float:
        return float(self._postings.tfs.max())

    def _at(self) -> int:
        if self._place >= len(self._docs):
            raise ReadTooFar
        return self._place
