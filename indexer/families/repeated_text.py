"""Repeated text: how much of an article stands in many others of its outlet? Then it is furniture
that stayed.

Paragraphs are counted by outlet in a count-min sketch (Cormode and Muthukrishnan, 2005): memory is
fixed, the order of articles changes nothing, and an error can only count too much, which with a
million articles it does for fewer than one paragraph in a thousand.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from indexer.articles.outlets import host_of
from indexer.entities.ragged import distinct, starts_of

FLAG = "repeated_text"
"""In `IndexDocument.flags`: a doubt that only the whole collection can raise."""

_MANY = 5  # articles of an outlet with the same paragraph
_MUCH = 0.4  # of an article's characters
_LEAST = 20  # characters: shorter paragraphs are headings
_CELLS = 1 << 24
_STEP = 2_654_435_761  # 2^32 over the golden ratio: the second row's cell for a paragraph


class Paragraph(NamedTuple):
    """One paragraph under its outlet: a number that stands for both, and its characters."""

    key: int
    length: int


class RepeatedText:
    """Counts first, then answers. Holds 32 MiB."""

    def __init__(self) -> None:
        self._rows = bytearray(_CELLS), bytearray(_CELLS)

    def add(self, article: Article) -> None:
        """Counts the paragraphs of one article, each once."""
        self.count(paragraphs(article))

    def count(self, of_one: Iterable[Paragraph]) -> None:
        """Counts the paragraphs of one article, each once."""
        for key in {paragraph.key for paragraph in of_one}:
            for row, cell in zip(self._rows, _cells(key), strict=True):
                if row[cell] < _MANY:
                    row[cell] += 1

    def count_all(self, articles: NDArray[np.int64], keys: NDArray[np.uint32]) -> None:
        """Counts the paragraphs of many articles at once.

        Args:
            articles: of each paragraph, the number of its article.
            keys: of each paragraph, see `Paragraph`.
        """
        each = distinct(articles << 32 | keys)
        for row, cells in zip(self._rows, _all_cells(each & 0xFFFFFFFF), strict=True):
            cells.sort()
            starts = np.flatnonzero(np.concatenate(([True], cells[1:] != cells[:-1]))[: len(cells)])
            counts = np.diff(np.append(starts, len(cells)))
            counted = np.frombuffer(row, np.uint8)
            own = cells[starts]
            counted[own] = np.minimum(counted[own] + counts, _MANY)

    def all_repeated(
        self, starts: NDArray[np.int64], keys: NDArray[np.uint32], lengths: NDArray[np.uint32]
    ) -> NDArray[np.bool_]:
        """The same as `are_repeated`, of many articles at once.

        Args:
            starts: where the paragraphs of each begin, and where the last ones end.
            keys, lengths: of each paragraph, see `Paragraph`.
        """
        first, second = (np.frombuffer(row, np.uint8) for row in self._rows)
        one, other = _all_cells(keys.astype(np.int64))
        is_repeated = (first[one] >= _MANY) & (second[other] >= _MANY)
        size, repeated = starts_of(lengths), starts_of(lengths * is_repeated)
        return np.diff(repeated[starts]) > _MUCH * np.diff(size[starts])

    def is_repeated(self, article: Article) -> bool:
        """Whether much of an article that was added stands in many articles of its outlet."""
        return self.are_repeated(paragraphs(article))

    def are_repeated(self, of_one: Iterable[Paragraph]) -> bool:
        """The same, of the paragraphs of one article."""
        first, second = self._rows
        size = repeated = 0
        for key, length in of_one:
            size += length
            one, other = _cells(key)
            if first[one] >= _MANY and second[other] >= _MANY:
                repeated += length
        return repeated > _MUCH * size


def paragraphs(article: Article) -> tuple[Paragraph, ...]:
    """The paragraphs of an article that count; none where the outlet is unknown."""
    outlet = host_of(article) or article.outlet
    if not outlet:
        return ()
    seed = zlib.crc32(outlet.casefold().encode("utf-8", "surrogatepass"))
    return tuple(
        Paragraph(zlib.crc32(paragraph.encode("utf-8", "surrogatepass"), seed), len(paragraph))
        for paragraph in article.text.split("\n")
        if len(paragraph) >= _LEAST
    )


def _cells(key: int) -> tuple[int, int]:
    return key % _CELLS, (key * _STEP & 0xFFFFFFFF) >> 8


def _all_cells(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    hashed = keys.astype(np.uint64) * np.uint64(_STEP) & np.uint64(0xFFFFFFFF)
    return keys % _CELLS, (hashed >> np.uint64(8)).astype(np.int64)
