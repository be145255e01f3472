"""How does a record of a dump, a table row or a feed item become a document?

As one JSON object with the keys that the cleaner knows. What else it holds is kept as provenance.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from corpus.article import RawDocument
from corpus.errors import InvalidRecord

_CONTENT_KEYS = ("text", "html")
_OUTLET_KEYS = ("outlet", "source")


def record_document(
    record: Any, *, content: bytes, locator: str, collected: datetime, reader: str
) -> RawDocument:
    """The document of one record.

    Args:
        record: a parsed JSON object with `text` or `html`, and any other keys.
        content: its bytes as they were read.

    Raises:
        InvalidRecord: it is no object, has neither text nor HTML, or one of the known keys has a
            value of another type.
    """
    if not isinstance(record, Mapping):
        raise InvalidRecord(
            f"the record is a {_json_type(record)}, not an object",
            where=locator,
            advice="Write one JSON object a line",
        )
    for key in _CONTENT_KEYS:
        if not isinstance(record.get(key, ""), str | None):
            raise InvalidRecord(f"`{key}` is a {_json_type(record[key])}, not text", where=locator)
    if not any((record.get(key) or "").strip() for key in _CONTENT_KEYS):
        raise InvalidRecord(
            "the record has neither `text` nor `html`",
            where=locator,
            advice="Its keys are " + ", ".join(map(str, list(record)[:20])),
        )
    url = record.get("url")
    return RawDocument(
        content=content,
        media_type="application/json",
        locator=locator,
        url=url if isinstance(url, str) and url.strip() else None,
        collected=collected,
        reader=reader,
        declared=_declared(record),
    )


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
