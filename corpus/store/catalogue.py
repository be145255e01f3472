"""The catalogue: what was taken in, written one document a transaction, read from any thread."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from corpus.article import Article, RawDocument
from corpus.store.codec import decode_time, encode_article, encode_time
from corpus.store.identity import content_key, document_key, text_key
from corpus.store.placing import Place, place
from corpus.store.records import Outcome
from corpus.store.visits import CatalogueVisits


class Catalogue(CatalogueVisits):
    """One collection's catalogue, to read and, unless opened with `readonly`, to write.

    Several processes may read while one writes. A catalogue opened with `readonly` may be shared
    by threads; one that writes belongs to one thread.
    """

    def put(self, raw: RawDocument, article: Article, *, cleaner: str = "") -> Outcome:
        """Takes one cleaned document in, in one transaction.

        A document of an article that is here becomes a new version when what it says changed, and
        else one more sighting; its bytes are kept either way. Where the article is known under
        another id, that id stays, and the article's own leads to it.

        Args:
            cleaner: version of the cleaner as a whole; the article's own where there is none.
        """
        with self._database.transaction():
            found = place(self._database, raw, article)
            version, outcome = self._version_for(found, raw, article)
            self._keep_original(raw)
            if outcome is not Outcome.DUPLICATE:
                self._keep_version(found, version, raw, article, cleaner or article.cleaner)
            self._see(found.article_id, version, raw)
            if found.alias is not None:
                self._lead(found.alias, to=found.article_id)
            self._database.write(
                "DELETE FROM failures WHERE locator = ? AND document_key = ?",
                (raw.locator, document_key(raw)),
            )
        return outcome

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

    def outdated(self, cleaner: str) -> Iterator[tuple[str, int, RawDocument]]:
        """Versions that another version of the cleaner read: article id, version, document.

        They may be replaced while this is consumed.
        """
        for article_id, version in self._database.rows(
            "SELECT article_id, version FROM versions WHERE cleaner <> ? ORDER BY rowid", (cleaner,)
        ):
            yield article_id, version, self._document_of(article_id, version)

    def reread(self, article_id: str, version: int, article: Article, *, cleaner: str) -> bool:
        """Puts a new reading of the same document in place of the old one.

        The id stays; citations of this version now show the better reading.

        Returns:
            Whether the reading differs from the old one.
        """
        article = replace(article, article_id=article_id)
        encoded = encode_article(article)
        with self._database.transaction():
            before = self._database.row(
                "SELECT article FROM versions WHERE article_id = ? AND version = ?",
                (article_id, version),
            )
            self._database.write(
                "UPDATE versions SET cleaner = ?, kind = ?, url = ?, outlet = ?, text_key = ?,"
                " content_key = ?, article = ? WHERE article_id = ? AND version = ?",
                (cleaner, *_columns(article), encoded, article_id, version),
            )
        return before is None or before[0] != encoded

    def _document_of(self, article_id: str, version: int) -> RawDocument:
        row = self._database.rows(
            "SELECT s.media_type, s.locator, s.url, s.collected, s.reader, s.headers, s.declared,"
            " s.original_sha256 FROM versions AS v JOIN sightings AS s"
            " USING (article_id, version, original_sha256)"
            " WHERE article_id = ? AND version = ? ORDER BY s.rowid LIMIT 1",
            (article_id, version),
        )[0]
        media_type, locator, url, collected, reader, headers, declared, sha256 = row
        return RawDocument(
            content=self.original(sha256).content,
            media_type=media_type,
            locator=locator,
            url=url or None,
            collected=decode_time(collected),
            reader=reader,
            headers=json.loads(headers),
            declared=json.loads(declared),
        )

    def _keep_version(
        self, found: Place, version: int, raw: RawDocument, article: Article, cleaner: str
    ) -> None:
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
                cleaner,
                *_columns(article),
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

    def _lead(self, alias: str, *, to: str) -> None:
        self._database.write(
            "INSERT OR IGNORE INTO aliases SELECT ?1, ?2"
            " WHERE NOT EXISTS (SELECT 1 FROM articles WHERE article_id = ?1)",
            (alias, to),
        )


def _columns(article: Article) -> tuple[str, str | None, str, str, str]:
    """What of an article is searched by the catalogue itself, in the order of its columns."""
    return (
        article.kind.value,
        article.url,
        article.outlet,
        text_key(article),
        content_key(article),
    )
