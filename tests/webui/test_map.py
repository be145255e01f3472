"""The map: dots where places lie, each a link, and a table that says the same."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.home import Home
from corpus.store import Catalogue
from tests.contract.made_up import made_up_index
from tests.search.test_places import Sel
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_api import ask
from webui.app import create_app
from webui.view.world import Point, draw


def mapped(tmp_path: Path) -> FlaskClient:
    Catalogue.open(Home(tmp_path).catalogue).close()
    index = replace(made_up_index(), places=Sel())
    return create_app(MadeUpCollection(Home(tmp_path), index)).test_client()


@settings(max_examples=25)
@given(
    st.lists(
        st.builds(
            Point,
            st.sampled_from(["A", "A longer name"]),
            st.integers(1, 999),
            st.floats(-85, 85),
            st.floats(-180, 180),
            st.just("told"),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_every_dot_stands_inside_the_frame_and_larger_means_more(points: list[Point]) -> None:
    world = draw(points)
    assert [dot.point for dot in world.dots] == points
    for dot in world.dots:
        assert 0 <= dot.x <= world.width
        assert 0 <= dot.y <= world.height
    by_count = sorted(world.dots, key=lambda dot: dot.point.count)
    radii = [dot.radius for dot in by_count]
    assert radii == sorted(radii)


def test_north_is_up_east_is_right_and_land_is_where_it_is() -> None:
    kyiv, cairo = Point("Kyiv", 2, 50.4, 30.5, ""), Point("Cairo", 1, 30.0, 31.2, "")
    world = draw([kyiv, cairo])
    north, south = world.dots
    assert north.y < south.y
    assert north.x < south.x
    assert world.land
    assert not draw([Point("Sea", 1, -50.0, -130.0, "")]).land


def test_names_beside_dots_leave_each_other_room() -> None:
    close = [Point(f"Town {at}", 9 - at, 50 + at / 100, 30, "") for at in range(5)]
    assert [dot.named for dot in draw(close).dots] == [True, False, False, False, False]


def test_dots_and_table_lead_to_the_articles(tmp_path: Path) -> None:
    client = mapped(tmp_path)
    page = client.get("/map?q=ceasefire").text
    told = ask(client, "/api/v1/map?q=ceasefire", "Map")
    meran = next(place for place in told["places"] if place["id"] == "pla-meran")
    assert (meran["latitude"], meran["longitude"], meran["sort"]) == (10.5, 20.25, "city")
    assert all(place["latitude"] is None for place in told["places"] if place["id"] != "pla-meran")
    (dot,) = re.findall(r'<a href="([^"]*)"[^>]*aria-label="Meran: [^"]*"', page)
    assert page.count(dot) == 2  # the dot and its row
    found = ask(client, unescape(dot).replace("/search", "/api/v1/search"), "SearchAnswer")
    assert found["total"] == meran["articles"]
    rows = page.partition("<tbody>")[2]
    assert rows.count("<tr>") == len(told["places"]) == told["distinct"]


def test_where_nothing_is_known_the_table_says_so(client: FlaskClient) -> None:
    page = client.get("/map?q=ceasefire").text
    assert "<svg" not in page
    assert "not known" in page
    assert "No article fits" in client.get("/map?q=nowhereatall").text


def test_the_page_of_a_place_has_its_map(tmp_path: Path) -> None:
    client = mapped(tmp_path)
    assert 'aria-label="Meran on the map' in client.get("/entities/pla-meran").text
    assert 'class="world"' not in client.get("/entities/pla-sel").text
