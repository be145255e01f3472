"""Server processes: granian's, forked from one that has the index open and the loops compiled.

granian reads heads of requests and sends answers without Python, and asks the `gateway`, so that
clients that are slow to do either keep no thread from the others.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import socket
import time
from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from corpus.errors import InvalidParameter
from webui.server import logs
from webui.server.gateway import Gateway, Patience
from webui.server.shared_numbers import SharedNumbers

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_CONNECTIONS = 8192
"""That a process holds open: with fewer, clients that only hold one would keep others out."""
_LOOKS_EVERY = 0.5  # seconds: whether the main process is still there
_GRACE = 10
"""Seconds that requests under way have when the server stops."""


def default_workers() -> int:
    """One a core, at most four: each has its own caches."""
    return max(1, min(4, os.cpu_count() or 1))


def check_free(host: str, port: int) -> int:
    """The port, once it is known that a server could listen there; a free one in place of 0.

    Asked before an index is opened and warmed.

    Raises:
        InvalidParameter: another program listens there, or the address is none of this machine's.
    """
    try:
        family, _, _, _, place = _resolved(host, port)
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(place)
            found: int = trial.getsockname()[1]
    except OSError as error:
        raise InvalidParameter(
            f"cannot listen on {address(host, port)} ({error.strerror or error})",
            where="--port",
            advice="Choose another with --port or --host, or stop what listens there",
        ) from None
    return found


def address(host: str, port: int) -> str:
    """Where a browser finds the server."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def keep_for_good() -> None:
    """Takes what is there out of garbage collection.

    Nothing of it is ever garbage, and looking through it all, once in a thousand requests, stopped
    a process for 100 ms; now 3. What is not touched is not copied between processes either.
    """
    gc.collect()
    gc.freeze()


class Server:
    """Serves one application until it is told to stop.

    The application is made before the workers are forked, so that what it holds in memory is held
    once. There is no access log: an address holds its query.

    Attributes:
        app: what is served.
        ready: called once the server listens.
    """

    def __init__(  # noqa: PLR0913 - one argument an option
        self,
        app: WSGIApplication,
        *,
        host: str,
        port: int,
        workers: int,
        threads: int,
        ready: Callable[[], None],
        proxied: bool = False,
        patience: Patience | None = None,
        log: str = "text",
    ) -> None:
        patience = patience or Patience()
        self.app = app
        self._gateway = Gateway(app, threads=threads, patience=patience, proxied=proxied)
        self.ready = ready
        self._place = _resolved(host, port)[4]
        self._main = os.getpid()
        self._told = SharedNumbers(1)  # 1.0 once a worker has told that the server listens
        self._processes = Granian(
            "dispatches",
            address=str(self._place[0]),
            port=port,
            interface=Interfaces.ASGINL,
            workers=workers,
            backpressure=_CONNECTIONS,
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(header_read_timeout=round(patience.header_seconds * 1000)),
            websockets=False,
            log_level=LogLevels.error,
            log_dictconfig=logs.config(log),
            log_access=False,
            respawn_failed_workers=True,
            workers_kill_timeout=_GRACE,
        )
        self._processes.on_startup(keep_for_good)

    def run(self) -> None:
        """Serves; returns when it was told to stop and the last request has ended."""
        multiprocessing.set_start_method("fork", force=True)  # else each would begin from nothing
        _take_all_handles()
        self._processes.serve(target_loader=self._begun, wrap_loader=False)

    def _begun(self) -> Callable[..., object]:
        """The door to the application, in a worker that begins.

        The first one says when the server listens.
        """
        Thread(target=_end_with, args=(self._main,), daemon=True).start()
        with self._told.changing() as told:
            first = not told[0]
            told[0] = 1.0
        if first:
            Thread(target=self._announce, daemon=True).start()
        return self._gateway.answer

    def _announce(self) -> None:
        while True:
            try:
                socket.create_connection(self._place[:2]).close()
            except ConnectionRefusedError:
                time.sleep(0.01)
            else:
                self.ready()
                return


def _end_with(main: int) -> None:
    """Ends this worker once the main process is gone: killed at once, it could tell nobody."""
    while os.getppid() == main:
        time.sleep(_LOOKS_EVERY)
    os.kill(os.getpid(), signal.SIGKILL)


def _take_all_handles() -> None:
    """Each connection is one: as many as the operating system lets this user have."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _resolved(
    host: str, port: int
) -> tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[str, int]]:
    """The first address of a name, as the operating system has it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, kind, protocol, name, place = found[0]
    return family, kind, protocol, name, (str(place[0]), int(place[1]))
