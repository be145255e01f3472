"""An outlet is one value of the facet, however its pages name it."""

from __future__ import annotations

import json
from pathlib import Path

from corpus.article import Article, Kind
from corpus.home import Home
from corpus.intake.ingest import ingest
from corpus.store import Catalogue
from indexer.articles.outlets import OutletNames
from indexer.pipeline import rebuild
from search.request import FacetRequest, SearchRequest
from search.service import search
from search.serving.serving import serving

LEDGER = "https://ledger.example/"


def page(outlet: str, basis: str = "meta:og:site_name", url: str = f"{LEDGER}one") -> Article:
    return Article(
        article_id="a",
        kind=Kind.ARTICLE,
        title="t",
        text="t",
        url=url,
        outlet=outlet,
        basis={"outlet": basis},
        cleaner="test",
    )


def outlets(*pages: Article) -> list[str]:
    names = OutletNames()
    for one in pages:
        names.observe(one)
    return [names.of(one) for one in pages]


def test_a_page_that_names_nobody_has_the_name_of_its_hosts_other_pages() -> None:
    unnamed = page("www.ledger.example", "url", "https://www.ledger.example/two")
    assert outlets(page("The Ledger"), unnamed, page("The Ledger")) == ["The Ledger"] * 3


def test_no_name_without_a_majority() -> None:
    unnamed = page("ledger.example", "url")
    named = [page("The Ledger"), page("Ledger Sport")]
    assert outlets(*named, unnamed) == ["The Ledger", "Ledger Sport", "ledger.example"]


def test_hosts_have_names_of_their_own() -> None:
    other = page("gazette.example", "url", "https://gazette.example/")
    assert outlets(page("The Ledger"), other) == ["The Ledger", "gazette.example"]


def test_spellings_of_one_name_are_one() -> None:
    named = [page("The Ledger"), page("the ledger"), page("Ledger"), page("The Ledger")]
    assert outlets(*named) == ["The Ledger"] * 4


def test_an_address_that_is_none_names_no_outlet() -> None:
    assert outlets(page("The Ledger", url="http://[::1"), page("", "", "")) == ["The Ledger", ""]


def test_the_facet_shows_one_outlet(tmp_path: Path) -> None:
    text = "The port number {0} was hit at dawn, and crew {0} searched quay {0} all day. " * 9
    records = [
        {"url": f"{LEDGER}{number}", "title": f"Port {number}", "text": text.format(number)}
        for number in range(4)
    ]
    for record in records[1:]:
        record["outlet"] = "The Ledger"
    dump = tmp_path / "dump.jsonl"
    dump.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    home = Home(tmp_path / "home")
    with Catalogue.open(home.catalogue) as catalogue:
        ingest([dump], catalogue, processes=1)
    rebuild(home, processes=1)
    served = serving(home)
    with served.index() as index:
        found = search(SearchRequest(facets=(FacetRequest("outlet", 5),)), index)
    served.close()
    assert [(one.value, one.count) for one in found.facets["outlet"].counts] == [("The Ledger", 4)]


def test_what_people_decided_goes_before_what_pages_say() -> None:
    names = OutletNames({"ledger sport": "The Ledger"})
    pages = [page("The Ledger"), page("Ledger Sport"), page("LEDGER SPORT"), page("Ledger Art")]
    for one in pages:
        names.observe(one)
    assert [names.of(one) for one in pages] == [*["The Ledger"] * 3, "Ledger Art"]
