"""Analyzer: what one promises, and the values of text analysis."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol


class Token(NamedTuple):
    """One word of a text. (A tuple, because a page of hits makes thousands: 4 times as fast.)

    Attributes:
        surface: the word folded (case, accents, apostrophes), but not stemmed: what `exact:`,
            prefix and fuzzy queries look at.
        stem: the indexed term that a plain word query looks at.
        start, end: offsets into the text, in characters.
        position: ordinal of the word in the text, counted from 0; stop words count.
    """

    surface: str
    stem: str
    start: int
    end: int
    position: int


SpanOf = Callable[[int], tuple[int, int]]
"""Offsets of the n-th word of a text."""


Place = tuple[str, int, int]
"""A surface, and its offsets in the text."""


class Analyzer(Protocol):
    """Text to terms. Pure: the same text always gives the same tokens."""

    version: str
    """Changes whenever any text could give other tokens; part of a generation's manifest."""

    def tokens(self, text: str) -> list[Token]:
        """Every word of `text`, in order, stop words included."""
        ...

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Offsets of the same words: the tokenizer alone."""
        ...

    def surface(self, word: str) -> str:
        """The surface of a word as written: the folding alone."""
        ...

    def surfaces(self, text: str) -> list[str]:
        """The surfaces alone, for indexing at speed: equal to those of `tokens(text)`."""
        ...

    def located(self, text: str) -> tuple[list[str], SpanOf]:
        """The surfaces, and where to find the n-th: for marking a few words of many at speed."""
        ...

    def beginning(self, texts: Sequence[str], beginnings: Sequence[str]) -> list[list[Place]]:
        """For each text the words whose surface begins with any of `beginnings`, in order.

        Equal to choosing them from `tokens(text)`, and 20 times as fast where they are few.
        """
        ...

    def stems(self, surfaces: Iterable[str]) -> list[str]:
        """The stem of each surface, in order."""
        ...

    def stem(self, surface: str) -> str:
        """The stem of a folded surface (by script, so that no language need be known)."""
        ...

    def is_stop_word(self, surface: str) -> bool:
        """Is this a word so common that a bag-of-words query ignores it beside others?"""
        ...
