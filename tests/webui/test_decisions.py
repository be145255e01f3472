"""What people decided, for scripts: followed from the last one known, and outlets made one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.entities.authority.deciding import decide
from indexer.entities.authority.decisions import Action
from indexer.entities.authority.record import Authority
from indexer.entities.types import Entity
from tests.contract.made_up import ENTITIES, made_up_documents
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_api import ask, conforms, refused
from webui.app import create_app
from webui.deciding import Deciding
from webui.view.entity_account import shown_decisions

TOKEN = "a-token-of-sixteen-characters"
SAME = "Valley Courier"


@pytest.fixture
def file(collection: MadeUpCollection, tmp_path: Path) -> Path:
    collection.decisions = tmp_path / "decisions.jsonl"
    return collection.decisions


@pytest.fixture
def decider(collection: MadeUpCollection, file: Path) -> FlaskClient:
    app = create_app(collection, deciding=Deciding(file, TOKEN))
    app.testing = True
    return app.test_client()


def _post(client: FlaskClient, body: Any, token: str = TOKEN) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {token}"}
    answer = client.post("/api/v1/outlets/decisions", json=body, headers=headers)
    conforms(answer.json, "Decided" if answer.status_code == 201 else "Problem")
    return answer.status_code, answer.json


def _outlets(client: FlaskClient) -> list[str]:
    answer = ask(client, "/api/v1/facets/outlet", "FacetPage")
    return [one["id"] for one in answer["values"]]


def test_outlets_are_made_one_and_apart_again(decider: FlaskClient, file: Path) -> None:
    kept, same, *_ = _outlets(decider)
    status, made = _post(decider, {"outlet": kept, "same": [same], "who": "Ana", "why": "one"})
    assert status == 201
    assert Authority.load(file).outlets == {same.casefold(): kept}
    (listed,) = ask(decider, "/api/v1/decisions", "Decisions")["items"]
    assert listed["id"] == made["decision"]
    assert (listed["action"], listed["value"], listed["names"]) == ("outlet", kept, [same])
    assert (listed["who"], listed["stands"], listed["in_index"]) == ("Ana", True, False)
    status, undone = _post(decider, {"undo": made["decision"], "who": "Ana"})
    assert status == 201
    assert Authority.load(file).outlets == {}
    after = ask(decider, f"/api/v1/decisions?after={made['decision']}", "Decisions")["items"]
    assert [(one["id"], one["action"]) for one in after] == [(undone["decision"], "undo")]
    first = ask(decider, "/api/v1/decisions?limit=1", "Decisions")
    assert [one["stands"] for one in first["items"]] == [False]
    assert first["next_after"] == made["decision"]


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"outlet": "Nowhere Post", "same": [SAME], "who": "Ana"}, "outlet"),
        ({"outlet": SAME, "same": ["Nowhere Post"], "who": "Ana"}, "same"),
        ({"outlet": SAME, "who": "Ana"}, "same"),
        ({"undo": "0123456789", "who": "Ana"}, "undo"),
        ({"undo": "0123456789", "outlet": SAME, "who": "Ana"}, "body"),
        ({"who": "Ana"}, "body"),
        ({"outlets": SAME}, "body"),
        ({"outlet": 7}, "body"),
        ([], "body"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    decider: FlaskClient, file: Path, body: Any, param: str
) -> None:
    status, problem = _post(decider, body)
    assert (status, problem["code"], problem["param"]) == (400, "invalid_parameter", param)
    assert not file.exists()


def test_nobody_else_decides(client: FlaskClient, decider: FlaskClient, file: Path) -> None:
    kept, same, *_ = _outlets(decider)
    body = {"outlet": kept, "same": [same], "who": "Ana"}
    assert _post(decider, body, "another-token-of-many-letters")[0] == 403
    assert _post(decider, body, "")[0] == 403
    assert _post(client, body)[0] == 404, "decisions are not taken down here"
    unsigned = _post(decider, body | {"who": " "})
    assert (unsigned[0], unsigned[1]["code"]) == (409, "bad_decision")
    same_twice = _post(decider, body | {"same": [kept]})
    assert (same_twice[0], same_twice[1]["code"]) == (409, "bad_decision")
    assert not file.exists() or not Authority.load(file).log
    unknown = decider.get("/api/v1/decisions?after=0123456789")
    assert (unknown.status_code, unknown.json["param"]) == (400, "after")  # type: ignore[index]
    refused(decider, "/api/v1/decisions?after=x", 400, "invalid_parameter")


def test_decisions_about_names_are_followed_page_by_page(decider: FlaskClient, file: Path) -> None:
    first, second = ENTITIES[:2]
    for number in range(5):
        decide(file, Action.NOTE, [first, second][number % 2 :][:1], who="Ana", why=str(number))
    found, after = [], ""
    while True:
        page = ask(decider, f"/api/v1/decisions?limit=2{after}", "Decisions")
        found += [one["why"] for one in page["items"]]
        if page["next_after"] is None:
            break
        assert page["links"]["next"].endswith(f"after={page['next_after']}")
        after = f"&after={page['next_after']}"
    assert found == list("01234")


def test_who_may_not_see_every_article_sees_no_decision_that_tells_of_one(
    collection: MadeUpCollection, file: Path
) -> None:
    """Where nothing is hidden, all; else those about names that the rest has, and their undos."""
    known = ENTITIES[0]
    secret = Entity("per-secret", known.kind, "Salome Qazbegi")
    hidden = frozenset({"aaaaaaaaaaaaaaaa"})
    with collection.index() as index:
        outlets = sorted({one.outlet for one in made_up_documents()} - {""})
        made = [
            decide(file, Action.NOTE, [known], who="Ana", why="known"),
            decide(file, Action.NOTE, [secret], who="Ana", why="secret"),
            decide(file, Action.MERGE, [known, secret], who="Ana", why="both"),
            decide(file, Action.NOTE, [known], who="Ana", why="in it", evidence=[*hidden]),
            decide(file, Action.SPLIT, [known], who="Ana", why="there", articles=[*hidden]),
            decide(file, Action.SPLIT, [known], who="Ana", why="name", names=["The Butcher"]),
            decide(
                file, Action.OUTLET, [], who="Ana", why="no", value=outlets[0], names=["Secret"]
            ),
            decide(
                file, Action.OUTLET, [], who="Ana", why="yes", value=outlets[0], names=outlets[1:]
            ),
        ]
        made += [
            decide(file, Action.UNDO, [], who="Ana", why=f"undo {one.why}", value=one.decision_id)
            for one in (made[1], made[0])
        ]
        shown = [one.why for one in shown_decisions(made, index, hidden)]
        assert shown == ["known", "yes", "undo known"]
        assert shown_decisions(made, index, frozenset()) == made


def test_names_are_listed_and_searched(client: FlaskClient) -> None:
    whole = ask(client, "/api/v1/entities", "Entities")["items"]
    kinds = {one["kind"] for one in whole}
    assert kinds == {"person", "org", "place"}
    assert [one["mentions"] for one in whole] == sorted(
        (one["mentions"] for one in whole), reverse=True
    )
    for kind in kinds:
        some = ask(client, f"/api/v1/entities?kind={kind}", "Entities")["items"]
        assert some == [one for one in whole if one["kind"] == kind]
    walked, address = [], "/api/v1/entities?limit=3"
    while address:
        page = ask(client, address, "Entities")
        walked += page["items"]
        address = page["links"]["next"]
    assert walked == whole
    one = whole[0]
    word = one["label"].split()[-1]
    found = ask(client, f"/api/v1/entities?q={word[:4]}", "Entities")["items"]
    assert one["id"] in {other["id"] for other in found}
    assert ask(client, one["url"], "Entity")["id"] == one["id"]
    assert ask(client, "/api/v1/entities?q=nobodyatall", "Entities")["items"] == []
    assert ask(client, "/api/v1/entities?offset=1000000", "Entities")["items"] == []


@pytest.mark.parametrize(
    "question",
    ["limit=0", "limit=1001", "limit=-1", "offset=-1", "offset=99999999999", "kind=norp"],
)
def test_a_list_of_names_has_bounds(client: FlaskClient, question: str) -> None:
    refused(client, f"/api/v1/entities?{question}", 400, "invalid_parameter")
