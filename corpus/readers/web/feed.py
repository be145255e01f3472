"""Feeds: one document an item, from RSS and Atom of every kind and health."""

from __future__ import annotations

import html
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import feedparser
from bs4 import BeautifulSoup

from corpus.errors import InvalidRecord, UnreadableInput
from corpus.readers.records import Record, documents_of, locator_of
from corpus.readers.source import Read, Source

READER = "feed/1"

_MAIL = re.compile(r"[<(]?[\w.+-]+@[\w.-]+[>)]?|[()]")


def read_feed(source: Source) -> Read:
    """Gives the document of each item: its full content, or its summary where there is no more.

    Raises:
        UnreadableInput: there is no item in it.
    """
    content = source.all()
    feed = parsed_feed(whole_items(content), source.locator)
    if not feed.entries:
        reason = f" ({feed.bozo_exception})" if feed.bozo else ""
        raise UnreadableInput(f"there is no item in this feed{reason}", where=source.locator)
    yield from documents_of(_records(feed, source), source, reader=READER)
    if lacks_end(content):
        raise UnreadableInput(
            "the feed has no end: it was cut off",
            where=source.locator,
            advice="The items before that point were taken in",
        )


_END = re.compile(rb"</(?:[\w-]+:)?(?:rss|feed|rdf|channel|urlset|sitemapindex)\s*>", re.IGNORECASE)
_TAIL = 4000  # bytes: servers put remarks behind the end


_ITEM_END = re.compile(rb"</(?:[\w-]+:)?(?:item|entry|url|sitemap)\s*>", re.IGNORECASE)


def whole_items(content: bytes) -> bytes:
    """A feed or sitemap without what of its last item came before it was cut off."""
    ends = [found.end() for found in _ITEM_END.finditer(content)] if lacks_end(content) else []
    return content[: ends[-1]] if ends else content


def lacks_end(content: bytes) -> bool:
    """Whether a feed or sitemap was cut off."""
    return _END.search(content[-_TAIL:]) is None


def parsed_feed(content: bytes, locator: str) -> Any:
    """What feedparser makes of a feed.

    Raises:
        UnreadableInput: it gives up.
    """
    try:
        # Sanitizing is the cleaner's work; here it would only hide what was published.
        return feedparser.parse(io.BytesIO(content), sanitize_html=False)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        # what it lets through on damaged feeds, as found by mutating good ones
        raise UnreadableInput(f"the feed is damaged ({error})", where=locator) from None


def item_address(entry: Any) -> str | None:
    """The address of the page that an item is about."""
    return entry.get("feedburner_origlink") or entry.get("link") or None


def _records(feed: Any, source: Source) -> Iterator[Record]:
    shared = _shared_links(feed.entries)
    for number, entry in enumerate(feed.entries, start=1):
        item: Any = _item(entry, feed.feed, is_atom=(feed.get("version") or "").startswith("atom"))
        if item.get("url") in shared:  # it leads to a list, and to none of its items
            item["shared_link"] = item.pop("url")
        if "html" not in item:
            item = InvalidRecord(
                "the item has only a title and an address",
                where=locator_of(source, number),
                advice="`dispatches collect` fetches the pages that a feed names",
            )
        yield Record(number, item)


def _shared_links(entries: Any) -> set[str]:
    """The links of items that say by their ids that they are not the same."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        ids[item_address(entry) or ""].add(entry.get("id") or "")
    return {link for link, known in ids.items() if len(known - {"", link}) > 1}


def _item(entry: Any, feed: Any, *, is_atom: bool) -> dict[str, Any]:
    contents = [part.get("value") for part in entry.get("content", ())]
    contents += [said for name, said in dict(entry).items() if _WHOLE.search(name) and said]
    full = max((one for one in contents if isinstance(one, str)), key=len, default="")
    summary = entry.get("summary") or ""
    authors = [author.get("name") for author in entry.get("authors", ())]
    if _MAIL.search(entry.get("author") or ""):  # feedparser cuts such a name in its middle
        authors = [_MAIL.sub(" ", entry["author"])]
    # Asked in this way, feedparser does not take one date for another, with a warning.
    published, updated = entry.get("published"), dict(entry).get("updated")
    if not (published or is_atom):  # in RSS a date that is not named otherwise is its only one
        published, updated = updated, None
    said = {
        "id": entry.get("id"),
        "title": _plain(entry.get("title") or ""),
        "html": full or summary,
        "date": published,
        "modified": updated,
        "url": item_address(entry),
        "outlet": _plain((entry.get("source") or {}).get("title") or feed.get("title") or ""),
        "language": entry.get("language") or feed.get("language"),
        "bylines": [name for name in authors if name] or entry.get("author"),
        "keywords": [tag.get("term") for tag in entry.get("tags", ()) if tag.get("term")],
        "content": "full" if full else "summary",
    }
    return {key: value for key, value in said.items() if value}


def _plain(title: str) -> str:
    """A title without the markup that some feeds put into it."""
    if "<" in title:
        return BeautifulSoup(title, "lxml").get_text(" ", strip=True)
    return html.unescape(title)


_WHOLE = re.compile(r"(?:^|_)full[-_]?text$|^turbo_content$", re.IGNORECASE)
"""What aggregators have sites put the whole text into (Yandex, Mail.ru, Turbo pages)."""
