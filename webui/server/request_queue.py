"""WSGI middleware: whose request is computed now? One at a time in each process, as they came.

Threads that compute side by side in Python share milliseconds of one interpreter: each of eight
requests is answered when all eight nearly are, and which is the last is chance. One after the
other, the mean waits half as long and the last no longer. Threads are still needed, for clients
that are slow to take a long answer; and a request that computes for long is overtaken, so that it
is computed beside the others, not before them. Who takes long answers lets others go first.
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
YIELDS = "dispatches.yields"
"""Where a request says that it lets others go first: a hundred exports may be begun at once."""
ALIVE = "/healthz"
"""Who asks whether the process lives is not to learn how busy it is."""
PATIENCE = 0.1
"""Seconds that others wait for one request: twenty times what an ordinary one takes."""
_YIELDING = 20
"""Times as long others may go first; then it is one like others."""


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
        self._yielding: deque[_Place] = deque()
        self._computing: _Place | None = None
        self._since = 0.0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ.setdefault(ARRIVED, time.perf_counter())
        if environ.get("PATH_INFO") == ALIVE:
            return self._app(environ, start_response)
        place = _Place()
        self._wait(place, yields=YIELDS in environ)
        try:
            return self._app(environ, start_response)
        finally:
            self._end(place)

    def _wait(self, place: _Place, *, yields: bool) -> None:
        with self._lock:
            if self._computing is None:
                self._give(place)
            else:
                (self._yielding if yields else self._waiting).append(place)
        until = time.monotonic() + _YIELDING * self._patience
        while not place.came(self._patience):
            with self._lock:
                if place in self._yielding and time.monotonic() >= until:
                    self._yielding.remove(place)
                    self._waiting.appendleft(place)
                late = time.monotonic() - self._since >= self._patience
                if late and self._next is place:
                    self._give(self._took_next())

    def _end(self, place: _Place) -> None:
        with self._lock:
            if self._computing is place:  # else another overtook it
                self._computing = None
                if self._next is not None:
                    self._give(self._took_next())

    @property
    def _next(self) -> _Place | None:
        """Whose turn it is."""
        queue = self._waiting or self._yielding
        return queue[0] if queue else None

    def _took_next(self) -> _Place:
        return (self._waiting or self._yielding).popleft()

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
