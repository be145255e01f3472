"""Dossiers in the browser and for scripts: read by all, changed by who knows the token."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.document import IndexDocument
from search.dossiers.replay import Dossier, load
from search.dossiers.reports import REPORTS
from tests.contract.made_up import made_up_documents, made_up_index
from tests.webui.conftest import MadeUpCollection
from webui.app import create_app
from webui.deciding import Deciding

TOKEN = "a-token-of-the-operator"
FIRST, SECOND, THIRD = made_up_documents()[:3]
SIGNED = {"who": "Anna", "token": TOKEN}
API = "/api/v1/dossiers"


@pytest.fixture
def file(collection: MadeUpCollection, tmp_path: Path) -> Path:
    """A file of dossiers of the test's own; the collection reads it."""
    collection.kept = tmp_path / "dossiers.jsonl"
    return collection.kept


@pytest.fixture
def operator(collection: MadeUpCollection, file: Path) -> FlaskClient:
    """A client of a server where dossiers can be changed."""
    app = create_app(collection, deciding=Deciding(file.with_name("d.jsonl"), TOKEN, file))
    app.testing = True
    return app.test_client()


def _post(client: FlaskClient, address: str, status: int = 303, /, **form: Any) -> TestResponse:
    answer = client.post(address, data=SIGNED | form)
    assert answer.status_code == status, answer.text
    return answer


def _only(file: Path) -> Dossier:
    (dossier,) = load(file).all()
    return dossier


def _begun(client: FlaskClient, file: Path) -> Dossier:
    _post(client, "/dossiers/pick", article=[FIRST.article_id, SECOND.article_id], name="Bridge")
    return _only(file)


def test_articles_are_picked_into_a_new_dossier_and_shown_there(
    operator: FlaskClient, file: Path
) -> None:
    found = operator.get("/search").text
    assert f'form="pick" name="article" value="{FIRST.article_id}"' in found

    answer = _post(operator, "/dossiers/pick", article=[FIRST.article_id], name="Bridge")
    dossier = _only(file)
    assert answer.headers["Location"] == f"/dossiers/{dossier.dossier_id}"
    assert [*dossier.items] == [FIRST.article_id]
    assert dossier.items[FIRST.article_id].reference.original_sha256
    text = operator.get(f"/dossiers/{dossier.dossier_id}").text
    assert FIRST.title in text
    assert "1 not yet read" in text
    _post(operator, "/dossiers/pick", article=[SECOND.article_id], dossier=dossier.dossier_id)
    assert [*_only(file).items] == [FIRST.article_id, SECOND.article_id]
    assert TOKEN not in file.read_text(encoding="utf-8")


def test_all_of_a_result_is_picked(operator: FlaskClient, file: Path) -> None:
    asked = "q=drone&limit=10&sort=newest"
    found = operator.get(f"/api/v1/search?{asked}").json
    assert found is not None
    assert found["total"] > 1
    assert (
        f'name="asked" value="{asked.replace("&", "&amp;")}"'
        in operator.get(f"/search?{asked}").text
    )
    _post(operator, "/dossiers/pick", all="1", asked=asked, name="Drones")
    assert {*_only(file).items} == {item["id"] for item in found["items"]}


def test_a_passage_and_a_note_are_kept_from_the_article(operator: FlaskClient, file: Path) -> None:
    assert 'id="keep"' in operator.get(f"/articles/{FIRST.article_id}").text
    words = FIRST.text[5:30].strip()
    _post(operator, "/dossiers/pick", article=[FIRST.article_id], name="Bridge", words=words,
          note="<script>alert(1)</script> **so**")  # fmt: skip
    (passage,) = _only(file).items[FIRST.article_id].passages
    assert passage.passage.exact == words
    (note,) = _only(file).notes(passage.passage_id)
    text = operator.get(f"/dossiers/{_only(file).dossier_id}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **so**" in text
    assert "<script>alert" not in text
    assert note.who == "Anna"
    assert "Bridge" in operator.get(f"/articles/{FIRST.article_id}").text

    _post(operator, "/dossiers/pick", 409, article=[FIRST.article_id], name="Other", words="zzz")
    assert [one.name for one in load(file).all()] == ["Bridge"], "all or nothing"


def test_a_passage_is_found_again_in_another_text_or_called_lost(
    operator: FlaskClient, collection: MadeUpCollection, file: Path
) -> None:
    words = "Two drones fell beside the grain silo, the mayor of the town said on Tuesday"
    before = replace(FIRST, text=f"It began at dawn. {words}. Nobody was hurt.")
    (first,) = collection.generations
    _now_holds(collection, first, before)
    made = _change(
        operator,
        {"action": "create", "name": "Silo"},
        {"action": "add", "dossier": "Silo", "articles": [FIRST.article_id]},
        {
            "action": "quote", "dossier": "Silo", "article": FIRST.article_id, "exact": words,
        },
    )  # fmt: skip
    passage = made["changes"][2]
    _change(operator, {"action": "note", "dossier": "Silo", "about": passage, "text": "Who?"})
    for text, standing, page_says in (
        (before.text, "in_place", words),
        (f"Corrected on Friday. {before.text}", "moved", words),
        (before.text.replace("Two drones", "Three drones"), "edited", "The text was edited. Now:"),
        ("It began at dusk. Nothing is known.", "lost", "Lost: it stood in version"),
    ):
        _now_holds(collection, f"g-{standing}", replace(before, text=text))
        answer = operator.get(f"{API}/Silo").json
        assert answer is not None
        (told,) = answer["items"][0]["passages"]
        assert (told["standing"], told["exact"]) == (standing, words)
        assert told["now"] == text[told["start"] : told["end"]] or standing == "lost"
        assert bool(told["now"]) is (standing != "lost")
        assert [one["text"] for one in told["notes"]] == ["Who?"]  # with its passage or without
        page = operator.get(f"/dossiers/{answer['id']}").text
        assert page_says in page
        assert words in page
        assert "Who?" in page
        report = operator.get(answer["links"]["html"]).text
        assert words in report
        assert ("lost" in report.lower()) is (standing == "lost")


def _now_holds(collection: MadeUpCollection, generation: str, changed: IndexDocument) -> None:
    """Another generation is published, in which one article is otherwise."""
    rest = [one for one in made_up_documents() if one.article_id != changed.article_id]
    index = made_up_index([changed, *rest])
    named = replace(index, generation=replace(index.generation, name=generation))
    collection.generations = {generation: named}


def test_every_button_of_the_page_does_what_it_says(operator: FlaskClient, file: Path) -> None:
    address = f"/dossiers/{_begun(operator, file).dossier_id}"
    first, second = FIRST.article_id, SECOND.article_id
    _post(operator, address, do="save:", name="The bridge", **{"tag-": "2026", "note-": "all"})
    filled = {f"tag-{first}": "photo, seen", f"note-{first}": "n", f"state-{first}": "read"}
    _post(operator, address, do=f"save:{first}", **filled)
    _post(operator, address, do=f"down:{first}")
    dossier = _only(file)
    assert (dossier.name, dossier.tags, [*dossier.items]) == (
        "The bridge", ["2026"], [second, first],
    )  # fmt: skip
    item = dossier.items[first]
    assert (item.tags, item.state.value) == (["photo", "seen"], "read")
    assert [note.text for note in (*dossier.notes(), *dossier.notes(first))] == ["all", "n"]
    _post(operator, address, do=f"up:{first}")
    assert [*_only(file).items] == [first, second]
    _post(operator, address, do=f"untag:{first}:photo")
    assert _only(file).items[first].tags == ["seen"]
    _post(operator, address, do=f"remove:{second}")
    assert [*_only(file).items] == [first]
    _post(operator, address, do=f"undo:{load(file).log[-1].id}")
    assert [*_only(file).items] == [first, second]
    _post(operator, address, do="save:", status="closed")
    assert _only(file).status == "closed"
    _post(operator, address, 409, do=f"remove:{second}")
    for useless in ("save:", f"up:{first}x", "dance:x", "save:nothing"):
        _post(operator, address, 400, do=useless)


def test_inside_a_dossier_is_searched_and_narrowed(operator: FlaskClient, file: Path) -> None:
    address = f"/dossiers/{_begun(operator, file).dossier_id}"
    first = FIRST.article_id
    filled = {f"note-{first}": "Zwiebelturm", f"tag-{first}": "photo"}
    _post(operator, address, do=f"save:{first}", **filled)
    for query in ("words=zwiebelturm", "tag=photo"):
        for base in (address, f"/api/v1{address}"):
            text = operator.get(f"{base}?{query}").text
            assert FIRST.article_id in text
            assert f"a-{SECOND.article_id}" not in text
            if base.startswith("/api"):
                assert SECOND.article_id not in text
    assert "No article of this dossier fits" in operator.get(f"{address}?state=checked").text
    assert operator.get(f"{address}?state=burnt").status_code == 400


def test_nobody_without_the_token_changes_anything(
    operator: FlaskClient, client: FlaskClient, file: Path
) -> None:
    address = f"/dossiers/{_begun(operator, file).dossier_id}"
    before = file.read_bytes()
    for target in ("/dossiers", "/dossiers/pick", address):
        for token in ("", "wrong", f"{TOKEN}x"):
            answer = operator.post(target, data={"who": "x", "name": "y", "token": token})
            assert answer.status_code == 403
        assert client.post(target, data=SIGNED | {"name": "y"}).status_code in {404, 405}
    for header in ("", "Bearer wrong", f"Basic {TOKEN}"):
        answer = operator.post(API, headers={"Authorization": header}, data="{}")
        assert answer.status_code == 403
    assert client.post(API, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 404
    assert file.read_bytes() == before


def test_who_only_reads_sees_no_forms(
    client: FlaskClient, operator: FlaskClient, file: Path
) -> None:
    dossier = _begun(operator, file)
    for address in ("/dossiers", f"/dossiers/{dossier.dossier_id}"):
        text = client.get(address).text
        assert "Bridge" in text
        assert text.count('method="post"') == text.count('action="/language"') == 1
    for address in ("/search", f"/articles/{FIRST.article_id}"):
        text = client.get(address).text
        assert 'name="token"' not in text
        assert "Bridge" in text  # who is in it is marked
    assert client.get("/dossiers/bridge").headers["Location"] == f"/dossiers/{dossier.dossier_id}"
    assert client.get("/dossiers/nothing").status_code == 404


def test_a_search_page_is_new_when_a_dossier_has_changed(
    operator: FlaskClient, client: FlaskClient, file: Path
) -> None:
    first = client.get("/search")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/search", headers=tag).status_code == 304
    assert operator.get("/search", headers=tag).status_code == 200  # it has boxes to tick
    _begun(operator, file)
    again = client.get("/search", headers=tag)
    assert again.status_code == 200
    assert "Bridge" in again.text


def _change(client: FlaskClient, *changes: dict[str, Any], status: int = 201) -> Any:
    answer = client.post(
        API,
        headers={"Authorization": f"Bearer {TOKEN}"},
        data=json.dumps({"who": "Script", "changes": changes}),
    )
    assert answer.status_code == status, answer.text
    return answer.json


def test_scripts_change_and_read_dossiers(operator: FlaskClient, file: Path) -> None:
    made = _change(
        operator,
        {"action": "create", "name": "Bridge"},
        {"action": "add", "dossier": "Bridge", "articles": [FIRST.article_id, THIRD.article_id]},
        {"action": "quote", "dossier": "Bridge", "article": FIRST.article_id, "span": [0, 12]},
        {"action": "tag", "dossier": "Bridge", "articles": [THIRD.article_id], "tags": ["a"]},
    )
    _change(operator, {"action": "note", "dossier": "Bridge", "about": made["changes"][2],
                       "text": "on it"})  # fmt: skip
    answer = operator.get(f"{API}/Bridge").json
    assert answer is not None
    assert answer["id"] == made["changes"][0]
    first, third = answer["items"]
    assert first["passages"][0]["exact"] == FIRST.text[:12]
    assert first["passages"][0]["notes"][0]["text"] == "on it"
    assert (third["tags"], third["who"], third["title"]) == (["a"], "Script", THIRD.title)
    listed = operator.get(API).json
    assert listed is not None
    assert [(one["name"], one["size"], one["items"]) for one in listed["dossiers"]] == [
        ("Bridge", 2, [])
    ]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"action": "fly"}, 400),
        ({"action": "create"}, 400),
        ({"action": "create", "name": "x", "who": "somebody else"}, 400),
        ({"action": "create", "name": "x", "when": "2020"}, 400),
        ({"action": "create", "name": ""}, 409),
        ({"action": "add", "dossier": "Bridge", "articles": ["nothing"]}, 404),
        ({"action": "add", "dossier": "Bridge", "articles": [{"id": "x"}]}, 400),
        ({"action": "note", "dossier": "nothing", "text": "x"}, 404),
        (
            {"action": "quote", "dossier": "Bridge", "article": FIRST.article_id, "span": [5, 5]},
            409,
        ),
        ({"action": "undo", "change": "nothing"}, 404),
    ],
)
def test_a_change_that_cannot_be_made_changes_nothing(
    operator: FlaskClient, file: Path, change: dict[str, Any], status: int
) -> None:
    _begun(operator, file)
    before = file.read_bytes()
    _change(
        operator, {"action": "note", "dossier": "Bridge", "text": "fine"}, change, status=status
    )
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"who":"x"}', b"\xff", b'{"who":1,"changes":[]}']
)
def test_a_body_that_is_none_is_refused(operator: FlaskClient, body: bytes) -> None:
    answer = operator.post(API, headers={"Authorization": f"Bearer {TOKEN}"}, data=body)
    assert answer.status_code == 400


@pytest.mark.parametrize("form", [*REPORTS])
def test_reports_can_be_saved(operator: FlaskClient, file: Path, form: str) -> None:
    dossier = _begun(operator, file)
    page = operator.get(f"/dossiers/{dossier.dossier_id}").text
    (address,) = re.findall(rf'href="([^"]+report\.{form})"', page)
    answer = operator.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert form in {"bib", "ris", "docx"} or FIRST.title in answer.text
    assert operator.get(address.replace(f".{form}", ".exe")).status_code == 404


def test_damage_is_told_on_the_page(operator: FlaskClient, file: Path) -> None:
    _begun(operator, file)
    file.write_bytes(file.read_bytes() + b"<<<<<<<\n")
    assert "1 damaged line" in operator.get("/dossiers").text


def test_a_search_is_narrowed_by_dossier_tag_and_what_is_unread(
    operator: FlaskClient, file: Path
) -> None:
    before = operator.get("/search")
    assert "Dossiers</legend>" not in before.text
    dossier = _begun(operator, file)
    address, first = f"/dossiers/{dossier.dossier_id}", FIRST.article_id
    _post(operator, address, do=f"save:{first}", **{f"tag-{first}": "photo"})
    page = operator.get("/search")
    assert page.headers["ETag"] != before.headers["ETag"]
    assert "Dossiers</legend>" in page.text
    assert f'name="dossier" value="{dossier.dossier_id}"' in page.text
    assert "Not yet read</legend>" not in page.text
    assert "Not yet read</legend>" in operator.get("/search?dossier=bridge").text
    seen = {"If-None-Match": page.headers["ETag"]}
    assert operator.get("/search", headers=seen).status_code == 304

    def found(query: str) -> set[str]:
        answer = operator.get(f"/api/v1/search?{query}").json
        assert answer is not None
        assert operator.get(f"/search?{query}").status_code == 200
        return {item["id"] for item in answer["items"]}

    both = {first, SECOND.article_id}
    assert found("dossier=bridge") == found(f"dossier={dossier.dossier_id}") == both
    assert found("q=dossier:bridge") == found("unread=Bridge") == both
    assert found("tag=PHOTO") == {first}
    assert not found("tag_not=photo") & {first}
    assert found("dossier=bridge&tag_not=photo") == {SECOND.article_id}
    tagged = operator.get("/api/v1/search?tag=photo")
    assert tagged.headers["ETag"] != operator.get("/api/v1/search?tag=map").headers["ETag"]
    _post(operator, address, do=f"save:{first}", **{f"state-{first}": "read"})
    assert operator.get("/search", headers=seen).status_code == 200
    assert found("unread=bridge") == {SECOND.article_id}
    _post(operator, address, do=f"untag:{first}:photo")
    assert (
        operator.get(
            "/api/v1/search?tag=photo", headers={"If-None-Match": tagged.headers["ETag"]}
        ).status_code
        == 200
    )
    assert found("tag=photo") == set()


def test_the_analyses_of_a_dossier_are_those_of_its_articles(
    operator: FlaskClient, file: Path
) -> None:
    dossier = _begun(operator, file)
    page = operator.get(f"/dossiers/{dossier.dossier_id}").text
    for name in ("search", "timeline", "map", "coverage", "together"):
        assert f'href="/{name}?dossier={dossier.dossier_id}"' in page
        answer = operator.get(f"/{name}?dossier={dossier.dossier_id}")
        assert answer.status_code == 200
    for name in ("timeline", "map", "coverage"):
        told = operator.get(f"/api/v1/{name}?dossier=bridge")
        assert told.status_code == 200
        assert told.json is not None
    counted = operator.get("/api/v1/facets/dossier").json
    assert counted is not None
    assert [(one["label"], one["count"]) for one in counted["values"]] == [("Bridge", 2)]
    assert "Bridge" in operator.get("/facets/dossier?facet_q=bri").text
    whole = operator.get("/api/v1/search?facet=dossier,unread").json
    assert whole is not None
    (value,) = whole["facets"]["unread"]
    inside = operator.get(value["url"]).json
    assert inside is not None
    assert inside["total"] == value["count"] == 2


def test_a_pinned_generation_is_not_kept_for_an_hour_where_dossiers_change(
    operator: FlaskClient, file: Path, collection: MadeUpCollection
) -> None:
    name = next(iter(collection.generations))
    pinned = f"/search?generation={name}"
    assert "max-age" in operator.get(pinned).headers["Cache-Control"]
    _begun(operator, file)
    assert "max-age" not in operator.get(pinned).headers["Cache-Control"]
