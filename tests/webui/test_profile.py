"""What articles say of an entity: roles with their dates, who stands in one sentence with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.dates import PartialDate
from corpus.home import Home
from corpus.store import Catalogue
from indexer.articles.roles.types import HeldBy
from indexer.document import IndexDocument, MentionSpan
from search.analyses import profile
from tests.contract.made_up import made_up_documents, made_up_index
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_api import ask
from webui.app import create_app

NAMES = {"Oduya": "per-oduya", "Gen. Brandt": "per-brandt-k", "Meran": "pla-meran"}
ODUYA = "/entities/per-oduya"


def saying(number: int, day: str | None, text: str, *held: str) -> IndexDocument:
    """An article of a day with a text, in which Oduya has roles."""
    spans = sorted(
        (match.start(), match.end(), entity)
        for name, entity in NAMES.items()
        for match in re.finditer(re.escape(name), text)
    )
    return replace(
        made_up_documents()[0],
        article_id=f"article{number}",
        family_id=f"article{number}",
        text=text,
        published=PartialDate(day, "made-up") if day else None,
        mentions=tuple(MentionSpan(*span) for span in spans),
        roles=tuple(
            HeldBy(text.index(role), text.index(role) + len(role), "per-oduya") for role in held
        ),
    )


def serving(tmp_path: Path, documents: Sequence[IndexDocument]) -> FlaskClient:
    Catalogue.open(Home(tmp_path).catalogue).close()
    return create_app(MadeUpCollection(Home(tmp_path), made_up_index(documents))).test_client()


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return serving(
        tmp_path,
        [
            saying(1, "2022-03-01", "Defence Minister Oduya visited Meran.", "Defence Minister"),
            saying(
                2,
                "2021-01-05",
                "Nobody came.\n\nDefense Minister Oduya has visited Meran. Gen. Brandt left.",
                "Defense Minister",
            ),
            saying(3, None, "Defence Minister Oduya praised Gen. Brandt.", "Defence Minister"),
            saying(4, "2023-06-07", "Oduya, the mayor of Meran, left.", "mayor of Meran"),
        ],
    )


def test_a_role_has_a_count_and_its_first_and_last_article(client: FlaskClient) -> None:
    found = ask(client, f"/api/v1{ODUYA}", "Entity")["profile"]
    assert [
        (one["role"], one["articles"], one["first"]["id"], one["last"]["id"])
        for one in found["roles"]
    ] == [
        ("Defence Minister", 3, "article2", "article1"),
        ("mayor of Meran", 1, "article4", "article4"),
    ]
    assert found["roles"][0]["first"]["published"]["date"] == "2021-01-05"
    assert (found["articles"], found["complete"]) == (4, True)


def test_who_stands_in_one_sentence_and_the_words_between(client: FlaskClient) -> None:
    ties = ask(client, f"/api/v1{ODUYA}", "Entity")["profile"]["ties"]
    assert [(one["id"], one["sentences"], one["words"]) for one in ties] == [
        ("pla-meran", 2, ["visited"])
    ], "Brandt stands in one sentence with it once, and *mayor of Meran* joins it to no place"


def test_the_page_shows_them_and_leads_to_the_paragraph(client: FlaskClient) -> None:
    page = unescape(client.get(ODUYA).text)
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))
    assert "Defence Minister 3 5 January 2021 1 March 2022" in words
    assert "First named 5 January 2021 in The Harbour Post , last 7 June 2023" in words
    assert 'href="/articles/article2#p2"' in page
    assert 'href="/search?person=per-oduya&place=pla-meran"' in page


def test_a_written_form_leads_to_the_articles_that_write_it_so(client: FlaskClient) -> None:
    names = ask(client, f"/api/v1{ODUYA}", "Entity")["names"]
    (known,) = (one["name"] for one in names if one["mentions"])
    page = unescape(client.get(ODUYA).text)
    (written,) = re.findall(rf'href="([^"]*)" rel="nofollow"><bdi>{known}</bdi>', page)
    asked = ask(client, f"/api/v1{written}")["query"]["text"]
    assert asked == f'"{known}"'
    assert "person=per-oduya" in written


def test_of_many_articles_both_ends_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profile, "MOST_READ", 2)
    days = [f"2022-01-0{day}" for day in range(1, 7)]
    texts = [f"Minister {number} Oduya left." for number in range(6)]
    documents = [
        saying(number, day, text, f"Minister {number}")
        for number, (day, text) in enumerate(zip(days, texts, strict=True))
    ]
    client = serving(tmp_path, documents)
    found = ask(client, f"/api/v1{ODUYA}", "Entity")["profile"]
    assert sorted(one["role"] for one in found["roles"]) == [
        f"Minister {number}" for number in (0, 1, 4, 5)
    ]
    assert (found["articles"], found["complete"]) == (4, False)
    assert "read in 4 articles of the first and newest" in client.get(ODUYA).text
    few = serving(tmp_path, documents[:3])
    assert ask(few, f"/api/v1{ODUYA}", "Entity")["profile"]["complete"] is True
