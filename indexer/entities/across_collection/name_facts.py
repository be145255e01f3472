"""Name facts: what do the letters of a name alone say of it, as far as merging asks?

Whatever the collection says changes none of it, so that it is kept with a name for as long as the
program is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.entities.across_collection.collection_names import CorpusName, CorpusNames
from indexer.entities.across_collection.romanized import latin_words
from indexer.entities.across_collection.whose_bodies import owned_bodies
from indexer.entities.names import korean
from indexer.entities.names.bodies import unit_of
from indexer.entities.names.cyrillic import place_bases
from indexer.entities.names.known import (
    called,
    certain_kind,
    famous_surname,
    is_known_place,
    is_namesake,
    kind_of,
    known_kind,
    known_label,
    label_of,
)
from indexer.entities.names.person_names import Parts, parts, run_together, surname_last
from indexer.entities.names.romanization.given_names import given_names, own_spelling
from indexer.entities.names.romanization.other_letters import in_other_letters
from indexer.entities.names.romanization.spelled import is_romanized, town_bones
from indexer.entities.names.romanization.tables import bones
from indexer.entities.names.spelling import plain, skeleton
from indexer.entities.tagging.word_lists import shipped_lists
from indexer.entities.types import EntityKind

_SHORTEST_ACRONYM = 3
_SHORTEST_ROMANIZED = 6  # letters: below it, skeletons of places and bodies collide


class NameFacts(NamedTuple):
    """What a name is by its kind, its key and its most usual spelling.

    Attributes:
        spelling: the one that it is said of.
        entity_id: see `CorpusName`.
        listed: stands for the entity that the lexicon lists it for; empty for none, and for a
            surname alone.
        is_namesake: see `indexer.entities.names.known`.
        same: stands for the names of its kind that are spelled the same; empty for surnames alone.
        kind, label: of an entity that has this name alone.
        ours, is_english: see `indexer.entities.names.known.Called`.
        is_listed_so: is it listed as what it is, and no person?
        owned: what it may be called where its owner is clear, and the owner.
        parts: of a person's name.
        surname: the last of these, run together.
        own: see `own_spelling`.
        person: the label of the person known by this name.
        famous: the label of the person known by this surname.
        is_no_person: can it be nothing but something else than a person?
        latin, bones: its words and the bones of its surname, see `LatinNames`; of a place its own.
        given: see `given_names`, of the first of these words.
        in_other_letters: is it in Cyrillic, Arabic or Hebrew? Of a place, that no list has.
        nominatives: what else `same` may be, of a place in Cyrillic that no list has.
        last: of a person's full name, its surname as it is spelled (plain).
        is_doubtful: does a person's full name begin with what is a surname, a word or an acronym,
            and no given name?
        unit: number and sort of a unit of an army, and of which kind it is.
    """

    spelling: str
    entity_id: str
    listed: str
    is_namesake: bool
    same: str
    kind: EntityKind
    label: str
    ours: str
    is_english: bool
    is_listed_so: bool = False
    owned: tuple[tuple[str, str], ...] = ()
    parts: Parts = ()
    surname: str = ""
    own: str = ""
    person: str = ""
    famous: str = ""
    is_no_person: bool = False
    latin: Parts = ()
    bones: str = ""
    given: tuple[int, ...] = ()
    in_other_letters: bool = False
    nominatives: tuple[str, ...] = ()
    last: str = ""
    is_doubtful: bool = False
    unit: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Is it more of a person's name than a surname?"""
        return len(self.parts) > 1


def all_facts(names: CorpusNames, *, after: int = 0) -> list[NameFacts]:
    """Those of all names, by number, or of those from a number on."""
    return [facts_of(name) for name in names.names[after:]]


def facts_of(name: CorpusName) -> NameFacts:
    """What is to be said of a name."""
    kind, known = kind_of([name], name), called(name)
    facts = NameFacts(
        name.spelling,
        name.entity_id,
        _listed(name),
        is_namesake(name),
        "",
        kind,
        label_of([known], kind),
        known.ours,
        known.is_english,
        name.kind is not EntityKind.PERSON and name.kind is known_kind(name.key),
    )
    match name.kind:
        case EntityKind.PERSON:
            return _of_person(facts, name.key)
        case EntityKind.ORG:
            unit = unit_of(name.key)
            return facts._replace(
                same=_body_key(name.key),
                owned=tuple(owned_bodies(name.key)),
                unit=(f"{unit.number} {unit.sort}", unit.qualified) if unit else (),
            )
        case EntityKind.PLACE:
            same = name.key if is_known_place(name.key) else _romanized(name.key)
            is_latin = name.key.isascii()
            return facts._replace(
                same=same,
                nominatives=() if facts.listed else tuple(_nominatives(name.key)),
                bones=town_bones(name.key) if is_latin else "",
                in_other_letters=not facts.listed and is_romanized(name.key),
            )
        case _:
            return facts


def _nominatives(key: str) -> Iterator[str]:
    """What a place in Cyrillic may be in the nominative, as `same` has it."""
    for base in place_bases(key):
        if base != key and len(base) >= _SHORTEST_ROMANIZED:
            yield _romanized(base)


def _listed(name: CorpusName) -> str:
    kind = certain_kind(name.key) or name.kind
    if is_namesake(name) or famous_surname(name.key):
        return ""
    label = known_label(kind, name.key)
    return "" if label is None else f"{kind} {label}"


def _of_person(facts: NameFacts, key: str) -> NameFacts:
    found = parts(facts.spelling)
    surname = run_together(found[-1]) if found else ""
    own, same, sought = "", "", facts.spelling
    last, is_doubtful = "", False
    latin: Parts = ()
    if len(found) > 1:
        sought = surname_last(facts.spelling)
        last = plain(sought).rpartition(" ")[2]
        latin = latin_words(facts.spelling)
        syllables = korean.person(tuple(key.split()))
        if syllables is None:
            own = own_spelling(key)
            same = " ".join((*found[:-1], surname, own))
            is_doubtful = bool(latin) and _is_doubtful(sought)
        else:
            found = (syllables[0], found[-1])
            same = " ".join(syllables)
    return facts._replace(
        same=same,
        parts=found,
        surname=surname,
        own=own,
        person=known_label(EntityKind.PERSON, key) or "",
        famous=famous_surname(key) or "",
        is_no_person=certain_kind(key) not in {None, EntityKind.PERSON},
        latin=latin,
        bones=bones(latin[-1]) if latin else "",
        given=tuple(sorted(given_names(latin[0]))) if latin else (),
        in_other_letters=bool(found) and bool(in_other_letters(sought)),
        last=last,
        is_doubtful=is_doubtful,
    )


def _is_doubtful(name: str) -> bool:
    """Does a full name begin with no given name: Nuwwar CGS, Section Smirnovsky, Waldheim
    Boumediene?
    """
    first = name.partition(" ")[0]
    lists, word = shipped_lists(), plain(first)
    if word in lists.given or given_names(word):
        return False
    is_acronym = len(first) >= _SHORTEST_ACRONYM and first.isupper() and not name.isupper()
    return is_acronym or word in lists.surnames or word in lists.written


def _body_key(name: str) -> str:
    words = name.removeprefix("the ").split()
    owner, space, rest = " ".join(_SPELLINGS.get(word, word) for word in words).partition(" ")
    key = _OWNERS.get(owner, owner) + space + rest
    return _romanized(key) if _ORGANISATION.search(key) is None else key


def _romanized(key: str) -> str:
    return skeleton(key) if len(key) >= _SHORTEST_ROMANIZED else key


_ORGANISATION = re.compile(r"\b(?:of|for|and)\b")
_SPELLINGS = {
    "organisation": "organization", "centre": "center", "defence": "defense", "labour": "labor",
    "programme": "program", "organisations": "organizations",
}  # fmt: skip
_OWNERS = {
    "us": "united states", "uk": "united kingdom", "un": "united nations", "eu": "european union",
}  # fmt: skip
