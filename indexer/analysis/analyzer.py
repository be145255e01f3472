"""Analyzer: the one of the product, made of tokenizer, folding, stemmer and stop words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

from indexer import versions
from indexer.analysis.acronyms import surface_of
from indexer.analysis.finding import words_beginning
from indexer.analysis.folding import fold
from indexer.analysis.stemming import stem_of
from indexer.analysis.tokenizer import WordTokenizer
from indexer.analysis.types import Analyzer, Place, SpanOf, Token

_REMEMBERED = 1 << 19  # word forms: about 100 MB at the most, and few corpora have more in use


@cache
def analyzer() -> Analyzer:
    """The analyzer, made once a process; safe to share between threads."""
    return NltkAnalyzer()


class _Memo(dict[str, str]):
    """Remembers a function of words: texts repeat their words a hundred times over."""

    def __init__(self, function: Callable[[str], str]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, word: str) -> str:
        value = self._function(word)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = value
        return value


class NltkAnalyzer:
    """Implements `Analyzer` over NLTK's tokenizer interface and Snowball stemmers."""

    def __init__(self) -> None:
        self.version = versions.words()
        self._tokenizer = WordTokenizer()
        self._folded = _Memo(surface_of)
        self._stems = _Memo(stem_of)
        self._stop_words = _read_stop_words()

    def tokens(self, text: str) -> list[Token]:
        """Every word of `text`, in order, stop words included."""
        folded, stems = self._folded, self._stems
        spans = self._tokenizer.span_tokenize(text)
        surfaces = ((folded[text[start:end]], start, end) for start, end in spans)
        return [
            Token(surface, stems[surface], start, end, position)
            for position, (surface, start, end) in enumerate(surfaces)
        ]

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Offsets of the same words: the tokenizer alone."""
        return self._tokenizer.span_tokenize(text)

    def surface(self, word: str) -> str:
        """The surface of a word as written: the folding alone."""
        return self._folded[word]

    def surfaces(self, text: str) -> list[str]:
        """The surfaces alone: 2 to 4 million words a second on one core."""
        return list(map(self._folded.__getitem__, self._tokenizer.tokenize(text)))

    def located(self, text: str) -> tuple[list[str], SpanOf]:
        """The surfaces, and where to find the n-th: in a third of the time of `tokens`."""
        matches = self._tokenizer.matches(text)
        surfaces = list(map(self._folded.__getitem__, map(re.Match.group, matches)))
        return surfaces, lambda number: matches[number].span()

    def beginning(self, texts: Sequence[str], beginnings: Sequence[str]) -> list[list[Place]]:
        """For each text the words whose surface begins with any of some folded strings."""
        return words_beginning(texts, beginnings, self._folded.__getitem__, self._places)

    def _places(self, text: str) -> list[Place]:
        folded = self._folded
        spans = self._tokenizer.span_tokenize(text)
        return [(folded[text[start:end]], start, end) for start, end in spans]

    def stems(self, surfaces: Iterable[str]) -> list[str]:
        """The stem of each surface, in order."""
        return list(map(self._stems.__getitem__, surfaces))

    def stem(self, surface: str) -> str:
        """The stem of a folded surface."""
        return self._stems[surface]

    def is_stop_word(self, surface: str) -> bool:
        """Is this folded surface in `stop_words.txt`?"""
        return surface in self._stop_words


def _read_stop_words() -> frozenset[str]:
    text = files(__package__).joinpath("stop_words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(fold(word) for line in lines for word in line.split())
