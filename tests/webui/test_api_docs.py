"""The page for script authors keeps its word: its codes are ours, and its client works."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from typing import Any

import pytest
from werkzeug.serving import make_server

from docs.client import Dispatches, Incomplete, Problem
from tests.conftest import ROOT
from tests.contract.made_up import made_up_index
from tests.webui.conftest import MadeUpCollection
from webui.api.openapi import document
from webui.app import create_app

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
    for path, operations in document()["paths"].items():
        ((method, operation),) = operations.items()
        section = told.pop(f"op-{operation['operationId']}")
        assert f"{method.upper()} {path}<" in section
        for parameter in operation["parameters"]:
            name = f"<code>{parameter['name']}</code>"
            assert name in section or (name in narrowing and 'href="#narrowing"' in section)
    assert not told
    assert page.count("<code>person_not</code>") == 1


def test_every_code_of_the_page_is_one_of_ours() -> None:
    from corpus import errors  # noqa: PLC0415 - only here

    known = {getattr(one, "code", "") for one in vars(errors).values()} | {"too_many_requests"}
    (table,) = re.findall(r"^\| status .*?\n\n", PAGE, flags=re.M | re.S)
    codes = re.findall(r"`([a-z]+_[a-z_]+)`", "".join(re.findall(r"^\| \d+ \|[^|]*", table, re.M)))
    assert codes
    assert set(codes) <= known


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
