"""Narrowing by how and when an article came here: what it was published as, and collected when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.article import Medium, medium_of
from corpus.dates import PartialDate
from corpus.home import Home
from corpus.store import Catalogue
from search.language.parser import parse
from search.language.query import And, DateRange, Term
from search.language.render import in_full
from search.request import SearchRequest
from tests.contract.made_up import made_up_documents, made_up_index
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_api import ask
from webui.app import create_app

DAYS = ("2022-03-01", "2023-05-06", "2023-05-07")


@pytest.fixture
def mixed(tmp_path: Path) -> FlaskClient:
    """Three posts, one event and pages, collected on several days."""
    documents = list(made_up_documents())
    for number, medium in enumerate((Medium.POST, Medium.POST, Medium.POST, Medium.EVENT)):
        documents[number] = replace(documents[number], medium=medium)
    documents = [
        replace(one, collected=PartialDate(DAYS[number % 3], "made-up"))
        for number, one in enumerate(documents)
    ]
    Catalogue.open(Home(tmp_path).catalogue).close()
    return create_app(MadeUpCollection(Home(tmp_path), made_up_index(documents))).test_client()


def found(client: FlaskClient, asked: str) -> int:
    return int(ask(client, f"/api/v1/search?{asked}")["total"])


def test_a_column_counts_what_articles_were_published_as(mixed: FlaskClient) -> None:
    counted = ask(mixed, "/api/v1/search?facet=medium")["facets"]["medium"]
    assert [(one["id"], one["label"], one["count"]) for one in counted][:2] == [
        ("page", "page", len(made_up_documents()) - 4),
        ("post", "post", 3),
    ]
    page = mixed.get("/search").text
    assert "Published as" in page
    assert "event record" in page
    assert found(mixed, "medium=post") == found(mixed, "q=medium:post") == 3
    assert found(mixed, 'q=medium:"event record"') == 1


def test_where_all_were_published_alike_no_column_says_so(client: FlaskClient) -> None:
    assert "Published as" not in client.get("/search").text
    assert "Published as" in client.get("/search?medium=page").text


@pytest.mark.parametrize(
    ("reader", "media_type", "url", "medium"),
    [
        ("html/1", "text/html", None, Medium.PAGE),
        ("warc/1", "text/html; charset=utf-8", "https://a.example/", Medium.PAGE),
        ("warc/1", "application/pdf", "https://a.example/a.pdf", Medium.DOCUMENT),
        ("whole/1", "text/plain", None, Medium.DOCUMENT),
        ("telegram/1", "application/json", "https://t.me/a/1", Medium.POST),
        ("mastodon/1", "application/json", None, Medium.POST),
        ("csv/1", "application/json", "https://a.example/", Medium.PAGE),
        ("jsonl/1", "application/json", None, Medium.DOCUMENT),
        ("mail/1", "application/json", None, Medium.DOCUMENT),
    ],
)
def test_who_read_a_document_tells_what_it_was(
    reader: str, media_type: str, url: str | None, medium: Medium
) -> None:
    assert medium_of(reader, media_type, url) is medium
    assert medium_of(reader, media_type, url, '{"event_place": "Meran"}') is Medium.EVENT


def test_days_of_collection_narrow_beside_those_of_publication(mixed: FlaskClient) -> None:
    everything = found(mixed, "")
    each = [found(mixed, f"collected_from={day}&collected_to={day}") for day in DAYS]
    assert sum(each) == everything
    assert found(mixed, "collected_from=2023") == each[1] + each[2]
    assert found(mixed, "collected_to=2022") == each[0]
    both = found(mixed, "date_from=2022-02-24&date_to=2022-02-25&collected_to=2022")
    assert 0 < both < found(mixed, "date_from=2022-02-24&date_to=2022-02-25")
    page = mixed.get("/search?collected_from=2023").text
    assert 'name="collected_from" value="2023"' in page
    assert "collected from 2023" in page.replace("<bdi>", "").lower() or "collected" in page


def test_a_range_of_collection_that_is_none_is_refused_and_an_empty_one_explained(
    mixed: FlaskClient,
) -> None:
    refused = mixed.get("/api/v1/search?collected_from=2024&collected_to=2023")
    assert refused.status_code == 400
    assert refused.json is not None
    assert refused.json["param"] == "collected_to"
    assert "Collected at any time:" in mixed.get("/search?collected_from=2030").text


def test_a_form_asks_and_keeps_what_narrows(mixed: FlaskClient) -> None:
    asked = mixed.get("/ask?any=drone+artillery&without=bridge&medium=page")
    assert asked.status_code == 302
    assert asked.headers["Location"] == (
        "/search?medium=page&q=%28drone+OR+artillery%29+AND+NOT+bridge"
    )
    page = mixed.get(asked.headers["Location"]).text
    assert "Ask by a form" in page
    assert '<input type="hidden" name="medium" value="page">' in page
    assert mixed.get("/ask").headers["Location"] == "/search"
    assert mixed.get("/ask?nonsense=x").status_code == 400


def test_the_days_of_collection_are_part_of_the_question_in_full() -> None:
    days = (date(2023, 1, 1), date(2023, 12, 31))
    line = in_full(SearchRequest(text="drone", collected=days))
    assert parse(line) == And((Term("drone"), DateRange("collected", *days)))
