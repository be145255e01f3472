"""What do the answers for scripts look like? JSON Schema (2020-12) by name, for OpenAPI 3.1."""

from __future__ import annotations

from indexer.entities.authority.decisions import Action
from webui.api.analysis_schemas import ANALYSIS_SCHEMAS
from webui.api.article_schemas import ARTICLE_SCHEMAS, NAMED
from webui.api.json_schema import (
    COUNT,
    DAY,
    FLAG,
    GENERATION,
    LINKS,
    MAYBE_TEXT,
    TEXT,
    Schema,
    listed,
    named,
    or_null,
    record,
)

_HIGHLIGHT = record(
    {
        "field": {"enum": ["title", "text"]},
        "text": TEXT,
        "spans": listed({"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2}),
    }
)
_ITEM: Schema = {
    **record(
        {},
        id=TEXT,
        url=MAYBE_TEXT,
        title=TEXT,
        outlet=TEXT,
        language=TEXT,
        published=or_null(named("PartialDate")),
        flags=listed(TEXT),
        score={"type": "number"},
        persons=NAMED,
        orgs=NAMED,
        places=NAMED,
        family=record({"id": TEXT, "size": COUNT, "matches": COUNT}),
        highlights=listed(_HIGHLIGHT),
    ),
    "description": "One hit; `fields` chooses among its keys.",
}
_FACET_VALUE = record(
    {
        "id": TEXT,
        "label": TEXT,
        "count": COUNT,
        "selected": {"enum": ["any", "all", "not", None]},
        "url": TEXT,
    }
)
_SEARCH_ANSWER = record(
    {
        "query": record(
            {
                "text": TEXT,
                "parsed": TEXT,
                "warnings": listed(TEXT),
                "did_you_mean": MAYBE_TEXT,
                "names": listed(
                    record(
                        {
                            "facet": TEXT,
                            "typed": TEXT,
                            "ids": listed(TEXT),
                            "labels": listed(TEXT),
                        }
                    )
                ),
            }
        ),
        "index": record({"generation": TEXT, "articles": COUNT, "built_at": TEXT}),
        "total": COUNT,
        "families": COUNT,
        "complete": FLAG,
        "took_ms": {"type": "number", "minimum": 0},
        "items": listed(named("Item")),
        "facets": {
            "type": "object",
            "properties": {"date": listed(named("Bar"))},
            "additionalProperties": listed(named("FacetValue")),
        },
        "facet_distinct": {"type": "object", "additionalProperties": COUNT},
        "next_cursor": MAYBE_TEXT,
        "links": LINKS,
    },
    dates=record({"interval": TEXT, "imprecise": COUNT, "undated": COUNT}),
)
_DECISION: Schema = {
    **record(
        {
            "id": TEXT,
            "action": {"enum": [action.value for action in Action]},
            "entities": listed(TEXT),
            "labels": listed(TEXT),
            "value": TEXT,
            "names": listed(TEXT),
            "articles": listed(TEXT),
            "who": TEXT,
            "when": TEXT,
            "why": TEXT,
            "evidence": listed(TEXT),
            "in_index": FLAG,
            "stands": FLAG,
        }
    ),
    "description": "What a person decided; `in_index` is false until a rebuild has obeyed it,"
    " `stands` when somebody took it back and no rebuild has heard of that yet.",
}
_PROBLEM = record(
    {"type": TEXT, "title": TEXT, "status": COUNT, "code": TEXT, "detail": TEXT},
    param=TEXT,
    position=COUNT,
    did_you_mean=TEXT,
)

SCHEMAS: dict[str, Schema] = {
    "SearchAnswer": _SEARCH_ANSWER,
    "Item": _ITEM,
    "FacetValue": _FACET_VALUE,
    "Bar": record({"from": DAY, "to": DAY, "count": COUNT, "collected": COUNT}),
    "PartialDate": record(
        {
            "date": TEXT,
            "precision": {"enum": ["year", "month", "day", "minute"]},
            "basis": TEXT,
        }
    ),
    "FacetPage": record(
        {
            "facet": TEXT,
            "distinct": COUNT,
            "offset": COUNT,
            "values": listed(named("FacetValue")),
            "total": COUNT,
            "index": GENERATION,
            "links": LINKS,
        }
    ),
    "Entity": record(
        {
            "id": TEXT,
            "kind": TEXT,
            "label": TEXT,
            "aliases": listed(TEXT),
            "names": listed(record({"name": TEXT, "mentions": COUNT, "articles": COUNT})),
            "articles": COUNT,
            "mentions": COUNT,
            "wikidata": MAYBE_TEXT,
            "merged_from": MAYBE_TEXT,
            "dates": record(
                {
                    "interval": TEXT,
                    "bars": listed(named("Bar")),
                    "imprecise": COUNT,
                    "undated": COUNT,
                }
            ),
            "together": {"type": "object", "additionalProperties": NAMED},
            "outlets": NAMED,
            "newest": listed(named("Item")),
            "first": listed(named("Item")),
            "decisions": listed(named("Decision")),
            "index": GENERATION,
            "links": LINKS,
        }
    ),
    "Decision": _DECISION,
    "Suggestions": record(
        {
            "suggestions": listed(
                record({"kind": TEXT, "text": TEXT, "articles": COUNT, "id": MAYBE_TEXT})
            ),
            "index": GENERATION,
        }
    ),
    "Index": record(
        {
            "generation": TEXT,
            "built_at": TEXT,
            "articles": COUNT,
            "versions": {"type": "object", "additionalProperties": TEXT},
        }
    ),
    "Problem": _PROBLEM,
    **ARTICLE_SCHEMAS,
    **ANALYSIS_SCHEMAS,
}
