"""Events of a generation: which reports stand beside an article? One file beside the index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from corpus.errors import IndexCorrupt
from corpus.sqlite import Access, Database, FileKind


def _damaged(what: str, *, where: str) -> IndexCorrupt:
    return IndexCorrupt(
        f"The events cannot be read: {what}", where=where, advice="Run `dispatches rebuild`"
    )


_KIND = FileKind("the events", _damaged)
_TABLE = """
CREATE TABLE report (article_id TEXT PRIMARY KEY, event_id TEXT NOT NULL, place INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE INDEX report_by_event ON report (event_id, place);
"""


class Events(Protocol):
    """The events of one generation, for reading."""

    def of(self, article_id: str) -> tuple[str, ...]:
        """Ids of the reports of the event that an article tells of, earliest first; else none."""
        ...

    def close(self) -> None:
        """Releases files."""
        ...


class NoEvents:
    """Those of a generation that an earlier release made."""

    def of(self, article_id: str) -> tuple[str, ...]:
        del article_id
        return ()

    def close(self) -> None:
        return


class _EventFile:
    """The `Events` in a file. Thread-safe."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, _KIND, Access.FROZEN)

    def of(self, article_id: str) -> tuple[str, ...]:
        rows = self._database.rows(
            "SELECT article_id FROM report WHERE event_id ="
            " (SELECT event_id FROM report WHERE article_id = ?) ORDER BY place",
            (article_id,),
        )
        return tuple(one for (one,) in rows)

    def close(self) -> None:
        self._database.close()


def write_events(path: Path, events: Iterable[Sequence[str]]) -> None:
    """Writes `path`, which must not exist. An event is named by its first report."""
    with Database(path, _KIND, Access.WRITE) as database:
        database.write("PRAGMA journal_mode = OFF")
        with database.transaction():
            database.script(_TABLE)
            database.write_many(
                "INSERT INTO report VALUES (?, ?, ?)",
                sorted(
                    (article_id, reports[0], place)
                    for reports in events
                    for place, article_id in enumerate(reports)
                ),
            )


def open_events(path: Path) -> Events:
    """Opens a generation's events. Raises IndexCorrupt."""
    return _EventFile(path) if path.exists() else NoEvents()
