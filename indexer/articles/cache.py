"""What was found in articles before, so that a rebuild looks only at what is new.

A SQLite file from the content of an article to its encoded analysis. It may be deleted at any time;
it empties itself when the code that analyzes has changed, and when it is damaged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from corpus.closing import Closing
from corpus.errors import StorageError

_ADVICE = "Check that the disk has room and that the folder may be written"
_AT_ONCE = 500  # keys in one question; SQLite's own limit is 999 in old versions


class AnalysisCache(Closing):
    """Encoded analyses by content key. A context manager; used by one thread.

    Args:
        path: the file; made when there is none.
        version: what analyzes now; analyses by anything else are dropped.

    Raises:
        StorageError: the file can neither be used nor be replaced, for example on a full disk.
    """

    def __init__(self, path: Path, *, version: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._database = _opened(path, version)
        except sqlite3.DatabaseError:
            _remove(path)
            try:
                self._database = _opened(path, version)
            except sqlite3.DatabaseError as error:
                raise StorageError(
                    f"the cache cannot be made: {error}", where=str(path), advice=_ADVICE
                ) from None

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """What is known of these keys."""
        known: dict[bytes, bytes] = {}
        for start in range(0, len(keys), _AT_ONCE):
            asked = keys[start : start + _AT_ONCE]
            places = ",".join("?" * len(asked))
            known.update(
                self._database.execute(
                    f"SELECT content, found FROM analyses WHERE content IN ({places})",  # noqa: S608 - only question marks
                    asked,
                )
            )
        return known

    def put(self, analyses: Iterable[tuple[bytes, bytes]]) -> None:
        """Keeps analyses, in one transaction.

        Raises:
            StorageError: the disk is full, or the file was damaged meanwhile.
        """
        try:
            with self._database:
                self._database.executemany(
                    "INSERT OR REPLACE INTO analyses VALUES (?, ?)", analyses
                )
        except sqlite3.Error as error:
            raise StorageError(f"the analysis cannot be kept: {error}", advice=_ADVICE) from None

    def close(self) -> None:
        self._database.close()


def _opened(path: Path, version: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=30)
    try:
        with suppress(sqlite3.OperationalError):  # a read-only medium keeps the journal it has
            database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        with database:
            database.execute("CREATE TABLE IF NOT EXISTS analyzed_by (version TEXT)")
            database.execute(
                "CREATE TABLE IF NOT EXISTS analyses (content BLOB PRIMARY KEY, found BLOB)"
                " WITHOUT ROWID"
            )
            if database.execute("SELECT version FROM analyzed_by").fetchall() != [(version,)]:
                database.execute("DELETE FROM analyses")
                database.execute("DELETE FROM analyzed_by")
                database.execute("INSERT INTO analyzed_by VALUES (?)", (version,))
    except BaseException:
        database.close()
        raise
    return database


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
