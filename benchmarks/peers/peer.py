"""What a peer must do to be measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Protocol

from benchmarks.questions import Question
from indexer.analysis import analyzer
from indexer.document import IndexDocument

PAGE_FACETS = ("person", "org", "place", "outlet")
FACET_SIZE = 20
HITS = 10


@dataclass(frozen=True, slots=True)
class Found:
    """The first hits, as the engine addresses them, and how many there are."""

    first: tuple[Any, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Page:
    """A faceted page: enough of it to tell that the work was done."""

    total: int
    facets: tuple[tuple[tuple[str, int], ...], ...]
    months: int
    snippets: tuple[str, ...]


class Peer(Protocol):
    """One engine over one folder.

    Attributes:
        name: in the tables.
        kinds_missing: classes of questions that it cannot answer.
    """

    name: ClassVar[str]
    kinds_missing: ClassVar[frozenset[str]]

    def build(self, folder: Path, documents: Iterable[IndexDocument]) -> None:
        """Makes an index in an empty folder, with one thread."""
        ...

    def open(self, folder: Path) -> None:
        """Makes ready to answer."""
        ...

    def find(self, question: Question) -> Found:
        """The first ten hits and the total."""
        ...

    def ids(self, found: Found) -> list[str]:
        """The public ids of the first hits: what an answer is good for."""
        ...

    def ranked(self, question: Question, limit: int) -> list[int]:
        """The first `limit` hits as numbers of articles, best first; not timed."""
        ...

    def page(self, question: Question) -> Page:
        """First ten hits with snippets, four facets of twenty values, counts by month."""
        ...

    def close(self) -> None:
        """Lets go of files."""
        ...


def stems(text: str) -> str:
    """The words of a text as stems with spaces between."""
    return _stems(text)


@lru_cache(maxsize=4)
def _stems(text: str) -> str:
    words = analyzer()
    return " ".join(map(words.stem, words.surfaces(text)))


def surfaces(document: IndexDocument) -> str:
    """All surfaces of an article, for prefix and fuzzy questions."""
    words = analyzer()
    return " ".join([*words.surfaces(document.title), *words.surfaces(document.text)])


def month_of(document: IndexDocument) -> int:
    """Months since the year 0; -1 when undated."""
    if document.published is None:
        return -1
    day = document.published.earliest
    return day.year * 12 + day.month - 1
