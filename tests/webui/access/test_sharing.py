"""A dossier, or a search narrowed by one, is shared by its address.

Whoever may read it sees the same view, in whatever browser they open it; nobody else does.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus.home import Home
from tests.contract.made_up import made_up_documents
from tests.webui.access.conftest import NAMES, form_key, sign_in
from tests.webui.access.restricted import OPEN, RESTRICTED, Both
from webui.access import store
from webui.access.people import People
from webui.access.roles import Role

SignedIn = Callable[[Role], FlaskClient]
FIRST, SECOND, THIRD = made_up_documents()[:3]
VIEWS = (
    "/dossiers/{0}",
    "/dossiers/{0}?tag=photo",
    "/dossiers/{0}?state=checked&words=e",
    "/search?q=&dossier={0}",
    "/search?q=&dossier={0}&tag_not=photo&sort=oldest",
    "/search?q=dossier%3ABridge+tag%3Aphoto&unread={0}",
    "/timeline?q=&dossier={0}&interval=year",
    "/map?q=&dossier={0}",
    "/api/v1/dossiers/{0}?tag=photo",
    "/api/v1/search?q=&dossier={0}&tag=photo",
)


@pytest.fixture
def kept(signed_in: SignedIn) -> str:
    """The id of a dossier of three articles that an annotator has made."""
    anna = signed_in(Role.ANNOTATOR)
    ids = [FIRST.article_id, SECOND.article_id, THIRD.article_id]
    changes = [
        {"action": "create", "name": "Bridge"},
        {"action": "add", "dossier": "Bridge", "articles": ids},
        {"action": "tag", "dossier": "Bridge", "articles": ids[:1], "tags": ["photo"]},
        {"action": "mark", "dossier": "Bridge", "articles": ids[1:2], "state": "checked"},
    ]
    key = {"X-Form-Key": form_key(anna, "/dossiers")}
    answer = anna.post("/api/v1/dossiers", json={"changes": changes}, headers=key)
    assert answer.status_code == 201, answer.text
    found: str = (answer.json or {})["changes"][0]
    return found


_KNOWN = [one.article_id for one in made_up_documents()]


def _ids(answer: TestResponse) -> set[str]:
    assert answer.status_code == 200, answer.text
    return {one for one in _KNOWN if one in answer.text}


def test_another_reader_in_another_browser_sees_the_same_view(
    signed_in: SignedIn, guarded: Flask, kept: str
) -> None:
    reader = signed_in(Role.READER)
    for view in VIEWS:
        address = view.format(kept)
        newcomer = guarded.test_client()  # a browser that nobody has signed in with
        turned_away = newcomer.get(address)
        if view.startswith("/api/"):
            assert turned_away.status_code == 401
        else:
            assert turned_away.status_code == 303
            page = urlsplit(turned_away.headers["Location"])
            assert dict(parse_qsl(page.query)) == {"next": address}
    other = sign_in(guarded.test_client(), NAMES[Role.DECIDER])
    seen = {view: _ids(other.get(view.format(kept))) for view in VIEWS}
    assert seen == {view: _ids(reader.get(view.format(kept))) for view in VIEWS}
    first, second, third = (one.article_id for one in (FIRST, SECOND, THIRD))
    assert seen["/dossiers/{0}"] == {first, second, third}
    assert seen["/dossiers/{0}?tag=photo"] == {first}
    assert seen["/dossiers/{0}?state=checked&words=e"] == {second}
    assert {second, third} <= seen["/search?q=&dossier={0}&tag_not=photo&sort=oldest"]


def test_nobody_else_sees_it(signed_in: SignedIn, guarded: Flask, home: Home, kept: str) -> None:
    reader = signed_in(Role.READER)
    with store.writing(home.people) as database:
        People(database).change(NAMES[Role.READER], disabled=True)
    for view in VIEWS:
        for client in (reader, guarded.test_client()):
            answer = client.get(view.format(kept))
            assert answer.status_code in {303, 401}
            assert not [one for one in _KNOWN if one in answer.text]


def test_the_same_address_shows_each_what_they_may_see(both: Both) -> None:
    ids = [*both.restricted, *both.shown[:1]]
    changes = [
        {"action": "create", "name": "Shared"},
        {"action": "add", "dossier": "Shared", "articles": ids},
        {"action": "tag", "dossier": "Shared", "articles": ids, "tags": ["all"]},
    ]
    made = both.operator.post("/api/v1/dossiers", json={"changes": changes}).json
    assert made is not None
    assert len(both.restricted) == len(RESTRICTED)
    assert len(both.shown) == len(OPEN)
    for view in ("/dossiers/{0}?tag=all", "/search?q=&dossier={0}&tag=all&limit=100"):
        address = view.format(made["changes"][0])
        whole, seen = both.operator.get(address).text, both.reader.get(address).text
        assert [one for one in ids if one in whole] == ids
        assert [one for one in ids if one in seen] == [both.shown[0]]
