"""What do the answers of analyses look like? JSON Schema (2020-12) by name."""

from __future__ import annotations

from webui.api.json_schema import (
    COUNT,
    DAY,
    FLAG,
    GENERATION,
    LINKS,
    TEXT,
    Schema,
    listed,
    named,
    or_null,
    record,
)

_NUMBER: Schema = {"type": "number", "minimum": 0}
_LINE = record(
    {
        "id": TEXT,
        "title": TEXT,
        "outlet": TEXT,
        "published": or_null(named("PartialDate")),
        "flags": listed(TEXT),
        "start": COUNT,
        "end": COUNT,
        "left": TEXT,
        "match": TEXT,
        "right": TEXT,
        "why": {"enum": ["exact", "stem", "prefix", "fuzzy", "alias"]},
    }
)
_NEIGHBORS = listed(record({"word": TEXT, "count": COUNT}))
_SERIES = record(
    {
        "query": record({"text": TEXT, "parsed": TEXT, "warnings": listed(TEXT)}),
        "total": COUNT,
        "imprecise": COUNT,
        "undated": COUNT,
        "complete": FLAG,
        "counts": listed(COUNT),
        "shares": listed(or_null({"type": "number", "minimum": 0, "maximum": 1})),
    }
)
_OUTLET = record(
    {
        "outlet": TEXT,
        "counts": listed(COUNT),
        "total": COUNT,
        "imprecise": COUNT,
        "undated": COUNT,
        "gaps": listed(record({"from": DAY, "to": DAY})),
    }
)
_BY_NAME: Schema = {"type": "object", "additionalProperties": COUNT}
_CATALOGUE = record(
    {
        "articles": COUNT,
        "versions": COUNT,
        "sightings": COUNT,
        "by_kind": _BY_NAME,
        "failures": COUNT,
        "failures_by_code": _BY_NAME,
    }
)

ANALYSIS_SCHEMAS: dict[str, Schema] = {
    "Concordance": record(
        {
            "occurrences": COUNT,
            "articles": COUNT,
            "matching": COUNT,
            "complete": FLAG,
            "lines": listed(_LINE),
            "neighbors": record({"left": _NEIGHBORS, "right": _NEIGHBORS}),
            "index": GENERATION,
            "links": LINKS,
        }
    ),
    "Timeline": record(
        {
            "interval": TEXT,
            "spans": listed(record({"from": DAY, "to": DAY, "collected": COUNT})),
            "series": listed(_SERIES),
            "index": GENERATION,
            "links": LINKS,
        }
    ),
    "Together": record(
        {
            "total": COUNT,
            "complete": FLAG,
            "names": listed(
                record(
                    {
                        "id": TEXT,
                        "kind": TEXT,
                        "label": TEXT,
                        "articles": COUNT,
                        "everywhere": COUNT,
                        "lift": _NUMBER,
                    }
                )
            ),
            "pairs": listed(
                record(
                    {
                        "ids": {**listed(TEXT), "minItems": 2, "maxItems": 2},
                        "articles": COUNT,
                        "expected": _NUMBER,
                        "lift": _NUMBER,
                        "likelihood": _NUMBER,
                    }
                )
            ),
            "index": GENERATION,
            "links": LINKS,
        }
    ),
    "Coverage": record(
        {
            "interval": TEXT,
            "columns": listed(record({"from": DAY, "to": DAY})),
            "all": _OUTLET,
            "outlets": listed(_OUTLET),
            "distinct": COUNT,
            "complete": FLAG,
            "catalogue": _CATALOGUE,
            "index": GENERATION,
            "links": LINKS,
        }
    ),
}
