"""Zotero reads of an article's page what was collected, from where, and when; never our address.

`read_as_zotero` follows what its parser of ContextObjects does with a key and a value.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import PartialDate
from indexer.document import IndexDocument
from tests.contract.made_up import made_up_documents
from webui.view.coins import coins

DOCUMENT = replace(
    made_up_documents()[0],
    title="“Nobody & nothing”:\nthe bridge = gone <b>",
    outlet="Quayside Gazette",
    url="https://gazette.example/a+b?day=1+2&x=%2B#top",
    bylines=("Marta Oliveri", "Quayside Newsroom"),
    language="en",
    published=PartialDate("2023-04", "json-ld"),
)
_SPAN = re.compile(r'<span class="Z3988" title="([^"]*)">')


def read_as_zotero(title: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in title.split("&"):
        name, value = part.split("=")
        found.setdefault(name, []).append(unquote(re.sub(r"\+|%2[bB]", " ", value)))
    return found


def test_what_zotero_reads(client: FlaskClient) -> None:
    read = read_as_zotero(coins(DOCUMENT))
    assert read["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
    assert read["rft.type"] == ["newspaperArticle"]
    assert read["rft.title"] == ["“Nobody & nothing”: the bridge = gone <b>"]
    assert read["rft.source"] == ["Quayside Gazette"]
    assert read["rft.date"] == ["2023-04"]
    assert read["rft.language"] == ["en"]
    assert read["rft.identifier"] == ["https://gazette.example/a%2Bb?day=1%202&x=%2B#top"]
    assert read["rft.au"] == ["Oliveri, Marta"]
    assert read["rft.aucorp"] == ["Quayside Newsroom"]
    assert DOCUMENT.original_sha256 in read["rft.description"][0]


@pytest.mark.parametrize(
    ("without", "key"),
    [
        ({"published": None}, "rft.date"),
        ({"published": PartialDate("--04-03", "text")}, "rft.date"),
        ({"language": "und"}, "rft.language"),
        ({"url": None}, "rft.identifier"),
        ({"url": "file:///home/somebody/page.html"}, "rft.identifier"),
        ({"outlet": ""}, "rft.source"),
        ({"bylines": ()}, "rft.au"),
    ],
)
def test_what_is_not_known_is_not_said(without: dict[str, object], key: str) -> None:
    assert key in read_as_zotero(coins(DOCUMENT))
    assert key not in read_as_zotero(coins(replace(DOCUMENT, **without)))  # type: ignore[arg-type]


def test_an_articles_page_carries_it_once(client: FlaskClient) -> None:
    document: IndexDocument = made_up_documents()[0]
    page = client.get(f"/articles/{document.article_id}").get_data(as_text=True)
    (title,) = _SPAN.findall(page)
    read = read_as_zotero(html.unescape(title))
    assert read["rft.identifier"] == [document.url]
    assert read["rft.title"] == [document.title]
    assert "localhost" not in title


def test_a_page_of_hits_has_one_for_each_in_their_order(client: FlaskClient) -> None:
    page = client.get("/search?q=talks").text
    found = [read_as_zotero(html.unescape(one)) for one in _SPAN.findall(page)]
    items = client.get("/api/v1/search?q=talks").json
    assert items is not None
    assert [one["rft.identifier"] for one in found] == [[hit["url"]] for hit in items["items"]]
    assert [one["rft.title"] for one in found] == [[hit["title"]] for hit in items["items"]]
    assert len(found) == 2


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1))
def test_any_title_is_read_as_it_stands(title: str) -> None:
    told = coins(replace(DOCUMENT, title=f"The {title} of"))
    (value,) = (part for part in told.split("&") if part.startswith("rft.title="))
    assert re.fullmatch(r"rft\.title=[A-Za-z0-9_.~%-]+", value)
    assert unquote(value.partition("=")[2]) == f"The {title} of"
