"""WSGI middleware: whose request is computed now? One at a time in each process, as they came.

Threads that compute side by side in Python share milliseconds of one interpreter: each of eight
requests is answered when all eight nearly are, and which is the last is chance. One after the
other, the mean waits half as long and the last no longer. Threads are still needed, for clients
that are slow to take a long answer; and a request that computes for long is overtaken, so that it
is computed beside the others, not before them.
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
ALIVE = "/healthz"
"""Who asks whether the process lives is not to learn how busy it is."""
PATIENCE = 0.1
"""Seconds that others wait for one request: twenty times what an ordinary one takes."""


class RequestQueue:
    """Middleware that lets requests compute one after the other. What is streamed waits for none.

    Args:
        patience: seconds that a request keeps others waiting.
    """

    def __init__(self, app: WSGIApplication, *, patience: float = PATIENCE) -> None:
        self._app = app
        self._patience = patience
        self._lock = Lock()  # guards the fields below; held for moments
        self._waiting: deque[_Place] = deque()
        self._computing: _Place | None = None
        self._since = 0.0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ.setdefault(ARRIVED, time.perf_counter())
        if environ.get("PATH_INFO") == ALIVE:
            return self._app(environ, start_response)
        place = _Place()
        self._wait(place)
        try:
            return self._app(environ, start_response)
        finally:
            self._end(place)

    def _wait(self, place: _Place) -> None:
        with self._lock:
            if self._computing is None:
                self._give(place)
            else:
                self._waiting.append(place)
        while not place.came(self._patience):
            with self._lock:
                late = time.monotonic() - self._since >= self._patience
                if late and self._waiting and self._waiting[0] is place:
                    self._give(self._waiting.popleft())

    def _end(self, place: _Place) -> None:
        with self._lock:
            if self._computing is place:  # else another overtook it
                self._computing = None
                if self._waiting:
                    self._give(self._waiting.popleft())

    def _give(self, place: _Place) -> None:
        self._computing = place
        self._since = time.monotonic()
        place.give()


class _Place:
    """A place in the queue: closed until its request may compute."""

    def __init__(self) -> None:
        self._closed = Lock()
        self._closed.acquire()

    def give(self) -> None:
        self._closed.release()

    def came(self, seconds: float) -> bool:
        """Waits so long for it; whether it came."""
        return self._closed.acquire(timeout=seconds)
