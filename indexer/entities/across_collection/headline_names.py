"""Headline names: what is a headline told of the names of a collection? Three tables, and no more.

What a headline names depends on them alone, so that an update looks at those headlines again one
of whose words they answer otherwise than the last time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from indexer.entities.across_collection.collection_names import CorpusName, CorpusNames
from indexer.entities.names.known import is_known_place
from indexer.entities.types import EntityKind

_OFTEN = 2  # articles that a name of one word needs where nothing else is known of it


class HeadlineName(NamedTuple):
    """A name of the collection, as a headline is told of it.

    Attributes:
        spelling: its most usual one.
        is_frequent: whether several articles have it.
        is_rather_a_place: whether the surname, standing alone, is rather that of a place.
    """

    kind: EntityKind
    key: str
    spelling: str
    is_frequent: bool
    is_rather_a_place: bool = False


class HeadlineNames:
    """What is known of the names that words of a headline may be, by their plain spelling.

    Args:
        names: all that texts of the collection have.
        meaning: number of a name → the id of the entity that it means; "" of what is not shown.

    Attributes:
        in_full: names of several words; one that means two entities is left out.
        alone: places and bodies of one word.
        bearers: surname → the person whom it means alone.
    """

    def __init__(self, names: CorpusNames, meaning: Callable[[int], str]) -> None:
        self._names = names
        self._meaning = meaning
        shown = [
            (number, name, entity)
            for number, name in enumerate(names.names)
            if (entity := meaning(number))
        ]
        had = [one for one in shown if one[1].articles]
        self.in_full = {key: self._told(number) for key, number in _in_full(had)}
        self.alone = {
            name.key: self._told(number)
            for number, name, _ in had
            if name.kind is not EntityKind.PERSON and " " not in name.key
        }
        lone = {name.key: number for number, name, _ in shown if name.kind is EntityKind.PERSON}
        self.bearers = {
            surname: self._bearer(surname, number)
            for surname, number in (dict(_only_bearers(had)) | lone).items()
        }

    @cached_property
    def first_words(self) -> frozenset[str]:
        """Those with which names of several words begin."""
        return frozenset(map(first_word, self.in_full))

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The first two words of names of several."""
        return frozenset(map(beginning, self.in_full))

    def entries(self) -> Iterator[tuple[int, str, HeadlineName]]:
        """All of it: which table, the key there, and what it says."""
        for table, known in enumerate((self.in_full, self.alone, self.bearers)):
            for key, name in known.items():
                yield table, key, name

    def _told(self, number: int) -> HeadlineName:
        name = self._names.names[number]
        return HeadlineName(name.kind, name.key, name.spelling, name.articles >= _OFTEN)

    def _bearer(self, surname: str, person: int) -> HeadlineName:
        place = self._names.number(EntityKind.PLACE, surname)
        articles = [self._names.names[one].articles for one in (place, person) if one is not None]
        is_place = is_known_place(surname) if place is None else articles[0] >= articles[1]
        return self._told(person)._replace(is_rather_a_place=is_place)


_Shown = tuple[int, CorpusName, str]
"""The number of a name, it, and the id of the entity that it means."""


def _in_full(shown: list[_Shown]) -> Iterator[tuple[str, int]]:
    found: dict[str, tuple[int, str]] = {}
    several: set[str] = set()
    for number, name, entity in shown:
        for key in (name.key, *name.short_forms):
            if " " not in key or key.startswith("the "):
                continue
            if found.setdefault(key, (number, entity))[1] != entity:
                several.add(key)
    return ((key, number) for key, (number, _) in found.items() if key not in several)


def _only_bearers(shown: list[_Shown]) -> Iterator[tuple[str, int]]:
    """Surnames that one person of the collection bears, and the number of that name."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for number, name, entity in shown:
        if name.kind is EntityKind.PERSON and " " in name.key:
            found[name.key.rpartition(" ")[2]].setdefault(entity, number)
    for surname, bearers in found.items():
        if len(bearers) == 1:
            yield surname, next(iter(bearers.values()))


def first_word(key: str) -> str:
    """The first word of a plain spelling."""
    return key.partition(" ")[0]


def beginning(key: str) -> str:
    """Its first two words."""
    return " ".join(key.split(" ", 2)[:2])
