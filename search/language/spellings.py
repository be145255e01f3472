"""Spellings: how else is an English word written? `defense` is `defence`, `airstrike` `air strike`.

A small list (`spellings.txt`) and two rules. A rule only proposes: what no article has changes
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from indexer.analysis import analyzer

_LEAST = 3  # letters before the ending: `prise` and `prize` are two words
_SWAPPED = {"is": "iz", "iz": "is", "ys": "yz", "yz": "ys"}
_ENDING = re.compile(r"(.+)(is|iz|ys|yz)(e[rds]?|ers|ing|ations?|ational)")


def spelled_alike(surface: str) -> Iterator[str]:
    """The stems that a word has in its other spellings."""
    stem = analyzer().stem
    for other in _listed().get(stem(surface), ()):
        yield stem(other)
    ending = _ENDING.fullmatch(surface)
    if ending is not None and len(ending[1]) >= _LEAST:
        yield stem(f"{ending[1]}{_SWAPPED[ending[2]]}{ending[3]}")


def in_two_words(surface: str) -> tuple[str, str] | None:
    """The two words as which a compound is written too; None where it is none."""
    return _compounds().get(surface)


def in_one_word(first: str, second: str) -> str:
    """The compound as which two neighbors are written too; empty where they are none."""
    joined = first + second
    return joined if _compounds().get(joined) == (first, second) else ""


@cache
def _lines() -> tuple[tuple[str, ...], ...]:
    text = files(__package__).joinpath("spellings.txt").read_text(encoding="utf-8")
    return tuple(tuple(line.split()) for line in text.splitlines() if not line.startswith("#"))


@cache
def _compounds() -> Mapping[str, tuple[str, str]]:
    """By the compound, its two parts."""
    found = {}
    for line in _lines():
        first, hyphen, second = line[0].partition("-")
        if hyphen:
            found[line[1]] = (first, second)
    return found


@cache
def _listed() -> Mapping[str, tuple[str, ...]]:
    """By the stem of a word, its other spellings."""
    stem = analyzer().stem
    found: dict[str, tuple[str, ...]] = {}
    for line in _lines():
        if "-" not in line[0]:
            for word in line:
                found[stem(word)] = tuple(other for other in line if other != word)
    return found
