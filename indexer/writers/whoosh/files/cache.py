"""Cache: what was worked out, for the next question, up to a size; then all of it is forgotten.

Unlike `functools.lru_cache` around a method, it makes no cycle of references, so that the files of
an index are unmapped as soon as the last request lets go of it.
"""

from __future__ import annotations

from typing import TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Cache(dict[_Key, _Value]):
    """A mapping that empties itself when it is full.

    Args:
        size: how many values it holds at most.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size

    def keep(self, key: _Key, value: _Value) -> None:
        if len(self) >= self._size:
            self.clear()
        self[key] = value
