"""Pages of other sites: those that the operator named read what scripts get, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus.errors import InvalidParameter
from corpus.home import Home
from tests.webui.conftest import MadeUpCollection
from webui.access.guard import Guard
from webui.app import create_app
from webui.server.hosts import Hosts

NAMED, OTHER = "https://desk.example", "https://evil.example"
SCRIPTS = ("/api/v1/search?q=drone", "/api/openapi.json", "/feed.atom?q=drone")
PAGES = ("/search?q=drone", "/api/docs", "/healthz")
ALLOW = "Access-Control-Allow-Origin"


def _client(
    collection: MadeUpCollection, *origins: str, people: Guard | None = None
) -> FlaskClient:
    app = create_app(collection, served_as=Hosts(origins=origins), people=people, per_minute=2)
    app.testing = True
    return app.test_client()


def _asked(client: FlaskClient, address: str, origin: str, **more: str) -> TestResponse:
    site = {"Origin": origin, "Sec-Fetch-Site": "cross-site"}
    return client.get(address, headers=site | more)


def _preflight(client: FlaskClient, address: str, origin: str) -> TestResponse:
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    return client.options(address, headers=headers)


def test_no_site_reads_unless_it_is_named(collection: MadeUpCollection) -> None:
    nobody, named = _client(collection), _client(collection, NAMED)
    for address in (*SCRIPTS, *PAGES):
        assert ALLOW not in _asked(nobody, address, NAMED).headers
        assert ALLOW not in _asked(named, address, OTHER).headers
        assert ALLOW not in named.get(address).headers
        told = _asked(named, address, NAMED)
        assert told.headers.get(ALLOW) == (NAMED if address in SCRIPTS else None)
        assert ("Origin" in told.headers.get("Vary", "")) == (address in SCRIPTS)
        assert "Origin" not in _asked(nobody, address, NAMED).headers.get("Vary", "")
    for near in ("https://desk.example.evil.example", "http://desk.example", "null", ""):
        assert ALLOW not in _asked(named, SCRIPTS[0], near).headers


def test_all_sites_may_be_named_and_none_with_what_a_browser_keeps(
    collection: MadeUpCollection,
) -> None:
    for origins in ((NAMED,), ("*",)):
        client = _client(collection, *origins)
        for answer in (
            _asked(client, SCRIPTS[0], NAMED),
            _preflight(client, "/api/v1/batch", NAMED),
            _asked(client, "/api/v1/search?q=(", NAMED),
        ):
            assert answer.headers[ALLOW] == (NAMED if origins == (NAMED,) else "*")
            assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Origin" not in _asked(client, SCRIPTS[0], OTHER).headers["Vary"]


def test_what_a_script_needs_of_an_answer_is_told_also_of_a_304(
    collection: MadeUpCollection,
) -> None:
    client = _client(collection, NAMED)
    first = _asked(client, SCRIPTS[0], NAMED)
    exposed = first.headers["Access-Control-Expose-Headers"]
    assert {"ETag", "Retry-After", "RateLimit-Remaining"} <= set(exposed.split(", "))
    again = _asked(client, SCRIPTS[0], NAMED, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.headers[ALLOW]) == (304, NAMED)


def test_a_preflight_is_answered_before_anybody_is_asked_for(
    collection: MadeUpCollection, tmp_path: Path
) -> None:
    guarded = _client(collection, NAMED, people=Guard(Home(tmp_path), required=True))
    told = _preflight(guarded, "/api/v1/batch", NAMED)
    assert (told.status_code, told.data) == (204, b"")
    assert "Authorization" in told.headers["Access-Control-Allow-Headers"]
    assert _preflight(guarded, "/api/v1/batch", OTHER).status_code == 401
    assert _preflight(guarded, "/search", NAMED).status_code in {303, 401}
    refused = _asked(guarded, SCRIPTS[0], NAMED)
    assert (refused.status_code, refused.headers[ALLOW]) == (401, NAMED)


def test_a_named_site_sends_tables_of_questions_and_others_do_not(
    collection: MadeUpCollection,
) -> None:
    client = _client(collection, NAMED)

    def sent(origin: str) -> int:
        headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site", "Content-Type": "text/csv"}
        table = "question\ndrone\n"
        return client.post("/api/v1/batch", data=table, headers=headers).status_code

    assert sent(NAMED) == 200
    assert sent(OTHER) == 403


@pytest.mark.parametrize(
    "text",
    ["desk.example", "https://desk.example/", "ftp://desk.example", "https://", "**", "", "null"],
)
def test_what_is_no_site_is_refused(text: str) -> None:
    with pytest.raises(InvalidParameter) as caught:
        Hosts(origins=[text])
    assert caught.value.where == "--allow-origin"


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("HTTPS://Desk.Example", "https://desk.example"),
        ("https://desk.example:443", "https://desk.example"),
        ("http://desk.example:80", "http://desk.example"),
        ("http://desk.example:8080", "http://desk.example:8080"),
        ("http://[::1]:3000", "http://[::1]:3000"),
    ],
)
def test_a_site_is_known_as_browsers_name_it(text: str, origin: str) -> None:
    assert Hosts(origins=[text]).lets_read(origin) == origin
