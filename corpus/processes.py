"""Processes: many items worked on at once, results in order, and a bad item costs itself alone.

Reading, cleaning and analysis are done in other processes. An item that ends the process that works
on it (a fault in a parser written in C, memory used up) or that takes forever is lost alone: what
was under way beside it is done again. Ctrl-C reaches the process that a person started, never those
that work for it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, suppress
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from corpus.errors import OutOfTime, listen
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
        return ProcessPoolExecutor(
            self._processes,
            mp_context=_context(self._work),
            initializer=_begin,
            initargs=(self._memory,),
        )


def _context(work: Callable[..., object]) -> BaseContext:
    """How processes for some work are started.

    Never by plain fork: a copy of an open SQLite connection, or of the lock of the generations, may
    not be carried into a child.
    """
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        # What the work needs is imported once, so that a process that takes the place of a killed
        # one begins at once.
        function = work.func if isinstance(work, partial) else work
        context.set_forkserver_preload([function.__module__])
    return context


class Feeder(AbstractContextManager["Feeder[Item, Result]"], Generic[Item, Result]):
    """One process that gives many results for an item, one after the other. A context manager; the
    first item starts it.

    Args:
        work: from an item to its results; a function of a module. Where it is out of time it may
            catch `OutOfTime`, give a result in place of the one that took so long, and go on.
        patience: seconds for one result, counted anew whenever the work says `underway`.
        memory: bytes of addresses that it may have; None for no limit.
    """

    def __init__(
        self, work: Callable[[Item], Iterable[Result]], *, patience: float, memory: int | None
    ) -> None:
        self._work = work
        self._patience = patience
        self._memory = memory
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def close(self) -> None:
        """Ends the process, whatever it does."""
        if self._process is not None and self._connection is not None:
            self._process.kill()
            self._process.join()
            self._connection.close()
            self._process = None

    def __exit__(self, *_error: object) -> None:
        self.close()

    def results(self, item: Item) -> Iterator[Result | Lost]:
        """The results of one item. Where the process ended or could not be stopped in time, the
        last of them is `Lost`.

        Raises:
            Exception: what the work raised.
        """
        connection = self._begun()
        lost = None
        try:
            connection.send(item)
            while lost is None:
                if not connection.poll(2 * self._patience + _GRACE):
                    lost = out_of_time(self._patience)
                    break
                kind, value = connection.recv()
                if kind == _RAISED:
                    raise value
                if kind == _ENDED:
                    return
                if kind == _RESULT:
                    yield value
        except (EOFError, ConnectionError):
            lost = ENDED
        except GeneratorExit:
            self.close()  # it is amid an item that nobody wants
            raise
        self.close()
        assert lost is not None
        yield lost

    def _begun(self) -> Connection:
        if self._process is None or self._connection is None:
            context = _context(self._work)
            self._connection, theirs = multiprocessing.Pipe()
            with uninterrupted():
                process = context.Process(  # type: ignore[attr-defined] # of each kind of context
                    target=_feed, args=(theirs, self._work, self._patience, self._memory)
                )
                process.start()
            theirs.close()
            self._process = process
        return self._connection


_RESULT, _ENDED, _RAISED, _UNDERWAY = range(4)
_GRACE = 5.0
_BEAT = 1.0


def _feed(
    connection: Connection,
    work: Callable[[Item], Iterable[Result]],
    patience: float,
    memory: int | None,
) -> None:
    _begin(memory)
    has_alarm = hasattr(signal, "setitimer")
    told = time.monotonic()

    def alarm(seconds: float) -> None:
        if has_alarm:
            # again and again: a library may keep the first one to itself
            signal.setitimer(signal.ITIMER_REAL, seconds, _BEAT if seconds else 0)

    def tell() -> None:
        nonlocal told
        alarm(patience)
        if time.monotonic() - told > _BEAT:
            alarm(0)
            connection.send((_UNDERWAY, None))
            told = time.monotonic()
            alarm(patience)

    listen(tell)
    with suppress(EOFError):  # the other process needs no more
        while True:
            item = connection.recv()
            try:
                for result in _one_at_a_time(iter(work(item)), patience, alarm):
                    connection.send((_RESULT, result))
            except Exception as error:  # noqa: BLE001 - raised again where it was asked for
                connection.send((_RAISED, error))
            else:
                connection.send((_ENDED, None))


def _one_at_a_time(
    results: Iterator[Result], patience: float, alarm: Callable[[float], None]
) -> Iterator[Result]:
    """The same, with so much time for each, and none counted while it is sent."""
    while True:
        alarm(patience)
        try:
            result = next(results, _NONE)
        finally:
            alarm(0)
        if result is _NONE:
            return
        yield result


_NONE: Any = object()


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


def _ring(*_signal: object) -> None:
    raise OutOfTime
