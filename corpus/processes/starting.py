"""Starting: processes that work for another, without its locks, and which end with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from functools import partial
from multiprocessing.context import BaseContext

from corpus.errors import MachineTrouble, OutOfTime
from corpus.terminal import only_ours_speak

try:
    import resource
except ImportError:  # not on this system
    resource = None  # type: ignore[assignment]


class Lost(str):
    """Why an item has no result, for a person: its process ended, or its time was up."""

    __slots__ = ()


ENDED = Lost("ended the process (memory used up, or a fault in a library)")


def out_of_time(patience: float) -> Lost:
    return Lost(f"took more than {patience:g} s")


NO_START = (EOFError, ConnectionError)
"""How it shows that what starts processes was ended: by the machine, whose memory is used up."""
TRIES = 3


def no_start() -> MachineTrouble:
    """What to say where no process can be started."""
    return MachineTrouble(
        "the process that starts others was ended",
        advice="There may be too little memory. Run it again: what is done stays done",
    )


def available_cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def context_for(work: Callable[..., object]) -> BaseContext:
    """How processes for some work are started.

    Never by plain fork: a copy of an open SQLite connection, or of the lock of the generations, may
    not be carried into a child.
    """
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        # What the work needs is imported once, so that a process that takes the place of a killed
        # one begins at once.
        function = work.func if isinstance(work, partial) else work
        context.set_forkserver_preload([function.__module__])
    return context


def begin(memory: int | None) -> None:
    """Prepares a process: it leaves interrupts to its parent, ends with it, and says nothing that
    is not ours.
    """
    only_ours_speak()
    if memory is not None and resource is not None:
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        allowed = memory if most == resource.RLIM_INFINITY else min(memory, most)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, most))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _ring)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _ring(*_signal: object) -> None:
    raise OutOfTime
