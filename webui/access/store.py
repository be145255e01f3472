"""Store: where is kept who may come in? In `people.sqlite`, a small file that is its owner's alone.

While there is such a file, every address needs somebody who is signed in. One that is damaged, of
another format, or open to others on this machine lets nobody in. Passwords, sessions and tokens
stand in it as hashes only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import InvalidParameter, StorageError
from corpus.home import PRIVATE_FILE, Home, make_private
from corpus.sqlite import Access, Database, FileKind
from webui.access.roles import ROLES

_FORMAT = 1
_TABLES = f"""
CREATE TABLE people (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    role TEXT NOT NULL CHECK (role IN {ROLES}),
    password TEXT NOT NULL CHECK (password LIKE '$argon2id$%'),
    disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    made INTEGER NOT NULL
) STRICT;
CREATE TABLE sessions (
    hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
    person TEXT NOT NULL REFERENCES people (key),
    made INTEGER NOT NULL,
    seen INTEGER NOT NULL
) STRICT;
CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    person TEXT NOT NULL REFERENCES people (key),
    role TEXT NOT NULL CHECK (role IN {ROLES}),
    note TEXT NOT NULL,
    made INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1))
) STRICT;
PRAGMA user_version = {_FORMAT}
"""  # roles are ours


def _damaged(what: str, *, where: str) -> StorageError:
    return StorageError(
        f"the file of people is damaged: {what}",
        where=where,
        advice="Restore it from a backup, or remove it and add everybody anew; nobody gets in "
        "meanwhile",
    )


_KIND = FileKind("the file of people", _damaged)


def is_kept(path: Path) -> bool:
    """Whether somebody must sign in here."""
    return path.exists()


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """The file, to be read.

    Raises:
        InvalidParameter: there is none yet.
        StorageError: it is damaged, or of another format.
    """
    if not is_kept(path):
        raise InvalidParameter(
            "there is nobody yet who could sign in",
            where="people",
            advice="Begin with `dispatches people add NAME --role operator`",
        )
    with Database(path, _KIND, Access.READ) as database:
        _check_format(database)
        yield database


@contextmanager
def writing(path: Path, *, new: bool = False) -> Iterator[Database]:
    """The file, to be changed, all or nothing.

    Args:
        new: make it where there is none.

    Raises:
        InvalidParameter: there is none, and none is to be made.
        StorageError: it is damaged, cannot be written, or is of another format.
    """
    if not new and not is_kept(path):
        with reading(path):
            pass
    make_private(Home(path.parent))
    with Database(path, _KIND, Access.WRITE) as database, database.transaction():
        if not database.value("PRAGMA user_version"):
            database.script(_TABLES)
        _check_format(database)
        yield database


def check(path: Path) -> None:
    """Looks at the whole file, before a server relies on it.

    Raises:
        StorageError: its structure is damaged, or others on this machine may read or change it.
    """
    with reading(path) as database:
        if flaws := database.flaws():
            raise database.damaged(flaws[0])
    if path.stat().st_mode & 0o777 & ~PRIVATE_FILE:
        raise StorageError(
            "others on this machine may read or change the file of people",
            where=str(path),
            advice=f"Close it with `chmod 600 {path}`",
        )


def _check_format(database: Database) -> None:
    found = database.value("PRAGMA user_version")
    if found != _FORMAT:
        raise database.damaged(f"its format is {found}, and this program knows {_FORMAT}")
