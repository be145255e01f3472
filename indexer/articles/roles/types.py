"""The values of roles: what somebody is, and where that stands."""

from __future__ import annotations

from typing import NamedTuple


class Role(NamedTuple):
    """Words that say what somebody is. Offsets count in the text. (A tuple, as mentions.)

    Attributes:
        named: where the name begins whose role it is.
    """

    start: int
    end: int
    named: int


class HeldBy(NamedTuple):
    """A role in an indexed article, and whom the name means."""

    start: int
    end: int
    entity_id: str
