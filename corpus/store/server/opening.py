"""Opening: a catalogue on a server, made, brought up to date, and known for the one it is."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import CatalogueCorrupt, CatalogueOutdated, NoCatalogue, StorageError
from corpus.home import Home, make_private
from corpus.store.server import choice
from corpus.store.server.choice import Server
from corpus.store.server.folder import Folder
from corpus.store.server.postgresql import SCHEMA, Postgres
from corpus.store.server.schema import STEPS, VERSION

if TYPE_CHECKING:
    from corpus.store.server.bucket import Bucket

_MOVING = "moving"


def open_database(home: Home, server: Server, *, readonly: bool) -> Postgres:
    """Opens the catalogue of a collection on its server; makes it when it is to be written.

    Raises:
        NoCatalogue: `readonly`, and there is none.
        CatalogueCorrupt: it is another one than that of this collection, or its originals are.
        CatalogueUnavailable: the server does not answer.
        CatalogueOutdated: `readonly`, and an earlier version of Dispatches made it.
        StorageError: a later version of Dispatches made it; or we may not read or write there.
    """
    objects = _objects(server.originals)
    database = Postgres(server.address, objects, readonly=readonly)
    try:
        if readonly:
            mark = _marked(database)
        else:
            make_private(home)
            mark = _prepared(database, secrets.token_hex(16))
        _is_finished(database, mark)
        _is_ours(home, server, mark)
        nothing = not readonly and not database.row("SELECT 1 FROM originals LIMIT 1")
        objects.check(mark, empty=nothing)
        if not readonly:
            choice.keep(home, replace(server, mark=mark))
    except BaseException:
        database.close()
        raise
    return database


@contextmanager
def open_draft(
    server: Server, sent: str, fingerprint: Callable[[Postgres], str]
) -> Iterator[Postgres]:
    """Opens a catalogue on a server that is filled from another one, and is of use to nobody else
    until `finish_draft`; what an earlier try left of the same is there still.

    Args:
        sent: tells what it is filled with from everything else.
        fingerprint: tells the same of one that is finished.

    Raises:
        CatalogueCorrupt: there is another catalogue.
    """
    objects = _objects(server.originals)
    with Postgres(server.address, objects, readonly=False) as database:
        mark = _prepared(database, f"{_MOVING} {sent} {secrets.token_hex(16)}")
        if not mark.startswith(_MOVING):
            if fingerprint(database) != sent:
                raise CatalogueCorrupt(
                    "there is a catalogue already",
                    where=server.address,
                    advice="Name an empty database",
                )
            token = mark
        else:
            _, before, token = mark.split()
            if before != sent:
                database.script(f"DROP SCHEMA {SCHEMA} CASCADE")
                _prepared(database, f"{_MOVING} {sent} {token}")
        objects.check(token, empty=True)
        yield database


def finish_draft(database: Postgres) -> str:
    """Lets everybody have a catalogue that is whole now; returns its mark."""
    token = str(database.value("SELECT mark FROM about")).split()[-1]
    database.write("UPDATE about SET mark = ?", (token,))
    return token


def _objects(originals: str) -> Folder | Bucket:
    """Where the originals of a catalogue are."""
    if choice.is_store(originals):
        from corpus.store.server.bucket import Bucket  # noqa: PLC0415 - needs what few have

        return Bucket(originals)
    return Folder(Path(originals))


def _is_finished(database: Postgres, mark: str) -> None:
    if mark.startswith(_MOVING):
        raise CatalogueCorrupt(
            "a catalogue is being moved here, and is here in part only",
            where=database.address,
            advice="Run the same `dispatches move` again; it goes on where it was cut off",
        )


def _is_ours(home: Home, server: Server, mark: str) -> None:
    if server.mark and server.mark != mark:
        raise CatalogueCorrupt(
            "this is the catalogue of another collection",
            where=server.address,
            advice=f"Name the one of this collection with --catalogue, as {home.server} has it",
        )


def _marked(database: Postgres) -> str:
    """The mark of a catalogue that can be read."""
    if not database.has("about"):
        raise NoCatalogue(
            "there is no catalogue yet",
            where=database.address,
            advice="Take articles in with `dispatches add PATH`",
        )
    version, mark = database.rows("SELECT version, mark FROM about")[0]
    if version < VERSION:
        raise CatalogueOutdated(
            f"the catalogue has schema {version}; this Dispatches reads schema {VERSION}",
            where=database.address,
            advice="Bring it up to date with `dispatches upgrade`; older versions of Dispatches"
            " cannot read it then",
        )
    _not_newer(database, version)
    return str(mark)


def _not_newer(database: Postgres, version: int) -> None:
    if version > VERSION:
        raise StorageError(
            f"the catalogue has schema {version}; this Dispatches reads schema {VERSION}",
            where=database.address,
            advice="Use the version of Dispatches that made it, on every machine",
        )


def _prepared(database: Postgres, fresh: str) -> str:
    """The mark of a catalogue that can be written, after what it lacked was added.

    Args:
        fresh: the mark that one gets which is made just now.
    """
    if database.has("about"):
        version, mark = database.rows("SELECT version, mark FROM about")[0]
        if version == VERSION:
            return str(mark)
    with database.transaction():  # whoever else prepares it waits
        if not database.has("about"):
            database.write(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            database.script("CREATE TABLE about (version INTEGER NOT NULL, mark TEXT NOT NULL)")
            database.write("INSERT INTO about VALUES (0, ?)", (fresh,))
        version, mark = database.rows("SELECT version, mark FROM about")[0]
        _not_newer(database, version)
        for step in STEPS[version:]:
            database.script(step)
        if version < VERSION:
            database.write("UPDATE about SET version = ?", (VERSION,))
    return str(mark)
