"""The catalogue: what was taken in, written one document a transaction, read from any thread."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

from corpus.article import Article, RawDocument
from corpus.errors import InputError
from corpus.store.codec import compress, encode_article, encode_time
from corpus.store.identity import content_key, document_key, text_key
from corpus.store.placing import Place, place
from corpus.store.reading import CatalogueReading
from corpus.store.records import Outcome, Settled


class Catalogue(CatalogueReading):
    """One collection's catalogue, to read and, unless opened with `readonly`, to write.

    Several processes may read while one writes. A catalogue opened with `readonly` may be shared
    by threads; one that writes belongs to one thread.
    """

    def put(self, raw: RawDocument, article: Article) -> Outcome:
        """Takes one cleaned document in, in one transaction.

        A document of an article that is here becomes a new version when what it says changed, and
        else one more sighting; its bytes are kept either way. Where the article is known under
        another id, that id stays, and the article's own leads to it.
        """
        with self._database.transaction():
            found = place(self._database, raw, article)
            version, outcome = self._version_for(found, raw, article)
            self._keep_original(raw)
            if outcome is not Outcome.DUPLICATE:
                self._keep_version(found, version, raw, article)
            self._see(found.article_id, version, raw)
            if article.article_id != found.article_id:
                self._lead(article.article_id, to=found.article_id)
            self._database.write(
                "DELETE FROM failures WHERE locator = ? AND document_key = ?",
                (raw.locator, document_key(raw)),
            )
        return outcome

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
                "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
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
            "UPDATE failures SET failed = ? WHERE locator = ? AND document_key = ? AND cleaner = ?",
            (encode_time(datetime.now(UTC)), raw.locator, key, cleaner),
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

    def finish(self, path: str, stamp: str, documents: int, *, begun: datetime) -> None:
        """Notes that a file was read to its end; failures it no longer has are forgotten.

        Args:
            begun: when reading began; failures in this file that were not met since are gone.
        """
        with self._database.transaction():
            self._database.write(
                "INSERT OR REPLACE INTO inputs VALUES (?, ?, ?)", (path, stamp, documents)
            )
            self._database.write(
                "DELETE FROM failures WHERE failed < ? AND (locator = ? OR locator > ? AND"
                " locator < ?)",
                (encode_time(begun), path, f"{path}!", _after(f"{path}!")),
            )

    def failures_in(self, path: str) -> int:
        """How many documents of a file are listed as failures."""
        row = self._database.rows(
            "SELECT count(*) FROM failures WHERE locator = ? OR locator > ? AND locator < ?",
            (path, f"{path}!", _after(f"{path}!")),
        )
        return int(row[0][0])

    def _version_for(self, found: Place, raw: RawDocument, article: Article) -> tuple[int, Outcome]:
        """Which version of its article a document is, and what taking it in comes to."""
        if not found.known:
            return 1, Outcome.ADDED
        row = self._database.row(
            "SELECT version FROM versions WHERE article_id = ? AND content_key = ?"
            " ORDER BY version DESC",
            (found.article_id, content_key(article)),
        ) or self._database.row(
            # Another rendering (amp, print, a mirror) of a text that is here may drop a byline or
            # a caption; that makes it no edited version.
            "SELECT version FROM versions WHERE article_id = ?1 AND text_key = ?2 AND NOT EXISTS"
            " (SELECT 1 FROM sightings WHERE article_id = ?1"
            "  AND (locator = ?4 OR (url = ?3 AND url <> '')))"
            " ORDER BY version DESC",
            (found.article_id, text_key(article), raw.url or "", raw.locator),
        )
        if row is not None:
            return row[0], Outcome.DUPLICATE
        last = self._database.rows(
            "SELECT max(version) FROM versions WHERE article_id = ?", (found.article_id,)
        )
        return last[0][0] + 1, Outcome.NEW_VERSION

    def _keep_original(self, raw: RawDocument) -> None:
        if self._database.row("SELECT 1 FROM originals WHERE sha256 = ?", (raw.sha256,)):
            return
        self._database.write(
            "INSERT INTO originals VALUES (?, ?, ?, ?)",
            (raw.sha256, raw.media_type, len(raw.content), compress(raw.content)),
        )

    def _keep_version(self, found: Place, version: int, raw: RawDocument, article: Article) -> None:
        if not found.known:
            self._database.write(
                "INSERT INTO articles VALUES (?, ?, ?)",
                (found.article_id, version, encode_time(raw.collected)),
            )
        if found.reprint_of is not None and not found.known:
            self._database.write(
                "INSERT INTO reprints VALUES (?, ?)", (found.article_id, found.reprint_of)
            )
        self._database.write(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                found.article_id,
                version,
                raw.sha256,
                encode_time(raw.collected),
                article.cleaner,
                article.kind.value,
                article.url,
                article.outlet,
                text_key(article),
                content_key(article),
                encode_article(replace(article, article_id=found.article_id)),
            ),
        )
        self._choose_current(found.article_id)

    def _choose_current(self, article_id: str) -> None:
        """Makes the version that was collected last the current one."""
        self._database.write(
            "UPDATE articles SET current = (SELECT version FROM versions WHERE article_id = ?1"
            " ORDER BY collected DESC, version DESC LIMIT 1) WHERE article_id = ?1",
            (article_id,),
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

    def _lead(self, alias: str, *, to: str) -> None:
        self._database.write(
            "INSERT OR IGNORE INTO aliases SELECT ?1, ?2"
            " WHERE NOT EXISTS (SELECT 1 FROM articles WHERE article_id = ?1)",
            (alias, to),
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
