"""Records, plain text and Markdown: what they declare, and the text behind it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from corpus.article import Article, RawDocument
from corpus.cleaner import clean

TEXT = "The bridge fell at dawn, said the mayor. Nobody was hurt."


def cleaned(content: str, media_type: str = "text/markdown") -> Article:
    return clean(
        RawDocument(
            content=content.encode(),
            media_type=media_type,
            locator="notes.md",
            collected=datetime(2024, 6, 1, tzinfo=UTC),
            reader="test/1",
        )
    )


def published(article: Article) -> str:
    return article.published.iso if article.published else ""


def test_front_matter_declares() -> None:
    article = cleaned(
        f"""---
title: "The bridge: what we know"
date: 2024-03-05  # a Tuesday
author: Ann Ode
source: 'The Ledger'
link: https://ledger.example/bridge
---

# Another heading

{TEXT}
"""
    )

    assert article.title == "The bridge: what we know"
    assert published(article) == "2024-03-05"
    assert (article.bylines, article.outlet) == (("Ann Ode",), "The Ledger")
    assert article.url == "https://ledger.example/bridge"
    assert article.text == f"Another heading\n\n{TEXT}"


@pytest.mark.parametrize(
    "authors",
    [
        "author: [Ann Ode, 'Ben Roe']",
        "authors:\n  - Ann Ode\n  - Ben Roe",
        "authors:\n- Ann Ode\n- Ben Roe",
        "authors:\n  - name: Ann Ode\n    role: editor\n  - role: writer\n    name: 'Ben Roe'",
        "author: {name: Ann Ode, at: x}\nauthors: [Ben Roe]",
        "author:\n  name: Ann Ode\n  title: WRONG\nauthors:\n  - Ben Roe",
    ],
)
def test_authors_may_be_nested(authors: str) -> None:
    article = cleaned(f"---\n{authors}\ntitle: Bridge\n---\n{TEXT}")

    assert article.bylines == ("Ann Ode", "Ben Roe")
    assert (article.title, article.text) == ("Bridge", TEXT)


def test_a_nested_key_is_none_of_the_article() -> None:
    article = cleaned(
        f"---\ntitle: Bridge\nimage:\n  title: Wrong\n  date: 1999-01-01\n---\n{TEXT}"
    )

    assert (article.title, published(article)) == ("Bridge", "")


def test_blocks_of_lines_are_read() -> None:
    article = cleaned(f"---\ntitle: >-\n  The bridge\n  fell\ndate: 2024\n---\n{TEXT}")

    assert (article.title, published(article)) == ("The bridge fell", "2024")


def test_toml_declares_too() -> None:
    article = cleaned(
        f'+++\ntitle = "Bridge"\ndate = 2024-03-05\nauthors = ["Ann Ode"]\n+++\n{TEXT}'
    )

    assert (article.title, published(article)) == ("Bridge", "2024-03-05")
    assert (article.bylines, article.text) == (("Ann Ode",), TEXT)


@pytest.mark.parametrize("rule", ["---", "+++"])
def test_a_text_between_two_rules_is_kept(rule: str) -> None:
    article = cleaned(f"{rule}\n\nA convoy went by.\n\n{rule}\n\n{TEXT}\n")

    assert "A convoy went by." in f"{article.title} {article.text}"
    assert TEXT in article.text


def test_authors_and_source_of_a_record_may_be_objects() -> None:
    record = {
        "title": "Bridge",
        "text": TEXT,
        "authors": [{"name": "Ann Ode", "id": 7}, "Ben Roe", None],
        "source": {"id": None, "name": "The Ledger"},
    }

    article = cleaned(json.dumps(record), "application/json")

    assert article.bylines == ("Ann Ode", "Ben Roe")
    assert article.outlet == "The Ledger"


def test_soft_hyphens_and_the_like_are_no_part_of_a_word() -> None:
    broken = TEXT.replace("bridge", "bri\u00addge").replace("Nobody", "No\u200bbody\ufeff")
    assert cleaned(broken, "text/plain").text == TEXT
    assert cleaned(json.dumps({"text": broken}), "application/json").text == TEXT


@pytest.mark.parametrize("text", ["Monday, 7 March 2022", "By Ann Ode\n7 March 2022"])
def test_a_record_that_holds_nothing_but_a_day_or_a_name_is_not_lost(text: str) -> None:
    article = cleaned(json.dumps({"title": "A test", "text": text}), "application/json")
    assert article.text == text
    assert article.removed == ()
