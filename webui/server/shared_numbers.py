"""Shared numbers: how do forked workers count together? In memory that all of them share.

The application is made before the workers are forked (`webui.server.processes`), so an anonymous
shared mapping made with it is one and the same for all; nothing is written to disk, and it ends
with them.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context

_BYTES = 8
_PATIENCE = 1.0  # seconds; a worker killed inside the lock must not stop the others for good


class SharedNumbers:
    """A row of floating-point numbers, 0.0 at first.

    Args:
        size: how many.
    """

    def __init__(self, size: int) -> None:
        self._memory = mmap.mmap(-1, size * _BYTES)
        self._numbers = memoryview(self._memory).cast("d")
        self._lock = get_context("fork").Lock()

    @contextmanager
    def changing(self) -> Iterator[memoryview[float]]:
        """The numbers, while no other worker or thread changes them."""
        held = self._lock.acquire(timeout=_PATIENCE)
        try:
            yield self._numbers
        finally:
            if held:
                self._lock.release()

    def read_one(self, place: int) -> float:
        """One of them as it is now."""
        with self.changing() as numbers:
            return numbers[place]

    def read(self) -> list[float]:
        """All of them as they are now."""
        with self.changing() as numbers:
            return list(numbers)
