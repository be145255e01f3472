"""Sightings: where and when documents of an article were met; which addresses were fetched."""

from __future__ import annotations

import json

from corpus.article import RawDocument
from corpus.store import chain, originals
from corpus.store.codec import decode_time, encode_time
from corpus.store.identity import document_key
from corpus.store.server.database import Database
from corpus.store.types import Sighting, Visit, VisitOutcome


def sightings(database: Database, article_id: str) -> list[Sighting]:
    """Those of one article, in the order of taking in."""
    rows = database.rows(
        "SELECT locator, url, collected, reader, original_sha256, version, headers, declared"
        " FROM sightings WHERE article_id = ? ORDER BY rowid",
        (article_id,),
    )
    return [
        Sighting(
            locator=locator,
            url=url or None,
            collected=decode_time(collected),
            reader=reader,
            original_sha256=sha256,
            version=version,
            headers=json.loads(headers),
            declared=json.loads(declared),
        )
        for locator, url, collected, reader, sha256, version, headers, declared in rows
    ]


def see(database: Database, article_id: str, version: int, raw: RawDocument) -> None:
    """Notes that a document of this version was met; what was met there before is noted already."""
    collected = encode_time(raw.collected)
    seen = (
        article_id,
        version,
        raw.sha256,
        raw.locator,
        raw.url or "",
        collected,
        raw.reader,
        raw.media_type,
        json.dumps(dict(raw.headers), ensure_ascii=False),
        json.dumps(dict(raw.declared), ensure_ascii=False),
    )
    if database.write(
        "INSERT INTO sightings (article_id, version, original_sha256, locator, url,"
        " collected, reader, media_type, headers, declared, document_key)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (*seen, document_key(raw)),
    ):
        chain.take_in(database, seen)
    database.write(
        "UPDATE articles SET first_collected = ?1 WHERE article_id = ?2 AND first_collected > ?1",
        (collected, article_id),
    )


def see_again(database: Database, raw: RawDocument) -> bool:
    """Whether the very document was taken in before; met at another place, it is seen there too."""
    row = database.row(
        "SELECT article_id, version, locator = ? FROM sightings WHERE document_key = ?"
        " ORDER BY 3 DESC LIMIT 1",
        (raw.locator, document_key(raw)),
    )
    if row is None:
        return False
    article_id, version, here = row
    if not here:
        with database.transaction():
            see(database, article_id, version, raw)
    return True


# Which addresses were fetched, and how to ask whether they have changed


def visit(database: Database, url: str) -> Visit | None:
    row = database.row(
        "SELECT outcome, visited, etag, last_modified, listing_sha256 FROM visits WHERE url = ?",
        (url,),
    )
    if row is None:
        return None
    outcome, visited, etag, last_modified, listing = row
    return Visit(
        outcome=VisitOutcome(outcome),
        visited=decode_time(visited),
        etag=etag,
        last_modified=last_modified,
        listing=originals.original(database, listing) if listing else None,
    )


def record_visit(database: Database, url: str, made: Visit) -> None:
    with database.transaction():
        if made.outcome is VisitOutcome.FETCHED:
            database.write("DELETE FROM failures WHERE locator = ? AND stage = 'collect'", (url,))
        listing = originals.keep(database, made.listing) if made.listing is not None else None
        database.write("DELETE FROM visits WHERE url = ?", (url,))
        database.write(
            "INSERT INTO visits (url, visited, outcome, etag, last_modified, listing_sha256)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                url,
                encode_time(made.visited),
                made.outcome.value,
                made.etag,
                made.last_modified,
                listing,
            ),
        )
