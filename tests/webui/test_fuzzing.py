"""Whatever is asked: no fault of the program, and every answer is as the OpenAPI document says."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.webui.test_api import conforms
from webui.api.openapi import document

PROMISE = document()
OPERATIONS = [(path, item["get"]) for path, item in PROMISE["paths"].items() if "get" in item]
SYNTAX = '"()*~:-' + "\\ "
WORDS = [
    "OR",
    "NOT",
    "AND",
    "ceasefire",
    "person:",
    "date:2022..",
    "title:",
    "a*",
    '"a b"~3',
    "x~1",
]
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.lists(st.sampled_from([*WORDS, *SYNTAX]), max_size=12).map(" ".join),
)


def _values(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    """Mostly what the schema allows, at times anything."""
    schema = schema.get("items", schema)
    if "enum" in schema:
        good: st.SearchStrategy[str] = st.sampled_from(schema["enum"])
    elif schema["type"] == "integer":
        good = st.integers(schema["minimum"], schema["maximum"]).map(str)
    elif "pattern" in schema:
        good = st.from_regex(schema["pattern"], fullmatch=True)
    else:
        good = TEXTS
    return st.one_of(good, good, TEXTS)


@st.composite
def requests(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    path, operation = draw(st.sampled_from(OPERATIONS))
    query = []
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            value = quote(draw(_values(parameter["schema"])) or "x", safe="")
            path = path.replace("{" + parameter["name"] + "}", value)
        elif draw(st.integers(0, 5)) == 0:
            values = draw(st.lists(_values(parameter["schema"]), min_size=1, max_size=3))
            query += [f"{parameter['name']}={quote(value)}" for value in values]
    if draw(st.integers(0, 9)) == 0:
        query.append(quote(draw(TEXTS)))
    return f"{path}?{'&'.join(query)}", operation


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(requests())
def test_every_answer_conforms(app: Flask, asked: tuple[str, dict[str, Any]]) -> None:
    address, operation = asked
    response = app.test_client().get(address)
    assert response.status_code < 500
    if response.mimetype == "application/problem+json":
        conforms(response.json, "Problem")
        return
    assert response.status_code in {200, 308} or not address.split("?")[0].isascii()
    promised = operation["responses"]["200"]["content"]
    if response.status_code == 200 and response.mimetype == "application/json":
        (content,) = promised.values()
        conforms(response.json, content["schema"]["$ref"].rsplit("/", 1)[1])


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.sampled_from(["/search", "/facets/person"]))
def test_no_query_breaks_a_page(app: Flask, text: str, path: str) -> None:
    response = app.test_client().get(f"{path}?q={quote(text)}")
    assert response.status_code in {200, 400}
    assert response.mimetype == "text/html"


@pytest.mark.parametrize(
    "query", ["q=%ff%fe", "q=%ed%a0%80", "=", "&&&", "q", "%00=%00", "q=a&q=b"]
)
def test_broken_query_strings(app: Flask, query: str) -> None:
    for path in ("/search", "/api/v1/search"):
        assert app.test_client().get(f"{path}?{query}").status_code in {200, 400}
