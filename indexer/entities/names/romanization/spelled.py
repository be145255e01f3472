"""Spelled: may a word in Latin letters stand for one in Cyrillic, Arabic or Hebrew letters?

Spellings are made, not listed: one language must explain the whole name. Letters that stand for
sounds only roughly, as those without vowels do, are compared with everything that the press writes
for them. What cannot be one is told apart by its first letter, its consonants and its letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain

from indexer.entities.names.romanization.tables import (
    ALL,
    ARTICLE,
    EVERY_LETTER,
    NO_LETTER,
    OWN,
    SILENT,
    SUN_ARTICLE,
    TWICE,
    at_the_end,
    bones,
    first_letters,
    has_no_vowels,
    letters_of,
    single,
    table_of,
    tables_of,
)

_ANY = frozenset(ALL)
_VOWELS = frozenset("aeiouy")


def spell(source: Sequence[str], latin: Sequence[str]) -> bool:
    """May these words in Latin letters (as `plain` makes them) be those in other letters, one for
    one, as one language romanizes them?

    >>> spell(["денис", "пушилин"], ["denis", "puschilin"])
    True
    """
    if len(source) != len(latin):
        return False
    pairs = list(zip(source, latin, strict=True))
    for one, other in pairs:
        if not may_stand_for(other, one):
            return False
    if all(map(has_no_vowels, source)):
        return all(spells(one, other, OWN) for one, other in pairs)
    return any(
        all(spells(one, other, language) for one, other in pairs)
        for at, language in enumerate(ALL)
        if all(_has_letters_of(one, other, at) for one, other in pairs)
    )


def may_stand_for(latin: str, source: str) -> bool:
    """Can `spells` be true, as far as first letters and skeletons tell? One name is compared with
    hundreds, of which most are told apart by these.
    """
    if latin[:1] not in beginnings(source):
        return False
    known = skeletons(source)
    if known is not None:
        return skeleton(latin) in known
    may, must = letters_written(source)
    letters = letters_of(latin)
    return not letters & ~may and not must & ~letters


@lru_cache(maxsize=1 << 17)
def letters_written(source: str) -> tuple[int, int]:
    """Which letters words in Latin letters may have that stand for one in other letters, in
    whatever language, and which they must.
    """
    if has_no_vowels(source):
        return EVERY_LETTER, NO_LETTER
    return _letters_by(_letters_of_tables(ALL), source)


def _has_letters_of(source: str, latin: str, language: int) -> bool:
    """The same asked of two words in one language, by its place among all."""
    may, must = _letters_in_each(source)[language]
    letters = letters_of(latin)
    return not letters & ~may and not must & ~letters


@lru_cache(maxsize=1 << 16)
def _letters_in_each(source: str) -> list[tuple[int, int]]:
    if has_no_vowels(source):
        return [(EVERY_LETTER, NO_LETTER)] * len(ALL)
    return [_letters_by(_letters_of_tables((language,)), source) for language in ALL]


def _letters_by(table: dict[str, tuple[int, int]], source: str) -> tuple[int, int]:
    word = single(source)
    may = letters_of("h") if word[:1] in SILENT else NO_LETTER
    must = [NO_LETTER, *(EVERY_LETTER for _ in word)]
    for at in range(len(word)):
        for end in range(at + 1, min(at + 2, len(word)) + 1):
            found = table.get(word[at:end])
            if found is not None:
                may |= found[0]
                must[end] &= must[at] | found[1]
    return may, must[-1]


@cache
def _letters_of_tables(languages: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    """Letters → those of all that any of some languages writes for them: any of it has these, all
    of it those.
    """
    found: dict[str, tuple[int, int]] = {}
    for source, latin in chain.from_iterable(table_of(language).items() for language in languages):
        may, must = found.get(source, (NO_LETTER, EVERY_LETTER))
        for one in map(letters_of, latin):
            may, must = may | one, must & one
        found[source] = may, must
    return found


@lru_cache(maxsize=1 << 16)
def spells(source: str, latin: str, language: str) -> bool:
    letters, wanted = single(source), single(latin)
    if has_no_vowels(source):
        return _spells_without_vowels(letters, wanted)
    if letters[0:1] in SILENT and ARMENIAN.search(wanted):
        wanted = _SILENT_H.sub("", wanted)
    table = table_of(language)
    ahead: dict[int, set[int]] = {0: {0}}
    for at in range(len(letters)):
        for begin in ahead.pop(at, ()):
            for end in range(at + 1, min(at + 2, len(letters)) + 1):
                for written in table.get(letters[at:end], ()):
                    if wanted.startswith(written, begin) and (written or begin):
                        ahead.setdefault(end, set()).add(begin + len(written))
    return len(wanted) in ahead.get(len(letters), ())


def _spells_without_vowels(letters: str, wanted: str) -> bool:
    """The same where short vowels are not written: any may follow any letter but the last."""
    table = _by_first_letter()
    ahead: list[set[int]] = [{0}, *(set() for _ in letters)]
    behind = _behind_vowels(wanted)
    for at in range(len(letters)):
        for end in range(at + 1, min(at + 2, len(letters)) + 1):
            written = table.get(letters[at:end])
            is_last, is_article = end == len(letters), letters[at:end] == ARTICLE
            if written is None or (is_last and is_article):
                continue
            for begin in ahead[at]:
                next_letter = wanted[begin : begin + 1]
                for one in (*written.get(next_letter, ()), *written.get("", ())):
                    if not wanted.startswith(one, begin):
                        continue
                    reached = begin + len(one)
                    if is_last or is_article:
                        ahead[end].add(reached)
                    else:
                        ahead[end].update(behind[reached])
            if at == 0:
                ahead[end].discard(0)  # something is written for the first letter
    return len(wanted) in ahead[len(letters)]


@lru_cache(maxsize=1 << 15)
def _behind_vowels(wanted: str) -> list[tuple[int, ...]]:
    """By each place in a word where it goes on, behind a short vowel or without one."""
    return [
        (at, at + 1, at + 2)
        if wanted.startswith("ou", at)
        else (at, at + 1)
        if wanted[at : at + 1] in _VOWELS
        else (at,)
        for at in range(len(wanted) + 1)
    ]


@cache
def _by_first_letter() -> dict[str, dict[str, list[str]]]:
    """Letters without vowels → first letter → what may be written for them."""
    found: dict[str, dict[str, list[str]]] = {}
    for letters, latin in (*at_the_end().items(), (ARTICLE, SUN_ARTICLE)):
        for one in latin:
            found.setdefault(letters, {}).setdefault(one[:1], []).append(one)
    return found


_SILENT_H = re.compile("\\Ah|(?<=[vw])h|h(?=n)")
ARMENIAN = re.compile("[iyj]an\\Z")
"""Whose h Russian leaves out at the beginning: Арутюнян, Harutyunyan."""


def is_romanized(key: str) -> bool:
    """Has a name (plain spelling) a letter for which others are written in Latin? Marks and letters
    of other kinds (Jaʿār, Łódź) are spelled by nobody in another way.
    """
    return _ROMANIZED.search(key) is not None


_ROMANIZED = re.compile(r"[\u0400-\u04ff\u0590-\u06ff]")


def town_bones(key: str) -> str:
    """The bones of the name of a place (plain spelling), without its article."""
    return bones("".join(without_article(key)))


def without_article(key: str) -> list[str]:
    """The words of the name of a place (plain spelling), without its article.

    >>> spell(without_article("ель обеид"), without_article("el obeid"))
    True
    """
    return _ARTICLES.sub("", key).split()


_ARTICLES = re.compile(
    r"\A(?:(?:a[dlnrstz]|e[dlrs]|ash|esh) (?=\w{3})|[аэе](?:ль|[длнрстзш]) (?=\w{3})|ال(?=\w{3}))"
)


def languages_of(source: str, latin: str) -> frozenset[str]:
    """The languages in which one word in Latin letters may stand for one in other letters."""
    if not may_stand_for(latin, source):
        return frozenset()
    if has_no_vowels(source):  # what any language writes is one
        return _ANY if spells(source, latin, OWN) else frozenset()
    return frozenset(one for one in ALL if spells(source, latin, one))


_CLASSES = str.maketrans("dqgzxpfv", "tkkssbbb")
_NO_CLASS = re.compile(r"[^lrmntkscjb]")
_MOST_SKELETONS = 256  # of one word: of more, comparing letters is as fast


@lru_cache(maxsize=1 << 17)
def skeleton(latin: str) -> str:
    """The consonants of a word in Latin letters, as far as no romanization confuses them, without
    what repeats one: lips are b, dentals t, what is spoken in the throat k, what hisses s.
    """
    return TWICE.sub(r"\1", _NO_CLASS.sub("", latin.translate(_CLASSES)))


@lru_cache(maxsize=1 << 16)
def skeletons(source: str) -> frozenset[str] | None:
    """Those of all words in Latin letters that may stand for one whose vowels are not written; None
    of other words, and where there are too many.
    """
    if not has_no_vowels(source):
        return None
    letters = single(source)
    ahead: list[set[str]] = [{""}, *(set() for _ in letters)]
    for at in range(len(letters)):
        for end in range(at + 1, min(at + 2, len(letters)) + 1):
            written = _skeletons_of(letters[at:end], is_last=end == len(letters))
            ahead[end].update(_joined(one, other) for one in ahead[at] for other in written)
        if len(ahead[at + 1]) > _MOST_SKELETONS:
            return None
    return frozenset(ahead[len(letters)])


@cache
def _skeletons_of(letters: str, *, is_last: bool) -> frozenset[str]:
    table = tables_of(OWN, is_without_vowels=True)[is_last]
    return frozenset(map(skeleton, table.get(letters, ())))


def _joined(one: str, other: str) -> str:
    return one + other[1:] if one[-1:] == other[:1] else one + other


@lru_cache(maxsize=1 << 16)
def beginnings(source: str) -> frozenset[str]:
    """The first letters that words in Latin letters have which may stand for one in other letters:
    no other word need be compared.
    """
    return _begins_with(single(source)[:2])


@cache
def _begins_with(letters: str) -> frozenset[str]:
    """The same for two letters that a word begins with."""
    found = first_letters(letters, ALL[-1:] if has_no_vowels(letters) else ALL)
    return frozenset(found | {"h"} if letters[:1] in SILENT else found)
