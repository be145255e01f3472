"""Moving: a whole catalogue from the collection's file to a server, or back, as it is.

Rows are copied as they are, with their numbers, in pieces that are each kept whole, while nobody
can write where they come from. Where that was cut off, the same command goes on. Then every row and
every original is read back and compared by hash, and only then does the collection change over;
what was moved stays where it was, for whoever moves to take away.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.errors import CatalogueCorrupt, InvalidParameter, OriginalNotFound, StorageError
from corpus.home import CATALOGUE, Home, sync
from corpus.store import chain, originals
from corpus.store.codec import compress
from corpus.store.server import choice, opening
from corpus.store.server.choice import Server
from corpus.store.server.database import Database
from corpus.store.server.postgresql import Postgres
from corpus.store.tables import open_database, state
from corpus.store.types import Link

_PIECE = 500  # rows of one transaction
_TABLES = {
    "originals": "rowid sha256 media_type size",
    "articles": "rowid article_id current first_collected",
    "versions": "rowid article_id version original_sha256 collected cleaner kind url outlet"
    " text_key content_key article",
    "sightings": "rowid article_id version locator url collected reader media_type headers"
    " declared original_sha256 document_key",
    "aliases": "alias article_id",
    "reprints": "article_id reprint_of",
    "failures": "rowid locator document_key url stage code reason failed cleaner original_sha256"
    " raw",
    "inputs": "path stamp documents",
    "visits": "url visited outcome etag last_modified listing_sha256",
    "intakes": "number article_id taken record link",
    "changes": "number article_id mark",
    "state": "mark",
}
"""Columns of each table; rows go by the first. Those that others refer to come before these."""
_WRITTEN_BY_ITSELF = ("changes", "state")  # as rows of other tables are written
_GROWING = ("originals", "articles", "versions", "sightings", "intakes")
_FILE = "file"


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved.

    Attributes:
        rows: of all tables. copied: those of them that this run copied, and not one before.
        link: the last of the chain.
        left: where it was, and still is.
    """

    rows: int
    copied: int
    link: Link
    left: str


def move(home: Home, to: str, on_row: Callable[[], None] = lambda: None) -> Moved:
    """Moves the catalogue of a collection; goes on where the same was cut off.

    Args:
        to: `file`, or the address of a server.
        on_row: is called for each row.

    Raises:
        InvalidParameter: it is there already, or `to` is no place.
        StorageError: there is another one at that place; either cannot be read or written; or what
            arrived is not what was sent.
    """
    given = {name: value for name, value in home.given.items() if name != CATALOGUE}
    server = choice.chosen(replace(home, given=given))
    if to == _FILE:
        if server is None:
            raise _is_there("in a file")
        return _to_file(home, server, on_row)
    if server is not None:
        raise _is_there(f"on a server: {server.address}")
    return _to_server(home, choice.server_named(home, to), on_row)


def _is_there(how: str) -> InvalidParameter:
    return InvalidParameter(
        f"the catalogue of this collection is {how}",
        where="--to",
        advice="Write the place that it is to move to: file, or postgresql://USER@HOST/DATABASE",
    )


def _to_server(home: Home, server: Server, on_row: Callable[[], None]) -> Moved:
    if not home.catalogue.exists():
        open_database(home.catalogue, readonly=True)  # says what to do
    with open_database(home.catalogue, readonly=False) as source, source.transaction():
        sent = _fingerprint(source)
        with opening.open_draft(server, sent, _fingerprint) as target:
            rows, copied = _copy(source, target, on_row)
            for table in _GROWING[:-1]:
                _count_on(target, table, "rowid")
            _count_on(target, "changes", "number")
            link = _compared(source, target)
            kept = replace(server, mark=opening.finish_draft(target))
        choice.keep(home, kept)
    with open_database(home.catalogue, readonly=False) as source:
        source.write("PRAGMA wal_checkpoint(TRUNCATE)")
    left = home.catalogue.with_name(f"{home.catalogue.name}.moved")
    home.catalogue.replace(left)
    sync(home.path)
    return Moved(rows, copied, link, str(left))


def _to_file(home: Home, server: Server, on_row: Callable[[], None]) -> Moved:
    drafts = home.path / "moving"
    with opening.open_database(home, server, readonly=False) as source:
        source.write("SET idle_in_transaction_session_timeout = 0")  # it may take hours
        with source.transaction():
            draft = drafts / f"{_fingerprint(source)}.sqlite"
            if not draft.exists():  # what lies there is of a catalogue that has changed since
                shutil.rmtree(drafts, ignore_errors=True)
            rows, copied, link = _filled(source, draft, on_row)
            draft.replace(home.catalogue)
            sync(home.path)
            choice.forget(home)
            shutil.rmtree(drafts)
    return Moved(rows, copied, link, server.address)


def copy_to_file(home: Home, server: Server, path: Path) -> None:
    """Makes a file of a catalogue on a server as it is at one instant, while others take in.

    Args:
        path: a file that is not there yet, in a folder of its own.

    Raises:
        StorageError: the catalogue cannot be read, or the file not be written.
    """
    with opening.open_database(home, server, readonly=True) as source, source.reading():
        _filled(source, path, lambda: None)


def _filled(source: Postgres, path: Path, on_row: Callable[[], None]) -> tuple[int, int, Link]:
    """Fills one file with all there is; how many rows it has, how many are new, the last link."""
    with open_database(path, readonly=False) as target:
        rows, copied = _copy(source, target, on_row)
        link = _compared(source, target)
        target.write("PRAGMA wal_checkpoint(TRUNCATE)")
        target.write("PRAGMA journal_mode = DELETE")
    sync(path)
    return rows, copied, link


def _fingerprint(source: Database) -> str:
    """Another one after every change: of articles, of what was seen, and of all the rest."""
    digest = hashlib.sha256()
    last = chain.last(source)
    numbers = source.value("SELECT count(*) FROM originals")
    digest.update(f"{state(source)} {last} {numbers}".encode())
    for table in _TABLES:
        if table not in (*_GROWING, *_WRITTEN_BY_ITSELF):
            _add(digest, source, table)
    return digest.hexdigest()[:32]


def _copy(source: Database, target: Database, on_row: Callable[[], None]) -> tuple[int, int]:
    """Copies what is not there yet; returns how many rows there are, and how many were copied."""
    rows = copied = 0
    for table, listed in _TABLES.items():
        columns = listed.split()
        if table in _WRITTEN_BY_ITSELF:
            continue
        (at,) = target.rows(f"SELECT max({columns[0]}) FROM {table}")[0]  # noqa: S608 - ours
        rows += target.value(f"SELECT count(*) FROM {table}")  # noqa: S608 - ours
        for piece in _pieces(source, table, after=at):
            if table == "originals":
                piece = [_original(source, target, row) for row in piece]  # noqa: PLW2901
            with target.transaction():
                _insert(target, table, piece)
            rows += len(piece)
            copied += len(piece)
            for _ in piece:
                on_row()
    with target.transaction():
        for table in _WRITTEN_BY_ITSELF:
            target.write(f"DELETE FROM {table}")  # noqa: S608 - ours
            for piece in _pieces(source, table):
                _insert(target, table, piece)
    return rows, copied


def _pieces(database: Database, table: str, *, after: Any = None) -> Iterator[list[Any]]:
    """The rows of a table in the order of the first column, some at a time."""
    columns = _TABLES[table].split()
    listed, key = ", ".join(columns), columns[0]
    while True:
        condition = "" if after is None else f"WHERE {key} > ?"
        piece = database.rows(
            f"SELECT {listed} FROM {table} {condition} ORDER BY {key} LIMIT {_PIECE}",  # noqa: S608 - ours
            () if after is None else (after,),
        )
        if not piece:
            return
        yield piece
        after = piece[-1][0]


def _insert(target: Database, table: str, rows: list[Any]) -> None:
    columns = _TABLES[table].split()
    if table == "originals" and target.objects is None:
        columns.append("content")
    marks = ", ".join("?" * len(columns))
    target.write_many(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608 - ours
        rows,
    )


def _original(source: Database, target: Database, row: Any) -> tuple[Any, ...]:
    """The row of an original, its bytes put where the target has them."""
    sha256 = row[1]
    content = originals.original(source, sha256).content
    if hashlib.sha256(content).hexdigest() != sha256:
        raise source.damaged(f"original {sha256} has other bytes than were taken in")
    if target.objects is None:
        return (*row, compress(content))
    target.objects.keep(sha256, content)
    return tuple(row)


def _count_on(target: Postgres, table: str, column: str) -> None:
    """Has numbers that the server gives go on after those that were copied."""
    target.rows(
        f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'),"  # noqa: S608 - ours
        f" (SELECT coalesce(max({column}), 0) + 1 FROM {table}), false)"
    )


def _compared(source: Database, target: Database) -> Link:
    """The last link, once every row and every original was read back and is what was sent.

    Raises:
        CatalogueCorrupt: it is not.
    """
    for table in _TABLES:
        sent, arrived = hashlib.sha256(), hashlib.sha256()
        _add(sent, source, table)
        _add(arrived, target, table)
        if sent.digest() != arrived.digest():
            raise _differs(table)
    for piece in _pieces(target, "originals"):
        for _, sha256, *_ in piece:
            try:
                content = originals.original(target, sha256).content
            except (StorageError, OriginalNotFound) as error:
                raise _differs(f"original {sha256}: {error}") from error
            if hashlib.sha256(content).hexdigest() != sha256:
                raise _differs(f"original {sha256}")
    return chain.last(target)


def _differs(what: str) -> CatalogueCorrupt:
    return CatalogueCorrupt(
        f"what arrived is not what was sent: {what}",
        where="--to",
        advice="The catalogue stays where it was. See what `dispatches verify` says of it",
    )


def _add(digest: Any, database: Database, table: str) -> None:
    for piece in _pieces(database, table):
        for row in piece:
            said = [one.hex() if isinstance(one, bytes) else one for one in row]
            digest.update(json.dumps(said).encode())
