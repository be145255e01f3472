"""Children that die at one file operation after the other, as a power cut would have it.

    survived = dies_at(operation, work)

`work` runs in a forked child that kills itself when the interpreter reports its Nth operation that
may change a file (opening to write, rename, mkdir, link, SQLite connection, …): what is only read
leaves the disk as it was.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable

_OPERATIONS = ("os.", "shutil.", "sqlite3.", "mmap.", "fcntl.")
_READING = {"os.listdir", "os.scandir", "os.walk", "os.fwalk"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def dies_at(operation: int, work: Callable[[], object]) -> bool:
    """Whether the work was cut off; where it was not, it ended well."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _count(operation)
            work()
            code = 0
        finally:
            if code:
                traceback.print_exc()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0, "the work failed by itself"
    return False


def _count(operation: int) -> None:
    left = operation

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if _may_change(event, arguments):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def _may_change(event: str, arguments: tuple[object, ...]) -> bool:
    if event == "open":
        flags = arguments[2]
        return not isinstance(flags, int) or bool(flags & _WRITING)
    return event.startswith(_OPERATIONS) and event not in _READING
