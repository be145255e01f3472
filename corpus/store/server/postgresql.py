"""PostgreSQL: a database on a server, asked and written, with errors that a person understands.

The only module that imports `psycopg`. Who writes holds a lock from the beginning of the
transaction to its end, and others wait for it, on whichever machine: where a document belongs is
decided as if one process alone took in, and the chain over intakes stays one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import lru_cache
from typing import Any, NoReturn

from corpus.errors import (
    CatalogueCorrupt,
    CatalogueUnavailable,
    InvalidParameter,
    Locked,
    MachineTrouble,
    StorageError,
)
from corpus.store.server.database import Objects

try:
    import psycopg
    from psycopg import errors
except ImportError as missing:
    raise InvalidParameter(
        "a catalogue on a server needs what is not installed here",
        where="--catalogue",
        advice="Run `pip install 'dispatches[cluster]'`",
    ) from missing

SCHEMA = "dispatches"
WAITING_SECONDS = 60.0
"""How long a writer waits for others, and the server for a writer that says nothing more."""
CONNECTING_SECONDS = 10
_LOCK = 0x44535054  # "DSPT"
_PLACE = re.compile(r"\?(\d*)")


class Postgres(AbstractContextManager["Postgres"]):
    """One connection to one database; a context manager. Threads may share it: they take turns.

    PostgreSQL holds UTF-8 without NUL: half a surrogate pair is written and looked for as a
    question mark, NUL as the replacement character.

    Args:
        address: `postgresql://…`, without a password.
        objects: where the originals are.

    Raises (from every method):
        CatalogueUnavailable: the server does not answer, or not to us.
        Locked: others wrote for longer than we wait.
        StorageError: we may not read or write there, or the server's disk is full.
    """

    def __init__(self, address: str, objects: Objects, *, readonly: bool) -> None:
        self.address = address
        self.objects = objects
        self._is_open = False
        try:
            self._connection = psycopg.connect(
                address,
                autocommit=True,
                connect_timeout=CONNECTING_SECONDS,
                application_name="dispatches",
                client_encoding="utf8",
                keepalives_idle=30,
            )
        except psycopg.Error as error:
            self._explain(error)
        except UnicodeError as error:
            raise self._unavailable(str(error)) from error
        self._is_open = True
        try:
            milliseconds = int(WAITING_SECONDS * 1000)
            self._connection.execute(
                f"SET search_path = {SCHEMA}; SET lock_timeout = {milliseconds};"
                f" SET idle_in_transaction_session_timeout = {milliseconds * 10};"
                f" SET default_transaction_read_only = {'on' if readonly else 'off'}"
            )
        except psycopg.Error as error:
            self._connection.close()
            self._explain(error)
        encoding = self._connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            self._connection.close()
            raise StorageError(
                f"the database holds text as {encoding}",
                where=address,
                advice="Make one with UTF-8: `createdb --encoding UTF8 --template template0`",
            )

    def close(self) -> None:
        """Ends the connection; closing twice is fine."""
        self._connection.close()

    def __exit__(self, *_error: object) -> None:
        self.close()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Every row that the query gives."""
        try:
            return self._execute(sql, values).fetchall()
        except psycopg.Error as error:
            self._explain(error)

    def row(self, sql: str, values: Sequence[Any] = ()) -> Any | None:
        """The first row, or None."""
        try:
            return self._execute(sql, values).fetchone()
        except psycopg.Error as error:
            self._explain(error)

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first column of the first row of a query that always gives one."""
        return self.rows(sql, values)[0][0]

    def write(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Runs a statement that writes; returns how many rows it touched."""
        try:
            return self._execute(sql, values).rowcount
        except psycopg.Error as error:
            self._explain(error)

    def write_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Runs a statement that writes once a row."""
        try:
            with self._connection.cursor() as cursor:
                cursor.executemany(_translated(sql), map(self._named, rows))
        except psycopg.Error as error:
            self._explain(error)

    def script(self, sql: str) -> None:
        """Runs statements that write and take no values, one after the other."""
        try:
            self._connection.execute(sql.encode())
        except psycopg.Error as error:
            self._explain(error)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept, or nothing is. Who writes is alone: others wait."""
        self.write("BEGIN")
        try:
            self.rows("SELECT pg_advisory_xact_lock(?)", (_LOCK,))
            yield
            self.write("COMMIT")
        except BaseException:
            self._take_back()
            raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read inside is as of one instant, and nothing can be written."""
        self.write("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            self._take_back()

    def _take_back(self) -> None:
        if not self._connection.closed:
            with suppress(psycopg.Error):  # a connection that is lost takes it back by itself
                self._connection.execute("ROLLBACK")

    def has(self, name: str) -> bool:
        """Whether there is a table or index of this name."""
        # Not `to_regclass`, which in a transaction goes on saying what it said before a wait.
        return bool(
            self.value(
                "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_class AS c"
                " JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
                " WHERE n.nspname = ? AND c.relname = ?)",
                (SCHEMA, name),
            )
        )

    def storable(self, value: Any) -> Any:
        """A value as it comes back: see above."""
        if not isinstance(value, str):
            return value
        return value.encode("utf-8", "replace").decode().replace("\0", "\ufffd")

    def flaws(self) -> list[str]:
        """Nothing: the server looks after the structure of its files (`pg_amcheck`)."""
        return []

    def damaged(self, what: str) -> StorageError:
        """The error to raise for damaged content in what is otherwise readable."""
        return CatalogueCorrupt(
            f"the catalogue is damaged ({what})",
            where=self.address,
            advice="Restore it from a backup; indexes can be made again, originals cannot",
        )

    def _execute(self, sql: str, values: Sequence[Any]) -> psycopg.Cursor[Any]:
        if not values:
            return self._connection.execute(sql.encode())
        return self._connection.execute(_translated(sql), self._named(values))

    def _named(self, values: Sequence[Any]) -> dict[str, Any]:
        """Values by the names of their placeholders, as they can be held."""
        return {f"v{number}": self.storable(value) for number, value in enumerate(values, start=1)}

    def _explain(self, error: psycopg.Error) -> NoReturn:
        """Raises what a person understands in place of what the server says."""
        said = str(error.diag.message_primary or error).strip()
        if self._is_lost():
            raise self._unavailable(said) from error
        if isinstance(error, (errors.LockNotAvailable, errors.DeadlockDetected)):
            raise Locked(
                "others are writing to the catalogue",
                where=self.address,
                advice="Wait until they have ended, then run the command again",
            ) from error
        if isinstance(error, (errors.DiskFull, errors.OutOfMemory)):
            raise MachineTrouble(
                f"the server of the catalogue says: {said}",
                where=self.address,
                advice="Make room there, and run the command again",
            ) from error
        if isinstance(error, (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction)):
            raise StorageError(
                f"this user may not do that in the catalogue: {said}",
                where=self.address,
                advice="Name a user who may in the address, or have the right given to this one",
            ) from error
        if isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError)):
            raise self._unavailable(said) from error
        if isinstance(error, (psycopg.InternalError, errors.DataCorrupted, errors.UndefinedTable)):
            raise self.damaged(said) from error
        raise StorageError(
            f"PostgreSQL says: {said}",
            where=self.address,
            advice="See the log of the server",
        ) from error

    def _is_lost(self) -> bool:
        return not self._is_open or self._connection.broken

    def _unavailable(self, said: str) -> CatalogueUnavailable:
        last = said.splitlines()[0] if said else "nothing was said"
        if "password" in last or "authentication" in last:
            advice = "Set PGPASSWORD, or name a file with the password in PGPASSFILE"
        else:
            advice = "Check that it runs and can be reached, then run the command again: it goes on"
        return CatalogueUnavailable(
            "the server of the catalogue cannot be used",
            where=f"{self.address}: {last}",  # which pages do not show to readers
            advice=advice,
        )


@lru_cache(maxsize=256)
def _translated(sql: str) -> bytes:
    """A statement with placeholders as psycopg wants them."""
    count = 0

    def place(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"%(v{found[1] or count})s"

    return _PLACE.sub(place, sql.replace("%", "%%")).encode()
