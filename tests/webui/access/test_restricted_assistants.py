"""Restricted articles: does an assistant see no more than the person whose token it has?

Each tool is called as a reader of the collection with restricted articles and of the one without;
and clients of the protocol's official SDK are answered by processes of `dispatches mcp`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from http import HTTPStatus
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from mcp import Client, StdioServerParameters, stdio_client, types
from mcp.client.streamable_http import streamable_http_client

from tests.conftest import ROOT
from tests.installing.serving import asked
from tests.webui.access.restricted import OPEN, RESTRICTED, SECRETS, Both, unvaried
from webui.assistants.tools import TOOLS, ask
from webui.server.processes import check_free

_ASKED = ("", "orlova", "quornhelm", "qazbegi", "witness OR bridge", "-orlova")


def _calls(both: Both) -> list[tuple[str, dict[str, Any]]]:
    """Calls of every tool, about hidden and shown things."""
    calls: list[tuple[str, dict[str, Any]]] = [("index", {})]
    for text in _ASKED:
        found = {"q": text, "facet": ["person", "outlet", "place", "date:month"], "limit": 20}
        calls += [("search", found), ("timeline", {"q": [text, "qazbegi"]})]
        calls += [("facet", {"field": one, "q": text}) for one in ("person", "outlet", "said_by")]
        calls += [("quotes", {"q": text}), ("languages", {"q": text})]
        if text:
            calls += [("concordance", {"q": text}), ("suggest", {"q": text[:4]})]
    persons = both.operator.get("/api/v1/entities?limit=1000").json
    assert persons is not None
    calls += [("entity", {"entity_id": one["id"]}) for one in persons["items"]]
    citation = both.operator.post("/cited", data={"address": f"/articles/{both.restricted[0]}"})
    calls.append(("cited", {"citation": citation.headers["Location"].rpartition("/")[2]}))
    for article in (*both.restricted, *both.shown[:2]):
        whole = both.operator.get(f"/api/v1/articles/{article}").json
        assert whole is not None
        own = {"article_id": article}
        calls += [
            ("article", own),
            ("article_at", {"url": whole["url"]}),
            ("paragraphs", own | {"paragraph": 1, "to": 2}),
            ("citations", own | {"paragraph": 1}),
            ("version", own | {"version": 1}),
            ("against", own | {"other_id": both.shown[-1]}),
            ("against", {"article_id": both.shown[-1], "other_id": article}),
        ]
    return calls


def _shown(client: FlaskClient) -> tuple[Flask, str]:
    """The application of a client, and the token that it shows."""
    return client.application, client.environ_base["HTTP_AUTHORIZATION"]


def test_every_tool_answers_a_reader_as_without(both: Both) -> None:
    calls = _calls(both)
    assert {name for name, _ in calls} == set(TOOLS)
    failed = set()
    for name, arguments in calls:
        app, token = _shown(both.reader)
        other, others = _shown(both.without)
        answered, without = ask(app, name, arguments, token), ask(other, name, arguments, others)
        text = unvaried(answered.text)
        assert (answered.failed, text) == (without.failed, unvaried(without.text)), name
        asked = json.dumps(arguments)
        assert not [one for one in SECRETS if one in text and one not in asked], name
        if answered.failed:
            failed.add(name)
    app, token = _shown(both.operator)
    assert not [
        name for name, asked in calls if name in failed and ask(app, name, asked, token).failed
    ]


@pytest.mark.slow
def test_clients_of_the_sdk_see_what_their_person_may_see(both: Both, tmp_path: Path) -> None:
    hidden = both.restricted[0]
    line = "from webui.cli import main; main()"

    async def seen(token: str) -> dict[str, Any]:
        arguments = ["-c", line, "mcp", "--home", str(both.home.path)]
        if token:
            path = tmp_path / "token"
            path.write_text(token.removeprefix("Bearer "))
            arguments += ["--token-file", str(path)]
        command = StdioServerParameters(
            command=sys.executable, args=arguments, env=os.environ | {"PYTHONPATH": str(ROOT)}
        )
        async with Client(stdio_client(command)) as assistant:
            told = {}
            for name, asked in (
                ("search", {"q": "", "facet": ["person", "outlet"], "limit": 100}),
                ("article", {"article_id": hidden}),
                ("paragraphs", {"article_id": hidden, "paragraph": 1}),
                ("citations", {"article_id": hidden}),
                ("facet", {"field": "outlet"}),
                ("concordance", {"q": "qazbegi OR orlova"}),
                ("quotes", {"q": "", "limit": 100}),
                ("suggest", {"q": "qaz"}),
                ("index", {}),
            ):
                result = await assistant.call_tool(name, asked)
                (said,) = result.content
                assert isinstance(said, types.TextContent)
                told[name] = (result.is_error, said.text)
            return told

    async def story() -> None:
        for token in ("", _shown(both.reader)[1]):
            told = await seen(token)
            assert json.loads(told["search"][1])["total"] == len(OPEN)
            for name, (failed, text) in told.items():
                assert failed == (name in {"article", "paragraphs", "citations"})
                assert not [one for one in (*SECRETS, *both.restricted[1:]) if one in text], name
        told = await seen(_shown(both.operator)[1])
        assert json.loads(told["search"][1])["total"] == len(OPEN) + len(RESTRICTED)
        assert not any(failed for failed, _ in told.values())
        assert "Qazbegi" in told["concordance"][1]

    anyio.run(story)


@pytest.mark.slow
def test_over_loopback_each_client_is_who_its_token_says(both: Both) -> None:
    port = check_free("127.0.0.1", 0)
    line = "from webui.cli import main; main()"
    command = [
        sys.executable,
        "-c",
        line,
        "mcp",
        "--http",
        str(port),
        "--home",
        str(both.home.path),
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    address = f"http://127.0.0.1:{port}/mcp"

    async def called(token: str, name: str, **arguments: Any) -> types.CallToolResult:
        headers = {"Authorization": token} if token else {}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=60) as client,
            Client(streamable_http_client(address, http_client=client)) as assistant,
        ):
            assert [one.name for one in (await assistant.list_tools()).tools] == list(TOOLS)
            return await assistant.call_tool(name, arguments)

    async def story() -> None:
        for client, found in ((both.reader, OPEN), (both.operator, (*OPEN, *RESTRICTED))):
            told = await called(_shown(client)[1], "search", q="", limit=1)
            assert told.structured_content is not None
            assert told.structured_content["total"] == len(found)
        for token, says in (("", "401"), ("Bearer dsp_nobody", "does not count")):
            refused = await called(token, "search", q="")
            (said,) = refused.content
            assert isinstance(said, types.TextContent)
            assert refused.is_error
            assert says in said.text

    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        try:
            assert server.stdout is not None
            assert address in server.stdout.readline()
            anyio.run(story)
            status, _ = asked(address, {"Host": "elsewhere.example"})
            assert status == HTTPStatus.MISDIRECTED_REQUEST
        finally:
            server.terminate()
