"""How is an answer written as JSON? Values in, dictionaries out; nothing is looked up here."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from indexer.document import IndexDocument
from search.output.json_values import ITEM_FIELDS, answer, facet_value
from search.output.json_values import article_answer as plain_article
from search.result import Facet, FacetCount, SearchResult
from webui.params import filter_name
from webui.view.links import View


def search_answer(
    result: SearchResult, view: View, *, fields: Collection[str] = ITEM_FIELDS
) -> dict[str, Any]:
    """The answer to one search.

    Args:
        view: the address it was asked at, under `/api/v1/search`.
        fields: the keys of an item to give.
    """
    following = str(_next(view, result.next_cursor)) if result.next_cursor else None
    question = view.without("facet_q")
    whole = answer(result, fields, values=lambda facet: facet_values(facet, question))
    return {**whole, "links": links(view, following, result.generation)}


def _next(view: View, cursor: str) -> View:
    return View(view.path, (*view.without("cursor").pairs, ("cursor", cursor)))


def links(view: View, following: str | None, generation: str) -> dict[str, str | None]:
    """Where the same question is answered in another form."""
    whole = view.without("cursor", "limit", "fields", "highlight", "facet", "facet_size", "facet_q")
    return {
        "self": str(view),
        "permalink": str(view.setting(generation=generation)),
        "page": str(whole.at("/search")),
        "next": following,
        "csv": str(whole.at("/api/v1/export.csv")),
        "jsonl": str(whole.at("/api/v1/export.jsonl")),
        "bib": str(whole.at("/api/v1/export.bib")),
        "ris": str(whole.at("/api/v1/export.ris")),
        "atom": str(whole.without("sort").at("/feed.atom")),
    }


def facet_values(facet: Facet, view: View) -> list[dict[str, Any]]:
    """The counted values of a facet, each with the address that adds or removes it."""
    address = view.adder()

    def toggled(count: FacetCount) -> str:
        if count.mode:
            return str(view.removing(filter_name(facet.facet, count.mode), count.value))
        return address(facet.facet, count.value)

    return [{**facet_value(count), "url": toggled(count)} for count in facet.counts]


def article_answer(document: IndexDocument, *, generation: str) -> dict[str, Any]:
    """One article as it was indexed; `provenance` and `versions` are added from the catalogue."""
    base = f"/api/v1/articles/{document.article_id}"
    whole = plain_article(document, generation=generation)
    whole["original"]["url"] = f"{base}/original"
    return {
        **whole,
        "links": {
            "self": base,
            "page": f"/articles/{document.article_id}",
            "permalink": f"{base}?generation={generation}",
        },
    }
