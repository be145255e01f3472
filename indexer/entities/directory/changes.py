"""Changes of a directory: what of an earlier one stays? Rows of what is the same, untouched.

An update brings a few names to a collection of a hundred thousand. The earlier file is copied, and
what differs is written into the copy. Its content is then that of a directory made anew; its
bytes are not, nor are the numbers by which words refer to names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.sqlite import Access, Database
from indexer.entities.directory.writer import (
    DIRECTORY,
    FORMAT,
    Changed,
    NamedEntity,
    Rows,
    forms_of,
    keys_of,
    known_names,
    row_of,
    words_of,
)
from indexer.entities.types import EntityKind

_MUCH = 1 / 4  # of all entities: where more differ, everything is written in less time


@dataclass(slots=True)
class _Before:
    """An entity of the earlier directory, and its names: form → (number, counts)."""

    row: tuple[str, str, str, str, int, int]
    names: dict[str, tuple[int, tuple[int, int]]] = field(default_factory=dict)

    @property
    def forms(self) -> dict[str, tuple[int, int]]:
        """As of one that is to be written."""
        return {form: counts for form, (_, counts) in self.names.items()}


_Difference = tuple[NamedEntity | None, _Before | None]


def write_changes(path: Path, base: Path, changed: Changed) -> bool:
    """Writes `path`, which must not exist: a copy of `base`, into which goes what differs.

    Returns:
        False where so much differs that everything is written in less time; nothing is left then.
    """
    if len(changed.entity_ids) > changed.count * _MUCH:
        return False
    with Database(base, DIRECTORY, Access.READ) as earlier:
        earlier.copy_to(path)
    with Database(path, DIRECTORY, Access.WRITE) as database:
        if database.value("PRAGMA user_version") == FORMAT:
            database.write("PRAGMA journal_mode = OFF")
            with database.transaction():
                _Changes(database).write(list(_differing(database, changed)))
                _redirect(database, changed)
                return True
    path.unlink()
    return False


def _differing(database: Database, changed: Changed) -> Iterator[_Difference]:
    """Entities that are new, gone or different, beside what they were."""
    before = _before(database, changed.entity_ids)
    for entity in changed.entities:
        yield entity, before.pop(entity.entity_id, None)
    yield from ((None, was) for was in before.values())


def _before(database: Database, entity_ids: Sequence[str]) -> dict[str, _Before]:
    ids = (json.dumps(list(entity_ids)),)
    found = {
        row[0]: _Before(row)
        for row in database.rows(
            "SELECT * FROM entity WHERE entity_id IN (SELECT value FROM json_each(?))", ids
        )
    }
    for entity_id, form, number, mentions, articles in database.rows(
        "SELECT entity_id, form, number, mentions, articles FROM name"
        " WHERE entity_id IN (SELECT value FROM json_each(?))",
        ids,
    ):
        found[entity_id].names[form] = number, (mentions, articles)
    return found


class _Changes:
    """What differs, on its way into the file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rows = Rows(database)
        self._known = known_names()
        self._number: int = database.value("SELECT ifnull(max(number), 0) FROM name")

    def write(self, differing: Sequence[_Difference]) -> None:
        """Writes all of it: what goes first, as what comes may be found by the same."""
        counted: list[tuple[NamedEntity, _Before]] = []
        came: list[NamedEntity] = []
        gone: list[_Before] = []
        for entity, before in differing:
            if entity is not None and before is not None and self._is_counted(entity, before):
                counted.append((entity, before))
                continue
            if before is not None:
                gone.append(before)
            if entity is not None:
                came.append(entity)
        self._remove(gone)
        self._count(counted)
        for entity in came:
            self._add(entity)
        self._rows.write()

    def _is_counted(self, entity: NamedEntity, before: _Before) -> bool:
        """Whether an entity differs in numbers alone, and is found by what it was found."""
        is_one = before.row[1:3] == (str(entity.kind), entity.label)
        return is_one and before.names.keys() == forms_of(entity, self._known).keys()

    def _count(self, counted: Sequence[tuple[NamedEntity, _Before]]) -> None:
        self._database.write_many(
            "UPDATE entity SET wikidata = ?, articles = ?, mentions = ? WHERE entity_id = ?",
            [
                (entity.wikidata, entity.articles, entity.mentions, entity.entity_id)
                for entity, _ in counted
            ],
        )
        self._database.write_many(
            "UPDATE name SET mentions = ?, articles = ? WHERE number = ?",
            [
                (*now, before.names[form][0])
                for entity, before in counted
                for form, now in forms_of(entity, self._known).items()
                if now != before.names[form][1]
            ],
        )

    def _remove(self, gone: Sequence[_Before]) -> None:
        ids = [(before.row[0],) for before in gone]
        names = [(number, form) for before in gone for form, (number, _) in before.names.items()]
        for statement, rows in (
            ("DELETE FROM entity WHERE entity_id = ?", ids),
            ("DELETE FROM name WHERE number = ?", [(number,) for number, _ in names]),
            (
                "DELETE FROM word WHERE word = ? AND name = ?",
                [(word, number) for number, form in names for word in words_of(form)],
            ),
            (
                "DELETE FROM spelled WHERE sort = ? AND key = ? AND entity_id = ?",
                [
                    (*key, before.row[0])
                    for before in gone
                    for key in keys_of(EntityKind(before.row[1]), before.row[2], before.names)
                ],
            ),
        ):
            self._database.write_many(statement, rows)

    def _add(self, entity: NamedEntity) -> None:
        self._rows.add("entity", [row_of(entity)])
        forms = forms_of(entity, self._known)
        for form, counts in forms.items():
            self._number += 1
            self._rows.add("name", [(self._number, entity.entity_id, form, *counts)])
            self._rows.add("word", sorted((word, self._number) for word in words_of(form)))
        keys = keys_of(entity.kind, entity.label, forms)
        self._rows.add("spelled", sorted((*key, entity.entity_id) for key in keys))


def _redirect(database: Database, changed: Changed) -> None:
    database.write_many("DELETE FROM redirect WHERE old = ?", [(old,) for old in changed.old])
    database.write_many("INSERT INTO redirect VALUES (?, ?)", sorted(changed.redirects))
