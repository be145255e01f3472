"""Places of a generation: where does a named place lie, in what, and what lies in it?

One SQLite file beside the index, made of the directory of entities.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Protocol

from corpus.errors import IndexCorrupt
from corpus.sqlite import Access, Database, FileKind
from indexer.places.gazetteer import Located, around, locate, located_so


def _damaged(what: str, *, where: str) -> IndexCorrupt:
    return IndexCorrupt(
        f"The places cannot be read: {what}", where=where, advice="Run `dispatches rebuild`"
    )


_KIND = FileKind("the places", _damaged)
_TABLES = """
CREATE TABLE place (entity_id TEXT PRIMARY KEY, sort TEXT NOT NULL, country TEXT NOT NULL,
    latitude REAL NOT NULL, longitude REAL NOT NULL, label TEXT NOT NULL, division TEXT NOT NULL)
    WITHOUT ROWID;
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


def write_places(
    path: Path,
    entities: Sequence[tuple[str, str, int]],
    names: Callable[[Sequence[str]], Mapping[str, Sequence[str]]],
    *,
    before: tuple[Path, Collection[str]] | None = None,
) -> None:
    """Writes `path`, which must not exist.

    Args:
        entities: id, label and mentions of the places of a generation. Of two that are one place
            of the gazetteer, the less mentioned lies in the other: Gaza City in Gaza.
        names: gives all names of some of them by id, asked where the label tells nothing.
        before: the places of an earlier generation, written by this program, and ids of all
            entities that are not there or have another label or other names there: only these are
            sought.
    """
    sought, found = entities, dict[str, Located]()
    if before is not None and (known := _located_before(before[0])) is not None:
        sought = [one for one in entities if one[0] in before[1]]
        same = (one for one, _, _ in entities if one in known and one not in before[1])
        found = {entity_id: known[entity_id] for entity_id in same}
    found.update(_located(sought, names))
    mentions = {entity_id: count for entity_id, _, count in entities}
    order = sorted(found, key=lambda entity_id: (-mentions[entity_id], entity_id))
    chief: dict[str, str] = {}
    for entity_id in order:
        chief.setdefault(_key(found[entity_id]), entity_id)
    outer = cache(_outer)
    within = [
        (entity_id, one, step)
        for entity_id in order
        for step, one in enumerate(
            one
            for one in dict.fromkeys(chief.get(key) for key in outer(found[entity_id]))
            if one and one != entity_id
        )
    ]
    with Database(path, _KIND, Access.WRITE) as database:
        database.write("PRAGMA journal_mode = OFF")
        with database.transaction():
            database.script(_TABLES)
            database.write_many(
                "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)",
                sorted(
                    (one, at.sort, at.country, at.latitude, at.longitude, at.label, at.division)
                    for one, at in found.items()
                ),
            )
            database.write_many("INSERT INTO within VALUES (?, ?, ?)", sorted(within))


def _located_before(path: Path) -> dict[str, Located] | None:
    """Where the places of an earlier generation lie, by id; None where that cannot be read."""
    if not path.exists():
        return None
    try:
        with Database(path, _KIND, Access.FROZEN) as database:
            rows = database.rows(
                "SELECT entity_id, label, sort, country, division, latitude, longitude FROM place"
            )
    except IndexCorrupt:
        return None  # they are sought again
    return {entity_id: Located(*at) for entity_id, *at in rows}


def _located(
    entities: Sequence[tuple[str, str, int]],
    names: Callable[[Sequence[str]], Mapping[str, Sequence[str]]],
) -> Iterator[tuple[str, Located]]:
    """Those that the gazetteer knows, by id, and where they are."""
    unknown = []
    for entity_id, label, _ in entities:
        if at := located_so(label):
            yield entity_id, at
        else:
            unknown.append((entity_id, label))
    others = names([entity_id for entity_id, _ in unknown])
    for entity_id, label in unknown:
        if at := locate((label, *(one for one in others.get(entity_id, ()) if one != label))):
            yield entity_id, at


def _outer(at: Located) -> list[str]:
    """Keys of the place itself, and of what it lies in."""
    labels = (located for label in around(at) if (located := _of_label(label)))
    return [_key(one) for one in (at, *labels)]


@cache
def _of_label(label: str) -> Located | None:
    return locate((label,))


def _key(at: Located) -> str:
    return f"{at.sort} {at.country} {at.division} {at.label}"


def open_places(path: Path) -> Places:
    """Opens a generation's places. Raises IndexCorrupt."""
    return _PlaceFile(path) if path.exists() else NoPlaces()
