"""What was added, removed or altered since an earlier generation, whole and by pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.document import IndexDocument
from search.analyses.changes import REASONS, differing
from tests.contract.made_up import document, made_up_documents, made_up_index
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_api import ask, refused

OLD, NEW = "20230101T000000Z-00000000", "20250101T000000Z-00000000"
FIRST, SECOND, THIRD, *OTHERS = made_up_documents()
ADDED = document("Harbor opens", "The harbor opened.", outlet="Valley Courier")


@pytest.fixture
def two(collection: MadeUpCollection) -> None:
    altered = replace(SECOND, version=2, text=f"{SECOND.text} More.", flags=("garbled",))
    collection.generations = {
        OLD: made_up_index([FIRST, SECOND, THIRD, *OTHERS], generation=OLD),
        NEW: made_up_index([altered, THIRD, *OTHERS, ADDED], generation=NEW),
    }


def told(client: FlaskClient, more: str = "") -> Any:
    return ask(client, f"/api/v1/changes?since={OLD}{more}", "Changes")


EXPECTED = {
    FIRST.article_id: ("removed", []),
    SECOND.article_id: ("altered", ["version", "text", "doubts"]),
    ADDED.article_id: ("added", []),
}


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_every_change_is_told_once_whatever_the_pages(client: FlaskClient, limit: int) -> None:
    found, after = [], ""
    while True:
        answer = told(client, f"&limit={limit}{after}")
        assert len(answer["items"]) <= limit
        assert (answer["since"], answer["index"]["generation"]) == (OLD, NEW)
        found += answer["items"]
        if answer["next_after"] is None:
            break
        after = f"&after={answer['next_after']}"
    assert {one["id"]: (one["change"], one["why"]) for one in found} == EXPECTED
    assert [one["id"] for one in found] == sorted(EXPECTED)


@pytest.mark.usefixtures("two")
def test_backwards_and_nothing(client: FlaskClient) -> None:
    back = ask(client, f"/api/v1/changes?since={NEW}&generation={OLD}", "Changes")["items"]
    changes = {one["id"]: one["change"] for one in back}
    assert changes == {
        FIRST.article_id: "added", SECOND.article_id: "altered", ADDED.article_id: "removed"
    }  # fmt: skip
    assert ask(client, f"/api/v1/changes?since={NEW}", "Changes")["items"] == []
    refused(client, "/api/v1/changes?since=gone", 410, "generation_gone")
    refused(client, "/api/v1/changes?since=", 400, "invalid_parameter")


@pytest.mark.parametrize(
    ("altered", "why"),
    [
        (replace(FIRST, title="Other"), ("text",)),
        (replace(FIRST, family_id="f9"), ("family",)),
        (replace(FIRST, entities=()), ("names",)),
        (replace(FIRST, published=None), ("date",)),
        (replace(FIRST, section="World"), ("other",)),
        (FIRST, ()),
    ],
)
def test_why_is_told_in_words_for_what_differs(
    altered: IndexDocument, why: tuple[str, ...]
) -> None:
    assert differing(FIRST, altered) == why
    assert set(why) <= set(REASONS)
