"""Which addresses were visited, and what does it take to ask whether they have changed?"""

from __future__ import annotations

import hashlib

from corpus.store.codec import compress, decode_time, encode_time
from corpus.store.records import Visit, VisitOutcome
from corpus.store.resuming import CatalogueResuming


class CatalogueVisits(CatalogueResuming):
    """The part of a catalogue by which collecting goes on where it ended."""

    def visit(self, url: str) -> Visit | None:
        """The last visit to an address; None when there was none."""
        row = self._database.row(
            "SELECT outcome, visited, etag, last_modified, listing_sha256"
            " FROM visits WHERE url = ?",
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
            listing=self.original(listing) if listing else None,
        )

    def record_visit(self, url: str, visit: Visit) -> None:
        """Keeps a visit in place of the one before; one that succeeded ends a listed failure."""
        with self._database.transaction():
            if visit.outcome is VisitOutcome.FETCHED:
                self._database.write(
                    "DELETE FROM failures WHERE locator = ? AND stage = 'collect'", (url,)
                )
            self._database.write(
                "INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?, ?, ?)",
                (
                    url,
                    encode_time(visit.visited),
                    visit.outcome.value,
                    visit.etag,
                    visit.last_modified,
                    self._keep_listing(visit),
                ),
            )

    def _keep_listing(self, visit: Visit) -> str | None:
        if visit.listing is None:
            return None
        content = visit.listing.content
        sha256 = hashlib.sha256(content).hexdigest()
        self._database.write(
            "INSERT OR IGNORE INTO originals VALUES (?, ?, ?, ?)",
            (sha256, visit.listing.media_type, len(content), compress(content)),
        )
        return sha256
