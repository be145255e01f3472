"""Places of a generation: where does a named place lie, in what, and what lies in it?

One SQLite file beside the index, made of the directory of entities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Protocol

from corpus.errors import IndexCorrupt
from corpus.sqlite import Access, Database, FileKind
from indexer.entities.types import Entity
from indexer.places.gazetteer import Located, around, locate


def _damaged(what: str, *, where: str) -> IndexCorrupt:
    return IndexCorrupt(
        f"The places cannot be read: {what}", where=where, advice="Run `dispatches rebuild`"
    )


_KIND = FileKind("the places", _damaged)
_TABLES = """
CREATE TABLE place (entity_id TEXT PRIMARY KEY, sort TEXT NOT NULL, country TEXT NOT NULL,
    latitude REAL NOT NULL, longitude REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE within (entity_id TEXT NOT NULL, around TEXT NOT NULL, step INTEGER NOT NULL,
    PRIMARY KEY (entity_id, around)) WITHOUT ROWID;
CREATE INDEX within_by_around ON within (around, entity_id);
"""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a place lies: region, country or city; of areas, their middle."""

    sort: str
    country: str
    latitude: float
    longitude: float


class Places(Protocol):
    """The places of one generation, for reading."""

    def position(self, entity_id: str) -> Position | None:
        """Where a place lies; None for what the gazetteer does not know."""
        ...

    def around(self, entity_id: str) -> tuple[str, ...]:
        """Ids of the named places that it lies in, the smallest first."""
        ...

    def inside(self, entity_id: str) -> tuple[str, ...]:
        """Ids of the named places that lie in it."""
        ...

    def all_around(self) -> Mapping[str, tuple[str, ...]]:
        """The same as `around` of every place that lies in another one."""
        ...

    def close(self) -> None:
        """Releases files."""
        ...


class NoPlaces:
    """Those of a generation that an earlier release made."""

    def position(self, entity_id: str) -> Position | None:
        del entity_id
        return None

    def around(self, entity_id: str) -> tuple[str, ...]:
        del entity_id
        return ()

    def inside(self, entity_id: str) -> tuple[str, ...]:
        del entity_id
        return ()

    def all_around(self) -> Mapping[str, tuple[str, ...]]:
        return {}

    def close(self) -> None:
        return


class _PlaceFile:
    """The `Places` in a file. Thread-safe."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, _KIND, Access.FROZEN)

    def position(self, entity_id: str) -> Position | None:
        rows = self._database.rows(
            "SELECT sort, country, latitude, longitude FROM place WHERE entity_id = ?", (entity_id,)
        )
        return Position(*rows[0]) if rows else None

    def around(self, entity_id: str) -> tuple[str, ...]:
        return self._ids("SELECT around FROM within WHERE entity_id = ? ORDER BY step", entity_id)

    def inside(self, entity_id: str) -> tuple[str, ...]:
        return self._ids(
            "SELECT entity_id FROM within WHERE around = ? ORDER BY entity_id", entity_id
        )

    def all_around(self) -> Mapping[str, tuple[str, ...]]:
        rows = self._database.rows("SELECT entity_id, around FROM within ORDER BY entity_id, step")
        return {
            entity_id: tuple(outer for _, outer in pairs)
            for entity_id, pairs in groupby(rows, itemgetter(0))
        }

    def close(self) -> None:
        self._database.close()

    def _ids(self, statement: str, entity_id: str) -> tuple[str, ...]:
        return tuple(one for (one,) in self._database.rows(statement, (entity_id,)))


def write_places(path: Path, entities: Iterable[Entity]) -> None:
    """Writes `path`, which must not exist.

    Args:
        entities: the places of a generation. Of two that are one place of the gazetteer, the less
            mentioned lies in the other: Gaza City in Gaza.
    """
    found = [(one, at) for one in entities if (at := locate((one.label, *one.aliases)))]
    found.sort(key=lambda pair: (-pair[0].mentions, pair[0].entity_id))
    chief: dict[str, str] = {}
    for entity, at in found:
        chief.setdefault(_key(at), entity.entity_id)
    with Database(path, _KIND, Access.WRITE) as database:
        database.write("PRAGMA journal_mode = OFF")
        with database.transaction():
            database.script(_TABLES)
            for entity, at in sorted(found, key=lambda pair: pair[0].entity_id):
                row = entity.entity_id, at.sort, at.country, at.latitude, at.longitude
                database.write("INSERT INTO place VALUES (?, ?, ?, ?, ?)", row)
                database.write_many(
                    "INSERT INTO within VALUES (?, ?, ?)",
                    [
                        (entity.entity_id, outer, step)
                        for step, outer in enumerate(_outer(entity, at, chief))
                    ],
                )


def _outer(entity: Entity, at: Located, chief: dict[str, str]) -> list[str]:
    labels = (located for label in around(at) if (located := locate((label,))))
    ids = (chief.get(_key(one)) for one in (at, *labels))
    return [one for one in dict.fromkeys(ids) if one and one != entity.entity_id]


def _key(at: Located) -> str:
    return f"{at.sort} {at.country} {at.division} {at.label}"


def open_places(path: Path) -> Places:
    """Opens a generation's places. Raises IndexCorrupt."""
    return _PlaceFile(path) if path.exists() else NoPlaces()
