"""Codec: an article, or a time, as a column of the catalogue, and read back from it.

As compressed JSON: readable by anything, without a second schema to keep. Field names are those of
`Article`, so a field that is added later has its default in what was stored before.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from corpus.article import Article, Kind, Quality, Removed
from corpus.dates import PartialDate

_TUPLES = ("bylines", "agencies", "keywords", "captions")
_PLAIN = tuple(
    field.name
    for field in fields(Article)
    if field.name not in {*_TUPLES, "kind", "published", "modified", "removed", "quality", "basis"}
)


def encode_article(article: Article) -> bytes:
    """The bytes of an article; equal articles give equal bytes."""
    record: dict[str, Any] = {name: getattr(article, name) for name in (*_PLAIN, *_TUPLES)}
    record["kind"] = article.kind.value
    record["published"] = _encode_date(article.published)
    record["modified"] = _encode_date(article.modified)
    record["removed"] = [[block.rule, block.text] for block in article.removed]
    record["quality"] = {
        "signals": dict(article.quality.signals),
        "flags": list(article.quality.flags),
    }
    record["basis"] = dict(article.basis)
    return compress(json.dumps(record, ensure_ascii=False, sort_keys=True))


def decode_article(stored: bytes) -> Article:
    """The article in `stored`.

    Raises:
        ValueError: the bytes are no encoded article.
    """
    record = json.loads(decompress(stored))
    plain: dict[str, Any] = {name: record[name] for name in _PLAIN if name in record}
    tuples: dict[str, Any] = {name: tuple(record.get(name, ())) for name in _TUPLES}
    return Article(
        **plain,
        **tuples,
        kind=Kind(record["kind"]),
        published=_decode_date(record.get("published")),
        modified=_decode_date(record.get("modified")),
        removed=tuple(Removed(rule, text) for rule, text in record.get("removed", ())),
        quality=Quality(record["quality"]["signals"], tuple(record["quality"]["flags"])),
        basis=record.get("basis", {}),
    )


def compress(content: bytes | str) -> bytes:
    """`content` compressed; text is UTF-8, lone surrogates kept."""
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogatepass")
    return zlib.compress(content)


def decompress(stored: bytes) -> bytes:
    """What `compress` was given.

    Raises:
        ValueError: the bytes are damaged.
    """
    try:
        return zlib.decompress(stored)
    except zlib.error as error:
        raise ValueError(str(error)) from error


def encode_time(moment: datetime) -> str:
    """A moment in UTC as text that sorts in the order of time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def decode_time(stored: str) -> datetime:
    """The moment in `stored`, in UTC."""
    return datetime.fromisoformat(stored)


def _encode_date(value: PartialDate | None) -> list[str] | None:
    return None if value is None else [value.iso, value.basis]


def _decode_date(stored: list[str] | None) -> PartialDate | None:
    return None if stored is None else PartialDate(*stored)
