"""Whatever comes from outside gets an answer that is ours: never a fault, never another's view."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import InvalidParameter
from corpus.home import Home
from search.engines.whoosh import plans
from search.service import OpenIndex
from tests.webui.conftest import MadeUpCollection, _stored, app, client, collection
from webui.app import create_app
from webui.collection import open_collection
from webui.deciding import Deciding
from webui.server.hosts import Hosts
from webui.server.proxies import networks

__all__ = ["_stored", "app", "client", "collection"]  # fixtures

SEARCH = "/api/v1/search?q=&limit=1"


# Cursors


def encoded(content: bytes, seal: bytes) -> str:
    return base64.urlsafe_b64encode(seal + content).decode().rstrip("=")


def old_seal(content: bytes) -> bytes:
    """What anybody could make before there was a key."""
    return hashlib.blake2b(content, digest_size=6, person=b"cursor").digest()


@pytest.fixture
def good(client: FlaskClient) -> str:
    answer = client.get(SEARCH)
    assert answer.json is not None
    return str(answer.json["next_cursor"])


def test_the_cursor_of_an_answer_leads_on(client: FlaskClient, good: str) -> None:
    first, second = client.get(SEARCH), client.get(f"{SEARCH}&cursor={good}")
    assert first.json is not None
    assert second.json is not None
    assert second.status_code == 200
    assert first.json["next_cursor"] != second.json["next_cursor"]


CRAFTED: list[Any] = [
    [],
    {},
    None,
    17,
    "text",
    ["G"],
    ["G", "Q", "0x1p+0"],
    ["G", "Q", 1.5, 0],
    ["G", "Q", "no number", 0],
    ["G", "Q", "0x1p+99999", 0],
    ["G", "Q", "nan", 0],
    ["G", "Q", "inf", 0],
    ["G", "Q", "0x1p+0", -1],
    ["G", "Q", "0x1p+0", 10**30],
    ["G", "Q", "0x1p+0", 1.5],
    ["G", "Q", "0x1p+0", "0"],
    ["G", "Q", "0x1p+0", None],
    ["G", "Q", "0x1p+0", True],
    ["G", "Q", None, 0],
    ["G", {}, "0x1p+0", 0],
    ["G", 5, "0x1p+0", 0],
    [5, "Q", "0x1p+0", 0],
    [["G"], "Q", "0x1p+0", 0],
    [{"a": 1}, "Q", "0x1p+0", 0],
    ["../../etc", "Q", "0x1p+0", 0],
    ["\0", "Q", "0x1p+0", 0],
    ["\ud800", "Q", "0x1p+0", 0],
    ["G", "Q", "0x1p+0", 0, 0],
    ["G", "Q", "0x1p+0", 0],
]


@pytest.mark.parametrize("crafted", CRAFTED, ids=[json.dumps(one) for one in CRAFTED])
@pytest.mark.parametrize("sealed", [old_seal, lambda _: bytes(12), lambda _: b""])
def test_no_crafted_cursor_is_a_fault_or_an_answer(
    client: FlaskClient, good: str, crafted: Any, sealed: Callable[[bytes], bytes]
) -> None:
    generation, question, *_ = json.loads(base64.urlsafe_b64decode(good + "==")[12:])
    text = json.dumps(crafted).replace('"G"', json.dumps(generation))
    content = text.replace('"Q"', json.dumps(question)).encode()
    answer = client.get(f"{SEARCH}&cursor={encoded(content, sealed(content))}")
    assert answer.status_code in {400, 410}
    assert answer.mimetype == "application/problem+json"


@settings(max_examples=60)
@given(data=st.data())
def test_an_altered_cursor_is_refused(data: st.DataObject, shared_client: FlaskClient) -> None:
    first = shared_client.get(SEARCH)
    assert first.json is not None
    raw = bytearray(base64.urlsafe_b64decode(first.json["next_cursor"] + "=="))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= 1 << data.draw(st.integers(0, 7))
    altered = base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("=")
    assert shared_client.get(f"{SEARCH}&cursor={altered}").status_code in {400, 410}


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_text_is_a_cursor(text: str, shared_client: FlaskClient) -> None:
    answer = shared_client.get("/api/v1/search", query_string={"cursor": f"x{text}"})
    assert answer.status_code == 400


def test_nested_without_end_is_no_fault(client: FlaskClient) -> None:
    deep = encoded(b"[" * 400, bytes(12))
    assert client.get(f"{SEARCH}&cursor={deep}").status_code == 400
    assert client.get(f"{SEARCH}&cursor={'A' * 7000}").status_code == 400


# Headers


@pytest.fixture(scope="module")
def shared_client(_stored: tuple[Home, OpenIndex]) -> FlaskClient:
    return create_app(MadeUpCollection(*_stored)).test_client()


HEADERS = (
    "Accept Accept-Language Accept-Encoding Authorization Cache-Control Content-Type Cookie "
    "Date Expect Forwarded From If-Match If-Modified-Since If-None-Match If-Range "
    "If-Unmodified-Since Origin Path-Info Pragma Range Referer Remote-Addr Script-Name "
    "SCRIPT_NAME TE Transfer-Encoding Upgrade User-Agent Via X-Forwarded-For X-Forwarded-Host "
    "X-Forwarded-Port X-Forwarded-Prefix "
    "X-Forwarded-Proto X-HTTP-Method-Override X-Original-URL X-Rewrite-URL X-Script-Name"
).split()


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from(HEADERS),
    value=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=80)
    | st.sampled_from(
        ["bytes=0-", "bytes=9-1,-1", 'W/"', '"' * 50, "*", "-1", "9" * 400, "../..", "//x"]
    ),
    path=st.sampled_from(
        [SEARCH, "/search?q=a", "/healthz", "/feed.atom?q=a", "/nowhere", "/static/x"]
    ),
)
def test_no_header_is_a_fault(name: str, value: str, path: str, shared_client: FlaskClient) -> None:
    answer = shared_client.get(
        path, environ_overrides={f"HTTP_{name.upper().replace('-', '_')}": value}
    )
    assert answer.status_code < 500


@pytest.mark.parametrize("prefix", ["/x", "x", "/", "//evil.example", "/\xff", "/a b", "\0"])
def test_a_script_name_is_no_fault(client: FlaskClient, prefix: str) -> None:
    for path in ("/search", "/feed.atom?q=a", "/api/v1/search", "/nowhere"):
        assert client.get(path, environ_overrides={"SCRIPT_NAME": prefix}).status_code < 500


# Host


def asked_as(client: FlaskClient, host: str, path: str = SEARCH) -> int:
    return client.get(path, environ_overrides={"HTTP_HOST": host}).status_code


OWN = [
    "localhost",
    "LOCALHOST:8000",
    "localhost.",
    "127.0.0.1",
    "127.0.0.1:80",
    "127.1.2.3",
    "[::1]",
    "[::1]:80",
]
STRANGE = [
    "evil.example",
    "evil.example:8000",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil-localhost",
    "192.168.1.4",
    "0.0.0.0",
    "[2001:db8::1]",
    "",
    " localhost",
    "localhost evil.example",
    "localhost,evil.example",
    "user@localhost",
    "localhost/x",
    "localhost:80:80",
    "localhost:x",
    "[::1",
    "\xff",
    "x.y" * 60,
]


@pytest.mark.parametrize("host", OWN)
def test_this_machines_names_are_answered(client: FlaskClient, host: str) -> None:
    assert asked_as(client, host) == 200


@pytest.mark.parametrize("host", STRANGE)
def test_another_name_is_refused_clearly(client: FlaskClient, host: str) -> None:
    said = client.get("/search", environ_overrides={"HTTP_HOST": host})
    assert said.status_code == 421
    assert "--host-name" in said.text
    problem = client.get(SEARCH, environ_overrides={"HTTP_HOST": host})
    assert problem.json is not None
    assert problem.json["code"] == "unknown_host"
    for path in (
        "/",
        "/nowhere",
        "/metrics",
        "/readyz",
        "/robots.txt",
        "/feed.atom",
        "/articles/x",
    ):
        assert asked_as(client, host, path) == 421
    assert asked_as(client, host, "/healthz") == 200


def test_names_that_the_operator_gives_are_answered(collection: MadeUpCollection) -> None:
    hosts = Hosts(["Archive.example.org", "архив.example", "10.0.0.4"], listens="192.168.1.4")
    client = create_app(collection, served_as=hosts).test_client()
    punycode = "архив.example".encode("idna").decode()
    for host in ("archive.example.org:443", punycode, "10.0.0.4", "192.168.1.4:80"):
        assert asked_as(client, host) == 200, host
    for host in ("example.org", "x.archive.example.org", "192.168.1.5"):
        assert asked_as(client, host) == 421, host


def test_who_listens_everywhere_is_found_by_address_and_not_by_any_name(
    collection: MadeUpCollection,
) -> None:
    for everywhere in ("0.0.0.0", "::"):
        client = create_app(collection, served_as=Hosts(listens=everywhere)).test_client()
        assert asked_as(client, "192.168.1.4:8000") == 200
        assert asked_as(client, "rebound.evil.example") == 421


@pytest.mark.parametrize(
    "name", ["http://x.example", "x.example:80", "x/y", "", "*", "a b", "\ud800"]
)
def test_what_is_no_name_is_refused_before_serving(name: str) -> None:
    with pytest.raises(InvalidParameter, match="no name of a host"):
        Hosts([name])


# Proxies


def client_of(
    collection: MadeUpCollection, *, proxies: int, at: tuple[str, ...] = ()
) -> FlaskClient:
    app = create_app(collection, per_minute=5, proxies=proxies, proxy_addresses=at)
    return app.test_client()


def left(client: FlaskClient, peer: str, forwarded: str | None) -> str | None:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    answer = client.get("/api/v1/index", headers=headers, environ_base={"REMOTE_ADDR": peer})
    return answer.headers.get("RateLimit-Remaining")


def test_only_a_named_proxy_is_believed(
    collection: MadeUpCollection, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(collection, proxies=1, at=("10.0.0.0/24",))
    assert [left(client, "10.0.0.7", f"203.0.113.{n}") for n in range(3)] == ["4"] * 3
    caplog.clear()
    claimed = [left(client, "198.51.100.9", f"203.0.113.{n}") for n in range(10, 13)]
    assert claimed == ["4", "3", "2"], "who writes the header itself got a new allowance each time"
    assert [one.levelno for one in caplog.records] == [logging.WARNING]
    assert "198.51" not in caplog.text


def test_this_machine_has_a_limit_once_a_proxy_is_named(
    collection: MadeUpCollection, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(collection, proxies=1)
    assert left(client, "127.0.0.1", "127.0.0.1") == "4"
    assert left(client, "127.0.0.1", None) == "3"
    assert "fewer addresses" in caplog.text
    assert left(client_of(collection, proxies=0), "127.0.0.1", None) is None


def test_a_proxy_that_nobody_named_is_warned_of_once(
    collection: MadeUpCollection, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(collection, proxies=0)
    for _ in range(3):
        left(client, "127.0.0.1", "203.0.113.1")
    assert caplog.text.count("no proxy is named") == 1


def test_a_forwarded_host_is_checked_like_any_other(collection: MadeUpCollection) -> None:
    client = client_of(collection, proxies=1)
    answer = client.get("/search", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 421


@pytest.mark.parametrize("text", ["x", "10.0.0.0/99", "", "10.0.0.1:80"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidParameter, match="no address"):
        networks([text])


# Tokens


def test_guesses_are_counted_together_whatever_their_address(
    collection: MadeUpCollection, tmp_path: Path
) -> None:
    right = "the-token-that-is-right"
    app = create_app(collection, deciding=Deciding(tmp_path / "decisions.jsonl", right))
    client = app.test_client()

    def guess(token: str, number: int) -> int:
        return client.post(
            "/entities/per-oduya/decisions",
            data={"token": token, "who": "x", "action": "rename", "rename": "y"},
            environ_base={"REMOTE_ADDR": f"203.0.113.{number}"},
        ).status_code

    for number in range(30):
        assert guess(right, number) == 303, "right tokens cost nothing"
    assert [guess(f"wrong {number}", number) for number in range(20)] == [403] * 20
    assert guess("wrong", 99) == 429
    assert guess(right, 100) == 429, "else guessing could go on behind the limit"


# Questions that cost much


@pytest.fixture
def asked(demo_home: Home) -> Callable[[str], tuple[int, str]]:
    """Asks a real index; gives status and code."""
    real = create_app(open_collection(demo_home)).test_client()

    def ask(question: str) -> tuple[int, str]:
        answer = real.get("/api/v1/search", query_string={"q": question})
        assert answer.json is not None
        return answer.status_code, answer.json.get("code", "")

    return ask


PHRASE, NEAR = '"of the"', '"the said"~9'


def test_phrases_of_words_that_stand_everywhere_are_refused_together(
    asked: Callable[[str], tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    both = f"{PHRASE} OR {NEAR}"
    spent: list[int] = []
    with monkeypatch.context() as patch:
        patch.setattr(plans.Effort, "spend", lambda _, words: spent.append(words))
        assert asked(both) == (200, "")
    assert min(spent) > 0
    monkeypatch.setattr(plans, "MOST_COMPARED", sum(spent))
    assert asked(both) == (200, "")
    monkeypatch.setattr(plans, "MOST_COMPARED", sum(spent) - 1)
    assert asked(both) == (400, "query_too_complex")
    assert asked(PHRASE) == asked(NEAR) == (200, ""), "what is dear is all of them together"


def test_a_rarer_word_makes_a_phrase_cheap(
    asked: Callable[[str], tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "MOST_COMPARED", 5)
    assert asked(NEAR) == (400, "query_too_complex")
    assert asked(f"zzyzx ({NEAR})") == (200, "")


@pytest.mark.parametrize(
    ("address", "questions"),
    [
        ("search", ["of the"]),
        ("quotes", ["of the"]),
        ("concordance", ["of the"]),
        ("coverage", ["of the"]),
        ("together", ["of the"]),
        ("timeline", ["of the", "in the"]),
    ],
)
def test_an_analysis_may_cost_what_a_question_may(
    demo_home: Home, monkeypatch: pytest.MonkeyPatch, address: str, questions: list[str]
) -> None:
    """Whatever it reads of what is found, each of its questions is looked for once."""
    client = create_app(open_collection(demo_home)).test_client()

    def asked(path: str, phrases: list[str]) -> tuple[int, str]:
        text = "&".join(f"q=%22{phrase.replace(' ', '%20')}%22" for phrase in phrases)
        answer = client.get(f"/api/v1/{path}?{text}")
        assert answer.json is not None
        return answer.status_code, answer.json.get("code", "")

    def spent(path: str, phrases: list[str]) -> int:
        words: list[int] = []
        with monkeypatch.context() as patch:
            patch.setattr(plans.Effort, "spend", lambda _, count: words.append(count))
            assert asked(path, phrases) == (200, "")
        return sum(words)

    whole = spent(address, questions)
    assert whole == sum(spent("search", [phrase]) for phrase in questions) > 0
    monkeypatch.setattr(plans, "MOST_COMPARED", whole)
    assert asked(address, questions) == (200, "")
    assert asked(address, questions) == (200, ""), "each is counted for itself"
    monkeypatch.setattr(plans, "MOST_COMPARED", whole - 1)
    assert asked(address, questions) == (400, "query_too_complex")


@pytest.mark.parametrize("text", ["drone~2", "s*", "text:president~1", 'th* "of the" strike~'])
def test_spellings_and_beginnings_cost_what_phrases_cost(
    asked: Callable[[str], tuple[int, str]], monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """However many articles have them: the answer comes in a second, or is refused."""
    units: list[int] = []
    with monkeypatch.context() as patch:
        patch.setattr(plans.Effort, "spend", lambda _, count: units.append(count))
        assert asked(text) == (200, "")
    assert sum(units) > 0
    monkeypatch.setattr(plans, "MOST_COMPARED", sum(units))
    assert asked(text) == (200, "")
    monkeypatch.setattr(plans, "MOST_COMPARED", sum(units) - 1)
    assert asked(text) == (400, "query_too_complex")
