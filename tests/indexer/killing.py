"""Kills rebuilds at one file operation after the other, and looks at what is left.

    python -m tests.indexer.killing HOME FIRST STRIDE

Each rebuild runs in a forked child that kills itself, as a power cut would, when the interpreter
reports its Nth file operation (open, rename, mkdir, SQLite connection, …). Prints how many died.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from corpus.home import Home
from indexer.generations import Generations
from indexer.pipeline import rebuild

_OPERATIONS = ("open", "os.", "shutil.", "sqlite3.", "mmap.", "fcntl.")


def _rebuild_until(operation: int, home: Home) -> None:
    left = operation

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event.startswith(_OPERATIONS):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    rebuild(home, processes=1)


def main() -> None:
    home = Home(Path(sys.argv[1]))
    first, stride = int(sys.argv[2]), int(sys.argv[3])
    generations = Generations(home.index)
    if not generations.names():
        rebuild(home, processes=1)
    serving = generations.current().name
    killed = 0
    while True:
        child = os.fork()
        if child == 0:
            _rebuild_until(first + killed * stride, home)
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
