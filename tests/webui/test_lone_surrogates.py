"""Half a surrogate pair in an article, as broken dumps have it, costs one sign and no answer."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from corpus.soundness import replaced
from corpus.terminal import visible
from search.output.answers import encoded, line
from search.output.printing import jsonl, print_article
from search.request import SearchRequest
from search.service import search
from tests.contract.made_up import made_up_documents, made_up_index
from tests.webui.conftest import MadeUpCollection
from webui.app import create_app

HALF = "\ud83d"
DOCUMENTS = [
    replace(one, title=f"{HALF}{one.title}", text=one.text.replace(" ", f" {HALF} ", 1))
    for one in made_up_documents()
]
INDEX = made_up_index(DOCUMENTS)
FIRST, SECOND = (one.article_id for one in DOCUMENTS[:2])


@pytest.fixture
def client(collection: MadeUpCollection) -> FlaskClient:
    app = create_app(MadeUpCollection(collection.home, INDEX))
    app.testing = True
    return app.test_client()


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=drone",
        f"/articles/{FIRST}?q=drone",
        f"/articles/{FIRST}/against/{SECOND}",
        f"/articles/{FIRST}/citation.bib",
        "/concordance?q=drone",
        "/feed.atom",
        "/api/v1/search?q=drone",
        f"/api/v1/articles/{FIRST}",
        f"/api/v1/articles/{FIRST}/against/{SECOND}",
        "/api/v1/concordance?q=drone",
        "/api/v1/concordance.csv?q=drone",
        "/api/v1/export.csv",
        "/api/v1/export.jsonl",
        "/api/v1/export.bib",
        "/api/v1/export.ris",
    ],
)
def test_every_door_shows_the_article(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert "\ufffd" in response.data.decode() or address == "/feed.atom"  # XML leaves it out


def test_offsets_hold(client: FlaskClient) -> None:
    told = client.get(f"/api/v1/articles/{FIRST}").json
    assert told is not None
    assert told["text"] == DOCUMENTS[0].text.replace(HALF, "\ufffd")
    assert len(told["text"]) == len(DOCUMENTS[0].text)


def test_an_answer_is_the_same_both_ways() -> None:
    value = {"a": ["ü", 1, None, True, {"b": 'c"\n'}]}
    assert encoded(value) == encoded(value | {"z": HALF}).replace(b',"z":"\xef\xbf\xbd"', b"")
    assert line(value) == json.dumps(value, ensure_ascii=False) + "\n"


def test_a_terminal_shows_it_too() -> None:
    hits = search(SearchRequest(text="drone"), INDEX).hits
    for text in (*jsonl(hits, ""), *jsonl(hits, "7"), print_article(DOCUMENTS[0])):
        assert text.encode()
    assert visible(f"a{HALF}b") == replaced(f"a{HALF}b") == "a\ufffdb"
    assert replaced("a 😀 b") == "a 😀 b"
