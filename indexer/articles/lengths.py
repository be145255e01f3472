"""Lengths: is an article short for its outlet?

The cleaner flags what is very short, because a page cut off looks so. Where most of an outlet's
articles are that short (wires, chronicles, channels), it says nothing, and is taken off again.
Outlets of which a collection has a few articles each are judged together: a chronicle that credits
hundreds of them is short throughout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus.article import Article

VERY_SHORT = "very_short"
"""A flag of `corpus.article.Quality.flags`."""
_FEWEST = 5  # articles of an outlet from which on its own habit is known
_FEWEST_TOGETHER = 20  # articles of all outlets with fewer
_USUAL = 0.5


class OutletLengths:
    """Counts in the first pass over the collection; answers in the second."""

    def __init__(self) -> None:
        self._articles: Counter[str] = Counter()
        self._short: Counter[str] = Counter()
        self._together: bool | None = None  # not asked since the last was counted

    def observe(self, article: Article) -> None:
        """Counts one article."""
        self.count(article.outlet, article.quality.flags)

    def count(self, outlet: str, flags: Sequence[str], times: int = 1) -> None:
        """Counts so many articles of an outlet, with these flags."""
        self._articles[outlet] += times
        self._short[outlet] += times * (VERY_SHORT in flags)
        self._together = None

    def flags(self, article: Article) -> tuple[str, ...]:
        """The flags of an article, without what is usual for its outlet."""
        return self.kept(article.outlet, article.quality.flags)

    def kept(self, outlet: str, flags: Sequence[str]) -> tuple[str, ...]:
        """Of these flags of an article, those that are not usual for its outlet."""
        usual = bool(outlet) and self._is_usual(outlet)
        return tuple(flag for flag in flags if not (usual and flag == VERY_SHORT))

    def _is_usual(self, outlet: str) -> bool:
        every = self._articles[outlet]
        if every >= _FEWEST:
            return self._short[outlet] >= _USUAL * every
        if self._together is None:
            few = [name for name, number in self._articles.items() if name and number < _FEWEST]
            number = sum(self._articles[name] for name in few)
            short = sum(self._short[name] for name in few)
            self._together = number >= _FEWEST_TOGETHER and short >= _USUAL * number
        return self._together
