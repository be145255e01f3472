"""Cache: what was found in each article, so that a rebuild looks only at what is new.

A SQLite file from the content of an article to its encoded analysis. It may be deleted at any time;
it empties itself when the code that analyzes has changed, and when it is damaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from corpus.errors import StorageError
from corpus.sqlite import Access, Database, FileKind

_AT_ONCE = 500  # keys in one question; SQLite's own limit is 999 in old versions


def _damaged(what: str, *, where: str) -> StorageError:
    return StorageError(
        f"the cache of analyses is damaged ({what})",
        where=where,
        advice="Delete it: what it holds is found again",
    )


_CACHE = FileKind("the cache of analyses", _damaged)


class AnalysisCache(AbstractContextManager["AnalysisCache"]):
    """Encoded analyses by content key. A context manager; used by one thread.

    Args:
        path: the file; made when there is none.
        version: what analyzes now; analyses by anything else are dropped.

    Raises:
        StorageError: the file can neither be used nor be replaced, for example on a full disk.
    """

    def __init__(self, path: Path, *, version: str) -> None:
        try:
            self._database = _opened(path, version)
        except StorageError:
            _remove(path)
            self._database = _opened(path, version)

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """What is known of these keys."""
        known: dict[bytes, bytes] = {}
        for start in range(0, len(keys), _AT_ONCE):
            asked = keys[start : start + _AT_ONCE]
            places = ",".join("?" * len(asked))
            known.update(
                self._database.rows(
                    f"SELECT content, found FROM analyses WHERE content IN ({places})",  # noqa: S608 - only question marks
                    asked,
                )
            )
        return known

    def begin(self, keys: Iterable[bytes]) -> None:
        """Notes which articles are being analyzed, should that end this process."""
        with self._database.transaction():
            self._database.write_many(
                "INSERT OR IGNORE INTO begun VALUES (?)", ((key,) for key in keys)
            )

    def begun(self) -> frozenset[bytes]:
        """Articles that were begun and not finished, by this run or by one that ended early."""
        return frozenset(key for (key,) in self._database.rows("SELECT content FROM begun"))

    def finish(self, keys: Iterable[bytes], analyses: Iterable[tuple[bytes, bytes]]) -> None:
        """Keeps analyses, and notes that these articles have not ended a process.

        Raises:
            StorageError: the disk is full, or the file was damaged meanwhile.
        """
        with self._database.transaction():
            self._database.write_many("INSERT OR REPLACE INTO analyses VALUES (?, ?)", analyses)
            self._database.write_many(
                "DELETE FROM begun WHERE content = ?", ((key,) for key in keys)
            )

    def close(self) -> None:
        self._database.close()

    def __exit__(self, *_error: object) -> None:
        self.close()


def _opened(path: Path, version: str) -> Database:
    database = Database(path, _CACHE, Access.WRITE)
    try:
        with suppress(StorageError):  # a read-only medium keeps the journal it has
            database.log_ahead()
        with database.transaction():
            database.write("CREATE TABLE IF NOT EXISTS analyzed_by (version TEXT)")
            database.write(
                "CREATE TABLE IF NOT EXISTS analyses (content BLOB PRIMARY KEY, found BLOB)"
                " WITHOUT ROWID"
            )
            database.write(
                "CREATE TABLE IF NOT EXISTS begun (content BLOB PRIMARY KEY) WITHOUT ROWID"
            )
            if database.rows("SELECT version FROM analyzed_by") != [(version,)]:
                database.write("DELETE FROM analyses")
                database.write("DELETE FROM analyzed_by")
                database.write("INSERT INTO analyzed_by VALUES (?)", (version,))
    except BaseException:
        database.close()
        raise
    return database


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
