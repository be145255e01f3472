"""The pages for people, read as a browser without JavaScript would."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import webui
from corpus.errors import NoIndex
from indexer.schema import FACETS
from search.serving.serving import Refused
from tests.contract.made_up import document, made_up_documents, made_up_index
from tests.webui.conftest import SCANNED, MadeUpCollection
from webui.view.article_account import public_locator

FIRST = made_up_documents()[0]
STATIC = Path(webui.__file__).parent / "static"
PAGES = (
    "/search",
    "/search?q=ceasefire&person=per-oduya",
    f"/articles/{FIRST.article_id}?q=ceasefire",
    "/entities/per-oduya",
    "/facets/person",
    "/api/docs",
    "/nowhere",
)


def read(client: FlaskClient, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.text
    assert response.mimetype == "text/html"
    return response.text


def links(page: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="(/[^"]*)"', page)]


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", page)))


def test_home_is_the_search(client: FlaskClient) -> None:
    assert client.get("/").headers["Location"] == "/search"
    asked = client.get("/?q=grain+deal&person=Zelensky").headers["Location"]
    assert asked == "/search?q=grain+deal&person=Zelensky"  # an address by hand keeps its question


def test_a_search_page_shows_hits_with_marks(client: FlaskClient) -> None:
    page = read(client, "/search?q=ceasefire")
    assert "<mark>Ceasefire</mark>" in page
    assert "The Harbour Post" in page
    assert "24 February 2022" in page
    assert '<link rel="alternate" type="application/json" href="/api/v1/search?q=ceasefire' in page


def test_an_article_without_a_title_can_be_opened(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    untitled = document("", "The bridge at Port Sel fell before dawn.")
    twin = document("Bridge down", "The bridge at Port Sel fell.", family=untitled.family_id)
    collection.generations = {"g": made_up_index([untitled, twin])}

    assert f'href="/articles/{untitled.article_id}?q=bridge"' in read(client, "/search?q=bridge")
    for address in ("/search?q=bridge", f"/articles/{untitled.article_id}"):
        assert ">Untitled</" in read(client, address)
    assert ">Untitled</a>" in read(client, f"/articles/{twin.article_id}")
    assert "<title>Untitled</title>" in client.get("/feed.atom").text


def test_an_address_that_is_none_of_the_web_is_no_link(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    hostile = replace(document("A title", "A text."), url="JavaScript:alert(1)")
    collection.generations = {"g": made_up_index([hostile])}

    page = read(client, f"/articles/{hostile.article_id}")
    assert "<dd>JavaScript:alert(1)</dd>" in page
    assert 'href="JavaScript' not in page + client.get("/feed.atom").text


def test_the_twin_of_a_sorted_facet_answers(client: FlaskClient) -> None:
    page = read(client, "/facets/person?q=ceasefire&sort=oldest&limit=25&collapse=family")
    twins = {link for link in links(page) if link.startswith("/api/v1/facets")}
    assert twins == {"/api/v1/facets/person?q=ceasefire"}
    answer = client.get(twins.pop()).json
    assert answer is not None
    assert client.get(answer["links"]["page"]).status_code == 200
    assert client.get(answer["links"]["permalink"]).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=ceasefire",
        "/facets/person?q=ceasefire",
        f"/articles/{FIRST.article_id}?q=ceasefire",
        "/entities/per-oduya",
        "/together?q=ceasefire",
    ],
)
def test_every_page_of_a_generation_has_a_permalink(client: FlaskClient, address: str) -> None:
    (pinned,) = re.findall(
        r'<a class="permalink" href="([^"]+)">Permalink of', read(client, address)
    )
    assert "generation=" in pinned
    assert read(client, unescape(pinned))


def test_every_link_of_a_search_page_leads_somewhere(client: FlaskClient) -> None:
    page = read(client, "/search?q=ceasefire&place=pla-meran&date_from=2022&limit=10")
    later_slices = ("/api/v1/export", "/feed.atom", "/static")
    followed = {link for link in links(page) if not link.startswith(later_slices)}
    assert len(followed) > 20
    for link in followed:
        assert client.get(link).status_code == 200, link


def test_a_filter_can_be_removed_by_its_chip(client: FlaskClient) -> None:
    page = read(client, "/search?q=talks&person=per-oduya&org_not=org-relief&date_from=2022")
    chips = re.findall(r'class="chip[^"]*" href="([^"]*)"', page)
    assert len(chips) == 3
    without = unescape(chips[0])
    assert "person=" not in without
    assert "org_not=org-relief" in without


def test_any_turns_into_all(client: FlaskClient) -> None:
    page = read(client, "/search?person=per-oduya&person=per-brandt-k")
    turned = next(link for link in links(page) if "person_all=" in link)
    assert turned.count("person_all=") == 2
    assert 'name="person_all" value="per-oduya" checked' in read(client, turned)


def test_excluded_values_stay_visible(client: FlaskClient) -> None:
    page = read(client, "/search?place_not=pla-meran")
    assert re.search(r'class="is-not">\s*<a class="undo" href="/search"', page)


def test_a_syntax_error_is_shown_under_the_box_with_its_place(client: FlaskClient) -> None:
    page = read(client, "/search?q=drone+(strike&place=pla-sel", 400)
    assert 'id="trouble" role="alert"' in page
    assert re.search(r"<code>drone .*<em>.</em>.*</code>", page)
    assert 'value="drone (strike"' in page
    assert '<input type="hidden" name="place" value="pla-sel">' in page


def test_nothing_found_says_what_to_leave_out(client: FlaskClient) -> None:
    page = read(client, "/search?q=drone+zebra&place=pla-sel")
    assert "Nothing found" in page
    assert "Without zebra, which no article has:" in plain(page)


def test_dates_are_no_more_exact_than_known(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    articles = [
        document("In a month", "Text.", published="2023-03"),
        document("In a year", "Text.", published="2023"),
        document("At no time", "Text."),
    ]
    collection.generations = {"g": made_up_index(articles, generation="g")}
    page = read(client, "/search")
    assert '<time datetime="2023-03">March 2023</time>' in page
    assert '<time datetime="2023">2023</time>' in page
    assert '<span class="undated">undated</span>' in page
    assert "1 undated" in plain(page)


def test_the_histogram_links_each_bar_and_shows_the_choice(client: FlaskClient) -> None:
    page = read(client, "/search?date_from=2022-03&date_to=2022-03")
    bars = re.findall(r'<a href="([^"]*)" rel="nofollow" aria-label="([^"]*)"([^>]*)>', page)
    assert bars
    assert any("chosen" in rest for _, _, rest in bars)
    for address, label, _ in bars:
        assert "date_from=" in address
        assert re.search(r"\d of \d+ collected|nothing collected", label)


def test_markup_in_an_article_never_reaches_a_page(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    evil = document(
        '<img src=x onerror="alert(1)">', "<script>alert('ceasefire')</script>", outlet="<b>Bold"
    )
    collection.generations = {"g": made_up_index([evil], generation="g")}
    for address in ("/search?q=ceasefire", f"/articles/{evil.article_id}?q=ceasefire"):
        page = read(client, address)
        assert "<img src=x" not in page
        assert "<script>alert" not in page
        assert "<b>Bold" not in page


def test_an_article_has_marks_names_proofs_and_citations(client: FlaskClient) -> None:
    page = read(client, f"/articles/{FIRST.article_id}?q=ceasefire+OR+brandt")
    assert 'id="hit-1"' in page
    assert '<span class="named person">President Oduya</span>' in page
    words = plain(page)
    assert "2 outlets ran this" in words
    assert "json-ld:headline" in words
    assert "1 block removed by the cleaner" in words
    for style in ("Chicago", "APA", "MLA"):
        assert style in words
    assert re.search(r"<code>[0-9a-f]{64}</code>", page)
    assert "Similar articles" in words


def test_an_article_of_scans_tells_how_far_it_can_be_trusted(client: FlaskClient) -> None:
    scanned = read(client, f"/articles/{SCANNED}")
    assert "<dt>Recognized</dt><dd>2 pages, 91% sure</dd>" in scanned
    assert "<dt>Not read</dt><dd>1 page</dd>" in scanned
    other = plain(read(client, f"/articles/{FIRST.article_id}"))
    assert "Recognized" not in other
    assert "Not read" not in other
    answer = client.get(f"/api/v1/articles/{SCANNED}").get_json()
    assert answer["provenance"]["signals"]["ocr_confidence"] == 0.912


def test_an_article_leads_back_to_the_very_results(client: FlaskClient) -> None:
    results = "/search?q=ceasefire&place=pla-meran&sort=oldest&limit=10"
    page = read(client, results)
    article = next(link for link in links(page) if link.startswith("/articles/") and "q=" in link)
    reader = read(client, article)
    assert results in links(reader)
    permalink = next(link for link in links(reader) if "generation=" in link)
    assert permalink.startswith("/articles/")
    assert "place=" not in permalink


def test_an_article_in_arabic_runs_from_the_right(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    article = document("وقف إطلاق النار", "نص المقال.", language="ar")
    collection.generations = {"g": made_up_index([article], generation="g")}
    page = read(client, f"/articles/{article.article_id}")
    assert '<div class="body" dir="auto" lang="ar">' in page


def test_citations_for_reference_managers(client: FlaskClient) -> None:
    bib = client.get(f"/articles/{FIRST.article_id}/citation.bib")
    ris = client.get(f"/articles/{FIRST.article_id}/citation.ris")
    assert bib.text.startswith(f"@article{{{FIRST.article_id},")
    assert "TI  - Ceasefire talks open in Meran\r\n" in ris.text
    assert client.get(f"/articles/{FIRST.article_id}/citation.doc").status_code == 404


def test_doubts_are_a_facet_where_there_are_any(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    assert "Doubts" not in client.get("/search").text
    articles = [replace(FIRST, flags=("language_disagrees",)), *made_up_documents()[1:]]
    collection.generations = {"g": made_up_index(articles, generation="g")}
    assert 'name="flag" value="language_disagrees"' in client.get("/search").text
    assert "declared in another language than its text" in client.get("/search").text
    assert "1 article" in plain(read(client, "/search?flag=language_disagrees"))


def test_all_values_of_a_facet(client: FlaskClient) -> None:
    page = read(client, "/facets/person?q=talks&facet_q=br")
    assert "Karl Brandt" in page
    assert "Amara Oduya" not in page
    assert client.get("/facets/colour").status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_sealed(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "Set-Cookie" not in response.headers
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    page = response.text
    assert not re.search(r"<(script|style)[^>]*>[^<]", page)
    assert not re.search(r'\s(style|on\w+)="', page)
    assert not re.search(r'(src|action)="(https?:)?//', page)
    assert page.count("<h1") == 1 or address.startswith("/search?q=(")


def test_a_page_that_is_known_costs_nothing(client: FlaskClient) -> None:
    for address in ("/search?q=drone", f"/articles/{FIRST.article_id}"):
        tag = client.get(address).headers["ETag"]
        again = client.get(address, headers={"If-None-Match": tag})
        assert again.status_code == 304


def test_a_page_changes_with_the_generation(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    tag = client.get("/search").headers["ETag"]
    old = next(iter(collection.generations))
    collection.generations["new"] = made_up_index(generation="new")
    fresh = client.get("/search", headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert f"/search?generation={old}" not in fresh.text
    pinned = client.get(f"/search?generation={old}")
    assert pinned.status_code == 200
    assert "max-age" in pinned.headers["Cache-Control"]


def test_without_an_index_a_person_is_told_what_to_do(
    client: FlaskClient, collection: MadeUpCollection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(generation: str = "") -> None:
        raise NoIndex("nothing was published yet", advice="Run `dispatches rebuild`")

    monkeypatch.setattr(collection, "index", nothing)
    assert "dispatches rebuild" in read(client, "/search", 503)
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_a_generation_that_cannot_be_opened_is_named_while_the_old_one_answers(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    well = client.get("/readyz").json
    assert well is not None
    assert well["refused"] is None
    assert "dispatches_refused 0\n" in client.get("/metrics").text
    collection.refused = Refused("20990101T000000Z-0badcafe", "a newer release made it")
    told = client.get("/readyz").json
    assert told is not None
    assert told["generation"] == well["generation"]
    assert told["refused"]["generation"] == "20990101T000000Z-0badcafe"
    assert "newer release" in told["refused"]["reason"]
    assert "dispatches_refused 1\n" in client.get("/metrics").text


def test_an_unknown_parameter_of_a_page_is_an_error(client: FlaskClient) -> None:
    assert "person" in read(client, "/search?persn=x", 400)


def test_robots_stay_out(client: FlaskClient) -> None:
    assert client.get("/robots.txt").text.endswith("Disallow: /\n")


def test_pages_are_light(client: FlaskClient) -> None:
    page = read(client, "/search?q=ceasefire&place=pla-meran")
    assets = sum(len((STATIC / name).read_bytes()) for name in ("dispatches.css", "dispatches.js"))
    assert len(page) + assets < 150_000
    assert len(re.findall(r'<script|<link rel="stylesheet"', page)) == 2


@pytest.mark.parametrize(
    ("locator", "shown"),
    [
        ("/home/ada/pile/page.html", "page.html"),
        ("/home/ada/pile/dump.jsonl.gz!12", "dump.jsonl.gz!12"),
        ("/home/ada/all.zip!2022/03/page.html", "all.zip!2022/03/page.html"),
        ("https://harbor.example/news/bridge", "https://harbor.example/news/bridge"),
    ],
)
def test_visitors_do_not_see_the_folders_of_this_machine(locator: str, shown: str) -> None:
    assert public_locator(locator) == shown


@pytest.mark.parametrize("facet", FACETS)
def test_each_facet_has_a_page_of_all_its_values(client: FlaskClient, facet: str) -> None:
    assert client.get(f"/facets/{facet}").status_code == 200
