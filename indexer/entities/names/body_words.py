"""Body words: what does the name of a body say, word for word, in whatever language?

The Libyan National Army is *Armée nationale libyenne* and *الجيش الوطني الليبي*: each word of it is
one that bodies are called by everywhere, or a country. A name is what its words say, in no order;
one with a word that says nothing known says nothing. Two such words are those of many bodies, three
are mostly those of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

from indexer.entities import lexicon
from indexer.entities.names.bodies import owner
from indexer.entities.names.romanization.tables import ARABIC_KEYS
from indexer.entities.names.spelling import plain
from indexer.entities.types import EntityKind

Said: TypeAlias = frozenset[str]
"""What a name says: words of the list, and labels of countries."""
_ENOUGH = 3  # words of a name
_ENOUGH_TOLD = 2  # where one of them is a body's alone
_MOST_WORDS = 9  # of a name, with those that say nothing
_LONGEST_ENDING = 6  # letters
_LONGEST_IN_COMPOUND = 2
_SHORTEST_LISTED, _SHORTEST_IN_COMPOUND = 2, 3
_FORCE, _GOVERNMENT = "force", "government"
_NOTHING = frozenset(
    """
    of the for and in a pour por para icin عن against contre leone леоне lanka ланка faso фасо
    on de du des d del l la le les los las el y et e der die das den dem fur und von vom zum
    zur im w na rzecz i o z ve icin в во на при за по до у та и і з із й для от of في من على ل و
    של על ב ל את
    """.split()
)
_ATTACHED = re.compile(r"(?:و?[بلك]?ال|[وبلك]?لل|[وبلك]|ו?[שבלמכ]?ה?)(?=\w\w)")
_BEFORE = re.compile(r"[وف]?[بلك]?(?=ال\w)|[وف](?=لل)|[وبك](?=\w\w)|ו?[שבלמכ]?(?=\w\w)")
_ELIDED = re.compile(r"\A[dl](?=[aeiouh])")
_GLUED = re.compile("[a-z]+")


class Found(NamedTuple):
    """Words of a text, from and to, that say what some body is called."""

    first: int
    last: int
    said: Said


def said_by(key: str) -> Said | None:
    """What a name (plain spelling) says; None where it says too little, or has other words."""
    words = key.split()
    if len(words) > _MOST_WORDS:
        return None
    found: set[str] = set()
    for word in words:
        means = _meaning(word)
        if means is None:
            return None
        found.update(means)
    return _bare(found) if _is_body(found) else None


def said_among(words: Sequence[str]) -> Iterator[Found]:
    """All runs of the words of a text (as `plain` makes them) that may be what a body is called,
    the longest first of those that begin together.
    """
    means = [_meaning(word) for word in words]
    for first, own in enumerate(means):
        if not own:
            continue
        found: list[Found] = []
        said: set[str] = set()
        for last in range(first, min(len(words), first + _MOST_WORDS)):
            more = means[last]
            if more is None:
                break
            said.update(more)
            if more and _is_body(said):
                found.append(Found(first, last + 1, _bare(said)))
        yield from reversed(found)


class NamedUnit(NamedTuple):
    """Words of a text, from and to, that call one of many after somebody or something: a battalion
    and Donbas.
    """

    first: int
    last: int
    sort: str
    name: int  # which of the words


def units_among(words: Sequence[str]) -> Iterator[NamedUnit]:
    """What may be a unit by its name: Donbas Battalion, réseau Haqqani."""
    for at, word in enumerate(words):
        says = _meaning(word) or ()
        if len(says) != 1 or says[0] not in _SORTS:
            continue
        for name in (at + 1, at - 1):
            if 0 <= name < len(words) and _meaning(words[name]) is None:
                yield NamedUnit(min(at, name), max(at, name) + 1, says[0], name)


_SORTS = frozenset(["battalion", "brigade", "network", "legion", "group", "corps"])


def is_english(key: str) -> bool:
    """Are the words of a name (plain spelling) English ones?"""
    return all(
        word in _SMALL or any(word.startswith(one) for one in _english()) or owner(word)
        for word in key.split()
    )


def known_body(said: Said | None) -> str | None:
    """The label of the one body of our list whose name, in some language, says this."""
    return None if said is None else _known().get(said)


@cache
def _known() -> dict[Said, str]:
    found: dict[Said, set[str]] = {}
    for known in lexicon.known_names():
        if known.kind is EntityKind.ORG:
            for name in (known.label, *known.others):
                said = said_by(plain(name))
                if said is not None:
                    found.setdefault(said, set()).add(known.label)
    return {
        said: labels.pop()
        for said, labels in found.items()
        if len(labels) == 1 and not (_GOVERNMENT in said and len(said) == _ENOUGH)
    }


def _bare(said: set[str]) -> Said:
    """What is said, without the forces that only some languages add (Autodefensas Unidas)."""
    return frozenset(said - {_FORCE} if len(said) > _ENOUGH else said)


def _is_body(said: set[str]) -> bool:
    if not _heads().isdisjoint(said) and len(said) >= _ENOUGH:
        return True
    return len(said) >= _ENOUGH_TOLD and not _telling().isdisjoint(said)


@lru_cache(maxsize=1 << 16)
def _meaning(word: str) -> tuple[str, ...] | None:
    """What a word says; nothing for one that only joins others, None for any other word."""
    if word in _NOTHING:
        return ()
    word = word.translate(ARABIC_KEYS)
    for bare in dict.fromkeys((word, word[attached(word) :], _ELIDED.sub("", word))):
        found = _listed(bare, 0) or _compound(bare) or _listed(bare, _LONGEST_ENDING)
        if found:
            return found
    country = owner(word)
    return None if country is None else (country,)


def attached(word: str) -> int:
    """How many letters are attached before a word in Arabic or Hebrew."""
    found = _ATTACHED.match(word)
    return found.end() if found else 0


def before(word: str) -> int:
    """How many letters before a word of a name are no part of it: and, to, in, with an article
    behind them or none.
    """
    if word in _NOTHING or _listed(word, _LONGEST_ENDING):
        return 0
    found = _BEFORE.match(word)
    return found.end() if found else 0


def _listed(word: str, longest_ending: int) -> tuple[str, ...]:
    """What a word says that is listed, or begins as one does."""
    exact, beginnings = _words()
    if word in exact:
        return exact[word]
    for size in range(len(word), _SHORTEST_LISTED, -1):
        if len(word) - size > longest_ending:
            break
        if word[:size] in beginnings:
            return beginnings[word[:size]]
    return ()


def _compound(word: str) -> tuple[str, ...]:
    """What the parts of a German compound say (Volksmobilisierungskräfte)."""
    if _GLUED.fullmatch(word) is None:
        return ()
    _, beginnings = _words()
    for size in range(len(word) - _SHORTEST_IN_COMPOUND, _SHORTEST_IN_COMPOUND, -1):
        first = beginnings.get(word[:size])
        if first is None:
            continue
        for joint in range(_LONGEST_IN_COMPOUND + 1):
            rest = word[size + joint :]
            if len(rest) <= _SHORTEST_IN_COMPOUND:
                break
            found = _listed(rest, _LONGEST_IN_COMPOUND) or _compound(rest)
            if found:
                return (*first, *found)
    return ()


@cache
def _words() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Words, and beginnings of words → what they say."""
    exact: dict[str, tuple[str, ...]] = {}
    beginnings: dict[str, tuple[str, ...]] = {}
    for says, words in lexicon.body_words():
        meaning = tuple(says.lstrip("*!").split("+"))
        for word in words.split():
            key = plain(word.rstrip("=")).translate(ARABIC_KEYS)
            (exact if word.endswith("=") else beginnings).setdefault(key, meaning)
    return exact, beginnings


_SMALL = frozenset("of the for and in defence organisation centre labour programme".split())


@cache
def _english() -> tuple[str, ...]:
    """Beginnings of the English words, which stand first."""
    return tuple(words.split()[0].rstrip("=") for _, words in lexicon.body_words())


@cache
def _heads() -> frozenset[str]:
    """What bodies are: an army, a front."""
    return frozenset(says[1:] for says, _ in lexicon.body_words() if says[0] == "*")


@cache
def _telling() -> frozenset[str]:
    """What bodies alone are called by: crosses, helmets."""
    return frozenset(
        one
        for says, _ in lexicon.body_words()
        if says[0] == "!"
        for one in says[1:].split("+")[-1:]
    )
