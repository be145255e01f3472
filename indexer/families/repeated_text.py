"""Repeated text: how much of an article stands in many others of its outlet? Then it is furniture
that stayed.

Paragraphs are counted by outlet in a count-min sketch (Cormode and Muthukrishnan, 2005): memory is
fixed, the order of articles changes nothing, and an error can only count too much, which with a
million articles it does for fewer than one paragraph in a thousand.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from corpus.article import Article
from indexer.articles.outlets import host_of

FLAG = "repeated_text"
"""In `IndexDocument.flags`: a doubt that only the whole collection can raise."""

_MANY = 5  # articles of an outlet with the same paragraph
_MUCH = 0.4  # of an article's characters
_LEAST = 20  # characters: shorter paragraphs are headings
_CELLS = 1 << 24
_STEP = 2_654_435_761  # 2^32 over the golden ratio: the second row's cell for a paragraph


class RepeatedText:
    """Counts first, then answers. Holds 32 MiB."""

    def __init__(self) -> None:
        self._rows = bytearray(_CELLS), bytearray(_CELLS)

    def add(self, article: Article) -> None:
        """Counts the paragraphs of one article, each once."""
        for cells in {cells for cells, _ in _paragraphs(article)}:
            for row, cell in zip(self._rows, cells, strict=True):
                if row[cell] < _MANY:
                    row[cell] += 1

    def is_repeated(self, article: Article) -> bool:
        """Whether much of an article that was added stands in many articles of its outlet."""
        first, second = self._rows
        size = repeated = 0
        for (one, other), length in _paragraphs(article):
            size += length
            if first[one] >= _MANY and second[other] >= _MANY:
                repeated += length
        return repeated > _MUCH * size


def _paragraphs(article: Article) -> Iterator[tuple[tuple[int, int], int]]:
    """The cells and the length of every paragraph; none where the outlet is unknown."""
    outlet = host_of(article) or article.outlet
    if not outlet:
        return
    seed = zlib.crc32(outlet.casefold().encode("utf-8", "surrogatepass"))
    for paragraph in article.text.split("\n"):
        if len(paragraph) >= _LEAST:
            key = zlib.crc32(paragraph.encode("utf-8", "surrogatepass"), seed)
            yield (key % _CELLS, (key * _STEP & 0xFFFFFFFF) >> 8), len(paragraph)
