"""Checksums: is each row of the catalogue as it was written?

Originals have their SHA-256, intakes their chain. What the cleaner made of an original, other ids
of an article, what failed and what changed have checksums: one of all columns of each row, written
in the transaction that writes the row.

They are kept by triggers of the connection that writes, not of the file: nothing that writes here
can forget them, and whoever writes past this program is told of by `dispatches verify`. They tell
of accidents. Who means to deceive can work them out again; that is what the chain is for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from corpus.sqlite import Database as File
from corpus.store.server.database import Database
from corpus.store.types import Trouble

TABLE = """CREATE TABLE checksums (
    of TEXT NOT NULL,
    row INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (of, row)
) WITHOUT ROWID"""
_NAMED_BY = {
    "originals": ("sha256",),
    "articles": ("article_id",),
    "versions": ("article_id", "version"),
    "sightings": ("article_id", "locator"),
    "aliases": ("alias",),
    "reprints": ("article_id",),
    "failures": ("locator",),
    "inputs": ("path",),
    "visits": ("url",),
    "changes": ("number",),
    "state": (),
}
"""The tables whose rows have them, and what a person is told of a row. The chain has its own."""
_COVERED_ELSEWHERE = {"originals": {"content"}}  # by its SHA-256, which is a column


def checksum(types: str, *values: bytes | None) -> int:
    """The checksum of one row, as SQLite holds numbers.

    Args:
        types: of the columns, so that the number 1 is another value than the text "1".
        values: the columns as bytes; damaged text is no text that could be decoded.
    """
    summed = [types.encode()]
    for value in values:
        if value is not None:
            summed += (b"%d:" % len(value), value)
    digest = hashlib.blake2b(b"".join(summed), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def are_kept(database: Database) -> bool:
    """Whether the file has them; one of an earlier version gets them when it is next written.

    A server has its own, of each page, where it was set up so.
    """
    return isinstance(database, File) and database.has("checksums")


def begin(database: File) -> None:
    """Makes those of a catalogue that has none. What is in it now is taken to be right."""
    database.function("checksum", checksum)
    database.write(TABLE)
    for table in _NAMED_BY:
        database.write(
            f"INSERT INTO checksums SELECT '{table}', rowid, {_sum(database, table)} FROM {table}"  # noqa: S608 - names of ours
        )


def keep(database: File) -> None:
    """Has every row that this connection writes leave its checksum."""
    database.function("checksum", checksum)
    database.write("PRAGMA temp_store = MEMORY")
    database.write("PRAGMA recursive_triggers = ON")  # what REPLACE takes out is deleted too
    for table in _NAMED_BY:
        columns = _columns(database, table)
        values = f"'{table}', new.rowid, {_sum(database, table, 'new.')}"
        put = f"INSERT OR REPLACE INTO checksums VALUES ({values});"  # noqa: S608 - names of ours
        out = f"DELETE FROM checksums WHERE of = '{table}' AND row = old.rowid;"  # noqa: S608 - names of ours
        before, after = (
            ", ".join(f"{row}.{name}" for name in ("rowid", *columns)) for row in ("old", "new")
        )
        for event, condition, done in (
            ("INSERT", "1", put),
            ("DELETE", "1", out),
            ("UPDATE", f"({before}) IS NOT ({after})", out + put),
        ):
            database.write(
                f"CREATE TEMP TRIGGER {table}_{event} AFTER {event} ON {table} WHEN {condition}"
                f" BEGIN {done} END"
            )


def troubles(database: Database) -> Iterator[Trouble]:
    """Rows that are not as they were written, that were put in and that were taken out, past this
    program; nothing where no checksums are kept yet.
    """
    if not isinstance(database, File) or not are_kept(database):
        return
    database.function("checksum", checksum)
    for table, named_by in _NAMED_BY.items():
        if not _columns(database, table):  # told of as a table that is missing
            continue
        names = ", ".join(f"CAST({name} AS BLOB)" for name in ("rowid", *named_by))
        for has, *known in database.rows(
            f"SELECT checksum IS NOT NULL, {names} FROM {table} LEFT JOIN checksums"  # noqa: S608 - names of ours
            f" ON of = '{table}' AND row = {table}.rowid"
            f" WHERE checksum IS NOT {_sum(database, table, f'{table}.')} ORDER BY {table}.rowid"
        ):
            yield Trouble(
                _named(table, known),
                "is not as it was written" if has else "was put in past this program",
            )
        for (row,) in database.rows(
            f"SELECT row FROM checksums WHERE of = '{table}'"  # noqa: S608 - names of ours
            f" AND row NOT IN (SELECT rowid FROM {table}) ORDER BY row"
        ):
            yield Trouble(f"row {row} of {table}", "was taken out past this program")
    marks = ", ".join("?" * len(_NAMED_BY))
    for of, row in database.rows(
        f"SELECT CAST(of AS BLOB), row FROM checksums WHERE of NOT IN ({marks})",  # noqa: S608 - question marks
        tuple(_NAMED_BY),
    ):
        yield Trouble(f"a checksum of row {row} of {of.decode(errors='replace')}", "is of no table")


def altered_versions(database: Database) -> list[tuple[str, int]]:
    """Versions that are not as they were written, by article id and number, oldest first."""
    if not isinstance(database, File) or not are_kept(database):
        return []
    database.function("checksum", checksum)
    return database.rows(
        "SELECT article_id, version FROM versions LEFT JOIN checksums"  # noqa: S608 - names of ours
        " ON of = 'versions' AND row = versions.rowid"
        f" WHERE checksum IS NOT {_sum(database, 'versions', 'versions.')} ORDER BY versions.rowid"
    )


def _named(table: str, known: list[bytes | None]) -> str:
    row, *names = ((one or b"").decode(errors="replace") for one in known)
    told = f" ({', '.join(names)})" if names else ""
    return f"row {row} of {table}{told}"


def _sum(database: File, table: str, of: str = "") -> str:
    """The expression for the checksum of a row.

    Args:
        of: what stands before the names of its columns.
    """
    columns = [f"{of}{name}" for name in _columns(database, table)]
    types = " || ".join(f"substr(typeof({name}), 1, 1)" for name in columns)
    return f"checksum({types}, {', '.join(f'CAST({name} AS BLOB)' for name in columns)})"


def _columns(database: File, table: str) -> list[Any]:
    covered = _COVERED_ELSEWHERE.get(table, set())
    found = database.rows("SELECT name FROM pragma_table_info(?)", (table,))
    return [name for (name,) in found if name not in covered]
