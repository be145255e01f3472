"""Cluster: which results have many items, worked on at once on other machines?

Dask carries the tasks; each of its workers does them as one machine does, in processes of its own
(`Pool`), so that a document that hangs, asks for too much or ends its process costs itself alone
there too. Results come in the order of the tasks. A worker that is lost costs nothing, as Dask
gives its tasks to another. Needs the extra `cluster`; decision 0079.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import pickle
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from importlib.util import find_spec
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from corpus.errors import InvalidParameter, MachineTrouble
from corpus.processes.pool import TASKS_AHEAD, Pool
from corpus.processes.starting import Lost

if TYPE_CHECKING:
    from distributed import Client, Future

Item = TypeVar("Item")
Result = TypeVar("Result")

PREFIX = "dask:"

WITHOUT_WORKERS = 60.0
"""Seconds for which a run waits for workers: as long as a machine takes to start again."""

_LOST = Lost("ended the worker that did it, four times")  # Dask's `allowed-failures`
_ADDRESS = re.compile(r"(?:(?:tcp|tls|ws|wss)://)?(?:\[[0-9A-Fa-f:.]+\]|[^\s/@:?#\[\]]+):(\d{1,5})")
"""Looked at here: of what is none, Dask itself makes an error after waiting for it."""
_LAST_PORT = 65_535
_CONNECT = 10.0
_LOOK = 2.0  # seconds; so often is it seen that the scheduler is still there


class Cluster(AbstractContextManager["Cluster"]):
    """Workers on other machines, behind a scheduler. A context manager.

    Args:
        address: `dask:HOST:PORT`, or with a protocol, `dask:tls://HOST:PORT`.
        without_workers: see `WITHOUT_WORKERS`.

    Raises:
        InvalidParameter: no such address, or the extra `cluster` is not installed.
        MachineTrouble: nothing answers there, or no worker is connected.
    """

    def __init__(self, address: str, *, without_workers: float = WITHOUT_WORKERS) -> None:
        self.address = address
        self.without_workers = without_workers
        self.client = _client(address)
        try:
            self.client.wait_for_workers(1, timeout=without_workers)
        except TimeoutError:
            self.close()
            raise self._trouble("no worker is connected to the scheduler", _START) from None

    def close(self) -> None:
        self.client.close()

    def __exit__(self, *_error: object) -> None:
        self.close()

    def pool(
        self,
        work: Callable[[Item], Result],
        *,
        version: Callable[[], str],
        patience: float,
        memory: int | None = None,
    ) -> ClusterPool[Item, Result]:
        """What does one kind of work there.

        Args:
            work, patience, memory: see `Pool`.
            version: of what the work is done by; a function of a module. A worker where it gives
                something else is refused, as its results would be others.
        """
        return ClusterPool(self, _Work(work, version, version(), patience, memory))

    def cores(self) -> int:
        """How many tasks the workers do at once; 0 without any.

        Raises:
            MachineTrouble: the scheduler is lost.
        """
        try:
            return sum(self.client.ncores().values())
        except OSError:
            raise self.lost() from None

    def lost(self) -> MachineTrouble:
        return self._trouble("the scheduler is lost", _AGAIN)

    def all_lost(self) -> MachineTrouble:
        return self._trouble("all workers are lost", _AGAIN)

    def _trouble(self, what: str, advice: str) -> MachineTrouble:
        return MachineTrouble(what, where=self.address, advice=advice)


_AGAIN = "Start it again, and run the same command: it goes on where it ended"
_START = "Start one on each machine: `dask worker HOST:PORT --no-nanny`"


def connected(address: str | None) -> AbstractContextManager[Cluster | None]:
    """The cluster at an address; None without one.

    Raises: see `Cluster`.
    """
    return Cluster(address) if address else nullcontext()


class _Work(Generic[Item, Result]):
    """One kind of work, as it travels to a worker."""

    def __init__(
        self,
        work: Callable[[Item], Result],
        version: Callable[[], str],
        expected: str,
        patience: float,
        memory: int | None,
    ) -> None:
        self._work = work
        self._version = version
        self._expected = expected
        self._patience = patience
        self._memory = memory

    def do(self, task: Sequence[Item]) -> list[Result | Lost]:
        """The results of one task; called in a thread of a worker.

        Raises:
            MachineTrouble: the worker has another version, or may start no processes.
        """
        if (found := self._version()) != self._expected:
            raise MachineTrouble(
                f"a worker has another version of the program ({found} for {self._expected})",
                where=multiprocessing.current_process().name,
                advice="Install the same release and the same Python on all machines",
            )
        if multiprocessing.current_process().daemon:
            raise MachineTrouble(
                "a worker may start no processes",
                where=multiprocessing.current_process().name,
                advice="Start it with `dask worker HOST:PORT --no-nanny`",
            )
        (results,) = self._pool().results([task])
        return results

    def _pool(self) -> Pool[Item, Result]:
        """That of this thread, kept for the tasks to come; another kind of work ends it."""
        kind = pickle.dumps((self._work, self._patience, self._memory))
        kept = _pools.get(threading.get_ident())
        if kept is not None and kept[0] != kind:
            kept[1].close()
            kept = None
        if kept is None:
            pool = Pool(self._work, processes=1, patience=self._patience, memory=self._memory)
            kept = _pools[threading.get_ident()] = kind, pool
        return kept[1]


_pools: dict[int, tuple[bytes, Pool[Any, Any]]] = {}


def _end_pools() -> None:
    """Ends the processes of a worker; called in it when a run is done."""
    while _pools:
        _pools.popitem()[1][1].close()


class ClusterPool(AbstractContextManager["ClusterPool[Item, Result]"], Generic[Item, Result]):
    """As `Pool`, on the machines of a cluster. A context manager."""

    def __init__(self, cluster: Cluster, work: _Work[Item, Result]) -> None:
        self._cluster = cluster
        self._client = cluster.client
        self._work = work
        self._heard = time.monotonic()

    def results(self, tasks: Iterable[Sequence[Item]]) -> Iterator[list[Result | Lost]]:
        """See `Pool.results`.

        Raises:
            MachineTrouble: the cluster is lost, or a worker is not as it must be.
        """
        under_way: deque[tuple[Sequence[Item], Future]] = deque()
        for task in tasks:
            under_way.append((task, self._send(task)))
            while len(under_way) > TASKS_AHEAD * max(1, self._cluster.cores()):
                yield self._taken(*under_way.popleft())
        while under_way:
            yield self._taken(*under_way.popleft())

    def close(self) -> None:
        """Ends the processes that the workers keep for this work, where these can be reached."""
        if self._client.status == "running":
            with suppress(OSError):  # the scheduler is lost, which was said or no longer matters
                self._client.run(_end_pools, on_error="ignore")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _send(self, task: Sequence[Item]) -> Future:
        return self._client.submit(self._work.do, task, pure=False)

    def _taken(self, task: Sequence[Item], future: Future) -> list[Result | Lost]:
        """The results of one task, waited for."""
        from distributed import KilledWorker  # noqa: PLC0415 - an extra

        try:
            return self._result(future)
        except KilledWorker:
            if len(task) == 1:
                return [_LOST]
        return [self._taken([item], self._send([item]))[0] for item in task]

    def _result(self, future: Future) -> list[Result | Lost]:
        from distributed import CancelledError  # noqa: PLC0415 - an extra

        while True:
            try:
                results: list[Result | Lost] = future.result(timeout=_LOOK)
            except TimeoutError:
                if future.done():  # just now, or what the work raised
                    break
                self._look()
            except (CancelledError, OSError):
                raise self._cluster.lost() from None
            else:
                self._heard = time.monotonic()
                return results
        return cast(list[Result | Lost], future.result())

    def _look(self) -> None:
        """Looks whether tasks can still come to an end."""
        now = time.monotonic()
        if self._cluster.cores():
            self._heard = now
        elif now - self._heard > self._cluster.without_workers:
            raise self._cluster.all_lost()


def _client(address: str) -> Client:
    host = address.removeprefix(PREFIX)
    match = _ADDRESS.fullmatch(host)
    if host == address or match is None or not 0 < int(match[1]) <= _LAST_PORT:
        raise InvalidParameter(
            f"{PREFIX + host.rpartition('@')[2]!r} is no address of workers",
            where="--workers",
            advice="Write dask:HOST:PORT, or dask:tls://HOST:PORT",
        )
    if find_spec("distributed") is None:
        raise InvalidParameter(
            "workers on other machines need the extra `cluster`",
            where="workers",
            advice="Install it: pip install 'dispatches[cluster]'",
        )
    from distributed import Client  # noqa: PLC0415 - an extra

    for name in logging.root.manager.loggerDict:
        if name.startswith("distributed"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what happened is said by us
    try:
        asyncio.run(_greeted(host))
        return Client(host, timeout=_CONNECT, set_as_default=False)
    except (OSError, TimeoutError, MemoryError, ValueError):
        # Dask takes what another program says for a length, of exabytes at times.
        raise MachineTrouble(
            "no scheduler answers",
            where=address,
            advice="Start one (`dask scheduler`), or correct the address",
        ) from None


async def _greeted(host: str) -> None:
    """Looks whether Dask answers there, as its client waits for ever for another program.

    Raises:
        OSError, TimeoutError, MemoryError, ValueError: nothing does, or something else.
    """
    from distributed import Security  # noqa: PLC0415 - an extra
    from distributed.core import connect  # noqa: PLC0415 - as above

    arguments = Security().get_connection_args("client")
    comm = await asyncio.wait_for(connect(host, timeout=_CONNECT, **arguments), _CONNECT)
    await comm.close()
