"""Feed: a question as Atom (RFC 4287) or JSON Feed 1.1, its newest articles first; a kept one, as
collected.
"""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from heapq import nlargest
from typing import Any

import msgspec
from flask import Blueprint, Response, request

from corpus import soundness
from corpus.dates import PartialDate, Precision
from search import service
from search.dossiers.standing import questions
from search.help.doubts import doubt
from search.request import Sort
from search.result import Hit, SearchResult
from search.service import OpenIndex
from search.serving.paging import every_hit
from webui.answering import collection, from_index, here, pairs, revalidated
from webui.arguments import first, read
from webui.params import COLLAPSE, LIMIT, NARROWING, STANDING, search_request
from webui.view import standing_account, wording
from webui.view.links import View

blueprint = Blueprint("feed", __name__)
ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"
PARAMETERS = (*NARROWING, COLLAPSE, LIMIT)
_DEFAULT_ENTRIES = 25
_NAMESPACE = uuid.UUID("5d5c7d6e-4a0f-5d6b-9d4c-2f9d9b1f7c11")  # any: it only must stay the same


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a feed; times as RFC 3339 has them, `via` where it was published."""

    id: str
    title: str
    updated: str
    published: str
    authors: tuple[str, ...]
    page: str
    via: str
    doubts: Mapping[str, str]
    summary: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says, in whichever form; addresses with their server."""

    id: str
    title: str
    about: str
    updated: str
    itself: str
    page: str
    entries: tuple[Entry, ...]


@blueprint.get("/feed.atom")
def newest_as_atom() -> Response:
    """The newest articles of a question."""
    return _newest("atom")


@blueprint.get("/feed.json")
def newest_as_json() -> Response:
    """The same as JSON Feed."""
    return _newest("json")


@blueprint.get("/watch/feed.atom")
def standing_as_atom() -> Response:
    """What a kept question finds, what was collected last first."""
    return _collected("atom")


@blueprint.get("/watch/feed.json")
def standing_as_json() -> Response:
    """The same as JSON Feed."""
    return _collected("json")


def _newest(form: str) -> Response:
    """Its order is fixed, so that a reader sees what is new."""
    arguments = read(pairs(), PARAMETERS)
    asked = search_request(arguments)
    limit = asked.limit if "limit" in arguments else _DEFAULT_ENTRIES
    newest = replace(asked, sort=Sort.NEWEST, limit=limit)

    def answer(index: OpenIndex) -> Response:
        result = service.search(newest, index)
        page = here().without("limit").at("/search").setting(sort="newest")
        return _written(form, _feed(result, page, newest.text))

    return from_index(arguments, answer)


def _collected(form: str) -> Response:
    """In the order of collection: old material can be news."""
    arguments = read(pairs(), (STANDING,))
    kept, _ = collection().standing()
    standing = questions.named(kept, str(first(arguments, STANDING.name)))
    asked = standing_account.request_of(standing)

    def answer(index: OpenIndex) -> Response:
        found = every_hit(asked, index, limit=questions.MAX_FOUND)
        latest = nlargest(_DEFAULT_ENTRIES, found, key=lambda hit: _instant(hit.document.collected))
        result = service.search(replace(asked, limit=1, highlight=False), index)
        shown = replace(result, hits=tuple(latest))
        page = standing_account.address_of(standing)
        return _written(form, _feed(shown, page, standing.name, by_collection=True))

    return revalidated(from_index({}, answer, cacheable=False))


def _feed(result: SearchResult, page: View, title: str, *, by_collection: bool = False) -> Feed:
    """What a feed says of a result.

    Args:
        page: the page of what it holds, without its server.
        by_collection: an entry's time is when the article was collected, not when it was published.
    """
    root = request.url_root.rstrip("/")
    stable = View(page.path, tuple(sorted(here().without("limit", "generation").pairs)))

    def entry(hit: Hit) -> Entry:
        told = hit.document
        shown = told.collected if by_collection else told.modified or told.published
        passages = [snippet.text for snippet in hit.snippets if snippet.field == "text"]
        return Entry(
            id=uuid.uuid5(_NAMESPACE, told.article_id).urn,
            title=_clean(wording.title(told)),
            updated=_instant(shown or told.collected),
            published=_instant(told.published) if told.published else "",
            authors=tuple(map(_clean, told.bylines or (told.outlet or wording.OUTLET_UNKNOWN,))),
            page=root + str(page.only("q").at(f"/articles/{told.article_id}")),
            via=_clean(told.url or "") if wording.is_on_the_web(told.url) else "",
            doubts={flag: doubt(flag) for flag in told.flags},
            summary=_clean(" … ".join(passages)),
        )

    return Feed(
        id=uuid.uuid5(_NAMESPACE, str(stable)).urn,
        title=_clean(f"Dispatches: {title}" if title else "Dispatches"),
        about=f"{result.total:,} articles in generation {result.generation}",
        updated=result.built_at,
        itself=root + str(here()),
        page=root + str(page),
        entries=tuple(map(entry, result.hits)),
    )


def _written(form: str, feed: Feed) -> Response:
    media_type, write = _FORMS[form]
    return Response(write(feed), mimetype=media_type)


def atom(feed: Feed) -> bytes:
    """The feed as Atom."""
    top = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom"})
    _text(top, "id", feed.id)
    _text(top, "title", feed.title)
    _text(top, "subtitle", feed.about)
    _text(top, "updated", feed.updated)
    ET.SubElement(ET.SubElement(top, "author"), "name").text = "Dispatches"
    ET.SubElement(top, "link", {"rel": "self", "type": ATOM, "href": feed.itself})
    ET.SubElement(top, "link", {"type": "text/html", "href": feed.page})
    for one in feed.entries:
        entry = ET.SubElement(top, "entry")
        _text(entry, "id", one.id)
        _text(entry, "title", one.title)
        _text(entry, "updated", one.updated)
        if one.published:
            _text(entry, "published", one.published)
        for name in one.authors:
            _text(ET.SubElement(entry, "author"), "name", name)
        ET.SubElement(entry, "link", {"type": "text/html", "href": one.page})
        if one.via:
            ET.SubElement(entry, "link", {"rel": "via", "href": one.via})
        for flag, label in one.doubts.items():
            ET.SubElement(entry, "category", {"term": f"flag:{flag}", "label": label})
        _text(entry, "summary", one.summary)
    ET.indent(top)
    body: bytes = ET.tostring(top, "utf-8", xml_declaration=True)
    return body


def json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1."""
    items: list[dict[str, Any]] = []
    for one in feed.entries:
        item: dict[str, Any] = {"id": one.id, "url": one.page, "title": one.title}
        if one.via:
            item["external_url"] = one.via
        if one.published:
            item["date_published"] = one.published
        item["date_modified"] = one.updated
        item["authors"] = [{"name": name} for name in one.authors]
        if one.doubts:
            item["tags"] = [f"flag:{flag}" for flag in one.doubts]
        items.append(item | {"content_text": one.summary or one.title})
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.about,
        "home_page_url": feed.page,
        "feed_url": feed.itself,
        "authors": [{"name": "Dispatches"}],
        "items": items,
    }
    return msgspec.json.encode(told)


_FORMS: Mapping[str, tuple[str, Callable[[Feed], bytes]]] = {
    "atom": (ATOM, atom),
    "json": (JSON_FEED, json_feed),
}


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _clean(text: str) -> str:
    return soundness.in_xml(text, instead="")


def _instant(value: PartialDate) -> str:
    """RFC 3339. Atom knows no partial dates: the first moment that it can mean, in UTC."""
    if value.precision is not Precision.MINUTE:
        return f"{value.earliest.isoformat()}T00:00:00Z"
    moment = datetime.fromisoformat(value.iso)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
