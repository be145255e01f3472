"""Chain: was a document put into the catalogue, taken out of it or altered behind our back?

Every document that is taken in leaves a record, written in the transaction that takes it in, and
each record's link is the SHA-256 of the link before it and of the record. Who changes one record
changes every link after it. Who rewrites all of them, or cuts the last ones off, is found out by a
link that was noted elsewhere: `dispatches verify` prints the last one.

A record says what was seen, not how it was read: reading again with a better cleaner changes no
link.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from corpus.errors import OriginalNotFound, StorageError
from corpus.store import originals
from corpus.store.codec import decode_time, encode_time
from corpus.store.server.database import Database
from corpus.store.types import Intake, Link, Trouble

TABLE = """
CREATE TABLE intakes (
    number INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL,
    taken TEXT NOT NULL,
    record TEXT NOT NULL,
    link TEXT NOT NULL
);
CREATE INDEX intakes_by_article ON intakes (article_id);
"""
START = "0" * 64
"""What stands in the place of the link before the first."""
_INTAKE = "SELECT number, article_id, taken, record, link FROM intakes"
_WITH_LINK_BEFORE = (
    "SELECT number, article_id, taken, record, link,"
    " (SELECT link FROM intakes AS earlier WHERE earlier.number = intakes.number - 1) FROM intakes"
)
_SEEN = (
    "SELECT article_id, version, original_sha256, locator, url, collected, reader, media_type,"
    " headers, declared FROM sightings"
)


def link_of(before: str, record: str) -> str:
    """The link of a record, in 64 hexadecimal digits."""
    return hashlib.sha256(f"{before}\n{record}".encode()).hexdigest()


def take_in(database: Database, seen: Sequence[Any]) -> None:
    """Adds the record of a sighting that was just written; call it in the same transaction.

    Args:
        seen: article id, version, SHA-256 of the original, locator, address, when collected,
            reader, media type, headers and declared values, as the table holds them.
    """
    last = database.row("SELECT number, link FROM intakes ORDER BY number DESC LIMIT 1")
    number, before = last or (0, START)
    _add(database, number + 1, before, encode_time(datetime.now(UTC)), seen)


def begin(database: Database) -> None:
    """Makes the chain of a catalogue that has none: what is here was taken in nobody knows when."""
    database.script(TABLE)
    before = START
    for number, seen in enumerate(database.rows(f"{_SEEN} ORDER BY rowid"), start=1):
        before = _add(database, number, before, "", seen)


def _add(database: Database, number: int, before: str, taken: str, seen: Sequence[Any]) -> str:
    record = _record(taken, [database.storable(value) for value in seen])
    link = link_of(before, record)
    database.write(
        "INSERT INTO intakes VALUES (?, ?, ?, ?, ?)", (number, seen[0], taken, record, link)
    )
    return link


def _record(taken: str, seen: Sequence[Any]) -> str:
    """What is hashed: all of a sighting, what was said about it by its digest."""
    *told, media_type, headers, declared = seen
    said = hashlib.sha256(f"{media_type}\n{headers}\n{declared}".encode()).hexdigest()
    return json.dumps([taken, *told, said], ensure_ascii=False, separators=(",", ":"))


def last(database: Database) -> Link:
    """The last link; number 0 where nothing was taken in, or the catalogue has no chain yet."""
    if not _is_there(database):
        return Link(0, START)
    row = database.row("SELECT number, link FROM intakes ORDER BY number DESC LIMIT 1")
    return Link(*row) if row else Link(0, START)


def intakes(database: Database, article_id: str = "", *, after: str = "") -> Iterator[Intake]:
    """Records in their order: of one article, or taken in later than `after`."""
    if not _is_there(database):
        return
    condition = "article_id = ?" if article_id else "taken > ?"
    for number, found, taken, record, link, before in database.rows(
        f"{_WITH_LINK_BEFORE} WHERE {condition} ORDER BY number", (article_id or after,)
    ):
        yield Intake(
            link=Link(number, link),
            article_id=found,
            taken=decode_time(taken) if taken else None,
            record=record,
            before=before or START,
        )


def there_by(
    database: Database, article_ids: Collection[str], moment: str
) -> dict[str, frozenset[int]]:
    """Which versions of some articles had been taken in before a moment; what was here before there
    was a chain always had.
    """
    named = json.dumps(sorted(article_ids))
    if _is_there(database):
        rows = database.rows(
            "SELECT article_id, record FROM intakes"
            " WHERE article_id IN (SELECT value FROM json_each(?)) AND taken < ?",
            (named, moment),
        )
        rows = [(article_id, json.loads(record)[2]) for article_id, record in rows]
    else:
        rows = database.rows(
            "SELECT article_id, version FROM versions"
            " WHERE article_id IN (SELECT value FROM json_each(?))",
            (named,),
        )
    found: dict[str, set[int]] = {}
    for article_id, version in rows:
        found.setdefault(article_id, set()).add(int(version))
    return {article_id: frozenset(versions) for article_id, versions in found.items()}


def troubles(database: Database, noted: Link | None = None) -> Iterator[Trouble]:
    """Everything that is not as it was taken in: originals, records, links, sightings.

    Args:
        noted: a link that was noted elsewhere, which must be here still.
    """
    yield from _damaged_originals(database)
    if _is_there(database):
        yield from _broken_links(database, noted)
        yield from _unlike(database)
    elif noted is not None:
        yield _not_here(noted)


def _broken_links(database: Database, noted: Link | None) -> Iterator[Trouble]:
    expected, before, found = 1, START, noted is None or noted.number < 1
    for number, article_id, taken, record, link in _records(database):
        if number != expected:
            yield Trouble(f"intake {expected}", "was taken out of the chain")
        if link != link_of(before, record):
            yield Trouble(f"intake {number}", "does not follow from the intake before it")
        if [taken, article_id] != json.loads(record)[:2]:
            yield Trouble(f"intake {number}", "is listed under another article or time")
        if noted is not None and number == noted.number:
            found = True
            if link != noted.sha256:
                yield Trouble(f"intake {number}", "has another link than was noted")
        expected, before = number + 1, link
    if noted is not None and not found:
        yield _not_here(noted)


def _records(database: Database) -> Iterator[tuple[int, str, str, str, str]]:
    """All of them in order, some thousands in memory at a time."""
    number = 0
    while rows := database.rows(
        f"{_INTAKE} WHERE number > ? ORDER BY number LIMIT 5000", (number,)
    ):
        yield from rows
        number = rows[-1][0]


def _not_here(noted: Link) -> Trouble:
    return Trouble(f"intake {noted.number}", "is not in the chain, though its link was noted")


def _damaged_originals(database: Database) -> Iterator[Trouble]:
    for (sha256,) in database.rows("SELECT sha256 FROM originals ORDER BY rowid"):
        try:
            content = originals.original(database, sha256).content
        except (StorageError, OriginalNotFound):
            yield Trouble(f"original {sha256}", "cannot be unpacked")
            continue
        if hashlib.sha256(content).hexdigest() != sha256:
            yield Trouble(f"original {sha256}", "has other bytes than were taken in")


def _unlike(database: Database) -> Iterator[Trouble]:
    """Records against the tables: what has gone, what was altered, what came from elsewhere."""
    known = {sha256 for (sha256,) in database.rows("SELECT sha256 FROM originals")}
    for (article_id,) in database.rows(
        "SELECT article_id FROM sightings UNION SELECT article_id FROM intakes"
        " UNION SELECT article_id FROM versions ORDER BY 1"
    ):
        yield from _unlike_of(database, article_id, known)


def _unlike_of(database: Database, article_id: str, known: set[str]) -> Iterator[Trouble]:
    """The same of one article.

    Args:
        known: SHA-256 of every original that is here.
    """
    unseen = {}
    for number, taken, record in database.rows(
        "SELECT number, taken, record FROM intakes WHERE article_id = ?", (article_id,)
    ):
        unseen[_key(json.loads(record)[1:])] = (number, taken, record)
    versions = set(
        database.rows(
            "SELECT version, original_sha256 FROM versions WHERE article_id = ?", (article_id,)
        )
    )
    for seen in database.rows(f"{_SEEN} WHERE article_id = ? ORDER BY rowid", (article_id,)):
        found = unseen.pop(_key(seen), None)
        what = f"sighting of {article_id} at {seen[3]}"
        if found is None:
            yield Trouble(what, "is in no intake: it was put in past the chain")
        elif found[2] != _record(found[1], seen):
            yield Trouble(what, f"is not what intake {found[0]} recorded")
        if seen[2] not in known:
            yield Trouble(f"original {seen[2]}", "was taken out")
        versions.discard((seen[1], seen[2]))
    for key, (number, _, _) in unseen.items():
        yield Trouble(
            f"sighting of {article_id} at {key[2]}", f"was taken out; intake {number} has it"
        )
    for version, _ in sorted(versions):
        yield Trouble(f"version {version} of {article_id}", "was seen nowhere: it was put in")


def _key(seen: Sequence[Any]) -> tuple[str, str, str, str]:
    """What tells sightings apart: article, original, locator, address."""
    return seen[0], seen[2], seen[3], seen[4]


def _is_there(database: Database) -> bool:
    """A catalogue of an earlier version gets its chain when it is next written."""
    return database.has("intakes")
