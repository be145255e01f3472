"""Given names: which of the lists may a word be, in Latin or other letters?

A given name that is romanized proves that a spelling may be another one of the same person; one
that is borne in the same spelling elsewhere (Karl, Anna) proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from indexer.entities import lexicon
from indexer.entities.names.romanization.kin import kin
from indexer.entities.names.romanization.spelled import may_stand_for, spells
from indexer.entities.names.romanization.tables import (
    ALEF,
    ARABIC,
    ARABIC_KEYS,
    CONSONANTS_ONLY,
    CYRILLIC,
    bones,
    first_letters,
    languages_for,
    single,
)
from indexer.entities.names.spelling import plain


@lru_cache(maxsize=1 << 15)
def given_names(latin: str) -> frozenset[int]:
    """The given names, by number of their group in the lexicon, that a word in Latin letters may
    be; none for names that need no romanization. Whoever is called by a child (Abu Omar) has
    numbers below zero.
    """
    if (by_child := _KUNYA.match(latin)) is not None:
        return _listed(latin) | {~number for number in _listed(latin[by_child.end() :])}
    return _listed(latin)


_KUNYA = re.compile("(?:abou|ab[ou]|ebu|umm)(?=.{3})")


def _listed(latin: str) -> frozenset[int]:
    return frozenset(
        number
        for name, number in _by_bones().get((latin[:1], bones(latin)), ())
        if may_stand_for(latin, name)
        and any(spells(name, latin, one) for one in languages_for(name))
    )


@cache
def _by_bones() -> dict[tuple[str, str], list[tuple[str, int]]]:
    """The given names by the first letter that may be written for theirs, and by their bones."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for number, names in enumerate(lexicon.romanized_given_names()):
        for name in names:
            for first in first_letters(single(name), languages_for(name)):
                found.setdefault((first, bones(name)), []).append((name, number))
    return found


@lru_cache(maxsize=1 << 15)
def same_given_name(one: str, other: str) -> str:
    """The letters of the one given name that two words in Latin letters are, as far as they must
    have been romanized; else nothing.
    """
    shared = given_names(one) & given_names(other)
    if not shared:
        return ""
    if any(map(_is_slavic, shared)):
        return CYRILLIC
    if len(given_names(one) | given_names(other)) == 1:
        return ARABIC  # Tariq and Tarek can be no other
    bare = [_ABD.sub("abd", word) for word in (one, other)]
    return ARABIC if kin(bare[:1], bare[1:], ARABIC) else ""


_ABD = re.compile("^abd[aeou]?l?")


def needs_no_romanization(given: str, surnames: str) -> bool:
    """Is a given name (plain) borne in this spelling where nothing is romanized, and does no
    surname behind it end as Slavic ones do?
    """
    return given in _WESTERN and _SLAVIC.search(surnames) is None


def own_spelling(key: str) -> str:
    """The surname of a full name (plain), as far as it is a spelling of its own: Karl Maier is not
    Karl Meier, while names that are romanized are compared by their skeletons.
    """
    given, _, rest = key.partition(" ")
    if not needs_no_romanization(given, rest):
        return ""
    surname = rest.rpartition(" ")[2]
    for two, one in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        surname = surname.replace(two, one)
    return re.sub(r"(.)\1+", r"\1", surname)


_WESTERN = frozenset(
    "adam albert alexander anna anton daniel david edward eduard elena eva felix herman hermann"
    " ilona julia karl konrad leo leon maria marina mark martin maxim nicole nina"
    " olga paul peter robert"
    " roman sara simon stefan sofia thomas valentin vera victor victoria viktor vladimir".split()
)
"""Given names that others bear in the same spelling: the surname must show its romanization."""
_SLAVIC = re.compile(
    r"(?:[oei][vw]a?|[iy]n|[szc]k(?:[iy]+j?|a|a[iyj]a)|ko|[ijy]?uk|ouk|i[ct][hz]|itsch|ych|[ijy]an)\b"
)


def is_borne_in_the_east(surname: str) -> bool:
    """Does a surname (plain) end as those of Slavs, Georgians and Armenians, so that whoever has it
    in Latin letters was romanized, whatever the given name?
    """
    return _SLAVIC.search(surname) is not None or _GEORGIAN.search(surname) is not None


_GEORGIAN = re.compile(r"(?:(?:sh|ch|sch|s|š)[vw]ili|[aeiou]d[zs]e)\b")


@lru_cache(maxsize=1 << 15)
def is_slavic_given_name(word: str) -> bool:
    """Is a word (as `plain` makes it) a Slavic given name, in the nominative?"""
    return word in _plain_given_names() or any(map(_is_slavic, given_names(word)))


@cache
def _plain_given_names() -> frozenset[str]:
    return frozenset(plain(name) for names in _slavic_groups() for name in names)


def _is_slavic(number: int) -> bool:
    return 0 <= number < len(_slavic_groups())


@cache
def _slavic_groups() -> tuple[tuple[str, ...], ...]:
    groups = lexicon.romanized_given_names()
    return tuple(names for names in groups if not CONSONANTS_ONLY.search(names[0]))


@cache
def groups_of(name: str) -> frozenset[int]:
    """The given names, by number of their group, that a word in other letters is."""
    return _numbers().get(ALEF.sub("أ", name.translate(ARABIC_KEYS)), frozenset())


@cache
def _numbers() -> dict[str, frozenset[int]]:
    """Given name, as keyboards and hands that write alef differently agree on it → its groups."""
    return _numbered(
        [ALEF.sub("أ", name.translate(ARABIC_KEYS)) for name in names]
        for names in lexicon.romanized_given_names()
    )


def is_same_given_name(source: str, latin: str) -> bool:
    """Do lists have a word in other letters as the given name that one in Latin letters is?"""
    return not (
        given_names(latin).isdisjoint(groups_of(source))
        and western_names(latin).isdisjoint(western_names_of(source))
    )


def western_names(latin: str) -> frozenset[int]:
    """The given names of the West, by number, that a word in Latin letters is."""
    return _western_in_latin().get(latin, frozenset())


def western_names_of(source: str) -> frozenset[int]:
    """The same of a word in other letters."""
    return _western_in_others().get(ALEF.sub("أ", source.translate(ARABIC_KEYS)), frozenset())


@cache
def _western_in_latin() -> dict[str, frozenset[int]]:
    return _numbered(latin for latin, _ in lexicon.western_given_names())


@cache
def _western_in_others() -> dict[str, frozenset[int]]:
    return _numbered(
        [ALEF.sub("أ", name.translate(ARABIC_KEYS)) for name in names]
        for _, names in lexicon.western_given_names()
    )


def _numbered(rows: Iterable[Iterable[str]]) -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for number, names in enumerate(rows):
        for name in names:
            found[name] = found.get(name, frozenset()) | {number}
    return found
