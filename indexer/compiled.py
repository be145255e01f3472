"""Compiled loops: one decorator around numba for functions over arrays.

Compiled code is kept in `NUMBA_CACHE_DIR` where that is set, else beside the source, else in the
user's cache folder, so that only the first run after an installation compiles; `dispatches warm` is
such a run. What was compiled beside the source before the folder became read-only is loaded from
there. Where nothing can be written and nothing is there, each process compiles what it uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, ClassVar, TypeVar, cast

import numpy as np
from numba import njit
from numba.core import config, event
from numba.core.caching import CompileResultCacheImpl, FunctionCache, InTreeCacheLocator
from numba.core.dispatcher import Dispatcher
from numba.core.runtime.nrt import rtsys
from numpy.typing import NDArray

AnyArray = NDArray[Any]
"""What loops take: arrays whose type of number the compiler looks at."""

_LOOPS: list[Any] = []
_Function = TypeVar("_Function", bound=Callable[..., object])


def compiled(function: _Function) -> _Function:
    """Compiles a function of arrays and numbers at its first call; it runs without the GIL."""
    loop: Any = njit(nogil=True)(function)
    try:
        loop._cache = _LoopCache(function)
    except RuntimeError:  # no folder can be written
        loop._cache = _Beside(function)  # type: ignore[no-untyped-call] # numba has no types
    _LOOPS.append(loop)
    return cast(_Function, loop)


def only_read(array: AnyArray) -> AnyArray:
    """The same array, as one that loops only read: of one type, whether it is from a file or not,
    so that they are compiled once.
    """
    array = array.view()
    array.flags.writeable = False
    return array


class _KnowingAgain(FunctionCache):
    """Knows a loop again by what is compiled into it, too: constants and loops of other modules.

    Numba's own looks at the loop's file and its code alone, so that after an update a loop could
    go on with a constant that had changed elsewhere, and read beyond its arrays.
    """

    def _index_key(self, sig: Any, codegen: Any) -> tuple[Any, ...]:
        key = super()._index_key(sig, codegen)  # type: ignore[no-untyped-call] # numba has no types
        return (*key, tuple(_taken_in(self._py_func, set())))

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Loads a loop without all that only compilation asks for: numba's own reads that first,
        which takes each process a fifth of a second. A compilation reads it itself.
        """
        rtsys.initialize(target_context)
        with self._guard_against_spurious_io_errors():
            return self._load_overload(sig, target_context)  # type: ignore[no-untyped-call]


class _FolderBeside(InTreeCacheLocator):
    """The folder beside the source, whether or not it can be written."""

    def ensure_cache_path(self) -> None:
        """Nothing is written."""


class _ImplBeside(CompileResultCacheImpl):
    _locator_classes: ClassVar[list[Any]] = [_FolderBeside]  # type: ignore[misc] # numba's is one


class _Beside(_KnowingAgain):
    """What was compiled beside the source while that could be written. It takes in nothing."""

    _impl_class: Any = _ImplBeside

    def save_overload(self, sig: Any, data: Any) -> None:
        """Nothing is written."""


class _LoopCache(_KnowingAgain):
    """Keeps a loop where numba would. What is not there is loaded from beside the source, unless
    somebody named a folder.
    """

    def __init__(self, function: Callable[..., object]) -> None:
        super().__init__(function)  # type: ignore[no-untyped-call] # numba has no types
        is_named = bool(getattr(config, "CACHE_DIR", ""))
        self._beside = None if is_named else _Beside(function)  # type: ignore[no-untyped-call]

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        found = super().load_overload(sig, target_context)
        if found is None and self._beside is not None:
            found = self._beside.load_overload(sig, target_context)
        return found

    def save_overload(self, sig: Any, data: Any) -> None:
        with suppress(OSError):  # a full disk stops no question
            super().save_overload(sig, data)  # type: ignore[no-untyped-call]


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


def kept_in() -> set[Path]:
    """The folders in which loops that this process knows are kept; none where they cannot be."""
    return {Path(loop._cache.cache_path) for loop in _LOOPS if isinstance(loop._cache, _LoopCache)}


def cold() -> int:
    """How many loops that this process knows would be compiled, as nothing is kept of them."""
    return sum(not _kept(loop._cache) for loop in _LOOPS)


def _kept(cache: Any) -> bool:
    beside = getattr(cache, "_beside", None)
    return bool(cache._cache_file._load_index()) or (beside is not None and _kept(beside))


class Compilations(event.Listener):
    """Counts, while it is entered, the loops that this process compiles and could not load."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> Compilations:
        event.register("numba:compile", self)  # type: ignore[no-untyped-call] # numba has no types
        return self

    def __exit__(self, *_error: object) -> None:
        event.unregister("numba:compile", self)  # type: ignore[no-untyped-call]

    def on_start(self, _event: object) -> None:
        self.count += 1

    def on_end(self, _event: object) -> None:
        pass


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
