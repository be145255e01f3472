"""Lines of FollowTheMoney: documents become articles, whom they name does not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.article import Article, RawDocument
from corpus.cleaner import clean
from corpus.readers import read
from indexer.entities.types import ArticleEntity, EntityKind
from search.output.export_format import Origin
from search.output.exports import FORMATS, pieces
from search.result import Hit
from tests.contract.made_up import document

TEXT = "Two boats left the harbor at dawn and came back at noon with nets full of herring. " * 3


def entity(schema: str, **properties: Any) -> dict[str, Any]:
    return {"id": f"e-{schema}", "schema": schema, "properties": properties}


def articles(folder: Path, *entities: Any) -> list[Article]:
    dump = folder / "dump.jsonl"
    dump.write_text("\n".join(json.dumps(one) for one in entities), encoding="utf-8")
    read_in = list(read(dump))
    assert all(isinstance(one, RawDocument) for one in read_in), read_in
    return [clean(one) for one in read_in if isinstance(one, RawDocument)]


def test_a_document_is_an_article_and_what_is_none_is_passed_over(tmp_path: Path) -> None:
    (article,) = articles(
        tmp_path,
        entity("Person", name=["Ann Ode"]),
        entity(
            "Article",
            title=["Boats leave harbor"],
            bodyText=[TEXT, "They will go again."],
            author=["Ann Ode", "Ben Roe"],
            publisher=["Quay Post"],
            publishedAt=["2022-03-01"],
            sourceUrl=["https://quay.example/boats"],
        ),
        entity("Mention", document=["e-Article"], name=["Ann Ode"]),
        entity("Folder", fileName=["boxes"]),
    )
    assert article.title == "Boats leave harbor"
    assert article.text.endswith("They will go again.")
    assert article.bylines == ("Ann Ode", "Ben Roe")
    assert article.outlet == "Quay Post"
    assert article.published
    assert article.published.iso == "2022-03-01"
    assert article.url == "https://quay.example/boats"


def test_a_page_is_cleaned(tmp_path: Path) -> None:
    page = f"<html><nav>Home</nav><article><h1>Boats</h1><p>{TEXT}</p></article></html>"
    (article,) = articles(tmp_path, entity("HyperText", bodyHtml=[page], title=["Boats"]))
    assert article.text.startswith("Two boats")
    assert "Home" not in article.text


def test_odd_values_cost_themselves_alone(tmp_path: Path) -> None:
    (article,) = articles(
        tmp_path, entity("PlainText", bodyText=[TEXT, 7, None], title="no list", author={})
    )
    assert article.text.startswith("Two boats")


def test_what_is_exported_is_read_back(tmp_path: Path) -> None:
    told = document("Boats", TEXT, outlet="Quay Post", published="2022-03-01")
    named = (ArticleEntity("per-ann", EntityKind.PERSON, "Ann Ode", 1),)
    hit = Hit(replace(told, entities=named), 1.0, ())
    dump = tmp_path / "export.jsonl"
    dump.write_text("".join(pieces(FORMATS["ftm"], [hit], Origin("q", "g1", 1))), encoding="utf-8")
    (raw,) = read(dump)
    assert isinstance(raw, RawDocument)
    article = clean(raw)
    assert (article.title, article.outlet) == ("Boats", "Quay Post")
    assert article.text.split() == TEXT.split()
