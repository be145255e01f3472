"""How does one process take connections? Its share of them, and without a thread for each.

gunicorn's threaded worker with two changes:

- There, whichever process wakes first takes a new connection, so that of sixteen one process may
  get twelve. Connections stay open, and so its clients wait three times as long as the others'.
  Here a process leaves a new connection to one that has fewer.
- There, a new connection occupies a thread until it asks something. Browsers open connections ahead
  of need; here they wait where connections wait between two questions, with no thread.
"""

from __future__ import annotations

import select
import time
from functools import partial
from selectors import EVENT_READ
from socket import socket
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from webui.server.shared_numbers import SharedNumbers

_SLOTS = 256  # more than there are workers at a time, at most 64
_PAUSES, _PAUSE = 20, 0.001
"""How often and how long a connection is left to another process: it may be computing just now."""
_connections = SharedNumbers(_SLOTS)
"""Of each worker one more than its open connections; 0 where there is no worker."""


class BalancedWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A worker that takes its share of the connections."""

    @property
    def nr_conns(self) -> int:
        """How many connections are open. The others see what is set here."""
        return int(_connections.read()[self._slot]) - 1

    @nr_conns.setter
    def nr_conns(self, number: int) -> None:
        with _connections.changing() as numbers:
            numbers[self._slot] = number + 1

    @property
    def _slot(self) -> int:
        return int(self.age) % _SLOTS

    def accept(self, listener: socket) -> None:
        """Takes a new connection, unless a process with fewer does."""
        for _ in range(_PAUSES):
            if not self._another_has_fewer():
                break
            time.sleep(_PAUSE)
            if not select.select([listener], [], [], 0)[0]:
                return
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return  # another process was faster, or the client gave up
        self.nr_conns += 1
        connection = TConn(self.cfg, client, address, listener.getsockname())
        connection.set_timeout()
        self.pending_conns.append(connection)
        asks = partial(self.on_pending_socket_readable, connection)
        self.poller.register(client, EVENT_READ, asks)

    def _another_has_fewer(self) -> bool:
        numbers = _connections.read()
        return any(0 < number < numbers[self._slot] for number in numbers)


def gone(_arbiter: Any, worker: BalancedWorker) -> None:
    """gunicorn's hook for a worker that ended: nothing is left to it any more."""
    with _connections.changing() as numbers:
        numbers[worker._slot] = 0
