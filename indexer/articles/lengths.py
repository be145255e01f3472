"""Lengths: is an article short for its outlet?

The cleaner flags what is very short, because a page cut off looks so. Where most of an outlet's
articles are that short (wires, chronicles, channels), it says nothing, and is taken off again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus.article import Article

VERY_SHORT = "very_short"
"""A flag of `corpus.article.Quality.flags`."""
_FEWEST = 5  # articles of an outlet from which on its own habit is known
_USUAL = 0.5


class OutletLengths:
    """Counts in the first pass over the collection; answers in the second."""

    def __init__(self) -> None:
        self._articles: Counter[str] = Counter()
        self._short: Counter[str] = Counter()

    def observe(self, article: Article) -> None:
        """Counts one article."""
        self.count(article.outlet, article.quality.flags)

    def count(self, outlet: str, flags: Sequence[str]) -> None:
        """Counts one article of an outlet, with these flags."""
        self._articles[outlet] += 1
        self._short[outlet] += VERY_SHORT in flags

    def flags(self, article: Article) -> tuple[str, ...]:
        """The flags of an article, without what is usual for its outlet."""
        return self.kept(article.outlet, article.quality.flags)

    def kept(self, outlet: str, flags: Sequence[str]) -> tuple[str, ...]:
        """Of these flags of an article, those that are not usual for its outlet."""
        every = self._articles[outlet]
        usual = outlet and every >= _FEWEST and self._short[outlet] >= _USUAL * every
        return tuple(flag for flag in flags if not (usual and flag == VERY_SHORT))
