"""Quotes: the page, its answer, its rows, and the filter on who speaks."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.home import Home
from corpus.store import Catalogue
from indexer.articles.quotes.types import Quote, SpokenBy
from indexer.document import IndexDocument
from tests.contract.made_up import made_up_documents, made_up_index
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_api import ask
from webui.app import create_app

DIRECT, REPORTED = "the guns must fall silent", "stayed away"


def quoting(document: IndexDocument, words: str, *, is_direct: bool) -> IndexDocument:
    """With words of the text as said by President Oduya."""
    text = document.text
    at, who, verb = text.index(words), text.index("President Oduya"), text.index("said")
    quote = Quote(at, at + len(words), who, who + 15, verb, verb + 4, who, is_direct)
    return replace(document, quotes=(SpokenBy(quote, "per-oduya"),))


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    first, second, *others = made_up_documents()
    documents = [
        quoting(first, DIRECT, is_direct=True),
        quoting(second, REPORTED, is_direct=False),
        *others,
    ]
    Catalogue.open(Home(tmp_path).catalogue).close()
    return create_app(MadeUpCollection(Home(tmp_path), made_up_index(documents))).test_client()


def test_page_answer_and_rows_say_the_same(client: FlaskClient) -> None:
    told = ask(client, "/api/v1/quotes", "Quotes")
    assert {(one["quote"], one["manner"]) for one in told["quotes"]} == {
        (DIRECT, "direct"),
        (REPORTED, "reported"),
    }
    assert told["speakers"] == [{"id": "per-oduya", "label": "Amara Oduya", "quotes": 2}]
    page = client.get("/quotes").text
    assert "2 quotes" in page
    assert f"“{DIRECT}”" in page
    assert f"“{REPORTED}”" not in page
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/quotes.csv").text)))
    assert [row["quote"] for row in rows[:-1]] == [one["quote"] for one in told["quotes"]]
    assert rows[-1]["article"].startswith("# complete: 2 quotes")
    exported = client.get("/api/v1/export.quotes").text
    assert {row["quote"] for row in csv.DictReader(io.StringIO(exported))} >= {DIRECT, REPORTED}


def test_a_line_leads_to_the_paragraph(client: FlaskClient) -> None:
    told = ask(client, "/api/v1/quotes?manner=reported", "Quotes")
    (one,) = told["quotes"]
    assert f'href="/articles/{one["article"]}#p2"' in client.get("/quotes").text


def test_manner_and_pages(client: FlaskClient) -> None:
    assert [
        one["quote"] for one in ask(client, "/api/v1/quotes?manner=direct", "Quotes")["quotes"]
    ] == [DIRECT]
    first = ask(client, "/api/v1/quotes?limit=1", "Quotes")
    assert first["total"] == 2
    assert len(first["quotes"]) == 1
    second = ask(client, first["links"]["next"], "Quotes")
    assert second["quotes"] != first["quotes"]
    assert second["links"]["next"] is None
    assert client.get("/api/v1/quotes?manner=sung").status_code == 400


@pytest.mark.parametrize("name", ["per-oduya", "Oduya", "Amara Oduya"])
def test_a_speaker_chosen_finds_the_articles_that_quote_and_no_other_words(
    client: FlaskClient, name: str
) -> None:
    assert ask(client, f"/api/v1/quotes?said_by={name}", "Quotes")["total"] == 2
    assert ask(client, f"/api/v1/search?said_by={name}")["total"] == 2
    assert ask(client, f'/api/v1/search?q=said_by:"{name}"')["total"] == 2
    silent = ask(client, "/api/v1/quotes?said_by=Lena Brandt", "Quotes")
    assert (silent["total"], silent["quotes"]) == (0, [])
    everything = ask(client, "/api/v1/search")["total"]
    assert ask(client, f"/api/v1/search?said_by_not={name}")["total"] == everything - 2


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("said_by:Oduya", 2),
        ("said_by:Brandt", 1),
        ("ceasefire said_by:Brandt", 1),
        ("said_by:Oduya OR said_by:Brandt", 3),
        ("said_by:Brandt OR ceasefire", 3),
        ("ceasefire NOT said_by:Nobody", 3),
        ("said_by:Oduya NOT said_by:Brandt", 1),
    ],
)
def test_a_speaker_in_the_question_leaves_the_words_of_others_out(
    tmp_path: Path, query: str, total: int
) -> None:
    first, second, *others = made_up_documents()
    whole = quoting(second, REPORTED, is_direct=False)
    (said,) = whole.quotes
    both = replace(whole, quotes=(said, SpokenBy(said.quote, "per-brandt-k")))
    documents = [quoting(first, DIRECT, is_direct=True), both, *others]
    Catalogue.open(Home(tmp_path).catalogue).close()
    index = made_up_index(documents)
    client = create_app(MadeUpCollection(Home(tmp_path), index)).test_client()
    assert ask(client, f"/api/v1/quotes?q={query}", "Quotes")["total"] == total


def test_speakers_are_counted_where_asked_for_and_not_beside_hits(client: FlaskClient) -> None:
    counted = ask(client, "/api/v1/search?facet=said_by")["facets"]["said_by"]
    assert [(one["id"], one["label"], one["count"]) for one in counted] == [
        ("per-oduya", "Amara Oduya", 2)
    ]
    assert "said_by=" not in client.get("/search?q=ceasefire").text


def test_nothing_said_and_nothing_found_differ(client: FlaskClient) -> None:
    assert "nobody’s words" in client.get("/quotes?q=bridge").text
    assert "No article fits" in client.get("/quotes?q=nowhereatall").text
