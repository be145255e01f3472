"""Who may decide about names in the browser, and where is it taken down?"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from pathlib import Path

from corpus.home import Home


@dataclass(frozen=True, slots=True)
class Deciding:
    """Leave to decide.

    Attributes:
        path: the decisions file.
        token: what the person must know.
    """

    path: Path
    token: str = field(repr=False)

    def allows(self, token: str) -> bool:
        """Whether this is the token, in a time that tells nothing about it."""
        return hmac.compare_digest(token.encode(), self.token.encode())


def deciding(home: Home, token: str) -> Deciding | None:
    """Leave to decide about a collection's names; none without a token."""
    return Deciding(home.decisions, token) if token else None
