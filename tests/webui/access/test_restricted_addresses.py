"""Restricted articles: is every address answered as without them, whatever stands in it?

Addresses and parameters are those of the OpenAPI document and of the map of pages, so that a
new one is asked for too. Values are drawn: words, names and ids of hidden and of shown articles.
"""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from tests.webui.access.restricted import RESTRICTED, Both, same, unvaried
from webui.api.openapi import document

_WORDS = (
    *("orlova", "vesna", "drone", "bridge", "follow", "the", "toma", "brandt", "geneva"),
    *("qazbegi", "quornhelm", "secret bulletin", "dzhvari", "ninth column", "witness", "houses"),
)
_TEXTS = st.one_of(
    st.sampled_from(_WORDS),
    st.sampled_from(_WORDS).map(lambda word: f"{word[:4]}*"),
    st.lists(st.sampled_from(_WORDS), min_size=2, max_size=3).map(" OR ".join),
    st.tuples(st.sampled_from(("-", "title:", "person:", "outlet:", '"')), st.sampled_from(_WORDS))
    .map(lambda pair: "".join(pair) + ('"' if pair[0] == '"' else "")),
    st.sampled_from(("", "date:2022", "date:2024..", "salome~", "drone NEAR depot", "/x")),
)  # fmt: skip
_DAYS = st.sampled_from(("2022", "2022-01-15", "2023-03", "2024-11-30", "2025"))
_CLOSED = {"static", "access.sign_in", "health.measured", "languages.words"}
_KEPT = "Orlova"
_LINKS = 500
_PINNED = re.compile(r"[?&;](generation|cursor|since)=")
"""Links that name what each collection has of its own."""
_Addresses = list[tuple[str, list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def kept(both: Both) -> Both:
    """The two, with the same question kept in both by a reader of each."""
    for client in (both.reader, both.without):
        answer = client.post("/watch", data={"do": "keep", "name": _KEPT, "asked": "q=orlova"})
        assert answer.status_code == 303
    return both


@cache
def _entities(client: FlaskClient) -> tuple[str, ...]:
    answer = client.get("/api/v1/entities?limit=1000").json
    assert answer is not None
    return tuple(one["id"] for one in answer["items"])


def _id(both: Both, name: str) -> st.SearchStrategy[str] | None:
    """What may stand where an id is asked for."""
    if name in {"article_id", "other_id", "id", "a", "b", "after"}:
        return st.sampled_from((*both.restricted, *both.shown))
    if name == "entity_id":
        return st.sampled_from(_entities(both.operator))
    if name == "name":
        return st.sampled_from((_KEPT, "none"))
    if name == "since":
        return _DAYS
    if name == "generation":
        found = both.operator.get("/api/v1/index").json
        assert found is not None
        return st.just(found["generation"])
    if name == "url":
        outlets = [f"{outlet.replace(' ', '').lower()}-{date}" for _, outlet, date, _ in RESTRICTED]
        return st.sampled_from([f"https://{one}.example/story" for one in outlets])
    return None


def _values(both: Both, parameter: dict[str, Any]) -> st.SearchStrategy[str]:
    """Mostly what is allowed there."""
    schema = parameter["schema"].get("items", parameter["schema"])
    known = _id(both, parameter["name"])
    if known is not None:
        return known
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema.get("type") == "integer":
        return st.integers(schema.get("minimum", 0), min(schema.get("maximum", 9), 9)).map(str)
    if schema.get("type") == "boolean":
        return st.sampled_from(("true", "false"))
    if parameter["name"].startswith(("date_from", "date_to", "collected_")):
        return _DAYS
    return st.one_of(_TEXTS, st.sampled_from(_entities(both.operator)))


@cache
def _scripts() -> _Addresses:
    """Addresses for scripts, each with its parameters."""
    paths = document()["paths"].items()
    return [(path, item["get"]["parameters"]) for path, item in paths if "get" in item]


@cache
def _pages(both: Both) -> _Addresses:
    """Addresses of pages, each with the parameters that any address for scripts has."""
    every = {one["name"]: one for _, parameters in _scripts() for one in parameters}
    asked = [one for one in every.values() if one["in"] == "query"]
    pages = []
    for rule in both.reader.application.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in _CLOSED:
            if rule.rule.startswith("/api/v1"):
                continue
            inside = [
                {"name": name, "in": "path", "schema": every.get(name, {"schema": {}})["schema"]}
                for name in sorted(rule.arguments)
            ]
            pages.append((re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), [*inside, *asked]))
    return pages


def _address(both: Both, addresses: _Addresses, data: DataObject) -> str:
    path, parameters = data.draw(st.sampled_from(addresses), label="path")
    asked = [one for one in parameters if one["in"] == "query"]
    some = data.draw(st.lists(st.sampled_from(asked), max_size=3), label="asked") if asked else []
    always = [one for one in asked if one["name"] in {"q", "id", "since", "name", "url"}]
    for one in parameters:
        if one["in"] == "path":
            value = data.draw(_values(both, one))
            path = path.replace(f"{{{one['name']}}}", quote(value, safe="") or "x")
    pairs = [(one["name"], data.draw(_values(both, one))) for one in [*always, *some]]
    return f"{path}?{urlencode(pairs)}"


_FEW, _MANY = (
    settings(max_examples=many, suppress_health_check=[HealthCheck.too_slow]) for many in (25, 600)
)


def _any(kept: Both, data: DataObject) -> None:
    same(kept, _address(kept, [*_scripts(), *_pages(kept)], data))


@_FEW
@given(data=st.data())
def test_any_address_is_answered_as_without(kept: Both, data: DataObject) -> None:
    _any(kept, data)


@pytest.mark.slow
@_MANY
@given(data=st.data())
def test_many_addresses_are_answered_as_without(kept: Both, data: DataObject) -> None:
    _any(kept, data)


def test_the_addresses_are_those_of_the_day(kept: Both) -> None:
    """And answers are no refusals alone: most of what is drawn for these is found."""
    scripts = {path for path, _ in _scripts()}
    assert {f"/api/v1/{one}" for one in ("languages", "decisions", "entities", "changes")} < scripts
    assert "/api/v1/watch/news" in scripts
    assert {"/feed.json", "/watch/feed.json", "/quotes"} < {path for path, _ in _pages(kept)}
    for asked in (
        *("/languages?q=orlova", "/entities?limit=1000", "/entities?q=qazbegi", "/decisions"),
        *(f"/watch/news?name={_KEPT}&since={day}" for day in ("2020", "2030-01-01")),
        *(f"/watch/news?name={_KEPT}", "/watch", "/quotes?q=witness"),
    ):
        assert same(kept, f"/api/v1{asked}") == 200
    for asked in ("/feed.json", f"/watch/feed.json?name={_KEPT}", f"/watch/news?name={_KEPT}"):
        assert same(kept, asked) == 200


def _sheets(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = [one for one in book.namelist() if one.startswith("xl/")]
        return "\n".join(f"{name}\n{book.read(name).decode()}" for name in names)


@settings(max_examples=5)
@given(questions=st.lists(_TEXTS.filter(bool), min_size=1, max_size=4))
def test_tables_of_questions_are_answered_as_without(kept: Both, questions: list[str]) -> None:
    """As JSON, as a table and as a workbook."""
    table = "question\n" + "".join(f'"{one.replace(chr(34), chr(34) * 2)}"\n' for one in questions)

    def told(client: FlaskClient, form: str) -> tuple[int, str]:
        answer = client.post(f"/api/v1/batch{form}?hits=9", data=table, content_type="text/csv")
        text = _sheets(answer.data) if form == ".xlsx" else answer.text
        return answer.status_code, unvaried(text)

    for form in ("", ".csv", ".xlsx"):
        status, text = told(kept.reader, form)
        assert (status, text) == told(kept.without, form)
        assert status == 200
        assert not [one for one in kept.restricted if one in text]


@pytest.mark.slow
def test_every_link_that_a_reader_can_follow_is_answered_as_without(kept: Both) -> None:
    """From the first page on: all that a person can click, in whatever order links are met."""
    waiting = [
        "/",
        "/search?q=orlova",
        "/map",
        "/coverage",
        "/api/v1/search?q=&facet=person,outlet",
    ]
    seen: dict[str, int] = {}
    while waiting and len(seen) < _LINKS:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen[address] = same(kept, address)
        text = kept.reader.get(address).text
        found = re.findall(r'(?:href="|"(?:url|self|next|page|csv|atom)": ?")(/[^"]*)"', text)
        links = [unescape(one) for one in found if not _PINNED.search(one)]
        waiting += [link.partition("#")[0] for link in links if not link.startswith("/static/")]
    assert len(seen) == _LINKS
    assert set(seen.values()) <= {200, 302, 400, 403, 404, 405}
