"""How are many articles analyzed at once? Worker processes, and results in the order asked for.

Workers are spawned, not forked: a forked one would hold the lock of the generations after a killed
rebuild. They end with their parent, however that ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from corpus.article import Article
from corpus.closing import Closing
from corpus.errors import StorageError
from corpus.interrupts import uninterrupted
from indexer.articles.analysis import analyze, encode
from indexer.entities import SHIPPED

_WORTH_A_PROCESS = 64  # articles; starting a worker takes as long as analyzing about so many
_TASK = 16  # articles handed over at a time
_AHEAD = 4  # tasks a worker has waiting


class Analyzed(NamedTuple):
    """The result for one article.

    Attributes:
        found: the encoded analysis, or None when analysis failed.
        failure: why it failed, else empty.
    """

    found: bytes | None
    failure: str


class Workers(Closing):
    """Analyzes articles in up to `processes` processes, their names by `tagger`. A context
    manager.
    """

    def __init__(self, processes: int, tagger: str = SHIPPED) -> None:
        self._processes = processes
        self._tagger = tagger
        self._pool: ProcessPoolExecutor | None = None

    def analyze(self, articles: Sequence[Article]) -> Iterator[Analyzed]:
        """The results for `articles`, in their order.

        Raises:
            StorageError: a worker was killed, most likely for want of memory.
        """
        tasks = [
            [(a.language, a.title, a.reading) for a in articles[at : at + _TASK]]
            for at in range(0, len(articles), _TASK)
        ]
        if self._processes == 1 or (self._pool is None and len(articles) < _WORTH_A_PROCESS):
            for task in tasks:
                yield from _analyze_all(task, self._tagger)
            return
        self._pool = self._pool or self._started()
        waiting: deque[Future[list[Analyzed]]] = deque()
        try:
            for task in tasks:
                with uninterrupted():  # the first task starts the processes
                    waiting.append(self._pool.submit(_analyze_all, task, self._tagger))
                if len(waiting) > self._processes * _AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool:
            raise StorageError(
                "a worker process was killed, most likely for want of memory",
                advice="Run the command again with `--processes 1`; nothing done so far is lost",
            ) from None

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_prepare_worker,
        )

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _analyze_all(task: Sequence[tuple[str, str, str]], tagger: str) -> list[Analyzed]:
    return [_analyze_one(*article, tagger) for article in task]


def _analyze_one(language: str, title: str, text: str, tagger: str) -> Analyzed:
    try:
        found = encode(analyze(language=language, title=title, text=text, tagger=tagger))
    except Exception as error:  # noqa: BLE001 - whatever one text does, the others go on; it is listed
        return Analyzed(None, f"{type(error).__name__}: {error}")
    return Analyzed(found, "")


def _prepare_worker() -> None:
    """Leaves interrupts to the parent, and ends when it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def end_with_parent() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()
