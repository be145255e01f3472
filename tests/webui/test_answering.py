"""What an answer says of how long it holds, and when it need not be sent again."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.fingerprint import fingerprint
from search.service import OpenIndex
from tests.contract.made_up import made_up_documents, made_up_index
from tests.webui.conftest import MadeUpCollection
from webui.answering import FINGERPRINT, _tag

GENERATION = "20240601T120000Z-00000000"
ARTICLE = f"/articles/{made_up_documents()[0].article_id}"
UNPINNED = "private, no-cache"
PINNED = "private, max-age=3600"
PATHS = (
    "/search?q=drone", "/api/v1/search?q=drone", "/api/v1/index", "/api/v1/facets/person",
    "/api/v1/export.csv?q=drone", "/feed.atom?q=drone",
)  # fmt: skip


def older(collection: MadeUpCollection) -> OpenIndex:
    """Another generation, which is not the current one."""
    index = made_up_index(made_up_documents()[:3], generation="20230101T000000Z-00000000")
    current = dict(collection.generations)
    collection.generations = {index.generation.name: index, **current}
    return index


@pytest.mark.parametrize("path", PATHS)
def test_an_unpinned_answer_is_asked_for_again(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == UNPINNED
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == UNPINNED
    assert again.headers["ETag"] == answer.headers["ETag"]


@pytest.mark.parametrize("path", [*PATHS, ARTICLE, "/coverage", "/nowhere", "/search?x=1"])
def test_asking_for_the_head_alone_tells_what_the_answer_would(
    client: FlaskClient, path: str
) -> None:
    whole, head = client.get(path), client.head(path)
    assert head.status_code == whole.status_code
    for name in ("Content-Type", "ETag", "Cache-Control"):
        assert head.headers.get(name) == whole.headers.get(name), name
    if "q=drone" not in path:  # else how long it took is in it
        assert head.headers["Content-Length"] == whole.headers["Content-Length"]


@pytest.mark.parametrize("path", [path for path in PATHS if "?" in path])
def test_a_pinned_answer_holds_for_an_hour(client: FlaskClient, path: str) -> None:
    answer = client.get(f"{path}&generation={GENERATION}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == PINNED
    again = client.get(
        f"{path}&generation={GENERATION}", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    assert again.headers["Cache-Control"] == PINNED


def test_a_cursor_pins_the_generation_and_not_the_page(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    older(collection)
    first = client.get("/api/v1/search?limit=2&generation=20230101T000000Z-00000000").json
    assert first is not None
    assert first["total"] == 3
    second = client.get(f"/api/v1/search?limit=2&cursor={first['next_cursor']}")
    assert second.json is not None
    assert second.json["index"]["generation"] == "20230101T000000Z-00000000"
    assert second.headers["Cache-Control"] == UNPINNED


def test_tags_differ_by_generation_and_by_question(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    index = older(collection)
    paths = (
        "/api/v1/search?q=drone", "/api/v1/search?q=drones", "/search?q=drone",
        f"/api/v1/search?q=drone&generation={index.generation.name}",
    )  # fmt: skip
    tags = [client.get(path).headers["ETag"] for path in paths]
    assert len(set(tags)) == len(tags)
    assert all(tag.startswith('W/"') for tag in tags)
    stale = client.get(paths[0], headers={"If-None-Match": tags[1]})
    assert stale.status_code == 200
    collection.generations = {"g": made_up_index(generation="g")}
    assert client.get(paths[0], headers={"If-None-Match": tags[0]}).status_code == 200


def test_every_value_of_a_parameter_is_passed_on(client: FlaskClient) -> None:
    one, two = "person=per-oduya", "person=per-brandt-k"
    assert f"{one}&{two}" in (client.get(f"/api/v1/search?{one}&{two}").json or {})["links"]["self"]


def test_errors_and_redirects_are_not_kept(client: FlaskClient) -> None:
    for path in ("/api/v1/search?q=(drone", "/articles/nothing", "/api/v1/articles/nothing"):
        answer = client.get(path)
        assert answer.status_code in {400, 404}
        assert "ETag" not in answer.headers
        assert "max-age" not in answer.headers.get("Cache-Control", "")


def test_a_page_that_more_than_the_generation_decides_is_tagged_by_what_it_says(
    client: FlaskClient,
) -> None:
    for path in (ARTICLE, f"/api/v1{ARTICLE}"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "ETag" in answer.headers
        again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304


@pytest.mark.parametrize(
    ("query", "param"),
    [("q=caf%E9", "q"), ("q=a&person=%FF", "person"), ("%FF=a", "\ufffd"), ("x=%C3%A9&q=%C3", "q")],
)
def test_an_address_that_is_not_utf8_is_refused(
    client: FlaskClient, query: str, param: str
) -> None:
    answer = client.get(f"/api/v1/search?{query}")
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["param"] == param
    assert "UTF-8" in answer.json["detail"]


def test_an_address_that_is_utf8_is_not(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=caf%C3%A9").status_code == 200


def test_the_index_is_given_back_after_each_answer(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    for path in (*PATHS, "/api/v1/search?q=(drone", ARTICLE):
        client.get(path)
        assert collection.in_use == 0


def test_a_release_of_a_library_that_shapes_answers_makes_them_new() -> None:
    assert fingerprint("webui", "search", libraries=["flask", "jinja2", "msgspec"]) == FINGERPRINT


@pytest.mark.parametrize("path", [ARTICLE, f"/api/v1{ARTICLE}", "/coverage?q=drone"])
def test_what_more_decides_is_never_taken_for_what_the_generation_decides(
    app: Flask, client: FlaskClient, path: str
) -> None:
    with app.test_request_context(path):
        tag = _tag(GENERATION)
    answer = client.get(path, headers={"If-None-Match": f'W/"{tag}"'})
    assert answer.status_code == 200
    assert tag not in answer.headers["ETag"]


def test_a_name_that_is_no_text_is_told_as_far_as_it_can_be(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search", environ_overrides={"QUERY_STRING": "\xff=a"})
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["param"] == "\ufffd"
