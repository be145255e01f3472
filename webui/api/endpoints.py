"""Which addresses do scripts have? One table: routes, checks and OpenAPI come of it."""

from __future__ import annotations

from dataclasses import replace

from indexer.entities.types import EntityKind
from indexer.schema import FACETS
from search.output.exports import MEDIA_TYPES, Format
from webui.api.analysis_endpoints import ANALYSES
from webui.api.endpoint import Endpoint
from webui.arguments import Parameter
from webui.params import COUNTING, GENERATION, NARROWING, ORDERING, SEARCH

_ARTICLE_ID = Parameter(
    "article_id",
    {"type": "string", "pattern": "^[a-z2-7]{16}$", "maxLength": 16},
    "Public id of an article",
    place="path",
)
_VERSION = Parameter(
    "version",
    {"type": "integer", "minimum": 1, "maximum": 1_000_000},
    "Which version of the article; the latest when left out",
)
_OFFSET = Parameter(
    "offset",
    {"type": "integer", "minimum": 0, "maximum": 1_000_000, "default": 0},
    "How many of the most frequent values to skip",
)


SEARCH_ENDPOINT = Endpoint(
    name="search",
    path="/search",
    summary="Find articles: one page of hits, with counts",
    parameters=SEARCH,
    answer="SearchAnswer",
)
ARTICLE = Endpoint(
    name="article",
    path="/articles/{article_id}",
    summary="One article: text, dates, names, provenance, versions",
    parameters=(_ARTICLE_ID, GENERATION),
    answer="Article",
    may_be_missing=True,
)
ARTICLE_AT = Endpoint(
    name="article_at",
    path="/articles",
    summary="The article that was collected from an address, in any form of the address",
    parameters=(
        Parameter(
            "url",
            {"type": "string", "maxLength": 2_000, "examples": ["https://news.example/bridge"]},
            "The address, as anybody links it: tracking, amp and print forms are one",
            needed=True,
        ),
        GENERATION,
    ),
    answer="Article",
    may_be_missing=True,
)
ORIGINAL = Endpoint(
    name="original",
    path="/articles/{article_id}/original",
    summary="The bytes as they were collected, as a download",
    parameters=(_ARTICLE_ID, _VERSION),
    media_type="application/octet-stream",
    may_be_missing=True,
)
VERSION = Endpoint(
    name="version",
    path="/articles/{article_id}/versions/{version}",
    summary="One version of an article as it was, and what it changed",
    parameters=(_ARTICLE_ID, replace(_VERSION, about="Which version", place="path")),
    answer="Version",
    may_be_missing=True,
)
AGAINST = Endpoint(
    name="against",
    path="/articles/{article_id}/against/{other_id}",
    summary="What one report has otherwise than another",
    parameters=(
        _ARTICLE_ID,
        replace(_ARTICLE_ID, name="other_id", about="Public id of the report to compare it with"),
        GENERATION,
    ),
    answer="Differences",
    may_be_missing=True,
)
FACET_ENDPOINT = Endpoint(
    name="facet",
    path="/facets/{field}",
    summary="All values of one facet, counted over a search, by pages",
    parameters=(
        Parameter("field", {"type": "string", "enum": list(FACETS)}, "The facet", place="path"),
        *NARROWING,
        *COUNTING,
        _OFFSET,
    ),
    answer="FacetPage",
)
ENTITY = Endpoint(
    name="entity",
    path="/entities/{entity_id}",
    summary="One person, organization or place",
    parameters=(
        Parameter(
            "entity_id",
            {"type": "string", "maxLength": 200},
            "Public id of an entity",
            place="path",
        ),
        GENERATION,
    ),
    answer="Entity",
    may_be_missing=True,
)
SUGGEST = Endpoint(
    name="suggest",
    path="/suggest",
    summary="Type-ahead: names and words that start so",
    parameters=(
        Parameter("q", {"type": "string", "maxLength": 100}, "What was typed so far"),
        Parameter(
            "kind",
            {"type": "string", "enum": [kind.value for kind in EntityKind]},
            "Only entities of this kind",
        ),
        Parameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": 50, "default": 10},
            "At most so many",
        ),
    ),
    answer="Suggestions",
)
INDEX = Endpoint(
    name="index",
    path="/index",
    summary="What is being searched: generation, counts, versions",
    answer="Index",
)
_EXPORTED = {
    Format.CSV: "CSV with a header",
    Format.JSONL: "JSON Lines, texts included",
    Format.BIB: "BibTeX",
    Format.RIS: "RIS",
}
EXPORTS = {
    form: Endpoint(
        name=f"export_{form}",
        path=f"/export.{form}",
        summary=f"The whole result as {what}, streamed; the last line says that it is complete",
        parameters=(*NARROWING, *ORDERING),
        media_type=MEDIA_TYPES[form].partition(";")[0],
    )
    for form, what in _EXPORTED.items()
}
ENDPOINTS = (
    SEARCH_ENDPOINT,
    ARTICLE,
    ARTICLE_AT,
    ORIGINAL,
    VERSION,
    AGAINST,
    FACET_ENDPOINT,
    ENTITY,
    SUGGEST,
    *EXPORTS.values(),
    *ANALYSES,
    INDEX,
)
