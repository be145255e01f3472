"""OpenAPI document: what the interface for scripts promises, made from its endpoints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

import msgspec
from flask import Response, request

from corpus.errors import NotFoundError, StorageError
from indexer.entities.types import EntityKind
from search import service
from search.engine import MatchRequest
from search.language.parser import MAX_LENGTH
from search.language.query import Everything
from search.output.answers import SCHEMAS, Bar
from search.request import MAX_FACET_SIZE, MAX_LIMIT
from webui import params
from webui.answering import collection, page, revalidated
from webui.api import (
    analyses,
    articles,
    batch,
    changes,
    cited,
    decisions,
    dossiers,
    entities,
    languages,
    passages,
    search,
    watch,
)
from webui.api.endpoint import Endpoint, as_json, blueprint
from webui.api.exports import EXPORTS
from webui.arguments import MAX_VALUES, Parameter
from webui.errors import REFUSALS, Problem
from webui.server.limits import DEFAULT_PER_MINUTE, EXPORT_COST
from webui.server.several import root
from webui.view.article_account import collected_from
from webui.view.batching import MAX_BYTES, MAX_QUESTIONS
from webui.view.links import API

__all__ = ["ENDPOINTS", "blueprint", "document"]

ENDPOINTS = (
    search.SEARCH,
    articles.ARTICLE,
    articles.ARTICLE_AT,
    articles.SEVERAL,
    articles.ORIGINAL,
    articles.VERSION,
    articles.AGAINST,
    passages.PARAGRAPHS,
    passages.CITATIONS,
    search.FACET,
    *batch.ENDPOINTS,
    entities.ENTITIES,
    entities.ENTITY,
    decisions.DECISIONS,
    decisions.DECIDE_OUTLETS,
    search.SUGGEST,
    dossiers.DOSSIERS,
    dossiers.CHANGE_DOSSIERS,
    dossiers.DOSSIER,
    *dossiers.REPORT_ENDPOINTS.values(),
    watch.WATCH,
    watch.CHANGE,
    watch.NEWS,
    cited.CITED,
    changes.CHANGES,
    *EXPORTS.values(),
    analyses.CONCORDANCE,
    analyses.CONCORDANCE_CSV,
    analyses.TIMELINE,
    analyses.TOGETHER,
    analyses.MAP,
    analyses.QUOTES,
    analyses.QUOTES_CSV,
    analyses.COVERAGE,
    languages.LANGUAGES,
    search.INDEX,
)
"""Every address, in the order of the document."""

_ALWAYS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.REQUEST_URI_TOO_LONG,
    HTTPStatus.MISDIRECTED_REQUEST,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)


_RATES = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
_ON_ERROR = {
    HTTPStatus.METHOD_NOT_ALLOWED: ("Allow", *_RATES),
    HTTPStatus.REQUEST_URI_TOO_LONG: (),
    HTTPStatus.UNAUTHORIZED: ("WWW-Authenticate", *_RATES),
    HTTPStatus.MISDIRECTED_REQUEST: (),
    HTTPStatus.TOO_MANY_REQUESTS: ("Retry-After", *_RATES),
}
"""Headers of a refusal, where not those that tell of rates."""


def _whole(about: str) -> dict[str, Any]:
    return {"description": about, "schema": {"type": "integer", "minimum": 0}}


_HEADERS: dict[str, dict[str, Any]] = {
    "RateLimit-Limit": _whole("Questions a minute; these three only to clients that have a limit"),
    "RateLimit-Remaining": _whole("Questions that may be asked now"),
    "RateLimit-Reset": _whole("Seconds until all of them may be asked again"),
    "Retry-After": _whole("Seconds to wait"),
    "WWW-Authenticate": {
        "description": "How to say who asks: by a token",
        "schema": {"type": "string"},
    },
    "Allow": {"description": "Methods that it takes", "schema": {"type": "string"}},
    "ETag": {
        "description": "Of the answer, for `If-None-Match`; weak where it may be compressed",
        "schema": {"type": "string"},
    },
    "Cache-Control": {"description": "How long it holds", "schema": {"type": "string"}},
}


_SECURITY = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "Where people sign in: a token of `dispatches tokens make`",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "dispatches",
        "description": "Where people sign in: the session of a browser; over TLS its name begins "
        "with `__Host-`",
    },
}


def document() -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Dispatches",
            "version": version("dispatches"),
            "summary": "Search war reporting: who said or did what, when, and the proof.",
            "description": (
                "Answers come from one generation of the index, named in each. Codes of errors are "
                "stable, their wording is not. An unknown parameter is an error; an empty one is "
                "the same as none."
            ),
        },
        "paths": _paths(),
        "security": [{}, {"token": []}, {"session": []}],
        "components": {
            "schemas": _schemas(),
            "headers": _HEADERS,
            "securitySchemes": _SECURITY,
        },
    }


def _paths() -> dict[str, dict[str, Any]]:
    """Every address, with what each of its methods does."""
    found: dict[str, dict[str, Any]] = {}
    for endpoint in ENDPOINTS:
        methods = found.setdefault(API + endpoint.path, {})
        methods[endpoint.method.lower()] = _operation(endpoint)
    return found


def _schemas() -> dict[str, Any]:
    """JSON Schema (2020-12) of all that is sent and answered, and of its parts, by name."""
    kinds: dict[type, None] = {}
    for endpoint in ENDPOINTS:
        kinds |= dict.fromkeys(
            one
            for one in (endpoint.answer, endpoint.body_type, endpoint.whole, *endpoint.lines)
            if one
        )
    _, found = msgspec.json.schema_components([*kinds, Bar, Problem], ref_template=SCHEMAS)
    return dict(found)


def _content(endpoint: Endpoint) -> dict[str, Any]:
    """What an answer holds; of a file that is read by lines, what its lines are."""
    if endpoint.answer:
        return {"schema": _reference(endpoint.answer)}
    if endpoint.whole:
        (schema,), _ = msgspec.json.schema_components([endpoint.whole], ref_template=SCHEMAS)
        return {"schema": dict(schema)}
    if endpoint.lines:
        lines = [_reference(one) for one in endpoint.lines]
        return {
            "schema": {"type": "string", "description": "One JSON object a line"},
            "x-lines": {"oneOf": lines} if len(lines) > 1 else lines[0],
        }
    if endpoint.columns:
        about = "CSV (RFC 4180): a header, a row each; the last row says whether it is complete"
        return {
            "schema": {"type": "string", "description": about},
            "x-columns": list(endpoint.columns),
        }
    return {}


def _reference(answer: type) -> dict[str, str]:
    return {"$ref": SCHEMAS.format(name=answer.__name__)}


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    content = _content(endpoint)
    statuses = sorted({*_ALWAYS, *endpoint.statuses})
    sent = {
        "requestBody": {
            "required": True,
            "description": endpoint.body_about,
            "content": {
                endpoint.body: {
                    "schema": (
                        _reference(endpoint.body_type) if endpoint.body_type else {"type": "string"}
                    )
                }
            },
        }
    }
    unchanged = {
        "304": {
            "description": "Nothing changed since the `ETag` in `If-None-Match`",
            "headers": _headers("ETag", *_RATES),
        }
    }
    tagged = () if endpoint.body else ("ETag",)
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": [_parameter(parameter) for parameter in endpoint.parameters],
        **(sent if endpoint.body else {}),
        "responses": {
            str(int(endpoint.success)): {
                "description": "The answer",
                "headers": _headers(*tagged, "Cache-Control", *_RATES),
                "content": {endpoint.media_type: content},
            },
            **({} if endpoint.body else unchanged),
            **{
                str(int(status)): {
                    "description": status.phrase,
                    "headers": _headers(*_ON_ERROR.get(status, _RATES)),
                    "content": {"application/problem+json": {"schema": _reference(Problem)}},
                }
                for status in statuses
            },
        },
    }


def _headers(*names: str) -> dict[str, dict[str, str]]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = dict(parameter.schema)
    if parameter.many:
        schema = {"type": "array", "items": schema, "maxItems": parameter.most}
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": parameter.place,
        "description": parameter.about + (" (or a comma list)" if parameter.commas else "") + ".",
        "required": parameter.needed or parameter.place == "path",
        "schema": schema,
    }
    if parameter.many:
        described |= {"style": "form", "explode": True}
    return described


_DOCUMENT = document()
_SHARED = [parameter.name for parameter in params.NARROWING if parameter.name != "q"]
_PLACE = re.compile(r"\{(\w+)\}")
_LIMITS = (
    ("An address", "8,190 bytes"),
    ("A question", f"{MAX_LENGTH:,} characters"),
    ("Values of one parameter", f"{MAX_VALUES}"),
    ("Hits, ids or articles in one answer", f"{MAX_LIMIT}"),
    ("Values of a facet, names, changes or decisions in one answer", f"{MAX_FACET_SIZE:,}"),
    ("Questions in one table", f"{MAX_QUESTIONS:,}, and {MAX_BYTES:,} bytes"),
    ("Questions a minute", f"{DEFAULT_PER_MINUTE}, unless the operator chose otherwise"),
    ("What an export counts for", f"{EXPORT_COST} questions"),
)


def _known() -> dict[str, str]:
    """What stands for places in addresses of examples: what this collection has."""
    found = {"field": "person", "version": "1", "paragraph": "1"}
    for one in collection().dossiers().all()[:1]:
        found["dossier"] = one.dossier_id
    for name in list(collection().standing()[0])[:1]:
        found["name"] = name
    try:
        with collection().index() as index:
            found["generation"] = index.generation.name
            for entity in index.directory.search("", kind=EntityKind.PERSON, limit=1):
                found["entity_id"] = entity.entity_id
            newest = index.engine.match(MatchRequest(query=Everything(), limit=2)).hits
            if ids := index.engine.article_ids([hit.doc_number for hit in newest]):
                found |= {"article_id": ids[0], "other_id": ids[-1]}
                url = service.article(ids[0], index).url or ""
                with collection().catalogue() as catalogue:
                    collected_from(url, index, catalogue)
                found["url"] = url
    except (StorageError, NotFoundError):  # not here, or not for who asks: they stay without ids
        return found
    return found


def examples(known: Mapping[str, str]) -> dict[str, tuple[str, bool]]:
    """By name of an endpoint, an address to begin with, and whether it answers here.

    Args:
        known: what stands for places in addresses.
    """
    found = {}
    for endpoint in ENDPOINTS:
        address = API + endpoint.path + endpoint.example
        places = set(_PLACE.findall(address))
        filled = _PLACE.sub(lambda place: quote(known.get(place[1], place[0]), safe="{}"), address)
        found[endpoint.name] = (filled, all(map(known.get, places)))
    return found


@blueprint.get("/api/openapi.json")
def openapi_document() -> Response:
    """The promise, for programs that read promises."""
    served = [{"url": request.url_root.rstrip("/")}] if root() else []  # else where this is
    return revalidated(as_json(_DOCUMENT | ({"servers": served} if served else {})))


@blueprint.get("/api/docs")
def docs() -> Response:
    """The promise, to read."""
    return revalidated(
        page(
            "docs.html",
            document=_DOCUMENT,
            narrowing=_SHARED,
            endpoints=ENDPOINTS,
            api=API,
            examples=examples(_known()),
            limits=_LIMITS,
            refusals=REFUSALS,
            server=request.url_root.rstrip("/"),
        )
    )
