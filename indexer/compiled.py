"""How is a loop over arrays compiled? One decorator around numba.

Compiled code is cached beside the source, else in the user's cache folder, so that only the first
run after an installation compiles. Where neither can be written (a read-only installation without
a home) each process compiles what it uses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit
from numba.core import event
from numpy.typing import NDArray

AnyArray = NDArray[Any]
"""What loops take: arrays whose type of number the compiler looks at."""

_LOOPS: list[Any] = []
_Function = TypeVar("_Function", bound=Callable[..., object])


def compiled(function: _Function) -> _Function:
    """Compiles a function of arrays and numbers at its first call; it runs without the GIL."""
    try:
        loop = njit(cache=True, nogil=True)(function)
    except RuntimeError:  # numba found no folder for its cache
        loop = njit(nogil=True)(function)
    _LOOPS.append(loop)
    return cast(_Function, loop)


def when_compiling(say: Callable[[], None]) -> None:
    """Has `say` called when this process begins to compile a loop that it cannot load; once."""
    event.register("numba:compile", _Once(say))  # type: ignore[no-untyped-call] # numba has no types


class _Once(event.Listener):
    def __init__(self, say: Callable[[], None]) -> None:
        self._say: Callable[[], None] | None = say

    def on_start(self, _event: object) -> None:
        say, self._say = self._say, None
        if say is not None:
            say()

    def on_end(self, _event: object) -> None:
        pass


def versions_compiled() -> int:
    """How many versions of loops, by types of arrays, this process has compiled or loaded.

    Who measures time can tell by it whether a part of that time was compilation.
    """
    return sum(len(loop.overloads) for loop in _LOOPS)
