"""Articles: their versions as they were read, read again, and looked up."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from corpus.article import Article, Kind, Medium, RawDocument, medium_of
from corpus.errors import ArticleNotFound
from corpus.store import checksums, originals
from corpus.store.codec import decode_article, decode_time, encode_article, encode_time
from corpus.store.identity import content_key, text_key
from corpus.store.placing import Place, known_id
from corpus.store.server.database import Database
from corpus.store.types import Outcome, StoredArticle

_PAGE = 256  # articles decoded at a time: few megabytes, and few queries

_STORED = (
    "SELECT v.article_id, v.version, v.original_sha256, v.collected, a.first_collected,"
    " v.cleaner, v.article, s.reader, s.media_type, s.declared FROM versions AS v"
    " JOIN articles AS a USING (article_id) LEFT JOIN sightings AS s ON s.rowid ="
    " (SELECT min(rowid) FROM sightings WHERE article_id = v.article_id AND version = v.version)"
)


def own_id(database: Database, article_id: str) -> str:
    """The id of an article that may be named by another id that leads to it."""
    found = known_id(database, article_id)
    if found is None:
        raise not_here(article_id)
    return found


def not_here(article_id: str) -> ArticleNotFound:
    """The error for an id that is no article's, as far as whoever asks may know."""
    return ArticleNotFound(
        "there is no article with this id",
        where=article_id,
        advice="`dispatches search` shows the id of each",
    )


def articles(database: Database, kinds: Collection[Kind] | None) -> Iterator[StoredArticle]:
    chosen = tuple(Kind) if kinds is None else tuple(kinds)
    marks = ", ".join("?" * len(chosen))
    after = ""
    while True:
        rows = database.rows(
            f"{_STORED} WHERE v.version = a.current AND a.article_id > ?"
            f" AND v.kind IN ({marks}) ORDER BY a.article_id LIMIT {_PAGE}",
            (after, *chosen),
        )
        if not rows:
            return
        yield from (_stored(database, row) for row in rows)
        after = rows[-1][0]


_LATEST = 300  # versions that tell what is read here
_RARE = 20  # one in so many


def languages(database: Database) -> list[str]:
    rows = database.rows("SELECT article FROM versions ORDER BY rowid DESC LIMIT ?", (_LATEST,))
    counts = Counter(decode_article(row[0]).language for row in rows)
    return [language for language, count in counts.most_common() if count * _RARE >= len(rows)]


def articles_named(
    database: Database, article_ids: Collection[str], kinds: Collection[Kind] | None
) -> list[StoredArticle]:
    chosen = tuple(Kind) if kinds is None else tuple(kinds)
    marks = ", ".join("?" * len(chosen))
    rows = database.rows(
        f"{_STORED} WHERE v.version = a.current AND v.kind IN ({marks})"  # noqa: S608 - only question marks
        " AND a.article_id IN (SELECT value FROM json_each(?)) ORDER BY a.article_id",
        (*chosen, json.dumps(list(article_ids))),
    )
    return [_stored(database, row) for row in rows]


def article(database: Database, article_id: str, version: int | None) -> StoredArticle:
    own = own_id(database, article_id)
    row = database.row(
        f"{_STORED} WHERE v.article_id = ? AND v.version = coalesce(?, a.current)", (own, version)
    )
    if row is None:
        raise ArticleNotFound(
            f"there is no version {version} of this article",
            where=article_id,
            advice=f"Its versions are 1 to {len(versions(database, own))}",
        )
    return _stored(database, row)


def versions(database: Database, article_id: str) -> list[StoredArticle]:
    rows = database.rows(
        f"{_STORED} WHERE v.article_id = ? ORDER BY v.version", (own_id(database, article_id),)
    )
    return [_stored(database, row) for row in rows]


def reprint_of(database: Database, article_id: str) -> str | None:
    row = database.row(
        "SELECT reprint_of FROM reprints WHERE article_id = ?", (own_id(database, article_id),)
    )
    return row[0] if row else None


def version_for(
    database: Database, found: Place, raw: RawDocument, article: Article
) -> tuple[int, Outcome]:
    """Which version of its article a document is, and what taking it in comes to."""
    if not found.known:
        return 1, Outcome.ADDED
    row = database.row(
        "SELECT version FROM versions WHERE article_id = ? AND content_key = ?"
        " ORDER BY version DESC",
        (found.article_id, content_key(article)),
    ) or database.row(
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
    last = database.value(
        "SELECT max(version) FROM versions WHERE article_id = ?", (found.article_id,)
    )
    return last + 1, Outcome.NEW_VERSION


def keep_version(
    database: Database,
    found: Place,
    version: int,
    raw: RawDocument,
    article: Article,
    *,
    cleaner: str,
) -> None:
    """Keeps one version; the version that was collected last becomes the current one."""
    collected = encode_time(raw.collected)
    if not found.known:
        database.write(
            "INSERT INTO articles (article_id, current, first_collected) VALUES (?, ?, ?)",
            (found.article_id, version, collected),
        )
    if found.reprint_of is not None and not found.known:
        database.write(
            "INSERT INTO reprints (article_id, reprint_of) VALUES (?, ?)",
            (found.article_id, found.reprint_of),
        )
    database.write(
        "INSERT INTO versions (article_id, version, original_sha256, collected, cleaner, kind, url,"
        " outlet, text_key, content_key, article) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            found.article_id,
            version,
            raw.sha256,
            collected,
            cleaner,
            *_columns(article),
            encode_article(replace(article, article_id=found.article_id)),
        ),
    )
    if not found.known:
        return  # its only version is the current one
    database.write(
        "UPDATE articles SET current = (SELECT version FROM versions WHERE article_id = ?1"
        " ORDER BY collected DESC, version DESC LIMIT 1) WHERE article_id = ?1",
        (found.article_id,),
    )


def lead(database: Database, alias: str, *, to: str) -> None:
    """Lets another id lead to an article, unless it is that of an article itself."""
    database.write(
        "INSERT INTO aliases (alias, article_id) SELECT ?1, ?2"
        " WHERE NOT EXISTS (SELECT 1 FROM articles WHERE article_id = ?1) ON CONFLICT DO NOTHING",
        (alias, to),
    )


def count_outdated(database: Database, cleaner: str) -> int:
    return int(database.value("SELECT count(*) FROM versions WHERE cleaner <> ?", (cleaner,)))


def outdated(database: Database, cleaner: str) -> Iterator[tuple[str, int, RawDocument]]:
    rows = database.rows(
        "SELECT article_id, version FROM versions WHERE cleaner <> ? ORDER BY rowid", (cleaner,)
    )
    for article_id, version in dict.fromkeys([*rows, *checksums.altered_versions(database)]):
        if document := _document_of(database, article_id, version):
            yield article_id, version, document


def reread(
    database: Database, article_id: str, version: int, article: Article, *, cleaner: str
) -> bool:
    article = replace(article, article_id=article_id)
    encoded = encode_article(article)
    with database.transaction():
        before = database.row(
            "SELECT article FROM versions WHERE article_id = ? AND version = ?",
            (article_id, version),
        )
        database.write(
            "UPDATE versions SET cleaner = ?, kind = ?, url = ?, outlet = ?, text_key = ?,"
            " content_key = ?, article = ? WHERE article_id = ? AND version = ?",
            (cleaner, *_columns(article), encoded, article_id, version),
        )
    return before is None or before[0] != encoded


def _document_of(database: Database, article_id: str, version: int) -> RawDocument | None:
    """None where the damage is in what leads to it."""
    row = database.row(
        "SELECT s.media_type, s.locator, s.url, s.collected, s.reader, s.headers, s.declared,"
        " s.original_sha256 FROM versions AS v JOIN sightings AS s"
        " USING (article_id, version, original_sha256)"
        " WHERE article_id = ? AND version = ? ORDER BY s.rowid LIMIT 1",
        (article_id, version),
    )
    if row is None:
        return None
    media_type, locator, url, collected, reader, headers, declared, sha256 = row
    return RawDocument(
        content=originals.original(database, sha256).content,
        media_type=media_type,
        locator=locator,
        url=url or None,
        collected=decode_time(collected),
        reader=reader,
        headers=json.loads(headers),
        declared=json.loads(declared),
    )


def _stored(database: Database, row: tuple[Any, ...]) -> StoredArticle:
    article_id, version, sha256, collected, first_collected, cleaner, encoded, *read = row
    try:
        article = decode_article(encoded)
    except (ValueError, KeyError, TypeError) as error:
        raise database.damaged(f"article {article_id}: {error}") from error
    return StoredArticle(
        article=article,
        version=version,
        original_sha256=sha256,
        collected=decode_time(collected),
        first_collected=decode_time(first_collected),
        cleaner=cleaner,
        medium=_medium(article, *read),
    )


def _medium(article: Article, reader: str | None, media_type: str, declared: str) -> Medium:
    return Medium.PAGE if reader is None else medium_of(reader, media_type, article.url, declared)


def _columns(article: Article) -> tuple[str, str | None, str, str, str]:
    """What of an article is searched by the catalogue itself, in the order of its columns."""
    return (
        article.kind.value,
        article.url,
        article.outlet,
        text_key(article),
        content_key(article),
    )
