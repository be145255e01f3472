"""The four analyses: their numbers for scripts, their pages for people, the same in both."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html import unescape
from itertools import combinations, pairwise

import pytest
from flask.testing import FlaskClient

from corpus.dates import PartialDate
from corpus.errors import NoArticleFound
from corpus.store import Catalogue
from search.analyses.together import Companion, Pair, Together
from tests.contract.made_up import document as made_up
from tests.contract.made_up import made_up_index
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_api import ask, refused
from webui.pages.analyses.together import HEIGHT, WIDTH, prepare
from webui.view.links import View

ANALYSES = ("concordance", "timeline", "together", "coverage")


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.text
    assert response.mimetype == "text/html"
    return response.text


def newest(collection: MadeUpCollection, *documents: object) -> None:
    collection.generations["20990101T000000Z-00000000"] = made_up_index([*documents])  # type: ignore[list-item]  # documents, made by the test


def test_lines_of_a_concordance_stand_in_their_texts(client: FlaskClient) -> None:
    found = ask(client, "/api/v1/concordance?q=drone&order=right", "Concordance")
    assert found["occurrences"] == len(found["lines"]) > 1
    assert found["complete"]
    for line in found["lines"]:
        text = client.get(f"/api/v1/articles/{line['id']}").json["text"]  # type: ignore[index]
        assert text[line["start"] : line["end"]] == line["match"]
        assert " ".join(text.split()).find(f"{line['left'].strip()}") >= 0
    following = [line["right"].lower() for line in found["lines"]]
    words = [re.findall(r"\w+", right)[:1] for right in following]
    assert words == sorted(words)
    counted = sum(neighbor["count"] for neighbor in found["neighbors"]["right"])
    assert counted <= found["occurrences"]


def test_pages_of_lines_are_the_whole(client: FlaskClient) -> None:
    whole = ask(client, "/api/v1/concordance?q=the&order=left", "Concordance")["lines"]
    seen = []
    address: str | None = "/api/v1/concordance?q=the&order=left&limit=3"
    while address:
        found = ask(client, address, "Concordance")
        seen += found["lines"]
        address = found["links"]["next"]
    assert seen == whole


def test_a_concordance_as_csv(client: FlaskClient) -> None:
    found = ask(client, "/api/v1/concordance?q=drone", "Concordance")
    *rows, last = csv.DictReader(io.StringIO(client.get(found["links"]["csv"]).text))
    assert [row["match"] for row in rows] == [line["match"] for line in found["lines"]]
    assert last["id"].startswith(f"# complete: {len(rows)} lines; query: /concordance?q=drone")


def test_queries_along_one_axis(client: FlaskClient) -> None:
    found = ask(
        client, "/api/v1/timeline?q=drone&q=bridge&interval=year&person=per-oduya", "Timeline"
    )
    assert [one["query"]["text"] for one in found["series"]] == ["drone", "bridge"]
    for one in found["series"]:
        total = ask(client, f"/api/v1/search?q={one['query']['text']}&person=per-oduya")["total"]
        assert one["total"] == total
        for span, count, share in zip(found["spans"], one["counts"], one["shares"], strict=True):
            assert count <= span["collected"]
            if span["collected"]:
                assert share == pytest.approx(count / span["collected"], abs=1e-6)
    refused(client, "/api/v1/timeline?" + "&".join(f"q=w{n}" for n in range(6)), 400,
            "invalid_parameter")  # fmt: skip


def test_who_is_named_with_whom(client: FlaskClient) -> None:
    found = ask(client, "/api/v1/together?kind=person,place&size=10", "Together")
    labels = {one["id"]: one for one in found["names"]}
    assert {one["kind"] for one in found["names"]} <= {"person", "place"}
    for pair in found["pairs"]:
        one, other = (labels[name] for name in pair["ids"])
        both = f"{one['kind']}_all={one['id']}&{other['kind']}_all={other['id']}"
        assert ask(client, f"/api/v1/search?{both}")["total"] == pair["articles"]


def test_coverage_counts_every_article(client: FlaskClient, collection: MadeUpCollection) -> None:
    found = ask(client, "/api/v1/coverage", "Coverage")
    assert found["all"]["total"] == 9
    for one in found["outlets"]:
        assert sum(one["counts"]) + one["imprecise"] + one["undated"] == one["total"]
    assert found["catalogue"]["articles"] == 9
    assert found["catalogue"]["failures_by_code"] == {}
    refused(client, "/api/v1/coverage?date_from=2022", 400, "invalid_parameter")


def test_what_failed_is_listed(client: FlaskClient, collection: MadeUpCollection) -> None:
    with Catalogue.open(collection.home.catalogue) as catalogue:
        catalogue.fail(
            "pages/menu.html",
            NoArticleFound("the page holds no article", where="pages/menu.html"),
            stage="clean",
        )
    found = ask(client, "/api/v1/coverage", "Coverage")["catalogue"]
    assert found["failures_by_code"] == {"no_article_found": 1}
    assert "pages/menu.html" in page(client, "/coverage")


@pytest.mark.parametrize("name", ANALYSES)
def test_a_page_has_its_twin_and_its_way_back(client: FlaskClient, name: str) -> None:
    html = page(client, f"/{name}?q=ceasefire&person=per-oduya")
    twin = re.search(r'<link rel="alternate" type="application/json" href="([^"]+)"', html)
    assert twin
    ask(client, unescape(twin[1]), name.capitalize())
    assert "Amara Oduya" in html
    assert 'href="/search?q=ceasefire&amp;person=per-oduya' in html or name in {
        "timeline",
        "coverage",
    }
    for address in set(re.findall(r'href="(/(?!static)[^"#]*)"', html)):
        assert client.get(unescape(address)).status_code in {200, 302}, address
    assert " style=" not in html


@pytest.mark.parametrize("name", ANALYSES)
def test_a_bad_question_keeps_its_page(client: FlaskClient, name: str) -> None:
    response = client.get(f"/{name}?q=(drone")
    assert response.status_code == 400
    assert 'role="alert"' in response.text
    unknown = client.get(f"/{name}?colour=red")
    assert unknown.status_code == 400
    assert "colour" in unknown.text


@pytest.mark.parametrize("name", ANALYSES)
def test_an_empty_collection_is_no_fault(
    client: FlaskClient, collection: MadeUpCollection, name: str
) -> None:
    newest(collection)
    page(client, f"/{name}")
    page(client, f"/{name}?q=drone")
    ask(client, f"/api/v1/{name}?q=drone", name.capitalize())


def test_what_follows_stands_left_in_a_text_from_the_right(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    text = "قال المتحدث إن الهدنة بدأت صباح اليوم في المدينة."
    newest(collection, replace(made_up("هدنة", text), language="ar"))
    html = page(client, "/concordance?q=الهدنة")
    left = re.search(r'<td class="k1"><span dir="auto">([^<]*)', html)
    assert left
    assert left[1].startswith("بدأت")
    headings = re.findall(r'<th scope="col" class="k[13]"[^>]*><a[^>]*>([^<]*)', html)
    assert headings == ["Words after", "Words before"]


def test_each_line_leads_to_its_own_match(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    text = "A red bridge fell. No red road was left, nor the bridge, nor another red bridge."
    newest(collection, made_up("Roads", text))
    html = page(client, '/concordance?q="red bridge" OR bridge OR red')
    lines = re.findall(r'<td class="k2"><a href="([^"]*)"[^>]*><mark[^>]*>([^<]*)', html)
    assert [match for _, match in lines] == ["red bridge", "red", "bridge", "red bridge"]
    for address, match in lines:
        path, _, anchor = unescape(address).partition("#")
        assert f'<mark id="{anchor}">{match}</mark>' in page(client, path)
    assert len({address for address, _ in lines}) == len(lines)


def test_markup_in_a_text_stays_text(client: FlaskClient, collection: MadeUpCollection) -> None:
    newest(collection, made_up("<i>x</i>", "A <script>alert(1)</script> bridge & a <b>road</b>."))
    for address in ("/concordance?q=bridge", "/timeline?q=<b>", "/together?q=<b>", "/coverage"):
        assert "<script>alert" not in page(client, address)
        assert "<b>" not in page(client, address)


def test_a_search_leads_to_its_analyses(client: FlaskClient) -> None:
    html = page(client, "/search?q=drone&date_from=2022&sort=newest")
    for name in ANALYSES:
        address = re.findall(rf'href="(/{name}\?[^"]*)"', html)[-1]
        assert client.get(unescape(address)).status_code == 200


@pytest.mark.parametrize("size", [10, 20, 40])
def test_no_name_of_the_picture_covers_another(size: int) -> None:
    names = tuple(
        Companion(f"e{n}", "person", "The Long Name" + " of it" * (n % 3), 60 - n, 90, 1.0)
        for n in range(size)
    )
    pairs = tuple(
        Pair(one.entity_id, other.entity_id, 9, 1.0, 9.0, 50.0) for one, other in pairwise(names)
    )
    found = Together(100, names, pairs, complete=True)
    nodes = prepare(found, View("/together"), kinds=("person",), size=size).nodes
    assert len(nodes) == size
    shifts = {"start": 0.0, "middle": 0.5, "end": 1.0}
    boxes = []
    for node in nodes:
        width = 7 * len(node.label)  # letters are about as wide
        left = node.label_x - width * shifts[node.anchor]
        boxes.append((left, left + width, node.label_y))
        assert 14 < node.label_y < HEIGHT
        assert left >= 0
        assert left + width <= WIDTH
    for (left, right, y), (other_left, other_right, other_y) in combinations(boxes, 2):
        assert right <= other_left or other_right <= left or abs(y - other_y) >= 15


def test_of_several_queries_the_one_at_fault_is_shown(client: FlaskClient) -> None:
    told = refused(client, "/api/v1/timeline?q=drone&q=bridge (port", 400, "query_syntax")
    assert told["detail"].startswith("Query 2: This parenthesis is never closed")
    assert told["position"] == 7
    shown = client.get("/timeline?q=drone&q=&q=bridge (port")
    assert shown.status_code == 400
    assert "Query 2: This parenthesis is never closed" in shown.text
    assert "<code>bridge <em>(</em>port</code>" in shown.text
    alone = refused(client, "/api/v1/timeline?q=bridge (port", 400, "query_syntax")
    assert alone["detail"].startswith("This parenthesis")


def test_the_timeline_draws_shares_and_wider_steps(client: FlaskClient) -> None:
    assert "Show shares" in page(client, "/timeline?q=drone")
    assert "Show counts" in page(client, "/timeline?q=drone&share=true")
    days = page(client, "/timeline?q=drone&interval=day")
    assert days.count("<rect") < 2000


@pytest.mark.parametrize("analysis", ["concordance", "together"])
def test_an_analysis_of_nothing_leads_to_the_search_that_says_why(
    client: FlaskClient, analysis: str
) -> None:
    empty = page(client, f"/{analysis}?q=zebra")
    assert '<a href="/search?q=zebra">The search</a> says which part of it to leave out.' in empty


def test_coverage_of_a_century_is_shown_by_years(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    old, new = (
        made_up(f"In {year}", "A text.", published=f"{year}-05-01") for year in (1890, 2024)
    )
    collection.generations = {"g": made_up_index([old, new])}

    by_years = page(client, "/coverage")
    assert "by outlet and year" in by_years
    assert "by outlet and month" in page(client, "/coverage?interval=month")
    assert "interval=month" in by_years


def test_coverage_by_years_and_no_narrower_than_months(client: FlaskClient) -> None:
    assert "by outlet and year" in page(client, "/coverage?interval=year")
    assert client.get("/coverage?interval=day").status_code == 400


def test_a_timeline_has_fields_for_its_dates_and_says_why_its_steps_are_wider(
    collection: MadeUpCollection, client: FlaskClient
) -> None:
    newest(
        collection,
        *(
            replace(made_up(f"No {n}", "Drone."), published=PartialDate(iso, "url"))
            for n, iso in enumerate(("1990-01-01", "2022-03-01", "2022-04-01"))
        ),
    )
    whole = page(client, "/timeline?q=drone&interval=day")
    assert "Articles by month" in whole
    assert "so these are months" in whole
    some = page(client, "/timeline?q=drone&interval=day&date_from=2022-02&date_to=2022-04")
    assert "Articles by day" in some
    assert "so these are" not in some
    assert 'name="date_from" value="2022-02"' in some
    assert some.count('name="date_from"') == 1


@pytest.fixture
def outlying(collection: MadeUpCollection) -> None:
    """Forty articles of two years, and one of a century before."""
    dates = ["1919-05-02", *(f"{2023 + n % 2}-{n % 12 + 1:02}-0{n % 9 + 1}" for n in range(40))]
    newest(
        collection,
        *(
            replace(made_up(f"No {n}", f"Drone {n}."), published=PartialDate(iso, "url"))
            for n, iso in enumerate(dates)
        ),
    )


@pytest.mark.usefixtures("outlying")
def test_a_timeline_shows_where_the_articles_are_and_says_what_lies_before(
    client: FlaskClient,
) -> None:
    told = page(client, "/timeline?q=drone")
    assert "Articles by month" in told
    (bars,) = re.findall(r'<svg class="chart".*?</svg>', told, re.DOTALL)
    assert min(re.findall(r'data-start="([\d-]+)"', bars)) >= "2023"
    folded = re.findall(r'<a href="([^"]*)" rel="nofollow">1 before January 2023</a>', told)
    assert unescape(folded[0]) == "/search?q=drone&date_from=1919-05&date_to=1919-05"
    rows = re.findall(r'<th scope="row">([^<]*)</th><td>(\d+)', told)
    assert rows[0] == ("before January 2023", "1")
    assert sum(int(count) for _, count in rows) == 41
    twin = ask(
        client, unescape(re.findall(r'href="([^"]*)">The same as JSON', told)[0]), "Timeline"
    )
    assert twin["interval"] == "month"
    assert sum(twin["series"][0]["counts"]) == 41


@pytest.mark.usefixtures("outlying")
def test_dates_that_are_chosen_are_shown_though_nearly_nothing_is_there(
    client: FlaskClient,
) -> None:
    told = page(client, "/timeline?q=drone&date_from=1910&date_to=1930")
    assert 'data-start="1919-01-01"' in told
    assert "before January" not in told


def test_a_strand_has_numbers_at_its_axis_a_color_of_its_own_and_one_tab_stop(
    client: FlaskClient,
) -> None:
    told = page(client, "/timeline?q=the&q=drone&interval=month")
    strands = re.findall(r'<section class="strand series-(\d)".*?</section>', told, re.DOTALL)
    assert strands == ["1", "2"]
    for strand in re.findall(r'<section class="strand series.*?</section>', told, re.DOTALL):
        axis = re.findall(r'class="axis" aria-hidden="true"><span>(\d+)</span><span>0<', strand)
        heights = [
            float(one) for one in re.findall(r'class="count"[^>]* height="([\d.]+)"', strand)
        ]
        counts = [int(one) for one in re.findall(r'aria-label="[^"]*: (\d+) of', strand)]
        assert len(counts) == len(heights)
        assert all(
            round(height * int(axis[0]) / 64) == count
            for height, count in zip(heights, counts, strict=True)
        )
        bars = re.findall(r"<a href[^>]*aria-label[^>]*>", strand)
        assert len([bar for bar in bars if 'tabindex="-1"' not in bar]) == 1


def test_a_wide_coverage_says_that_there_is_more_to_the_left(
    client: FlaskClient, collection: MadeUpCollection
) -> None:
    few = page(client, "/coverage?interval=year")
    assert "earlier ones lie to the left" not in few
    newest(
        collection,
        *(made_up(f"In {year}", "A text.", published=f"{year}-05-01") for year in (1990, 2024)),
    )
    many = page(client, "/coverage?interval=year")
    assert "earlier ones lie to the left" in many
    assert many.count('class="grid many') == 1


def test_a_timeline_of_the_undated_has_no_empty_boxes(
    collection: MadeUpCollection, client: FlaskClient
) -> None:
    newest(
        collection,
        replace(made_up("One", "Drone."), published=None),
        replace(made_up("Two", "Drone."), published=PartialDate("2022-03-01", "url")),
    )
    told = page(client, "/timeline?q=drone&undated=only")
    assert "None of them is dated" in told
    assert 'class="chart"' not in told


def test_the_picture_shows_names_that_belong_together_and_no_others() -> None:
    names = [Companion(one, "person", f"Name {one}", 9, 9, 1.0) for one in "abcd"]
    pairs = Pair("a", "c", 8, 1.0, 8.0, 40.0), Pair("b", "c", 2, 1.0, 2.0, 10.0)
    shown = prepare(Together(20, tuple(names), pairs, True), View("/together"), kinds=(), size=4)
    assert {node.companion.entity_id for node in shown.nodes} == {"a", "c"}
    assert [name.entity_id for name, _ in shown.names] == ["a", "b", "c", "d"]
    column = shown.column
    assert {node.companion.entity_id for node in column.nodes} == {"a", "c"}
    assert len(column.lines) == len(shown.lines) == 1
    assert all(0 < node.y < column.height for node in column.nodes)
