"""What was tried before? Failures, and what is known of a document or file from an earlier run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from corpus.article import RawDocument
from corpus.errors import InputError
from corpus.store.codec import compress, decode_time, encode_time
from corpus.store.identity import document_key
from corpus.store.reading import CatalogueReading
from corpus.store.records import Settled


class CatalogueResuming(CatalogueReading):
    """The part of a catalogue by which a run goes on where another one ended."""

    _latest = 0

    def latest_failure(self) -> int:
        """The number of the last failure; later ones have greater ones, whatever the clock says."""
        last = self._database.rows("SELECT coalesce(max(rowid), 0) FROM failures")[0][0]
        # SQLite would give the number of a deleted row again.
        self._latest = max(self._latest, last)
        return self._latest

    def fail(
        self,
        source: RawDocument | str,
        error: InputError,
        *,
        stage: str = "clean",
        cleaner: str = "",
    ) -> None:
        """Keeps a failure with its reason, and the bytes when there are any.

        Args:
            source: the document, or only its locator when it could not be read.
            stage: `read`, `clean` or `collect`.
            cleaner: version of the cleaner that failed.
        """
        raw = source if isinstance(source, RawDocument) else None
        with self._database.transaction():
            if raw is not None:
                self._keep_original(raw)
            self._database.write(
                "INSERT OR REPLACE INTO failures (rowid, locator, document_key, url, stage, code,"
                " reason, failed, cleaner, original_sha256, raw)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self.latest_failure() + 1,
                    source.locator if isinstance(source, RawDocument) else source,
                    document_key(raw) if raw else "",
                    raw.url if raw else None,
                    stage,
                    error.code,
                    str(error),
                    encode_time(datetime.now(UTC)),
                    cleaner,
                    raw.sha256 if raw else None,
                    _encode_context(raw) if raw else None,
                ),
            )

    def settled(self, raw: RawDocument, *, cleaner: str) -> Settled | None:
        """What is known of a document already; None when it must be cleaned.

        A document that is here and is seen at another place gets its sighting. A failure counts
        as known only for the same version of the cleaner.
        """
        key = document_key(raw)
        row = self._database.row(
            "SELECT article_id, version, locator = ? FROM sightings WHERE document_key = ?"
            " ORDER BY 3 DESC LIMIT 1",
            (raw.locator, key),
        )
        if row is not None:
            article_id, version, here = row
            if not here:
                with self._database.transaction():
                    self._see(article_id, version, raw)
            return Settled.TAKEN
        failed = self._database.write(
            "UPDATE failures SET rowid = ?, failed = ?"
            " WHERE locator = ? AND document_key = ? AND cleaner = ?",
            (
                self.latest_failure() + 1,
                encode_time(datetime.now(UTC)),
                raw.locator,
                key,
                cleaner,
            ),
        )
        return Settled.FAILED if failed else None

    def taken_in(self, path: str, stamp: str) -> int | None:
        """How many documents a file held when it was read to its end; None when it must be read.

        Args:
            path: the locator of the file.
            stamp: tells one state of the file, and the way of reading it, from another.
        """
        row = self._database.row(
            "SELECT documents FROM inputs WHERE path = ? AND stamp = ?", (path, stamp)
        )
        return row[0] if row else None

    def finish(self, path: str, stamp: str, documents: int, *, after: int) -> None:
        """Notes that a file was read to its end; failures it no longer has are forgotten.

        Args:
            after: `latest_failure` when reading began; what was not met since is no failure now.
        """
        with self._database.transaction():
            self._database.write(
                "INSERT OR REPLACE INTO inputs VALUES (?, ?, ?)", (path, stamp, documents)
            )
            self._database.write(
                "DELETE FROM failures WHERE rowid <= ? AND (locator = ? OR locator > ? AND"
                " locator < ?)",
                (after, path, f"{path}!", _after(f"{path}!")),
            )

    def failures_in(self, path: str) -> int:
        """How many documents of a file are listed as failures."""
        row = self._database.rows(
            "SELECT count(*) FROM failures WHERE locator = ? OR locator > ? AND locator < ?",
            (path, f"{path}!", _after(f"{path}!")),
        )
        return int(row[0][0])

    def unread(self, folder: str) -> list[str]:
        """Locators of what could not be read in a folder, itself included."""
        within = f"{folder.rstrip('/')}/"
        rows = self._database.rows(
            "SELECT locator FROM failures WHERE original_sha256 IS NULL AND stage = 'read'"
            " AND (locator = ? OR locator > ? AND locator < ?)",
            (folder, within, _after(within)),
        )
        return [locator for (locator,) in rows]

    def forget(self, locator: str) -> None:
        """Takes what could not be read from the list; its file, should it come back, is read."""
        parts = locator.split("!")
        with self._database.transaction():
            self._database.write(
                "DELETE FROM failures WHERE locator = ? AND original_sha256 IS NULL", (locator,)
            )
            for end in range(1, len(parts) + 1):
                self._database.write("DELETE FROM inputs WHERE path = ?", ("!".join(parts[:end]),))

    def failed_documents(self) -> Iterator[RawDocument | str]:
        """What failed until now: the document, or its locator where there are no bytes.

        Web addresses that could not be fetched are not among them. Failing again, and getting in,
        may happen while this is consumed.
        """
        for (rowid,) in self._database.rows(
            "SELECT rowid FROM failures WHERE stage <> 'collect' ORDER BY rowid"
        ):
            row = self._database.row(
                "SELECT locator, original_sha256, raw FROM failures WHERE rowid = ?", (rowid,)
            )
            if row is None:
                continue
            locator, sha256, context = row
            if sha256 is None:
                yield locator
            else:
                yield _decode_context(locator, self.original(sha256).content, context)

    def _keep_original(self, raw: RawDocument) -> None:
        if self._database.row("SELECT 1 FROM originals WHERE sha256 = ?", (raw.sha256,)):
            return
        self._database.write(
            "INSERT INTO originals VALUES (?, ?, ?, ?)",
            (raw.sha256, raw.media_type, len(raw.content), compress(raw.content)),
        )

    def _see(self, article_id: str, version: int, raw: RawDocument) -> None:
        collected = encode_time(raw.collected)
        self._database.write(
            "INSERT OR IGNORE INTO sightings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article_id,
                version,
                raw.locator,
                raw.url or "",
                collected,
                raw.reader,
                raw.media_type,
                json.dumps(dict(raw.headers), ensure_ascii=False),
                json.dumps(dict(raw.declared), ensure_ascii=False),
                raw.sha256,
                document_key(raw),
            ),
        )
        self._database.write(
            "UPDATE articles SET first_collected = min(first_collected, ?) WHERE article_id = ?",
            (collected, article_id),
        )


def _after(prefix: str) -> str:
    """The least text that is greater than every text with this prefix."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def _encode_context(raw: RawDocument) -> str:
    """All of a document but its bytes, for a later try."""
    return json.dumps(
        {
            "media_type": raw.media_type,
            "url": raw.url,
            "collected": encode_time(raw.collected),
            "reader": raw.reader,
            "headers": dict(raw.headers),
            "declared": dict(raw.declared),
        },
        ensure_ascii=False,
    )


def _decode_context(locator: str, content: bytes, context: str) -> RawDocument:
    values = json.loads(context)
    values["collected"] = decode_time(values["collected"])
    return RawDocument(content=content, locator=locator, **values)
