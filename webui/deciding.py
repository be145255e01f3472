"""Deciding: who may change what people keep, over HTTP, and under which name?

Where people sign in, whoever has the role, under their own name (`webui.access`). Else whoever
knows the operator's token, under the name they give. That token is carried by each change: in its
form, or in a header that a script sets. There is no cookie that another site could make a browser
send along, so a forged form has nothing to ride on.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from flask import abort, current_app
from werkzeug.exceptions import TooManyRequests

from corpus.home import Home
from webui.access.guard import asker, guard, may
from webui.access.roles import Role
from webui.server.limits import RateLimiter

_GUESSES = 20
"""Wrong tokens at once, and in each minute, from everybody together."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """Leave to decide about names, and to keep dossiers.

    Attributes:
        path: the decisions file.
        token: what the person must know.
        dossiers: the file of dossiers; beside the decisions where it is not named.
        guesses: counts wrong ones, whatever address they come from.
    """

    path: Path
    token: str = field(repr=False)
    dossiers: Path | None = None
    guesses: RateLimiter = field(default_factory=lambda: RateLimiter(_GUESSES), repr=False)

    def allows(self, token: str) -> bool:
        """Whether this is the token, in a time that tells nothing about it.

        Raises:
            TooManyRequests: there were too many wrong ones; no token is looked at for a while.
        """
        if not self.token:
            return False
        allowance = self.guesses.take("")  # before it is compared, or many at once would be free
        if allowance.wait:
            raise TooManyRequests(
                f"Too many wrong tokens were given. Try again in {allowance.wait} seconds.",
                retry_after=allowance.wait,
            )
        right = hmac.compare_digest(
            token.encode("utf-8", "surrogatepass"), self.token.encode("utf-8", "surrogatepass")
        )
        if right:
            self.guesses.give_back("")
        return right

    @property
    def dossiers_file(self) -> Path:
        return self.dossiers or self.path.with_name("dossiers.jsonl")


def deciding(home: Home, token: str) -> Deciding | None:
    """Leave to change what people keep of a collection; none without a token."""
    return Deciding(home.decisions, token, home.dossiers) if token else None


def key_of() -> Path | None:
    """The key that signs evidence packages here; None where the collection has none."""
    found, leave = guard(), current_app.extensions.get("deciding")
    home = found.home if found is not None else Home(leave.path.parent) if leave else None
    return home.key if home is not None and home.key.is_file() else None


def changing(role: Role = Role.ANNOTATOR) -> bool:
    """Whether who asks can change what people keep, over HTTP here.

    Args:
        role: what it needs where people sign in.
    """
    return may(role) if guard() is not None else "deciding" in current_app.extensions


def signed(given: str) -> str:
    """The name under which a change is taken down: that of who is signed in, else the one given."""
    who = asker()
    return who.name if who is not None else given


def allowed(token: str) -> Deciding:
    """The leave of this application, for who knows the token; ends the request for all others.

    Where people sign in, the guard has seen already who may ask this.
    """
    found = guard()
    if found is not None:
        return Deciding(found.home.decisions, "", found.home.dossiers)
    leave: Deciding | None = current_app.extensions.get("deciding")
    if leave is None:
        abort(HTTPStatus.NOT_FOUND)
    if not leave.allows(token):
        abort(HTTPStatus.FORBIDDEN, "That is not the operator's token. Nothing was changed.")
    return leave
