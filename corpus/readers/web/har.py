"""HAR: which pages did a browser keep of what it was sent while somebody watched (HTTP Archive)?

Developer tools and some crawlers write it. Scripts, styles and pictures in it are no documents.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, BinaryIO, cast

from corpus.article import RawDocument
from corpus.errors import InputError, InvalidRecord, UnreadableInput
from corpus.readers.formats import page_type
from corpus.readers.source import Read, Source, in_utc
from corpus.readers.tables.items import items
from corpus.readers.web.stories import documents_in

READER = "har/1"
_ENTRIES = re.compile(r'"entries"\s*:\s*\[')
_SUCCESS = (200, 203)
_PAGES = ("text/html", "application/xhtml+xml", "application/pdf", "text/plain")


def read_har(source: Source) -> Read:
    """Gives each page that was sent with success; one whose content was not kept is told of.

    Raises:
        UnreadableInput: there is no entry in it, as where it was cut off.
    """
    stream = cast("BinaryIO", source.stream)
    is_empty = True
    seen: set[int] = set()
    for record in items(stream, where=source.locator, opening=_ENTRIES):
        is_empty = False
        if isinstance(record.value, InputError):
            yield record.value
            continue
        try:
            page = _page(record.value, source)
        except (AttributeError, TypeError, LookupError) as error:
            told = f"the entry is not as such files have it ({type(error).__name__}: {error})"
            yield InvalidRecord(told, where=record.where)
        except InputError as error:
            yield error
        else:
            if page is None:
                continue
            again = hash(page.url) in seen
            seen.add(hash(page.url))
            visit = page.declared.get("saved") or record.number
            yield from documents_in(
                replace(page, locator=f"{page.locator} {visit}") if again else page
            )
    if is_empty:
        raise UnreadableInput("there is no entry in this file", where=source.locator)


def _page(entry: Mapping[str, Any], source: Source) -> RawDocument | None:
    """The page in an entry; None for what is none."""
    answer, url = entry["response"], str(entry["request"]["url"])
    content = answer.get("content") or {}
    kind = str(content.get("mimeType") or "")
    if answer.get("status") not in _SUCCESS or not kind.lower().startswith(_PAGES):
        return None
    locator = f"{source.locator}!{url}"
    text = content.get("text")
    if not text:
        raise UnreadableInput(
            "the content of this page was not kept in the file",
            where=locator,
            advice="Save it anew with content, or give the address to `dispatches collect`",
        )
    sent = _sent(str(text), str(content.get("encoding") or ""), locator)
    is_text = content.get("encoding") != "base64"
    told = page_type(sent, content_type="" if is_text else kind, url=url)
    if told is None:
        return None
    moment = in_utc(str(entry.get("startedDateTime") or ""), datetime.fromisoformat)
    headers = {str(one["name"]).lower(): str(one["value"]) for one in answer.get("headers") or ()}
    return RawDocument(
        content=sent,
        media_type=f"{told}; charset=utf-8" if is_text and told.startswith("text/") else told,
        locator=locator,
        url=url,
        collected=moment or source.collected,
        reader=READER,
        headers=headers if moment else {},
        declared={"saved": moment.isoformat()} if moment else {},
    )


def _sent(text: str, encoding: str, where: str) -> bytes:
    if encoding != "base64":
        return text.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise UnreadableInput(f"the page is damaged ({error})", where=where) from None
