"""Two texts side by side, as pages and as JSON: reports of a family, versions of an article."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from corpus.article import Article, RawDocument
from corpus.dates import PartialDate
from corpus.home import Home
from corpus.store import Catalogue
from indexer.document import IndexDocument
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
    texts = {one: ask(client, f"/api/v1/articles/{one}", "Article") for one in (told["id"], other)}
    newer, older = texts[told["newer"]], texts[told["older"]]
    assert joined(told, "kept", "in").split() == f"{newer['title']} {newer['text']}".split()
    assert joined(told, "kept", "out").split() == f"{older['title']} {older['text']}".split()
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


def dated(number: int, iso: str | None) -> IndexDocument:
    return replace(
        FIRST,
        article_id=f"{number}".rjust(16, "a").replace("1", "b").replace("2", "c"),
        text=f"Report {number} says that the bridge was hit.",
        published=PartialDate(iso, "url") if iso else None,
    )


def pair(tmp_path: Path, one: str | None, other: str | None) -> tuple[FlaskClient, str, str]:
    documents = dated(1, one), dated(2, other)
    Catalogue.open(Home(tmp_path).catalogue).close()
    collection = MadeUpCollection(Home(tmp_path), made_up_index(documents))
    one_id, other_id = (each.article_id for each in documents)
    return create_app(collection).test_client(), one_id, other_id


@pytest.mark.parametrize(
    ("one", "other", "newer_is_first", "known"),
    [
        ("2022-03-04", "2022-03-01", True, True),
        ("2022-03-01", "2022-03-04", False, True),
        ("2022-02", "2022-03-01", False, True),
        ("2022-03", "2022-03-01", True, False),  # nobody knows
        (None, "2022-03-01", True, False),
        ("2022-03-01", "2022-03-01", True, False),
    ],
)
def test_older_and_newer_are_told_by_date(
    tmp_path: Path, one: str | None, other: str | None, newer_is_first: bool, known: bool
) -> None:
    client, first, second = pair(tmp_path, one, other)
    address = f"/articles/{first}/against/{second}"
    told = client.get(f"/api/v1{address}").json
    assert told is not None
    assert (told["id"], told["against"]) == (first, second)
    assert told["newer" if newer_is_first else "older"] == first
    page = client.get(address).text
    assert ("Older" in page, "Newer" in page) == (known, known)
    assert ("do not say which is older" in page) != known


def test_side_by_side_each_text_has_its_own_column(tmp_path: Path) -> None:
    client, first, second = pair(tmp_path, "2022-03-04", "2022-03-01")
    page = client.get(f"/articles/{first}/against/{second}?layout=beside").text
    cells = [
        " ".join(re.sub(r"<[^>]*>", "", cell).split())
        for cell in re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)
    ]
    assert cells[2:] == [
        "Report 2 says that the bridge was hit.",
        "Report 1 says that the bridge was hit.",
    ]
    assert "<table" not in client.get(f"/articles/{first}/against/{second}").text


def test_any_two_articles_are_compared_by_id_or_address(tmp_path: Path) -> None:
    client, first, second = pair(tmp_path, "2022-03-04", "2022-03-01")
    form = f"/articles/{first}/against"
    assert f'action="{form}"' in client.get(f"/articles/{first}").text
    for named in (second, f" http://localhost/articles/{second}?q=bridge"):
        answer = client.get(form, query_string={"other": named})
        assert answer.status_code == 302
        assert answer.location == f"{form}/{second}"
    refused = client.get(form, query_string={"other": "the other one"})
    assert refused.status_code == 400
    assert "neither the id nor the address" in refused.text
    assert client.get(form, query_string={"other": "z" * 16}).status_code == 404
    assert client.get(form, query_string={"other": "https://news.example/x"}).status_code == 404


def test_reports_of_an_event_stand_beside_the_article(tmp_path: Path) -> None:
    documents = [
        replace(dated(1, "2022-03-01"), text="Shells kill 50 people.", outlet="Ledger"),
        replace(dated(2, "2022-03-02"), text="At least 53 people are dead.", outlet="Courier"),
    ]
    first, second = (one.article_id for one in documents)

    class Decided:
        def of(self, article_id: str) -> tuple[str, ...]:
            return (first, second) if article_id in (first, second) else ()

        def close(self) -> None:
            return

    Catalogue.open(Home(tmp_path).catalogue).close()
    index = replace(made_up_index(documents), events=Decided())
    client = create_app(MadeUpCollection(Home(tmp_path), index)).test_client()
    page = client.get(f"/articles/{second}").text
    assert "50 / 53 dead" in " ".join(re.sub(r"<[^>]*>", "", page).split())
    assert "first report" in page
    told = ask(client, f"/api/v1/articles/{second}", "Article")["event"]
    assert told["id"] == first
    assert told["figures"] == {"dead": [50, 53]}
    assert [one["figures"] for one in told["reports"]] == [{"dead": 50}, {"dead": 53}]
    assert [one["differs"] for one in told["reports"]] == [[], ["dead"]]


def test_an_article_alone_has_no_event(client: FlaskClient) -> None:
    assert ask(client, f"/api/v1/articles/{FIRST.article_id}", "Article")["event"] is None
    assert 'id="event"' not in client.get(f"/articles/{FIRST.article_id}").text
