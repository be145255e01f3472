"""What is doubtful about an article is said wherever the article is: pages, answers, files."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from tests.contract.made_up import made_up_documents, made_up_index
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_api import ask
from tests.webui.test_pages import plain, read

FIRST, *OTHERS = made_up_documents()
FLAGS = ("future_date", "very_short")
ONLY = "flag=future_date"
PLAIN = "dated after the day it was collected; very short"


@pytest.fixture(autouse=True)
def doubted(collection: MadeUpCollection) -> None:
    """The first article has two doubts, one of its date; no other has any."""
    (name, _), *_ = collection.generations.items()
    articles = [replace(FIRST, flags=FLAGS), *OTHERS]
    collection.generations = {name: made_up_index(articles, generation=name)}


def test_in_every_answer(client: FlaskClient) -> None:
    (item,) = ask(client, f"/api/v1/search?{ONLY}")["items"]
    (sparse,) = ask(client, f"/api/v1/search?{ONLY}&fields=flags")["items"]
    assert item["flags"] == list(FLAGS)
    assert sparse == {"flags": list(FLAGS)}
    lines = ask(client, f"/api/v1/concordance?q=ceasefire&{ONLY}", "Concordance")["lines"]
    assert {tuple(line["flags"]) for line in lines} == {FLAGS}
    named = FIRST.entities[0].entity_id
    known = ask(client, f"/api/v1/entities/{named}", "Entity")
    flags = {one["id"]: one["flags"] for one in (*known["newest"], *known["first"])}
    assert flags.pop(FIRST.article_id) == list(FLAGS)
    assert not any(flags.values())


def test_in_every_file(client: FlaskClient) -> None:
    files = {form: client.get(f"/api/v1/export.{form}?{ONLY}").text for form in ("csv", "jsonl")}
    assert next(csv.DictReader(io.StringIO(files["csv"])))["flags"] == "future_date; very_short"
    assert json.loads(files["jsonl"].splitlines()[0])["flags"] == list(FLAGS)
    lines = client.get(f"/api/v1/concordance.csv?q=ceasefire&{ONLY}").text
    assert next(csv.DictReader(io.StringIO(lines)))["flags"] == "future_date; very_short"
    for address in ("/api/v1/export.{}?" + ONLY, f"/articles/{FIRST.article_id}/citation.{{}}"):
        assert f"read with care: {PLAIN}" in client.get(address.format("bib")).text
        assert f"N1  - read with care: {PLAIN}\r\n" in client.get(address.format("ris")).text
    entry = ET.fromstring(client.get(f"/feed.atom?{ONLY}").data)
    terms = [one.get("term") for one in entry.iter("{http://www.w3.org/2005/Atom}category")]
    assert terms == ["flag:future_date", "flag:very_short"]


def test_on_every_page(client: FlaskClient) -> None:
    hit = plain(read(client, f"/search?{ONLY}"))
    assert "24 February 2022 dated after the day it was collected very short" in hit
    article = plain(read(client, f"/articles/{FIRST.article_id}"))
    assert "24 February 2022 date in doubt" in article
    assert f"Read with care: {PLAIN}." in article
    assert "[February 24, 2022?]" in article  # Chicago
    assert "([2022, February 24?])" in article  # APA
    assert "[24 Feb. 2022?]" in article  # MLA
    assert "date in doubt" in read(client, f"/entities/{FIRST.entities[0].entity_id}")
    assert "date in doubt" in read(client, "/concordance?q=ceasefire")
    undoubted = plain(read(client, f"/articles/{OTHERS[-1].article_id}"))
    assert "Read with care" not in undoubted
