"""Spellings: how else is an English word written? `defense` is `defence`, `airstrike` `air strike`.

A list (`spellings.txt`) of words, of parts of words and of what compounds are made of, and rules
for endings that a class of words shares. All of them only propose: what no article has changes
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from indexer.analysis import analyzer

_DOUBLED = r"(.*[aeiouy][^aeiouy]+[aeiou]|.+(?:ia|ue))(l)"  # `filled` and `filed` are two words
_WITH_OUR = (
    r"(.+[^hjorsty])(o)"  # not those who do something (actor), error, major, author, sponsor
)
_BEHIND_OUR = (
    r"(r(?:|s|ed|ing|able|ably|ful|less|ites?|ers?|hoods?|ly|ists?|i[sz](?:e[ds]?|ing|ations?)))"
)
_CLASSES = (
    # `prise` and `prize` are two words, and so is what has fewer letters before the ending
    (re.compile(r"(.{3,})(i)(s)(e[rds]?|ers|ing|ations?|ational|able)"), "z"),
    (re.compile(r"(.{3,})(i)(z)(e[rds]?|ers|ing|ations?|ational|able)"), "s"),
    (re.compile(r"(.{3,})(y)(s)(e[rds]?|ers|ing)"), "z"),
    (re.compile(r"(.{3,})(y)(z)(e[rds]?|ers|ing)"), "s"),
    (re.compile(f"{_WITH_OUR}(u){_BEHIND_OUR}"), ""),
    (re.compile(f"{_WITH_OUR}(){_BEHIND_OUR}"), "u"),
    (re.compile(f"{_DOUBLED}(l)(ed|ing|ings|ers?|ors?)"), ""),
    (re.compile(f"{_DOUBLED}()(ed|ing|ings|ers?|ors?)"), "l"),
    (re.compile(r"(.{3,}og)()(ue)(s?)"), ""),
    (re.compile(r"(.{3,}og)()()(s?)"), "ue"),
)
"""Words of a class, cut in four, and what stands in place of the third part otherwise."""
_APART = frozenset({"refilled", "refiled", "refilling", "refiling", "flour", "velour"})
_LEAST = 2  # letters before an ending that a class shares
_LEAST_SECOND = 4  # letters behind a beginning that stands before any word
_PART = "..."


def spelled_alike(surface: str) -> Iterator[str]:
    """The stems that a word has in its other spellings."""
    stem = analyzer().stem
    own = stem(surface)
    found = dict.fromkeys(stem(other) for other in _respelled(surface))
    for other in (own, *tuple(found)):
        found.update(dict.fromkeys(map(stem, _listed().groups.get(other, ()))))
    yield from (other for other in found if other != own)


def in_two_words(surface: str) -> tuple[str, str] | None:
    """The two words as which a compound is written too; None where it is none."""
    for end in range(_LEAST, len(surface) - 1):
        first, second = surface[:end], surface[end:]
        if _joins(first, second):
            return first, second
    return None


def in_one_word(first: str, second: str) -> str:
    """The compound as which two neighbors are written too; empty where they are none."""
    return first + second if _joins(first, second) else ""


def _joins(first: str, second: str) -> bool:
    listed = _listed()
    if first in listed.beginnings:
        return len(second) >= _LEAST_SECOND and second.isalpha()
    seconds = listed.compounds.get(first)
    return seconds is not None and (second in seconds or analyzer().stem(second) in seconds)


def _respelled(surface: str) -> list[str]:
    """A word as the rules write it, one after the other: `colourise`, `colorize`."""
    spelled = [surface]
    if surface in _APART:
        return []
    for part, other in _listed().parts:
        if part in surface:
            spelled.append(surface.replace(part, other))
    for pattern, instead in _CLASSES:
        matches = [match for word in spelled if (match := pattern.fullmatch(word))]
        spelled += [f"{match[1]}{match[2]}{instead}{match[4]}" for match in matches]
    return spelled[1:]


@dataclass(frozen=True, slots=True)
class _Listed:
    """What the file says.

    Attributes:
        groups: by the stem of a word, its other spellings.
        parts: pairs, each of them both ways.
        compounds: by a first word, the second ones that are written together with it, and their
            stems.
        beginnings: those that any word may follow.
    """

    groups: Mapping[str, tuple[str, ...]]
    parts: tuple[tuple[str, str], ...]
    compounds: Mapping[str, frozenset[str]]
    beginnings: frozenset[str]


@cache
def _listed() -> _Listed:
    stem = analyzer().stem
    groups: dict[str, tuple[str, ...]] = {}
    parts: list[tuple[str, str]] = []
    compounds: dict[str, frozenset[str]] = {}
    beginnings = set()
    text = files(__package__).joinpath("spellings.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        first, *rest = line.split()
        if first.startswith(_PART):
            pair = first.removeprefix(_PART), rest[0]
            parts += [pair, pair[::-1]]
        elif first.endswith(_PART):
            beginnings.add(first.removesuffix(f"-{_PART}"))
        elif first.endswith("-"):
            compounds[first[:-1]] = frozenset([*rest, *map(stem, rest)])
        else:
            for word in (first, *rest):
                groups[stem(word)] = tuple(one for one in (first, *rest) if one != word)
    return _Listed(groups, tuple(parts), compounds, frozenset(beginnings))
