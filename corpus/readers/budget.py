"""How much may a packed file unpack to? Enough for any real dump, too little for a bomb."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO

from corpus.errors import UnsafeInput

FREE_BYTES = 64 << 20
"""What may always be unpacked: too little to harm, whatever the ratio."""

MAX_RATIO = 200
"""Bytes unpacked for each packed byte. Dumps of text pack 3 to 30 times, a bomb 1,000 times."""


class Budget:
    """What may still be unpacked from one file, with all the containers inside it.

    Args:
        packed: how many packed bytes there are, or were read so far.
        locator: what is refused when the budget is spent.
        outer: the budget of the container in which this one lies; it pays for everything too, so
            that bombs in bombs do not multiply.
    """

    def __init__(
        self, packed: Callable[[], int], *, locator: str, outer: Budget | None = None
    ) -> None:
        self._packed = packed
        self._locator = locator
        self._outer = outer
        self._spent = 0

    def spend(self, count: int) -> None:
        """Notes that `count` bytes were unpacked.

        Raises:
            UnsafeInput: that is more than is believable.
        """
        self._spent += count
        if self._spent > FREE_BYTES and self._spent > MAX_RATIO * self._packed():
            raise UnsafeInput(
                f"it unpacks to more than {MAX_RATIO} times its size",
                where=self._locator,
                advice="If you trust it, unpack it yourself and add the folder",
            )
        if self._outer is not None:
            self._outer.spend(count)


class Gauge(io.RawIOBase):
    """A stream that counts what was read through it, and spends it from a budget if it has one."""

    def __init__(self, stream: BinaryIO, budget: Budget | None = None) -> None:
        self._stream = stream
        self._budget = budget
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # wider in typeshed
        content = self._stream.read(len(buffer))
        buffer[: len(content)] = content
        self.count += len(content)
        if self._budget is not None:
            self._budget.spend(len(content))
        return len(content)
