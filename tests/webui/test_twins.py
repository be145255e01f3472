"""Each page for people has its answer for scripts, and the two link to each other."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.contract.made_up import made_up_documents
from webui.view.links import API, View, page_of, twin_of

FIRST, SECOND = (document.article_id for document in made_up_documents()[:2])
PAGES = (
    "/search?q=drone",
    "/facets/person?q=drone",
    f"/articles/{FIRST}",
    f"/articles/{FIRST}/versions/1",
    f"/articles/{FIRST}/against/{SECOND}",
    "/entities/per-oduya",
    "/concordance?q=drone",
    "/timeline?q=drone",
    "/together?q=drone",
    "/coverage?q=drone",
    "/map?q=drone",
    "/quotes?q=drone",
    "/languages?q=drone",
)
_TWIN = re.compile(r'<link rel="alternate" type="application/json" href="([^"]+)">')
_NO_JSON = {
    "/",
    "/ask",
    "/articles/<article_id>/against",
    "/articles/<article_id>/citation.<style>",
}


@pytest.mark.parametrize("address", PAGES)
def test_page_and_twin_lead_to_each_other(client: FlaskClient, address: str) -> None:
    found = _TWIN.search(client.get(address).text)
    assert found
    twin = client.get(found[1].replace("&amp;", "&"))
    assert twin.status_code == 200
    assert twin.json is not None
    path = address.partition("?")[0]
    assert twin.json["links"]["page"].partition("?")[0] == path
    assert found[1].startswith(API + path)


def test_every_page_has_one(app: Flask) -> None:
    def shape(rule: str) -> str:
        return re.sub(r"<[^>]*>", "<>", rule)

    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    endpoints = {shape(rule.rule) for rule in rules if rule.rule.startswith(API)}
    pages = {
        rule.rule
        for rule in rules
        if rule.endpoint.startswith(("pages.", "compare.", "analysis_pages."))
    }
    assert {page for page in pages if shape(API + page) not in endpoints} == _NO_JSON
    assert len(pages - _NO_JSON) == len(PAGES)


def test_there_and_back() -> None:
    page = View("/search", (("q", "drone"),))
    assert page_of(twin_of(page)) == page
