"""Visits: which addresses were fetched, and how to ask whether they have changed."""

from __future__ import annotations

from corpus.sqlite import Database
from corpus.store import originals
from corpus.store.codec import decode_time, encode_time
from corpus.store.types import Visit, VisitOutcome


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
        database.write(
            "INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?, ?, ?)",
            (
                url,
                encode_time(made.visited),
                made.outcome.value,
                made.etag,
                made.last_modified,
                listing,
            ),
        )
