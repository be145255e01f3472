"""The page of a person, organization or place, and decisions about it in the browser."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from corpus.errors import InvalidParameter
from corpus.home import Home
from corpus.store import Catalogue
from indexer.entities.authority.deciding import decide
from indexer.entities.authority.decisions import Action
from indexer.entities.authority.record import Authority
from indexer.entities.types import Entity, EntityKind
from tests.contract.made_up import ENTITIES, document, made_up_index
from tests.contract.memory_directory import MemoryDirectory
from tests.search.test_places import Sel
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_api import ask
from webui.app import create_app
from webui.cli import main
from webui.deciding import Deciding, deciding
from webui.settings import Settings

TOKEN = "a-token-that-nobody-guesses"
ODUYA = "/entities/per-oduya"
DECISIONS = f"{ODUYA}/decisions"
FORM = {"token": TOKEN, "who": "Ada", "why": "Same post, same day"}


@pytest.fixture
def decisions(collection: MadeUpCollection, tmp_path: Path) -> Path:
    """A decisions file of the test's own; the collection reads it."""
    collection.decisions = tmp_path / "decisions.jsonl"
    return collection.decisions


@pytest.fixture
def operator(collection: MadeUpCollection, decisions: Path) -> FlaskClient:
    """A client of a server where decisions are on."""
    app = create_app(collection, deciding=Deciding(decisions, TOKEN))
    app.testing = True
    return app.test_client()


def told(client: FlaskClient, address: str) -> Any:
    return client.get(f"/api/v1{address}").json


def words(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", answer.text)))


def kept(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_page_and_its_twin_say_the_same(client: FlaskClient) -> None:
    page = words(client, ODUYA)
    known = told(client, ODUYA)
    assert known["label"] in page
    assert {one["name"] for one in known["names"]} == {known["label"], *known["aliases"]}
    assert f"Named {known['mentions']} times in {known['articles']} articles" in page
    assert [facet for facet, found in known["together"].items() if found]
    shown = [*known["together"]["person"], *known["together"]["place"], *known["outlets"]]
    for one in shown:
        assert one["label"] in page
    assert "per-oduya" not in {one["id"] for one in known["together"]["person"]}
    for article in (*known["newest"], *known["first"]):
        assert article["title"] in page
    days = [one["published"]["date"] for one in known["newest"] if one["published"]]
    assert days == sorted(days, reverse=True)
    assert sum(bar["count"] for bar in known["dates"]["bars"]) > 0
    assert known["decisions"] == []
    assert "Nobody has decided" in page


def test_first_articles_stand_where_there_are_more_than_a_few(client: FlaskClient) -> None:
    busiest = max(
        (told(client, f"/entities/{one}") for one in ("pla-meran", "pla-sel")),
        key=lambda known: int(known["articles"]),
    )
    every = told(client, f"/search?place={busiest['id']}&sort=oldest&undated=exclude")
    if every["total"] > len(busiest["newest"]):
        assert [one["id"] for one in busiest["first"]] == [
            item["id"] for item in every["items"][: len(busiest["first"])]
        ]
        assert "First articles" in words(client, f"/entities/{busiest['id']}")
    else:
        assert busiest["first"] == []


class _Merged(MemoryDirectory):
    """Knows one id that was merged."""

    def get(self, entity_id: str) -> Entity | None:
        return super().get("per-oduya" if entity_id == "per-gone" else entity_id)


def test_a_merged_id_leads_on(client: FlaskClient, collection: MadeUpCollection) -> None:
    (name, index), *_ = collection.generations.items()
    known = [index.directory.get("per-oduya")]
    merged = _Merged(one for one in known if one)
    collection.generations = {
        name: type(index)(index.engine, merged, index.analyzer, index.generation)
    }
    moved = client.get(f"/entities/per-gone?generation={name}")
    assert moved.status_code == 302
    assert moved.headers["Location"] == f"{ODUYA}?generation={name}"
    assert told(client, "/entities/per-gone")["merged_from"] == "per-gone"


@pytest.mark.parametrize("address", [DECISIONS, ODUYA])
def test_where_nobody_turned_it_on_nothing_can_be_decided(
    client: FlaskClient, decisions: Path, address: str
) -> None:
    answer = client.post(address, data={**FORM, "action": "hide"})
    assert answer.status_code in {404, 405}
    assert "<form method" not in client.get(ODUYA).text
    assert not decisions.exists()


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "ünknown-token-läng"])
def test_without_the_token_nothing_is_changed(
    operator: FlaskClient, decisions: Path, token: str
) -> None:
    answer = operator.post(DECISIONS, data={**FORM, "token": token, "action": "hide"})
    assert answer.status_code == 403
    assert "not the operator's token" in unescape(answer.text)
    in_the_address = operator.post(
        f"{DECISIONS}?token={TOKEN}", data={"who": "x", "action": "hide"}
    )
    assert in_the_address.status_code == 403
    assert not decisions.exists()


@pytest.mark.parametrize(
    ("given", "recorded"),
    [
        ({"action": "rename", "rename": "A. Oduya"}, {"value": "A. Oduya"}),
        ({"action": "alias", "alias": "Одуя"}, {"value": "Одуя"}),
        ({"action": "hide"}, {}),
        (
            {"action": "merge", "merge": "Karl Brandt"},
            {"entities": ["per-oduya", "per-brandt-k"], "labels": ["Amara Oduya", "Karl Brandt"]},
        ),
        (
            {"action": "distinct", "distinct": "per-brandt-l"},
            {"entities": ["per-oduya", "per-brandt-l"]},
        ),
    ],
)
def test_a_decision_is_kept_with_who_when_and_why(
    operator: FlaskClient,
    decisions: Path,
    given: dict[str, str],
    recorded: dict[str, object],
) -> None:
    answer = operator.post(DECISIONS, data={**FORM, **given})
    assert answer.status_code == 303, answer.text
    assert answer.headers["Location"] == f"{ODUYA}#decisions"
    (line,) = kept(decisions)
    assert line["action"] == given["action"]
    assert (line["who"], line["why"]) == ("Ada", "Same post, same day")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", str(line["when"]))
    assert {key: line[key] for key in recorded} == recorded
    assert TOKEN not in decisions.read_text(encoding="utf-8")
    page = words(operator, ODUYA)
    assert "counts from the next rebuild" in page
    assert "Same post, same day" in page
    (one,) = told(operator, ODUYA)["decisions"]
    assert (one["who"], one["in_index"]) == ("Ada", False)
    assert "set-cookie" not in {name.lower() for name in answer.headers.keys()}  # noqa: SIM118  # no mapping


def test_a_decision_is_taken_back(operator: FlaskClient, decisions: Path) -> None:
    operator.post(DECISIONS, data={**FORM, "action": "rename", "rename": "A. Oduya"})
    (made,) = Authority.load(decisions).standing
    undone = operator.post(DECISIONS, data={**FORM, "action": "undo", "undo": made.decision_id})
    assert undone.status_code == 303
    assert Authority.load(decisions).standing == ()
    assert len(kept(decisions)) == 2
    again = operator.post(DECISIONS, data={**FORM, "action": "undo", "undo": made.decision_id})
    assert again.status_code == 400
    assert "Nobody has decided" in words(operator, ODUYA)  # the index never knew


def test_what_was_taken_back_counts_until_the_next_rebuild(
    operator: FlaskClient, collection: MadeUpCollection, decisions: Path
) -> None:
    operator.post(DECISIONS, data={**FORM, "action": "rename", "rename": "A. Oduya"})
    authority = Authority.load(decisions)
    (made,) = authority.standing
    rebuilt_with(collection, authority.version)
    assert "next rebuild" not in words(operator, ODUYA).partition("Decide")[0]
    operator.post(DECISIONS, data={**FORM, "action": "undo", "undo": made.decision_id})
    page = words(operator, ODUYA)
    assert "Shown as A. Oduya taken back, counts until the next rebuild" in page
    assert f'value="{made.decision_id}"' not in operator.get(ODUYA).text
    (told_of,) = told(operator, ODUYA)["decisions"]
    assert (told_of["in_index"], told_of["stands"]) == (True, False)
    rebuilt_with(collection, Authority.load(decisions).version)
    assert "Nobody has decided" in words(operator, ODUYA)
    assert told(operator, ODUYA)["decisions"] == []


def rebuilt_with(collection: MadeUpCollection, version: str) -> None:
    """Has the generation know the decisions up to a version."""
    (name, index), *_ = collection.generations.items()
    manifest = replace(index.generation.manifest, versions={"decisions": version})
    generation = replace(index.generation, manifest=manifest)
    collection.generations = {name: replace(index, generation=generation)}


def test_what_was_left_out_can_be_taken_back_in(
    operator: FlaskClient, collection: MadeUpCollection, decisions: Path
) -> None:
    operator.post(DECISIONS, data={**FORM, "action": "hide"})
    (made,) = Authority.load(decisions).standing
    (name, index), *_ = collection.generations.items()
    without = type(index)(index.engine, MemoryDirectory(()), index.analyzer, index.generation)
    collection.generations = {name: without}  # as after a rebuild
    page = operator.get(ODUYA)
    assert page.status_code == 404
    assert "Left out" in page.text
    assert made.decision_id in page.text
    undone = operator.post(DECISIONS, data={**FORM, "action": "undo", "undo": made.decision_id})
    assert undone.status_code == 303
    assert "next rebuild" in operator.get(ODUYA).text
    assert "Left out" not in operator.get("/entities/nobody-ever").text


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"action": "rename"}, 400),
        ({"action": "explode"}, 400),
        ({"action": "rename", "rename": "x" * 301}, 400),
        ({"action": "hide", "who": " "}, 400),
        ({"action": "hide", "unknown": "x"}, 400),
        ({"action": "merge", "merge": "Nobody At All"}, 404),
        ({"action": "merge", "merge": "per-oduya"}, 404),
        ({"action": "rename", "rename": "x", "why": "y" * 30_000}, 413),
    ],
)
def test_what_is_badly_put_changes_nothing(
    operator: FlaskClient, decisions: Path, given: dict[str, str], status: int
) -> None:
    assert operator.post(DECISIONS, data={**FORM, **given}).status_code == status
    assert not decisions.exists()


def test_a_contradiction_is_refused_and_says_what_to_undo(
    operator: FlaskClient, decisions: Path
) -> None:
    operator.post(DECISIONS, data={**FORM, "action": "distinct", "distinct": "per-brandt-l"})
    refused = operator.post(DECISIONS, data={**FORM, "action": "merge", "merge": "per-brandt-l"})
    assert refused.status_code == 409
    assert "Undo it first" in refused.text
    assert len(kept(decisions)) == 1


def test_a_damaged_line_costs_itself_and_is_told(operator: FlaskClient, decisions: Path) -> None:
    operator.post(DECISIONS, data={**FORM, "action": "rename", "rename": "A. Oduya"})
    assert "damaged line" not in words(operator, ODUYA)
    with decisions.open("a", encoding="utf-8") as file:
        file.write("no decision\n")
    operator.post(DECISIONS, data={**FORM, "action": "alias", "alias": "Amara O."})

    page = words(operator, ODUYA)
    assert "1 damaged line of the file of decisions" in page
    assert [one["value"] for one in told(operator, ODUYA)["decisions"]] == ["A. Oduya", "Amara O."]


def test_what_an_index_knows_does_not_wait_for_the_next(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    oduya = Entity("per-oduya", EntityKind.PERSON, "Amara Oduya")
    versions = [Authority.load(path).version]
    for label in ("One", "Two"):
        decide(path, Action.RENAME, [oduya], who="x", why="", value=label)
        versions.append(Authority.load(path).version)
    authority = Authority.load(path)
    waiting = [[one.value for one in authority.since(version)] for version in versions]
    assert waiting == [["One", "Two"], ["Two"], []]
    assert authority.since("of another history") == authority.standing


def test_a_token_that_can_be_guessed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidParameter, match="5 characters"):
        Settings.from_environment({"DISPATCHES_OPERATOR_TOKEN": "short"})
    set_up = Settings.from_environment({"DISPATCHES_OPERATOR_TOKEN": f" {TOKEN}\n"})
    assert set_up.operator_token == TOKEN
    assert TOKEN not in repr(set_up)
    assert deciding(Home(tmp_path), "") is None
    file = tmp_path / "token"
    file.write_text("short\n", encoding="utf-8")
    command = ["serve", "--home", str(tmp_path), "--decisions-token-file", str(file)]
    refused = CliRunner().invoke(main, command)
    assert refused.exit_code != 0
    assert "5 characters" in refused.output


def test_a_place_says_where_it_lies_and_what_lies_in_it(tmp_path: Path) -> None:
    Catalogue.open(Home(tmp_path).catalogue).close()
    index = replace(made_up_index(), places=Sel())
    client = create_app(MadeUpCollection(Home(tmp_path), index)).test_client()
    meran = ask(client, "/api/v1/entities/pla-meran", "Entity")
    assert meran["position"] == {
        "sort": "city", "country": "XX", "latitude": 10.5, "longitude": 20.25
    }  # fmt: skip
    assert [one["id"] for one in meran["inside"]] == ["pla-sel"]
    sel = ask(client, "/api/v1/entities/pla-sel", "Entity")
    assert (sel["position"], [one["label"] for one in sel["around"]]) == (None, ["Meran"])
    assert "Lies in" in client.get("/entities/pla-sel").text
    page = client.get("/entities/pla-meran").text
    (address,) = re.findall(r'href="([^"]*)" rel="nofollow">all articles that name it', page)
    assert address == "/search?place=pla-meran"
    assert "Drone strikes hit the bridge at Port Sel" in client.get(address).text


@pytest.mark.parametrize(
    ("given", "kept_as"),
    [
        ({"action": "kind", "kind": "org"}, {"value": "org"}),
        (
            {"action": "split", "split": "Oduya", "split_label": "B. Oduya"},
            {"names": ["Oduya"], "value": "B. Oduya"},
        ),
    ],
)
def test_a_kind_and_a_split_are_decided_in_the_browser(
    operator: FlaskClient, decisions: Path, given: dict[str, str], kept_as: dict[str, object]
) -> None:
    assert operator.post(DECISIONS, data={**FORM, **given}).status_code == 303
    (made,) = kept(decisions)
    assert kept_as.items() <= made.items()
    assert made["entities"] == ["per-oduya"]


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        (("Amara Oduya spoke. Oduya left.",), 400),
        (("Amara Oduya spoke. Oduya left.", "Oduya slept."), 303),
        (("Amara Oduya spoke.",), 303),
    ],
)
def test_a_spelling_that_is_short_for_another_everywhere_cannot_be_split_off(
    operator: FlaskClient,
    collection: MadeUpCollection,
    decisions: Path,
    texts: tuple[str, ...],
    status: int,
) -> None:
    oduya = replace(ENTITIES[0], aliases=("Amara Oduya", "Oduya"))
    articles = [document(text[:9], text, entities=[oduya]) for text in texts]
    collection.generations = {"g": made_up_index(articles)}
    given = {**FORM, "action": "split", "split": "Oduya"}
    answer = operator.post(DECISIONS, data=given)
    assert answer.status_code == status
    assert decisions.exists() is (status == 303)
    if status == 400:
        assert "short for a longer spelling" in answer.text


def test_what_an_article_names_so_is_split_off_in_the_browser(
    operator: FlaskClient, decisions: Path
) -> None:
    article = ask(operator, "/api/v1/search?person=per-oduya")["items"][0]["id"]
    address = f"https://desk.example/articles/{article}"
    given = {**FORM, "action": "split", "split_article": address, "split_label": "B. Oduya"}
    assert operator.post(DECISIONS, data=given).status_code == 303
    assert kept(decisions)[0]["articles"] == [article]


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({"action": "merge", "merge": "Nobody At All"}, 404, "No other person is called"),
        ({"action": "split"}, 400, "no spelling is ticked"),
        ({"action": "split", "split": "Mr. Nobody"}, 400, "is no name of"),
        ({"action": "split", "split_article": "nosucharticle"}, 400, "is no article"),
        ({"action": "rename", "rename": ""}, 400, "must be filled in"),
    ],
)
def test_a_form_that_is_badly_filled_in_comes_back_as_it_was_filled_in(
    operator: FlaskClient, decisions: Path, given: dict[str, str], status: int, said: str
) -> None:
    answer = operator.post(DECISIONS, data={**FORM, "why": "Two men", **given})
    assert answer.status_code == status
    page = unescape(answer.text)
    assert said in page
    assert 'value="Ada"' in page
    assert ">Two men</textarea>" in page
    assert f'value="{given["action"]}" required checked' in page or (
        f'value="{given["action"]}" checked' in page
    )
    assert all(f'value="{text}"' in page for text in [given.get("merge")] if text)
    assert TOKEN not in page
    assert not decisions.exists()


def test_two_outlets_are_made_one_and_apart_again(operator: FlaskClient, decisions: Path) -> None:
    given = {**FORM, "outlet": "The Harbour Post", "same": "Valley Courier"}
    assert operator.post("/outlets/decisions", data=given).status_code == 303
    (made,) = kept(decisions)
    assert (made["names"], made["value"]) == (["Valley Courier"], "The Harbour Post")
    assert "Valley Courier is called The Harbour Post" in words(operator, "/facets/outlet")
    back = {**FORM, "outlet": "Valley Courier", "same": "The Harbour Post"}
    assert operator.post("/outlets/decisions", data=back).status_code == 409
    assert operator.post("/outlets/decisions", data={**given, "same": "None"}).status_code == 400
    assert operator.post("/outlets/decisions", data={**given, "token": "no"}).status_code == 403
    identity = Authority.load(decisions).standing[0].decision_id
    undone = operator.post("/outlets/decisions", data={**FORM, "undo": identity})
    assert undone.status_code == 303
    assert Authority.load(decisions).outlets == {}
    assert "is called" not in words(operator, "/facets/outlet")


def test_outlets_are_not_decided_where_nobody_turned_it_on(client: FlaskClient) -> None:
    assert "Two outlets are one" not in client.get("/facets/outlet").text
    assert client.post("/outlets/decisions", data=FORM).status_code == 404
