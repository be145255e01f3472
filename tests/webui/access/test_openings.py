"""Openings: is it written down who was sent which article, where it is to be, and nothing else?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from corpus.errors import InvalidParameter
from corpus.home import Home
from search.output.exports import FORMATS
from tests.contract.made_up import made_up_documents
from tests.webui.conftest import MadeUpCollection
from webui.access import store
from webui.access.guard import Guard
from webui.access.openings import Openings, noted
from webui.access.tokens import Tokens
from webui.api import articles
from webui.app import create_app
from webui.cli import main

FIRST, SECOND = (one.article_id for one in made_up_documents()[:2])
ALL = {one.article_id for one in made_up_documents()}


@pytest.fixture
def app(collection: MadeUpCollection, home: Home) -> Flask:
    collection.kept, collection.citations = home.dossiers, home.citations
    app = create_app(collection, people=Guard(home, log_days=30))
    app.testing = True
    return app


@pytest.fixture
def anna(app: Flask, home: Home) -> FlaskClient:
    with store.writing(home.people) as database:
        token = Tokens(database).make("Anna")[1]
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def _new(home: Home) -> list[tuple[str, str, str]]:
    """What was written down since the last call."""
    found = [(one.person, one.article, one.kind) for one in noted(home.openings)]
    home.openings.unlink()
    return found


def _addresses(app: Flask) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        if "article_id" in rule.arguments and "GET" in (rule.methods or ()):
            given: dict[str, object] = dict.fromkeys(rule.arguments, 1)
            given |= {"article_id": FIRST, "other_id": SECOND, "style": "bib"}
            given = {name: given[name] for name in rule.arguments}
            yield app.url_map.bind("localhost").build(rule.endpoint, given)


def test_every_address_of_an_article_is_written_down(
    app: Flask, anna: FlaskClient, home: Home
) -> None:
    """Walks the map of addresses, so that a new one cannot be forgotten."""
    answered = 0
    for address in _addresses(app):
        if anna.get(f"{address}?q=secret+question").status_code != 200:
            anna.get(address)
        status = anna.get(address).status_code
        if status != 200:
            assert status in {302, 400, 404}
            continue
        answered += 1
        found = _new(home)
        assert ("Anna", FIRST) in {one[:2] for one in found}, address
        if "/against/" in address and "versions" not in address:
            assert ("Anna", SECOND) in {one[:2] for one in found}, address
    assert answered >= 8
    assert anna.get("/articles/aaaaaaaaaaaaaaaa").status_code == 404
    assert not home.openings.exists()


def test_whatever_holds_articles_is_written_down(
    anna: FlaskClient, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles, "collected_from", lambda url, index, catalogue: FIRST)
    for form in FORMATS:
        assert anna.get(f"/api/v1/export.{form}").text
        found = _new(home)
        assert {one[1] for one in found} == ALL
        assert {(one[0], one[2]) for one in found} == {("Anna", f"exports.export_{form}")}
    assert anna.get(f"/api/v1/articles/by-ids?id={FIRST},aaaaaaaaaaaaaaaa").status_code == 200
    assert _new(home) == [("Anna", FIRST, "api.articles_by_ids")]
    assert anna.get("/api/v1/articles?url=https://news.example/a").status_code == 200
    assert _new(home) == [("Anna", FIRST, "api.article_at")]
    cited = anna.post("/cited", data={"address": f"/articles/{SECOND}"}).headers["Location"]
    assert not home.openings.exists()
    assert anna.get(cited).status_code == 200
    assert _new(home) == [("Anna", SECOND, "cited_pages.cited")]
    assert anna.get(f"/api/v1{cited}").status_code == 200
    assert _new(home) == [("Anna", SECOND, "api.cited")]
    with store.writing(home.people) as database:
        olga = Tokens(database).make("Olga")[1]
    packed = anna.post(
        "/evidence?q=drone",
        data={"originals": "no"},
        headers={"Authorization": f"Bearer {olga}"},
    )
    assert packed.status_code == 200
    found = _new(home)
    assert {(one[0], one[2]) for one in found} == {("Olga", "evidence_pages.of_a_result")}
    assert {one[1] for one in found} < ALL
    changes = [
        {"action": "create", "name": "Bridge"},
        {"action": "add", "dossier": "Bridge", "articles": [SECOND]},
    ]
    assert anna.post("/api/v1/dossiers", json={"changes": changes}).status_code == 201
    assert anna.get("/api/v1/dossiers/Bridge/report.csv").status_code == 200
    assert _new(home) == [("Anna", SECOND, "api.dossier_report_csv")]


def test_questions_are_never_written_down(anna: FlaskClient, home: Home) -> None:
    for path in ("/search", "/api/v1/search", "/concordance", "/timeline", "/feed.atom", "/map"):
        assert anna.get(f"{path}?q=drone").status_code == 200
    assert not home.openings.exists()
    anna.get(f"/articles/{FIRST}?q=quornhelm&sort=newest")
    assert anna.get("/api/v1/export.csv?q=drone&outlet=none").text
    assert anna.get("/api/v1/export.jsonl?q=drone").text
    kept = home.openings.read_bytes()
    assert FIRST.encode() in kept
    for asked in (b"quornhelm", b"drone", b"q=", b"newest", b"127.0.0.1"):
        assert asked not in kept
    assert home.openings.stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_down_where_it_is_not_to_be(
    collection: MadeUpCollection, home: Home
) -> None:
    client = create_app(collection, people=Guard(home)).test_client()
    with store.writing(home.people) as database:
        token = Tokens(database).make("Anna")[1]
    bearer = {"Authorization": f"Bearer {token}"}
    assert client.get(f"/articles/{FIRST}", headers=bearer).status_code == 200
    assert client.get("/api/v1/export.csv", headers=bearer).text
    assert not home.openings.exists()
    with pytest.raises(InvalidParameter, match="nothing was written down"):
        noted(home.openings)


def test_what_cannot_be_written_down_is_not_sent(anna: FlaskClient, home: Home) -> None:
    home.openings.write_bytes(b"no database at all" * 100)
    answer = anna.get(f"/articles/{FIRST}")
    assert answer.status_code == 500
    assert made_up_documents()[0].title not in answer.text
    assert anna.get("/search").status_code == 200


def test_what_has_its_age_is_wiped(home: Home) -> None:
    log = Openings(home.openings, 2)
    log.note("Anna", ["aaaaaaaaaaaaaaaa"], "pages.article", now=1_000_000.0)
    log.note("Anna", [FIRST], "pages.article", now=1_000_000.0 + 2 * 86_400)
    assert [one.article for one in noted(home.openings)] == [FIRST, "aaaaaaaaaaaaaaaa"]
    log.note("Rosa", [SECOND], "pages.article", now=1_000_001.0 + 2 * 86_400)
    assert [one.article for one in noted(home.openings)] == [SECOND, FIRST]
    assert b"aaaaaaaaaaaaaaaa" not in home.openings.read_bytes()
    assert [one.person for one in noted(home.openings, article=FIRST)] == ["Anna"]
    assert [one.article for one in noted(home.openings, person="Rosa")] == [SECOND]


def test_an_operator_lists_them(home: Home, tmp_path: Path) -> None:
    def run(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(main, ["--home", str(home.path), "openings", *arguments])
        assert result.exit_code == code, result.output
        return result.output

    assert "--log-openings DAYS" in run(code=2)
    Openings(home.openings, 30).note("Anna", [FIRST, SECOND], "exports.export_csv")
    assert f"{FIRST}  Anna  exports.export_csv" in run("--person", "ANNA")
    assert len(json.loads(run("--article", SECOND, "--json"))) == 1
    assert "nobody is called" in run("--person", "Nobody", code=3)
    served = ["--home", str(tmp_path / "none"), "serve", "--log-openings", "30"]
    refused = CliRunner().invoke(main, served)
    assert refused.exit_code == 2
    assert "nobody has a name here" in refused.output
