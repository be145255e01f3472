"""What does the interface for scripts promise? An OpenAPI 3.1 document, made from `ENDPOINTS`."""

from __future__ import annotations

from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from webui.api.endpoint import Endpoint
from webui.api.endpoints import ENDPOINTS
from webui.api.schemas import SCHEMAS
from webui.arguments import Parameter

PREFIX = "/api/v1"
_ALWAYS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)


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
        "paths": {PREFIX + endpoint.path: {"get": _operation(endpoint)} for endpoint in ENDPOINTS},
        "components": {"schemas": SCHEMAS},
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    if endpoint.answer:
        schema: dict[str, Any] = {"$ref": f"#/components/schemas/{endpoint.answer}"}
        content: dict[str, Any] = {"schema": schema}
    else:
        content = {}
    statuses = sorted({*_ALWAYS, *endpoint.statuses})
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": [_parameter(parameter) for parameter in endpoint.parameters],
        "responses": {
            "200": {"description": "The answer", "content": {endpoint.media_type: content}},
            "304": {"description": "Nothing changed since the `ETag` in `If-None-Match`"},
            **{
                str(int(status)): {
                    "description": status.phrase,
                    "content": {
                        "application/problem+json": {
                            "schema": {"$ref": "#/components/schemas/Problem"}
                        }
                    },
                }
                for status in statuses
            },
        },
    }


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
