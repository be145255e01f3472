"""When the time allowed is spent, nothing that is given claims to be all that there is."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from search.service import TIME_SPENT
from tests.webui.conftest import MadeUpCollection, answer_otherwise
from tests.webui.test_api import ask


def hurry(collection: MadeUpCollection) -> None:
    """Has the time that is allowed be spent from now on."""
    answer_otherwise(collection, complete=False)


@pytest.fixture
def hurried(client: FlaskClient, collection: MadeUpCollection) -> FlaskClient:
    hurry(collection)
    return client


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("search?q=drone", "SearchAnswer"),
        ("concordance?q=drone", "Concordance"),
        ("together?q=drone", "Together"),
        ("coverage", "Coverage"),
    ],
)
def test_answers_say_so(hurried: FlaskClient, path: str, schema: str) -> None:
    assert ask(hurried, f"/api/v1/{path}", schema)["complete"] is False


def test_each_series_of_a_timeline_says_so(hurried: FlaskClient) -> None:
    series = ask(hurried, "/api/v1/timeline?q=drone&q=bridge", "Timeline")["series"]
    assert [one["complete"] for one in series] == [False, False]


@pytest.mark.parametrize("path", ["search?q=drone", "together?q=drone", "coverage", "timeline"])
def test_pages_say_so(hurried: FlaskClient, path: str) -> None:
    assert f"{TIME_SPENT}." in hurried.get(f"/{path}").text


@pytest.mark.parametrize("more", ["", "&collapse=family"])
def test_no_export_calls_itself_complete(hurried: FlaskClient, more: str) -> None:
    *articles, last = hurried.get(f"/api/v1/export.jsonl?q=drone{more}").text.splitlines()
    assert articles
    assert json.loads(last)["complete"] is False
    for form in ("csv", "bib", "ris"):
        text = hurried.get(f"/api/v1/export.{form}?q=drone{more}").text
        assert "# INCOMPLETE: " in text.splitlines()[-1]
