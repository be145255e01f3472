"""Feeder: one process that gives many results for an item, one after the other."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from corpus.errors import listen
from corpus.processes.starting import (
    ENDED,
    NO_START,
    Lost,
    begin,
    context_for,
    no_start,
    out_of_time,
)
from corpus.terminal import uninterrupted

Item = TypeVar("Item")
Result = TypeVar("Result")


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
            context = context_for(self._work)
            self._connection, theirs = multiprocessing.Pipe()
            with uninterrupted():
                process = context.Process(  # type: ignore[attr-defined] # of each kind of context
                    target=_feed, args=(theirs, self._work, self._patience, self._memory)
                )
                try:
                    process.start()
                except NO_START as error:
                    raise no_start() from error
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
    begin(memory)
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
