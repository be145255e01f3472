"""What is in the catalogue? Every question that can be asked of it; safe from several threads."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from corpus.article import Kind
from corpus.closing import Closing
from corpus.errors import ArticleNotFound, OriginalNotFound
from corpus.store.codec import decode_article, decode_time, decompress
from corpus.store.database import Database
from corpus.store.records import Counts, Failure, Original, Sighting, StoredArticle

_PAGE = 256  # articles decoded at a time: few megabytes, and few queries

_STORED = (
    "SELECT v.article_id, v.version, v.original_sha256, v.collected, a.first_collected,"
    " v.cleaner, v.article FROM versions AS v JOIN articles AS a USING (article_id)"
)


class CatalogueReading(Closing):
    """The half of a catalogue that changes nothing; a context manager.

    Raises (from every method):
        StorageError: see `corpus.store.database.Database`.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path, *, readonly: bool = False) -> Self:
        """Opens the catalogue at `path`; makes it, and its folder, when it is to be written.

        Raises:
            NoCatalogue: `readonly`, and there is none.
            CatalogueCorrupt: the file is damaged or something else.
        """
        return cls(Database(path, readonly=readonly))

    def close(self) -> None:
        """Ends the connection; closing twice is fine."""
        self._database.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside is as of one instant, whatever another process takes in meanwhile.

        For a catalogue opened with `readonly`, read by one thread.
        """
        with self._database.reading():
            yield

    def articles(self, *, kinds: Collection[Kind] | None = None) -> Iterator[StoredArticle]:
        """The current version of each article, by article id.

        The current version is the one collected last, which is not always the one taken in last.

        Args:
            kinds: only these kinds; None for all.
        """
        chosen = tuple(Kind) if kinds is None else tuple(kinds)
        marks = ", ".join("?" * len(chosen))
        after = ""
        while True:
            rows = self._database.rows(
                f"{_STORED} WHERE v.version = a.current AND a.article_id > ?"
                f" AND v.kind IN ({marks}) ORDER BY a.article_id LIMIT {_PAGE}",
                (after, *chosen),
            )
            if not rows:
                return
            yield from map(self._stored, rows)
            after = rows[-1][0]

    def article(self, article_id: str, version: int | None = None) -> StoredArticle:
        """One version of one article: the current one when `version` is None.

        Args:
            article_id: its id, or another id that leads to it.

        Raises:
            ArticleNotFound: there is no such article, or no such version of it.
        """
        own = self._own_id(article_id)
        row = self._database.row(
            f"{_STORED} WHERE v.article_id = ? AND v.version = coalesce(?, a.current)",
            (own, version),
        )
        if row is None:
            raise ArticleNotFound(
                f"there is no version {version} of this article",
                where=article_id,
                advice=f"Its versions are 1 to {len(self.versions(own))}",
            )
        return self._stored(row)

    def versions(self, article_id: str) -> list[StoredArticle]:
        """Every version of one article, in the order of taking in.

        Raises:
            ArticleNotFound: there is no such article.
        """
        return [
            self._stored(row)
            for row in self._database.rows(
                f"{_STORED} WHERE v.article_id = ? ORDER BY v.version",
                (self._own_id(article_id),),
            )
        ]

    def sightings(self, article_id: str) -> list[Sighting]:
        """Every place where one article was seen, in the order of taking in.

        Raises:
            ArticleNotFound: there is no such article.
        """
        rows = self._database.rows(
            "SELECT locator, url, collected, reader, original_sha256, version, headers, declared"
            " FROM sightings WHERE article_id = ? ORDER BY rowid",
            (self._own_id(article_id),),
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

    def reprint_of(self, article_id: str) -> str | None:
        """The id of the article, by another outlet, whose very text this one repeats; or None.

        Raises:
            ArticleNotFound: there is no such article.
        """
        row = self._database.row(
            "SELECT reprint_of FROM reprints WHERE article_id = ?", (self._own_id(article_id),)
        )
        return row[0] if row else None

    def original(self, sha256: str) -> Original:
        """A document as it was collected.

        Raises:
            OriginalNotFound: no document has this SHA-256.
        """
        row = self._database.row(
            "SELECT content, media_type FROM originals WHERE sha256 = ?", (sha256,)
        )
        if row is None:
            raise OriginalNotFound("no stored document has this SHA-256", where=sha256)
        try:
            return Original(decompress(row[0]), row[1])
        except ValueError as error:
            raise self._database.corrupt(f"original {sha256}: {error}") from error

    def failures(self) -> Iterator[Failure]:
        """Every document that did not become an article, by locator."""
        rows = self._database.rows(
            "SELECT locator, url, stage, code, reason, failed, original_sha256"
            " FROM failures ORDER BY locator, document_key"
        )
        for locator, url, stage, code, reason, failed, sha256 in rows:
            yield Failure(
                locator=locator,
                url=url,
                stage=stage,
                code=code,
                reason=reason,
                when=decode_time(failed),
                original_sha256=sha256,
            )

    def count_outdated(self, cleaner: str) -> int:
        """How many versions were read by another version of the cleaner."""
        rows = self._database.rows("SELECT count(*) FROM versions WHERE cleaner <> ?", (cleaner,))
        return int(rows[0][0])

    def counts(self) -> Counts:
        """How much is here, all counted at one instant."""
        rows = self._database.rows(
            "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM versions),"
            " (SELECT count(*) FROM originals), (SELECT count(*) FROM sightings),"
            " (SELECT count(*) FROM failures),"
            " (SELECT json_group_object(kind, number) FROM (SELECT v.kind, count(*) AS number"
            "  FROM articles AS a JOIN versions AS v"
            "  ON v.article_id = a.article_id AND v.version = a.current GROUP BY v.kind))"
        )
        articles, versions, originals, sightings, failures, by_kind = rows[0]
        return Counts(
            articles=articles,
            versions=versions,
            originals=originals,
            sightings=sightings,
            failures=failures,
            by_kind=json.loads(by_kind),
        )

    def _own_id(self, article_id: str) -> str:
        row = self._database.row(
            "SELECT article_id FROM articles WHERE article_id = ?1"
            " UNION SELECT article_id FROM aliases WHERE alias = ?1",
            (article_id,),
        )
        if row is None:
            raise ArticleNotFound(
                "there is no article with this id",
                where=article_id,
                advice="`dispatches search` shows the id of each",
            )
        return str(row[0])

    def _stored(self, row: tuple[Any, ...]) -> StoredArticle:
        article_id, version, sha256, collected, first_collected, cleaner, encoded = row
        try:
            article = decode_article(encoded)
        except (ValueError, KeyError, TypeError) as error:
            raise self._database.corrupt(f"article {article_id}: {error}") from error
        return StoredArticle(
            article=article,
            version=version,
            original_sha256=sha256,
            collected=decode_time(collected),
            first_collected=decode_time(first_collected),
            cleaner=cleaner,
        )
