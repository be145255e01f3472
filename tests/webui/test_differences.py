"""Two texts side by side, as pages and as JSON: reports of a family, versions of an article."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from corpus.article import Article, RawDocument
from corpus.home import Home
from corpus.store import Catalogue
from tests.contract.made_up import made_up_documents, made_up_index
from tests.webui.conftest import COLLECTED, MadeUpCollection
from tests.webui.test_api import ask, conforms
from webui.app import create_app

FIRST = made_up_documents()[0]
OLD, NEW = "Eleven died at the bridge.\n\nNobody knows why.", "Fourteen died at the bridge."


def joined(told: Any, *changes: str) -> str:
    """The text that some stretches of an answer make."""
    return " ".join(
        "".join(one["text"] for one in paragraph if one["change"] in changes).strip()
        for paragraph in told["paragraphs"]
    ).strip()


@pytest.fixture
def edited(tmp_path: Path) -> FlaskClient:
    """An application whose first article was collected twice."""
    home = Home(tmp_path)
    with Catalogue.open(home.catalogue) as catalogue:
        for day, text in enumerate((OLD, NEW)):
            raw = RawDocument(
                content=text.encode(),
                media_type="text/plain",
                locator="bridge.txt",
                collected=COLLECTED + timedelta(days=day),
                reader="text/1",
            )
            article = Article(
                article_id=FIRST.article_id, title="The bridge", text=text, cleaner="text/1"
            )
            catalogue.put(raw, article)
    index = made_up_index([replace(FIRST, text=NEW, version=2)])
    return create_app(MadeUpCollection(home, index)).test_client()


def test_reports_of_a_family_are_compared(client: FlaskClient) -> None:
    known = ask(client, f"/api/v1/articles/{FIRST.article_id}", "Article")
    other = next(one for one in known["family"]["articles"] if one != FIRST.article_id)
    told = ask(client, f"/api/v1/articles/{FIRST.article_id}/against/{other}", "Differences")
    assert (told["id"], told["against"]) == (FIRST.article_id, other)
    assert 0 < told["same"] < 1
    assert joined(told, "kept", "in").split() == f"{FIRST.title} {FIRST.text}".split()
    page = client.get(told["links"]["page"])
    assert "<ins>" in page.text
    assert "<del>" in page.text
    assert f'href="{told["links"]["self"]}"' in page.text


def test_every_version_can_be_read_and_cited(edited: FlaskClient) -> None:
    base = f"/api/v1/articles/{FIRST.article_id}"
    versions = ask(edited, base, "Article")["versions"]
    assert [one["version"] for one in versions] == [1, 2]
    first, second = (ask(edited, f"{base}/versions/{n}", "Version") for n in (1, 2))
    assert (first["text"], second["text"]) == (OLD, NEW)
    assert (first["same"], first["paragraphs"]) == (None, None)
    assert 0 < second["same"] < 1
    taken_out = [
        [one["text"] for one in each if one["change"] == "out"] for each in second["paragraphs"]
    ]
    assert taken_out == [[], ["Eleven", "Nobody knows why."]]
    for told, listed in zip((first, second), versions, strict=True):
        assert told["original"]["sha256"] == listed["sha256"]
        assert edited.get(told["original"]["url"]).text == told["text"]
    page = edited.get(f"/articles/{FIRST.article_id}").text
    for told in (first, second):
        assert f'href="{told["links"]["page"]}"' in page
        shown = unescape(edited.get(told["links"]["page"]).text)
        assert told["original"]["sha256"] in shown
    assert "Nobody knows why." in edited.get(first["links"]["page"]).text


def test_an_original_of_an_odd_type_can_be_downloaded(tmp_path: Path) -> None:
    home = Home(tmp_path)
    odd = "text/html; charset=\u20ac\r\nX-Forged: yes"
    with Catalogue.open(home.catalogue) as catalogue:
        raw = RawDocument(
            content=b"page",
            media_type=odd,
            locator="a.warc!1",
            collected=COLLECTED,
            reader="warc/1",
        )
        article = Article(article_id=FIRST.article_id, title="A", text="B", cleaner="html/1")
        catalogue.put(raw, article)
    client = create_app(MadeUpCollection(home, made_up_index())).test_client()
    answer = client.get(f"/api/v1/articles/{FIRST.article_id}/original")
    assert answer.data == b"page"
    assert answer.headers["X-Original-Media-Type"] == "text/html; charset=???X-Forged: yes"
    assert "X-Forged" not in answer.headers


def test_what_is_not_there_cannot_be_compared(edited: FlaskClient) -> None:
    missing = edited.get(f"/api/v1/articles/{FIRST.article_id}/versions/3")
    assert missing.status_code == 404
    conforms(missing.json, "Problem")
    assert missing.json is not None
    assert "Its versions are 1 to 2" in missing.json["detail"]
    for address in ("aaaaaaaaaaaaaaaa/versions/1", f"{FIRST.article_id}/against/aaaaaaaaaaaaaaaa"):
        assert edited.get(f"/articles/{address}").status_code == 404
        assert edited.get(f"/api/v1/articles/{address}").status_code == 404
