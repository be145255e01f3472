"""Standing questions in the browser and for scripts: kept, told what is new, seen, dropped."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus.dates import PartialDate
from search.dossiers.standing.questions import load
from tests.contract.made_up import document, made_up_documents, made_up_index
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_api import ask
from webui.app import create_app
from webui.deciding import Deciding

TOKEN = "a-token-of-the-operator"
SIGNED = {"who": "Anna", "token": TOKEN}
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def file(collection: MadeUpCollection, tmp_path: Path) -> Path:
    """A file of questions of the test's own; the collection reads it."""
    collection.questions = tmp_path / "questions.jsonl"
    return collection.questions


@pytest.fixture
def operator(collection: MadeUpCollection, file: Path) -> FlaskClient:
    """A client of a server where questions can be kept."""
    app = create_app(collection, deciding=Deciding(file.with_name("d.jsonl"), TOKEN))
    app.testing = True
    return app.test_client()


def post(client: FlaskClient, status: int = 303, /, **form: str) -> TestResponse:
    answer = client.post("/watch", data=SIGNED | form)
    assert answer.status_code == status, answer.text
    return answer


def news(client: FlaskClient, name: str) -> dict[str, Any]:
    told: dict[str, Any] = ask(client, f"/api/v1/watch/news?name={name}", "QuestionNews")
    return told


def test_a_question_is_kept_from_the_search_page_and_asked_as_it_was(
    operator: FlaskClient, file: Path
) -> None:
    asked = "q=drone&outlet_not=Nobody&date_from=2022&date_field=published&collapse=family"
    page = operator.get(f"/search?{asked}&limit=2").text
    assert f'href="/watch?{asked.replace("&", "&amp;")}"' in page
    assert "Keep a question" in operator.get(f"/watch?{asked}").text
    post(operator, name="Drones / Kyiv", asked=asked)
    (kept,) = load(file)[0].values()
    assert (kept.name, kept.query) == ("Drones / Kyiv", "drone")
    assert kept.given == {
        "outlet_not": ["Nobody"],
        "date_from": "2022",
        "date_field": "published",
        "collapse": True,
    }
    (told,) = ask(operator, "/api/v1/watch", "KeptQuestions")["questions"]
    there = operator.get(f"/api/v1/search?{asked}").json
    assert there is not None
    assert told["found"] == there["families"] > 0
    linked = operator.get(told["links"]["search"]).json
    assert linked is not None
    assert linked["total"] == there["total"]
    assert TOKEN not in file.read_text(encoding="utf-8")


def test_news_are_told_until_somebody_has_seen_them(operator: FlaskClient) -> None:
    post(operator, name="drones", asked="q=drone")
    told = news(operator, "drones")
    assert len(told["came"]) == told["question"]["found"] > 0
    assert told["question"]["seen"] == 0
    page = operator.get("/watch/news?name=drones").text
    assert told["came"][0]["title"] in page
    assert "nobody looked yet" in page
    post(operator, name="drones", do="seen", generation=told["generation"])
    after = news(operator, "drones")
    assert after["came"] == after["changed"] == after["left"] == []
    assert after["question"]["seen"] == told["question"]["found"]
    assert "Nothing came, changed or left." in operator.get("/watch/news?name=drones").text


def test_what_came_after_it_was_shown_stays_news(
    operator: FlaskClient, collection: MadeUpCollection
) -> None:
    post(operator, name="drones", asked="q=drone")
    shown = news(operator, "drones")
    late = document("Late", "Old words about a drone.", published="1999-01-01")
    newer = made_up_index([*made_up_documents(), late])
    newer = replace(newer, generation=replace(newer.generation, name="g2"))
    collection.generations["g2"] = newer
    post(operator, name="drones", do="seen", generation=shown["generation"])
    assert [one["id"] for one in news(operator, "drones")["came"]] == [late.article_id]


def test_what_it_finds_today_is_no_news_where_that_was_asked(operator: FlaskClient) -> None:
    post(operator, name="drones", asked="q=drone", from_now="1")
    assert news(operator, "drones")["came"] == []


def test_a_question_is_dropped(operator: FlaskClient) -> None:
    post(operator, name="drones", asked="q=drone")
    post(operator, name="drones", do="drop")
    assert ask(operator, "/api/v1/watch", "KeptQuestions")["questions"] == []
    assert operator.get("/watch/news?name=drones").status_code == 404
    post(operator, 404, name="drones", do="drop")


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"token": "wrong", "name": "a", "asked": "q=drone"}, 403),
        ({"who": " ", "name": "a", "asked": "q=drone"}, 400),
        ({"name": " ", "asked": "q=drone"}, 409),
        ({"name": "a", "asked": 'q="drone'}, 400),
        ({"name": "a", "asked": "date_from=yesterday"}, 400),
    ],
)
def test_what_cannot_be_kept_is_refused(
    operator: FlaskClient, file: Path, form: dict[str, str], status: int
) -> None:
    post(operator, status, **form)
    assert not load(file)[0]


def test_a_name_is_taken_once(operator: FlaskClient) -> None:
    post(operator, name="drones", asked="q=drone")
    post(operator, 409, name="drones", asked="q=bridge")


def test_without_a_token_all_is_read_and_nothing_kept(client: FlaskClient, file: Path) -> None:
    assert "Keep a question" not in client.get("/watch?q=drone").text
    assert client.post("/watch", data=SIGNED | {"name": "a", "asked": "q=drone"}).status_code == 404
    assert not file.exists()


def test_the_feed_is_in_the_order_of_collection(
    operator: FlaskClient, collection: MadeUpCollection
) -> None:
    early, late = (
        replace(
            document(name, "A drone was seen.", published=published),
            collected=PartialDate(collected, "test"),
        )
        for name, published, collected in (
            ("Early", "2024-05-05", "2024-05-06T10:00Z"),
            ("Late", "1999-01-01", "2024-06-07T10:00Z"),
        )
    )
    collection.generations["g2"] = made_up_index([early, late])
    post(operator, name="a drone", asked="q=drone")
    answer = operator.get("/watch/feed.atom?name=a+drone")
    assert answer.mimetype == "application/atom+xml"
    feed = ET.fromstring(answer.data)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles == ["Late", "Early"]
    updated = [entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry")]
    assert updated[0] == "2024-06-07T10:00:00+00:00"

    answer = operator.get("/watch/feed.json?name=a+drone")
    assert answer.mimetype == "application/feed+json"
    assert answer.json is not None
    assert answer.json["version"] == "https://jsonfeed.org/version/1.1"
    items = answer.json["items"]
    assert [one["title"] for one in items] == titles
    assert [one["date_modified"] for one in items] == updated
    assert [one["id"] for one in items] == [
        one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")
    ]
    assert items[0]["date_published"] == "1999-01-01T00:00:00Z"


def test_news_since_a_generation_or_a_time_are_told_and_no_look(
    operator: FlaskClient, collection: MadeUpCollection, file: Path
) -> None:
    post(operator, name="drones", asked="q=drone", from_now="1")
    (first,) = collection.generations
    late = document("Late", "Old words about a drone.", published="1999-01-01")
    kept = [one for one in made_up_documents() if "drone" not in one.title.lower()]
    newer = made_up_index([*kept, late])
    collection.generations["g2"] = replace(newer, generation=replace(newer.generation, name="g2"))
    before = file.read_bytes()

    told = news(operator, f"drones&since={first}")
    assert [one["id"] for one in told["came"]] == [late.article_id]
    assert told["left"] == news(operator, "drones")["left"] != []
    assert (told["since"], told["left_since"]) == (first, first)
    page = operator.get(f"/watch/news?name=drones&since={first}").text
    assert f"Since generation {first}." in page
    assert "I have seen this" not in page

    told = news(operator, "drones&since=2000")  # all is in the catalogue of today but the late one
    assert {one["id"] for one in told["came"]} > {late.article_id}
    assert (told["since"], told["left_since"], told["left"]) == ("2000-01-01T00:00+00:00", "", [])
    page = operator.get("/watch/news?name=drones&since=2000").text
    assert "Taken in since 2000-01-01 00:00 UTC." in page
    assert "What left cannot be told" in page
    told = news(operator, "drones&since=2999-01-01T08:30")
    assert [one["id"] for one in told["came"]] == [late.article_id]  # it is in no catalogue
    assert told["left"] != []
    assert file.read_bytes() == before

    for since, status in (("2000-02-31", 400), ("g0", 410), ("a b", 400)):
        for address in ("/watch/news", "/api/v1/watch/news"):
            asked = operator.get(address, query_string={"name": "drones", "since": since})
            assert asked.status_code == status, asked.text


def test_damaged_lines_are_told(operator: FlaskClient, file: Path) -> None:
    post(operator, name="drones", asked="q=drone")
    with file.open("a", encoding="utf-8") as lines:
        lines.write("half a li\n")
    assert ask(operator, "/api/v1/watch", "KeptQuestions")["damaged"] == 1
    assert "1 damaged line" in operator.get("/watch").text
