"""Whose request is computed now? One at a time in each process, in the order in which they came.

Threads that compute side by side in Python take turns of milliseconds at one interpreter: each of
eight requests is answered when all eight nearly are, and which is the last is chance. One after the
other, the mean waits half as long and the last no longer. Threads are still needed, for clients
that are slow to ask or to take their answer; and a request that computes for long loses its turn,
so that it is computed beside the others, not before them.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ARRIVED = "dispatches.arrived"
"""Where a request says when it came, by `time.perf_counter`: waiting is part of its time."""
PATIENCE = 0.1
"""Seconds that others wait for one request: twenty times what an ordinary one takes."""


class Turns:
    """Middleware that lets requests compute one after the other. What is streamed needs no turn.

    Args:
        patience: seconds that a request keeps its turn when others wait.
    """

    def __init__(self, app: WSGIApplication, *, patience: float = PATIENCE) -> None:
        self._app = app
        self._patience = patience
        self._lock = Lock()  # guards the fields below; held for moments
        self._line: deque[_Turn] = deque()
        self._holder: _Turn | None = None
        self._since = 0.0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ.setdefault(ARRIVED, time.perf_counter())
        turn = _Turn()
        self._wait(turn)
        try:
            return self._app(environ, start_response)
        finally:
            self._end(turn)

    def _wait(self, turn: _Turn) -> None:
        with self._lock:
            if self._holder is None:
                self._give(turn)
            else:
                self._line.append(turn)
        while not turn.came(self._patience):
            with self._lock:
                late = time.monotonic() - self._since >= self._patience
                if late and self._line and self._line[0] is turn:
                    self._give(self._line.popleft())

    def _end(self, turn: _Turn) -> None:
        with self._lock:
            if self._holder is turn:  # else it was lost to one that waited
                self._holder = None
                if self._line:
                    self._give(self._line.popleft())

    def _give(self, turn: _Turn) -> None:
        self._holder = turn
        self._since = time.monotonic()
        turn.give()


class _Turn:
    """A place in the line: closed until it is given."""

    def __init__(self) -> None:
        self._closed = Lock()
        self._closed.acquire()

    def give(self) -> None:
        self._closed.release()

    def came(self, seconds: float) -> bool:
        """Waits so long for it; whether it came."""
        return self._closed.acquire(timeout=seconds)
