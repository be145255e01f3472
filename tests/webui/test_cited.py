"""What was cited is shown as it was, whatever was rebuilt and changed since."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.article import RawDocument
from corpus.home import Home
from corpus.store import Catalogue
from indexer.document import IndexDocument
from search.dossiers.citing import text_hash
from tests.contract.made_up import document, made_up_documents, made_up_index
from tests.webui.conftest import COLLECTED, MadeUpCollection
from webui.app import create_app

FIRST = made_up_documents()[0]
GENERATION = "20240601T120000Z-00000000"


@pytest.fixture
def kept(collection: MadeUpCollection, tmp_path: Path) -> MadeUpCollection:
    """The nine articles in a folder that a test may change."""
    shutil.copytree(collection.home.path, tmp_path / "home")
    index = next(iter(collection.generations.values()))
    return MadeUpCollection(Home(tmp_path / "home"), index)


@pytest.fixture
def client(kept: MadeUpCollection) -> FlaskClient:
    return create_app(kept).test_client()


def cite(client: FlaskClient, address: str, generation: str = GENERATION) -> str:
    given = {"address": address, "generation": generation}
    answer = client.post("/cited", data=given, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def rebuilt(kept: MadeUpCollection, documents: list[IndexDocument]) -> None:
    """Only the new generation is left."""
    kept.generations.clear()
    kept.generations["20250101T000000Z-00000000"] = made_up_index(
        documents, generation="20250101T000000Z-00000000"
    )


def test_the_same_answer_is_kept_once(client: FlaskClient, kept: MadeUpCollection) -> None:
    first = cite(client, "/search?q=ceasefire")
    assert cite(client, "/search?q=ceasefire") == first
    assert cite(client, "/search?q=drone") != first
    assert len(list(kept.citations.iterdir())) == 2
    told = client.get(f"/api/v1{first}").json
    assert told is not None
    assert (told["question"], told["total"], told["unchanged"]) == ("ceasefire", 2, True)
    assert {one["id"] for one in told["articles"]} == {
        one.article_id for one in made_up_documents()[:2]
    }
    assert "Nothing has changed since" in client.get(first).text


def test_a_cited_view_opens_when_its_generation_is_gone_and_says_what_changed(
    client: FlaskClient, kept: MadeUpCollection
) -> None:
    address = cite(client, "/search?q=ceasefire&outlet=Valley+Courier&outlet=The+Harbour+Post")
    new = document("A ceasefire at last", "The ceasefire holds.", outlet="Valley Courier")
    rebuilt(kept, [*made_up_documents()[1:], new])
    uncited = client.get(f"/search?q=ceasefire&sort=oldest&generation={GENERATION}")
    assert uncited.status_code == 410
    assert uncited.headers["Link"] == '</search?q=ceasefire&sort=oldest>; rel="latest-version"'
    assert 'href="/search?q=ceasefire&amp;sort=oldest"' in uncited.text
    assert "It was built 2024-06-01 12:00 UTC" in uncited.text
    assert "Cite this view" in uncited.text
    told = client.get(f"/api/v1{address}").json
    assert told is not None
    assert (told["total"], told["total_now"], told["unchanged"]) == (2, 2, False)
    assert told["came"] == [new.article_id]
    assert told["gone"] == [FIRST.article_id]
    by_id = {one["id"]: one for one in told["articles"]}
    assert by_id[FIRST.article_id]["in_index"] is False
    assert by_id[FIRST.article_id]["text"] == FIRST.text
    page = client.get(address)
    assert page.status_code == 200
    assert "not in the index now" in page.text
    assert "A ceasefire at last" in page.text


def test_a_cited_article_is_shown_as_it_was(client: FlaskClient, kept: MadeUpCollection) -> None:
    address = cite(client, f"/articles/{FIRST.article_id}")
    raw = RawDocument(
        content=b"<html>again</html>",
        media_type="text/html",
        locator="again.html",
        url=FIRST.url,
        collected=COLLECTED,
        reader="html/1",
    )
    with Catalogue.open(kept.home.catalogue) as catalogue:
        stored = catalogue.article(FIRST.article_id).article
        catalogue.put(raw, replace(stored, text="No talks were held in Meran after all."))
    told = client.get(f"/api/v1{address}").json
    assert told is not None
    (article,) = told["articles"]
    assert (article["version"], article["current_version"]) == (1, 2)
    assert article["text"] == FIRST.text
    assert article["text_sha256"] == text_hash(FIRST.text)
    page = client.get(address).text
    assert "President Oduya said the guns must fall silent" in page
    assert f"/articles/{FIRST.article_id}/versions/2" in page
    assert "No talks were held" in client.get(f"/articles/{FIRST.article_id}/versions/2").text


def test_a_citation_that_was_altered_is_not_shown(
    client: FlaskClient, kept: MadeUpCollection
) -> None:
    address = cite(client, f"/articles/{FIRST.article_id}")
    (path,) = kept.citations.iterdir()
    body = path.read_text()
    assert text_hash(FIRST.text) in body
    path.write_text(body.replace(text_hash(FIRST.text), text_hash("another text")))
    assert client.get(address).status_code == 404  # the line has lost its checksum


@pytest.mark.parametrize(
    "address",
    ["/entities/per-oduya", "/timeline?q=talks&q=drone&interval=month", "/facets/person?q=drone"],
)
def test_every_kind_of_view_can_be_cited(client: FlaskClient, address: str) -> None:
    kept = cite(client, address)
    assert client.get(kept).status_code == 200
    told = client.get(f"/api/v1{kept}").json
    assert told is not None
    assert told["total"] == len(told["articles"]) > 0
    assert told["address"] == address


@pytest.mark.parametrize(
    "address",
    ["", "https://elsewhere.example/search?q=x", "//elsewhere.example/search", "/healthz", "x"],
)
def test_what_is_no_page_cannot_be_cited(client: FlaskClient, address: str) -> None:
    assert client.post("/cited", data={"address": address}).status_code == 400


def test_a_form_of_another_site_keeps_nothing(client: FlaskClient, kept: MadeUpCollection) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = client.post("/cited", data={"address": "/search?q=drone"}, headers=headers)
    assert answer.status_code == 403
    assert not kept.citations.exists()


def test_a_generation_that_is_gone_is_cited_from_the_current_one(client: FlaskClient) -> None:
    told = client.get(f"/api/v1{cite(client, '/search?q=drone', 'gone')}").json
    assert told is not None
    assert told["generation"] == GENERATION


@pytest.mark.parametrize("name", ["0" * 16, "../catalogue", "x", "A" * 16])
def test_an_unknown_citation_is_not_found(client: FlaskClient, name: str) -> None:
    for address in (f"/cited/{name}", f"/api/v1/cited/{name}"):
        assert client.get(address).status_code == 404


def test_a_paragraph_has_an_anchor_and_is_cited_with_its_words(
    client: FlaskClient, kept: MadeUpCollection
) -> None:
    page = client.get(f"/articles/{FIRST.article_id}").text
    address = f"/articles/{FIRST.article_id}/paragraphs/2"
    assert '<p id="p2"' in page
    assert f'href="{address}"' in page
    words = FIRST.text.split("\n\n")[1]
    shown = client.get(address).text
    assert words in shown
    assert f'/articles/{FIRST.article_id}#p2"' in shown
    assert "para. 2" in shown
    cited = cite(client, address)
    assert cited != cite(client, f"/articles/{FIRST.article_id}")
    assert cited != cite(client, address[:-1] + "1")
    assert words in client.get(cited).text
    assert client.get(f"/articles/{FIRST.article_id}/paragraphs/3").status_code == 404
    assert client.post("/cited", data={"address": address[:-1] + "9"}).status_code == 404
    with Catalogue.open(kept.home.catalogue) as catalogue:
        stored = catalogue.article(FIRST.article_id).article
        raw = RawDocument(
            content=b"<html>shorter</html>", media_type="text/html", locator="s.html",
            url=FIRST.url, collected=COLLECTED, reader="html/1",
        )  # fmt: skip
        catalogue.put(raw, replace(stored, text=FIRST.text.split("\n\n")[0]))
    after = client.get(cited).text
    assert words in after
    assert "not in the text any more" in after
