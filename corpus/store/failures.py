"""Failures: what did not become an article and why; and which files were read to their end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from corpus.article import RawDocument
from corpus.errors import InputError
from corpus.store import originals
from corpus.store.codec import decode_time, encode_time
from corpus.store.identity import document_key
from corpus.store.server.database import Database
from corpus.store.types import Failure


def failures(database: Database) -> Iterator[Failure]:
    """All of them, by locator."""
    rows = database.rows(
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


def last_number(database: Database) -> int:
    """The number of the last failure that is listed; 0 when there is none."""
    return int(database.value("SELECT coalesce(max(rowid), 0) FROM failures"))


def fail(
    database: Database,
    source: RawDocument | str,
    error: InputError,
    *,
    after: int,
    stage: str,
    cleaner: str,
) -> None:
    """Lists a failure, under a number greater than `after` and than all that are listed."""
    raw = source if isinstance(source, RawDocument) else None
    locator, key = (raw.locator, document_key(raw)) if raw else (str(source), "")
    if raw is not None:
        originals.prepare(database, raw)
    with database.transaction():
        if raw is not None:
            originals.keep_document(database, raw)
        database.write(
            "DELETE FROM failures WHERE locator = ? AND document_key = ?", (locator, key)
        )
        database.write(
            "INSERT INTO failures (rowid, locator, document_key, url, stage, code,"
            " reason, failed, cleaner, original_sha256, raw)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                max(after, last_number(database)) + 1,
                locator,
                key,
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


def fail_again(database: Database, raw: RawDocument, *, after: int, cleaner: str) -> bool:
    """Whether the same version of the cleaner failed on this document there; listed anew if so."""
    which = (raw.locator, document_key(raw), cleaner)
    condition = "locator = ? AND document_key = ? AND cleaner = ?"
    if not database.row(f"SELECT 1 FROM failures WHERE {condition}", which):  # noqa: S608 - ours
        return False
    with database.transaction():
        number = max(after, last_number(database)) + 1
        return bool(
            database.write(
                f"UPDATE failures SET rowid = ?, failed = ? WHERE {condition}",  # noqa: S608 - ours
                (number, encode_time(datetime.now(UTC)), *which),
            )
        )


def succeed(database: Database, raw: RawDocument) -> None:
    """Takes a document from the list that has become an article."""
    database.write(
        "DELETE FROM failures WHERE locator = ? AND document_key = ?",
        (raw.locator, document_key(raw)),
    )


def failed_documents(database: Database) -> Iterator[RawDocument | str]:
    for (rowid,) in database.rows(
        "SELECT rowid FROM failures WHERE stage <> 'collect' ORDER BY rowid"
    ):
        row = database.row(
            "SELECT locator, original_sha256, raw FROM failures WHERE rowid = ?", (rowid,)
        )
        if row is None:
            continue
        locator, sha256, context = row
        if sha256 is None:
            yield locator
        else:
            content = originals.original(database, sha256).content
            yield _decode_context(locator, content, context)


def failures_in(database: Database, path: str) -> int:
    return int(
        database.value(
            "SELECT count(*) FROM failures WHERE locator = ? OR locator > ? AND locator < ?",
            (path, f"{path}!", _after(f"{path}!")),
        )
    )


def unread(database: Database, folder: str) -> list[str]:
    within = f"{folder.rstrip('/')}/"
    rows = database.rows(
        "SELECT locator FROM failures WHERE original_sha256 IS NULL AND stage = 'read'"
        " AND (locator = ? OR locator > ? AND locator < ?)",
        (folder, within, _after(within)),
    )
    return [locator for (locator,) in rows]


def forget(database: Database, locator: str) -> None:
    parts = locator.split("!")
    with database.transaction():
        database.write(
            "DELETE FROM failures WHERE locator = ? AND original_sha256 IS NULL", (locator,)
        )
        for end in range(1, len(parts) + 1):
            database.write("DELETE FROM inputs WHERE path = ?", ("!".join(parts[:end]),))


def taken_in(database: Database, path: str, stamp: str) -> int | None:
    row = database.row("SELECT documents FROM inputs WHERE path = ? AND stamp = ?", (path, stamp))
    return row[0] if row else None


def finish(database: Database, path: str, stamp: str, documents: int, *, after: int) -> None:
    with database.transaction():
        database.write("DELETE FROM inputs WHERE path = ?", (path,))
        database.write(
            "INSERT INTO inputs (path, stamp, documents) VALUES (?, ?, ?)", (path, stamp, documents)
        )
        database.write(
            "DELETE FROM failures WHERE rowid <= ? AND (locator = ? OR locator > ? AND"
            " locator < ?)",
            (after, path, f"{path}!", _after(f"{path}!")),
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
