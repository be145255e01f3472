"""Schemathesis asks a running server anything its OpenAPI document allows, and what it does not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from werkzeug.serving import make_server

from tests.webui.conftest import MadeUpCollection
from webui.api.openapi import document
from webui.app import create_app
from webui.deciding import Deciding

TOKEN = "a-token-of-sixteen-characters"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def test_the_promise_is_valid_openapi() -> None:
    OpenAPIV31SpecValidator(document()).validate()


@pytest.fixture
def promise(collection: MadeUpCollection, tmp_path: Path) -> Iterator[schemathesis.BaseSchema]:
    collection.kept, collection.decisions = tmp_path / "kept.jsonl", tmp_path / "decided.jsonl"
    collection.questions = tmp_path / "questions.jsonl"
    leave = Deciding(collection.decisions, TOKEN, collection.kept)
    server = make_server("127.0.0.1", 0, create_app(collection, deciding=leave), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield schemathesis.openapi.from_url(f"http://127.0.0.1:{server.server_port}/api/openapi.json")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "method"),
    [(path, method) for path, methods in sorted(document()["paths"].items()) for method in methods],
)
def test_every_answer_is_as_promised(
    promise: schemathesis.BaseSchema, path: str, method: str
) -> None:
    @settings(max_examples=40, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(promise[path][method].as_strategy())
    def asked(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {TOKEN}"})

    asked()
