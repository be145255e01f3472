"""Records: how a line of a dump, a row of a table or an item of a feed becomes a document.

As one JSON object with the keys that the cleaner knows. What else it holds is kept as provenance.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.article import RawDocument
from corpus.errors import InputError, InvalidRecord
from corpus.readers.source import Read, Source

_CONTENT_KEYS = ("text", "html")
_OUTLET_KEYS = ("outlet", "source")


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it was read.

    Attributes:
        number: its line or row, counted from 1.
        value: what it holds, or what was wrong with it.
        content: its bytes; None for one that has no bytes of its own, such as a table row.
    """

    number: int
    value: Any | InputError
    content: bytes | None = None


def documents_of(
    records: Iterable[Record],
    source: Source,
    *,
    reader: str,
    told: Mapping[str, str] | None = None,
) -> Read:
    """The document of each record; a bad one costs itself.

    Args:
        told: what to keep with every document about how it was read.
    """
    for record in records:
        try:
            yield _document(record, source, reader, told or {})
        except InputError as error:
            yield error


def locator_of(source: Source, number: int) -> str:
    """Where a record is, for a person."""
    return f"{source.locator}!{number}"


def _document(record: Record, source: Source, reader: str, told: Mapping[str, str]) -> RawDocument:
    if isinstance(record.value, InputError):
        raise record.value
    locator = locator_of(source, record.number)
    value = _checked(record.value, locator)
    content = record.content
    if content is None:
        content = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    url = value.get("url")
    return RawDocument(
        content=content,
        media_type="application/json",
        locator=locator,
        url=url if isinstance(url, str) and url.strip() else None,
        collected=source.collected,
        reader=reader,
        declared={**_declared(value), **told},
    )


def _checked(value: Any, locator: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InvalidRecord(
            f"the record is a {_json_type(value)}, not an object",
            where=locator,
            advice="Write one JSON object a line",
        )
    for key in _CONTENT_KEYS:
        if not isinstance(value.get(key, ""), str | None):
            raise InvalidRecord(f"`{key}` is a {_json_type(value[key])}, not text", where=locator)
    if not any((value.get(key) or "").strip() for key in _CONTENT_KEYS):
        raise InvalidRecord(
            "the record has neither `text` nor `html`",
            where=locator,
            advice=f"Its keys are {', '.join(list(value)[:20])}" if value else "It is empty",
        )
    return value


def _declared(record: Mapping[str, Any]) -> dict[str, str]:
    said = {
        str(key): _as_text(value)
        for key, value in record.items()
        if key not in _CONTENT_KEYS and value not in (None, "", [], {})
    }
    outlet = next((said[key] for key in _OUTLET_KEYS if key in said), None)
    if outlet is not None:
        said["outlet"] = outlet
    return said


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _json_type(value: Any) -> str:
    names = {dict: "object", list: "list", str: "text", bool: "truth value", type(None): "null"}
    return names.get(type(value), "number")
