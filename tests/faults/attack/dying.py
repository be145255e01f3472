"""Children that die in the middle of their work: at a chosen call, at a moment, or in a write.

    ended = dying(work, at=17)          # killed before its 17th call that may change a file
    ended = dying(work, after=0.2)      # killed after so many seconds, wherever it is
    ended = dying(work, prepare=within_bytes(path, 9))

`work` runs in a fork and is killed as a power switch would, by SIGKILL: nothing of it tidies up.
What it acknowledged before (`say`) is told. Counted are the operations that the interpreter reports
and that may change a file (opening to write, rename, mkdir, link, SQLite connection, …); with
`writes`, also each write, flush, wait for the disk and statement of SQL. What is only read leaves
the disk as it was.
"""

from __future__ import annotations

import os
import resource
import select
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

Say = Callable[[str], None]

_OPERATIONS = ("os.", "shutil.", "sqlite3.", "mmap.", "fcntl.")
_READING = {"os.listdir", "os.scandir", "os.walk", "os.fwalk"}
_OPENING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_WRITES = frozenset("write writelines flush fsync close execute executemany backup".split())
"""Calls that the interpreter does not report as operations."""
_COUNTED = "\0counted "


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended.

    Attributes:
        killed: it was cut off; else it ended well.
        said: what it acknowledged before.
        operations: how many it made, where it was not killed.
    """

    killed: bool
    said: tuple[str, ...]
    operations: int


def dying(
    work: Callable[[Say], object],
    *,
    at: int = 0,
    after: float | None = None,
    writes: bool = False,
    prepare: Callable[[], None] = lambda: None,
) -> Ended:
    """Does some work in a child that is killed meanwhile, see above.

    Args:
        at: before which operation; 0 for none of them.
        after: seconds until it is killed.
        writes: whether writes, waits for the disk and statements are operations too.
        prepare: called in the child, before.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(work, writing, at, prepare, writes=writes)
    os.close(writing)
    if after is not None:
        select.select([_handle(child)], [], [], after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        said = pipe.read().splitlines()
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status)
    assert killed or os.WEXITSTATUS(status) == 0, "the work failed by itself"
    counted = [int(one.removeprefix(_COUNTED)) for one in said if one.startswith(_COUNTED)]
    said = [one for one in said if not one.startswith(_COUNTED)]
    return Ended(killed and not counted, tuple(said), sum(counted))


def dies_at(operation: int, work: Callable[[], object]) -> bool:
    """Whether some work was cut off at its Nth operation; where it was not, it ended well."""
    return dying(lambda _: work(), at=operation).killed


def within_bytes(path: Path, number: int) -> Callable[[], None]:
    """Has the process die when a file has grown by so many bytes, in the middle of a write."""

    def prepare() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        size = path.stat().st_size + number
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    return prepare


def _handle(child: int) -> int:
    return os.pidfd_open(child) if hasattr(os, "pidfd_open") else -1


def _work(
    work: Callable[[Say], object],
    pipe: int,
    at: int,
    prepare: Callable[[], None],
    *,
    writes: bool,
) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    code = 1
    made = 0

    def count() -> None:
        nonlocal made
        made += 1
        if made == at:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        prepare()
        _watch(count, writes=writes)
        work(lambda said: _say(pipe, said))
        code = 0
    finally:
        sys.setprofile(None)
        if code:
            traceback.print_exc()
        else:
            _say(pipe, f"{_COUNTED}{made}")
        os._exit(code)


def _say(pipe: int, said: str) -> None:
    os.write(pipe, f"{said}\n".encode())


def _watch(count: Callable[[], None], *, writes: bool) -> None:
    def operation(event: str, arguments: tuple[object, ...]) -> None:
        if _may_change(event, arguments):
            count()

    def call(_frame: FrameType, event: str, called: object) -> None:
        if event == "c_call" and getattr(called, "__name__", "") in _WRITES:
            count()

    sys.addaudithook(operation)
    if writes:
        sys.setprofile(call)


def _may_change(event: str, arguments: tuple[object, ...]) -> bool:
    if event == "open":
        flags = arguments[2]
        return not isinstance(flags, int) or bool(flags & _OPENING)
    return event.startswith(_OPERATIONS) and event not in _READING
