"""Tokens: what does a script show in place of a password? 256 random bits that belong to a person.

`dispatches-` and the token's id, which may be told, and its secret, which is shown once and kept as
a hash. A token may do what its role says and never more than its person may now; it ends by itself,
when it is revoked, and with its person.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from corpus.errors import InvalidParameter, TokenNotFound
from corpus.sqlite import Database
from webui.access.people import People, Person
from webui.access.roles import Role, role_of

DAYS, MOST_DAYS = 90, 3660
_TOKEN = re.compile(r"dispatches-([0-9a-f]{12})-([A-Za-z0-9_-]{43})")
_DAY = 24 * 3600
_LONGEST_NOTE = 100


@dataclass(frozen=True, slots=True)
class Token:
    """What may be told of a token.

    Attributes:
        note: what it is for.
        state: `good`, `expired`, `revoked`, or `disabled` with its person.
    """

    id: str
    person: str
    role: Role
    note: str
    made: str
    expires: str
    state: str


def id_in(text: str) -> str:
    """The id in a token, whether or not there is such a one; empty where it has no token's form."""
    match = _TOKEN.fullmatch(text)
    return match[1] if match else ""


class Tokens:
    """Those of one file, see `webui.access.store`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(
        self, name: str, role: Role | None = None, *, days: int = DAYS, note: str = ""
    ) -> tuple[Token, str]:
        """A new token of a person, and its text, which is not kept.

        Args:
            role: that of the person without it.

        Raises:
            PersonNotFound: nobody is called so.
            InvalidParameter: the role is more than the person's, or the note none.
        """
        person = People(self._database).find(name)
        role = person.role if role is None else role
        if role > person.role:
            raise InvalidParameter(
                f"{person.name} is {person.role.word}, and a token may do no more",
                where="role",
                advice="Choose a role that is no greater, or change that of the person",
            )
        if len(note) > _LONGEST_NOTE or not note.isprintable():
            raise InvalidParameter(
                "the note is too long, or cannot be shown",
                where="note",
                advice=f"Say in at most {_LONGEST_NOTE} characters what the token is for",
            )
        found, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
        now = int(time.time())
        self._database.write(
            "INSERT INTO tokens (id, hash, person, role, note, made, expires)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (found, _hash(secret), person.key, role.word, note, now, now + days * _DAY),
        )
        return self.find(found), f"dispatches-{found}-{secret}"

    def all(self) -> list[Token]:
        """Every token, the oldest first."""
        ids = self._database.rows("SELECT id FROM tokens ORDER BY made, id")
        return [self.find(found) for (found,) in ids]

    def find(self, token_id: str) -> Token:
        """What may be told of one.

        Raises:
            TokenNotFound: there is none of that id.
        """
        row = self._database.row(
            "SELECT id, name, tokens.role, note, tokens.made, expires, revoked, disabled"
            " FROM tokens JOIN people ON key = person WHERE id = ?",
            (token_id,),
        )
        if row is None:
            raise TokenNotFound(
                f"there is no token {token_id!r}", advice="`dispatches tokens list` names them"
            )
        found, name, role, note, made, expires, revoked, disabled = row
        expired = expires <= time.time()
        state = (
            "revoked" if revoked else "expired" if expired else "disabled" if disabled else "good"
        )
        return Token(found, name, role_of(role), note, _day(made), _day(expires), state)

    def revoke(self, token_id: str) -> Token:
        """Ends a token at once.

        Raises:
            TokenNotFound: there is none of that id.
        """
        self.find(token_id)
        self._database.write("UPDATE tokens SET revoked = 1 WHERE id = ?", (token_id,))
        return self.find(token_id)

    def person(self, text: str, *, now: float | None = None) -> Person | None:
        """Whom a token stands for, with the role that counts; None where it counts no more."""
        now = time.time() if now is None else now
        row = self._database.row(
            "SELECT hash, name, people.role, tokens.role FROM tokens JOIN people ON key = person"
            " WHERE id = ? AND NOT revoked AND NOT disabled AND expires > ?",
            (id_in(text), now),
        )
        match = _TOKEN.fullmatch(text)
        secret = match[2] if match else ""
        if not hmac.compare_digest(_hash(secret), row[0] if row else _hash("")) or row is None:
            return None
        return Person(row[1], min(role_of(row[2]), role_of(row[3])))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
