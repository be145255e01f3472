"""How does the catalogue talk to SQLite? Opening, transactions, and errors a person understands."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpus.closing import Closing
from corpus.errors import CatalogueCorrupt, Locked, NoCatalogue, StorageError
from corpus.store.tables import APPLICATION_ID, SCHEMA, VERSION

_BUSY_SECONDS = 30.0
"""How long a writer waits for another one; a transaction here takes milliseconds."""


class Database(Closing):
    """One connection. Reading is safe from several threads, one statement after the other.

    With Python 3.13, of two threads that ask the same of one connection at the same time, one was
    seen to get the other's row: they share a prepared statement.

    Raises (from every method):
        Locked: another process kept the file longer than we wait.
        CatalogueCorrupt: the file is damaged, or no catalogue.
        StorageError: any other trouble of the file, a full disk for example.
    """

    def __init__(self, path: Path, *, readonly: bool) -> None:
        self._path = path
        self._statement = threading.Lock()
        if readonly and not path.is_file():
            raise NoCatalogue(
                "there is no catalogue yet",
                where=str(path),
                advice="Take articles in with `dispatches add PATH`",
            )
        with self._explained():
            if not readonly:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={'ro' if readonly else 'rwc'}",
                uri=True,
                timeout=_BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
            try:
                self._prepare(readonly=readonly)
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """Ends the connection; closing twice is fine."""
        self._connection.close()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Every row that the query gives."""
        with self._explained(), self._statement:
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> Any | None:
        """The first row, or None."""
        with self._explained(), self._statement:
            return self._connection.execute(sql, values).fetchone()

    def write(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Runs a statement that writes; returns how many rows it touched."""
        with self._explained():
            try:
                return self._connection.execute(sql, values).rowcount
            except UnicodeEncodeError:
                # Half a surrogate pair, from a broken `\\ud83d` in a dump: SQLite holds UTF-8.
                return self._connection.execute(
                    sql, [_storable(value) for value in values]
                ).rowcount

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept, or nothing is."""
        with self._explained():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with self._explained():
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read inside is as of one instant, and nothing can be written."""
        with self._explained():
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            with self._explained():
                self._connection.execute("ROLLBACK")

    def _prepare(self, *, readonly: bool) -> None:
        if readonly:
            self._check_marks()
            return
        connection = self._connection
        connection.execute("PRAGMA journal_mode = WAL")
        # NORMAL syncs at checkpoints: a killed process loses nothing, a power cut at most the last
        # articles, never the consistency of the file.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        with self.transaction():
            if self.row("SELECT 1 FROM sqlite_master"):
                self._check_marks()
                return
            for statement in SCHEMA.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")

    def _check_marks(self) -> None:
        mark = self._connection.execute("PRAGMA application_id").fetchone()[0]
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if mark != APPLICATION_ID:
            raise CatalogueCorrupt(
                "the file is not a catalogue of Dispatches",
                where=str(self._path),
                advice="Name another folder with --home, or restore the file from a backup",
            )
        if version != VERSION:
            raise StorageError(
                f"the catalogue has schema {version}; this Dispatches reads schema {VERSION}",
                where=str(self._path),
                advice="Use the version of Dispatches that made it",
            )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise Locked(
                    "another process is writing to the catalogue",
                    where=str(self._path),
                    advice="Wait until it has ended, then run the command again",
                ) from error
            raise StorageError(
                f"SQLite says: {error}",
                where=str(self._path),
                advice="Check that the disk has room and that the folder may be written",
            ) from error
        except sqlite3.DatabaseError as error:
            raise self._corrupt(str(error)) from error
        except OSError as error:
            raise StorageError(
                str(error.strerror),
                where=str(self._path),
                advice="Check that the folder may be written, or name another with --home",
            ) from error

    def corrupt(self, what: str) -> CatalogueCorrupt:
        """The error to raise for damaged content in an otherwise readable file."""
        return self._corrupt(what)

    def _corrupt(self, what: str) -> CatalogueCorrupt:
        return CatalogueCorrupt(
            f"the catalogue is damaged ({what})",
            where=str(self._path),
            advice="Restore it from a backup; indexes can be made again, originals cannot",
        )


def _storable(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
