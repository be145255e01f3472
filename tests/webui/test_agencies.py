"""Agencies: a facet of their own, in questions, parameters, answers, rows and pages."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.home import Home
from corpus.store import Catalogue
from search.request import COUNTED
from tests.contract.made_up import made_up_documents, made_up_index
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_api import ask
from webui.app import create_app
from webui.locale import languages
from webui.view import wording

AP, AFP = "Associated Press", "Agence France-Presse"


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    first, second, *others = made_up_documents()
    documents = [replace(first, agencies=(AP, AFP)), replace(second, agencies=(AFP,)), *others]
    Catalogue.open(Home(tmp_path).catalogue).close()
    return create_app(MadeUpCollection(Home(tmp_path), made_up_index(documents))).test_client()


def test_agencies_narrow_are_counted_and_told(client: FlaskClient) -> None:
    counted = ask(client, "/api/v1/search?facet=agency")["facets"]["agency"]
    assert {(one["label"], one["count"]) for one in counted} == {(AFP, 2), (AP, 1)}
    for asked, count in (("AFP", 2), ("AP", 1), (AFP, 2), ("أسوشيتد برس", 1), ("UPI", 0)):
        assert ask(client, f'/api/v1/search?q=agency:"{asked}"')["total"] == count
        assert ask(client, f"/api/v1/search?agency={asked}")["total"] == count
    (item,) = ask(client, "/api/v1/search?agency=AP")["items"]
    assert item["agencies"] == [AP, AFP]
    told = json.loads(client.get(f"/api/v1/articles/{item['id']}").text)
    assert told["agencies"] == [AP, AFP]
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/export.csv?agency=AP").text)))
    assert rows[0]["agency"] == f"{AP}; {AFP}"
    assert "Agencies" in client.get("/search").text
    assert f">{AFP}</a>" in client.get(f"/articles/{item['id']}").text


def test_what_people_type_for_it_is_known(client: FlaskClient) -> None:
    assert "agency:" in json.loads(client.get("/api/v1/search?q=wire:AP").text)["detail"]


@pytest.mark.parametrize("code", languages.LANGUAGES)
def test_how_many_values_a_facet_has_is_a_sentence_in_every_language(code: str) -> None:
    with languages.using(languages.LANGUAGES[code]):
        for facet in COUNTED:
            assert "21" in wording.values(facet, 21)
        for facet in ("agency", "medium"):
            told = wording.values(facet, 21)
            assert ":" not in told
            assert code == "en" or told != _english(facet, 21)


def _english(facet: str, count: int) -> str:
    with languages.using(languages.ENGLISH):
        return wording.values(facet, count)


def test_agencies_and_kinds_of_publication_are_counted_in_words(client: FlaskClient) -> None:
    assert "2 agencies in 9 articles." in client.get("/facets/agency").text
    assert " kind of publication in 9 articles." in client.get("/facets/medium").text
    russian = client.get("/facets/agency", headers={"Accept-Language": "ru"}).text
    assert "2 агентства" in russian
