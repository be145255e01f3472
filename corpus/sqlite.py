"""SQLite file: opened, asked and written, with errors that a person understands.

The only module that imports `sqlite3`. The catalogue, the cache of analyses and the directory of
entities are files of this kind; each says in a `FileKind` what a person is told when it is damaged.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn

from corpus.errors import Locked, StorageError
from corpus.home import PRIVATE_FILE, sync

BUSY_SECONDS = 30.0
"""How long a writer waits for another one; a transaction here takes milliseconds."""

_AT_ONCE = 1 << 20  # bytes
_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite's module raises: the other one where damage makes what SQLite says no text."""


class Access(StrEnum):
    """What a file is opened for, as SQLite writes it into an address."""

    READ = "mode=ro"
    """To be read, perhaps while another process writes."""
    WRITE = "mode=rwc"
    """To be read and written; made, with its folder, when there is none."""
    FROZEN = "mode=ro&immutable=1"
    """To be read without locks: nobody writes it any more, so that any trouble is damage."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a person is told about one kind of file.

    Attributes:
        name: what it is called: `the catalogue`.
        damaged: makes the error for damage: (what is damaged, where=path).
    """

    name: str
    damaged: Callable[..., StorageError]


class Database(AbstractContextManager["Database"]):
    """One connection to one file; a context manager. Threads may share it: they take turns.

    With Python 3.13, of two threads that ask the same of one connection at the same time, one was
    seen to get the other's row: they share a prepared statement.

    SQLite holds UTF-8: half a surrogate pair, from a broken `\\ud83d` in a dump, is written and
    looked for as a question mark.

    Raises (from every method):
        Locked: another process kept the file longer than we wait.
        StorageError: trouble of the file, a full disk for example; `FileKind.damaged` for damage.
    """

    objects: None = None
    """All is in the file itself."""

    def __init__(self, path: Path, kind: FileKind, access: Access) -> None:
        self._path = path
        self._kind = kind
        self._access = access
        self._turn = threading.Lock()
        self._logs_ahead = False
        try:
            if access is Access.WRITE:
                path.parent.mkdir(parents=True, exist_ok=True)
                if not path.exists():  # SQLite would let others read it; its logs follow it
                    os.close(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE))
            self._connection = self._connected(access)
            if access is Access.READ:
                self._look()
            if access is Access.WRITE:  # else the end of a journal, and so the change, may be lost
                self._connection.execute("PRAGMA synchronous = EXTRA")
        except _ERRORS as error:
            if hasattr(self, "_connection"):  # what could be opened and not be read
                self._connection.close()
            self._explain(error)
        except OSError as error:
            raise StorageError(
                str(error.strerror),
                where=str(path),
                advice="Check that the folder may be written, or name another with --home",
            ) from error

    def close(self) -> None:
        """Ends the connection, with all that was written on the disk; closing twice is fine."""
        if self._logs_ahead:
            with suppress(FileNotFoundError):  # taken over already
                sync(self._path.with_name(f"{self._path.name}-wal"))
        self._connection.close()

    def __exit__(self, *_error: object) -> None:
        self.close()

    def __del__(self) -> None:
        """One that is let go is closed: what only reads lives as long as whoever asks it."""
        if hasattr(self, "_connection"):
            self._connection.close()

    def _connected(self, access: Access) -> sqlite3.Connection:
        return sqlite3.connect(
            f"{self._path.absolute().as_uri()}?{access}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )

    def _look(self) -> None:
        """Connects in another way, where a file cannot be read as one that others write."""
        try:
            self._connection.execute("SELECT 1 FROM sqlite_master")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_READONLY_ROLLBACK:
                self._take_back()
            elif self._is_on_stone():
                self._connection.close()
                self._connection = self._connected(Access.FROZEN)
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            return  # whoever asks something is told

    def _take_back(self) -> None:
        """Takes back what a writer had half done when it was killed or the power failed.

        Whoever writes next would do it; until then nobody could read.
        """
        address = f"{self._path.absolute().as_uri()}?mode=rw"
        with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)) as writer:
            writer.execute("SELECT 1 FROM sqlite_master")

    def _is_on_stone(self) -> bool:
        """Whether the folder cannot be written, and holds all there is.

        To read a file with a log beside it, SQLite writes there who reads. Where nobody can write
        and no log waits to be taken over, the file is all there is.
        """
        log = self._path.with_name(f"{self._path.name}-wal")
        waiting = log.exists() and log.stat().st_size > 0
        return not waiting and not os.access(self._path.parent, os.W_OK)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Every row that the query gives."""
        with self._turn:
            try:
                return self._execute(sql, values).fetchall()
            except _ERRORS as error:
                self._explain(error)

    def row(self, sql: str, values: Sequence[Any] = ()) -> Any | None:
        """The first row, or None."""
        with self._turn:
            try:
                return self._execute(sql, values).fetchone()
            except _ERRORS as error:
                self._explain(error)

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first column of the first row of a query that always gives one."""
        return self.rows(sql, values)[0][0]

    def fill(self, buffer: memoryview, table: str, column: str, row: int) -> bool:
        """Reads a value of bytes into a buffer, a part at a time, so that it is held once.

        Args:
            row: its `rowid`.

        Returns:
            False where it has another length.
        """
        with self._turn:
            try:
                with self._connection.blobopen(table, column, row, readonly=True) as blob:
                    if len(blob) != len(buffer):
                        return False
                    for at in range(0, len(buffer), _AT_ONCE):
                        buffer[at : at + _AT_ONCE] = blob.read(_AT_ONCE)
            except _ERRORS as error:
                self._explain(error)
        return True

    def write(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Runs a statement that writes; returns how many rows it touched."""
        with self._turn:
            try:
                return self._execute(sql, values).rowcount
            except _ERRORS as error:
                self._explain(error)

    def write_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Runs a statement that writes once a row."""
        with self._turn:
            try:
                self._connection.executemany(sql, rows)
            except _ERRORS as error:
                self._explain(error)

    def script(self, sql: str) -> None:
        """Runs statements that write and take no values, one after the other."""
        self.script_of(filter(str.strip, sql.split(";")))

    def script_of(self, statements: Iterable[str]) -> None:
        """The same of statements that hold semicolons, such as those that make triggers."""
        for statement in statements:
            self.write(statement)

    def function(self, name: str, called: Callable[..., int]) -> None:
        """Lets statements of this connection call a function that gives the same for the same."""
        with self._turn:
            self._connection.create_function(name, -1, called, deterministic=True)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept, or nothing is."""
        self.write("BEGIN IMMEDIATE")
        try:
            yield
            self.write("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self.write("ROLLBACK")
            raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read inside is as of one instant, and nothing can be written."""
        self.write("BEGIN")
        try:
            yield
        finally:
            self.write("ROLLBACK")

    def log_ahead(self) -> None:
        """Lets others read while this one writes.

        Syncs at checkpoints and when it is closed: a killed process loses nothing, a power cut at
        most the last transactions of who was not done yet, never the consistency of the file.
        """
        self._logs_ahead = True
        self.write("PRAGMA journal_mode = WAL")
        self.write("PRAGMA synchronous = NORMAL")

    def has(self, name: str) -> bool:
        """Whether there is a table or index of this name."""
        return self.row("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)) is not None

    def storable(self, value: Any) -> Any:
        """A value as it comes back: see above."""
        return _storable(value)

    def flaws(self) -> list[str]:
        """What SQLite finds wrong with the structure of the whole file; the first hundred."""
        said = [str(line) for (line,) in self.rows("PRAGMA integrity_check")]
        return [] if said == ["ok"] else said

    def copy_to(self, path: Path) -> None:
        """Copies the file as it is at one instant, page by page, while others go on writing.

        Args:
            path: a file that is not there yet. It is not forced to the disk.
        """
        with self._turn:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
            try:
                with closing(sqlite3.connect(path)) as copy:
                    copy.execute("PRAGMA synchronous = OFF")  # cut off, it is thrown away
                    self._connection.backup(copy)
            except _ERRORS as error:
                self._explain(error)

    def damaged(self, what: str) -> StorageError:
        """The error to raise for damaged content in an otherwise readable file."""
        return self._kind.damaged(what, where=str(self._path))

    def _execute(self, sql: str, values: Sequence[Any]) -> sqlite3.Cursor:
        try:
            return self._connection.execute(sql, _placed(sql, values))
        except UnicodeEncodeError:
            storable = [_storable(value) for value in values]
            return self._connection.execute(sql, _placed(sql, storable))

    def _explain(self, error: sqlite3.Error | UnicodeDecodeError) -> NoReturn:
        """Raises what a person understands in place of what SQLite says."""
        if self._access is Access.FROZEN or isinstance(error, UnicodeDecodeError):
            raise self.damaged(str(error)) from error
        if not isinstance(error, sqlite3.OperationalError):
            if isinstance(error, sqlite3.DatabaseError):
                raise self.damaged(str(error)) from error
            raise error
        code = getattr(error, "sqlite_errorcode", None)
        # No code: the module says that a text is none. The other one: a statement, and all of them
        # are ours, asks for a table or column that is not there.
        if code is None or code == sqlite3.SQLITE_ERROR:
            raise self.damaged(str(error)) from error
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise Locked(
                f"another process is writing to {self._kind.name}",
                where=str(self._path),
                advice="Wait until it has ended, then run the command again",
            ) from error
        raise StorageError(
            f"SQLite says: {error}",
            where=str(self._path),
            advice="Check that there is room on its disk and for temporary files (TMPDIR), and that"
            " the folder may be written",
        ) from error


def _placed(sql: str, values: Sequence[Any]) -> Sequence[Any] | dict[str, Any]:
    """Values for placeholders with numbers (`?1`) by number, as Python wants them since 3.12."""
    if "?1" not in sql:
        return values
    return {str(number): value for number, value in enumerate(values, start=1)}


def _storable(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
