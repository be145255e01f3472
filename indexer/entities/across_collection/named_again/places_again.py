"""Places again: which places that other articles name does a text name as well? For those that no
model finds there, in languages that write names with capitals. One module: what may be a town, and
what shows that one is meant, are asked of each word together.

A list of places has most towns in all languages, and too many words are some town's name to trust
it alone. What another text of the collection names is seldom wrong: such a place is sought by all
that lists call it, in any case, and by what other languages make of its letters, where it stands as
a name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import product
from typing import NamedTuple

from indexer.analysis.known_words import known_words
from indexer.entities import lexicon
from indexer.entities.across_collection.named_again.answers import keep
from indexer.entities.across_collection.romanized import TownSpellings, one_town
from indexer.entities.names import polish
from indexer.entities.names.cyrillic import cases_in_names, parted_bases, place_bases
from indexer.entities.names.known import known_label, place_called, place_spellings
from indexer.entities.names.person_names import is_slavic_surname
from indexer.entities.names.romanization.kin import kin, letters_akin
from indexer.entities.names.romanization.spelled import town_bones, without_article
from indexer.entities.names.romanization.tables import ARABIC, letters_of
from indexer.entities.names.romanization.tables import CYRILLIC as CYRILLIC_LETTERS
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
_SHORTEST_KIN = 5  # letters of what the collection calls such a one
_SHORTEST_UNPLACED = 8  # letters of such a one where nothing says that a place is meant
_MOST_WORDS = 3
_BEGINNING = 3  # letters that the words looked at share with some town
_CAPITAL = re.compile(
    r"(?<![\w-])(?:(?i:[dl]|qu|jusqu)['’])?"
    r"(?P<name>(?:(?:a[dlnrstz]|el|a?sh|asch|ech|ach)-)?(?P<capital>[^\W\d_])[^\W\d_]*"
    r"(?:[-’'][^\W\d_]+)*)"
)
"""A word, of which elided ones (d', l') are no part; with an Arabic article."""
_SLAVIC_TOWN = re.compile("(?:[sz]k|[aeioy][vw]|[oeiy][vw]o|[eo][vw]ka|[ty]ne|[gh]rad|p[io]l)\\Z")
_SUFFIX = re.compile(r"['’][a-zçğıöşü]+\Z")
_BARE = frozenset(["fr", "es", "tr"])
"""Languages in which a name has no case, so that one word that opens a sentence tells nothing."""
_NEXT = re.compile(r" ([^\W\d_]+(?:-[^\W\d_]+)*)")
_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]+(?:[-'’][^\W\d_]+)*) \Z")
_COMMA = re.compile(" ?, ?")
_COMMA_BEFORE = re.compile(" ?, ?\\Z")
_FARTHEST = 40  # characters of the word before


class PlacesAgain:
    """Finds the places that a collection names in texts with capitals.

    Args:
        places: (a name, the id of the entity that it means), the most usual names first.
    """

    def __init__(self, places: Iterable[tuple[str, str]]) -> None:
        places = list(places)
        labels: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for name, _ in places:
            key = plain(name)
            label = known_label(EntityKind.PLACE, key)
            if label in _countries():
                continue
            if label is not None:
                labels.setdefault(label, name)
            if _is_own_spelling(key):
                self._names.setdefault(key, name)
        for label, name in labels.items():
            like = skeleton(name) if label in _great() else ""
            for key in place_spellings(label):
                if len(key) >= _SHORTEST and (not like or " " in key or skeleton(key) == like):
                    self._names[key] = name
        self._spell([name for name, _ in places if plain(name).isascii()])
        self._beginnings = {key[:_BEGINNING] for key in (*self._names, *self._spelled)}
        self._of_several: dict[str, list[Sequence[str]]] = defaultdict(list)
        for first, *others in (key.split() for key in self._names):
            if others:
                self._of_several[first].append(others)
        self._going_on: dict[tuple[str, str], bool] = {}
        self._begun: dict[str, bool] = {}
        self._met: dict[tuple[str, str], tuple[str, str]] = {}
        self._met_otherwise: dict[tuple[str, str], str] = {}
        self._met_akin: dict[str, str] = {}

    def _spell(self, names: Sequence[str]) -> None:
        """Lays out names in Latin letters to be found as others spell them."""
        self._spelled: dict[str, str] = {}
        self._kin: dict[str, list[_Akin]] = defaultdict(list)
        for name in names:
            key = plain(name)
            if " " in key or len(key) < _SHORTEST_KIN:
                continue
            label = known_label(EntityKind.PLACE, key)
            self._kin[town_bones(key)].append(_Akin(key, name, letters_of(key), label is not None))
            if len(key) < _SHORTEST_ROMANIZED:
                continue
            if _is_own_spelling(key) and label not in _countries():
                self._spelled.setdefault(skeleton(key), name)
        self._towns = TownSpellings((plain(name), town_bones(plain(name)), name) for name in names)

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
        ends = {
            end
            for _, end, number in recognition.spans
            if recognition.names[number].kind is EntityKind.PLACE
        }
        for word in _CAPITAL.finditer(text):
            if word.start() < end or not word["capital"].isupper():
                continue
            one = self._at(text, word, spans, somebody, language, ends)
            if one is not None:
                found.append(one)
                end = one.end
                ends.add(end)
        recognition = self._called_otherwise(recognition, text, language)
        room = recognition.room_for(found, EntityKind.PLACE)
        free = [
            one
            for one in room
            if _is_free(recognition, one, spans)
            or _is_whole(text, one, spans)
            or _is_placed_alone(text, recognition, one, language, ends)
        ]
        return recognition.with_names(text, free, EntityKind.PLACE)

    def _called_otherwise(self, recognition: Recognition, text: str, language: str) -> Recognition:
        """The recognition, with the places that no list has under the names that others have."""
        called: dict[int, str] = {}
        for number, name in enumerate(recognition.names):
            if name.kind is EntityKind.PLACE and " " not in name.full:
                meant = self._otherwise(name.full, language)
                if meant and meant != name.full:
                    called[number] = meant
        again = [
            Named(start, end, called[number])
            for start, end, number in recognition.spans
            if number in called
        ]
        return recognition.with_names(text, again, EntityKind.PLACE)

    def _otherwise(self, written: str, language: str) -> str:
        """The place that a place which no list has is called by others; nothing for none."""
        found = self._met_otherwise.get((written, language))
        if found is None:
            key = plain(written)
            is_sought = key.isascii() and known_label(EntityKind.PLACE, key) is None
            found = self._spelled_so(written, language) if is_sought else ""
            if is_sought and language == polish.LANGUAGE:
                found = found or self._meant(written, language)[0]
            keep(self._met_otherwise, (written, language), found)
        return found

    def _at(
        self,
        text: str,
        word: re.Match[str],
        spans: _Taken,
        somebody: set[str],
        language: str,
        ends: set[int],
    ) -> Named | None:
        """The place whose name begins with a word."""
        start, first = word.start("name"), word["name"]
        if not self._may_be_meant(first, language):
            return None  # nearly every word
        lasts = [word.end()]
        while len(lasts) < _MOST_WORDS and (behind := _NEXT.match(text, lasts[-1])):
            if behind.group(1)[0].islower():
                break
            lasts.append(behind.end())
        for last in reversed(lasts):
            name = text[start:last]
            if language == _TURKISH:
                name = _SUFFIX.sub("", name)
            end = start + len(name)
            meant, spelled = self._meant(name, language)
            if not meant and not spelled:
                continue
            placed = _is_placed(text, start, end, language, ends)
            if spelled and (
                placed or _is_known_so(name, language) or _is_of(text, start, name, language)
            ):
                meant = spelled
            if not meant or (is_sure_place(name, language) and not _PARTED.search(name)):
                continue  # of what lists are sure of, taggers say where it is none
            if name not in somebody and _stands(text, start, end, spans, language, placed=placed):
                return Named(start, end, meant)
        return None

    def _may_be_meant(self, word: str, language: str) -> bool:
        """May a name begin with a word, and be of more words if it is none?"""
        if not self._may_go_on(word, language) and not any(self._meant(word, language)):
            return False
        return CYRILLIC.match(word) is not None or self._begins(word)

    def _may_go_on(self, word: str, language: str) -> bool:
        """May more words belong to a name that begins with this one, or less than all of it?"""
        found = self._going_on.get((word, language))
        if found is None:
            found = language == polish.LANGUAGE or _SUFFIX.search(word) is not None
            if not found:
                first = plain(word).partition(" ")[0]
                found = any(one in self._of_several for one in (first, *cases_in_names(first)))
            keep(self._going_on, (word, language), found)
        return found

    def _begins(self, word: str) -> bool:
        """Does some town begin as a word does?"""
        found = self._begun.get(word)
        if found is None:
            key = plain(word)
            begins = (
                key[:_BEGINNING] in self._beginnings
                or not _bones(key).isdisjoint(self._kin)
                or skeleton(key) in self._spelled
            )
            found = keep(self._begun, word, begins)
        return found

    def _meant(self, written: str, language: str) -> tuple[str, str]:
        """What the collection calls the place of this name; and one that it may spell, which counts
        where what stands beside it says that a place is meant. Nothing for none.
        """
        found = self._met.get((written, language))
        if found is None:
            key = "" if self._is_of_no_several(written) else self._base(written, language)
            listed = self._names.get(key, "")
            is_latin = CYRILLIC.match(written) is None
            if listed and is_latin and not _is_spelled_alike(key, listed):
                found = "", listed  # what somebody calls it otherwise (Zion)
            else:
                found = listed, "" if listed else self._spelled_so(written, language)
            keep(self._met, (written, language), found)
        return found

    def _is_of_no_several(self, written: str) -> bool:
        """Are these words in Cyrillic, of which no name has all in any case? Told word by word, as
        there are thousands of cases of three.
        """
        parted = parted_bases(plain(written)) if CYRILLIC.match(written) else []
        return len(parted) > 1 and not any(
            len(others) == len(parted) - 1
            and all(word in bases for word, bases in zip(others, parted[1:], strict=True))
            for first in (*parted[0], plain(written).split()[0])
            for others in self._of_several.get(first, ())
        )

    def _base(self, written: str, language: str) -> str:
        """What a name is in the nominative, which some place of the collection is called; another
        text's than this one, which may have found the case alone.
        """
        known = (one for one in _bases(written, language) if one in self._names)
        first = next(known, "")
        if first == plain(written) and known_label(EntityKind.PLACE, first) is None:
            return next(known, first)
        return first

    def _spelled_so(self, written: str, language: str) -> str:
        """The place whose name one that is no word of the language spells, listed nowhere so."""
        if " " in written or len(written) < _SHORTEST_ROMANIZED:
            return ""
        in_cyrillic = CYRILLIC.match(written) is not None
        found = self._spelled.get(skeleton(written), "") or (
            self._spelled_in_latin(written) if in_cyrillic else self._akin(written)
        )
        # The dictionary is asked of what is found alone, as that takes longer.
        return "" if found and _is_word(written, language) else found

    def _akin(self, written: str) -> str:
        """The one place of which a name is what another language makes (Budjonnowsk), which no list
        has so.
        """
        key = plain(written)
        if not key.isascii():
            return ""
        found = self._met_akin.get(key)
        if found is not None:
            return found
        letters, may = letters_of(key), letters_akin(key, CYRILLIC_LETTERS)
        may_in_arabic = letters_akin("".join(without_article(key)), ARABIC)
        meant = {
            one.name
            for its_bones in _bones(key)
            for one in self._kin.get(its_bones, ())
            if (
                not one.letters & ~may
                and not letters & ~letters_akin(one.key, CYRILLIC_LETTERS)
                and kin([key], [one.key])
            )
            or (
                not one.is_listed
                and not one.letters & ~may_in_arabic
                and kin(without_article(key), without_article(one.key), ARABIC)
            )
        }
        town = one_town(meant)
        is_one = bool(town) and place_called(key) is None  # which costs more than the rest
        return keep(self._met_akin, key, town if is_one else "")

    def _spelled_in_latin(self, written: str) -> str:
        """The one place that a name in Cyrillic, in some case, may be, which no list has so."""
        key = plain(written)
        town = one_town(self._towns.meant((key, *place_bases(key))))
        return town if town and place_called(key) is None else ""


class _Akin(NamedTuple):
    """A place that a name may be akin to: its name in plain spelling, and as it is written; the
    letters of the former; and whether a list has it.
    """

    key: str
    name: str
    letters: int
    is_listed: bool


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
    if " " in key or not key.isascii() or len(key) < _SHORTEST:
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


def _stands(text: str, start: int, end: int, spans: _Taken, language: str, *, placed: bool) -> bool:
    """Is a town meant where its name stands, and not somebody or a part of a longer name?"""
    if is_called_otherwise(text, start, end, language):
        return False
    name = text[start:end]
    if " " in name:
        return not _goes_on_in_capitals(text, end, spans, language)
    is_town = _may_be_town(text, start, name, language, placed=placed)
    return is_town and _stands_alone(text, start, end, spans, language, placed=placed)


def _bones(key: str) -> set[str]:
    """Those of a town (plain spelling): where German and Polish write dj, the d may be soft."""
    return {town_bones(key), town_bones(key.replace("dj", "dy"))}


def _is_known_so(name: str, language: str) -> bool:
    """Is a name, long enough, no word of the language, and on a list or longer?"""
    key = plain(name)
    return (
        len(key) >= _SHORTEST_ROMANIZED
        and not _is_word(name, language)
        and (
            (len(key) >= _SHORTEST_UNPLACED and _SLAVIC_TOWN.search(key) is not None)
            or place_called(key) is not None
        )
    )


def _is_of(text: str, start: int, name: str, language: str) -> bool:
    """Does an *of* stand before a name that is no word?"""
    before = _BEFORE.search(text, max(0, start - _FARTHEST), start)
    return (
        language in _ROMANCE
        and before is not None
        and before.group(1).lower() == "de"
        and not _is_word(name, language)
    )


_ROMANCE = frozenset(["fr", "es"])


def _may_be_town(text: str, start: int, word: str, language: str, *, placed: bool) -> bool:
    """Is it nothing else in this language: no word, nobody's name?"""
    lower = word.lower()
    if len(word) < _SHORTEST or lower in lexicon.function_words(language) or word.isupper():
        return False
    is_one = placed and language != "de" and not opens(text, start)
    if is_given_in(word, language) or (word in lexicon.ordinary_words(language) and not is_one):
        return False
    if is_part_of_name(text, start, language) or _is_somebody_of(text, start, language):
        return False
    if (language == "de" or opens(text, start)) and _is_word(word, language) and not placed:
        return False  # elsewhere a capital shows that it is none
    if placed:
        return True
    if language in _BARE and opens(text, start):
        return False
    return plain(word) not in shipped_lists().surnames


def _is_somebody_of(text: str, start: int, language: str) -> bool:
    """Does a word for kin, a friend or an address stand before it (*son ami Sion*)?"""
    before = _BEFORE.search(text, max(0, start - _FARTHEST), start)
    return before is not None and before.group(1).lower() in _SOMEBODY.get(language, _NOBODY)


_NOBODY: frozenset[str] = frozenset()
_SOMEBODY = {
    "es": frozenset(
        """amigo amiga hermano hermana padre madre hijo hija tío tía primo prima esposo esposa
        doctor doctora señor señora viuda colega don doña""".split()
    ),
    "fr": frozenset(
        """ami amie frère sœur père mère fils fille oncle tante cousin cousine mari femme époux
        épouse veuve collègue docteur monsieur madame maître mademoiselle""".split()
    ),
    "pl": frozenset(
        """pan pani pana panu panem brat brata siostra siostry przyjaciel przyjaciela syn syna córka
        córki mąż męża żona żony doktor doktora wujek ciotka kolega koleżanka""".split()
    ),
    "ru": frozenset(
        """друг друга подруга подруги брат брата сестра сестры сын сына дочь дядя тетя муж мужа
        жена жены вдова коллега доктор доктора господин господина госпожа""".split()
    ),
    "tr": frozenset(
        """bay bayan sayın arkadaşı kardeşi ağabeyi ablası oğlu kızı amcası teyzesi eşi kocası
        karısı doktor meslektaşı""".split()
    ),
    "uk": frozenset(
        """друг друга подруга подруги брат брата сестра сестри син сина донька дядько тітка чоловік
        дружина дружини вдова колега лікар пан пана пані""".split()
    ),
}
"""Behind these stands somebody. In German a name alone is no town without more than this."""


def _is_placed(text: str, start: int, end: int, language: str, ends: set[int]) -> bool:
    """Is a place meant, by what stands beside a name: what tells places, or a place and an and?

    Args:
        ends: where places end.
    """
    if is_placed(text, start, end, language):
        return True
    before = _BEFORE.search(text, max(0, start - _FARTHEST), start)
    if before is None:
        return text[start - 2 : start] == ", " and start - 2 in ends
    word = before.group(1).lower()
    if word == "von":
        return plain(text[start:end]) not in shipped_lists().surnames
    if any(
        word.endswith(ending)
        and word.removesuffix(ending) + plural in lexicon.prepositions_of_place(language)
        for ending, plural in _PAST.get(language, ())
    ):
        return True
    return word in _TELLING_TOWNS.get(language, "").split() or (
        word in _AND and before.start(1) - 1 in ends
    )


_PAST = {
    "ru": (("л", "ли"), ("ла", "ли"), ("ть", "ли")),
    "uk": (("в", "ли"), ("ла", "ли"), ("ти", "ли")),
    "pl": (("ł", "ły"), ("ł", "li"), ("ła", "ły")),
}
"""How verbs end that one does, or is to do, of which lists have what several do: обстреляли."""
_TELLING_TOWNS = {"pl": "o", "de": "zu"}
"""Prepositions that tell a town of the collection, and not any place."""
_AND = frozenset("und et y e i oraz ve ile и і й та".split())
_PARTED = re.compile(r"\w-\w|\w \w")


def _is_spelled_alike(key: str, name: str) -> bool:
    """Is a name (plain spelling) that of a place, or what lists call it in Latin letters?"""
    label = known_label(EntityKind.PLACE, plain(name)) or name
    return skeleton(key) in (skeleton(plain(name)), skeleton(plain(label)))


def _is_word(word: str, language: str) -> bool:
    """Has the dictionary of a language a word?"""
    return all(known_words(word, language))


def _goes_on_in_capitals(text: str, end: int, spans: _Taken, language: str) -> bool:
    """Does a word with a capital that is no name stand behind: San Francisco Havalimanı?"""
    behind = _NEXT.match(text, end) if language != "de" else None
    return behind is not None and behind.group(1)[0].isupper() and behind.start(1) not in spans


def _stands_alone(
    text: str, start: int, end: int, spans: _Taken, language: str, *, placed: bool
) -> bool:
    """Does it stand as a whole name, beside no other word with a capital that is none?"""
    if text[end : end + 1] == "-":
        return False
    behind = _NEXT.match(text, end)
    is_noun = behind is not None and language == "de" and _is_word(behind.group(1), language)
    if _goes_on_in_capitals(text, end, spans, "") and not is_noun:
        return False
    if spans.is_listed_with_bodies(text, start, end) and not placed:
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


def _is_whole(text: str, one: Named, spans: _Taken) -> bool:
    """Is it a town written in several parts, and the whole of something else that was found?"""
    name = text[one.start : one.end]
    return (
        _PARTED.search(name) is not None
        and known_label(EntityKind.PLACE, plain(name)) is not None
        and one.start in spans
        and spans[one.start][:2] == (one.start, one.end)
    )


def _is_placed_alone(
    text: str, recognition: Recognition, one: Named, language: str, ends: set[int]
) -> bool:
    """Is it a lone word where places stand, taken for something that has no other word: в
    Гудермесе?
    """
    return _is_placed(text, one.start, one.end, language, ends) and all(
        " " not in form
        for start, end, number in recognition.spans
        if start < one.end and one.start < end
        for form, _ in recognition.names[number].forms
    )
