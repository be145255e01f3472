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


class Updates(AbstractContextManager["Updates"]):
    """Updates a collection in a process of its own, until it is closed or this process ends."""

    def __init__(self, home: Home, seconds: float) -> None:
        command = [sys.executable, "-m", "webui.server.updating", str(home.path), str(seconds)]
        self._process = subprocess.Popen(  # noqa: S603 - this very program
            command,
            env={**os.environ, **home.given},
            stdin=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for this process, which ends the other
        )

    def __exit__(self, *_error: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        assert self._process.stdin is not None
        self._process.stdin.close()


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
