"""A whole result leaves by HTTP: every article once, the question and the generation with it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.contract.made_up import document, made_up_documents, made_up_index
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_api import refused

EVERY = {one.article_id for one in made_up_documents()}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_has_every_article_and_says_so(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    response = client.get("/api/v1/export.csv?person=per-oduya&sort=oldest")
    assert response.mimetype == "text/csv"
    assert response.headers["Content-Disposition"].startswith("attachment")
    *found, last = rows(response.text)
    shown = client.get("/api/v1/search?person=per-oduya&sort=oldest").json
    assert shown is not None
    assert [row["id"] for row in found] == [item["id"] for item in shown["items"]]
    generation = next(iter(collection.generations))
    total = shown["total"]
    assert last["id"].startswith(f"# complete: {total} of {total} articles")
    assert "query: /search?person=per-oduya&sort=oldest" in last["id"]
    assert last["id"].endswith(f"generation: {generation}")


def test_json_lines_hold_the_texts(client: FlaskClient) -> None:
    response = client.get("/api/v1/export.jsonl")
    assert response.mimetype == "application/jsonl"
    *found, last = [json.loads(line) for line in response.text.splitlines()]
    assert {one["id"] for one in found} == EVERY
    assert all(one["text"] for one in found)
    assert last["complete"] is True
    assert last["articles"] == len(EVERY)


@pytest.mark.parametrize(("form", "begins"), [("bib", "@article{"), ("ris", "TY  - NEWS")])
def test_references_of_a_whole_result(client: FlaskClient, form: str, begins: str) -> None:
    response = client.get(f"/api/v1/export.{form}?q=drone")
    total = (client.get("/api/v1/search?q=drone").json or {})["total"]
    assert response.text.count(begins) == total > 0
    assert f"complete: {total} of {total}" in response.text.splitlines()[-1]


def test_an_odd_article_breaks_no_reference(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    odd = replace(document("", "A text."), url="https://a.example/{x}?y=}\\", outlet="{Odd & Co")
    collection.generations = {"g": made_up_index([odd])}
    text = client.get("/api/v1/export.bib").text
    assert "url = {https://a.example/%7Bx%7D?y=%7D%5C}" in text
    assert r"journal = {\textbraceleft{}Odd \& Co}" in text
    assert "title" not in text
    assert text.count("{") == text.count("}")


def test_one_of_each_family(client: FlaskClient) -> None:
    every = client.get("/api/v1/export.csv").text
    collapsed = client.get("/api/v1/export.csv?collapse=family").text
    families = {row["family"] for row in rows(every)[:-1]}
    assert len(rows(collapsed)) - 1 == len(families) < len(EVERY)
    assert "# complete" in collapsed


def test_an_export_is_refused_before_it_begins(client: FlaskClient) -> None:
    refused(client, "/api/v1/export.csv?q=(drone", 400, "query_syntax")
    refused(client, "/api/v1/export.jsonl?limit=5", 400, "invalid_parameter")
    refused(client, "/api/v1/export.csv?generation=gone", 410, "generation_gone")
    refused(client, "/api/v1/export.xlsx", 404, "not_found")


def test_the_generation_is_open_until_the_last_piece(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    response = client.get("/api/v1/export.csv", buffered=False)
    assert collection.in_use == 1
    assert response.text.count("\r\n") == len(EVERY) + 2
    response.close()
    assert collection.in_use == 0


def test_an_export_that_is_known_costs_nothing(client: FlaskClient) -> None:
    first = client.get("/api/v1/export.csv?q=drone")
    again = client.get(
        "/api/v1/export.csv?q=drone", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304


def test_links_of_a_search_lead_to_its_exports(client: FlaskClient) -> None:
    found = client.get("/api/v1/search?q=drone&limit=1&fields=id").json
    assert found is not None
    for form in ("csv", "jsonl", "bib", "ris", "atom"):
        assert client.get(found["links"][form]).status_code == 200
