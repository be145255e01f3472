"""Assistants get over the protocol what scripts get over HTTP, and can change nothing.

One process of `dispatches mcp` answers a client of the protocol's official SDK.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anyio
import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient
from mcp import Client, StdioServerParameters, stdio_client, types

from corpus.home import Home
from tests.conftest import ROOT
from tests.contract.made_up import made_up_documents
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_time_spent import hurry
from webui.access import store
from webui.access.guard import Guard
from webui.access.people import People
from webui.access.roles import Role
from webui.access.tokens import Tokens
from webui.app import create_app
from webui.assistants.server import server_of
from webui.assistants.tools import TOOLS, ask, input_schema, output_schema
from webui.collection import open_collection

DOCUMENT = made_up_documents()[0]


def told(app: Flask, name: str, **arguments: Any) -> dict[str, Any]:
    answered = ask(app, name, arguments)
    assert not answered.failed, answered.text
    found: dict[str, Any] = json.loads(answered.text)
    jsonschema.validate(arguments, input_schema(TOOLS[name]))
    jsonschema.validate(found, output_schema(TOOLS[name]))
    return found


def refused(app: Flask, name: str, **arguments: Any) -> dict[str, Any]:
    answered = ask(app, name, arguments)
    assert answered.failed
    found: dict[str, Any] = json.loads(answered.text)
    return found


def test_a_tool_answers_as_its_address_does(app: Flask, client: FlaskClient) -> None:
    found = told(app, "search", q="drone", facet=["person", "date:month"], limit=2, highlight=False)
    asked = "/api/v1/search?q=drone&facet=person,date:month&limit=2&highlight=false"
    answer = client.get(asked).get_json()
    assert found["items"] == answer["items"]
    assert found["facets"]["person"]
    assert [bar["count"] for bar in found["facets"]["date"]]
    assert found["complete"] is True
    assert all("flags" in item and "published" in item for item in found["items"])


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("facet", {"field": "outlet"}),
        ("suggest", {"q": "odu"}),
        ("languages", {"q": "drone strike", "left_out": ["ru:удар"]}),
        ("entity", {"entity_id": "per-oduya"}),
        ("article", {"article_id": DOCUMENT.article_id}),
        ("paragraphs", {"article_id": DOCUMENT.article_id, "paragraph": 1}),
        ("citations", {"article_id": DOCUMENT.article_id, "paragraph": None}),
        ("version", {"article_id": DOCUMENT.article_id, "version": 1}),
        (
            "against",
            {"article_id": DOCUMENT.article_id, "other_id": made_up_documents()[1].article_id},
        ),
        ("concordance", {"q": "drone"}),
        ("quotes", {"q": "drone"}),
        ("timeline", {"q": ["drone", "bridge"]}),
        ("index", {}),
    ],
)
def test_what_a_tool_answers_is_as_promised(
    app: Flask, name: str, arguments: Mapping[str, Any]
) -> None:
    assert told(app, name, **{key: one for key, one in arguments.items() if one is not None})
    assert not ask(app, name, arguments).failed


@pytest.mark.parametrize(
    ("name", "arguments", "param"),
    [
        ("search", {"q": "drone", "limit": 1000}, "limit"),
        ("search", {"query": "drone"}, "query"),
        ("search", {"q": {"text": "drone"}}, "q"),
        ("search", {"q": "drone", "limit": 2.5}, "limit"),
        ("article", {}, "article_id"),
        ("article", {"article_id": ["a", "b"]}, "article_id"),
        ("article", {"article_id": "../search"}, ""),
        ("article_at", {"url": ""}, "url"),
        ("paragraphs", {"article_id": DOCUMENT.article_id, "paragraph": 2, "to": 1}, "to"),
    ],
)
def test_what_a_script_may_not_ask_no_assistant_may(
    app: Flask, name: str, arguments: dict[str, Any], param: str
) -> None:
    problem = refused(app, name, **arguments)
    assert problem.get("param", "") == param
    assert problem["detail"]


def test_a_bad_query_is_told_with_its_place(app: Flask) -> None:
    problem = refused(app, "search", q='"drone')
    assert problem["code"] == "query_syntax"
    assert problem["position"] == 0


def test_half_a_surrogate_pair_is_no_fault(app: Flask) -> None:
    assert not ask(app, "search", {"q": "drone \ud83d"}).failed
    assert refused(app, "search", **{"\ud83d": "x"})["code"] == "invalid_parameter"


def test_where_people_sign_in_a_tool_needs_a_token(
    collection: MadeUpCollection, tmp_path: Path
) -> None:
    home = Home(tmp_path)
    guarded = create_app(collection, people=Guard(home, required=True))
    assert refused(guarded, "index")["status"] == 401
    wrong = ask(guarded, "index", {}, "Bearer dsp_nobody")
    assert wrong.failed
    assert "dispatches people add" in wrong.text
    with store.writing(home.people, new=True) as database:
        People(database).add("Rosa", Role.READER, "a long enough password")
        token = Tokens(database).make("Rosa")[1]
    assert refused(guarded, "index")["status"] == 401
    assert "does not count" in ask(guarded, "index", {}, "Bearer dsp_nobody").text
    assert not ask(guarded, "index", {}, f"Bearer {token}").failed


def test_no_tool_answers_with_anything_but_json_or_changes_anything() -> None:
    assert all(endpoint.answer for endpoint in TOOLS.values())
    assert len(TOOLS) <= 16, "more than an assistant chooses well among"


_LIMITS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("search", {"q": "drone", "limit": 101}, "invalid_parameter"),
    ("facet", {"field": "outlet", "limit": 1_001}, "invalid_parameter"),
    ("search", {"q": "x" * 2_001}, "query_too_complex"),
    ("search", {"q": " OR ".join(f"w{number}" for number in range(100))}, "query_too_complex"),
    ("search", {"q": '"drone'}, "query_syntax"),
    ("search", {"q": "drone", "outlet": ["x"] * 101}, "invalid_parameter"),
    ("timeline", {"q": ["a", "b", "c", "d", "e", "f", "g"]}, "invalid_parameter"),
    ("paragraphs", {"article_id": "aaaaaaaaaaaaaaaa", "paragraph": 1}, "article_not_found"),
    ("search", {"q": "drone", "generation": "20000101T000000Z-00000000"}, "generation_gone"),
)
_HONEST: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("search", {"q": "the drone", "person": ["Nobody At All"]}, "query.warnings"),
    ("search", {"q": "ceasfire"}, "query.did_you_mean"),
    ("search", {"q": "drone", "facet": ["outlet", "date:month"]}, "complete"),
    ("search", {"q": "", "undated": "only"}, "items"),
    ("concordance", {"q": "drone"}, "complete"),
    ("quotes", {"q": "drone"}, "complete"),
    ("timeline", {"q": ["drone", "bridge"]}, "series"),
    ("article", {"article_id": DOCUMENT.article_id}, "flags"),
)


def _for_scripts(app: Flask, name: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What the address of a tool answers, but for how long it took."""
    path = TOOLS[name].path.format(**asked)
    pairs = {key: one for key, one in asked.items() if f"{{{key}}}" not in TOOLS[name].path}
    return _untimed(app.test_client().get(f"/api/v1{path}", query_string=pairs).get_json())


def _untimed(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in answer.items() if key != "took_ms"}


def test_a_client_of_the_sdk_meets_the_limits_that_scripts_meet(app: Flask) -> None:
    async def story() -> None:
        async with Client(server_of(app)) as assistant:
            for name, asked, code in _LIMITS:
                refusal = await assistant.call_tool(name, asked)
                assert refusal.is_error, asked
                problem = json.loads(_text(refusal))
                assert problem == _for_scripts(app, name, asked)
                assert (problem["code"], bool(problem["detail"])) == (code, True), asked

    anyio.run(story)


def test_a_client_of_the_sdk_is_told_the_doubts_that_scripts_are(
    app: Flask, collection: MadeUpCollection
) -> None:
    """Word for word, on each page of a result, and where the time allowed was spent."""

    async def story() -> None:
        async with Client(server_of(app)) as assistant:

            async def same(name: str, asked: Mapping[str, Any]) -> dict[str, Any]:
                found = await _called(assistant, name, **asked)
                assert _untimed(found) == _for_scripts(app, name, asked), asked
                return found

            for name, asked, inside in _HONEST:
                told: Any = await same(name, asked)
                for key in inside.split("."):
                    told = told[key]
                assert told or inside == "flags", asked
            seen: list[str] = []
            page = await same("search", {"q": "", "limit": 4})
            while page["next_cursor"]:
                seen += [one["id"] for one in page["items"]]
                page = await same("search", {"q": "", "limit": 4, "cursor": page["next_cursor"]})
            seen += [one["id"] for one in page["items"]]
            assert len(seen) == len(set(seen)) == page["total"] == len(made_up_documents())
            hurry(collection)
            for name in ("search", "concordance"):
                assert (await same(name, {"q": "drone"}))["complete"] is False

    anyio.run(story)


def test_who_guesses_tokens_is_slowed_down_as_scripts_are(
    collection: MadeUpCollection, tmp_path: Path
) -> None:
    home = Home(tmp_path)
    with store.writing(home.people, new=True) as database:
        People(database).add("Rosa", Role.READER, "a long enough password")
    guarded = create_app(collection, people=Guard(home))
    told = [json.loads(ask(guarded, "index", {}, f"Bearer dsp_{one}").text) for one in range(30)]
    assert {one["status"] for one in told} == {401, 429}
    assert told[-1]["code"] == "too_many_requests"


@pytest.mark.slow
def test_a_client_of_the_sdk_searches_reads_and_cites(demo_home: Home) -> None:
    collection = open_collection(demo_home)
    app = create_app(collection)
    command = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from webui.cli import main; main()", "mcp", "--home", str(demo_home.path)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )

    async def story() -> None:
        async with Client(stdio_client(command)) as assistant:
            listed = await assistant.list_tools()
            assert [tool.name for tool in listed.tools] == list(TOOLS)
            assert all(
                tool.annotations and tool.annotations.read_only_hint for tool in listed.tools
            )

            found = await _called(assistant, "search", q="ceasefire", limit=3)
            same = json.loads(ask(app, "search", {"q": "ceasefire", "limit": 3}).text)
            assert found["items"] == same["items"] != []
            assert found["complete"] is True

            article_id = found["items"][0]["id"]
            passage = await _called(
                assistant, "paragraphs", article_id=article_id, paragraph=1, to=2
            )
            whole = await _called(assistant, "article", article_id=article_id)
            quoted = whole["text"][passage["start"] : passage["end"]]
            assert quoted == "\n\n".join(passage["paragraphs"])
            cited = await _called(assistant, "citations", article_id=article_id, paragraph=2)
            assert cited["quotation"] == passage["paragraphs"][1]
            assert all("2" in style["text"] for style in cited["styles"])

            wrong = await assistant.call_tool("search", {"q": "(ceasefire"})
            assert wrong.is_error
            assert "query_syntax" in _text(wrong)
            none = await assistant.call_tool("delete", {})
            assert none.is_error
            assert "search" in _text(none)

    anyio.run(story)
    collection.close()


async def _called(assistant: Client, name: str, **arguments: Any) -> dict[str, Any]:
    result = await assistant.call_tool(name, arguments)
    assert not result.is_error, _text(result)
    found: dict[str, Any] = result.structured_content
    assert json.loads(_text(result)) == found
    return found


def _text(result: types.CallToolResult) -> str:
    (said,) = result.content
    assert isinstance(said, types.TextContent)
    return said.text
