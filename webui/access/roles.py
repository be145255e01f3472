"""Roles: what may a person do? Each role may do what those before it may."""

from __future__ import annotations

from enum import IntEnum

from corpus.errors import InvalidParameter


class Role(IntEnum):
    """What a person, or a token of theirs, may do."""

    READER = 1
    """Ask and read."""
    ANNOTATOR = 2
    """Keep dossiers and standing questions, too."""
    DECIDER = 3
    """Decide about names, too."""
    OPERATOR = 4
    """See the figures of the server, and every restricted article, too."""

    @property
    def word(self) -> str:
        """As people write it."""
        return self.name.lower()


ROLES = tuple(role.word for role in Role)
"""Their words, the least first."""


def role_of(word: str) -> Role:
    """The role that is called so.

    Raises:
        InvalidParameter: none is.
    """
    for role in Role:
        if role.word == word.strip().lower():
            return role
    raise InvalidParameter(
        f"{word!r} is no role", where="role", advice=f"There are {', '.join(ROLES)}"
    )
