"""Frontier: what is fetched next? One address of a host at a time, all hosts in turn."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from urllib.parse import urlsplit

from corpus.store import Visit


@dataclass(frozen=True, slots=True)
class Task:
    """One address to fetch.

    Attributes:
        depth: how many listings led to it.
        visit: the last visit to it, when there was one.
    """

    url: str
    depth: int = 0
    visit: Visit | None = None


class Frontier:
    """The addresses still to fetch; safe from several threads."""

    def __init__(self) -> None:
        self._queues: dict[str, deque[Task]] = {}  # of hosts with tasks, or with one under way
        self._ready: deque[str] = deque()  # hosts with tasks and none under way
        self._changed = threading.Condition()
        self._closed = False
        self.unfinished = 0
        """Tasks that were added and are not done with."""

    @property
    def is_empty(self) -> bool:
        """Whether every task that was added is finished."""
        return self.unfinished == 0

    def add(self, task: Task) -> None:
        host = _host(task)
        with self._changed:
            self.unfinished += 1
            if host in self._queues:
                self._queues[host].append(task)
            else:
                self._queues[host] = deque([task])
                self._ready.append(host)
                self._changed.notify()

    def take(self) -> Task | None:
        """The next task, waited for; its host rests until `release`. None when closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._ready or self._closed)
            if self._closed:
                return None
            return self._queues[self._ready.popleft()].popleft()

    def release(self, task: Task) -> None:
        """The host of a task may be visited again."""
        host = _host(task)
        with self._changed:
            if self._queues[host]:
                self._ready.append(host)
                self._changed.notify()
            else:
                del self._queues[host]

    def finish(self) -> None:
        """A task is done with, and what it led to was added."""
        self.unfinished -= 1

    def close(self) -> None:
        """Whoever waits in `take` gets None."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


def _host(task: Task) -> str:
    try:
        return urlsplit(task.url).hostname or ""
    except ValueError:
        return ""
