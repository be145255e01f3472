"""Directory: who is in this generation, and under which names? Reads a generation's
`entities.sqlite`.

Ids are public and stable: 12 characters derived from a name and its kind. An entity keeps its id
from one generation to the next; the ids that its other names would have given redirect to it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.errors import IndexCorrupt
from corpus.sqlite import Access, Database
from indexer.entities.directory.writer import DIRECTORY, FORMAT
from indexer.entities.names.cyrillic import bases, is_cyrillic, place_bases
from indexer.entities.names.person_names import (
    Parts,
    begins_small,
    conflict,
    is_by_child,
    is_double_surname,
    may_be,
    parts,
    surname_bones,
    words,
)
from indexer.entities.names.places_spelled import may_be_place, place_bones
from indexer.entities.names.spelling import plain, skeleton
from indexer.entities.tagging.word_lists import is_ordinary
from indexer.entities.types import Entity, EntityKind, NameCount

_NAMES_WITH_WORD = "SELECT name FROM word WHERE word >= ? AND word < ?"
_ENTITIES_BY_NAMES = (
    "SELECT * FROM entity WHERE (? IS NULL OR kind = ?) AND entity_id IN"
    " (SELECT entity_id FROM name WHERE number IN ({}))"
    " ORDER BY mentions DESC, entity_id LIMIT ?"
)
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_REMEMBERED = 1024  # a question is asked again with each filter and page, and its words with it
_LEAST_WITHOUT_BONES = 5
"""Letters of a surname that has no bones (Basayev): all such are compared."""
_MOST_WORDS = 40  # no name has more, and SQLite takes only so many parts of a statement


class Directory:
    """The `EntityDirectory` in one SQLite file. Thread-safe; reads only.

    Raises:
        IndexCorrupt: the file is missing, unreadable or of another format.
    """

    def __init__(self, path: Path) -> None:
        self._resolved = lru_cache(_REMEMBERED)(self._resolve)
        self._database = Database(path, DIRECTORY, Access.FROZEN)
        try:
            written = self._database.value("PRAGMA user_version")
            if written != FORMAT:
                raise self._database.damaged(f"format {written}, expected {FORMAT}")
        except IndexCorrupt:
            self._database.close()
            raise

    def close(self) -> None:
        """Releases the file."""
        self._database.close()

    def get(self, entity_id: str) -> Entity | None:
        """The entity under this id, or the one that it was merged into; None when unknown."""
        for row in self._rows(
            "SELECT * FROM entity WHERE entity_id = ?1 OR entity_id ="
            " (SELECT entity_id FROM redirect WHERE old = ?1)",
            entity_id,
        ):
            return self._entities([row])[0]
        return None

    def labels(self, entity_ids: Sequence[str]) -> dict[str, str]:
        """The labels of some entities of this generation; unknown and merged ids are left out."""
        rows = self._rows(
            "SELECT entity_id, label FROM entity"
            " WHERE entity_id IN (SELECT value FROM json_each(?))",
            json.dumps(list(entity_ids)),
        )
        return dict(rows)

    def articles(self, entity_ids: Sequence[str]) -> dict[str, int]:
        """How many articles name each of some entities; unknown and merged ids are left out."""
        rows = self._rows(
            "SELECT entity_id, articles FROM entity"
            " WHERE entity_id IN (SELECT value FROM json_each(?))",
            json.dumps(list(entity_ids)),
        )
        return dict(rows)

    def resolve(self, name: str, *, kind: EntityKind | None = None) -> list[Entity]:
        """Entities that a name may mean, most mentioned first.

        The surest reading that finds anything answers: id; spelling; romanization; the spelling of
        what one word in Cyrillic is a case of; for a person the same surname with a given name,
        nickname or initial that does not contradict; what else a place is called in any language,
        in any case of Cyrillic; a surname alone, of all who bear it; a person's name as another
        language romanizes it, or with the surname first; a place or body that no list has, as its
        letters are romanized.
        Where no `kind` is said, no word that is ordinary in English is taken for a place in another
        language or in other letters or for a surname, and none without a capital for a person in
        another spelling or by the surname.
        """
        return list(self._resolved(name, kind))

    def _resolve(self, name: str, kind: EntityKind | None) -> list[Entity]:
        entity = self.get(name)
        if entity is not None:
            return [entity]
        bare = plain(name).removeprefix("the ")
        spellings = [("p", plain(name)), ("p", bare), ("s", skeleton(name))]
        if is_cyrillic(name) and " " not in name:
            spellings += [("p", plain(base)) for base in bases(name)]
        for sort, key in spellings:
            found = self._spelled(sort, key, kind)
            if found:
                return found
        people = kind in (None, EntityKind.PERSON)
        mine = parts(name)
        found = self._not_contradicting(mine) if people and len(mine) > 1 else []
        if not found and kind in (None, EntityKind.PLACE):
            found = self._called(bare, may_be_ordinary=kind is not None)
        if (
            not found
            and people
            and (len(mine) == 1 or is_double_surname(name) or is_by_child(name))
        ):
            is_name = kind is not None or not (begins_small(name) or is_ordinary(bare))
            found = self._surnamed(name) if is_name else []
        if not found and people and (kind is not None or _is_written_as_name(name)):
            found = self._romanized(name)
        if not found and people and (kind is not None or not begins_small(name)):
            found = self._surname_first(name)
        if found or kind is EntityKind.PERSON or (kind is None and is_ordinary(bare)):
            return found
        return self._in_other_letters(name, kind)

    def _not_contradicting(self, mine: Parts) -> list[Entity]:
        """Persons of the same surname whose other names do not contradict."""
        return [
            person
            for person in self._spelled("l", mine[-1], EntityKind.PERSON)
            if any(
                len(theirs) > 1 and theirs[-1] == mine[-1] and not conflict(mine, theirs)
                for theirs in map(parts, (person.label, *person.aliases))
            )
        ]

    def _surnamed(self, name: str) -> list[Entity]:
        """All persons of a surname as articles spell it, in a case of Cyrillic too."""
        for one in bases(name) if is_cyrillic(name) and " " not in name else (name,):
            mine = words(one)
            found = [
                person
                for person in self._spelled("l", parts(one)[-1], EntityKind.PERSON)
                if any(_ends_in(words(full), mine) for full in (person.label, *person.aliases))
            ]
            if found:
                return found
        return []

    def _surname_first(self, name: str) -> list[Entity]:
        """Persons whose name in full this is with the surname before the others."""
        surname, _, others = name.partition(" ")
        turned = skeleton(f"{others} {surname}") if others else ""
        return self._spelled("s", turned, EntityKind.PERSON) if turned else []

    def _called(self, key: str, *, may_be_ordinary: bool) -> list[Entity]:
        """Places that are called so elsewhere."""
        for one in dict.fromkeys((key, *place_bases(key))):
            for sort in ("k", "o") if may_be_ordinary else ("k",):
                if found := self._spelled(sort, one, EntityKind.PLACE):
                    return found
        return []

    def _romanized(self, name: str) -> list[Entity]:
        """Persons whose name in full, or whose surname, this is in another romanization."""
        found = {
            person.entity_id: person
            for key in sorted(surname_bones(name))
            if key or len(plain(name)) >= _LEAST_WITHOUT_BONES
            for person in self._spelled("b", key, EntityKind.PERSON)
            if any(may_be(name, one) for one in (person.label, *person.aliases))
        }
        return sorted(found.values(), key=lambda one: (-one.mentions, one.entity_id))

    def _in_other_letters(self, name: str, kind: EntityKind | None) -> list[Entity]:
        """Places and bodies whose name in letters of another script this may be."""
        kinds = (EntityKind.PLACE, EntityKind.ORG) if kind is None else (kind,)
        found = {
            entity.entity_id: entity
            for key in sorted(place_bones(name))
            for sought in kinds
            for entity in self._spelled("t", key, sought)
            if any(may_be_place(name, one) for one in (entity.label, *entity.aliases))
        }
        return sorted(found.values(), key=lambda one: (-one.mentions, one.entity_id))

    def search(self, text: str, *, kind: EntityKind | None = None, limit: int = 20) -> list[Entity]:
        """Entities one of whose names has a word starting with each word of `text`."""
        words = plain(text).split()
        if not words:
            return self.entities(kind=kind, limit=limit)
        if len(words) > _MOST_WORDS:
            return []
        having = " INTERSECT ".join([_NAMES_WITH_WORD] * len(words))
        bounds = [bound for word in words for bound in (word, word + "\U0010ffff")]
        rows = self._rows(_ENTITIES_BY_NAMES.format(having), kind, kind, *bounds, limit)
        return self._entities(rows)

    def entities(
        self, *, kind: EntityKind | None = None, limit: int = 100, offset: int = 0
    ) -> list[Entity]:
        """All entities, most mentioned first, a page at a time."""
        rows = self._rows(
            "SELECT * FROM entity WHERE (?1 IS NULL OR kind = ?1)"
            " ORDER BY mentions DESC, entity_id LIMIT ?2 OFFSET ?3",
            kind, limit, offset,
        )  # fmt: skip
        return self._entities(rows)

    def names(self, entity_id: str) -> list[NameCount]:
        """Every name of an entity, most mentioned first; nothing for an unknown id."""
        rows = self._rows(
            "SELECT form, mentions, articles FROM name WHERE entity_id = ?"
            " ORDER BY mentions DESC, form",
            entity_id,
        )
        return [NameCount(*row) for row in rows]

    def of_kind(self, kind: EntityKind) -> list[tuple[str, str, int]]:
        """Id, label and mentions of all entities of a kind."""
        return self._rows("SELECT entity_id, label, mentions FROM entity WHERE kind = ?", kind)

    def all_names(self, entity_ids: Sequence[str]) -> dict[str, list[str]]:
        """The names of some entities, most mentioned first."""
        names: dict[str, list[str]] = defaultdict(list)
        for entity_id, form in self._rows(
            "SELECT entity_id, form FROM name WHERE entity_id IN (SELECT value FROM json_each(?))"
            " ORDER BY mentions DESC, form",
            json.dumps(entity_ids),
        ):
            names[entity_id].append(form)
        return names

    def counts(self) -> dict[str, int]:
        """How many entities of each kind there are."""
        return dict(self._rows("SELECT kind, count(*) FROM entity GROUP BY kind ORDER BY kind"))

    def _spelled(self, sort: str, key: str, kind: EntityKind | None) -> list[Entity]:
        rows = self._rows(
            "SELECT entity.* FROM entity JOIN spelled USING (entity_id)"
            " WHERE sort = ?1 AND key = ?2 AND (?3 IS NULL OR kind = ?3)"
            " ORDER BY mentions DESC, entity_id",
            sort, key, kind,
        )  # fmt: skip
        return self._entities(rows)

    def _entities(self, rows: Sequence[tuple[Any, ...]]) -> list[Entity]:
        """Entities of their rows, in order; the names of all are looked up at once."""
        names = self.all_names([row[0] for row in rows])
        return [
            Entity(
                entity_id,
                EntityKind(kind),
                label,
                tuple(name for name in names[entity_id] if name != label),
                articles,
                mentions,
                wikidata,
            )
            for entity_id, kind, label, wikidata, articles, mentions in rows
        ]

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        if any(isinstance(value, str) and _HALF_CHARACTER.search(value) for value in values):
            return []  # typed perhaps, but in no name
        return self._database.rows(statement, values)


def _ends_in(name: Parts, surname: Parts) -> bool:
    return len(name) > len(surname) and name[-len(surname) :] == surname


def _is_written_as_name(typed: str) -> bool:
    """Does it begin as a name does, where letters tell that? Nearly every word has bones of one."""
    if begins_small(typed):
        return False
    return is_double_surname(typed) or any(len(key) > 1 for key in surname_bones(typed))


def open_directory(path: Path) -> Directory:
    """Opens a generation's directory of entities. Raises IndexCorrupt."""
    return Directory(path)
