"""Tables of questions over HTTP: the page, the interface for scripts, and who may ask."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from search.output.batch.asking import MAX_HITS
from tests.webui.access.conftest import cheap_hashes, form_key, guarded, home, signed_in
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_api import conforms
from webui.access.roles import Role
from webui.app import create_app

__all__ = ["cheap_hashes", "guarded", "home", "signed_in"]  # fixtures, used by name

TABLE = 'name,question,outlet\na,talks,\nb,(open,\n<i>,"""drone strikes""",The Harbour Post\n'


def test_the_page_shows_counts_hits_and_what_could_not_be_asked(client: FlaskClient) -> None:
    assert 'enctype="multipart/form-data"' in client.get("/batch").text
    answer = client.post("/batch", data={"table": TABLE, "hits": "1", "do": "show"})
    assert answer.status_code == 200
    page = answer.text
    assert "2 questions asked" in page
    assert "1 line could not be asked" in page
    assert "line 3, q: This parenthesis is never closed" in page
    assert 'href="/search?q=%22drone+strikes%22&amp;outlet=The+Harbour+Post"' in page
    assert page.count("Ceasefire talks open in Meran</a>") == 1
    assert "&lt;i&gt;" in page
    assert "<i>" not in page
    assert TABLE.splitlines()[1] in page  # to be asked again, or saved


def test_a_file_counts_for_more_than_what_is_typed(client: FlaskClient) -> None:
    form = {"table": "drone", "file": (io.BytesIO("\ufefftalks\n".encode()), "q.csv")}
    page = client.post("/batch", data=form).text
    assert 'href="/search?q=talks"' in page
    assert 'href="/search?q=drone"' not in page
    bad = {"file": (io.BytesIO(b"PK\x03\x04"), "q.xlsx")}
    refused = client.post("/batch", data=bad)
    assert refused.status_code == 400
    assert "q.xlsx: this is a workbook" in refused.text


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"table": ""}, "no question is there"),
        ({"table": "drone", "hits": "many"}, "no whole number"),
        ({"table": "drone", "hits": str(MAX_HITS + 1)}, "no whole number"),
        ({"table": "a\n" * 1_001}, "more than 1,000 questions"),
        ({"table": "x" * 400_001}, "400,001 bytes"),
    ],
)
def test_what_is_badly_asked_keeps_its_page(
    client: FlaskClient, form: dict[str, str], says: str
) -> None:
    answer = client.post("/batch", data=form)
    assert answer.status_code == 400
    assert says in answer.text
    assert "<form" in answer.text


def test_files_and_json_are_what_the_page_shows(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    saved = client.post("/batch", data={"table": TABLE, "hits": "1", "do": "csv"})
    sent = {"data": TABLE, "content_type": "text/csv"}
    script = client.post("/api/v1/batch.csv?hits=1", **sent)
    for answer in (saved, script):
        assert answer.mimetype == "text/csv"
        assert "attachment" in answer.headers["Content-Disposition"]
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert [one["line"] for one in rows[:-1]] == ["2", "3", "4"]
        assert rows[-1]["line"].startswith("# complete: 3 questions, 1 not answered")
    book = client.post("/api/v1/batch.xlsx", **sent)
    assert zipfile.is_zipfile(io.BytesIO(book.data))
    assert collection.in_use > 0
    for answer in (saved, script, book):
        answer.close()
    assert collection.in_use == 0  # each generation is let go when the file is sent
    told = client.post("/api/v1/batch?hits=1", **sent)
    conforms(told.json, "BatchAnswer")
    assert told.json is not None
    assert (told.json["asked"], told.json["not_asked"]) == (2, 1)
    assert [one["total"] for one in told.json["questions"]] == [2, 1]
    assert [len(one["items"]) for one in told.json["questions"]] == [1, 1]
    assert told.json["refused"][0]["code"] == "query_syntax"


def test_refusals_for_scripts(client: FlaskClient) -> None:
    for content, status in (("", 400), ("x" * 400_001, 400), ("x" * (1 << 20 | 1), 413)):
        answer = client.post("/api/v1/batch", data=content, content_type="text/csv")
        assert answer.status_code == status
        assert answer.mimetype == "application/problem+json"
    assert client.get("/api/v1/batch").status_code == 405
    assert client.post("/api/v1/batch?hits=101", data="a").status_code == 400
    for address in ("/batch", "/api/v1/batch"):
        answer = client.post(address, data={}, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403


def test_each_question_counts_for_the_limit_of_a_client(collection: MadeUpCollection) -> None:
    client = create_app(collection, per_minute=10, proxies=1).test_client()
    sent = {"content_type": "text/csv", "headers": {"X-Forwarded-For": "203.0.113.9"}}
    assert client.post("/api/v1/batch", data="drone\n" * 7, **sent).status_code == 200
    assert client.post("/api/v1/batch", data="drone\n" * 7, **sent).status_code == 429
    assert client.post("/api/v1/batch", data="drone\n" * 2, **sent).status_code == 200


def test_who_may_ask_where_people_sign_in(
    signed_in: Callable[[Role], FlaskClient], collection: MadeUpCollection
) -> None:
    reader = signed_in(Role.READER)
    assert reader.post("/batch", data={"table": "talks"}).status_code == 403  # no form of ours
    asked = {"table": "talks", "form_key": form_key(reader, "/batch")}
    assert "Ceasefire talks open in Meran" in reader.post("/batch", data=asked).text
