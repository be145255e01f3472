"""Kinds of attack: what each does, how often, and how one attempt of it is made.

A kind prepares what its attempts share; an attempt gets chance, and says what it tried. It asserts
what must hold; an attempt that came too late to be one (a kill after the end) is none.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

Attempt = Callable[[random.Random], str]
"""Makes one attempt and says what it tried. Raises when something broke, or `NoAttempt`."""


class NoAttempt(Exception):
    """Nothing was attacked: the work had ended before it could be."""


class Unavailable(Exception):
    """This machine lacks what the kind needs; says what."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind.

    Attributes:
        name: as `--kind` knows it, with its group before a colon.
        does: what it does, in a line, for the table.
        attempts: how many a whole run makes.
        begin: prepares a folder, and gives what makes attempts in it.
        few: how many the slow tests make.
    """

    name: str
    does: str
    attempts: int
    begin: Callable[[Path], AbstractContextManager[Attempt]]
    few: int = 2
