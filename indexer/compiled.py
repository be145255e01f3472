"""Compiled loops: one decorator around numba for functions over arrays.

Compiled code is cached beside the source, else in the user's cache folder, so that only the first
run after an installation compiles. Where neither can be written (a read-only installation without
a home) each process compiles what it uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from types import CodeType, FunctionType
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numba.core import event
from numba.core.caching import FunctionCache
from numba.core.dispatcher import Dispatcher
from numpy.typing import NDArray

AnyArray = NDArray[Any]
"""What loops take: arrays whose type of number the compiler looks at."""

_LOOPS: list[Any] = []
_Function = TypeVar("_Function", bound=Callable[..., object])


def compiled(function: _Function) -> _Function:
    """Compiles a function of arrays and numbers at its first call; it runs without the GIL."""
    loop: Any = njit(nogil=True)(function)
    with suppress(RuntimeError):  # numba found no folder for its cache
        loop._cache = _LoopCache(function)  # type: ignore[no-untyped-call]
    _LOOPS.append(loop)
    return cast(_Function, loop)


class _LoopCache(FunctionCache):
    """Knows a loop again by what is compiled into it, too: constants and loops of other modules.

    Numba's own looks at the loop's file and its code alone, so that after an update a loop could
    go on with a constant that had changed elsewhere, and read beyond its arrays.
    """

    def _index_key(self, sig: Any, codegen: Any) -> tuple[Any, ...]:
        key = super()._index_key(sig, codegen)  # type: ignore[no-untyped-call] # numba has no types
        return (*key, tuple(_taken_in(self._py_func, set())))


def _taken_in(function: FunctionType, seen: set[FunctionType]) -> Iterator[tuple[str, Any]]:
    """The module's names that a loop uses, with what they stand for, through all loops it calls."""
    seen.add(function)
    for name in function.__code__.co_names:
        value = function.__globals__.get(name)
        if isinstance(value, Dispatcher):
            called = value.py_func
            if called not in seen:
                code = called.__code__
                consts = [each for each in code.co_consts if not isinstance(each, CodeType)]
                yield name, (code.co_code, repr(consts))
                yield from _taken_in(called, seen)
        elif isinstance(value, np.ndarray):
            yield name, (str(value.dtype), value.tobytes())
        elif isinstance(value, (int, float, str, tuple, np.generic)):
            yield name, repr(value)
        elif isinstance(value, type) and issubclass(value, tuple):
            yield name, repr(getattr(value, "_fields", ()))


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
