"""Originals: documents as they were collected, byte for byte, by their SHA-256."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection

from corpus.article import RawDocument
from corpus.errors import OriginalNotFound
from corpus.store.codec import compress, decompress
from corpus.store.server.database import Database
from corpus.store.types import Original

SHOWN = (
    "(EXISTS (SELECT 1 FROM sightings AS s WHERE s.original_sha256 = originals.sha256"
    " AND s.article_id NOT IN (SELECT value FROM json_each(?1)))"
    " OR NOT EXISTS (SELECT 1 FROM sightings AS s WHERE s.original_sha256 = originals.sha256))"
)
"""Whether an original is of more than hidden articles, whose ids are a JSON list."""
_HELD_BACK = (
    "EXISTS (SELECT 1 FROM sightings AS s WHERE s.original_sha256 = originals.sha256"
    " AND s.declared LIKE ?3 AND s.article_id IN (SELECT value FROM json_each(?1)))"
)
"""Whether a chapter of it is hidden: the file of the other chapters holds that one, too."""
_A_CHAPTER = '%"chapter": "%'


def original(database: Database, sha256: str, hidden: Collection[str] = ()) -> Original:
    held = database.objects
    columns = f"SELECT {'sha256' if held else 'content'}, media_type FROM originals"  # noqa: S608 - ours
    if hidden:
        given = (json.dumps(sorted(hidden)), sha256)
        row = database.row(f"{columns} WHERE {SHOWN} AND sha256 = ?2", given)
        held_back = f"SELECT 1 FROM originals WHERE {_HELD_BACK} AND sha256 = ?2"  # noqa: S608 - ours
        if row is not None and database.row(held_back, (*given, _A_CHAPTER)):
            raise OriginalNotFound(
                "the file holds more than this article, and you may not see all of it", where=sha256
            )
    else:
        row = database.row(f"{columns} WHERE sha256 = ?", (sha256,))
    if row is None:
        raise OriginalNotFound("no stored document has this SHA-256", where=sha256)
    try:
        return Original(held.content(row[0]) if held else decompress(row[0]), row[1])
    except ValueError as error:
        raise database.damaged(f"original {sha256}: {error}") from error


def prepare(database: Database, raw: RawDocument) -> None:
    """Does beforehand what of keeping a document may take long, so that others wait less."""
    if database.objects is not None:
        database.objects.keep(raw.sha256, raw.content)


def keep_document(database: Database, raw: RawDocument) -> None:
    """Keeps the bytes of a document, once however often it comes."""
    _keep(database, raw.sha256, raw.content, raw.media_type)


def keep(database: Database, kept: Original) -> str:
    """Keeps bytes that are no document of an article; returns their SHA-256."""
    sha256 = hashlib.sha256(kept.content).hexdigest()
    _keep(database, sha256, kept.content, kept.media_type)
    return sha256


def _keep(database: Database, sha256: str, content: bytes, media_type: str) -> None:
    if database.row("SELECT 1 FROM originals WHERE sha256 = ?", (sha256,)):
        return  # compressing it again would take longer than looking
    if database.objects is not None:  # first, so that there is no row without its bytes
        database.objects.keep(sha256, content)
        database.write(
            "INSERT INTO originals (sha256, media_type, size) VALUES (?, ?, ?)",
            (sha256, media_type, len(content)),
        )
        return
    database.write(
        "INSERT INTO originals (sha256, media_type, size, content) VALUES (?, ?, ?, ?)",
        (sha256, media_type, len(content), compress(content)),
    )
