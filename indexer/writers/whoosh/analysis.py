"""Analysis: the product's analyzer as Whoosh composes one, of a tokenizer and filters.

The chain is `WordTokenizer | FoldingFilter | StemFilter`. A token's text is a surface, because the
terms of `title` and `text` are surfaces: prefixes, words by distance and regular expressions then
look at words as people write them. Its stem stands beside the text, where the writer groups
postings by it and a question finds all spellings of a word.

There is one definition of a word: the bulk methods of `WordAnalyzer`, which write an index, are
those of `indexer.analysis`, and the parts of the chain call the same tokenizer, folding and
stemmer word by word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import CompositeAnalyzer, Filter, Token, Tokenizer

from indexer.analysis.types import Analyzer


class WordTokenizer(Tokenizer):
    """NLTK's tokenizer interface as a Whoosh tokenizer."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._spans = analyzer.spans

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        start_pos: int = 0,
        start_char: int = 0,
        **options: Any,
    ) -> Iterator[Token]:
        token = Token(positions, chars, **options)
        for number, (start, end) in enumerate(self._spans(value), start_pos):
            token.text = token.original = value[start:end]
            token.stopped = False
            token.pos = number
            token.startchar, token.endchar = start_char + start, start_char + end
            yield token


class FoldingFilter(Filter):
    """Makes the text of each token its surface: case, accents, apostrophes."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._surface = analyzer.surface

    def __call__(self, tokens: Iterator[Token]) -> Iterator[Token]:
        for token in tokens:
            token.text = self._surface(token.text)
            yield token


class StemFilter(Filter):
    """Gives each token its stem, of Snowball: `token.stem`. Its text stays the surface."""

    is_morph = True

    def __init__(self, analyzer: Analyzer) -> None:
        self._stem = analyzer.stem

    def __call__(self, tokens: Iterator[Token]) -> Iterator[Token]:
        for token in tokens:
            token.stem = self._stem(token.text)
            yield token


class WordAnalyzer(CompositeAnalyzer):
    """The analyzer of the schema.

    Attributes:
        version, surfaces, stems: as of `indexer.analysis.types.Analyzer`; what an index is
            written with.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        super().__init__(WordTokenizer(analyzer), FoldingFilter(analyzer), StemFilter(analyzer))
        self.version = analyzer.version
        self.surfaces = analyzer.surfaces
        self.stems = analyzer.stems
