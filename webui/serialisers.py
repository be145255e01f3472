"""How is an answer written as JSON? Values in, dictionaries out; nothing is looked up here."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from corpus.dates import PartialDate
from indexer.document import IndexDocument
from indexer.entities.types import Entity, EntityKind
from search.engine import Histogram
from search.result import Facet, Hit, SearchResult
from webui.links import View
from webui.params import ITEM_FIELDS, filter_name

PLURALS = {EntityKind.PERSON: "persons", EntityKind.ORG: "orgs", EntityKind.PLACE: "places"}


def partial_date(value: PartialDate | None) -> dict[str, str] | None:
    """A date with its precision and basis; None where there is none."""
    if value is None:
        return None
    return {"date": value.iso, "precision": value.precision.value, "basis": value.basis}


def search_answer(
    result: SearchResult, view: View, *, fields: Collection[str] = ITEM_FIELDS
) -> dict[str, Any]:
    """The answer to one search.

    Args:
        view: the address it was asked at, under `/api/v1/search`.
        fields: the keys of an item to give.
    """
    following = str(_next(view, result.next_cursor)) if result.next_cursor else None
    answer: dict[str, Any] = {
        "query": {
            "text": result.text,
            "parsed": result.parsed,
            "warnings": list(result.warnings),
            "did_you_mean": result.did_you_mean or None,
            "names": [
                {
                    "facet": found.facet,
                    "typed": found.typed,
                    "ids": list(found.entity_ids),
                    "labels": list(found.labels),
                }
                for found in result.resolutions
            ],
        },
        "index": {
            "generation": result.generation,
            "articles": result.articles,
            "built_at": result.built_at,
        },
        "total": result.total,
        "families": result.families,
        "complete": result.complete,
        "took_ms": round(result.took_ms, 2),
        "items": [item(hit, fields) for hit in result.hits],
        "facets": {
            name: facet_values(facet, view.without("facet_q"))
            for name, facet in result.facets.items()
        },
        "facet_distinct": {name: facet.distinct for name, facet in result.facets.items()},
        "next_cursor": result.next_cursor or None,
        "links": links(view, following, result.generation),
    }
    if result.histogram is not None:
        answer["facets"]["date"] = bars(result.histogram)
        answer["dates"] = {
            "interval": result.histogram.interval.value,
            "imprecise": result.histogram.imprecise,
            "undated": result.histogram.undated,
        }
    return answer


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
        "atom": str(whole.at("/feed.atom")),
    }


def item(hit: Hit, fields: Collection[str] = ITEM_FIELDS) -> dict[str, Any]:
    """One hit."""
    document = hit.document
    whole: dict[str, Any] = {
        "id": document.article_id,
        "url": document.url,
        "title": document.title,
        "outlet": document.outlet,
        "language": document.language,
        "published": partial_date(document.published),
        "score": round(hit.score, 6),
        **{name: entities_of(document, kind) for kind, name in PLURALS.items()},
        "family": {
            "id": document.family_id,
            "size": hit.family_size,
            "matches": hit.family_matches,
        },
        "highlights": [
            {
                "field": snippet.field,
                "text": snippet.text,
                "spans": [list(span) for span in snippet.spans],
            }
            for snippet in hit.snippets
        ],
    }
    return {name: whole[name] for name in ITEM_FIELDS if name in fields}


def entities_of(document: IndexDocument, kind: EntityKind) -> list[dict[str, Any]]:
    """The entities of one kind in one article, most mentioned first."""
    return [
        {"id": found.entity_id, "label": found.label, "count": found.count}
        for found in document.entities
        if found.kind == kind
    ]


def facet_values(facet: Facet, view: View) -> list[dict[str, Any]]:
    """The counted values of a facet, each with the address that adds or removes it."""
    values = []
    for count in facet.counts:
        if count.mode:
            toggled = view.removing(filter_name(facet.facet, count.mode), count.value)
        else:
            toggled = view.adding(facet.facet, count.value)
        values.append(
            {
                "id": count.value,
                "label": count.label,
                "count": count.count,
                "selected": count.mode or None,
                "url": str(toggled),
            }
        )
    return values


def bars(histogram: Histogram) -> list[dict[str, Any]]:
    """The bars of a date histogram."""
    return [
        {
            "from": bar.start.isoformat(),
            "to": bar.end.isoformat(),
            "count": bar.count,
            "collected": bar.collected,
        }
        for bar in histogram.bars
    ]


def entity_answer(entity: Entity, *, generation: str, asked: str) -> dict[str, Any]:
    """One entity.

    Args:
        asked: the id it was asked for by, which may have been merged into this one.
    """
    return {
        "id": entity.entity_id,
        "kind": entity.kind.value,
        "label": entity.label,
        "aliases": list(entity.aliases),
        "articles": entity.articles,
        "mentions": entity.mentions,
        "wikidata": entity.wikidata or None,
        "merged_from": asked if asked != entity.entity_id else None,
        "index": {"generation": generation},
    }


def article_answer(document: IndexDocument, *, generation: str) -> dict[str, Any]:
    """One article as it was indexed; `provenance` and `versions` are added from the catalogue."""
    base = f"/api/v1/articles/{document.article_id}"
    return {
        "id": document.article_id,
        "version": document.version,
        "kind": document.kind.value,
        "url": document.url,
        "title": document.title,
        "text": document.text,
        "outlet": document.outlet,
        "section": document.section,
        "language": document.language,
        "bylines": list(document.bylines),
        "published": partial_date(document.published),
        "modified": partial_date(document.modified),
        "collected": partial_date(document.collected),
        "mentioned": [partial_date(value) for value in document.mentioned],
        **{name: entities_of(document, kind) for kind, name in PLURALS.items()},
        "mentions": [
            {"start": span.start, "end": span.end, "id": span.entity_id}
            for span in document.mentions
        ],
        "family": {"id": document.family_id},
        "flags": list(document.flags),
        "original": {"sha256": document.original_sha256, "url": f"{base}/original"},
        "index": {"generation": generation},
        "links": {
            "self": base,
            "page": f"/articles/{document.article_id}",
            "permalink": f"{base}?generation={generation}",
        },
    }
