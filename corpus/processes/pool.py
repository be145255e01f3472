"""Pool: which results have many items, worked on at once in processes of this machine?

An item that ends the process that works on it, or takes forever, is lost alone: what was under way
beside it is done again.
"""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from typing import Generic, TypeVar

from corpus.errors import OutOfTime, listen
from corpus.processes.starting import (
    ENDED,
    NO_START,
    TRIES,
    Lost,
    begin,
    context_for,
    no_start,
    out_of_time,
)
from corpus.terminal import uninterrupted

Item = TypeVar("Item")
Result = TypeVar("Result")

_PAUSE = 0.3
"""Seconds until what was killed is seen to have ended, so that another takes its place."""
TASKS_AHEAD = 2
"""Tasks that wait for each process: enough to keep it busy while the parent writes."""


class Pool(AbstractContextManager["Pool[Item, Result]"], Generic[Item, Result]):
    """Processes that do one kind of work. A context manager; the first task starts them.

    Args:
        work: from an item to its result; a function of a module, or a `partial` of one, so that
            another process can find it. It answers for its own exceptions.
        processes: how many.
        patience: seconds for one item, after which it is given up; counted anew whenever the work
            says `underway`.
        memory: bytes of addresses that one process may have; None for no limit. An item that asks
            for more gets a `MemoryError`, and costs no other program its memory.
    """

    def __init__(
        self,
        work: Callable[[Item], Result],
        *,
        processes: int,
        patience: float,
        memory: int | None = None,
    ) -> None:
        self._work = work
        self._processes = processes
        self._patience = patience
        self._memory = memory
        self._executor = self._started()

    def close(self) -> None:
        """Ends the processes; what is under way is finished, what waits is not begun."""
        self._executor.shutdown(wait=True, cancel_futures=True)

    def __exit__(self, *_error: object) -> None:
        self.close()

    def results(self, tasks: Iterable[Sequence[Item]]) -> Iterator[list[Result | Lost]]:
        """The results of each task, in order; `Lost` in place of that of an item that is lost.

        Args:
            tasks: items that travel together: one trip to another process costs about 0.2 ms. They
                are asked for as results are taken, a bounded number ahead.
        """
        under_way: deque[tuple[Sequence[Item], Future[list[Result | Lost]]]] = deque()
        for task in tasks:
            under_way.append((task, self._send(task)))
            while len(under_way) > TASKS_AHEAD * self._processes:
                yield self._next(under_way)
        while under_way:
            yield self._next(under_way)

    def _next(
        self, under_way: deque[tuple[Sequence[Item], Future[list[Result | Lost]]]]
    ) -> list[Result | Lost]:
        """The results of the oldest task, waited for."""
        task, future = under_way.popleft()
        try:
            return future.result()
        except (BrokenProcessPool, CancelledError):
            results = self._one_by_one(task)
        again = [(task, self._send(task)) for task, _ in under_way]
        under_way.clear()
        under_way.extend(again)
        return results

    def _one_by_one(self, task: Sequence[Item]) -> list[Result | Lost]:
        """The same with nothing else under way, so that it shows which item ends the process."""
        results: list[Result | Lost] = []
        self._replace()
        for item in task:
            try:
                results += self._send([item]).result()
            except BrokenProcessPool:
                self._replace()
                results.append(ENDED)
        return results

    def _send(self, task: Sequence[Item]) -> Future[list[Result | Lost]]:
        if not task:
            done: Future[list[Result | Lost]] = Future()
            done.set_result([])
            return done
        for tries_left in reversed(range(TRIES)):
            try:
                with uninterrupted():  # the first task starts the processes
                    return self._executor.submit(_do, self._work, task, self._patience)
            except BrokenProcessPool as error:
                broken: Future[list[Result | Lost]] = Future()
                broken.set_exception(error)
                return broken
            except NO_START as error:
                if not tries_left:
                    raise no_start() from error
                time.sleep(_PAUSE)
                self._replace()
        raise AssertionError("the last try returns or raises")

    def _replace(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._started()

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._processes,
            mp_context=context_for(self._work),
            initializer=_begin_tasks,
            initargs=(self._memory, self._patience),
        )


def _begin_tasks(memory: int | None, patience: float) -> None:
    begin(memory)
    if hasattr(signal, "setitimer"):
        listen(lambda: signal.setitimer(signal.ITIMER_REAL, patience) and None)


def _do(
    work: Callable[[Item], Result], task: Sequence[Item], patience: float
) -> list[Result | Lost]:
    return [_do_in_time(work, item, patience) for item in task]


def _do_in_time(work: Callable[[Item], Result], item: Item, patience: float) -> Result | Lost:
    if not hasattr(signal, "setitimer"):  # not on this system
        return work(item)
    try:
        signal.setitimer(signal.ITIMER_REAL, patience)
        try:
            return work(item)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except OutOfTime:
        return out_of_time(patience)
