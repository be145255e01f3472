"""Persons in Hebrew and Persian, which no model reads and no capitals show: a known given name, and
what stands behind it as a surname does.

A word behind a given name is a surname where no dictionary has it, or where it ends or begins as
surnames do, is one of those that are words (*כהן*), or a given name itself. Lists are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from indexer.analysis.known_words import known_words
from indexer.entities.names.known import place_called
from indexer.entities.names.spelling import plain
from indexer.entities.tagging.foreign.listed_places import is_country, is_sure_place
from indexer.entities.types import EntityKind, Mention

RULE = "foreign"
_CONFIDENCE = 0.8
LANGUAGES = frozenset(["he", "fa"])
_LETTER = "[א-ת\u0621-\u064a\u066e-\u06d3]"
_WORD = re.compile(rf"{_LETTER}+(?:['׳’\u200c-]{_LETTER}+)*['׳’]?")
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
    return plain(word.replace("׳", "'").replace("’", "'").replace("\u200c", "")).translate(_ARABIC)


_ARABIC = str.maketrans("ىيك", "ییک")


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
    front = _front(words[0].group(), language)
    if front is None:
        if not _has_title(text, words[0], language):
            return None
        front = 0
    start, end, used = words[0].start() + front, words[0].end(), 1
    before = _NO_NAMES[language].search(text, max(0, start - _LONGEST), start)
    is_town = is_sure_place(words[0].group()[front:], language)  # Riyadh, and a man called so
    is_whole = behind_particle = ends = False
    for number, one in enumerate(words[1:], 1):
        word = _key(one.group())
        if before is not None or text[end : one.start()] not in _JOINTS:
            break
        if word in _listed(language, "no surname"):
            break
        is_given = word in _listed(language, "given")
        is_particle = word in _PARTICLES[language]
        if ends and not _WITH_ARTICLE.match(word):
            break
        following = words[number + 1] if number + 1 < len(words) else None
        if not (
            (is_given and not is_country(one.group()))
            or is_particle
            or behind_particle
            or may_be_surname(one.group(), language)
            or (language == _PERSIAN and not is_town and _closes(text, one, following))
        ):
            break
        is_whole = not is_particle or word in _listed(language, "surname")
        behind_particle = is_particle and not is_whole
        ends = not is_given and not is_particle
        used, end = number + 1, one.end()
    return (start, end, used) if is_whole else None


def _has_title(text: str, word: re.Match[str], language: str) -> bool:
    """Does a title stand before a word that no dictionary and no list of places has?"""
    before = _TITLE.search(text, max(0, word.start() - _LONGEST), word.start())
    if before is None or _key(before.group(1)) not in _listed(language, "title"):
        return False
    name = word.group()
    is_place = is_sure_place(name, language) or place_called(plain(name)) is not None
    return not is_place and may_be_surname(name, language) and not _is_word(name, language)


_TITLE = re.compile(rf"(?<!{_LETTER})({_LETTER}+(?:[\"״\u200c]{_LETTER}+)*['׳]?) \Z")


def _closes(text: str, word: re.Match[str], following: re.Match[str] | None) -> bool:
    """Does a name close with a Persian word, behind which a function word or nothing stands?"""
    if _key(word.group()) in _listed(_PERSIAN, "no surname") or word.group().endswith("ها"):
        return False
    if following is None or text[word.end() : following.start()] not in _JOINTS:
        return True
    return _key(following.group()) in _listed(_PERSIAN, "no surname")


_PERSIAN = "fa"
_WITH_ARTICLE = re.compile("(?:אל|א)-|ال")
_JOINTS = frozenset([" ", "\u200c"])


def _front(word: str, language: str) -> int | None:
    """How many letters are attached before the given name that a word is; None for none."""
    given = _listed(language, "given")
    fronts = range(_attached(word, language) + 1)
    return next((front for front in fronts if _key(word[front:]) in given), None)


def may_be_surname(word: str, language: str) -> bool:
    """May a word behind a given name be a surname?"""
    key = _key(word)
    if len(key) < _SHORTEST or key in _listed(language, "no surname") or is_country(word):
        return False
    if key in _listed(language, "surname") or _SURNAMES[language].fullmatch(key):
        return True
    return not _is_word(word, language)


def _is_word(word: str, language: str) -> bool:
    """Has the dictionary a word, as it stands or without what is attached?"""
    bare = word[_attached(word, language) :]
    return any(known_words(f"{word} {bare}", language))


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
