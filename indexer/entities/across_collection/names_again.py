"""Names again: which places, persons and bodies that other articles name does a text name as well?
For names that no model finds there, in languages that write names with capitals.

A list of places has most towns in all languages, and too many words are some town's name to trust
it alone. What another text of the collection names is seldom wrong: such a place is sought by all
that lists call it, in any case, where it stands as a name. Persons and bodies are sought as they
are written elsewhere: French, German and Spanish write most of them as English does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import product

from indexer.analysis.known_words import known_words
from indexer.entities import lexicon
from indexer.entities.across_collection.romanized import TownSpellings
from indexer.entities.names import polish
from indexer.entities.names.cyrillic import place_bases
from indexer.entities.names.known import known_label, place_called, place_spellings
from indexer.entities.names.person_names import is_slavic_surname
from indexer.entities.names.romanization import town_bones
from indexer.entities.names.spelling import plain, skeleton
from indexer.entities.recognition import Named, Recognition
from indexer.entities.tagging.foreign.given_names import CYRILLIC, is_given_in
from indexer.entities.tagging.foreign.listed_places import is_sure_place, opens
from indexer.entities.tagging.foreign.parts_of_names import is_called_otherwise, is_part_of_name
from indexer.entities.tagging.foreign.places_told import is_placed
from indexer.entities.tagging.word_lists import is_ordinary, shipped_lists
from indexer.entities.types import EntityKind

LANGUAGES = frozenset(["uk", "ru", "pl", "es", "tr", "fr", "de"])
"""Those whose ordinary words are known, as far as towns are called like them."""
_TURKISH = "tr"
_SHORTEST = 4  # letters of a town
_GREAT = 1_000  # thousands of inhabitants: taggers know it by all of its usual names
_SHORTEST_ROMANIZED = 6  # letters of one that no list has, spelled as others do
_MOST_WORDS = 3
_BEGINNING = 3  # letters that the words looked at share with some town
_CAPITAL = re.compile(
    r"(?<![\w-])(?:(?i:[dl]|qu|jusqu)['’])?"
    r"(?P<name>(?:(?:a[dlnrstz]|el|a?sh|asch|ech|ach)-)?(?P<capital>[^\W\d_])[^\W\d_]*"
    r"(?:[-’'][^\W\d_]+)*)"
)
"""A word, of which elided ones (d', l') are no part; with an Arabic article."""
_SUFFIX = re.compile(r"['’][a-zçğıöşü]+\Z")
_BARE = frozenset(["fr", "es", "tr"])
"""Languages in which a name has no case, so that one word that opens a sentence tells nothing."""
_NEXT = re.compile(r" ([^\W\d_]+(?:-[^\W\d_]+)*)")
_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]+(?:[-'’][^\W\d_]+)*) \Z")
_COMMA = re.compile(" ?, ?")
_COMMA_BEFORE = re.compile(" ?, ?\\Z")
_FARTHEST = 40  # characters of the word before
_TOKEN = re.compile(r"[^\W_]+")
_CAPITALIZED = re.compile(r"(?<![^\W_])[A-ZÀ-ÖØ-Þ\u0100-\u024fА-ЯЁІЇЄҐ][^\W_]*")
_TWO_WORDS = re.compile(r"\w{2}.* .*\w{2}")
_ACRONYM = re.compile(r"(?=.*[A-ZА-Я].*[A-ZА-Я\d])[A-ZА-ЯІЇ\d-]{3,}\Z")


class PlacesAgain:
    """Finds the places that a collection names in texts with capitals.

    Args:
        places: (a name, the id of the entity that it means), the most usual names first.
    """

    def __init__(self, places: Iterable[tuple[str, str]]) -> None:
        labels: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._spelled: dict[str, str] = {}
        latin: list[str] = []
        for name, _ in places:
            key = plain(name)
            if key.isascii():
                latin.append(name)
            label = known_label(EntityKind.PLACE, key)
            if label in _countries():
                continue
            if label is not None:
                labels.setdefault(label, name)
            if _is_own_spelling(key):
                self._names.setdefault(key, name)
                self._spelled.setdefault(skeleton(key), name)
        for label, name in labels.items():
            like = skeleton(name) if label in _great() else ""
            for key in place_spellings(label):
                if len(key) >= _SHORTEST and (not like or skeleton(key) == like):
                    self._names[key] = name
        self._towns = TownSpellings((plain(name), town_bones(plain(name)), name) for name in latin)
        self._beginnings = {key[:_BEGINNING] for key in (*self._names, *self._spelled)}
        self._begun: dict[str, bool] = {}
        self._met: dict[tuple[str, str], tuple[str, str]] = {}

    @property
    def finds(self) -> bool:
        """Whether there is any to find."""
        return bool(self._names)

    def added_to(self, recognition: Recognition, text: str, language: str) -> Recognition:
        """The recognition, with the places named in `text` outside the names it has."""
        if language not in LANGUAGES or not self._names:
            return recognition
        spans = _Taken(recognition)
        somebody = set(_words_of_persons(recognition))
        found: list[Named] = []
        end = 0
        for word in _CAPITAL.finditer(text):
            if word.start() < end or not word["capital"].isupper():
                continue
            one = self._at(text, word, spans, somebody, language)
            if one is not None:
                found.append(one)
                end = one.end
        room = recognition.room_for(found, EntityKind.PLACE)
        free = [
            one
            for one in room
            if _is_free(recognition, one, spans)
            or _is_behind_preposition(text, recognition, one, language)
        ]
        return recognition.with_names(text, free, EntityKind.PLACE)

    def _at(
        self,
        text: str,
        word: re.Match[str],
        spans: _Taken,
        somebody: set[str],
        language: str,
    ) -> Named | None:
        """The place whose name begins with a word."""
        start = word.start("name")
        is_cyrillic = CYRILLIC.match(word["name"]) is not None
        if not is_cyrillic and not self._begins(word["name"]):
            return None
        ends = [word.end()]
        while len(ends) < _MOST_WORDS and (behind := _NEXT.match(text, ends[-1])):
            if behind.group(1)[0].islower():
                break
            ends.append(behind.end())
        for last in reversed(ends):
            name = text[start:last]
            if language == _TURKISH:
                name = _SUFFIX.sub("", name)
            end = start + len(name)
            meant, spelled = self._meant(name, language)
            if spelled and is_placed(text, start, end, language):
                meant = spelled
            if not meant or is_sure_place(name, language):
                continue  # of what lists are sure of, taggers say where it is none
            if name not in somebody and _stands(text, start, end, spans, language):
                return Named(start, end, meant)
        return None

    def _begins(self, word: str) -> bool:
        """Does some town begin as a word does?"""
        found = self._begun.get(word)
        if found is None:
            found = self._begun[word] = plain(word)[:_BEGINNING] in self._beginnings
        return found

    def _meant(self, written: str, language: str) -> tuple[str, str]:
        """What the collection calls the place of this name; and one that it may spell, which counts
        where what stands beside it says that a place is meant. Nothing for none.
        """
        found = self._met.get((written, language))
        if found is None:
            key = next((one for one in _bases(written, language) if one in self._names), "")
            listed = self._names.get(key, "")
            is_latin = CYRILLIC.match(written) is None
            if listed and is_latin and skeleton(key) != skeleton(plain(listed)):
                found = "", listed  # what somebody calls it otherwise (Zion)
            else:
                found = listed, "" if listed else self._spelled_so(written, language)
            self._met[written, language] = found
        return found

    def _spelled_so(self, written: str, language: str) -> str:
        """The place whose name one that is no word of the language spells, listed nowhere so."""
        if " " in written or len(written) < _SHORTEST_ROMANIZED or _is_word(written, language):
            return ""
        found = self._spelled.get(skeleton(written), "")
        return found or (self._spelled_in_latin(written) if CYRILLIC.match(written) else "")

    def _spelled_in_latin(self, written: str) -> str:
        """The one place that a name in Cyrillic, in some case, may be, which no list has so."""
        key = plain(written)
        if place_called(key) is not None:
            return ""
        meant = self._towns.meant((key, *place_bases(key)))
        labels = {known_label(EntityKind.PLACE, plain(name)) or name for name in meant}
        return min(meant) if len(labels) == 1 else ""


class _Taken:
    """The places of a text that names take up, put together when one is first asked for."""

    def __init__(self, recognition: Recognition) -> None:
        self._recognition = recognition

    @cached_property
    def _spans(self) -> dict[int, tuple[int, int, int]]:
        spans = self._recognition.spans
        return {at: one for one in spans for at in range(one[0], one[1])}

    def __contains__(self, at: int) -> bool:
        return at in self._spans

    def is_listed_with_bodies(self, text: str, start: int, end: int) -> bool:
        """Does a body stand right before a name or behind it, but for a comma (Google, Amazon)?"""
        behind = _COMMA.match(text, end)
        before = _COMMA_BEFORE.search(text, max(0, start - _FARTHEST), start)
        beside = ([behind.end()] if behind else []) + ([before.start() - 1] if before else [])
        named = [self._recognition.names[self[at][2]] for at in beside if at in self]
        return any(one.kind is EntityKind.ORG for one in named)

    def __getitem__(self, at: int) -> tuple[int, int, int]:
        return self._spans[at]


@cache
def _countries() -> frozenset[str]:
    """Labels of what lists of every language have, so that taggers know it."""
    listed = (place for sort, place in lexicon.places() if sort in {"country", "continent"})
    keys = [plain(one.label) for one in listed]
    return frozenset(filter(None, (known_label(EntityKind.PLACE, key) for key in keys)))


@cache
def _great() -> frozenset[str]:
    """Labels of great cities: what distant languages call them is a word elsewhere (Landen)."""
    return frozenset(place.label for _, place in lexicon.places() if place.weight >= _GREAT)


def _is_own_spelling(key: str) -> bool:
    """Is it long enough to be known again, and no word of English?"""
    if " " in key or not key.isascii() or len(key) < _SHORTEST_ROMANIZED:
        return False
    return not is_ordinary(key)


def _words_of_persons(recognition: Recognition) -> Iterator[str]:
    """What the article calls persons whom it names in full."""
    for name in recognition.names:
        if name.kind is EntityKind.PERSON and " " in name.full:
            for form, _ in name.forms:
                yield from form.split()


def _bases(written: str, language: str) -> Iterator[str]:
    """What lists may have a name as (plain spelling)."""
    key = plain(written)
    yield key
    if written.isupper():
        return
    if CYRILLIC.match(written):
        yield from place_bases(key)
    elif language == polish.LANGUAGE:
        parted = [polish.bases(word, is_place=True) for word in written.split()]
        yield from (plain(" ".join(words)) for words in product(*parted))
        yield from polish.town_bases(key)


def _stands(text: str, start: int, end: int, spans: _Taken, language: str) -> bool:
    """Is a town meant where its name stands, and not somebody or a part of a longer name?"""
    if is_called_otherwise(text, start, end, language):
        return False
    name = text[start:end]
    if " " in name:
        return not _goes_on_in_capitals(text, end, spans, language)
    is_town = _may_be_town(text, start, name, language)
    return is_town and _stands_alone(text, start, end, spans, language)


def _may_be_town(text: str, start: int, word: str, language: str) -> bool:
    """Is it nothing else in this language: no word, nobody's name?"""
    lower = word.lower()
    if len(word) < _SHORTEST or lower in lexicon.function_words(language) or word.isupper():
        return False
    if word in lexicon.ordinary_words(language) or is_given_in(word, language):
        return False
    if is_part_of_name(text, start, language):
        return False
    if (language == "de" or opens(text, start)) and _is_word(word, language):
        return False  # elsewhere a capital shows that it is none
    if is_placed(text, start, start + len(word), language):
        return True
    if language in _BARE and opens(text, start):
        return False
    return plain(word) not in shipped_lists().surnames


def _is_word(word: str, language: str) -> bool:
    """Has the dictionary of a language a word?"""
    return all(known_words(word, language))


def _goes_on_in_capitals(text: str, end: int, spans: _Taken, language: str) -> bool:
    """Does a word with a capital that is no name stand behind: San Francisco Havalimanı?"""
    behind = _NEXT.match(text, end) if language != "de" else None
    return behind is not None and behind.group(1)[0].isupper() and behind.start(1) not in spans


def _stands_alone(text: str, start: int, end: int, spans: _Taken, language: str) -> bool:
    """Does it stand as a whole name, beside no other word with a capital that is none?"""
    if text[end : end + 1] == "-" or _goes_on_in_capitals(text, end, spans, ""):
        return False
    if spans.is_listed_with_bodies(text, start, end) and not is_placed(text, start, end, language):
        return False
    before = _BEFORE.search(text, max(0, start - _FARTHEST), start)
    return (
        before is None
        or not before.group(1)[0].isupper()
        or language == "de"
        or before.start(1) in spans
        or opens(text, before.start(1))
    )


def _is_free(recognition: Recognition, one: Named, spans: _Taken) -> bool:
    """Does nothing stand there, or a lone word taken for a person that ends as no surname?"""
    taken = {spans[at][2] for at in range(one.start, one.end) if at in spans}
    names = [recognition.names[number] for number in taken]
    return all(
        name.kind is EntityKind.PERSON
        and not any(" " in form for form, _ in name.forms)
        and not is_slavic_surname(plain(name.full))
        for name in names
    ) or (" " in one.name and all(name.kind is not EntityKind.ORG for name in names))


def _is_behind_preposition(text: str, recognition: Recognition, one: Named, language: str) -> bool:
    """Is it a lone word where places stand, taken for something that has no other word: в
    Гудермесе?
    """
    return is_placed(text, one.start, one.end, language) and all(
        " " not in form
        for start, end, number in recognition.spans
        if start < one.end and one.start < end
        for form, _ in recognition.names[number].forms
    )


class WrittenAlike:
    """Finds what a collection names, written in the same way, in texts of other languages: persons
    in full, and bodies of several words or of capitals.

    Args:
        names: of persons and of bodies.
    """

    def __init__(self, names: Iterable[tuple[str, EntityKind]]) -> None:
        self._by_first: dict[str, list[tuple[str, EntityKind]]] = defaultdict(list)
        for name, kind in names:
            first = _TOKEN.match(name)
            if first is not None and (_TWO_WORDS.search(name) or _is_acronym(name, kind)):
                self._by_first[first.group()].append((name, kind))
        for found in self._by_first.values():
            found.sort(key=lambda one: -len(one[0]))

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
            for name, kind in self._by_first.get(word.group(), ()):
                end_of_it = word.start() + len(name)
                if text.startswith(name, word.start()) and not _goes_on(text, end_of_it, language):
                    end = end_of_it
                    found[kind].append(Named(word.start(), end, name))
                    break
        for kind, named in found.items():
            room = recognition.room_for(named, kind)
            recognition = recognition.with_names(text, room, kind)
        return recognition


def _is_acronym(name: str, kind: EntityKind) -> bool:
    return kind is EntityKind.ORG and _ACRONYM.match(name) is not None


def _goes_on(text: str, end: int, language: str) -> bool:
    """Does the word go on, or, in Turkish, a name in capitals (FIFA Dünya Kupası)?"""
    return (_CAPITALS_NEXT if language == _TURKISH else _LETTER_NEXT).match(text, end) is not None


_LETTER_NEXT = re.compile(r"[\w-]")
_CAPITALS_NEXT = re.compile(r"[\w-]| (?:\d+ )?[A-ZÇĞİÖŞÜ]")
