"""Updating: how does what is taken in become searchable while a server runs?

A process beside those that answer looks every few seconds whether the catalogue or people's
decisions are others than those of the generation in use, and then does what `dispatches update`
does. It stays, so that model and lexicon are loaded once. Killed at any instant, it leaves what
serves.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Event, Lock, Thread

import click

from corpus.errors import DispatchesError, Locked, StorageError
from corpus.home import Home, told
from corpus.store import Catalogue
from corpus.terminal import counted, report_error
from indexer.entities import Authority
from indexer.generations.parts import hidden_in, parts
from indexer.generations.publishing import Generations
from indexer.pipeline import rebuild

_GRACE = 10.0  # seconds in which a process that is told to end does
_PAUSE = 5.0  # seconds before another begins in place of one that was killed


class Updates(AbstractContextManager["Updates"]):
    """Updates a collection in a process of its own, until it is closed or this process ends.

    Where that process is killed, as a machine short of memory does, another begins.
    """

    def __init__(self, home: Home, seconds: float, pause: float = _PAUSE) -> None:
        self._home = home
        self._seconds = seconds
        self._pause = pause
        self._ending = Event()
        self._beginning = Lock()  # guards which process it is
        self._process = self._begun()
        self._keeper = Thread(target=self._keep, daemon=True)
        self._keeper.start()

    def _begun(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "webui.server.updating"]
        return subprocess.Popen(  # noqa: S603 - this very program
            [*command, str(self._home.path), str(self._seconds)],
            env={**os.environ, **self._home.given},
            stdin=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for this process, which ends the other
        )

    def _keep(self) -> None:
        while True:
            code = self._process.wait()
            if not self._ending.is_set():
                how = f"was killed by signal {-code}" if code < 0 else f"ended with {code}"
                click.echo(f"What makes searchable {how}; it is begun again.", err=True)
            if self._ending.wait(self._pause):
                return
            with self._beginning:
                if self._ending.is_set():
                    return
                _let_go(self._process)
                self._process = self._begun()

    def __exit__(self, *_error: object) -> None:
        self._ending.set()
        with self._beginning:
            self._process.terminate()
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._keeper.join()
        _let_go(self._process)


def _let_go(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.close()


def is_due(home: Home) -> bool:
    """Whether articles or decisions are others than when the generation in use was made.

    Raises:
        StorageError: there is no catalogue, or it cannot be read.
    """
    decisions = Authority.load(home.decisions).version
    for one in (home, *parts(home)):
        hidden = hidden_in(one)
        with Catalogue.open(home, readonly=True, hidden=hidden) as catalogue:
            now = {"catalogue": catalogue.state(), "decisions": decisions}
        try:
            made_of = Generations(one.index).current().manifest.versions
        except StorageError:
            return True  # there is none, or it cannot be read: it is made again
        if not now.items() <= made_of.items():
            return True
    return False


def update(home: Home) -> bool:
    """Updates a collection where it is due, and says what came of it on standard error.

    Returns:
        Whether everything could be analyzed.

    Raises:
        Locked, StorageError: see `rebuild`.
    """
    if not is_due(home):
        return True
    report = rebuild(home, trusting=True)
    articles = report.generation.manifest.counts["articles"]
    click.echo(
        f"{counted(articles, 'article is', 'articles are')} searchable in generation"
        f" {report.generation.name} ({report.written:,} written, {report.seconds:.1f} s).",
        err=True,
    )
    for failure in report.failures:
        click.echo(f"Not analyzed: {failure.article_id}: {failure.reason}", err=True)
    return not report.failures


def main() -> None:
    """Updates until the process that began this one is gone."""
    home = Home(Path(sys.argv[1]), given=told(os.environ))
    seconds, parent = float(sys.argv[2]), os.getppid()
    while os.getppid() == parent:
        try:
            update(home)
        except Locked:
            pass  # somebody else is at it; the next look tells whether anything is left
        except DispatchesError as error:
            report_error(error, as_json=False)
        if select.select([sys.stdin], [], [], seconds)[0]:
            return  # nobody holds the other end any more


if __name__ == "__main__":
    main()
