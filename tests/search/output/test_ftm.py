"""An export for OpenAleph: each line is an entity, and what articles name leads back to them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from indexer.entities.types import ArticleEntity, EntityKind
from search.output.export_format import Origin
from search.output.exports import FORMATS, export, pieces
from search.request import SearchRequest
from search.result import Hit
from search.serving.open_index import OpenIndex
from tests.contract.made_up import document, made_up_index

FTM = FORMATS["ftm"]
REPORT = replace(
    document("Quays", "Ann Ode spoke in Meran.", outlet="Post", published="2022-03-01T07:30Z"),
    article_id="a1",
    url="https://news.example/a",
    bylines=("Ben Roe",),
    language="uk",
    flags=("very_short",),
    entities=(
        ArticleEntity("per-ann", EntityKind.PERSON, "Ann Ode", 2),
        ArticleEntity("org-red", EntityKind.ORG, "Red Cross", 1),
        ArticleEntity("pla-meran", EntityKind.PLACE, "Meran", 1),
        ArticleEntity("nor-kurds", EntityKind.NORP, "Kurds", 1),
    ),
)


@pytest.fixture(scope="module")
def index() -> OpenIndex:
    return made_up_index()


def entities(report: Any = REPORT, **origin: Any) -> list[dict[str, Any]]:
    asked = Origin("q", "g1", **({"total": 1} | origin))
    text = "".join(pieces(FTM, [Hit(report, 1.0, ())], asked))
    return [json.loads(line) for line in text.splitlines()]


def test_an_article_and_what_it_names() -> None:
    article, ann, mention, red, _, meran, _ = entities()
    assert article == {
        "id": "a1",
        "schema": "Article",
        "properties": {
            "fileName": ["a1"],
            "title": ["Quays"],
            "author": ["Ben Roe"],
            "publisher": ["Post"],
            "publishedAt": ["2022-03-01"],
            "retrievedAt": ["2024-06-01"],
            "language": ["ukr"],
            "sourceUrl": ["https://news.example/a"],
            "bodyText": ["Ann Ode spoke in Meran."],
            "addressEntity": ["pla-meran"],
            "notes": [f"SHA-256 of the original: {'0' * 64}", "read with care: very short"],
            "peopleMentioned": ["Ann Ode"],
            "companiesMentioned": ["Red Cross"],
            "locationMentioned": ["Meran"],
        },
    }
    assert ann == {"id": "per-ann", "schema": "Person", "properties": {"name": ["Ann Ode"]}}
    assert mention == {
        "id": "a1-per-ann",
        "schema": "Mention",
        "properties": {
            "document": ["a1"],
            "resolved": ["per-ann"],
            "name": ["Ann Ode"],
            "detectedSchema": ["Person"],
        },
    }
    assert red["schema"] == "Organization"
    assert meran == {"id": "pla-meran", "schema": "Address", "properties": {"full": ["Meran"]}}


def test_what_is_not_known_is_left_out() -> None:
    bare = replace(REPORT, url=None, bylines=(), published=None, language="und", entities=())
    article, _ = entities(bare)
    told = article["properties"]
    assert {"sourceUrl", "author", "publishedAt", "language", "addressEntity"}.isdisjoint(told)


def test_the_last_line_says_whether_it_is_all() -> None:
    for total, state in ((1, "complete"), (2, "INCOMPLETE")):
        *_, last = entities(total=total)
        assert last["schema"] == "Folder"
        (told,) = last["properties"]["title"]
        assert told == f"{state}: 1 of {total} articles; query: q; generation: g1"


def test_every_reference_is_to_an_entity_of_the_export(index: OpenIndex) -> None:
    lines = "".join(export(FTM, SearchRequest(), index)).splitlines()
    found = [json.loads(line) for line in lines]
    known = {one["id"]: one["schema"] for one in found}
    mentions = [one["properties"] for one in found if one["schema"] == "Mention"]
    assert mentions
    for one in mentions:
        assert known[one["document"][0]] == "Article"
        assert known[one["resolved"][0]] == one["detectedSchema"][0]
    for one in found:
        for values in one["properties"].values():
            assert values
            assert all(isinstance(value, str) and value for value in values)
