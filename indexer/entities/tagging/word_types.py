"""What does one word type contribute to the features of the words around it, and to its own?"""

from __future__ import annotations

import re
from typing import NamedTuple

_SHAPES = ((re.compile(r"[^\W\d_a-z]"), "X"), (re.compile(r"[a-z]"), "x"), (re.compile(r"\d"), "9"))
_REPEATED = re.compile(r"(.)\1{2,}")


class Word(NamedTuple):
    """What one word type contributes, by where it stands from the word that is labeled."""

    here: list[str]
    before: list[str]
    after: list[str]
    before2: list[str]
    after2: list[str]
    lower: str
    shape: str
    lists: str
    coarse: str
    fine: str
    capital: bool


def seen_from(where: str, lower: str, shape: str, cluster: str, lists: str) -> list[str]:
    return [
        f"{where}w={lower}",
        f"{where}s={shape}",
        f"{where}k={cluster}",
        f"{where}l={lists}",
        f"{where}x={lower[-3:]}",
    ]


def shape_of(text: str) -> str:
    shape = text
    for pattern, letter in _SHAPES:
        shape = pattern.sub(letter, shape)
    return _REPEATED.sub(r"\1\1", shape)[:8]


EDGE = Word([], ["-1#"], ["+1#"], [], [], "#", "#", "#", "#", "#", capital=False)
