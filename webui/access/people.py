"""People: who has a name here, a role and a password?"""

from __future__ import annotations

import time
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

from corpus.errors import InvalidParameter, PersonNotFound
from corpus.sqlite import Database
from webui.access import passwords
from webui.access.roles import ROLES, Role, role_of

LONGEST_NAME = 60
_COLUMNS = "name, role, disabled, made"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a name here.

    Attributes:
        name: as they write it; under it they sign what they decide.
        made: when they were added.
    """

    name: str
    role: Role
    disabled: bool = False
    made: str = ""

    @property
    def key(self) -> str:
        """What the names of two people must differ in."""
        return key_of(self.name)


def key_of(name: str) -> str:
    """A name as it is compared: without case, and without what looks the same."""
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()


class People:
    """Those of one file, see `webui.access.store`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Person]:
        """Everybody, in the order of their names."""
        rows = self._database.rows(f"SELECT {_COLUMNS} FROM people ORDER BY key")  # noqa: S608
        return [_person(row) for row in rows]

    def find(self, name: str) -> Person:
        """The person of a name.

        Raises:
            PersonNotFound: there is none.
        """
        row = self._database.row(
            f"SELECT {_COLUMNS} FROM people WHERE key = ?",  # noqa: S608
            (key_of(name),),
        )
        if row is None:
            raise PersonNotFound(
                f"nobody is called {name!r} here", advice="`dispatches people list` names everybody"
            )
        return _person(row)

    def add(self, name: str, role: Role, password: str) -> Person:
        """Gives somebody a name here.

        Raises:
            InvalidParameter: the name is taken or none, or the password too short.
        """
        name = " ".join(name.split())
        if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
            raise InvalidParameter(
                f"{name!r} is no name to sign with",
                where="name",
                advice=f"Give 1 to {LONGEST_NAME} characters that can be seen",
            )
        key = key_of(name)
        if key in ROLES:
            raise InvalidParameter(
                f"{name!r} is the word of a role", where="name", advice="Choose another name"
            )
        if self._database.row("SELECT 1 FROM people WHERE key = ?", (key,)):
            raise InvalidParameter(
                f"somebody is called {name!r} already",
                where="name",
                advice="Choose another; whoever was disabled keeps the name, for what they signed",
            )
        self._database.write(
            "INSERT INTO people (key, name, role, password, made) VALUES (?, ?, ?, ?, ?)",
            (key, name, role.word, passwords.hashed(password), int(time.time())),
        )
        return self.find(name)

    def change(
        self,
        name: str,
        *,
        role: Role | None = None,
        password: str | None = None,
        disabled: bool | None = None,
    ) -> Person:
        """Changes what is given. Another password, and being disabled, end all sessions at once.

        Raises:
            PersonNotFound: nobody is called so.
            InvalidParameter: the password is too short.
        """
        key = self.find(name).key
        if role is not None:
            self._database.write("UPDATE people SET role = ? WHERE key = ?", (role.word, key))
        if password is not None:
            kept = passwords.hashed(password)
            self._database.write("UPDATE people SET password = ? WHERE key = ?", (kept, key))
        if disabled is not None:
            self._database.write("UPDATE people SET disabled = ? WHERE key = ?", (disabled, key))
        if password is not None or disabled:
            self._database.write("DELETE FROM sessions WHERE person = ?", (key,))
        return self.find(name)

    def with_password(self, name: str, password: str) -> Person | None:
        """The person of a name and a password, who may come in; else None, after the same time."""
        row = self._database.row(
            f"SELECT {_COLUMNS}, password FROM people WHERE key = ?",  # noqa: S608
            (key_of(name),),
        )
        right = passwords.matches(password, row[-1] if row else None)
        return _person(row[:-1]) if row and right and not row[2] else None


def _person(row: tuple[str, str, int, int]) -> Person:
    name, role, disabled, made = row
    when = datetime.fromtimestamp(made, UTC).isoformat(timespec="seconds")
    return Person(name, role_of(role), bool(disabled), when)
