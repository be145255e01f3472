"""OpenAPI document: what the interface for scripts promises, made from its endpoints."""

from __future__ import annotations

from http import HTTPStatus
from importlib.metadata import version
from typing import Any

import msgspec
from flask import Response, request

from search.output.answers import SCHEMAS, Bar
from webui import params
from webui.answering import page, revalidated
from webui.api import (
    analyses,
    articles,
    batch,
    changes,
    cited,
    dossiers,
    entities,
    passages,
    search,
    watch,
)
from webui.api.endpoint import Endpoint, as_json, blueprint
from webui.api.exports import EXPORTS
from webui.arguments import Parameter
from webui.errors import Problem
from webui.server.several import root
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
    entities.ENTITY,
    search.SUGGEST,
    dossiers.DOSSIERS,
    dossiers.DOSSIER,
    *dossiers.REPORT_ENDPOINTS.values(),
    watch.WATCH,
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
        "paths": {
            API + endpoint.path: {endpoint.method.lower(): _operation(endpoint)}
            for endpoint in ENDPOINTS
        },
        "security": [{}, {"token": []}, {"session": []}],
        "components": {
            "schemas": _schemas(),
            "headers": _HEADERS,
            "securitySchemes": _SECURITY,
        },
    }


def _schemas() -> dict[str, Any]:
    """JSON Schema (2020-12) of every answer and of what it is made of, by name."""
    answers = {endpoint.answer: None for endpoint in ENDPOINTS if endpoint.answer}
    _, found = msgspec.json.schema_components([*answers, Bar, Problem], ref_template=SCHEMAS)
    return dict(found)


def _reference(answer: type) -> dict[str, str]:
    return {"$ref": SCHEMAS.format(name=answer.__name__)}


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    if endpoint.answer:
        content: dict[str, Any] = {"schema": _reference(endpoint.answer)}
    else:
        content = {}
    statuses = sorted({*_ALWAYS, *endpoint.statuses})
    sent = {
        "requestBody": {
            "required": True,
            "description": endpoint.body_about,
            "content": {endpoint.body: {"schema": {"type": "string"}}},
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
            "200": {
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


@blueprint.get("/api/openapi.json")
def openapi_document() -> Response:
    """The promise, for programs that read promises."""
    served = [{"url": request.url_root.rstrip("/")}] if root() else []  # else where this is
    return revalidated(as_json(_DOCUMENT | ({"servers": served} if served else {})))


@blueprint.get("/api/docs")
def docs() -> Response:
    """The promise, to read."""
    return revalidated(page("docs.html", document=_DOCUMENT, narrowing=_SHARED))
