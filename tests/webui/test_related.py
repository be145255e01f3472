"""What is about the same and does not match stands below the hits: on the page, as JSON, in a
terminal; it takes no part in anything else that a question comes to.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from corpus.errors import StorageError
from corpus.home import Home
from corpus.intake.ingest import ingest
from corpus.store import Catalogue
from indexer.articles.meaning import encoder
from indexer.articles.meaning.vector_file import open_vectors
from indexer.generations.parts import define
from indexer.generations.publishing import VECTORS, Generations
from indexer.pipeline import rebuild
from search import service
from search.request import SearchRequest
from search.serving.serving import opened
from tests.stand_in_encoder import stand_in
from webui.app import create_app
from webui.cli import main
from webui.collection import open_collection

ARTICLES = (
    ("Ships burn", "Two ships burned at the quay, crews said.", "en"),
    ("Vessel <b>lost</b>", "A vessel went down off Odesa. Nobody was saved.", "en"),
    ("Порт закрыт", "Порт закрыт на неделю.", "ru"),
    ("Budget passed", "Parliament voted on schools.", "en"),
)


@pytest.fixture(autouse=True)
def _encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    lines = [
        json.dumps({"title": title, "text": text, "language": language, "date": "2023-05-01"})
        for title, text, language in ARTICLES
    ]
    (tmp_path / "dump.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with Catalogue.open(home) as catalogue:
        ingest([tmp_path / "dump.jsonl"], catalogue)
    rebuild(home, processes=1, meaning=True)
    return home


@pytest.fixture
def client(home: Home) -> FlaskClient:
    return create_app(open_collection(home)).test_client()


def run(home: Home, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--home", str(home.path)])


def test_a_page_tells_them_apart_from_its_hits(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/search?q=ships").text, "lxml")
    (section,) = page.select("section.related")

    assert [hit.text.strip() for hit in page.select(".hits h2")] == ["Ships burn"]
    told = {title.text: title.a["href"] for title in section.select("h3")}  # type: ignore[index]
    assert set(told) == {"Vessel <b>lost</b>", "Порт закрыт"}
    assert all(str(address).startswith("/articles/") for address in told.values())
    assert all(client.get(str(address)).status_code == 200 for address in told.values())
    assert "A vessel went down off Odesa." in section.text
    assert "None of these matches the question." in section.text
    assert section.select("mark") == []
    assert "Russian" in section.text


def test_a_page_without_any_says_nothing_of_them(client: FlaskClient) -> None:
    for address in ("/search", "/search?q=schools", "/search?q=ships&related=0"):
        assert "Related by meaning" not in client.get(address).text


def test_they_stand_where_nothing_was_found(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/search?q=harbor").text, "lxml")
    assert page.select_one("#count").text.strip() == "Nothing found"  # type: ignore[union-attr]
    assert len(page.select("section.related h3")) == 3


def test_scripts_get_them_beside_the_items(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=ships").json
    assert answer is not None
    lost = next(one for one in answer["related"] if one["title"].startswith("Vessel"))

    assert answer["total"] == len(answer["items"]) == 1
    assert lost["published"]["date"] == "2023-05-01"
    assert lost["beginning"] == "A vessel went down off Odesa. Nobody was saved."
    assert 0.2 <= lost["nearness"] <= 1
    one = client.get("/api/v1/search?q=ships&related=1").json
    assert one is not None
    assert one["related"] == answer["related"][:1]
    assert client.get("/api/v1/search?q=ships&related=21").status_code == 400
    assert "Vessel" not in client.get("/api/v1/export.csv?q=ships").text
    assert "Vessel" not in client.get("/feed.atom?q=ships").text


def test_a_terminal_shows_them_below(home: Home) -> None:
    shown = run(home, "search", "ships")
    hits, _, related = shown.stdout.partition("Related by meaning\n")

    assert "Ships burn" in hits
    assert "Vessel <b>lost</b>" in related
    assert "2023-05-01 · ru" in related
    assert "Related" not in run(home, "search", "ships", "--related", "0").stdout
    assert "Vessel" not in run(home, "search", "ships", "--format", "csv").stdout
    assert "Vessel" not in run(home, "search", "ships", "--format", "jsonl").stdout
    assert len(json.loads(run(home, "search", "ships", "--json").stdout)["related"]) == 2


def test_without_the_extra_the_hits_are_there_and_it_is_said(
    home: Home, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = client.get("/search?q=ships").headers["ETag"]
    monkeypatch.setattr(encoder, "installed", lambda: "")
    page = client.get("/search?q=ships", headers={"If-None-Match": tag})

    assert page.status_code == 200
    assert "the extra “meaning” is not installed" in page.text
    assert "1 article" in page.text
    assert "Related by meaning" not in page.text
    shown = run(home, "search", "ships")
    assert "Ships burn" in shown.stdout
    assert "is not installed" in shown.stderr
    update = run(home, "update")
    assert update.exit_code == 2
    assert "pip install 'dispatches[meaning]'" in update.stderr
    assert "--no-meaning" in update.stderr


def test_who_may_not_see_an_article_has_no_vector_of_it(home: Home) -> None:
    with Catalogue.open(home, readonly=True) as catalogue:
        ids = {one.article.title: one.article.article_id for one in catalogue.articles()}
    part = define(home, frozenset([ids["Vessel <b>lost</b>"]]))
    rebuild(part, processes=1)
    vectors = Generations(part.index).current().path / VECTORS
    assert len(open_vectors(vectors)) == len(ARTICLES) - 1
    assert ids["Vessel <b>lost</b>"].encode() not in vectors.read_bytes()
    with opened(part) as index:
        found = service.search(SearchRequest(text="ships", related=5), index)
    assert [one.document.title for one in found.related] == ["Порт закрыт"]


def test_a_missing_file_is_refused(home: Home) -> None:
    (Generations(home.index).current().path / VECTORS).unlink()
    with pytest.raises(StorageError), open_collection(home).index():
        pass
    assert run(home, "search", "ships").exit_code == 4
    assert run(home, "rebuild").exit_code == 0
    assert "Related by meaning" in run(home, "search", "ships").stdout


def test_other_languages_tell_them_below_each_list(home: Home, client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/languages?q=ships").text, "lxml")
    (section,) = page.select("section.related")
    assert [title.text for title in section.select("h4")] == ["Порт закрыт"]
    assert "Found by no word" in section.text
    assert "--meaning" not in page.text
    assert "Related" not in client.get("/languages?q=ships&related=0").text

    (russian,) = client.get("/api/v1/languages?q=ships").json["languages"]  # type: ignore[index]
    assert [one["title"] for one in russian["related"]] == ["Порт закрыт"]
    assert russian["items"] == []
    assert "Порт закрыт" in run(home, "languages", "ships").stdout.partition("Related by")[2]
    assert "Related" not in run(home, "languages", "ships", "--related", "0").stdout


def test_other_languages_show_nothing_twice_and_hold_to_what_narrows(client: FlaskClient) -> None:
    (russian,) = client.get("/api/v1/languages?q=port").json["languages"]  # type: ignore[index]
    assert ([one["title"] for one in russian["items"]], russian["related"]) == (["Порт закрыт"], [])
    for narrowed in ("-port", "date_from=2024", "language=en"):
        text = "ships -port" if narrowed == "-port" else f"ships&{narrowed}"
        (russian,) = client.get(f"/api/v1/languages?q={text}").json["languages"]  # type: ignore[index]
        assert russian["related"] == [], narrowed


def test_other_languages_say_why_there_are_none(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "installed", lambda: "")
    answer = client.get("/api/v1/languages?q=ships").json
    assert answer is not None
    assert answer["languages"][0]["related"] == []
    assert answer["warnings"][0].startswith("Articles related by meaning are not shown")
    assert "Articles related by meaning are not shown" in client.get("/languages?q=ships").text
