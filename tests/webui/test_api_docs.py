"""The page for script authors keeps its word: its codes are ours, and its client works."""

from __future__ import annotations

import html
import io
import json
import re
import shlex
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from corpus.errors import (
    BackupCorrupt,
    DispatchesError,
    EvidenceError,
    InputError,
    MachineTrouble,
    MailError,
    PersonNotFound,
    RequestError,
    TokenNotFound,
)
from docs.client import Dispatches, Incomplete, Problem
from search.dossiers.standing.questions import keep
from tests.conftest import ROOT
from tests.contract.made_up import made_up_documents, made_up_index
from tests.webui.conftest import MadeUpCollection
from webui.api import articles, openapi
from webui.api.openapi import document
from webui.app import create_app
from webui.deciding import Deciding
from webui.errors import REFUSALS, STATUS

TOKEN = "a-token-of-sixteen-characters"
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


@pytest.fixture
def address(collection: MadeUpCollection) -> Iterator[str]:
    """A server on a free port of this machine."""
    server = make_server("127.0.0.1", 0, create_app(collection), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_page_for_scripts_tells_every_parameter_of_every_address(address: str) -> None:
    with urllib.request.urlopen(f"{address}/api/docs", timeout=30) as answer:
        page = answer.read().decode()
    narrowing, *sections = page.split("<h2 id=")[1:]
    told = {section.split('"')[1]: section for section in sections}
    for method, path, operation in _operations():
        section = told.pop(f"op-{operation['operationId']}")
        assert f"{method.upper()} {path}<" in section
        for parameter in operation["parameters"]:
            name = f"<code>{parameter['name']}</code>"
            assert name in section or (name in narrowing and 'href="#narrowing"' in section)
        for status, answer in operation["responses"].items():
            assert status in section
            for content in answer.get("content", {}).values():
                for name in re.findall("/schemas/([A-Za-z]+)", str(content)):
                    assert f'href="#of-{name}"' in section or name == "Problem"
    assert set(told) == {"pages", "caching", "limits", "refusals", "objects"}
    assert page.count("<code>person_not</code>") == 1
    for name in set(re.findall(r'href="#([^"]+)"', page)):
        assert page.count(f' id="{name}"') == 1, name


def _operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in document()["paths"].items():
        for method, operation in operations.items():
            yield method, path, operation


@pytest.fixture
def every_kind(collection: MadeUpCollection, tmp_path: Path) -> FlaskClient:
    """A client of a collection that has a dossier, a kept question and a token to change them."""
    collection.kept = tmp_path / "dossiers.jsonl"
    collection.questions = tmp_path / "questions.jsonl"
    collection.decisions = tmp_path / "decisions.jsonl"
    keep(collection.questions, "Ana", "Bridges", "bridge", {})
    app = create_app(collection, deciding=Deciding(collection.decisions, TOKEN, collection.kept))
    app.testing = True
    client = app.test_client()
    begun = {"who": "Ana", "changes": [{"action": "create", "name": "Crossings"}]}
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert client.post("/api/v1/dossiers", json=begun, headers=headers).status_code == 201
    return client


def test_every_example_of_the_page_is_answered_as_it_says(
    every_kind: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    collected = made_up_documents()[0].article_id  # the catalogue of these tests has no visits
    for module in (articles, openapi):
        monkeypatch.setattr(module, "collected_from", lambda *_: collected)
    page = every_kind.get("/api/docs").text
    told = {section.split('"')[0]: section for section in page.split('<h2 id="op-')[1:]}
    asked = set()
    for method, path, operation in _operations():
        section = told[operation["operationId"]]
        (example,) = re.findall(r'class="example"><code>(.*?)</code>', section, flags=re.S)
        command, *words = shlex.split(html.unescape(example))
        assert command == "curl"
        address = words.pop().removeprefix("http://localhost")
        if "{citation}" in address:  # nobody cited anything here
            assert "Ask that" not in section
            continue
        options = dict(zip(words[::2], words[1::2], strict=True))
        headers = {
            name: value.replace("$TOKEN", TOKEN)
            for flag, header in zip(words[::2], words[1::2], strict=True)
            if flag == "-H"
            for name, _, value in [header.partition(": ")]
        }
        sent = options.get("--data-binary")
        answer = every_kind.open(address, method=method.upper(), headers=headers, data=sent)
        if operation["operationId"] == "decide_outlets":  # outlets of no collection but one
            assert answer.json is not None
            assert (answer.status_code, answer.json["param"]) == (400, "same")
            continue
        told_status = next(status for status in operation["responses"] if status.startswith("2"))
        assert str(answer.status_code) == told_status, (address, answer.text)
        assert answer.mimetype in operation["responses"][told_status]["content"]
        assert ("Ask that" in section) == (method == "get")
        asked.add(path)
    assert len(asked) > 40


NOT_OVER_HTTP = (InputError, EvidenceError, MailError, PersonNotFound, TokenNotFound, BackupCorrupt)
"""What only commands and pages meet; what is sent is refused as a parameter."""


def test_the_page_says_every_code_that_scripts_are_refused_with(client: FlaskClient) -> None:
    page = client.get("/api/docs").text
    ours = {
        one.code
        for one in _below(DispatchesError)
        if not issubclass(one, NOT_OVER_HTTP) and one not in {RequestError, MachineTrouble}
    }
    told = {code for _, codes, _ in REFUSALS for code in codes}
    assert ours <= told
    for status, codes, _ in REFUSALS:
        assert all(f"<code>{code}</code>" in page for code in codes)
        for kind in _below(DispatchesError):
            if kind.code in codes:
                assert next(at for one, at in STATUS if issubclass(kind, one)) == status
    table = re.findall(r"^\| (\d+)(?:, \d+)* \|([^|]*)", PAGE, re.M)
    assert {code for _, codes in table for code in re.findall("`([a-z_]+)`", codes)} == told


def _below(kind: type[DispatchesError]) -> list[type[DispatchesError]]:
    return [one for below in kind.__subclasses__() for one in (below, *_below(below))]


def test_the_client_walks_every_page(address: str) -> None:
    client = Dispatches(address)
    found = [item["id"] for item in client.every(fields=["id"])]
    assert len(found) == len(set(found)) == 9
    assert client.article(found[0])["id"] == found[0]


def test_the_client_begins_again_when_its_generation_is_gone(
    address: str, collection: MadeUpCollection, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Dispatches(address)
    search = client.search
    asked: list[str] = []

    def two_a_page(q: str = "", *, limit: int, cursor: str, **rest: Any) -> dict[str, Any]:
        asked.append(cursor)
        gone = {"20990101T000000Z-00000000": made_up_index()}
        collection.generations = gone if len(asked) == 3 else kept
        return search(q, limit=2, cursor=cursor, **rest)

    monkeypatch.setattr(client, "search", two_a_page)
    kept = dict(collection.generations)
    found = [item["id"] for item in client.every()]
    assert len(found) == len(set(found)) == 9
    assert len(asked) > 5


def test_the_client_tells_problems_apart(address: str) -> None:
    with pytest.raises(Problem) as caught:
        Dispatches(address).search("(drone")
    assert (caught.value.status, caught.value.code) == (400, "query_syntax")


def test_the_client_survives_an_answer_that_is_no_problem_document(address: str) -> None:
    with pytest.raises(Problem) as refused:
        Dispatches(f"{address}/nowhere").search("drone")
    assert (refused.value.status, refused.value.code) == (404, "")


def test_the_client_waits_when_told_to(
    collection: MadeUpCollection, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    app = create_app(collection, per_minute=60, proxies=1)

    answers = app.test_client()
    for _ in range(60):
        answers.get("/api/v1/index", headers={"X-Forwarded-For": "203.0.113.1"})
    refused = answers.get("/api/v1/index", headers={"X-Forwarded-For": "203.0.113.1"})

    def refuse(*_: Any, **__: Any) -> Any:
        headers = Message()
        headers["Retry-After"] = refused.headers["Retry-After"]
        body = io.BytesIO(refused.data)
        raise urllib.error.HTTPError("", refused.status_code, "", headers, body)

    monkeypatch.setattr("urllib.request.urlopen", refuse)
    with pytest.raises(Problem) as caught:
        Dispatches("http://127.0.0.1:9", patience=3).get("/api/v1/index")
    assert caught.value.code == "too_many_requests"
    assert waited == [1.0, 1.0, 1.0]


def test_the_client_notices_an_export_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    class Answer(list[bytes]):
        def __enter__(self) -> Answer:
            return self

        def __exit__(self, *_: object) -> None:
            return None

    for lines in ([b'{"id": "a"}\n'], [b'{"id": "a"}\n', b'{"id": "b", "te']):
        monkeypatch.setattr("urllib.request.urlopen", lambda *_, cut=lines, **__: Answer(cut))
        exported = Dispatches("http://127.0.0.1:9").export()
        assert next(exported) == {"id": "a"}
        with pytest.raises(Incomplete):
            next(exported)


def test_the_client_as_a_command(address: str) -> None:
    command = [sys.executable, str(ROOT / "docs" / "client.py"), address, "drone"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == Dispatches(address).search("drone")["total"]
    command[-1] = "(drone"
    bad = subprocess.run(command, capture_output=True, check=False, text=True, timeout=60)
    assert bad.returncode == 1
    assert "Traceback" not in bad.stderr
