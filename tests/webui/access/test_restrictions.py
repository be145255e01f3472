"""Restricted articles: is somebody who may not see them answered as if they had never been there?

Two collections are built: one with all articles, of which some are restricted, and one without
these. Whatever is asked, the first answers a reader as the second does, byte for byte but for names
of generations and times. What people keep is written in the first alone, and must not tell of them.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote_plus, urlencode

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import RawDocument
from corpus.errors import OriginalNotFound
from corpus.home import Home
from corpus.store import Catalogue, Outcome
from indexer.entities.authority.deciding import decide
from indexer.entities.authority.decisions import Action
from indexer.generations.parts import parts
from indexer.generations.publishing import Generations
from indexer.pipeline import rebuild
from search.output.exports import FORMATS
from tests.webui.access.conftest import PASSWORD
from tests.webui.access.restricted import (
    OPEN,
    RESTRICTED,
    SECRETS,
    Both,
    client_of,
    opened,
    same,
)
from webui.access import restrictions, store
from webui.access.openings import Openings
from webui.access.people import People
from webui.access.roles import Role
from webui.access.tokens import Tokens
from webui.cli import main
from webui.collection import open_collection
from webui.server.updating import is_due

_QUESTIONS = (
    *("", "orlova", "bridge", "quornhelm", "quorn*", "quornhelm~", "vesna OR dzhvari", "-orlova"),
    *("toma", '"valley guard"', "drone NEAR depot", "qazbegi", "salome~", "outlet:secret"),
    *("person:toma", "date:2022", "houses", "witness", "brigde", "ceasefyre", "channel"),
)


def test_the_two_collections_differ(both: Both) -> None:
    assert len(both.restricted) == len(RESTRICTED)
    assert len(both.shown) == len(OPEN)
    for secret in ("Qazbegi", "quornhelm", "Dzhvari"):
        assert both.operator.get(f"/api/v1/search?q={secret}").json["total"]  # type: ignore[index]
    total = both.operator.get("/api/v1/search").json
    assert total is not None
    assert total["total"] == len(OPEN) + len(RESTRICTED)


@pytest.mark.parametrize(
    "question",
    [*_QUESTIONS[:9], *(pytest.param(one, marks=pytest.mark.slow) for one in _QUESTIONS[9:])],
)
def test_no_answer_tells_of_what_may_not_be_seen(both: Both, question: str) -> None:
    query = urlencode({"q": question})
    for path in (
        "/search", "/api/v1/search", "/concordance", "/api/v1/concordance", "/timeline",
        "/api/v1/timeline", "/together", "/api/v1/together", "/map", "/api/v1/map", "/coverage",
        "/api/v1/coverage", "/facets/person", "/facets/place", "/facets/outlet", "/feed.atom",
    ):  # fmt: skip
        same(both, f"{path}?{query}")
    found = both.reader.get(f"/api/v1/search?{query}").json
    assert found is not None
    scores = [one.get("score") for one in found.get("items", ())]
    other = both.without.get(f"/api/v1/search?{query}").json
    assert other is not None
    assert scores == [one.get("score") for one in other.get("items", ())]


def test_no_other_address_tells_of_it(both: Both) -> None:
    for form in FORMATS:
        same(both, f"/api/v1/export.{form}?q=orlova")
    for beginning in ("q", "sal", "dz", "sec", "toma", "ninth", "o"):
        same(both, f"/api/v1/suggest?q={beginning}")
    for path in ("/api/v1/index", "/readyz", "/watch", "/dossiers", "/api/v1/dossiers"):
        same(both, path)
    assert both.reader.get("/metrics").status_code == 403


def test_articles_are_there_or_not_there(both: Both) -> None:
    below = ("", "/citation.bib", "/citation.ris", "/paragraphs/1", "/versions/1", "/original")
    statuses = set()
    for article in both.shown:
        for other in below:
            same(both, f"/articles/{article}{other}")
            same(both, f"/api/v1/articles/{article}{other}")
        assert same(both, f"/articles/{article}") == 200
    for article in both.restricted:
        assert both.operator.get(f"/articles/{article}").status_code == 200
        for other in (*below, "/original", f"/against/{both.shown[0]}"):
            for prefix in ("", "/api/v1"):
                statuses.add(same(both, f"{prefix}/articles/{article}{other}"))
        same(both, f"/articles/{both.shown[0]}/against/{article}")
        same(both, f"/api/v1/articles/by-ids?ids={article},{both.shown[0]}")
    assert statuses == {404}
    with Catalogue.open(both.home.catalogue, readonly=True) as catalogue:
        for article in both.restricted:
            stored = catalogue.article(article)
            address = stored.article.url
            assert same(both, f"/search?q={address}") in {200, 404}
            assert same(both, f"/api/v1/articles?url={address}") == 404


def test_names_are_there_or_not_there(both: Both) -> None:
    names = set()
    for kind in ("person", "org", "place"):
        listed = both.operator.get(f"/api/v1/facets/{kind}").json
        assert listed is not None
        names |= {one["id"] for one in listed["values"]}
    assert len(names) > 4
    found = {same(both, f"/entities/{name}") for name in names}
    found |= {same(both, f"/api/v1/entities/{name}") for name in names}
    assert {200, 404} <= found <= {200, 302, 404}


_WORDS = st.sampled_from(
    "orlova bridge vesna drone toma qazbegi quornhelm salome witness houses list ceasefire the of "
    "governor ferries geneva secret bulletin grain dzhvari follow channel never sleeps".split()
)
_JOINED = st.lists(_WORDS, min_size=1, max_size=4).flatmap(
    lambda words: st.sampled_from(
        [" ".join(words), " OR ".join(words), f'"{" ".join(words)}"', f"{words[0]}* {words[-1]}~"]
    )
)


@given(
    question=_JOINED,
    sort=st.sampled_from(["relevance", "newest", "oldest"]),
    collapse=st.booleans(),
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_question_is_answered_as_without(
    both: Both, question: str, sort: str, collapse: bool
) -> None:
    more = "&collapse=family" if collapse else ""
    same(both, f"/api/v1/search?q={quote_plus(question)}&sort={sort}{more}")
    same(both, f"/api/v1/timeline?q={quote_plus(question)}")


def test_every_address_is_the_same_whatever_stands_in_it(both: Both) -> None:
    """Walks the map of addresses, so that a new one cannot be forgotten."""
    found = both.operator.get("/api/v1/suggest?q=qaz").json
    assert found is not None
    (name,) = (one["id"] for one in found["suggestions"] if one["kind"] == "person")
    values = {
        "article_id": both.restricted[0],
        "entity_id": name,
        "facet": "person",
        "field": "outlet",
        "style": "bib",
        "filename": "icon.svg",
    }
    app = both.reader.application
    asked = 0
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in {"static", "access.sign_in"}:
            continue
        for other in (*both.restricted, both.shown[0]):
            given = dict.fromkeys(rule.arguments, "1") | {
                key: value for key, value in values.items() if key in rule.arguments
            }
            if "other_id" in given:
                given["other_id"] = other
            address = app.url_map.bind("localhost").build(rule.endpoint, given, method="GET")
            for question in ("", "?q=orlova", f"?a={other}&b={both.shown[0]}", "?q=qazbegi"):
                same(both, address + question)
                asked += 1
            if "other_id" not in given:
                break
    assert asked > 150


def test_a_table_of_questions_is_answered_as_without(both: Both) -> None:
    """Reading alone, though it is sent: a reader's counts and hits are those of the other."""
    table = "question\norlova\nqazbegi\nsecret bulletin\n"

    def told(client: FlaskClient) -> list[tuple[int, list[str]]]:
        answer = client.post("/api/v1/batch?hits=50", data=table, content_type="text/csv")
        assert answer.status_code == 200, answer.text
        assert answer.json is not None
        return [
            (one["total"], [hit["id"] for hit in one["items"]]) for one in answer.json["questions"]
        ]

    assert told(both.reader) == told(both.without)
    assert told(both.operator) != told(both.reader)
    assert both.restricted[0] not in str(told(both.reader))


def _everything(client: FlaskClient, paths: list[str]) -> str:
    return "\n".join(client.get(path).text for path in paths)


def test_what_people_keep_tells_nothing_either(both: Both) -> None:
    """An operator puts restricted articles into a dossier, keeps a question, cites a part."""
    operator, reader = both.operator, both.reader
    (secret,) = (one["id"] for one in operator.get("/api/v1/search?q=quornhelm").json["items"])  # type: ignore[index]
    shown = both.shown[0]

    def change(client: FlaskClient, *changes: dict[str, object]) -> tuple[int, list[str]]:
        answer = client.post("/api/v1/dossiers", json={"changes": changes})
        return answer.status_code, (answer.json or {}).get("changes", [])

    name = {"dossier": "Orlova"}
    status, made = change(
        operator,
        {"action": "create", "name": "Orlova"},
        {"action": "add", **name, "articles": [secret, shown]},
        {"action": "note", **name, "about": secret, "text": "Ask Qazbegi about quornhelm"},
        {"action": "tag", **name, "articles": [secret], "tags": ["dzhvari-tag"]},
        {"action": "quote", **name, "article": secret, "exact": "quornhelm"},
        {"action": "mark", **name, "articles": [secret, shown], "state": "read"},
        {"action": "note", **name, "about": shown, "text": "Compare with the governor"},
    )
    assert status == 201
    dossier = made[0]
    assert (
        operator.post("/watch", data={"do": "keep", "name": "All", "asked": "q="}).status_code
        == 303
    )
    cited = operator.post("/cited", data={"address": f"/articles/{secret}"}).headers["Location"]
    many = operator.post("/cited", data={"address": "/search?q=orlova"}).headers["Location"]
    own = reader.post("/cited", data={"address": "/search?q=orlova"}).headers["Location"]
    paths = [
        *(f"/dossiers/{dossier}", f"/api/v1/dossiers/{dossier}", "/dossiers", "/api/v1/dossiers"),
        *(f"/api/v1/dossiers/{dossier}/report.{form}" for form in ("html", "csv", "bib", "csl")),
        *("/watch", "/api/v1/watch", "/watch/news?name=All", "/api/v1/watch/news?name=All"),
        *("/watch/feed.atom?name=All", own, f"/api/v1{own}", f"/articles/{shown}", "/search"),
    ]
    news = "/api/v1/watch/news?name=All"
    seen = operator.get(news).json
    assert seen is not None
    assert len(seen["came"]) == len(OPEN) + len(RESTRICTED)
    looked = {"do": "seen", "name": "All", "generation": seen["generation"]}
    assert operator.post("/watch", data=looked).status_code == 303

    told = _everything(reader, paths)
    assert {reader.get(path).status_code for path in paths} == {200}
    for hidden in (*SECRETS, "dzhvari-tag", *both.restricted):
        assert hidden not in told, hidden
        assert hidden in _everything(operator, [*paths, cited, many]), hidden
    account = reader.get(f"/api/v1/dossiers/{dossier}").json
    assert account is not None
    assert [(one["id"], one["state"]) for one in account["items"]] == [(shown, "read")]
    assert account["size"] == 1
    assert reader.get(news).json["left"] == []  # type: ignore[index]
    assert reader.get("/api/v1/watch").json["questions"][0]["seen"] == len(OPEN)  # type: ignore[index]
    for one in (cited, many):
        assert operator.get(one).status_code == 200
        assert reader.get(one).status_code == reader.get("/cited/0123456789abcdef").status_code
    touching: tuple[dict[str, object], ...] = (
        {"action": "remove", **name, "articles": [secret]},
        {"action": "note", **name, "about": secret, "text": "?"},
        {"action": "move", **name, "article": shown, "after": secret},
        {"action": "add", **name, "articles": [secret]},
        {"action": "quote", **name, "article": secret, "exact": "quornhelm"},
        {"action": "undo", "change": made[2]},
    )
    for touched in touching:
        invented = json.loads(json.dumps(touched).replace(secret, "aaaaaaaaaaaaaaaa"))
        refused, as_invented = change(reader, touched)[0], change(reader, invented)[0]
        assert refused == 404, touched
        assert as_invented in {404, 409}
    held = operator.get(f"/api/v1/dossiers/{dossier}").json
    assert held is not None
    assert [one["id"] for one in held["items"]] == [secret, shown]

    def counted(client: FlaskClient, query: str) -> tuple[int, dict[str, int]]:
        answer = client.get(f"/api/v1/search?facet=dossier,tag,unread&{query}").json
        assert answer is not None
        values = [one for counts in answer["facets"].values() for one in counts]
        return answer["total"], {one["label"]: one["count"] for one in values}

    assert counted(operator, "dossier=Orlova") == (2, {"Orlova": 2, "dzhvari-tag": 1})
    assert counted(reader, "dossier=Orlova") == (1, {"Orlova": 1})
    assert counted(operator, "tag=dzhvari-tag")[0] == 1
    assert counted(reader, "tag=dzhvari-tag") == (0, {"dzhvari-tag": 0})  # as it was typed


@pytest.fixture
def copied(both: Both, tmp_path: Path) -> Home:
    """A copy of the collection with everything, to be changed."""
    home = Home(tmp_path / "home")
    shutil.copytree(both.home.path, home.path)
    return home


def _run(home: Home, *arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["--home", str(home.path), *arguments], input=PASSWORD)
    assert result.exit_code == code, result.output
    return result.output


def _total(home: Home, name: str, role: Role | None = None) -> int:
    """How many articles a person finds, with a token of theirs."""
    with store.writing(home.people) as database:
        token = Tokens(database).make(name, role)[1]
    answer = client_of(opened(home), token).get("/api/v1/search")
    assert answer.status_code == 200, answer.text
    total: int = (answer.json or {})["total"]
    return total


def test_no_decision_tells_of_what_may_not_be_seen(copied: Home) -> None:
    """Lists, pages and answers: decisions about hidden names, and about an outlet of theirs."""
    with store.writing(copied.people) as database:
        tokens = {name: Tokens(database).make(name)[1] for name in ("Rosa", "Olga")}
    app = opened(copied)
    reader, operator = (client_of(app, tokens[name]) for name in ("Rosa", "Olga"))

    def listed(client: FlaskClient, address: str) -> list[str]:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        return [one["why"] for one in (answer.json or {}).get("items", ())]

    with open_collection(copied).index() as index:
        shown, secret = (index.directory.search(one)[0] for one in ("Toma", "Qazbegi"))
    for entity, why in ((shown, "of Toma"), (secret, "of her")):
        decide(copied.decisions, Action.NOTE, [entity], who="Olga", why=why)
    decide(copied.decisions, Action.HIDE, [secret], who="Olga", why="no name")
    joined = {"value": "Valley Courier", "names": ["Secret Bulletin"]}
    decide(copied.decisions, Action.OUTLET, [], who="Olga", why="one", **joined)
    assert listed(operator, "/api/v1/decisions") == ["of Toma", "of her", "no name", "one"]
    assert listed(reader, "/api/v1/decisions") == ["of Toma"]
    assert "Secret Bulletin" in operator.get("/facets/outlet").text
    for address in (
        *("/facets/outlet", "/api/v1/decisions", f"/entities/{secret.entity_id}"),
        *(f"/entities/{shown.entity_id}", f"/api/v1/entities/{shown.entity_id}"),
        *("/api/v1/entities", "/api/v1/entities?kind=person&limit=1000", "/api/docs"),
    ):
        text = reader.get(address).text
        assert not [one for one in SECRETS if one in text], address
    assert "of Toma" in reader.get(f"/api/v1/entities/{shown.entity_id}").text


def test_no_generation_of_everything_can_be_asked_for(both: Both) -> None:
    whole, own = (
        (client.get("/api/v1/index").json or {})["generation"]
        for client in (both.operator, both.reader)
    )
    assert whole != own
    for question in (
        *(f"changes?since={whole}", f"changes?since={own}&generation={whole}"),
        *(f"entities?generation={whole}", f"articles/{both.restricted[0]}?generation={whole}"),
        f"articles/by-ids?id={both.restricted[0]}&generation={whole}",
    ):
        answer = both.reader.get(f"/api/v1/{question}")
        assert answer.status_code == 410, question
        assert not [one for one in SECRETS if one in answer.text]
    assert (both.reader.get(f"/api/v1/changes?since={own}").json or {})["items"] == []
    assert both.operator.get(f"/api/v1/changes?since={whole}").status_code == 200


def test_who_may_see_is_said_by_role_and_by_name(both: Both, copied: Home) -> None:
    first, second, _ = both.restricted
    everything = len(OPEN) + len(RESTRICTED)
    said = _run(copied, "restrict", first, "--to", "decider", "--to", "rosa")
    assert "3 articles are restricted; 1 index without" in said
    assert "decider, rosa" in _run(copied, "restrict")
    assert _total(copied, "Rosa") == len(OPEN) + 1
    with store.reading(copied.people) as database:
        assert len(People(database).all()) == 2
    _run(copied, "people", "add", "Dora", "--role", "decider")
    _run(copied, "people", "add", "Rick", "--role", "reader")
    assert len(parts(copied)) == 2  # what Rosa and Dora may not see, and what Rick may not
    assert _total(copied, "Dora") == len(OPEN) + 1
    assert _total(copied, "Rick") == len(OPEN)
    assert _total(copied, "Olga") == everything
    lesser = json.loads(_run(copied, "tokens", "make", "Olga", "--role", "reader", "--json"))
    found = client_of(opened(copied), lesser["token"]).get("/api/v1/search").json
    assert found is not None
    assert found["total"] == len(OPEN)  # a token of a lesser role sees what that role sees
    _run(copied, "people", "role", "Rick", "decider")
    assert _total(copied, "Rick") == len(OPEN) + 1
    assert "2 articles are restricted" in _run(copied, "unrestrict", first)
    assert _total(copied, "Rick") == len(OPEN) + 1
    _run(copied, "unrestrict", *both.restricted)
    assert {_total(copied, name) for name in ("Rosa", "Rick", "Dora", "Olga")} == {everything}
    assert parts(copied) == []
    assert "restricted" in _run(copied, "restrict", "--outlet", "secret bulletin")
    assert _total(copied, "Rosa") == everything - 2
    assert "nobody is called 'Nobody'" in _run(copied, "restrict", first, "--to", "Nobody", code=3)
    assert "no article with this id" in _run(copied, "restrict", "aaaaaaaaaaaaaaaa", code=3)
    assert second in _run(copied, "restrict") or first in _run(copied, "restrict")


def test_a_clock_that_was_put_right_undoes_no_restriction(copied: Home) -> None:
    """What was said last counts, not what was said under the latest time."""
    one = next(iter(restrictions.load(copied).may))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(restrictions, "_now", lambda: "2039-01-01T00:00:00.000000+00:00")
        restrictions.unrestrict(copied, "Olga", [one])
        assert one not in restrictions.load(copied).may
    restrictions.restrict(copied, "Olga", [one], [])
    assert one in restrictions.load(copied).may
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(restrictions, "_now", lambda: "1999-01-01T00:00:00.000000+00:00")
        restrictions.unrestrict(copied, "Olga", [one])
    assert one not in restrictions.load(copied).may


def test_whoever_is_not_signed_in_sees_nothing_restricted(both: Both, copied: Home) -> None:
    """As on the loopback address of one person, who has not said who they are."""
    copied.people.unlink()
    client = opened(copied).test_client()
    assert client.get("/api/v1/search?q=quornhelm").json["total"] == 0  # type: ignore[index]
    assert client.get(f"/articles/{both.restricted[0]}").status_code == 404


def test_what_cannot_be_told_is_not_shown(both: Both, copied: Home) -> None:
    def status() -> int:
        with store.writing(copied.people) as database:
            token = Tokens(database).make("Rosa")[1]
        return client_of(opened(copied), token).get("/api/v1/search").status_code

    assert status() == 200
    whole = copied.restrictions.read_bytes()
    copied.restrictions.write_bytes(whole + b'{"action":"restrict","arti\n')
    assert status() == 500
    assert _total(copied, "Olga") == len(OPEN) + len(RESTRICTED)
    assert "line of the restrictions is damaged" in _run(copied, "restrict", code=4)
    copied.restrictions.unlink()
    assert status() == 500
    copied.restrictions.write_bytes(whole)
    (part,) = parts(copied)
    list_of_hidden = part.hidden.read_bytes()
    part.hidden.write_text("[]")
    assert status() == 503
    part.hidden.write_bytes(list_of_hidden)
    assert status() == 200
    shutil.rmtree(part.index)
    assert status() == 503
    assert is_due(copied)
    rebuild(copied, processes=1, trusting=True)
    assert status() == 200
    assert not is_due(copied)


@pytest.mark.parametrize("lost", ["list", "all but the folder"])
def test_half_a_part_is_none_and_is_made_again(copied: Home, lost: str) -> None:
    """As `unrestrict` leaves it when it is killed while it takes one away."""
    (part,) = parts(copied)
    part.hidden.unlink()
    if lost != "list":
        shutil.rmtree(part.index)
    rebuild(copied, processes=1, trusting=True)  # it used to be refused, as everything was
    assert not is_due(copied)
    _run(copied, "restrict")
    assert parts(copied) == [part]
    assert _total(copied, "Rosa") == len(OPEN)
    part.hidden.unlink()
    _run(copied, "unrestrict", *restrictions.load(copied).may)
    assert not any(copied.parts.iterdir())


def test_hidden_articles_that_come_in_make_nothing_new(both: Both, copied: Home) -> None:
    """Else the names of generations would tell when something was taken in."""
    (part,) = parts(copied)
    before = Generations(part.index).current().name
    whole = Generations(copied.index).current().name
    with Catalogue.open(copied.catalogue) as catalogue:
        stored = catalogue.article(both.restricted[0])
        changed = replace(stored.article, text=f"{stored.article.text}\n\nAnd more.")
        raw = RawDocument(
            content=b"another",
            media_type="text/plain",
            locator="another.txt",
            url=stored.article.url,
            collected=datetime(2026, 1, 1, tzinfo=UTC),
            reader="text/1",
        )
        assert catalogue.put(raw, changed) is Outcome.NEW_VERSION
    assert is_due(copied)
    rebuild(copied, processes=1, trusting=True)
    assert Generations(copied.index).current().name != whole
    assert Generations(part.index).current().name == before
    with Catalogue.open(copied.catalogue, readonly=True, hidden=both.restricted) as catalogue:
        assert catalogue.counts().articles == len(OPEN)
        assert catalogue.counts().versions == len(OPEN)
        assert catalogue.counts().originals == len(OPEN)
        assert catalogue.counts().sightings == len(OPEN)
        for address in (stored.original_sha256, raw.sha256):
            with pytest.raises(OriginalNotFound):
                catalogue.original(address)


def test_a_backup_holds_who_may_see_what_and_not_who_opened_it(
    both: Both, copied: Home, tmp_path: Path
) -> None:
    Openings(copied.openings, 30).note("Rosa", [both.shown[0]], "pages.article")
    _run(copied, "backup", str(tmp_path / "backup"))
    back = Home(tmp_path / "back")
    _run(back, "restore", str(tmp_path / "backup"))
    assert not back.openings.exists()
    assert restrictions.load(back).may.keys() == set(both.restricted)
    rebuild(back, processes=1)
    _run(back, "restrict")
    assert _total(back, "Rosa") == len(OPEN)
