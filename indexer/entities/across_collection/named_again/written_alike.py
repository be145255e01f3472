"""Written alike: which persons and bodies that other articles name does a text name as well, in
Latin letters? For those that no model finds there.

French, German and Spanish write most of them as English does, but for accents; a person in full
also as another language romanizes the name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from indexer.entities.across_collection.named_again.places_again import LANGUAGES
from indexer.entities.across_collection.romanized import LatinNames, latin_words
from indexer.entities.names.person_names import ends_as_slavic, is_slavic_surname
from indexer.entities.names.romanization.given_names import given_names
from indexer.entities.names.romanization.kin import kin
from indexer.entities.names.romanization.persons import is_one_romanized
from indexer.entities.names.romanization.spelled import ARMENIAN
from indexer.entities.names.spelling import plain
from indexer.entities.recognition import Named, Recognition
from indexer.entities.types import EntityKind

_TOKEN = re.compile(r"[^\W_]+")
_CAPITALIZED = re.compile(r"(?<![^\W_])[A-ZÀ-ÖØ-Þ\u0100-\u024fА-ЯЁІЇЄҐ][^\W_]*")
_TWO_WORDS = re.compile(r"\w{2}.* .*\w{2}")
_ACRONYM = re.compile(r"(?=.*[A-ZА-Я].*[A-ZА-Я\d])[A-ZА-ЯІЇ\d-]{3,}\Z")


class WrittenAlike:
    """Finds what a collection names, written in the same way, in texts of other languages: persons
    in full, and bodies of several words or of capitals.

    Args:
        names: of persons and of bodies, with the ids of the entities that they mean.
    """

    def __init__(self, names: Iterable[tuple[str, EntityKind, str]]) -> None:
        self._by_first: dict[str, list[_Written]] = defaultdict(list)
        persons: list[tuple[str, tuple[str, str]]] = []
        for name, kind, entity_id in names:
            first = _TOKEN.match(name)
            if first is not None and (_TWO_WORDS.search(name) or _is_acronym(name, kind)):
                self._by_first[plain(first.group())].append(_Written(name, kind, _bare(name)))
            if kind is EntityKind.PERSON:
                persons.append((name, (entity_id, name)))
        self._persons = LatinNames.of(persons)
        for found in self._by_first.values():
            found.sort(key=lambda one: -len(one.name))

    @property
    def finds(self) -> bool:
        """Whether there is any to find."""
        return bool(self._by_first)

    def added_to(self, recognition: Recognition, text: str, language: str) -> Recognition:
        """The recognition, with the persons and bodies named in `text` that it has not."""
        if language not in LANGUAGES:
            return recognition
        found: dict[EntityKind, list[Named]] = defaultdict(list)
        end = 0
        for word in _CAPITALIZED.finditer(text):
            if word.start() < end:
                continue
            for one_of_them in self._by_first.get(plain(word.group()), ()):
                end_of_it = word.start() + len(one_of_them.name)
                if _is_written(text[word.start() : end_of_it], one_of_them) and not _goes_on(
                    text, end_of_it, language
                ):
                    end = end_of_it
                    found[one_of_them.kind].append(Named(word.start(), end, one_of_them.name))
                    break
            else:
                one = self._romanized(text, word.start(), language)
                if one is not None:
                    end = one.end
                    found[EntityKind.PERSON].append(one)
        for kind, named in found.items():
            room = recognition.room_for(named, kind)
            recognition = recognition.with_names(text, room, kind)
        return recognition

    def _romanized(self, text: str, start: int, language: str) -> Named | None:
        """The one person whose full name is written there, romanized in another way."""
        written = _FULL_NAME.match(text, start)
        if written is None or _goes_on(text, written.end(), language):
            return None
        is_romanized = bool(given_names(plain(written[1])))
        words = plain(written.group()).split()
        if not is_romanized and not any(
            ends_as_slavic(one) or ARMENIAN.search(one) for one in words
        ):
            return None
        mine = latin_words(written.group())
        if not mine or not (is_romanized or _is_of_east(mine[-1])):
            return None
        fitting = dict(
            meant
            for theirs, meant in self._persons.spelled_like(mine[-1])
            if (is_romanized and is_one_romanized(mine, theirs)) or _is_same_man(mine, theirs)
        )
        if len(fitting) != 1:
            return None
        return Named(start, written.end(), *fitting.values())


def _is_same_man(one: Sequence[str], other: Sequence[str]) -> bool:
    """Have two the same given name, and Slavic or Armenian surnames that one Cyrillic name
    explains?
    """
    return (
        one[:-1] == other[:-1]
        and _is_of_east(one[-1])
        and _is_of_east(other[-1])
        and kin(one[-1:], other[-1:])
    )


def _is_of_east(surname: str) -> bool:
    return is_slavic_surname(surname) or ARMENIAN.search(surname) is not None


_FULL_NAME = re.compile(
    r"([A-ZÀ-ÖØ-Þ\u0100-\u024f][\w’'-]+) (?:(?:a[dlnrstz]|e[dlnrstzş]|a?sh|asch|ech|ach)-)?"
    r"[A-ZÀ-ÖØ-Þ\u0100-\u024f][^\W\d_]+(?![\w-])"
)


class _Written(NamedTuple):
    """A name, and in lower case, if it has letters of English and single spaces alone."""

    name: str
    kind: EntityKind
    bare: str


def _bare(name: str) -> str:
    return name.lower() if _BARE.fullmatch(name) else ""


_BARE = re.compile("[A-Za-z]+(?: [A-Za-z]+)*")


def _is_written(text: str, one: _Written) -> bool:
    """Is it this name, whatever accents it is written with?"""
    if text == one.name:
        return True
    if one.kind is not EntityKind.PERSON:
        return False
    bare = _bare(text) if one.bare else ""  # most names by far, told without accents
    return bare == one.bare if bare else plain(text) == plain(one.name)


def _is_acronym(name: str, kind: EntityKind) -> bool:
    return kind is EntityKind.ORG and _ACRONYM.match(name) is not None


def _goes_on(text: str, end: int, language: str) -> bool:
    """Does the word go on, or, in Turkish, a name in capitals (FIFA Dünya Kupası)?"""
    return (_CAPITALS_NEXT if language == _TURKISH else _LETTER_NEXT).match(text, end) is not None


_TURKISH = "tr"
_LETTER_NEXT = re.compile(r"[\w-]")
_CAPITALS_NEXT = re.compile(r"[\w-]| (?:\d+ )?[A-ZÇĞİÖŞÜ]")
