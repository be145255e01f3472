"""Which bodies inside one article are the same? Acronyms, short forms, and `the Department`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from indexer.entities import lexicon
from indexer.entities.names.known import known_kind
from indexer.entities.names.spelling import initials, plain
from indexer.entities.types import EntityKind, Mention
from indexer.entities.within_article.groups import Group, Key, join, key_of

_BRACKET_GAP = 2  # " (" between a name and its acronym
# What a body may drop from the end of its name: Wagner Group → Wagner, never Gazprom Neft → Gazprom
_DROPPED = frozenset(
    """
    ag battalion brigade co company corp corporation force forces foundation group inc ltd llc
    militia movement network organisation organization party plc regiment
    """.split()
)
# What names no body by itself: the one of the article that is called so, or none.
_COMMON_NOUNS = frozenset(
    """
    agency board bureau commission committee company consulate council court delegation department
    embassy foundation government institute legation ministry mission office organisation
    organization party university
    """.split()
)


def link_bodies(
    bodies: Sequence[Group], mentions: Sequence[Mention], groups: Mapping[Key, Group]
) -> None:
    """Joins the short forms of the bodies of an article to their full names.

    Args:
        mentions, groups: all of the article.
    """
    _claim_acronyms(bodies, mentions, groups)
    _claim_bodies(bodies)
    _claim_common_nouns(bodies)


def _claim_acronyms(
    bodies: Sequence[Group],
    mentions: Sequence[Mention],
    groups: Mapping[Key, Group],
) -> None:
    """Joins an acronym to the body whose initials it is: in brackets first, else the only one."""
    for before, after in pairwise(mentions):
        if (
            after.start - before.end == _BRACKET_GAP
            and {
                before.kind,
                after.kind,
            }
            <= _KINDS_OF_BODIES
        ):
            for short, full in ((after, before), (before, after)):
                is_short = short.kind is EntityKind.ORG and _is_acronym(short.text)
                if is_short and _abbreviates(short.text, full.text):
                    join(groups[key_of(short)], groups[key_of(full)])
    for group in bodies:
        if group.into is None and _is_acronym(group.full):
            owners = {
                id(body.root()): body.root()
                for body in bodies
                if body is not group and plain(group.full) == initials(body.full)
            }
            if len(owners) == 1:
                join(group, next(iter(owners.values())))


# A law or a product in full makes its acronym one: Digital Millennium Copyright Act (DMCA).
_KINDS_OF_BODIES = frozenset({EntityKind.ORG, EntityKind.EVENT})
_ACRONYM = re.compile(r"[A-Z](?:[A-Za-z&/-]?[A-Z.]){1,9}s?")


def _is_acronym(name: str) -> bool:
    return _ACRONYM.fullmatch(name) is not None


def _abbreviates(short: str, full: str) -> bool:
    """Are the letters of `short` the initials of `full`, at least in order and mostly?"""
    letters = plain(short).replace(" ", "")
    if len(plain(full).split()) < 2 or _is_acronym(full):
        return False
    if letters == initials(full):
        return True
    wanted = iter(plain(full).replace(" ", ""))
    return letters[0] == plain(full)[0] and all(letter in wanted for letter in letters)


def _claim_bodies(bodies: Sequence[Group]) -> None:
    """Joins `Wagner` to `Wagner Group`, `the Taliban` to `Taliban`, and `Security Council` to the
    one `U.N. Security Council` of the article.
    """
    by_words = {_without_article(group.full): group for group in bodies if group.into is None}
    for words, group in list(by_words.items()):
        if len(words) > 1 and words[-1] in _DROPPED:
            short = by_words.get(words[:-1])
            if short is not None:
                join(short, group)
    for words, group in by_words.items():
        if len(words) > 1:
            longer = [
                other
                for long, other in by_words.items()
                if long[-len(words) :] == words and _is_whose(long[: -len(words)])
            ]
            if len({id(other.root()) for other in longer}) == 1:
                join(group, longer[0])


def _claim_common_nouns(bodies: Sequence[Group]) -> None:
    """Joins `the Department` to the one body of the article that is called so; elsewhere it is no
    name.
    """
    longer: dict[str, dict[int, Group]] = {}
    for group in bodies:
        words = _without_article(group.full)
        if len(words) > 1:
            for word in {words[0], words[-1]} & _COMMON_NOUNS:
                longer.setdefault(word, {})[id(group.root())] = group.root()
    for group in bodies:
        words = _without_article(group.full)
        if len(words) == 1 and words[0] in _COMMON_NOUNS and group.into is None:
            owners = list(longer.get(words[0], {}).values())
            if len(owners) == 1:
                join(group, owners[0])
            else:
                group.kind = EntityKind.EVENT


def _is_whose(words: tuple[str, ...]) -> bool:
    """Do these words say whose body it is: a country, a people, the United Nations?"""
    name = " ".join(words)
    return bool(name) and (known_kind(name) is not None or name in _peoples())


@cache
def _peoples() -> frozenset[str]:
    return frozenset(plain(people) for people in lexicon.peoples())


def _without_article(name: str) -> tuple[str, ...]:
    words = plain(name).split()
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)
