"""What do scripts get? JSON under `/api/v1`, one view for each row of `webui.api.endpoints`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, Response

from corpus.store import Catalogue
from indexer.entities.types import EntityKind
from search import service
from search.help.suggest import suggest as suggestions
from search.output.json_values import ITEM_FIELDS
from search.request import FacetRequest
from search.service import OpenIndex
from webui.answering import collection, from_index, here, revalidated, spans
from webui.api import openapi, serialisers
from webui.api.endpoints import (
    ARTICLE,
    ARTICLE_AT,
    ENTITY,
    FACET_ENDPOINT,
    INDEX,
    ORIGINAL,
    SEARCH_ENDPOINT,
    SUGGEST,
)
from webui.api.routing import as_json, serves
from webui.arguments import Arguments, first
from webui.pages.entity import frame_of
from webui.params import search_request
from webui.view import entity_account as entity_dossier
from webui.view.addresses import collected_from
from webui.view.article_account import dossier, provenance

blueprint = Blueprint("api", __name__)
_DOCUMENT = openapi.document()
_NOT_IN_A_HEADER = re.compile("[^ -~]")


@serves(blueprint, SEARCH_ENDPOINT)
def search(arguments: Arguments) -> Response:
    """`GET /api/v1/search`"""
    request = search_request(arguments)
    fields = [str(name) for name in arguments.get("fields", ITEM_FIELDS)]

    def answer(index: OpenIndex) -> Response:
        result = service.search(request, index)
        return as_json(serialisers.search_answer(result, here(), fields=fields))

    return from_index(arguments, answer)


@serves(blueprint, ARTICLE)
def article(arguments: Arguments) -> Response:
    """`GET /api/v1/articles/{article_id}`"""
    return _article(arguments, lambda _index, _catalogue: str(arguments["article_id"][0]))


@serves(blueprint, ARTICLE_AT)
def article_at(arguments: Arguments) -> Response:
    """`GET /api/v1/articles`"""
    url = str(arguments["url"][0])
    return _article(arguments, lambda index, catalogue: collected_from(url, index, catalogue))


def _article(arguments: Arguments, which: Callable[[OpenIndex, Catalogue], str]) -> Response:
    def answer(index: OpenIndex) -> Response:
        with collection().catalogue() as catalogue:
            known = dossier(which(index, catalogue), index, catalogue)
        described = serialisers.article_answer(known.document, generation=index.generation.name)
        described["family"]["articles"] = [found.article_id for found in known.family]
        described["provenance"] = provenance(known)
        described["versions"] = [
            {
                "version": stored.version,
                "collected": stored.collected.isoformat(),
                "sha256": stored.original_sha256,
            }
            for stored in known.versions
        ]
        return as_json(described)

    return revalidated(from_index(arguments, answer, cacheable=False))


@serves(blueprint, ORIGINAL)
def original(arguments: Arguments) -> Response:
    """`GET /api/v1/articles/{article_id}/original`: never rendered, whatever it is."""
    article_id = str(arguments["article_id"][0])
    version = int(first(arguments, "version", 0)) or None
    with collection().catalogue() as catalogue:
        stored = catalogue.article(article_id, version)
        kept = catalogue.original(stored.original_sha256)
    response = Response(kept.content, mimetype="application/octet-stream")
    name = f"{article_id}-{stored.original_sha256[:12]}.original"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Original-Media-Type"] = _NOT_IN_A_HEADER.sub("?", kept.media_type)
    response.set_etag(stored.original_sha256)
    return revalidated(response)


@serves(blueprint, FACET_ENDPOINT)
def facet(arguments: Arguments) -> Response:
    """`GET /api/v1/facets/{field}`"""
    field = str(arguments["field"][0])
    asked = FacetRequest(
        field,
        size=int(first(arguments, "facet_size", 20)),
        contains=str(first(arguments, "facet_q")),
        offset=int(first(arguments, "offset", 0)),
    )
    request = replace(search_request(arguments), facets=(asked,), limit=1, highlight=False)

    def answer(index: OpenIndex) -> Response:
        result = service.search(request, index)
        counted = result.facets[field]
        view = here()
        more = asked.offset + asked.size
        following = view.setting(offset=more) if more < counted.distinct else None
        question = view.without("facet_size", "facet_q", "offset").at("/api/v1/search")
        return as_json(
            {
                "facet": field,
                "distinct": counted.distinct,
                "offset": asked.offset,
                "values": serialisers.facet_values(counted, question),
                "total": result.total,
                "index": {"generation": result.generation},
                "links": {
                    "self": str(view),
                    "permalink": str(view.setting(generation=result.generation)),
                    "page": str(view.without("facet_size", "offset").at(f"/facets/{field}")),
                    "next": str(following) if following else None,
                },
            }
        )

    return from_index(arguments, answer)


@serves(blueprint, ENTITY)
def entity(arguments: Arguments) -> Response:
    """`GET /api/v1/entities/{entity_id}`"""
    asked = str(arguments["entity_id"][0])

    def answer(index: OpenIndex) -> Response:
        found = entity_dossier.find(asked, index)
        frame = frame_of(index, spans())
        known = entity_dossier.entity_dossier(found, index, collection().authority(), frame)
        return as_json(entity_dossier.as_json(known, asked=asked))

    return revalidated(from_index(arguments, answer, cacheable=False))


@serves(blueprint, SUGGEST)
def suggest(arguments: Arguments) -> Response:
    """`GET /api/v1/suggest`"""
    kind = first(arguments, "kind")

    def answer(index: OpenIndex) -> Response:
        found = suggestions(
            str(first(arguments, "q")),
            index,
            kind=EntityKind(str(kind)) if kind else None,
            limit=int(first(arguments, "limit", 10)),
        )
        return as_json(
            {
                "suggestions": [
                    {
                        "kind": one.kind,
                        "text": one.text,
                        "articles": one.articles,
                        "id": one.id or None,
                    }
                    for one in found
                ],
                "index": {"generation": index.generation.name},
            }
        )

    return from_index(arguments, answer)


@serves(blueprint, INDEX)
def describe_index(arguments: Arguments) -> Response:
    """`GET /api/v1/index`"""

    def answer(index: OpenIndex) -> Response:
        return as_json(
            {
                "generation": index.generation.name,
                "built_at": index.generation.manifest.built_at,
                "articles": index.engine.articles,
                "versions": dict(index.generation.manifest.versions),
            }
        )

    return from_index(arguments, answer)


@blueprint.get("/api/openapi.json")
def openapi_document() -> Response:
    """The promise, for programs that read promises."""
    return revalidated(as_json(_DOCUMENT))
