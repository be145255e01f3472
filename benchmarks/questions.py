"""Which questions are asked? Drawn from the articles themselves, by class, the same every run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from indexer.analysis import analyzer
from indexer.document import IndexDocument
from search.language.query import And, DateRange, Fuzzy, Or, Phrase, Prefix, Query, Term

Random = np.random.Generator
CLASSES = (
    "rare term", "medium term", "common term", "2-3 term AND", "3-5 term OR", "phrase", "prefix",
    "fuzzy", "date range + OR", "faceted page, OR", "faceted page, AND",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """One question, as a tree of index terms and as a person would type it.

    Attributes:
        words: its surfaces. dates: the range of days, where its class has one.
    """

    kind: str
    query: Query
    words: tuple[str, ...]
    dates: tuple[date, date] | None = None

    @property
    def text(self) -> str:
        """In the query language."""
        return (" OR " if isinstance(self.query, Or) else " ").join(self.words)

    @property
    def is_page(self) -> bool:
        return self.kind.startswith("faceted page")


def questions(sample: Sequence[IndexDocument], each: int, *, seed: int = 7) -> list[Question]:
    """`each` questions of every class.

    Args:
        sample: articles of the index, a few thousand; frequencies are estimated from them.
    """
    return _Drawing(sample, np.random.Generator(np.random.PCG64(seed))).all(each)


class _Drawing:
    def __init__(self, sample: Sequence[IndexDocument], random: Random) -> None:
        self._random = random
        self._texts = [analyzer().surfaces(document.text) for document in sample]
        articles = Counter[str]()
        for words in self._texts:
            articles.update(set(words))
        usable = {
            word: count / len(sample)
            for word, count in articles.items()
            if word.isascii() and word.isalpha() and len(word) > 3
            and not analyzer().is_stop_word(word)
        }  # fmt: skip
        self._share = usable
        self._rare = self._between(0, 3 / len(sample))
        self._medium = self._between(0.003, 0.03)
        self._common = self._between(0.08, 1.0)

    def all(self, each: int) -> list[Question]:
        makers: dict[str, Callable[[], Question]] = {
            "rare term": lambda: self._term("rare term", self._rare),
            "medium term": lambda: self._term("medium term", self._medium),
            "common term": lambda: self._term("common term", self._common),
            "2-3 term AND": lambda: self._and("2-3 term AND"),
            "3-5 term OR": lambda: self._or("3-5 term OR"),
            "phrase": self._phrase,
            "prefix": self._prefix,
            "fuzzy": self._fuzzy,
            "date range + OR": self._dated,
            "faceted page, OR": lambda: self._or("faceted page, OR"),
            "faceted page, AND": lambda: self._and("faceted page, AND"),
        }
        return [makers[kind]() for kind in CLASSES for _ in range(each)]

    def _between(self, low: float, high: float) -> list[str]:
        return sorted(word for word, share in self._share.items() if low < share <= high)

    def _one(self, words: Sequence[str]) -> str:
        return words[int(self._random.integers(len(words)))]

    def _text(self) -> list[str]:
        return self._texts[int(self._random.integers(len(self._texts)))]

    def _together(self, count: int) -> tuple[str, ...]:
        """Different usable words of one article, none of them rare."""
        while True:
            fit = sorted({word for word in self._text() if self._share.get(word, 0) > 0.002})
            if len(fit) >= count:
                return tuple(self._random.choice(fit, size=count, replace=False).tolist())

    def _term(self, kind: str, words: Sequence[str]) -> Question:
        word = self._one(words)
        return Question(kind, _term(word), (word,))

    def _and(self, kind: str) -> Question:
        words = self._together(int(self._random.integers(2, 4)))
        return Question(kind, And(tuple(map(_term, words))), words)

    def _or(self, kind: str) -> Question:
        words = self._together(int(self._random.integers(3, 6)))
        return Question(kind, Or(tuple(map(_term, words))), words)

    def _dated(self) -> Question:
        drawn = self._or("date range + OR")
        start = date.fromordinal(int(self._random.integers(735_000, 739_000)))
        end = date.fromordinal(start.toordinal() + 365)
        query = And((drawn.query, DateRange("published", start, end)))
        return Question(drawn.kind, query, drawn.words, (start, end))

    def _phrase(self) -> Question:
        while True:
            words, length = self._text(), int(self._random.integers(2, 4))
            at = int(self._random.integers(max(1, len(words) - length)))
            chosen = tuple(words[at : at + length])
            if len(chosen) == length and all(self._share.get(word, 0) > 0.001 for word in chosen):
                stems = tuple(analyzer().stem(word) for word in chosen)
                return Question("phrase", Phrase(stems), chosen)

    def _prefix(self) -> Question:
        word = self._one(self._medium)[:5]
        return Question("prefix", Prefix(word), (word,))

    def _fuzzy(self) -> Question:
        long = [word for word in self._medium if len(word) > 6]
        word = self._one(long or self._medium)  # made-up words are short
        at = int(self._random.integers(1, len(word) - 1))
        typed = word[:at] + word[at + 1 :]
        return Question("fuzzy", Fuzzy(typed, 1), (typed,))


def _term(word: str) -> Term:
    return Term(analyzer().stem(word))
