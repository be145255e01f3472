"""Kills rebuilds at one file operation after the other, and looks at what is left.

    python -m tests.faults.killing HOME FIRST STRIDE [anew]

Each rebuild runs in a forked child that kills itself, as a power cut would, when the interpreter
reports its Nth operation that may change a file (opening to write, rename, mkdir, link, SQLite
connection, …): what is only read leaves the disk as it was. Unless each is made `anew`, they end
with the one that publishes, because there is nothing left to do. Prints how many died.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from corpus.home import Home
from indexer.generations.publishing import Generations
from indexer.pipeline import rebuild

_OPERATIONS = ("os.", "shutil.", "sqlite3.", "mmap.", "fcntl.")
_READING = {"os.listdir", "os.scandir", "os.walk", "os.fwalk"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def _rebuild_until(operation: int, home: Home, anew: bool) -> None:
    left = operation

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if _may_change(event, arguments):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    rebuild(home, processes=1, anew=anew)


def _may_change(event: str, arguments: tuple[object, ...]) -> bool:
    if event == "open":
        flags = arguments[2]
        return not isinstance(flags, int) or bool(flags & _WRITING)
    return event.startswith(_OPERATIONS) and event not in _READING


def main() -> None:
    home = Home(Path(sys.argv[1]))
    first, stride, anew = int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:] == ["anew"]
    generations = Generations(home.index)
    if not generations.names():
        rebuild(home, processes=1)
    serving = generations.current().name
    killed = 0
    while True:
        child = os.fork()
        if child == 0:
            _rebuild_until(first + killed * stride, home, anew)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        current = generations.current().name
        assert current >= serving, "an older generation serves"
        assert current == serving or current == generations.names()[-1]
        assert generations.verify(current) == [], "the generation that serves is damaged"
        serving = current
        if not os.WIFSIGNALED(status):
            assert os.WEXITSTATUS(status) == 0, "the rebuild failed by itself"
            break
        killed += 1
    after = rebuild(home, processes=1).generation
    assert generations.current() == after
    leftovers = {path.name for path in home.index.iterdir()} - {*generations.names()}
    assert leftovers == {".lock", "current"}, leftovers
    print(killed)  # noqa: T201 - read by the test


if __name__ == "__main__":
    main()
