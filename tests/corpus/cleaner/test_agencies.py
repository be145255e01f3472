"""Which agencies an article credits, wherever it says so; one that a sentence speaks of is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from corpus.article import Article, RawDocument
from corpus.cleaner import clean
from corpus.cleaner.declared.agencies import agencies_in, credits_in
from corpus.store.codec import decode_article, encode_article

AP, AFP, REUTERS = "Associated Press", "Agence France-Presse", "Reuters"
STORY = " ".join(["The ferries to the island stopped at noon, the harbor master said."] * 9)


def cleaned(content: str, media_type: str = "text/html", **declared: str) -> Article:
    collected = datetime(2024, 5, 2, tzinfo=UTC)
    return clean(
        RawDocument(
            content=content.encode(),
            media_type=media_type,
            locator="test",
            collected=collected,
            reader="test/1",
            declared=declared,
        )
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("KHERSON, Ukraine (AP) — Ferries stopped.", (AP,)),
        ("PORT SUDAN, Nov 3 (Reuters) - Ferries stopped.", (REUTERS,)),
        ("HAIFA (AA) – Ferries stopped.", ("Anadolu",)),
        ("Tripoli (dpa) - Die Fähren fahren nicht.", ("dpa",)),
        ("Rio de Janeiro, 3 mar (EFE).- Los barcos.", ("EFE",)),
        ("ОДЕССА, 3 марта. /ТАСС/. Паромы стоят.", ("TASS",)),
        ("ОДЕССА, 3 мар — РИА Новости. Паромы стоят.", ("RIA Novosti",)),
        ("عدن (رويترز) - توقفت العبارات.", (REUTERS,)),
        ("AFP - Les bateaux restent au port.", (AFP,)),
        ("TASS, March 3. Ferries stopped.", ("TASS",)),
        ("ODESA (Harbor Wire) — Ferries stopped.", ("Harbor Wire",)),
        ("Ferries stopped at noon. (Reuters/AFP)", (REUTERS, AFP)),
        ("Ferries stopped at noon. (Reuters) (AP)", (AP, REUTERS)),
        ("Ferries stopped at noon.\n\n— Reuters", (REUTERS,)),
        ("By AFP and Reuters\n\nFerries stopped.", (AFP, REUTERS)),
        ("Ferries stopped. The Associated Press contributed to this report.", (AP,)),
        ("Fähren stehen. Mit Material von AFP und dpa", (AFP, "dpa")),
        ("Паромы стоят. Источник: Интерфакс-Украина", ("Interfax-Ukraine",)),
        ("© AFP", (AFP,)),
    ],
)
def test_a_credit_names_who_sent_the_text(text: str, found: tuple[str, ...]) -> None:
    assert set(agencies_in(text=text)) == set(found)
    assert all(
        text[one.start : one.end] == text[one.start : one.end].strip() for one in credits_in(text)
    )


@pytest.mark.parametrize(
    "text",
    [
        "Reuters said its journalist was killed near the bridge.",
        "The mayor told AFP that the ferries had stopped.",
        "Reuters - which had a team there - left on Monday.",
        "Two cameramen (AFP) - both unhurt - went on filming.",
        "They work for Agence France-Presse (AFP)",
        "ODESA (Agency) — Ferries stopped.",
        "ODESA (May 3) — Ferries stopped.",
        "Odesa (Ukraine) - Ferries stopped.",
        "The official agency WAFA - it has offices there - was hit.",
    ],
)
def test_who_is_spoken_of_is_not_credited(text: str) -> None:
    assert credits_in(text) == []


@pytest.mark.parametrize("text", ["Photo: Jane Doe/AFP", "AFP/Getty Images", "(AP Photo/Jane Doe)"])
def test_who_took_a_picture_did_not_send_the_text(text: str) -> None:
    assert agencies_in(text=text) == ()
    assert credits_in(text)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("By Jane Doe, Associated Press", (AP,)),
        ("Agence France-Presse in Kyiv", (AFP,)),
        ("Le Matin avec AFP", (AFP,)),
        ("JANE DOE | AP", (AP,)),
        ("AA", ("Anadolu",)),
        ("Harbor staff and agencies", ()),
        ("Jane Tass", ()),
        ("Jane Doe (Photo: AFP)", ()),
        ("By nightfall AP had said so.", ()),
    ],
)
def test_bylines(line: str, found: tuple[str, ...]) -> None:
    assert agencies_in(bylines=[line]) == found


def test_a_page_says_it_above_the_story_in_its_data_and_in_what_is_taken_out() -> None:
    head = "<title>Ferries stop</title>"
    shown = f"<html><head>{head}</head><body><article><h1>Ferries stop</h1>{{}}<p>{STORY}</p></article></body>"
    assert cleaned(shown.format("<p class=byline>By Jane Doe, Reuters</p>")).agencies == (REUTERS,)
    author = '{"@type": "NewsArticle", "author": {"@type": "Organization", "name": "AFP"}}'
    data = f"<script type='application/ld+json'>{author}</script>"
    assert cleaned(shown.format(data)).agencies == (AFP,)
    credit = f"<p>{STORY}</p><p class='agency-credit'>Reuters</p>"
    assert cleaned(shown.format(credit)).agencies == (REUTERS,)
    assert cleaned(shown.format("")).agencies == ()


def test_records_and_texts_say_it_and_the_catalogue_keeps_it() -> None:
    record = cleaned(STORY, "text/plain", bylines="Jane Doe; AFP", title="Ferries stop")
    assert record.agencies == (AFP,)
    assert record.bylines == ("Jane Doe",)
    assert decode_article(encode_article(record)).agencies == (AFP,)
    assert cleaned(f"ODESA (Reuters) - {STORY}", "text/plain").agencies == (REUTERS,)
