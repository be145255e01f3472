"""Sessions: who is signed in? Kept by the server, so that they end when it says so.

A browser has 256 random bits in a cookie and the file their hash. A session that is not used ends
after half a day, any after a week; sign-out, another password and being disabled end it at once, in
all processes of the server.
"""

from __future__ import annotations

import hashlib
import secrets
import time

from corpus.sqlite import Database
from webui.access.people import Person
from webui.access.roles import role_of

IDLE, LONGEST = 12 * 3600, 7 * 24 * 3600
"""Seconds that a session lasts unused, and in all."""
_NOTED = 300
"""Seconds after which it is written down again that a session is used."""


class Sessions:
    """Those of one file, see `webui.access.store`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, person: Person, *, instead_of: str = "", now: float | None = None) -> str:
        """A new session of a person; what its cookie holds.

        Args:
            instead_of: what the cookie held before; that session ends.
        """
        now = time.time() if now is None else now
        self.end(instead_of)
        self._database.write(
            "DELETE FROM sessions WHERE seen < ? OR made < ?", (now - IDLE, now - LONGEST)
        )
        secret = secrets.token_urlsafe(32)
        self._database.write(
            "INSERT INTO sessions VALUES (?, ?, ?, ?)",
            (_hash(secret), person.key, int(now), int(now)),
        )
        return secret

    def person(self, secret: str, *, now: float | None = None) -> tuple[Person, bool] | None:
        """Whose session it is, and whether `use` is due; None where there is no such session."""
        now = time.time() if now is None else now
        row = self._database.row(
            "SELECT name, role, sessions.made, seen FROM sessions JOIN people ON key = person"
            " WHERE hash = ? AND NOT disabled",
            (_hash(secret),),
        )
        if row is None or row[2] + LONGEST <= now or row[3] + IDLE <= now:
            return None
        return Person(row[0], role_of(row[1])), row[3] + _NOTED <= now

    def use(self, secret: str, *, now: float | None = None) -> None:
        """Notes that a session is used."""
        now = time.time() if now is None else now
        self._database.write(
            "UPDATE sessions SET seen = ? WHERE hash = ?", (int(now), _hash(secret))
        )

    def end(self, secret: str) -> None:
        """Ends a session; one that there is not needs no end."""
        self._database.write("DELETE FROM sessions WHERE hash = ?", (_hash(secret),))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
