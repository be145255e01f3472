"""How are many documents cleaned at once? In other processes, in order, a bounded number at a time.

A document that ends its process (a fault in a parser written in C, memory used up) costs itself
alone: its neighbors are cleaned again, one at a time.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Generic, TypeVar

from corpus.article import Article, RawDocument
from corpus.closing import Closing
from corpus.errors import InputError, UnreadableInput
from corpus.interrupts import uninterrupted

Clean = Callable[[RawDocument], Article]
Cleaned = Article | InputError
Item = TypeVar("Item")

_BATCH_BYTES = 512 << 10
_BATCH_EVENTS = 32
"""Small documents travel together: one trip to another process costs about 0.2 ms."""

PATIENCE = 60.0
"""Seconds for one document: the longest pages, of 50 MB, take about ten."""

_BATCHES_AHEAD = 2
"""Batches that wait for each process: enough to keep it busy while the parent writes."""


def cleaned(
    events: Iterable[Item], clean: Clean, *, processes: int, patience: float = PATIENCE
) -> Generator[tuple[Item, Cleaned | None], None, None]:
    """Each event with what cleaning it gave, in their order.

    Args:
        events: documents, and anything else that must keep its place among them.
        clean: a function of a module, so that another process can find it.
        processes: how many processes clean; with 1, this one does, without a limit of time.
        patience: seconds after which a document is given up.

    Yields:
        A document with its article or error; any other event with None.
    """
    if processes == 1:
        for event in events:
            yield event, attempt(clean, event) if isinstance(event, RawDocument) else None
        return
    with _Crew[Item](clean, processes, patience) as crew:
        for batch in _batches(events):
            crew.submit(batch)
            while crew.is_full:
                yield from crew.next_batch()
        while crew.has_work:
            yield from crew.next_batch()


def attempt(clean: Clean, raw: RawDocument) -> Cleaned:
    """The article of a document, or the error that it costs."""
    try:
        return clean(raw)
    except InputError as error:
        return error
    except Exception as error:  # noqa: BLE001 - a fault of ours must not cost the other documents
        return UnreadableInput(
            f"the cleaner failed on it ({type(error).__name__}: {error})",
            where=raw.locator,
            advice="Please report it with the page: the original is kept",
        )


class _Crew(Closing, Generic[Item]):
    """Processes that clean, and the batches that are under way."""

    def __init__(self, clean: Clean, processes: int, patience: float) -> None:
        self._patience = patience
        self._clean = clean
        self._processes = processes
        self._pool = self._hire()
        self._under_way: deque[tuple[list[Item], Future[list[Cleaned]]]] = deque()

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    @property
    def is_full(self) -> bool:
        return len(self._under_way) > _BATCHES_AHEAD * self._processes

    @property
    def has_work(self) -> bool:
        return bool(self._under_way)

    def submit(self, batch: list[Item]) -> None:
        self._under_way.append((batch, self._send(_documents(batch))))

    def next_batch(self) -> Iterator[tuple[Item, Cleaned | None]]:
        """The oldest batch, waited for."""
        batch, future = self._under_way.popleft()
        try:
            results = iter(future.result())
        except BrokenProcessPool:
            results = iter(self._one_by_one(_documents(batch)))
        for event in batch:
            yield event, next(results) if isinstance(event, RawDocument) else None

    def _one_by_one(self, documents: list[RawDocument]) -> list[Cleaned]:
        results: list[Cleaned] = []
        self._replace_pool()
        for raw in documents:
            try:
                results += self._send([raw]).result()
            except BrokenProcessPool:
                self._replace_pool()
                results.append(
                    UnreadableInput(
                        "cleaning it ended the process (memory used up, or a fault in a parser)",
                        where=raw.locator,
                        advice="Please report it with the page: the original is kept",
                    )
                )
        self._under_way = deque(
            (batch, self._send(_documents(batch))) for batch, _ in self._under_way
        )
        return results

    def _send(self, documents: list[RawDocument]) -> Future[list[Cleaned]]:
        if not documents:
            done: Future[list[Cleaned]] = Future()
            done.set_result([])
            return done
        try:
            with uninterrupted():  # the first task starts the processes
                return self._pool.submit(_clean_batch, self._clean, documents, self._patience)
        except BrokenProcessPool as error:
            broken: Future[list[Cleaned]] = Future()
            broken.set_exception(error)
            return broken

    def _replace_pool(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._hire()

    def _hire(self) -> ProcessPoolExecutor:
        # Never plain fork: a copy of an open SQLite connection may not be carried into a child.
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        return ProcessPoolExecutor(self._processes, mp_context=context, initializer=_begin)


def _batches(events: Iterable[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    size = 0
    for event in events:
        batch.append(event)
        size += len(event.content) if isinstance(event, RawDocument) else 0
        if len(batch) >= _BATCH_EVENTS or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _documents(batch: list[Item]) -> list[RawDocument]:
    return [event for event in batch if isinstance(event, RawDocument)]


def _begin() -> None:
    """Prepares a cleaning process: it leaves interrupts to its parent, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _ring)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class _OutOfTime(BaseException):
    """Raised by the alarm; no `except Exception` on the way may keep it."""


def _clean_batch(clean: Clean, documents: list[RawDocument], patience: float) -> list[Cleaned]:
    return [_attempt_in_time(clean, raw, patience) for raw in documents]


def _attempt_in_time(clean: Clean, raw: RawDocument, patience: float) -> Cleaned:
    if not hasattr(signal, "setitimer"):  # not on this system
        return attempt(clean, raw)
    try:
        signal.setitimer(signal.ITIMER_REAL, patience)
        try:
            return attempt(clean, raw)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except _OutOfTime:
        return UnreadableInput(
            f"cleaning it took more than {patience:g} s",
            where=raw.locator,
            advice="Please report it with the page: the original is kept",
        )


def _ring(*_signal: object) -> None:
    raise _OutOfTime
