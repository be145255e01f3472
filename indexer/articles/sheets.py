"""Sheets kept: what was known of every article when the index in use was made?

One SQLite file beside the generations. It may be deleted at any time: it is made again where it is
missing or damaged, where another program wrote it, or where the catalogue went another way since.
What an update writes into it is there when the update has published, else nothing of it is.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from corpus.errors import IndexCorrupt
from corpus.sqlite import Access, Database, FileKind
from corpus.store import Change
from indexer.articles.blocks import Damaged, Piece
from indexer.articles.columns import Columns
from indexer.articles.sheet import Sheet, decode, encode
from indexer.entities.ragged import Content, Grown
from indexer.families.grouping import Comparisons, Known
from indexer.families.shingles import Overlap

_AT_ONCE = 256
_PART = 1 << 20  # bytes
_PAGE = 16_384  # bytes: a sheet of about a thousand bytes stays whole
_TABLES = """
CREATE TABLE made (version TEXT NOT NULL, number INTEGER NOT NULL, mark TEXT NOT NULL,
    generation TEXT NOT NULL, articles INTEGER NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE sheet (article_id TEXT PRIMARY KEY, sheet BLOB NOT NULL,
    is_analyzed INTEGER NOT NULL, sum INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE block (number INTEGER NOT NULL, name TEXT NOT NULL, content BLOB NOT NULL,
    sum INTEGER NOT NULL, PRIMARY KEY (number, name));
CREATE TABLE beside (name TEXT NOT NULL, part INTEGER NOT NULL, parts INTEGER NOT NULL,
    content BLOB NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (name, part));
CREATE INDEX not_analyzed ON sheet (article_id) WHERE NOT is_analyzed;
CREATE TABLE overlap (one TEXT, other TEXT, resemblance REAL NOT NULL, containment REAL NOT NULL,
    sum INTEGER NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE agreement (one TEXT, other TEXT, agree INTEGER NOT NULL,
    sum INTEGER NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE INDEX overlap_by_other ON overlap (other);
CREATE INDEX agreement_by_other ON agreement (other);
"""


class SheetsDamaged(IndexCorrupt):
    """What is kept for the next update cannot be trusted."""


def _damaged(what: str, *, where: str) -> SheetsDamaged:
    return SheetsDamaged(
        f"what was kept for the next update is damaged ({what})",
        where=where,
        advice="Delete it: what it holds is found again",
    )


_KIND = FileKind("what is kept for the next update", _damaged)


class Sheets(AbstractContextManager["Sheets"]):
    """The sheets of a collection, in one transaction. A context manager; used by one thread.

    Closed before `keep`, it is as it was.

    Args:
        path: the file; made when there is none.
        version: of all that sheets depend on, and what articles come to.
        generation: the name of the one in use; what articles came to in another is forgotten.

    Attributes:
        since: the last change of the catalogue that was seen; None where nothing is kept.
        is_current: whether it is of the generation in use.

    Raises (from every method):
        SheetsDamaged: the file is damaged; `remove` it and begin again.
        StorageError: the disk is full, …
    """

    def __init__(self, path: Path, *, version: str, generation: str) -> None:
        self._path, self._version = path, version
        self._columns: Columns | None = None
        self._before: list[int] = []
        self._articles = 0
        self.is_current = False
        self.since: Change | None = None
        self._database = Database(path, _KIND, Access.WRITE)
        try:
            self._begin(generation)
        except BaseException:
            self.close()
            raise

    def _begin(self, generation: str) -> None:
        database = self._database
        if not database.row("SELECT 1 FROM sqlite_master"):
            database.write(f"PRAGMA page_size = {_PAGE}")
        database.write("BEGIN IMMEDIATE")
        made = database.row("SELECT version FROM made") if database.has("made") else None
        if made == (self._version,):
            ((_, number, mark, made_for, self._articles),) = self._sound_rows(
                "made", "version, number, mark, generation, articles"
            )
            self.since = Change(number, mark)
            self.is_current = made_for == generation
        else:
            self._make()

    def _make(self) -> None:
        """Makes the tables, in place of those that another program may have laid out otherwise."""
        for (table,) in self._database.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
            self._database.write(f"DROP TABLE {table}")
        self._database.script(_TABLES)

    def clear(self) -> None:
        """Forgets everything."""
        self._make()
        self.since, self._articles, self.is_current = None, 0, False
        self._columns, self._before = None, []

    def not_analyzed(self) -> list[str]:
        """Ids of the articles whose analysis failed."""
        return [
            one
            for (one,) in self._database.rows("SELECT article_id FROM sheet WHERE NOT is_analyzed")
        ]

    def among(self, article_ids: Collection[str]) -> list[Sheet]:
        """The sheets that there are of some articles, by id."""
        rows = self._database.rows(
            "SELECT article_id, sheet, sum FROM sheet"
            " WHERE article_id IN (SELECT value FROM json_each(?)) ORDER BY article_id",
            (json.dumps(list(article_ids)),),
        )
        return [self._sheet(*row) for row in rows]

    def drop(self, article_ids: Collection[str]) -> None:
        """Forgets what is known of some articles, also beside others."""
        self._unsorted().drop(article_ids)
        named = json.dumps(list(article_ids))
        self._articles -= self._database.write(
            "DELETE FROM sheet WHERE article_id IN (SELECT value FROM json_each(?))", (named,)
        )
        for table in ("overlap", "agreement"):
            for side in ("one", "other"):
                self._database.write(
                    f"DELETE FROM {table} WHERE {side} IN (SELECT value FROM json_each(?))",  # noqa: S608
                    (named,),
                )

    def put(self, sheet: Sheet) -> None:
        """Keeps the sheet of an article that is not here."""
        encoded = encode(sheet)
        self._database.write(
            "INSERT INTO sheet VALUES (?, ?, ?, ?)",
            (sheet.article_id, encoded, sheet.is_analyzed, zlib.crc32(encoded)),
        )
        self._unsorted().put(sheet)
        self._articles += 1

    def __len__(self) -> int:
        return self._articles

    def _unsorted(self) -> Columns:
        if self._columns is None:
            stored: dict[int, dict[str, Piece]] = {}
            for row, number, name, size, checksum in self._database.rows(
                "SELECT rowid, number, name, length(content), sum FROM block"
            ):
                piece = Piece(size, partial(self._fill, row, f"{name} {number}", checksum))
                stored.setdefault(number, {})[name] = piece
            try:
                self._columns = Columns(stored)
            except (Damaged, ValueError) as error:
                raise self.damaged(str(error)) from None
            self._before = list(stored)
        return self._columns

    def _fill(self, row: int, name: str, checksum: int, buffer: memoryview) -> None:
        is_whole = self._database.fill(buffer, "block", "content", row)
        if not is_whole or zlib.crc32(buffer) != checksum:
            raise self.damaged(f"the checksum of {name} is another one")

    def columns(self) -> Columns:
        """What is known of all articles, in arrays. To be asked when all is put and dropped."""
        columns = self._unsorted()
        if not columns.is_sorted:
            if not self.is_current:
                columns.forget()
            columns.sort()
            if len(columns) != self._articles:
                raise self.damaged(f"{len(columns)} articles, {self._articles} were kept")
        return columns

    def all(self) -> Iterator[Sheet]:
        """All sheets by article id."""
        after, seen = "", 0
        while rows := self._database.rows(
            "SELECT article_id, sheet, sum FROM sheet WHERE article_id > ?"
            " ORDER BY article_id LIMIT ?",
            (after, _AT_ONCE),
        ):
            seen += len(rows)
            for row in rows:
                yield self._sheet(*row)
            after = rows[-1][0]
        if seen != self._articles:
            raise self.damaged(f"{seen:,} articles of {self._articles:,} are there")

    def named(self, article_ids: Sequence[str]) -> Iterator[Sheet]:
        """Some sheets, by article id; `article_ids` are in this order."""
        for at in range(0, len(article_ids), _AT_ONCE):
            part = article_ids[at : at + _AT_ONCE]
            found = self.among(part)
            if len(found) != len(part):
                raise self.damaged(f"{len(found):,} articles of {len(part):,} are there")
            yield from found

    def damaged(self, what: str) -> SheetsDamaged:
        """The error that says so of what is kept."""
        return _damaged(what, where=str(self._path))

    def beside(self) -> dict[str, bytes]:
        """What was kept beside the sheets, by name; nothing where they are of another program."""
        if self.since is None:
            return {}
        names = self._database.rows("SELECT DISTINCT name FROM beside")
        return {name: self._beside(name) for (name,) in names}

    def _beside(self, name: str) -> bytes:
        rows = self._database.rows(
            "SELECT part, parts, content, sum FROM beside WHERE name = ? ORDER BY part", (name,)
        )
        if not rows:
            raise self.damaged(f"{name} is not there")
        for number, (part, parts, piece, checksum) in enumerate(rows, 1):
            is_there = part == number - 1 and parts == (number if number == len(rows) else 0)
            if not is_there or not _is_sound(piece, checksum):
                raise self.damaged(f"the checksum of {name} is another one")
        return b"".join([piece for _, _, piece, _ in rows])

    def expect(self, article_ids: list[str]) -> list[str]:
        """Makes sure that what was kept beside the sheets is of the same articles; returns their
        ids as sheets have them, so that each is held once.
        """
        ids = self.columns().ids
        if article_ids != ids:
            raise self.damaged("other articles have names than have sheets")
        return ids

    def put_beside(self, pieces: Iterable[tuple[str, Content | Grown]]) -> None:
        """Keeps something beside the sheets, by name, instead of all that was there; of what only
        grew, what was there stays.
        """
        names = []
        for name, content in pieces:
            names.append(name)
            if isinstance(content, Grown):
                first, behind = self._last_part(name, content.more)
                parts = _parts(behind)
            else:
                first, parts = 0, _parts(content)
            self._database.write("DELETE FROM beside WHERE name = ? AND part >= ?", (name, first))
            self._database.write_many(
                "INSERT INTO beside VALUES (?, ?, ?, ?, ?)",
                (
                    # the last part says how many there are
                    (name, part, part + 1 if not rest else 0, piece, zlib.crc32(piece))
                    for rest, part, piece in zip(
                        range(len(parts) - 1, -1, -1), count(first), parts, strict=False
                    )
                ),
            )
        self._database.write(
            "DELETE FROM beside WHERE name NOT IN (SELECT value FROM json_each(?))",
            (json.dumps(names),),
        )

    def _last_part(self, name: str, more: Content) -> tuple[int, bytes]:
        """The number of the last part of something, and its content with more behind it."""
        rows = self._database.rows(
            "SELECT part, content, sum FROM beside WHERE name = ? ORDER BY part DESC LIMIT 1",
            (name,),
        )
        if not rows or not _is_sound(*rows[0][1:]):
            raise self.damaged(f"the checksum of {name} is another one")
        part, piece, _ = rows[0]
        return part, b"".join((piece, more))

    def _sheet(self, article_id: str, encoded: bytes, checksum: int) -> Sheet:
        if not _is_sound(encoded, checksum):
            raise self.damaged(f"the checksum of {article_id} is another one")
        return decode(encoded)

    def comparisons(self, article_ids: Sequence[str] | None = None) -> Known:
        """What is known of the pairs that begin with one of some articles; of all for None."""
        which, named = "", tuple[str, ...]()
        if article_ids is not None:
            which, named = (
                " WHERE one IN (SELECT value FROM json_each(?))",
                (json.dumps(article_ids),),
            )
        overlaps = self._sound_rows("overlap", "one, other, resemblance, containment", which, named)
        agreements = self._sound_rows("agreement", "one, other, agree", which, named)
        return (
            {
                (one, other): Overlap(resemblance, containment)
                for one, other, resemblance, containment in overlaps
            },
            {(one, other): bool(agree) for one, other, agree in agreements},
        )

    def _sound_rows(
        self, table: str, columns: str, which: str = "", named: Sequence[str] = ()
    ) -> Iterator[tuple[Any, ...]]:
        """The rows of a small table, of which each has its checksum."""
        asked = f"SELECT {columns}, sum FROM {table}{which}"  # noqa: S608 - ours
        for *values, checksum in self._database.rows(asked, named):
            if _sum(*values) != checksum:
                raise self.damaged(f"the checksum of {table} is another one")
            yield tuple(values)

    def compared(self, comparisons: Comparisons) -> None:
        """Keeps what was found out about pairs of articles."""
        self._database.write_many(
            "INSERT OR REPLACE INTO overlap VALUES (?, ?, ?, ?, ?)",
            (
                _summed(*pair, found.resemblance, found.containment)
                for pair, found in comparisons.new_overlaps.items()
            ),
        )
        self._database.write_many(
            "INSERT OR REPLACE INTO agreement VALUES (?, ?, ?, ?)",
            (_summed(*pair, int(agree)) for pair, agree in comparisons.new_agreements.items()),
        )

    def keep(self, generation: str, change: Change | None) -> None:
        """Keeps all of it, for the generation that was made of it and published.

        Args:
            change: the last one that the catalogue knew; None where it notes none, so that nothing
                can be kept.
        """
        if change is None:
            return
        columns = self.columns()
        for number in set(self._before) - set(columns.numbers):
            self._database.write("DELETE FROM block WHERE number = ?", (number,))
        for number, pieces in columns.changed():
            self._database.write_many(
                "INSERT OR REPLACE INTO block VALUES (?, ?, ?, ?)",
                ((number, name, piece, zlib.crc32(piece)) for name, piece in pieces),
            )
        self._database.write("DELETE FROM made")
        self._database.write(
            "INSERT INTO made VALUES (?, ?, ?, ?, ?, ?)",
            _summed(self._version, change.number, change.mark, generation, self._articles),
        )
        self._database.write("COMMIT")

    def close(self) -> None:
        """Ends the connection, and with it what was not kept."""
        self._database.close()

    def __exit__(self, *_error: object) -> None:
        self.close()


def _parts(content: bytes | memoryview) -> list[memoryview]:
    """Something in parts: SQLite holds each several times while it is written."""
    view = memoryview(content)
    return [view[at : at + _PART] for at in range(0, max(len(view), 1), _PART)]


def _is_sound(content: object, checksum: object) -> bool:
    """Whether it was written so: damage can make anything of a value, also nothing."""
    return isinstance(content, bytes) and zlib.crc32(content) == checksum


def _sum(*values: Any) -> int:
    """The checksum of a row."""
    return zlib.crc32(repr(values).encode())


def _summed(*values: Any) -> tuple[Any, ...]:
    return (*values, _sum(*values))


def remove(path: Path) -> None:
    """Deletes the file."""
    for ending in ("", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
