"""Opening: a catalogue on a server, made, brought up to date, and known for the one it is."""

from __future__ import annotations

import secrets
from dataclasses import replace

from corpus.errors import CatalogueCorrupt, CatalogueOutdated, NoCatalogue, StorageError
from corpus.home import Home, make_private
from corpus.store.server import choice
from corpus.store.server.choice import Server
from corpus.store.server.objects import Folder
from corpus.store.server.postgresql import SCHEMA, Postgres
from corpus.store.server.schema import STEPS, VERSION


def open_database(home: Home, server: Server, *, readonly: bool) -> Postgres:
    """Opens the catalogue of a collection on its server; makes it when it is to be written.

    Raises:
        NoCatalogue: `readonly`, and there is none.
        CatalogueCorrupt: it is another one than that of this collection, or its originals are.
        CatalogueUnavailable: the server does not answer.
        CatalogueOutdated: `readonly`, and an earlier version of Dispatches made it.
        StorageError: a later version of Dispatches made it; or we may not read or write there.
    """
    folder = Folder(server.originals)
    database = Postgres(server.address, folder, readonly=readonly)
    try:
        if readonly:
            mark = _marked(database)
        else:
            make_private(home)
            mark = _prepared(database)
        _is_ours(home, server, mark)
        nothing = not readonly and not database.row("SELECT 1 FROM originals LIMIT 1")
        folder.check(mark, empty=nothing)
        if not readonly:
            choice.keep(home, replace(server, mark=mark))
    except BaseException:
        database.close()
        raise
    return database


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


def _prepared(database: Postgres) -> str:
    """The mark of a catalogue that can be written, after what it lacked was added."""
    if database.has("about"):
        version, mark = database.rows("SELECT version, mark FROM about")[0]
        if version == VERSION:
            return str(mark)
    with database.transaction():  # whoever else prepares it waits
        if not database.has("about"):
            database.write(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            database.script("CREATE TABLE about (version INTEGER NOT NULL, mark TEXT NOT NULL)")
            database.write("INSERT INTO about VALUES (0, ?)", (secrets.token_hex(16),))
        version, mark = database.rows("SELECT version, mark FROM about")[0]
        _not_newer(database, version)
        for step in STEPS[version:]:
            database.script(step)
        if version < VERSION:
            database.write("UPDATE about SET version = ?", (VERSION,))
    return str(mark)
