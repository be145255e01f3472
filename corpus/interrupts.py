"""Who is interrupted by Ctrl-C? The process that a person started, never those that work for it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Processes that are started inside see no interrupt, not even while they load.

    A terminal sends Ctrl-C to all of them, and those that load would each print a traceback. For
    this process it waits until the block ends, so that nothing is left half started.
    """
    on_main = threading.current_thread() is threading.main_thread()
    if not (on_main and hasattr(signal, "pthread_sigmask")):  # no other thread is interrupted
        yield
        return
    came = []
    handler = signal.signal(signal.SIGINT, lambda *_: came.append(True))  # whichever thread gets it
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # processes inherit it
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, signal.SIG_DFL if handler is None else handler)
    if came:
        signal.raise_signal(signal.SIGINT)
