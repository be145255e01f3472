"""Spellings: how else is an English word written? `defense` is `defence`, `airstrike` `air strike`.
And Spanish acronyms of plurals, of two doubled letters: `EE. UU.`, `EEUU`.

A list (`spellings.txt`) of words, of parts of words and of what compounds are made of, and rules
for endings that a class of words shares. All of them only propose: what no article has changes
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
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
_OF_A_CLASS = re.compile(r"i[sz]|y[sz]|o[ur]|l(?:ed|ing|ings|ers?|ors?)$|og")
"""What a word of a class has in it; others are not tried."""
_APART = frozenset({"refilled", "refiled", "refilling", "refiling", "flour", "velour"})
_LEAST = 2  # letters before an ending that a class shares
_DOUBLE = re.compile(r"([a-z])\1([a-z])\2")
_LEAST_SECOND = 4  # letters behind a beginning that stands before any word
_PART = "..."


@lru_cache(maxsize=1 << 12)
def spelled_alike(surface: str) -> tuple[str, ...]:
    """The stems that a word has in its other spellings."""
    stem = analyzer().stem
    own = stem(surface)
    found = dict.fromkeys(stem(other) for other in _respelled(surface))
    for other in (own, *tuple(found)):
        found.update(dict.fromkeys(map(stem, _listed().groups.get(other, ()))))
    return tuple(other for other in found if other != own)


@lru_cache(maxsize=1 << 12)
def in_two_words(surface: str) -> tuple[str, str] | None:
    """The two words as which a compound is written too; None where it is none."""
    if _DOUBLE.fullmatch(surface):
        return surface[:_LEAST], surface[_LEAST:]
    listed = _listed()
    for end in range(_LEAST, min(len(surface) - 1, listed.longest + 1)):
        first = surface[:end]
        if (first in listed.compounds or first in listed.beginnings) and _joins(
            first, surface[end:]
        ):
            return first, surface[end:]
    return None


def in_one_word(first: str, second: str) -> str:
    """The compound as which two neighbors are written too; empty where they are none."""
    return first + second if _joins(first, second) else ""


def _joins(first: str, second: str) -> bool:
    if _DOUBLE.fullmatch(first + second):
        return len(first) == _LEAST
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
    parts = _listed().parts
    if any(map(surface.__contains__, parts)):
        spelled += [surface.replace(one, other) for one, other in parts.items() if one in surface]
    for pattern, instead in _CLASSES if _OF_A_CLASS.search(surface) else ():
        matches = [match for word in spelled if (match := pattern.fullmatch(word))]
        spelled += [f"{match[1]}{match[2]}{instead}{match[4]}" for match in matches]
    return spelled[1:]


@dataclass(frozen=True, slots=True)
class _Listed:
    """What the file says.

    Attributes:
        groups: by the stem of a word, its other spellings.
        parts: by a part of a word, the other, both ways.
        compounds: by a first word, the second ones that are written together with it, and their
            stems.
        beginnings: those that any word may follow.
        longest: letters of the longest first word.
    """

    groups: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, str]
    compounds: Mapping[str, frozenset[str]]
    beginnings: frozenset[str]
    longest: int


@cache
def _listed() -> _Listed:
    stem = analyzer().stem
    groups: dict[str, tuple[str, ...]] = {}
    parts: dict[str, str] = {}
    compounds: dict[str, frozenset[str]] = {}
    beginnings = set()
    text = files(__package__).joinpath("spellings.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        first, *rest = line.split()
        if first.startswith(_PART):
            parts[first.removeprefix(_PART)] = rest[0]
            parts[rest[0]] = first.removeprefix(_PART)
        elif first.endswith(_PART):
            beginnings.add(first.removesuffix(f"-{_PART}"))
        elif first.endswith("-"):
            compounds[first[:-1]] = frozenset([*rest, *map(stem, rest)])
        else:
            for word in (first, *rest):
                groups[stem(word)] = tuple(one for one in (first, *rest) if one != word)
    longest = max(map(len, (*compounds, *beginnings)))
    return _Listed(groups, parts, compounds, frozenset(beginnings), longest)


_OF_PARTS = re.compile(
    r"([^\W\d_]{1,4}-?\d{2,3}[^\W\d_]{1,4}|\d{1,2}[^\W\d_]{1,2})-?(\d{1,4}[^\W\d_]{0,2}?)(s?)"
)
_LONG_BEHIND = re.compile(r"([^\W\d_]{1,4})-?(\d{1,3}[^\W\d_]{4,6}?)(s?)")  # Mi-8AMTSh


def designations_of_parts(word: str) -> tuple[str, ...]:
    """The spellings of a designation of more parts than a word and a number; empty for others.

    `S-300PMU-2` is `S300PMU2` too, and `9K720` is `9K-720`.
    """
    found = _OF_PARTS.fullmatch(word) or _LONG_BEHIND.fullmatch(word)
    if found is None:
        return ()
    first, last, _ = found.groups()
    begun = dict.fromkeys((first, first.replace("-", ""), *_with_hyphen(first)))
    return tuple(
        f"{one}{joint}{last}{plural}"
        for one in begun
        for joint in ("", "-")
        for plural in ("", "s")
    )


def _with_hyphen(first: str) -> tuple[str, ...]:
    """`S300PMU` as `S-300PMU`; what is letters alone, or begins with a digit, has none there."""
    found = re.fullmatch(r"([^\W\d_]+)-?(\d.*)", first)
    return (f"{found[1]}-{found[2]}",) if found else ()
