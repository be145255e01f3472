"""Directory writer: how are entities written down? One SQLite file, made in one go, or in a copy of
an earlier one (`changes`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import IndexCorrupt
from corpus.sqlite import Access, Database, FileKind
from indexer.entities import lexicon
from indexer.entities.names.known import called_in_languages, known_label, place_spellings
from indexer.entities.names.person_names import parts, surname_bones
from indexer.entities.names.places_spelled import place_bones
from indexer.entities.names.spelling import plain, skeleton
from indexer.entities.tagging.word_lists import is_ordinary
from indexer.entities.types import EntityKind

FORMAT = 1


def _damaged(what: str, *, where: str) -> IndexCorrupt:
    return IndexCorrupt(
        f"The directory of entities cannot be read: {what}",
        where=where,
        advice="Run `dispatches rebuild`",
    )


DIRECTORY = FileKind("the directory of entities", _damaged)

_AT_ONCE = 4096  # rows that wait
_TABLES = """
CREATE TABLE entity (entity_id TEXT PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL,
    wikidata TEXT NOT NULL, articles INTEGER NOT NULL, mentions INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE name (number INTEGER PRIMARY KEY, entity_id TEXT NOT NULL, form TEXT NOT NULL,
    mentions INTEGER NOT NULL, articles INTEGER NOT NULL);
CREATE TABLE redirect (old TEXT PRIMARY KEY, entity_id TEXT NOT NULL) WITHOUT ROWID;
-- sort: p plain spelling, s skeleton, l last part of a person's name, b the bones of a surname,
-- k what else a place is called, o the same where that is an ordinary word too, t the bones of a
-- place or body
CREATE TABLE spelled (sort TEXT NOT NULL, key TEXT NOT NULL, entity_id TEXT NOT NULL,
    PRIMARY KEY (sort, key, entity_id)) WITHOUT ROWID;
CREATE TABLE word (word TEXT NOT NULL, name INTEGER NOT NULL,
    PRIMARY KEY (word, name)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX entity_by_mentions ON entity (kind, mentions DESC);
CREATE INDEX name_by_entity ON name (entity_id, mentions DESC);
"""


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """An entity to be written.

    Attributes:
        forms: as written in articles → (mentions, articles).
        aliases: names that people gave it, whether or not an article has them.
    """

    entity_id: str
    kind: EntityKind
    label: str
    wikidata: str
    articles: int
    mentions: int
    forms: Mapping[str, tuple[int, int]]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """What differs from an earlier directory.

    Attributes:
        count: how many entities there are now.
        entity_ids: of those that are new, gone or different.
        entities: of these, those that there are.
        old: ids whose redirect is new, gone or different.
        redirects: of these, those that there are.
    """

    count: int
    entity_ids: Sequence[str]
    entities: Sequence[NamedEntity]
    old: Sequence[str]
    redirects: Sequence[tuple[str, str]]


def write_directory(
    path: Path,
    entities: Iterable[NamedEntity],
    redirects: Iterable[tuple[str, str]],
    *,
    base: Path | None = None,
    changed: Changed | None = None,
) -> None:
    """Writes `path`, which must not exist.

    Args:
        redirects: ids that entities had, or could have had, with the id they have now.
        base: an earlier directory that this program wrote, of which every byte is as written: where
            little differs, the rest is copied, with the same content as if it were written anew.
        changed: what differs from that one.
    """
    if base is not None and changed is not None:
        # Imported here: it asks this module for what it writes.
        from indexer.entities.directory.changes import write_changes  # noqa: PLC0415

        if write_changes(path, base, changed):
            return
    with Database(path, DIRECTORY, Access.WRITE) as database:
        database.write("PRAGMA journal_mode = OFF")
        with database.transaction():
            database.write(f"PRAGMA user_version = {FORMAT}")
            database.script(_TABLES)
            _fill(database, entities, redirects)
            database.script(_INDEXES)


def _fill(
    database: Database, entities: Iterable[NamedEntity], redirects: Iterable[tuple[str, str]]
) -> None:
    known = known_names()
    number = 0
    rows = Rows(database)
    for entity in entities:
        rows.add("entity", [row_of(entity)])
        forms = forms_of(entity, known)
        for form, (mentions, articles) in forms.items():
            number += 1
            rows.add("name", [(number, entity.entity_id, form, mentions, articles)])
            rows.add("word", sorted((word, number) for word in words_of(form)))
        keys = keys_of(entity.kind, entity.label, forms)
        rows.add("spelled", sorted((sort, key, entity.entity_id) for sort, key in keys))
    rows.add("redirect", sorted(redirects))
    rows.write()


class Rows:
    """Rows on their way into tables, many at a time: a statement a row took most of the time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: dict[str, list[Sequence[object]]] = defaultdict(list)
        self._count = 0

    def add(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        """Adds rows of one table, whose order in it is that of adding."""
        self._waiting[table] += rows
        self._count += len(rows)
        if self._count >= _AT_ONCE:
            self.write()

    def write(self) -> None:
        """Writes what waits."""
        for table, rows in self._waiting.items():
            if rows:
                places = ", ".join("?" * len(rows[0]))
                self._database.write_many(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
        self._waiting.clear()
        self._count = 0


KnownNames = Mapping[tuple[EntityKind, str], tuple[str, ...]]
"""Kind and label of entities known beforehand → their other names."""


def known_names() -> KnownNames:
    """Those of the lexicon."""
    return {(known.kind, known.label): known.others for known in lexicon.known_names()}


def row_of(entity: NamedEntity) -> tuple[str, str, str, str, int, int]:
    """An entity's row."""
    return (
        entity.entity_id,
        entity.kind,
        entity.label,
        entity.wikidata,
        entity.articles,
        entity.mentions,
    )


def forms_of(entity: NamedEntity, known: KnownNames) -> dict[str, tuple[int, int]]:
    """All names of an entity → (mentions, articles); one that no article has counts nothing."""
    listed = known.get((entity.kind, entity.label), ())
    forms = dict.fromkeys((*listed, entity.label, *entity.aliases), (0, 0))
    forms.update(entity.forms)
    return forms


def words_of(form: str) -> set[str]:
    """The words by whose beginnings a name is found."""
    return set(plain(form).split())


def keys_of(kind: EntityKind, label: str, forms: Iterable[str]) -> set[tuple[str, str]]:
    """By which spellings, of which sort, an entity with these names is found."""
    forms = list(forms)
    keys = {key for form in forms for key in _keys(kind, form)}
    if kind is EntityKind.PLACE:
        keys |= {key for key in _also_called(forms) if ("s", skeleton(key[1])) not in keys}
    else:
        names = called_in_languages().get((kind, label), ())
        keys |= {("p", key) for key in names if not is_ordinary(key)}
    return keys


def _keys(kind: EntityKind, form: str) -> Iterator[tuple[str, str]]:
    yield "p", plain(form)
    yield "s", skeleton(form)
    if kind is EntityKind.PERSON and parts(form):
        yield "l", parts(form)[-1]
        if " " in form:
            yield from (("b", one) for one in surname_bones(form))
    elif kind is not EntityKind.PERSON:
        yield from (("t", one) for one in place_bones(form))


def _also_called(forms: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What a place with these names is called elsewhere, so that it is found by that too."""
    found = (known_label(EntityKind.PLACE, plain(form)) for form in forms)
    for label in {label for label in found if label}:
        for key in place_spellings(label):
            yield ("o" if is_ordinary(key) else "k"), key
