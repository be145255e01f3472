"""Persons in Hebrew and Persian, which no model reads and no capitals show: a known given name, and
what stands behind it as a surname does.

A word behind a given name is a surname where no dictionary has it, or where it ends or begins as
surnames do, is one of those that are words (*כהן*), or a given name itself. Lists are ours. What
they lack is a given name where it spells one in Latin letters, and a surname is sure behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from indexer.analysis.known_words import known_words
from indexer.entities.names.known import place_called
from indexer.entities.names.spelling import plain
from indexer.entities.tagging.foreign.listed_places import is_country, is_sure_place
from indexer.entities.tagging.foreign.spelled_given_names import spells_given_name
from indexer.entities.types import EntityKind, Mention

RULE = "foreign"
_CONFIDENCE = 0.8
LANGUAGES = frozenset(["he", "fa"])
_LETTER = "[א-ת\u0621-\u064a\u066e-\u06d3]"
_WORD = re.compile(rf"{_LETTER}+(?:['׳’\u200c־-]{_LETTER}+)*['׳’]?")
_MOST_WORDS = 5
_SHORTEST = 2  # letters of a surname
_SHORTEST_ALONE = 4  # letters of a surname that stands alone, and is no word
_ATTACHED = re.compile("ו?ש?[בלמהכ]?(?=[א-ת]{3})")
_PARTICLES: Mapping[str, frozenset[str]] = {
    "he": frozenset("בן בר אבו אל אבן דה ואן פון".split()),
    "fa": frozenset("بن ابن ابو آل دی ون فون".split()),
}
_SURNAMES: Mapping[str, re.Pattern[str]] = {
    "he": re.compile(
        r"(?:אל|א|אבו)-.+|.*'.*|.+[^ת]י"
        r"|.+(?:סקי|ביץ|מן|שטיין|ברג|פלד|בלום|זון|יאן|אוב|נקו|שווילי|אני)"
    ),
    "fa": re.compile(
        r".+(?:زاده|پور|نژاد|یان|فر|نیا|وند|لو|اف|وف|سکی|الدین|الله|خان|بیگ|دوست|منش|آرا|ی|ي)"
        r"|ال.+"
    ),
}
_NO_NAMES: Mapping[str, re.Pattern[str]] = {
    "he": re.compile(r"(?:בית החולים|בית הספר|רחוב|כיכר|שדרות|גשר|קרן|מוזיאון) \Z"),
    "fa": re.compile(r"(?:بیمارستان|خیابان|میدان|مدرسه|ورزشگاه|فرودگاه|دانشگاه|بلوار|پل) \Z"),
}
"""What is called after somebody, and is not them."""
_LONGEST = 12  # characters of that


@cache
def _listed(language: str, which: str) -> frozenset[str]:
    file = files(__package__) / "persons_without_capitals.tsv"
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:])
    return frozenset(
        _key(word) for of, what, words in rows if (of, what) == (language, which)
        for word in words.split()
    )  # fmt: skip


def is_listed_given_name(word: str, language: str) -> bool:
    """Is a word a given name on the list of a language, Hebrew or Persian?"""
    return language in LANGUAGES and _key(word) in _listed(language, "given")


def _key(word: str) -> str:
    return plain(_written(word))


def _written(word: str) -> str:
    """A word with its marks, as one keyboard has them and its letters."""
    return word.translate(_KEYBOARD)


_KEYBOARD = str.maketrans(
    {"׳": "'", "’": "'", "־": "-", "\u200c": "", "ى": "ی", "ي": "ی", "ك": "ک"}
)


def persons(text: str, taken: set[int], language: str) -> list[Mention]:
    """The persons named in full, and their surnames alone, outside what is taken."""
    words = [one for one in _WORD.finditer(text) if one.start() not in taken]
    found: list[Mention] = []
    at = 0
    while at < len(words):
        span = _person(text, words[at : at + _MOST_WORDS], language)
        if span is None:
            at += 1
            continue
        start, end, used = span
        name = text[start:end]
        found.append(Mention(start, end, EntityKind.PERSON, name, _CONFIDENCE, RULE))
        at += used
    return found + list(_alone(words, found, language))


def _person(
    text: str, words: Sequence[re.Match[str]], language: str
) -> tuple[int, int, int] | None:
    """Where the person begins and ends whose given name comes first, and of how many words."""
    start = _begins(text, words[0], language)
    if start is None:
        return None
    end, used = words[0].end(), 1
    is_spelled = _front(words[0].group(), language) is None and _is_spelled(
        words[0].group(), language
    )
    is_town = is_sure_place(text[start:end], language)  # Riyadh, and a man called so
    is_whole = behind_particle = ends = False
    for number, one in enumerate(words[1:], 1):
        word = _key(one.group())
        if text[end : one.start()] not in _JOINTS or word in _listed(language, "no surname"):
            break
        is_given = word in _listed(language, "given")
        is_particle = word in _PARTICLES[language]
        is_article = _WITH_ARTICLE.match(_written(one.group())) is not None
        if is_whole and (_front(one.group(), language) or _PASSIVE.fullmatch(one.group())):
            break  # and Golda: letters are attached before another person; was captured
        is_korean = number == _LAST_OF_KOREAN and _is_korean(words)
        if ends and not is_article and not is_korean:
            break
        is_name = is_particle or behind_particle or (is_given and not is_country(one.group()))
        is_name = is_name or is_korean
        if not is_name and not may_be_surname(one.group(), language, is_sure=is_spelled):
            may_close = language == _PERSIAN and not is_town and not is_spelled
            is_apart = number == 1 and _stands_apart(text, start, one.end())
            if not is_apart and not (may_close and _closes(text, words[number:])):
                break
        is_whole = not is_particle or word in _listed(language, "surname")
        behind_particle = is_particle and not is_whole
        is_spelled = is_spelled or (not is_given and spells_given_name(word))
        is_servant = is_article and _key(words[number - 1].group())[-3:] in _SERVANT
        ends = not (is_given or is_particle or spells_given_name(word) or is_servant)
        used, end = number + 1, one.end()
    return (start, end, used) if is_whole else None


def _begins(text: str, word: re.Match[str], language: str) -> int | None:
    """Where a person may begin in a word: a given name, what spells one or has a title."""
    front = _front(word.group(), language)
    if front is None and (_is_spelled(word.group(), language) or _has_title(text, word, language)):
        front = 0
    if front is None:
        return None
    start = word.start() + front
    if _NO_NAMES[language].search(text, max(0, start - _LONGEST), start):
        return None
    is_placed = bool(front or _IN.search(text, max(0, start - _LONGEST), start))
    return None if is_placed and is_sure_place(word.group()[front:], language) else start


def _has_title(text: str, word: re.Match[str], language: str) -> bool:
    """Does a title stand before a word that no dictionary and no list of places has?"""
    before = _TITLE.search(text, max(0, word.start() - _LONGEST), word.start())
    if before is None or _key(before.group(1)) not in _listed(language, "title"):
        return False
    name = word.group()
    is_place = is_sure_place(name, language) or place_called(plain(name)) is not None
    return not is_place and may_be_surname(name, language) and not _is_word(name, language)


_TITLE = re.compile(rf"(?<!{_LETTER})({_LETTER}+(?:[\"״\u200c]{_LETTER}+)*['׳]?) \Z")


def _closes(text: str, words: Sequence[re.Match[str]]) -> bool:
    """Does a name close with a Persian word, behind which a function word or nothing stands?"""
    word, following = words[0], words[1] if len(words) > 1 else None
    if _key(word.group()) in _listed(_PERSIAN, "no surname") or word.group().endswith("ها"):
        return False
    if following is None or text[word.end() : following.start()] not in _JOINTS:
        return True
    return _key(following.group()) in _listed(_PERSIAN, "no surname")


_PERSIAN = "fa"
_IN = re.compile("(?<!\\w)(?:در|شهر) \\Z")
_WITH_ARTICLE = re.compile("(?:אל|א)-|ال")
_JOINTS = frozenset([" ", "\u200c"])


@lru_cache(maxsize=1 << 14)
def _front(word: str, language: str) -> int | None:
    """How many letters are attached before the given name that a word is; None for none."""
    given = _listed(language, "given")
    fronts = range(_attached(word, language) + 1)
    return next((front for front in fronts if _key(word[front:]) in given), None)


@lru_cache(maxsize=1 << 14)
def _is_spelled(word: str, language: str) -> bool:
    """Does a word spell a given name that lists have in Latin letters, and is nothing else?"""
    key = _key(word)
    if any(key in _listed(language, which) for which in ("no surname", "title")):
        return False
    return (
        spells_given_name(key)
        and (_FOREIGN_SOUND.search(_written(word)) is not None or not _is_word(word, language))
        and not _is_place(word, language)
    )


_FOREIGN_SOUND = re.compile(r"[א-ת]'(?=[א-ת])")
"""A letter of Hebrew for a sound that it has not: no dictionary has the word."""


def _is_place(word: str, language: str) -> bool:
    """Is it what lists call a place, as it stands or without what is attached?"""
    return any(
        is_sure_place(one, language) or place_called(plain(one)) is not None
        for one in {word, word[_attached(word, language) :]}
    )


def _is_korean(words: Sequence[re.Match[str]]) -> bool:
    """Is it a Korean name, of which the family's comes first and two short words stand behind?"""
    first, _, last = (one.group() for one in words[: _LAST_OF_KOREAN + 1])
    return first in _KOREAN and len(last) <= _LONGEST_OF_KOREAN


_PASSIVE = re.compile("נ[א-ת]{3}")
"""Hebrew verbs of which dictionaries lack many."""
_SERVANT = frozenset(["עבד", "عبد"])
"""Of whom a name with an article is a given name: עבד אל-חמיד."""
_KOREAN = frozenset("קים פארק מון کیم پارک".split())
_LAST_OF_KOREAN = 2  # number of the word that ends the name
_LONGEST_OF_KOREAN = 4  # letters


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Does a name stand between commas, as who has an office does (the president, ..., said)?"""
    return text[max(0, start - 2) : start] == ", " and text[end : end + 1] == ","


def may_be_surname(word: str, language: str, *, is_sure: bool = False) -> bool:
    """May a word behind a given name be a surname? To be sure, it is no word and no place."""
    key = _key(word)
    if len(key) < _SHORTEST or key in _listed(language, "no surname") or is_country(word):
        return False
    if is_sure and (_is_place(word, language) or _is_word(word, language)):
        return False
    if key in _listed(language, "surname") or _SURNAMES[language].fullmatch(_written(word)):
        return True
    if is_sure and language == _PERSIAN:
        return False  # its dictionary lacks many nouns
    return not _is_word(word, language)


def _is_word(word: str, language: str) -> bool:
    """Has the dictionary a word, as it stands or without what is attached?"""
    bare = {word[front:] for front in range(_attached(word, language) + 1)}
    return any(known_words(" ".join(sorted(bare)), language))


def _attached(word: str, language: str) -> int:
    """How many letters may be attached before a word."""
    found = _ATTACHED.match(word) if language == "he" else None
    return found.end() if found else 0


def _alone(
    words: Sequence[re.Match[str]], found: Sequence[Mention], language: str
) -> Iterator[Mention]:
    """The surnames of persons found, where they stand alone and are no words."""
    within = {at for one in found for at in range(one.start, one.end)}
    surnames = {one.text.rpartition(" ")[2] for one in found}
    surnames = {
        one for one in surnames if len(one) >= _SHORTEST_ALONE and not _is_word(one, language)
    }
    for one in words if surnames else ():
        for front in range(_attached(one.group(), language) + 1):
            name = one.group()[front:]
            if name in surnames and one.start() not in within:
                start = one.start() + front
                yield Mention(start, one.end(), EntityKind.PERSON, name, _CONFIDENCE, RULE)
                break
