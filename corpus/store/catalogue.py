"""The catalogue: what was taken in, written one document a transaction, read from any thread."""

from __future__ import annotations

from dataclasses import replace

from corpus.article import Article, RawDocument
from corpus.store.codec import encode_article, encode_time
from corpus.store.identity import content_key, document_key, text_key
from corpus.store.placing import Place, place
from corpus.store.records import Outcome
from corpus.store.visits import CatalogueVisits


class Catalogue(CatalogueVisits):
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

    def _lead(self, alias: str, *, to: str) -> None:
        self._database.write(
            "INSERT OR IGNORE INTO aliases SELECT ?1, ?2"
            " WHERE NOT EXISTS (SELECT 1 FROM articles WHERE article_id = ?1)",
            (alias, to),
        )
