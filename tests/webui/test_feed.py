"""Any question is a feed: well-formed Atom, stable names, newest first."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import feedparser
from flask.testing import FlaskClient

from tests.contract.made_up import document as made_up
from tests.contract.made_up import made_up_index
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_api import refused


def feed_of(client: FlaskClient, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/atom+xml"
    parsed = feedparser.parse(response.data)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def test_a_question_as_a_feed(client: FlaskClient) -> None:
    parsed = feed_of(client, "/feed.atom?q=drone")
    found = client.get("/api/v1/search?q=drone&sort=newest").json
    assert found is not None
    assert [entry.title for entry in parsed.entries] == [item["title"] for item in found["items"]]
    assert parsed.feed.title == "Dispatches: drone"
    for entry, item in zip(parsed.entries, found["items"], strict=True):
        assert entry.link == f"http://localhost/articles/{item['id']}?q=drone"
        assert "drone" in entry.summary.lower() or "drone" in entry.title.lower()
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", entry.updated)
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)


def test_names_stay_the_same(client: FlaskClient, collection: MadeUpCollection) -> None:
    first = feed_of(client, "/feed.atom?q=drone&person=per-oduya")
    collection.generations["20990101T000000Z-00000000"] = made_up_index()
    again = feed_of(client, "/feed.atom?person=per-oduya&q=drone&limit=5")
    assert first.feed.id == again.feed.id
    assert [entry.id for entry in first.entries] == [entry.id for entry in again.entries]
    assert feed_of(client, "/feed.atom?q=bridge").feed.id != first.feed.id


def test_what_xml_cannot_hold_is_left_out(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    odd = made_up("A \x0bcontrol\x00 <b>character</b> & more", "Text ]]> with \ufffe a bridge.")
    collection.generations["20990101T000000Z-00000000"] = made_up_index([odd])
    (entry,) = feed_of(client, f"/feed.atom?q={quote('bridge')}").entries
    assert "control" in entry.title
    assert "<script" not in client.get("/feed.atom").text


def test_a_feed_of_nothing_and_a_bad_question(client: FlaskClient) -> None:
    assert feed_of(client, "/feed.atom?q=zzzz").entries == []
    refused(client, "/feed.atom?q=(drone", 400, "query_syntax")
    refused(client, "/feed.atom?sort=oldest", 400, "invalid_parameter")


def test_a_feed_reader_that_has_it_gets_nothing(client: FlaskClient) -> None:
    tag = client.get("/feed.atom?q=drone").headers["ETag"]
    assert client.get("/feed.atom?q=drone", headers={"If-None-Match": tag}).status_code == 304


def test_the_same_as_json_feed(client: FlaskClient) -> None:
    parsed = feed_of(client, "/feed.atom?q=drone&limit=3")
    answer = client.get("/feed.json?q=drone&limit=3")
    assert answer.mimetype == "application/feed+json"
    told = answer.json
    assert told is not None
    assert (told["version"], told["title"]) == (
        "https://jsonfeed.org/version/1.1",
        parsed.feed.title,
    )
    assert told["feed_url"] == "http://localhost/feed.json?q=drone&limit=3"
    assert told["home_page_url"] == parsed.feed.link
    for item, entry in zip(told["items"], parsed.entries, strict=True):
        assert (item["id"], item["url"], item["title"]) == (entry.id, entry.link, entry.title)
        assert (item["content_text"], item["date_modified"]) == (entry.summary, entry.updated)
        assert [one["name"] for one in item["authors"]] == [one.name for one in entry.authors]
        assert "\x0b" not in item["title"]
    refused(client, "/feed.json?q=(drone", 400, "query_syntax")
    assert client.get("/feed.rss?q=drone").status_code == 404
