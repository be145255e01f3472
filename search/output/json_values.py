"""How is an answer written down for scripts? Values to plain dictionaries, ready for JSON.

Commands and the interface for scripts write the same item in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from corpus.dates import PartialDate
from indexer.document import IndexDocument
from indexer.entities.types import EntityKind
from search.engine import Histogram
from search.result import Facet, FacetCount, Hit, SearchResult

PLURALS = {EntityKind.PERSON: "persons", EntityKind.ORG: "orgs", EntityKind.PLACE: "places"}

ITEM_FIELDS = (
    "id", "url", "title", "outlet", "language", "published", "flags", "score",
    "persons", "orgs", "places", "family", "highlights",
)  # fmt: skip
"""Keys of one item of an answer."""

MAX_BARS = 4000
"""Ten years of days and more: an answer of half a megabyte."""


def partial_date(value: PartialDate | None) -> dict[str, str] | None:
    """A date with its precision and basis; None where there is none."""
    if value is None:
        return None
    return {"date": value.iso, "precision": value.precision.value, "basis": value.basis}


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
        "flags": list(document.flags),
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
        if found.kind is kind
    ]


def bars(histogram: Histogram) -> list[dict[str, Any]]:
    """The bars of a date histogram, without a gap between them.

    Where they would be more than `MAX_BARS`, as days are when one article speaks of 1848, those in
    which nothing was collected are left out.
    """
    columns = histogram.columns
    whole = len(columns.days) <= MAX_BARS
    return [
        {"from": start, "to": end, "count": count, "collected": collected}
        for (start, end), count, collected in zip(
            columns.written, histogram.counts, columns.collected, strict=True
        )
        if whole or collected
    ]


def facet_value(count: FacetCount) -> dict[str, Any]:
    """One value of a facet."""
    return {
        "id": count.value,
        "label": count.label,
        "count": count.count,
        "selected": count.mode or None,
    }


def facet_values(facet: Facet) -> list[dict[str, Any]]:
    """The counted values of a facet."""
    return [facet_value(count) for count in facet.counts]


def answer(
    result: SearchResult,
    fields: Collection[str] = ITEM_FIELDS,
    *,
    values: Callable[[Facet], list[dict[str, Any]]] = facet_values,
) -> dict[str, Any]:
    """A whole answer.

    Args:
        fields: the keys of an item to give.
        values: how the values of a facet are written.
    """
    whole: dict[str, Any] = {
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
        "facets": {name: values(facet) for name, facet in result.facets.items()},
        "facet_distinct": {name: facet.distinct for name, facet in result.facets.items()},
        "next_cursor": result.next_cursor or None,
    }
    if result.histogram is not None:
        whole["facets"]["date"] = bars(result.histogram)
        whole["dates"] = {
            "interval": result.histogram.interval.value,
            "imprecise": result.histogram.imprecise,
            "undated": result.histogram.undated,
        }
    return whole


def article_answer(document: IndexDocument, *, generation: str) -> dict[str, Any]:
    """One article as it was indexed."""
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
        "original": {"sha256": document.original_sha256},
        "index": {"generation": generation},
    }
