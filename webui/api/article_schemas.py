"""What do the answers about one article look like? JSON Schema (2020-12) by name."""

from __future__ import annotations

from webui.api.json_schema import (
    COUNT,
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
from webui.view.comparison import Change

NAMED = listed(record({"id": TEXT, "label": TEXT, "count": COUNT}))
"""Entities with how often they are named."""

_PROVENANCE = record(
    {
        "first_collected": TEXT,
        "collected": TEXT,
        "cleaner": TEXT,
        "basis": {"type": "object", "additionalProperties": TEXT},
        "signals": {"type": "object", "additionalProperties": {"type": "number"}},
        "removed": listed(record({"rule": TEXT, "text": TEXT})),
        "captions": listed(TEXT),
        "sightings": listed(
            record(
                {
                    "locator": TEXT,
                    "url": MAYBE_TEXT,
                    "collected": TEXT,
                    "reader": TEXT,
                    "sha256": TEXT,
                }
            )
        ),
    }
)
_ARTICLE = record(
    {
        "id": TEXT,
        "version": COUNT,
        "kind": TEXT,
        "url": MAYBE_TEXT,
        "title": TEXT,
        "text": TEXT,
        "outlet": TEXT,
        "section": TEXT,
        "language": TEXT,
        "bylines": listed(TEXT),
        "published": or_null(named("PartialDate")),
        "modified": or_null(named("PartialDate")),
        "collected": named("PartialDate"),
        "mentioned": listed(named("PartialDate")),
        "persons": NAMED,
        "orgs": NAMED,
        "places": NAMED,
        "mentions": listed(record({"start": COUNT, "end": COUNT, "id": TEXT})),
        "family": record({"id": TEXT, "articles": listed(TEXT)}),
        "flags": listed(TEXT),
        "original": record({"sha256": TEXT, "url": TEXT}),
        "provenance": or_null(_PROVENANCE),
        "versions": listed(record({"version": COUNT, "collected": TEXT, "sha256": TEXT})),
        "index": GENERATION,
        "links": {"type": "object", "additionalProperties": TEXT},
    }
)
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_STRETCH = record({"change": {"enum": [change.value for change in Change]}, "text": TEXT})
_PARAGRAPHS: Schema = {
    **listed(listed(_STRETCH)),
    "description": "The kept and put in stretches make the new text, the kept and taken out ones"
    " the old.",
}

ARTICLE_SCHEMAS: dict[str, Schema] = {
    "Article": _ARTICLE,
    "Version": record(
        {
            "id": TEXT,
            "version": COUNT,
            "collected": TEXT,
            "url": MAYBE_TEXT,
            "title": TEXT,
            "text": TEXT,
            "outlet": TEXT,
            "language": TEXT,
            "bylines": listed(TEXT),
            "published": or_null(named("PartialDate")),
            "modified": or_null(named("PartialDate")),
            "flags": listed(TEXT),
            "original": record({"sha256": TEXT, "url": TEXT}),
            "same": or_null(_SHARE),
            "paragraphs": or_null(_PARAGRAPHS),
            "links": LINKS,
        }
    ),
    "Differences": record(
        {
            "id": TEXT,
            "against": TEXT,
            "same": _SHARE,
            "paragraphs": _PARAGRAPHS,
            "index": GENERATION,
            "links": LINKS,
        }
    ),
}
