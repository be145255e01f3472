"""Questions from outside: crafted cursors, headers, names of hosts, questions, and forged forms."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient

from corpus.home import Home
from tests.faults.attack.kinds import Attempt, Kind
from tests.faults.attack.operations import OPERATIONS, LaidOut
from webui.access import store
from webui.access.guard import OPEN, Guard
from webui.access.people import People
from webui.access.roles import Role
from webui.app import create_app
from webui.collection import open_collection

_SEARCH = "/api/v1/search?q=&limit=1"
_PATHS = (_SEARCH, "/search?q=a", "/healthz", "/feed.atom?q=a", "/nowhere", "/static/x", "/map?q=a")
_FREE = ("/healthz", "/static/x")
"""What tells nothing, whoever asks."""
_HEADERS = (
    "Accept Accept-Encoding Accept-Language Authorization Content-Length Content-Type Cookie Date "
    "Expect Forwarded If-Match If-Modified-Since If-None-Match If-Range Origin Range Referer "
    "Script-Name TE Transfer-Encoding Upgrade User-Agent X-Forwarded-For X-Forwarded-Host "
    "X-Forwarded-Prefix X-Forwarded-Proto X-HTTP-Method-Override X-Original-URL X-Rewrite-URL"
).split()
_PASSWORD = "correct horse battery"
_PIECES = (
    '"', "(", ")", "AND ", "OR ", "NOT ", "NEAR/", "~", "*", "a*", "?", "shell", "person:",
    "9" * 40, "date:", "..", "2022-01-01..", "\0", "\u2028", "\u202e", "й", "𝕒", "😀", ":",
    "-", "+", "\\", "'", "{", "}", "[", "]", "^", "&", "%", "said:", "dossier:", "e~2 ",
)  # fmt: skip


def _home(folder: Path) -> Home:
    return Home(LaidOut(folder).copy(OPERATIONS["rebuild"]) / "home")


def _client(folder: Path) -> FlaskClient:
    return create_app(open_collection(_home(folder))).test_client()


@contextmanager
def _cursors(folder: Path) -> Iterator[Attempt]:
    client = _client(folder)
    first = client.get(_SEARCH).json
    assert first
    good = base64.urlsafe_b64decode(first["next_cursor"] + "==")
    values = json.loads(good[12:])

    def attempt(chance: random.Random) -> str:
        made = list(values)
        for _ in range(chance.randint(1, 3)):
            odd: list[object] = [
                None,
                -1,
                10**30,
                "nan",
                "0x1p+9999",
                [],
                {},
                "../x",
                "\ud800",
                True,
                1.5,
                "Ω",
            ]
            made[chance.randrange(len(made))] = chance.choice(odd)
        crafted = chance.choice(
            [
                good[:12] + json.dumps(made).encode(),
                chance.randbytes(12) + good[12:],
                bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
                if (at := chance.randrange(len(good))) >= 0
                else b"",
                chance.randbytes(chance.randrange(1, 400)),
                good[: chance.randrange(1, len(good))],
            ]
        )
        text = base64.urlsafe_b64encode(crafted).decode().rstrip("=")
        status = client.get(f"{_SEARCH}&cursor={text}").status_code
        assert status in {400, 410}, f"{status} for {text}"
        return text[:80]

    yield attempt


@contextmanager
def _headers(folder: Path) -> Iterator[Attempt]:
    client = _client(folder)

    def attempt(chance: random.Random) -> str:
        odd = ["bytes=9-1,-1", 'W/"', '"' * 50, "*", "-1", "9" * 400, "../..", "//x", "gzip;q=nan"]
        given = {}
        for _ in range(chance.randint(1, 4)):
            drawn = "".join(chr(chance.randrange(1, 256)) for _ in range(chance.randrange(80)))
            value = chance.choice([*odd, drawn]).replace("\r", "").replace("\n", "")
            given[f"HTTP_{chance.choice(_HEADERS).upper().replace('-', '_')}"] = value
        path = chance.choice(_PATHS)
        status = client.get(path, environ_overrides=given).status_code
        assert status < 500, f"{status} for {path} {given}"
        return f"{path} {sorted(given)}"

    yield attempt


@contextmanager
def _hosts(folder: Path) -> Iterator[Attempt]:
    client = _client(folder)
    own = ("localhost", "127.0.0.1", "[::1]", "127.8.9.1", "localhost.")

    def attempt(chance: random.Random) -> str:
        name = chance.choice(own)
        strange = chance.choice(
            [f"{name}.evil.example", f"evil.example#{name}", f"user@{name}", f"{name},evil.example",
             f"{name}/x", f"x{name}", "192.168.1.4", "0.0.0.0", "2130706433.example", "", "[::2]",
             "".join(chr(chance.randrange(97, 123)) for _ in range(9)) + ".example"]
        )  # fmt: skip
        strange += chance.choice(["", ":80", ":8000"])
        path = chance.choice([path for path in _PATHS if path not in _FREE])
        status = client.get(path, environ_overrides={"HTTP_HOST": strange}).status_code
        assert status == 421, f"{status} for {strange}"
        right = client.get(path, environ_overrides={"HTTP_HOST": f"{name}:8000"}).status_code
        assert right != 421, name
        return strange

    yield attempt


@contextmanager
def _questions(folder: Path) -> Iterator[Attempt]:
    """Bombs and nonsense: an answer, or an error that says where."""
    client = _client(folder)

    def attempt(chance: random.Random) -> str:
        words = [chance.choice(_PIECES) for _ in range(chance.choice([3, 12, 60, 400]))]
        shape = chance.randrange(5)
        if shape == 0:
            depth = chance.choice([10, 60, 2000])
            text = "(" * depth + "a" + ")" * chance.choice([depth, depth - 1])
        elif shape == 1:
            text = " OR ".join(f"{chance.choice('abcdeo')}*" for _ in range(chance.randrange(300)))
        elif shape == 2:
            text = '"' + " ".join(["the of"] * chance.randrange(1, 200)) + '"'
        elif shape == 3:
            text = " NEAR/9 ".join(f"{word}~2" for word in "shelter depot bridge crew".split() * 20)
        else:
            text = "".join(words)
        path = chance.choice(["/api/v1/search", "/search", "/concordance", "/timeline", "/map"])
        said = client.get(path, query_string={"q": text})
        assert said.status_code < 500, f"{said.status_code} for {path} {text[:200]!r}"
        return f"{path} {text[:60]!r}"

    yield attempt


@contextmanager
def _forgeries(folder: Path) -> Iterator[Attempt]:
    """Requests that change something, sent for a signed-in operator by another site."""
    home = _home(folder)
    with store.writing(home.people, new=True) as database:
        People(database).add("Olga", Role.OPERATOR, _PASSWORD)
    app = create_app(open_collection(home), people=Guard(home))
    app.testing = True
    client = app.test_client()
    key = client.get("/sign-in").text.partition('name="form_key" value="')[2][:64]
    client.post("/sign-in", data={"form_key": key, "name": "Olga", "password": _PASSWORD})
    mine = client.get("/search").text.partition('name="form_key" value="')[2][:64]
    changing = [
        (app.url_map.bind("localhost").build(rule.endpoint, dict.fromkeys(rule.arguments, "1"),
                                             method=method), method)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"GET", "HEAD", "OPTIONS"})
        if rule.endpoint not in OPEN
    ]  # fmt: skip
    kept = (home.dossiers, home.decisions, home.questions, home.citations)

    def attempt(chance: random.Random) -> str:
        address, method = chance.choice(changing)
        sites = ("https://evil.example", "http://localhost.evil", "http://127.0.0.1:1")
        foreign = chance.choice(
            [*({"Origin": one} for one in sites), {"Sec-Fetch-Site": "cross-site"}]
        )
        wrong = chance.choice(["", "0" * 64, key, mine[::-1], "é", mine.upper() + "0"])
        with_key = (
            mine and chance.random() < 0.5
        )  # a key that leaked: its site still does not count
        form = {"form_key": mine if with_key else wrong, "name": "Bridge", "who": "Olga"}
        headers = foreign if with_key or chance.random() < 0.5 else {}
        status = client.open(address, method=method, data=form, headers=headers).status_code
        assert 400 <= status < 500, f"{status} for {method} {address} {headers}"
        assert not any(path.exists() for path in kept), "something was changed"
        return f"{method} {address} {headers}"

    yield attempt


KINDS = [
    Kind("ask:cursors", "a crafted cursor", 500, _cursors, few=20),
    Kind("ask:headers", "odd headers", 1000, _headers, few=20),
    Kind("ask:hosts", "another name of the host (DNS rebinding)", 500, _hosts, few=20),
    Kind("ask:questions", "a question that is a bomb or nonsense", 500, _questions, few=10),
    Kind("ask:forms", "a forged form (CSRF)", 500, _forgeries, few=20),
]
