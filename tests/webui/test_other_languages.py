"""The page of other languages, and its JSON: one list each, each translation switched by a link."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.home import Home, exposed, make_private
from tests.contract.made_up import document, made_up_index
from tests.search.help.translation.files import write
from tests.webui.conftest import MadeUpCollection
from webui.app import create_app

TEXTS = (
    ("en", "The hospital has no light."),
    ("de", "Das Krankenhaus ist dunkel."),
    ("de", "Eine Klinik schließt."),
    ("ar", "المستشفى مظلم."),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("languages"))


@pytest.fixture(scope="module")
def asking(home: Home) -> FlaskClient:
    index = made_up_index([document("", text, language=language) for language, text in TEXTS])
    return create_app(MadeUpCollection(home, index)).test_client()


def test_one_list_a_language_by_scripts(asking: FlaskClient) -> None:
    found = asking.get("/api/v1/languages?q=hospital").json
    assert found is not None
    assert {one["language"]: one["total"] for one in found["languages"]} == {"ar": 1, "de": 2}
    (arabic, german) = found["languages"]
    assert [one["text"] for one in german["words"][0]["translations"]] == ["Krankenhaus", "Klinik"]
    assert arabic["items"][0]["language"] == "ar"
    assert found["problems"] == {}


def test_a_translation_is_switched_off_and_on_by_links(asking: FlaskClient) -> None:
    page = asking.get("/languages?q=hospital").text
    link = re.search(r'<a href="([^"]*)"[^>]*>Klinik</a> \(1\)', page)
    assert link
    without = asking.get(link[1].replace("&amp;", "&")).text
    assert "Eine <mark>Klinik</mark>" in page
    assert "schließt" not in without
    back = re.search(r'<a href="([^"]*)"[^>]*><del>Klinik</del></a>', without)
    assert back
    assert "schließt" in asking.get(back[1].replace("&amp;", "&")).text


def test_the_search_leads_there_and_mixes_nothing(asking: FlaskClient) -> None:
    page = asking.get("/search?q=hospital&sort=newest&limit=25").text
    assert "Krankenhaus" not in page
    assert '<a href="/languages?q=hospital" rel="nofollow">Also in other languages</a>' in page


def test_without_a_question_it_says_what_to_ask(asking: FlaskClient) -> None:
    assert "Ask for words or names." in asking.get("/languages").text
    assert asking.get("/api/v1/languages").json["languages"] == []  # type: ignore[index]  # it is JSON


def test_a_question_is_read_in_its_own_language_or_in_another(asking: FlaskClient) -> None:
    found = asking.get("/api/v1/languages?q=Klinik+hospital+roof&limit=1").json
    assert found is not None
    assert found["asked_in"] == "en"
    page = asking.get("/languages?q=Klinik+hospital+roof").text
    assert "Language of the question: English." in page
    link = re.search(r'<a href="([^"]*)" rel="nofollow">German</a>', page)
    assert link
    other = asking.get(link[1].replace("&amp;", "&")).text
    assert "Language of the question: German." in other
    assert "has no light" in other
    assert 'name="asked_in"' not in other


def test_where_nothing_is_found_it_leads_to_other_languages(asking: FlaskClient) -> None:
    page = asking.get("/search?q=лікарні").text
    link = re.search(r'one of the words: <a href="([^"]*)" dir="auto">4 articles</a>', page)
    assert link
    lists = asking.get(link[1].replace("&amp;", "&")).text
    assert "The <mark>hospital</mark>" in lists
    assert ">hospital</a> (1)" in lists
    assert "hospitals" not in lists  # the same word
    assert "one of the words" not in asking.get("/search?q=zeppelin").text


@pytest.mark.parametrize(
    "bad", ["asked_in=xx", "left_out=nothing", "left_out=DE:x", "limit=0", "cursor=1"]
)
def test_bad_parameters_are_refused(asking: FlaskClient, bad: str) -> None:
    assert asking.get(f"/api/v1/languages?q=hospital&{bad}").status_code == 400


def test_dictionaries_of_the_collection_are_asked(asking: FlaskClient, home: Home) -> None:
    first = asking.get("/api/v1/languages?q=light")
    assert [one["unknown"] for one in first.json["languages"]] == [["light"]] * 2  # type: ignore[index]  # it is JSON
    write(home.dictionaries, "own-eng-deu", {"light": "dunkel"})
    (home.dictionaries / "odd-eng-deu.index").write_bytes(b"light\tA\tB\n")
    again = asking.get(
        "/api/v1/languages?q=light", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.json is not None
    (_, german) = again.json["languages"]
    assert german["words"][0]["translations"] == [{"text": "dunkel", "articles": 1, "used": True}]
    assert again.json["problems"] == {"odd-eng-deu": "odd-eng-deu.dict is not beside its index"}
    page = asking.get("/languages?q=light").text
    assert "These dictionaries cannot be read: odd-eng-deu" in page


def test_links_to_a_systems_dictionaries_stay_as_they_are(tmp_path: Path) -> None:
    system = tmp_path / "system"
    index = write(system, "own-eng-deu", {"light": "dunkel"})
    system.chmod(0o755)
    index.chmod(0o644)
    for linked in (True, False):
        home = Home(tmp_path / f"home-{linked}")
        make_private(home)
        if linked:
            home.dictionaries.symlink_to(system)
        else:
            home.dictionaries.mkdir(mode=0o700)
            (home.dictionaries / index.name).symlink_to(index)
        make_private(home)
        assert (system.stat().st_mode & 0o777, index.stat().st_mode & 0o777) == (0o755, 0o644)
        assert exposed(home) == ()


def test_it_says_what_would_find_more(asking: FlaskClient, home: Home) -> None:
    known = asking.get("/languages?q=hospital").text
    assert "would translate more words" not in known
    assert "rebuild --meaning" in known
    unknown = asking.get("/languages?q=hospital+zeppelin").text
    assert "Dictionaries of dictd" in unknown
    assert "rebuild --meaning" not in asking.get("/languages").text
