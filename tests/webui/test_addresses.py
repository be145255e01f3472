"""An address leads to the article that was collected from it, for people and for scripts."""

from __future__ import annotations

import io
from dataclasses import replace
from email.message import Message
from urllib.error import HTTPError
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from corpus.article import article_id_for
from corpus.cleaner.addresses import canonical_url
from docs.client import Dispatches, Problem
from tests.contract.made_up import made_up_documents, made_up_index
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_api import ask, refused
from tests.webui.test_pages import plain, read

URL = "https://harbor.example/news/bridge"
FORMS = (
    URL,
    "http://www.harbor.example/news/bridge",
    f"{URL}?utm_source=feed&fbclid=x#comments",
    f" {URL}/amp ",
)


@pytest.fixture
def article_id(collection: MadeUpCollection) -> str:
    """An article under the id that intake gives to its address."""
    known = article_id_for(url=canonical_url(URL), text="")
    collection.generations = {
        "g": made_up_index(
            [replace(made_up_documents()[0], article_id=known, url=URL)], generation="g"
        )
    }
    return known


@pytest.mark.parametrize("form", FORMS)
def test_any_form_of_an_address_leads_to_its_article(
    client: FlaskClient, article_id: str, form: str
) -> None:
    assert ask(client, f"/api/v1/articles?url={quote(form)}", "Article")["id"] == article_id
    led = client.get("/search", query_string={"q": form})
    assert (led.status_code, led.headers["Location"]) == (302, f"/articles/{article_id}")


def test_the_client_asks_by_address(
    client: FlaskClient, article_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(address: str, **_: object) -> io.BytesIO:
        answer = client.get(address.removeprefix("http://server"))
        if answer.status_code != 200:
            headers = Message()
            raise HTTPError(address, answer.status_code, "", headers, io.BytesIO(answer.data))
        return io.BytesIO(answer.data)

    monkeypatch.setattr("urllib.request.urlopen", opened)
    archive = Dispatches("http://server/")
    known = archive.article_at(URL)
    assert known is not None
    assert known["id"] == article_id
    assert archive.article_at("https://elsewhere.example/a") is None
    with pytest.raises(Problem):
        archive.article_at("")


def test_a_generation_is_kept_on_the_way(client: FlaskClient, article_id: str) -> None:
    led = client.get("/search", query_string={"q": URL, "generation": "g", "sort": "newest"})
    assert led.headers["Location"] == f"/articles/{article_id}?generation=g"
    refused(client, f"/api/v1/articles?url={URL}&generation=gone", 410, "generation_gone")


def test_what_was_not_collected_is_said_to_be_so(client: FlaskClient) -> None:
    refused(client, "/api/v1/articles?url=https://elsewhere.example/a", 404, "article_not_found")
    page = plain(read(client, "/search?q=https://elsewhere.example/a", 404))
    assert "Not collected" in page
    assert "ask for it in quotation marks" in page
    assert client.get('/search?q="https://elsewhere.example/a"').status_code == 200
    assert client.get("/search?q=https://elsewhere.example/a bridge").status_code == 400


def test_the_address_is_needed(client: FlaskClient) -> None:
    for path in ("/api/v1/articles", "/api/v1/articles?url="):
        assert refused(client, path, 400, "invalid_parameter")["param"] == "url"
    assert refused(client, "/api/v1/articles?url=nonsense", 404, "article_not_found")
