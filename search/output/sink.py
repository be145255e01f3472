"""Sink: how is a file sent while it is made, piece by piece? By one that holds what was written."""

from __future__ import annotations

import io
from typing import Any


class Sink(io.RawIOBase):
    """Takes what is written, and cannot go back in it."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._held += content
        return len(content)

    def taken(self) -> bytes:
        """What was written since it was asked last."""
        held, self._held = bytes(self._held), bytearray()
        return held
