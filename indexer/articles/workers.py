"""Workers: articles analyzed in other processes, results in the order asked for.

An article whose analysis ends its process, or never ends, costs its names alone: it is indexed with
its text, flagged `not_analyzed`, and listed by the rebuild.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import NamedTuple

from corpus.article import Article
from corpus.processes import Lost, Pool
from indexer.articles.analysis import analyze, encode
from indexer.entities import SHIPPED

PATIENCE = 300.0
"""Seconds for one article: a million characters, a book and no article, take 17 of them."""

_WORTH_A_PROCESS = 64  # articles; starting a worker takes as long as analyzing about so many
_TASK = 16  # articles handed over at a time

Readable = tuple[str, str, str]
"""What of an article is analyzed: language, title, text."""


class Analyzed(NamedTuple):
    """The result for one article.

    Attributes:
        found: the encoded analysis, or None when analysis failed.
        failure: why it failed, else empty.
        is_lost: whether it ended its process, or never ended.
    """

    found: bytes | None
    failure: str
    is_lost: bool = False


def analyze_one(tagger: str, article: Readable) -> Analyzed:
    """Analyzes one article; whatever its text does to our code is its failure."""
    language, title, text = article
    try:
        found = encode(analyze(language=language, title=title, text=text, tagger=tagger))
    except Exception as error:  # noqa: BLE001 - whatever one text does, the others go on; it is listed
        return Analyzed(None, f"{type(error).__name__}: {error}")
    return Analyzed(found, "")


class Workers(AbstractContextManager["Workers"]):
    """Analyzes articles in up to `processes` processes, their names by `tagger`. A context
    manager.

    Args:
        work: from the name of a tagger and an article to its result; a function of a module.
    """

    def __init__(
        self,
        processes: int,
        tagger: str = SHIPPED,
        *,
        patience: float = PATIENCE,
        work: Callable[[str, Readable], Analyzed] = analyze_one,
    ) -> None:
        self._processes = processes
        self._patience = patience
        self._work = partial(work, tagger)
        self._pool: Pool[Readable, Analyzed] | None = None

    def analyze(self, articles: Sequence[Article], *, apart: bool = False) -> Iterator[Analyzed]:
        """The results for `articles`, in their order.

        Args:
            apart: never in this process, though they be few or there be one process: one of them
                may end it.
        """
        readable = [(a.language, a.title, a.reading) for a in articles]
        few = self._processes == 1 or (self._pool is None and len(articles) < _WORTH_A_PROCESS)
        if few and not apart:
            yield from map(self._work, readable)
            return
        if self._pool is None:
            self._pool = Pool(self._work, processes=self._processes, patience=self._patience)
        tasks = (readable[at : at + _TASK] for at in range(0, len(readable), _TASK))
        for results in self._pool.results(tasks):
            for result in results:
                yield (
                    Analyzed(None, f"analyzing it {result}", is_lost=True)
                    if isinstance(result, Lost)
                    else result
                )

    def close(self) -> None:
        if self._pool is not None:
            self._pool.close()

    def __exit__(self, *_error: object) -> None:
        self.close()
