"""Standing questions in the browser and for scripts: kept, told what is new, seen, dropped."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus.dates import PartialDate
from corpus.home import Home
from search.dossiers.standing.questions import load
from tests.contract.made_up import document, made_up_documents, made_up_index
from tests.webui.access.conftest import cheap_hashes, form_key, guarded, home, signed_in
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_api import ask, conforms
from webui.access.roles import Role
from webui.app import create_app
from webui.deciding import Deciding

__all__ = ["cheap_hashes", "guarded", "home", "signed_in"]  # fixtures, used by name
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


def change(client: FlaskClient, status: int = 201, /, **body: Any) -> Any:
    shown = {"Authorization": f"Bearer {body.pop('token', TOKEN)}"}
    answer = client.post("/api/v1/watch", json={"who": "Ana"} | body, headers=shown)
    assert answer.status_code == status, answer.text
    if status == 201:
        conforms(answer.json, "QuestionChanged")
    return answer.json


def test_scripts_keep_rename_look_and_drop(operator: FlaskClient, file: Path) -> None:
    question = {"q": "drone", "outlet_not": ["Nobody"], "date_from": "2022", "collapse": "family"}
    asked: dict[str, Any] = {"action": "keep", "name": "drones", "question": question}
    made = change(operator, **asked)
    assert operator.get(made["links"]["news"]).status_code == 200
    told = news(operator, "drones")
    search = operator.get(told["question"]["links"]["search"]).json
    there = operator.get("/api/v1/search", query_string=question).json
    assert search is not None
    assert there is not None
    assert search["items"] == there["items"] != []
    change(operator, action="look", name="drones", generation=told["generation"])
    change(operator, action="rename", name="drones", to="Drones / Kyiv")
    assert operator.get("/watch/news?name=drones").status_code == 404
    after = news(operator, "Drones / Kyiv")
    assert after["came"] == []
    assert after["question"]["seen"] == told["question"]["found"]
    change(operator, action="drop", name="Drones / Kyiv")
    assert ask(operator, "/api/v1/watch", "KeptQuestions")["questions"] == []
    change(operator, 404, action="drop", name="Drones / Kyiv")


def test_what_is_sent_twice_is_kept_once(operator: FlaskClient, file: Path) -> None:
    asked: dict[str, Any] = {"action": "keep", "name": "drones", "question": {"q": "drone"}}
    asked |= {"from_now": True}
    change(operator, **asked)
    change(operator, action="rename", name="drones", to="drones")
    change(operator, **{**asked, "question": {"q": ["drone"]}})
    assert len(file.read_bytes().splitlines()) == 2  # it was kept, and looked at
    change(operator, 409, **{**asked, "question": {"q": "drone", "sort": "newest"}})
    change(operator, action="keep", name="talks", question={"q": "talks"})
    change(operator, 409, action="rename", name="talks", to="drones")
    assert len(file.read_bytes().splitlines()) == 3


def test_the_list_is_tagged_and_new_after_a_change(operator: FlaskClient) -> None:
    tag = operator.get("/api/v1/watch").headers["ETag"]
    same = {"If-None-Match": tag}
    assert operator.get("/api/v1/watch", headers=same).status_code == 304
    change(operator, action="keep", name="drones", question={"q": "drone"})
    assert operator.get("/api/v1/watch", headers=same).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "where"),
    [
        ({"action": "keep", "name": "a", "question": {"q": '"drone'}}, 400, "q"),
        ({"action": "keep", "name": "a", "question": {"date_from": "May"}}, 400, "date_from"),
        ({"action": "keep", "name": "a", "question": {"generation": "g1"}}, 400, "generation"),
        ({"action": "keep", "name": "a", "question": {"q": 1}}, 400, "body"),
        ({"action": "keep", "name": "x" * 201}, 400, "body"),
        ({"action": "keep", "name": " "}, 409, ""),
        ({"action": "keep", "name": "a", "who": " "}, 400, "who"),
        ({"action": "keep", "name": "a", "to": "b"}, 400, "to"),
        ({"action": "rename", "name": "drones"}, 400, "to"),
        ({"action": "rename", "name": "drones", "to": " "}, 409, ""),
        ({"action": "rename", "name": "none", "to": "a"}, 404, ""),
        ({"action": "look", "name": "drones"}, 400, "generation"),
        ({"action": "look", "name": "drones", "generation": "g0"}, 410, ""),
        ({"action": "fly", "name": "drones"}, 400, "body"),
        ({"action": "drop", "name": "drones", "token": "wrong"}, 403, ""),
    ],
)
def test_a_change_that_cannot_be_made_says_why_and_keeps_nothing(
    operator: FlaskClient, file: Path, body: dict[str, Any], status: int, where: str
) -> None:
    change(operator, action="keep", name="drones", question={"q": "drone"})
    before = file.read_bytes()
    told = change(operator, status, **body)
    assert told.get("parameter") in {where, None}
    assert not where or where in json.dumps(told)
    assert file.read_bytes() == before


def test_who_may_change_kept_questions_where_people_sign_in(
    signed_in: Callable[[Role], FlaskClient], home: Home
) -> None:
    asked = {"action": "keep", "name": "drones", "question": {"q": "drone"}}
    reader, annotator = signed_in(Role.READER), signed_in(Role.ANNOTATOR)
    for client, key, status in ((reader, "", 403), (annotator, "", 403), (annotator, "x", 201)):
        headers = {"X-Form-Key": form_key(client, "/watch?q=drone")} if key else {}
        answer = client.post("/api/v1/watch", json={"who": "Zoe"} | asked, headers=headers)
        assert answer.status_code == status, answer.text
        assert home.questions.exists() is (status == 201)
    assert "Zoe" not in home.questions.read_text(encoding="utf-8")  # who it is says the session
    assert [one["name"] for one in ask(reader, "/api/v1/watch", "KeptQuestions")["questions"]] == [
        "drones"
    ]


def test_a_question_is_renamed_on_its_page(operator: FlaskClient) -> None:
    post(operator, name="drones", asked="q=drone", from_now="1")
    assert 'value="rename"' in operator.get("/watch/news?name=drones").text
    post(operator, name="drones", do="rename", to="Kyiv")
    assert news(operator, "Kyiv")["came"] == []
    post(operator, 404, name="drones", do="rename", to="Kyiv")


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
