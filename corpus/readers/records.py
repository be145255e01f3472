"""Records: how a line of a dump, a row of a table or an item of a feed becomes a document.

As one JSON object with the keys that the cleaner knows. What else it holds is kept as provenance.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.article import RawDocument
from corpus.errors import InputError, InvalidRecord
from corpus.readers.source import Read, Source
from corpus.readers.tables.columns import keys_of
from corpus.soundness import web_address

_CONTENT_KEYS = ("text", "html")
ORIGINAL = "original"
"""The key under which a record that a reader made keeps what it was made of."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it was read.

    Attributes:
        number: its line or row, counted from 1.
        value: what it holds, or what was wrong with it.
        content: its bytes; None for one that has no bytes of its own, such as a table row.
        where: where it is, for a person; empty where its number tells.
    """

    number: int
    value: Any | InputError
    content: bytes | None = None
    where: str = ""


def documents_of(
    records: Iterable[Record],
    source: Source | RawDocument,
    *,
    reader: str,
    told: Mapping[str, str] | None = None,
) -> Read:
    """The document of each record; a bad one costs itself.

    Args:
        source: where they are: a stream, or a page that holds several.
        told: what to keep with every document about how it was read.
    """
    for record in records:
        try:
            yield _document(record, source, reader, told or {})
        except InputError as error:
            yield error


def locator_of(source: Source | RawDocument, number: int) -> str:
    """Where a record is, for a person."""
    return f"{source.locator}!{number}"


def _document(
    record: Record, source: Source | RawDocument, reader: str, told: Mapping[str, str]
) -> RawDocument:
    if isinstance(record.value, InputError):
        raise record.value
    locator = record.where or locator_of(source, record.number)
    value = _mapping(record.value, locator)
    columns = source.asked.columns if isinstance(source, Source) else {}
    keys = keys_of([name for name in value if not _says_nothing(name, value[name])], columns)
    keys = _with_the_address(keys, value)
    if "html" in keys.values():  # a summary beside a page is not the page's text
        keys = {name: key for name, key in keys.items() if key != "text" or name == "text"}
    keys |= {
        name: "html" for name, key in keys.items() if key == "text" and _is_markup(value[name])
    }
    content_keys = {keys[name]: name for name in keys if keys[name] in _CONTENT_KEYS}
    _check(value, content_keys, locator)
    content = record.content
    if content is None:
        content = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    said = _declared(value, keys)
    url = said.get("url")
    return RawDocument(
        content=content,
        media_type="application/json",
        locator=locator,
        url=url if url and url.strip() else None,
        collected=source.collected,
        reader=reader,
        declared={**said, **told},
    )


def _with_the_address(keys: dict[str, str], value: Mapping[str, Any]) -> dict[str, str]:
    """The keys of a record, where a source that is an address is that of the page: what trafilatura
    writes calls the site otherwise.
    """
    source = next((name for name, key in keys.items() if key == "outlet"), "")
    if "url" in keys.values() or not web_address(str(value.get(source, ""))):
        return keys
    beside = next((name for name in _SITES if isinstance(value.get(name), str) and value[name]), "")
    return keys | {source: "url"} | ({beside: "outlet"} if beside else {})


_SITES = ("sitename", "hostname", "source-hostname")


def _says_nothing(name: str, value: Any) -> bool:
    """Whether a value is empty, or an address within a site that another names in full."""
    return value in (None, "") or (name == "url" and str(value).startswith("/"))


_MARKUP = re.compile(r"\s*<(p|div|h[1-6]|article|section|figure|blockquote|ul)\b[^<>]*>")


def _is_markup(text: Any) -> bool:
    """Whether what is called a text is markup, as interfaces give it."""
    found = _MARKUP.match(text) if isinstance(text, str) else None
    return found is not None and f"</{found[1]}>" in text


def _mapping(value: Any, locator: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InvalidRecord(
            f"the record is a {_json_type(value)}, not an object",
            where=locator,
            advice="Write one JSON object a line",
        )
    return value


def _check(value: Mapping[str, Any], content_keys: Mapping[str, str], locator: str) -> None:
    for name in content_keys.values():
        if not isinstance(value[name], str | None):
            raise InvalidRecord(f"`{name}` is a {_json_type(value[name])}, not text", where=locator)
    if not any((value[name] or "").strip() for name in content_keys.values()):
        raise InvalidRecord(
            "the record has neither `text` nor `html`",
            where=locator,
            advice=_without_text(value),
        )


def _without_text(value: Mapping[str, Any]) -> str:
    if not value:
        return "It is empty"
    keys = f"Its keys are {', '.join(list(value)[:20])}"
    if "url" in keys_of(value, {}).values():
        return f"`dispatches collect FILE` fetches the pages that it names. {keys}"
    return keys


def _declared(record: Mapping[str, Any], keys: Mapping[str, str]) -> dict[str, str]:
    """What a record says beside its content: by its own keys, and by ours where it has others.

    `text_from` tells the cleaner in which of its keys the text is, when that is not `text`.
    """
    said = {
        str(name): _as_text(value)
        for name, value in record.items()
        if keys.get(name) not in _CONTENT_KEYS
        and name != ORIGINAL
        and value not in (None, "", [], {})
    }
    for name, key in keys.items():
        if key in _CONTENT_KEYS:
            said |= {f"{key}_from": name} if name != key else {}
        elif found := _named(record[name]):
            said[key] = "; ".join(found)
    return said


_NAMES = ("name", "displayname", "display_name", "title", "username", "url", "@id")


def _named(value: Any) -> list[str]:
    """The texts in a value: itself, each item of a list, the name of a mapping."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, Mapping):
        return _named(next(filter(None, map(value.get, _NAMES)), None))
    if isinstance(value, list):
        return [text for item in value for text in _named(item)]
    return [] if value is None else [_as_text(value)]


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _json_type(value: Any) -> str:
    names = {dict: "object", list: "list", str: "text", bool: "truth value", type(None): "null"}
    return names.get(type(value), "number")
