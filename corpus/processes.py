"""Processes: many items worked on at once, results in order, and a bad item costs itself alone.

Cleaning and analysis are done in other processes. An item that ends the process that works on it (a
fault in a parser written in C, memory used up) or that takes forever is lost alone: what was under
way beside it is done again. Ctrl-C reaches the process that a person started, never those that work
for it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from functools import partial
from typing import Generic, TypeVar

from corpus.terminal import uninterrupted

try:
    import resource
except ImportError:  # not on this system
    resource = None  # type: ignore[assignment]

Item = TypeVar("Item")
Result = TypeVar("Result")

TASKS_AHEAD = 2
"""Tasks that wait for each process: enough to keep it busy while the parent writes."""


class Lost(str):
    """Why an item has no result, for a person: its process ended, or its time was up."""

    __slots__ = ()


ENDED = Lost("ended the process (memory used up, or a fault in a library)")


def out_of_time(patience: float) -> Lost:
    return Lost(f"took more than {patience:g} s")


def available_cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


class Pool(AbstractContextManager["Pool[Item, Result]"], Generic[Item, Result]):
    """Processes that do one kind of work. A context manager; the first task starts them.

    Args:
        work: from an item to its result; a function of a module, or a `partial` of one, so that
            another process can find it. It answers for its own exceptions.
        processes: how many.
        patience: seconds for one item, after which it is given up.
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
        except BrokenProcessPool:
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
        try:
            with uninterrupted():  # the first task starts the processes
                return self._executor.submit(_do, self._work, task, self._patience)
        except BrokenProcessPool as error:
            broken: Future[list[Result | Lost]] = Future()
            broken.set_exception(error)
            return broken

    def _replace(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._started()

    def _started(self) -> ProcessPoolExecutor:
        # Never plain fork: a copy of an open SQLite connection, or of the lock of the generations,
        # may not be carried into a child.
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            # What the work needs is imported once, so that a process that takes the place of a
            # killed one begins at once.
            function = self._work.func if isinstance(self._work, partial) else self._work
            context.set_forkserver_preload([function.__module__])
        return ProcessPoolExecutor(
            self._processes, mp_context=context, initializer=_begin, initargs=(self._memory,)
        )


def _begin(memory: int | None) -> None:
    """Prepares a process: it leaves interrupts to its parent, and ends with it."""
    if memory is not None and resource is not None:
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        allowed = memory if most == resource.RLIM_INFINITY else min(memory, most)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, most))
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
    except _OutOfTime:
        return out_of_time(patience)


def _ring(*_signal: object) -> None:
    raise _OutOfTime
