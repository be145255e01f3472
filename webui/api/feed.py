"""Feed: a question as Atom (RFC 4287), its newest articles first; a kept one, as collected."""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime
from heapq import nlargest

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
MEDIA_TYPE = "application/atom+xml"
PARAMETERS = (*NARROWING, COLLAPSE, LIMIT)
_DEFAULT_ENTRIES = 25
_NAMESPACE = uuid.UUID("5d5c7d6e-4a0f-5d6b-9d4c-2f9d9b1f7c11")  # any: it only must stay the same


@blueprint.get("/feed.atom")
def feed() -> Response:
    """The newest articles of a question. Its order is fixed, so that a reader sees what is new."""
    arguments = read(pairs(), PARAMETERS)
    asked = search_request(arguments)
    limit = asked.limit if "limit" in arguments else _DEFAULT_ENTRIES
    newest = replace(asked, sort=Sort.NEWEST, limit=limit)

    def answer(index: OpenIndex) -> Response:
        result = service.search(newest, index)
        page = here().without("limit").at("/search").setting(sort="newest")
        root = request.url_root.rstrip("/")
        text = atom(result, here(), root, page=page, title=newest.text)
        return Response(text, mimetype=MEDIA_TYPE)

    return from_index(arguments, answer)


@blueprint.get("/watch/feed.atom")
def standing_feed() -> Response:
    """What a kept question finds, what was collected last first: old material can be news."""
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
        root = request.url_root.rstrip("/")
        text = atom(shown, here(), root, page=page, title=standing.name, by_collection=True)
        return Response(text, mimetype=MEDIA_TYPE)

    return revalidated(from_index({}, answer, cacheable=False))


def atom(
    result: SearchResult,
    view: View,
    root: str,
    *,
    page: View,
    title: str,
    by_collection: bool = False,
) -> bytes:
    """The feed.

    Args:
        view: the address of the feed, without its server.
        root: the server, `https://search.example.org`.
        page: the page of what it holds.
        by_collection: an entry's time is when the article was collected, not when it was published.
    """
    top = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom"})
    stable = View(page.path, tuple(sorted(view.without("limit", "generation").pairs)))
    _text(top, "id", uuid.uuid5(_NAMESPACE, str(stable)).urn)
    _text(top, "title", f"Dispatches: {title}" if title else "Dispatches")
    _text(top, "subtitle", f"{result.total:,} articles in generation {result.generation}")
    _text(top, "updated", result.built_at)
    ET.SubElement(ET.SubElement(top, "author"), "name").text = "Dispatches"
    ET.SubElement(top, "link", {"rel": "self", "type": MEDIA_TYPE, "href": root + str(view)})
    ET.SubElement(top, "link", {"type": "text/html", "href": root + str(page)})
    for hit in result.hits:
        told = hit.document
        moment = told.modified or told.published or told.collected
        article = page.only("q").at(f"/articles/{told.article_id}")
        _entry(top, hit, article, root, told.collected if by_collection else moment)
    ET.indent(top)
    body: bytes = ET.tostring(top, "utf-8", xml_declaration=True)
    return body


def _entry(top: ET.Element, hit: Hit, page: View, root: str, updated: PartialDate) -> None:
    document = hit.document
    entry = ET.SubElement(top, "entry")
    _text(entry, "id", uuid.uuid5(_NAMESPACE, document.article_id).urn)
    _text(entry, "title", wording.title(document))
    _text(entry, "updated", _instant(updated))
    if document.published:
        _text(entry, "published", _instant(document.published))
    for name in document.bylines or (document.outlet or wording.OUTLET_UNKNOWN,):
        _text(ET.SubElement(entry, "author"), "name", name)
    ET.SubElement(entry, "link", {"type": "text/html", "href": root + str(page)})
    if wording.is_on_the_web(document.url):
        ET.SubElement(entry, "link", {"rel": "via", "href": _clean(document.url or "")})
    for flag in document.flags:
        ET.SubElement(entry, "category", {"term": f"flag:{flag}", "label": doubt(flag)})
    passages = [snippet.text for snippet in hit.snippets if snippet.field == "text"]
    _text(entry, "summary", " … ".join(passages))


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    return soundness.in_xml(text, instead="")


def _instant(value: PartialDate) -> str:
    """RFC 3339. Atom knows no partial dates: the first moment that it can mean, in UTC."""
    if value.precision is not Precision.MINUTE:
        return f"{value.earliest.isoformat()}T00:00:00Z"
    moment = datetime.fromisoformat(value.iso)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
