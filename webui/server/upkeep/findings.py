"""Findings: what was looked at, how is it, and what is to be done?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a finding is to be taken."""

    FINE = "fine"
    NOTE = "note"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        part: what was looked at, in a word.
        found: how it is.
        advice: what to do; empty where nothing need be done.
    """

    part: str
    state: State
    found: str
    advice: str = ""
