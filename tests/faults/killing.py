"""Kills rebuilds at one file operation after the other, and looks at what is left.

    python -m tests.faults.killing HOME FIRST STRIDE [anew]

Each rebuild runs in a child that dies (see `attack.dying`). Unless each is made `anew`, they end
with the one that publishes, because there is nothing left to do. Prints how many died.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from corpus.home import Home
from indexer.generations.publishing import Generations
from indexer.pipeline import rebuild
from tests.faults.attack.dying import dies_at


def main() -> None:
    home = Home(Path(sys.argv[1]))
    first, stride, anew = int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:] == ["anew"]
    generations = Generations(home.index)
    if not generations.names():
        rebuild(home, processes=1)
    with tempfile.TemporaryDirectory() as folder:  # what is loaded here, no child has to load
        rebuild(Home(shutil.copytree(home.path, Path(folder) / "home")), processes=1, anew=anew)
    serving = generations.current().name
    killed = 0
    while True:
        died = dies_at(first + killed * stride, lambda: rebuild(home, processes=1, anew=anew))
        current = generations.current().name
        assert current >= serving, "an older generation serves"
        assert current == serving or current == generations.names()[-1]
        assert generations.verify(current) == [], "the generation that serves is damaged"
        serving = current
        if not died:
            break
        killed += 1
    after = rebuild(home, processes=1).generation
    assert generations.current() == after
    leftovers = {path.name for path in home.index.iterdir()} - {*generations.names()}
    assert leftovers == {".lock", "current"}, leftovers
    print(killed)  # noqa: T201 - read by the test


if __name__ == "__main__":
    main()
