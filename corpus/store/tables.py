"""Tables: what the catalogue keeps, and how its file is opened.

::

    originals ◀── versions ──▶ articles ◀── aliases      other ids that lead to the same article
        ▲            ▲            ▲    ◀── reprints     the same text by another outlet
        └──────── sightings ──────┘
        └──────── failures          what did not become an article
    inputs                          files read to their end, so that a second run can skip them
    visits                          addresses fetched, and how to ask whether they have changed
    state                           a mark that is another one after every change of an article
    changes                         which articles these were, in order
    intakes                         the chain of all that was taken in, see `corpus.store.chain`
    checksums                       one of each row of the others, see `corpus.store.checksums`

`application_id` marks the file as ours; `user_version` is the version of this schema.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from corpus.errors import CatalogueCorrupt, NoCatalogue, StorageError
from corpus.home import Home, make_private
from corpus.sqlite import Access, FileKind
from corpus.sqlite import Database as File
from corpus.store import chain, checksums
from corpus.store.server.database import Database
from corpus.store.types import Change, Trouble

APPLICATION_ID = 0x44535054  # "DSPT"
VERSION = 3
_WITHOUT_CHAIN, _WITHOUT_CHECKSUMS = 1, 2
_ADDED = {
    "visits": "addresses that were fetched, so that they are not fetched twice",
    "versions_by_cleaner": "which cleaner made what, so that `reclean` finds it at once",
    "intakes": "a chain over all intakes, by which `verify` tells what was altered",
    "state": "a mark of its state, by which `rebuild` tells that nothing has changed",
    "changes": "a log of changes, by which `update` reads only these",
    "checksums": "a checksum of each row, by which `verify` tells what is damaged",
}
"""What came after the first version, and what it is for."""
_MADE = re.compile(r"CREATE (?:TABLE|INDEX|TRIGGER) (\w+)")

SCHEMA = """
CREATE TABLE originals (
    sha256 TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    content BLOB NOT NULL
);
CREATE TABLE articles (
    article_id TEXT PRIMARY KEY,
    current INTEGER NOT NULL,
    first_collected TEXT NOT NULL
);
CREATE TABLE versions (
    article_id TEXT NOT NULL REFERENCES articles,
    version INTEGER NOT NULL,
    original_sha256 TEXT NOT NULL REFERENCES originals,
    collected TEXT NOT NULL,
    cleaner TEXT NOT NULL,
    kind TEXT NOT NULL,
    url TEXT,
    outlet TEXT NOT NULL,
    text_key TEXT NOT NULL,
    content_key TEXT NOT NULL,
    article BLOB NOT NULL,
    UNIQUE (article_id, version)
);
CREATE INDEX versions_by_text ON versions (text_key);
CREATE INDEX versions_by_cleaner ON versions (cleaner);
CREATE TABLE sightings (
    article_id TEXT NOT NULL REFERENCES articles,
    version INTEGER NOT NULL,
    locator TEXT NOT NULL,
    url TEXT NOT NULL,
    collected TEXT NOT NULL,
    reader TEXT NOT NULL,
    media_type TEXT NOT NULL,
    headers TEXT NOT NULL,
    declared TEXT NOT NULL,
    original_sha256 TEXT NOT NULL REFERENCES originals,
    document_key TEXT NOT NULL,
    UNIQUE (article_id, locator, url, original_sha256)
);
CREATE INDEX sightings_by_document ON sightings (document_key);
CREATE INDEX sightings_by_locator ON sightings (locator);
CREATE TABLE aliases (
    alias TEXT PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES articles
);
CREATE TABLE reprints (
    article_id TEXT PRIMARY KEY REFERENCES articles,
    reprint_of TEXT NOT NULL REFERENCES articles
);
CREATE TABLE failures (
    locator TEXT NOT NULL,
    document_key TEXT NOT NULL,
    url TEXT,
    stage TEXT NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    failed TEXT NOT NULL,
    cleaner TEXT NOT NULL,
    original_sha256 TEXT REFERENCES originals,
    raw TEXT,
    UNIQUE (locator, document_key)
);
CREATE INDEX failures_by_document ON failures (document_key);
CREATE TABLE inputs (
    path TEXT PRIMARY KEY,
    stamp TEXT NOT NULL,
    documents INTEGER NOT NULL
);
CREATE TABLE visits (
    url TEXT PRIMARY KEY,
    visited TEXT NOT NULL,
    outcome TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    listing_sha256 TEXT REFERENCES originals
);
"""

# The mark is drawn by chance, so that two catalogues that went different ways never have the same.
_MARK = "UPDATE state SET mark = lower(hex(randomblob(16)));"
_CHANGES = (
    ("version_added", "INSERT ON versions", "1"),
    ("version_read_again", "UPDATE ON versions", "1"),
    ("version_removed", "DELETE ON versions", "1"),
    ("article_removed", "DELETE ON articles", "1"),
    (
        "article_changed",
        "UPDATE ON articles",
        "(old.current, old.first_collected) IS NOT (new.current, new.first_collected)",
    ),
)

_STATE = [
    "CREATE TABLE state (mark TEXT NOT NULL)",
    *(
        f"CREATE TRIGGER {name} AFTER {event} WHEN {condition} BEGIN {_MARK} END"
        for name, event, condition in _CHANGES
    ),
]
"""No other version of the schema when it was added: an older program left it alone, and its
triggers ran. Checksums are one, as their triggers are not in the file.
"""
_WHOSE = {
    "INSERT": "new.article_id AS one",
    "DELETE": "old.article_id AS one",
    "UPDATE": "new.article_id AS one UNION SELECT old.article_id",
}
_NOTED = [
    (
        "CREATE TABLE changes (number INTEGER PRIMARY KEY AUTOINCREMENT, article_id TEXT NOT NULL,"
        " mark TEXT NOT NULL)"
    ),
    *(
        f"CREATE TRIGGER {name}_noted AFTER {event} WHEN {condition} BEGIN INSERT INTO changes"  # noqa: S608 - names of ours
        f" (article_id, mark) SELECT one, lower(hex(randomblob(8))) FROM"
        f" (SELECT {_WHOSE[event[:6]]}); END"
        for name, event, condition in _CHANGES
    ),
]
_FIRST_CHANGE = "INSERT INTO changes (article_id, mark) VALUES ('', lower(hex(randomblob(8))))"
"""That changes are noted."""


def _damaged(what: str, *, where: str) -> CatalogueCorrupt:
    return CatalogueCorrupt(
        f"the catalogue is damaged ({what})",
        where=where,
        advice="Restore it from a backup; indexes can be made again, originals cannot",
    )


_CATALOGUE = FileKind("the catalogue", _damaged)


def open_database(path: Path, *, readonly: bool) -> File:
    """Opens the file of a catalogue; makes it when it is to be written, and there is no index yet.

    Raises:
        NoCatalogue: `readonly`, and there is none.
        CatalogueCorrupt: the file is damaged or something else; or it is missing, or empty, though
            an index was made of it.
        StorageError: another version of Dispatches made it.
    """
    indexed = (Home(path.parent).index / "current").exists()
    if indexed and not (path.is_file() and path.stat().st_size):
        raise _lost(path)
    if readonly and not path.is_file():
        raise NoCatalogue(
            "there is no catalogue yet",
            where=str(path),
            advice="Take articles in with `dispatches add PATH`",
        )
    if not readonly:
        make_private(Home(path.parent))
    database = File(path, _CATALOGUE, Access.READ if readonly else Access.WRITE)
    try:
        if readonly:
            _check_marks(database, path)
        else:
            _prepare(database, path, new=not indexed)
    except BaseException:
        database.close()
        raise
    return database


def _lost(path: Path) -> CatalogueCorrupt:
    how = "empty" if path.exists() else "missing"
    return CatalogueCorrupt(
        f"the catalogue is {how}, though an index was made of it",
        where=str(path),
        advice="Restore it from a backup; to begin anew, name another folder with --home",
    )


def _prepare(database: File, path: Path, *, new: bool) -> None:
    database.log_ahead()
    database.write("PRAGMA foreign_keys = ON")
    with database.transaction():
        if database.row("SELECT 1 FROM sqlite_master"):
            version = _check_marks(database, path)
            for statement in SCHEMA.split(";"):
                name = _MADE.search(statement)
                if name and name[1] in _ADDED and not database.has(name[1]):
                    database.write(statement)
            if version == _WITHOUT_CHAIN:
                chain.begin(database)
        elif not new:
            raise _lost(path)
        else:
            database.script(SCHEMA)
            database.script(chain.TABLE)
            database.write(f"PRAGMA application_id = {APPLICATION_ID}")
        if not database.has("state"):
            database.script_of(_STATE)
            database.write("INSERT INTO state VALUES (lower(hex(randomblob(16))))")
        if not database.has("changes"):
            database.script_of(_NOTED)
            database.write(_FIRST_CHANGE)
        if not database.has("checksums"):
            checksums.begin(database)
        database.write(f"PRAGMA user_version = {VERSION}")
    checksums.keep(database)


def lacks(database: Database) -> tuple[str, ...]:
    """What the file has not yet, being of an earlier version; it gets it when it is written to."""
    return tuple(said for name, said in _ADDED.items() if not database.has(name))


def state(database: Database) -> str:
    """The mark of the articles as they are; empty where none is kept yet."""
    row = database.row("SELECT mark FROM state") if database.has("state") else None
    return str(row[0]) if row else ""


def last_change(database: Database, hidden: Collection[str] = ()) -> Change | None:
    """The last change of an article that is not hidden; None where none is noted yet."""
    if not database.has("changes"):
        return None
    row = database.row(
        "SELECT number, mark FROM changes"
        " WHERE article_id NOT IN (SELECT value FROM json_each(?)) ORDER BY number DESC LIMIT 1",
        (json.dumps(sorted(hidden)),),
    )
    return Change(*row) if row else None


def changed_since(database: Database, change: Change) -> list[str] | None:
    """Ids of the articles that changed after `change`, sorted; None where that cannot be told:
    it never happened here, as in a catalogue that was restored and went another way.
    """
    known = database.has("changes") and database.row(
        "SELECT 1 FROM changes WHERE number = ? AND mark = ?", (change.number, change.mark)
    )
    if not known:
        return None
    rows = database.rows(
        "SELECT DISTINCT article_id FROM changes WHERE number > ? ORDER BY article_id",
        (change.number,),
    )
    return [article_id for (article_id,) in rows]


def unlike(database: Database) -> Iterator[Trouble]:
    """What a file says of its own form that is not as we write it: SQLite would follow it, and
    keep no more changes, or other columns.
    """
    if not isinstance(database, File):  # a server looks after the form of its tables
        return
    made = {name: sql for sql in _forms() for name in _MADE.findall(sql)[:1]}
    found = dict(database.rows("SELECT name, CAST(sql AS BLOB) FROM sqlite_master"))
    of_today = database.value("PRAGMA user_version") == VERSION
    if checksums.are_kept(database) and not of_today:
        yield Trouble("the catalogue", "says that it is of an earlier form than it is")
    for name, sql in made.items():
        if name not in found:
            if of_today:
                yield Trouble(f"{name} of the catalogue", "was taken out")
        elif found[name] != sql.encode():
            yield Trouble(f"{name} of the catalogue", "has another form than was made")


def _forms() -> list[str]:
    """The statements that make a catalogue, as SQLite keeps them."""
    written = [*SCHEMA.split(";"), *chain.TABLE.split(";"), *_STATE, *_NOTED, checksums.TABLE]
    return [sql.strip() for sql in written if sql.strip()]


def _check_marks(database: File, path: Path) -> int:
    """The version of the file's schema, which is one that can be read."""
    mark, version = database.value("PRAGMA application_id"), database.value("PRAGMA user_version")
    if mark != APPLICATION_ID:
        raise CatalogueCorrupt(
            "the file is not a catalogue of Dispatches",
            where=str(path),
            advice="Name another folder with --home, or restore the file from a backup",
        )
    if version not in {_WITHOUT_CHAIN, _WITHOUT_CHECKSUMS, VERSION}:
        raise StorageError(
            f"the catalogue has schema {version}; this Dispatches reads schema {VERSION}",
            where=str(path),
            advice="Use the version of Dispatches that made it",
        )
    return int(version)
