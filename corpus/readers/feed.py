"""How is a feed read? One document an item, from RSS and Atom of every kind and health."""

from __future__ import annotations

import io
import json
from typing import Any

import feedparser

from corpus.errors import InputError, InvalidRecord, UnreadableInput
from corpus.readers.records import record_document
from corpus.readers.source import Read, Source

READER = "feed/1"


def read_feed(source: Source) -> Read:
    """Gives the document of each item: its full content, or its summary where there is no more.

    Raises:
        UnreadableInput: there is no item in it.
    """
    # Sanitizing is the cleaner's work; here it would only hide what was published.
    feed = feedparser.parse(io.BytesIO(source.all()), sanitize_html=False)
    if not feed.entries:
        reason = f" ({feed.bozo_exception})" if feed.bozo else ""
        raise UnreadableInput(f"there is no item in this feed{reason}", where=source.locator)
    for number, entry in enumerate(feed.entries, start=1):
        locator = f"{source.locator}!{number}"
        record = _record(entry, feed.feed)
        try:
            if "html" not in record:
                raise InvalidRecord(
                    "the item has only a title and an address",
                    where=locator,
                    advice="`dispatches collect` fetches the pages that a feed names",
                )
            yield record_document(
                record,
                content=json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass"),
                locator=locator,
                collected=source.collected,
                reader=READER,
            )
        except InputError as error:
            yield error


def item_address(entry: Any) -> str | None:
    """The address of the page that an item is about."""
    return entry.get("feedburner_origlink") or entry.get("link") or None


def _record(entry: Any, feed: Any) -> dict[str, Any]:
    contents = [part.get("value") for part in entry.get("content", ())]
    full = max((content for content in contents if content), key=len, default="")
    summary = entry.get("summary") or ""
    authors = [author.get("name") for author in entry.get("authors", ())]
    said = {
        "id": entry.get("id"),
        "title": entry.get("title"),
        "html": full or summary,
        "date": entry.get("published") or entry.get("updated"),
        "url": item_address(entry),
        "outlet": (entry.get("source") or {}).get("title") or feed.get("title"),
        "language": entry.get("language") or feed.get("language"),
        "bylines": [name for name in authors if name] or entry.get("author"),
        "keywords": [tag.get("term") for tag in entry.get("tags", ()) if tag.get("term")],
        "content": "full" if full else "summary",
    }
    return {key: value for key, value in said.items() if value}
