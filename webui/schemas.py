"""What do the answers for scripts look like? JSON Schema (2020-12) by name, for OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def _object(required: dict[str, Schema], **optional: Schema) -> Schema:
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_MAYBE_TEXT: Schema = {"type": ["string", "null"]}
_DAY: Schema = {"type": "string", "format": "date"}
_NAMED = _list(_object({"id": _TEXT, "label": _TEXT, "count": _COUNT}))
_GENERATION = _object({"generation": _TEXT})

_HIGHLIGHT = _object(
    {
        "field": {"enum": ["title", "text"]},
        "text": _TEXT,
        "spans": _list({"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2}),
    }
)
_ITEM: Schema = {
    **_object(
        {},
        id=_TEXT,
        url=_MAYBE_TEXT,
        title=_TEXT,
        outlet=_TEXT,
        language=_TEXT,
        published=_or_null(_ref("PartialDate")),
        score={"type": "number"},
        persons=_NAMED,
        orgs=_NAMED,
        places=_NAMED,
        family=_object({"id": _TEXT, "size": _COUNT, "matches": _COUNT}),
        highlights=_list(_HIGHLIGHT),
    ),
    "description": "One hit; `fields` chooses among its keys.",
}
_FACET_VALUE = _object(
    {
        "id": _TEXT,
        "label": _TEXT,
        "count": _COUNT,
        "selected": {"enum": ["any", "all", "not", None]},
        "url": _TEXT,
    }
)
_SEARCH_ANSWER = _object(
    {
        "query": _object(
            {
                "text": _TEXT,
                "parsed": _TEXT,
                "warnings": _list(_TEXT),
                "did_you_mean": _MAYBE_TEXT,
                "names": _list(
                    _object(
                        {
                            "facet": _TEXT,
                            "typed": _TEXT,
                            "ids": _list(_TEXT),
                            "labels": _list(_TEXT),
                        }
                    )
                ),
            }
        ),
        "index": _object({"generation": _TEXT, "articles": _COUNT, "built_at": _TEXT}),
        "total": _COUNT,
        "families": _COUNT,
        "complete": {"type": "boolean"},
        "took_ms": {"type": "number", "minimum": 0},
        "items": _list(_ref("Item")),
        "facets": {
            "type": "object",
            "properties": {"date": _list(_ref("Bar"))},
            "additionalProperties": _list(_ref("FacetValue")),
        },
        "facet_distinct": {"type": "object", "additionalProperties": _COUNT},
        "next_cursor": _MAYBE_TEXT,
        "links": {"type": "object", "additionalProperties": _MAYBE_TEXT},
    },
    dates=_object({"interval": _TEXT, "imprecise": _COUNT, "undated": _COUNT}),
)
_PROVENANCE = _object(
    {
        "first_collected": _TEXT,
        "collected": _TEXT,
        "cleaner": _TEXT,
        "basis": {"type": "object", "additionalProperties": _TEXT},
        "signals": {"type": "object", "additionalProperties": {"type": "number"}},
        "removed": _list(_object({"rule": _TEXT, "text": _TEXT})),
        "captions": _list(_TEXT),
        "sightings": _list(
            _object(
                {
                    "locator": _TEXT,
                    "url": _MAYBE_TEXT,
                    "collected": _TEXT,
                    "reader": _TEXT,
                    "sha256": _TEXT,
                }
            )
        ),
    }
)
_ARTICLE = _object(
    {
        "id": _TEXT,
        "version": _COUNT,
        "kind": _TEXT,
        "url": _MAYBE_TEXT,
        "title": _TEXT,
        "text": _TEXT,
        "outlet": _TEXT,
        "section": _TEXT,
        "language": _TEXT,
        "bylines": _list(_TEXT),
        "published": _or_null(_ref("PartialDate")),
        "modified": _or_null(_ref("PartialDate")),
        "collected": _ref("PartialDate"),
        "mentioned": _list(_ref("PartialDate")),
        "persons": _NAMED,
        "orgs": _NAMED,
        "places": _NAMED,
        "mentions": _list(_object({"start": _COUNT, "end": _COUNT, "id": _TEXT})),
        "family": _object({"id": _TEXT, "articles": _list(_TEXT)}),
        "flags": _list(_TEXT),
        "original": _object({"sha256": _TEXT, "url": _TEXT}),
        "provenance": _or_null(_PROVENANCE),
        "versions": _list(_object({"version": _COUNT, "collected": _TEXT, "sha256": _TEXT})),
        "index": _GENERATION,
        "links": {"type": "object", "additionalProperties": _TEXT},
    }
)
_PROBLEM = _object(
    {"type": _TEXT, "title": _TEXT, "status": _COUNT, "code": _TEXT, "detail": _TEXT},
    param=_TEXT,
    position=_COUNT,
    did_you_mean=_TEXT,
)

SCHEMAS: dict[str, Schema] = {
    "SearchAnswer": _SEARCH_ANSWER,
    "Item": _ITEM,
    "FacetValue": _FACET_VALUE,
    "Bar": _object({"from": _DAY, "to": _DAY, "count": _COUNT, "collected": _COUNT}),
    "PartialDate": _object(
        {
            "date": _TEXT,
            "precision": {"enum": ["year", "month", "day", "minute"]},
            "basis": _TEXT,
        }
    ),
    "Article": _ARTICLE,
    "FacetPage": _object(
        {
            "facet": _TEXT,
            "distinct": _COUNT,
            "offset": _COUNT,
            "values": _list(_ref("FacetValue")),
            "total": _COUNT,
            "index": _GENERATION,
            "links": {"type": "object", "additionalProperties": _MAYBE_TEXT},
        }
    ),
    "Entity": _object(
        {
            "id": _TEXT,
            "kind": _TEXT,
            "label": _TEXT,
            "aliases": _list(_TEXT),
            "articles": _COUNT,
            "mentions": _COUNT,
            "wikidata": _MAYBE_TEXT,
            "merged_from": _MAYBE_TEXT,
            "index": _GENERATION,
        }
    ),
    "Suggestions": _object(
        {
            "suggestions": _list(
                _object({"kind": _TEXT, "text": _TEXT, "articles": _COUNT, "id": _MAYBE_TEXT})
            )
        }
    ),
    "Index": _object(
        {
            "generation": _TEXT,
            "built_at": _TEXT,
            "articles": _COUNT,
            "versions": {"type": "object", "additionalProperties": _TEXT},
        }
    ),
    "Problem": _PROBLEM,
}
