"""Several collections in one server: do links stay inside, and people out of the others?"""

from __future__ import annotations

import json
import re
import shutil
import sys
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client

from corpus.errors import InvalidParameter
from corpus.home import Home
from tests.contract.made_up import made_up_documents, made_up_index
from tests.installing.serving import asked, serving
from tests.webui.access.conftest import NAMES, PASSWORD
from tests.webui.conftest import MadeUpCollection
from webui.access import store
from webui.access.guard import OPEN, Guard
from webui.access.people import People
from webui.access.roles import Role
from webui.access.tokens import Tokens
from webui.app import create_app
from webui.server import several
from webui.server.hosts import Hosts

OTHER = "another long password"
_LINK = re.compile(r'\s(?:href|src|action|formaction|data-suggest)="([^"]*)"')
_FORM_KEY = re.compile(r'name="form_key" value="([0-9a-f]{64})"')


def _json(client: Client, address: str) -> Any:
    return json.loads(client.get(address).text)


@dataclass
class Both:
    """Two collections: nine articles with people of all roles, and two with one Olga of its own."""

    first: Flask
    homes: dict[str, Home]
    client: Client
    other: Client

    def signed_in(self, name: str, password: str, at: str, client: Client | None = None) -> Client:
        client = client or self.client
        key = _FORM_KEY.search(client.get(f"/c/{at}/sign-in").text)
        assert key
        form = {"form_key": key[1], "name": name, "password": password}
        client.post(f"/c/{at}/sign-in", data=form)
        return client


@pytest.fixture
def both(collection: MadeUpCollection, home: Home, tmp_path: Path) -> Both:
    second = Home(tmp_path / "second")
    with store.writing(second.people, new=True) as database:
        People(database).add(NAMES[Role.OPERATOR], Role.OPERATOR, OTHER)
    collection.kept, collection.questions = home.dossiers, home.questions
    few = MadeUpCollection(second, made_up_index(made_up_documents()[:2]))
    first = create_app(collection, people=Guard(home))
    apps = {"first": first, "second": create_app(few, people=Guard(second))}
    app = several.together(apps)
    return Both(first, {"first": home, "second": second}, Client(app), Client(app))


@pytest.fixture
def opened(collection: MadeUpCollection) -> Client:
    """One that everybody may read."""
    return Client(several.together({"open": create_app(collection)}))


def test_every_link_of_every_page_stays_in_its_collection(opened: Client) -> None:
    article = made_up_documents()[0].article_id
    waiting = ["/c/open", f"/c/open/articles/{article}", "/c/open/api/docs"]
    seen: set[str] = set()
    kinds: set[str] = set()
    while waiting and len(seen) < 150:
        address = waiting.pop(0)
        answer = opened.get(address)
        assert answer.status_code in {200, 302, 303, 400, 405}, address  # forms, left empty
        if "Location" in answer.headers:
            assert answer.headers["Location"].startswith("/c/open/"), address
            waiting.append(answer.headers["Location"])
        if answer.mimetype != "text/html":
            continue
        for link in map(unescape, _LINK.findall(answer.text)):
            if link.startswith(("http://", "https://", "#", "?")) or not link:
                continue
            assert link.startswith("/c/open/"), (address, link)
            kind = re.sub(r"\?.*|[a-z2-7]{16}|\d+", "", link)
            if "/static/" not in link and link not in seen and kind not in kinds:
                seen.add(link)
                kinds.add(kind)
                waiting.append(link.partition("#")[0])
    assert len(seen) > 30


def test_links_for_scripts_feeds_and_the_description_name_the_collection(opened: Client) -> None:
    article = made_up_documents()[0].article_id
    for address in ("search?facet=person&limit=1", f"articles/{article}", "dossiers", "quotes"):
        answer = _json(opened, f"/c/open/api/v1/{address}")
        links = answer["links"] if "links" in answer else answer["facets"]["person"][0]
        inside = [text for text in links.values() if str(text).startswith("/")]
        assert inside
        assert all(text.startswith("/c/open/") for text in inside), inside
        assert all(opened.get(text).status_code < 400 for text in inside)
    described = _json(opened, "/c/open/api/openapi.json")
    assert described["servers"] == [{"url": "http://localhost/c/open"}]
    feed = opened.get("/c/open/feed.atom?q=war", base_url="http://localhost").text
    found = re.findall(r'href="([^"]*)"', feed)
    assert found
    assert all(link.startswith("http://localhost/c/open/") for link in found), found
    assert "http://localhost/c/open/api/v1/search" in opened.get("/c/open/search").text


def test_one_collection_alone_is_served_as_before(collection: MadeUpCollection) -> None:
    client = create_app(collection).test_client()
    assert "servers" not in client.get("/api/openapi.json").get_json()
    assert client.get("/").headers["Location"] == "/search"
    assert client.get("/api/v1/dossiers").get_json()["links"]["self"] == "/api/v1/dossiers"


@given(
    text=st.text() | st.sampled_from(['" href="/x', '"links":{"self":"/x"}', '","url":"/x', "/x"])
)
def test_no_text_is_taken_for_a_link(text: str) -> None:
    app = Flask(__name__)
    several.install(app)

    @app.get("/json")
    def answer() -> dict[str, Any]:
        return {"q": text, "links": {"self": "/json", "far": "https://x.example/"}, "url": "/json"}

    @app.get("/page")
    def page() -> str:
        return f'<a href="/page">{json.dumps(text).replace(chr(34), "&#34;")}</a>'

    client = Client(several.together({"a": app}))
    assert _json(client, "/c/a/json") == {
        "q": text,
        "links": {"self": "/c/a/json", "far": "https://x.example/"},
        "url": "/c/a/json",
    }
    assert client.get("/c/a/page").text == client.get("/c/a/page").text.replace("/c/a/c/a", "")
    assert (
        json.loads(unescape(client.get("/c/a/page").text)[len('<a href="/c/a/page">') : -4]) == text
    )


def test_each_collection_answers_from_its_own_articles(both: Both) -> None:
    first = both.signed_in("Rosa", PASSWORD, "first")
    second = both.signed_in("Olga", OTHER, "second", both.other)
    assert _json(first, "/c/first/api/v1/search")["total"] == len(made_up_documents())
    assert _json(second, "/c/second/api/v1/search")["total"] == 2


def test_whoever_is_signed_in_to_one_is_nobody_to_the_other(both: Both) -> None:
    """Every address, with all that somebody of the other collection has: session, token, key."""
    client = both.signed_in("Olga", OTHER, "second")
    cookie = client.get_cookie("dispatches", path="/c/second")
    assert cookie
    with store.writing(both.homes["second"].people) as database:
        token = Tokens(database).make("Olga", Role.OPERATOR, days=3)[1]
    key = _FORM_KEY.search(client.get("/c/second/dossiers").text)
    assert key
    attacks: tuple[dict[str, str], ...] = (
        {"Cookie": f"dispatches={cookie.value}"},
        {"Cookie": f"dispatches={cookie.value}", "X-Form-Key": key[1]},
        {"Authorization": f"Bearer {token}"},
        {},
    )
    nobody, times = Client(both.client.application, use_cookies=False), 0
    for rule in both.first.url_map.iter_rules():
        if rule.endpoint in OPEN:
            continue
        article = made_up_documents()[0].article_id
        values = {name: article if name == "article_id" else "1" for name in rule.arguments}
        for method in (rule.methods or set()) & {"GET", "POST", "PUT", "DELETE"}:
            address = both.first.url_map.bind("localhost").build(rule.endpoint, values, method)
            for headers in attacks:
                answer = nobody.open(f"/c/first{address}", method=method, headers=headers)
                assert answer.status_code in {303, 401, 403, 429}, (address, headers)
                assert not any(one.title in answer.text for one in made_up_documents())
                times += 1
    assert times > 160


def test_the_same_name_is_somebody_else_in_each(both: Both) -> None:
    client = both.signed_in("Olga", PASSWORD, "second")  # her password of the first
    assert client.get("/c/second/search").status_code == 303
    both.signed_in("Olga", PASSWORD, "first")
    assert client.get("/c/first/search").status_code == 200
    with store.writing(both.homes["second"].people) as database:
        People(database).change("Olga", disabled=True)
    assert client.get("/c/first/search").status_code == 200


def test_cookies_stay_in_their_collection(both: Both) -> None:
    for scheme, name in (("http", "dispatches"), ("https", "__Secure-dispatches")):
        client = Client(both.client.application)
        where = f"{scheme}://localhost"
        key = _FORM_KEY.search(client.get("/c/first/sign-in", base_url=where).text)
        assert key
        form = {"form_key": key[1], "name": "Rosa", "password": PASSWORD, "next": "/coverage"}
        answer = client.post("/c/first/sign-in", data=form, base_url=where)
        assert answer.headers["Location"] == "/c/first/coverage"
        (session,) = (
            one for one in answer.headers.getlist("Set-Cookie") if one.startswith(f"{name}=")
        )
        assert "; Path=/c/first" in session
        assert ("; Secure" in session) == (scheme == "https")
        assert "SameSite=Strict" in session
        assert client.get("/c/first/search", base_url=where).status_code == 200
        assert client.get("/c/second/search", base_url=where).status_code == 303


def test_a_link_of_one_collection_leads_through_its_own_sign_in(both: Both) -> None:
    answer = both.client.get("/c/first/articles/abc?q=x")
    assert answer.headers["Location"] == "/c/first/sign-in?next=/articles/abc%3Fq%3Dx"


def test_outside_of_the_collections_nothing_tells_which_there_are(both: Both) -> None:
    client = both.client
    assert client.get("/healthz").text == "ok\n"
    assert "Disallow: /" in client.get("/robots.txt").text
    for address in ("/", "/c", "/c/", "/c/third", "/c/firs", "/c/first%00", "/c//first/search"):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert "first" not in answer.text
    for address in ("/search", "/metrics", "/readyz", "/sign-in", "/static/dispatches.js"):
        assert client.get(address).status_code == 404
    assert client.get("/c/first/healthz").text == "ok\n"
    assert client.get("/c/first/readyz").status_code == 401


def test_each_collection_holds_to_the_names_of_the_server(collection: MadeUpCollection) -> None:
    app = create_app(collection, served_as=Hosts(["archive.example.org"]))
    client = Client(several.together({"a": app}))
    for host, status in (("archive.example.org", 200), ("evil.example", 421)):
        assert client.get("/c/a/search", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    "texts", [["sudan"], ["=x"], ["sudan="], ["Sudan=x"], ["su/dan=x"], ["-a=x"], ["a=x", "a=y"]]
)
def test_a_collection_needs_a_name_and_a_folder(texts: list[str]) -> None:
    with pytest.raises(InvalidParameter, match="--collection"):
        several.homes(texts)


def test_names_and_folders_as_they_are_given() -> None:
    found = several.homes(["sudan-2024=/srv/a=b", "y=relative folder"])
    assert found == {"sudan-2024": Home(Path("/srv/a=b")), "y": Home(Path("relative folder"))}


@pytest.mark.slow
def test_one_server_serves_both_of_two_homes(demo_home: Home, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(demo_home.path, other)
    with store.writing(Home(other).people, new=True) as database:
        People(database).add("Olga", Role.OPERATOR, PASSWORD)
    collections = (f"--collection=open={demo_home.path}", f"--collection=closed={other}")
    program = str(Path(sys.executable).with_name("dispatches"))
    with serving([program, "serve", "--port=0", "--json", *collections]) as told:
        first, second = told["collections"]
        page = asked(f"{first['url']}search?q=drone")
        turned_away = asked(f"{second['url']}api/v1/search")
        alive = asked(f"{told['url']}/healthz")
    assert first["articles"] == second["articles"] > 100
    assert page[0] == 200
    assert 'href="/c/open/articles/' in page[1]
    assert turned_away[0] == 401
    assert alive == (200, "ok\n")
