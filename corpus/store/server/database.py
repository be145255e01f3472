"""Database: what must whatever holds the catalogue's tables be able to do?

Statements are of the SQL that SQLite and PostgreSQL share, with `?` or `?1` for values. Every table
has a `rowid` that grows in the order of writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from corpus.errors import StorageError


class Objects(Protocol):
    """Where originals are kept outside the tables, by their SHA-256."""

    def keep(self, sha256: str, content: bytes) -> None:
        """Keeps the bytes, once however often they come; they are on the disk when it returns."""

    def content(self, sha256: str) -> bytes:
        """The bytes that were kept.

        Raises:
            ValueError: they are damaged, or not there.
        """


class Database(Protocol):
    """One connection. `corpus.sqlite.Database` is one, `corpus.store.server.postgresql` the other.

    Raises (from every method):
        StorageError: see there.
    """

    @property
    def objects(self) -> Objects | None:
        """Where originals are; None where their bytes are in the table itself."""

    def close(self) -> None:
        """Ends the connection; closing twice is fine."""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Every row that the query gives."""

    def row(self, sql: str, values: Sequence[Any] = ()) -> Any | None:
        """The first row, or None."""

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first column of the first row of a query that always gives one."""

    def write(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Runs a statement that writes; returns how many rows it touched."""

    def write_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Runs a statement that writes once a row."""

    def script(self, sql: str) -> None:
        """Runs statements that write and take no values, one after the other."""

    def transaction(self) -> AbstractContextManager[None]:
        """All that is written inside is kept, or nothing is. Who writes is alone: others wait."""

    def reading(self) -> AbstractContextManager[None]:
        """All that is read inside is as of one instant, and nothing can be written."""

    def has(self, name: str) -> bool:
        """Whether there is a table or index of this name."""

    def storable(self, value: Any) -> Any:
        """A value as it comes back: not every text can be held as it is."""

    def flaws(self) -> list[str]:
        """What is wrong with the structure of the whole, as far as it can tell."""

    def damaged(self, what: str) -> StorageError:
        """The error to raise for damaged content in what is otherwise readable."""
