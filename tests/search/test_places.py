"""A place stands for what lies in it; coordinates go where maps are made."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from indexer.places.place_file import Position
from search.output.exports import FORMATS, export
from search.request import FacetRequest, Filter, Mode, SearchRequest
from search.service import search
from search.serving.open_index import OpenIndex
from tests.contract.made_up import made_up_index


class Sel:
    """Port Sel lies in Meran, and Meran is where it is."""

    def position(self, entity_id: str) -> Position | None:
        return Position("city", "XX", 10.5, 20.25) if entity_id == "pla-meran" else None

    def around(self, entity_id: str) -> tuple[str, ...]:
        return ("pla-meran",) if entity_id == "pla-sel" else ()

    def inside(self, entity_id: str) -> tuple[str, ...]:
        return ("pla-sel",) if entity_id == "pla-meran" else ()

    def all_around(self) -> dict[str, tuple[str, ...]]:
        return {"pla-sel": ("pla-meran",)}

    def close(self) -> None:
        return


@pytest.fixture
def index() -> OpenIndex:
    return replace(made_up_index(), places=Sel())


def found(text: str, index: OpenIndex) -> set[str]:
    return {
        hit.document.article_id for hit in search(SearchRequest(text=text, limit=50), index).hits
    }


def test_a_place_finds_what_lies_in_it_and_place_exact_the_name_alone(index: OpenIndex) -> None:
    whole, part = found("place:Meran", index), found("place:Sel", index)
    literal = found("place_exact:Meran", index)
    assert whole == literal | part
    assert literal == found("place:Meran", made_up_index()) < whole
    assert part == found('place_exact:"Port Sel"', index)
    assert found("-place:Meran", index).isdisjoint(whole)


def test_it_is_said_how_many_places_were_added(index: OpenIndex) -> None:
    (meran,) = search(SearchRequest(text="place:Meran"), index).resolutions
    assert (meran.facet, meran.labels, meran.inside) == ("place", ("Meran",), 1)
    (exact,) = search(SearchRequest(text="place_exact:Meran"), index).resolutions
    assert (exact.facet, exact.labels, exact.inside) == ("place", ("Meran",), 0)
    unknown = search(SearchRequest(text="place_exact:Atlantis"), index)
    assert unknown.total == 0
    assert "No place here is named “Atlantis”" in unknown.warnings[0]


def test_geojson_has_a_point_an_article_and_place(index: OpenIndex) -> None:
    request = SearchRequest(text="place:Meran")
    written = json.loads("".join(export(FORMATS["geojson"], request, index)))
    assert written["type"] == "FeatureCollection"
    *points, last = written["features"]
    assert {point["properties"]["article"] for point in points} == found("place_exact:Meran", index)
    for point in points:
        assert point["geometry"] == {"type": "Point", "coordinates": [20.25, 10.5]}
        assert point["properties"]["place"] == "pla-meran"
    assert last["geometry"] is None
    assert last["properties"]["complete"] is True
    assert last["properties"]["articles"] == len(found("place:Meran", index))


def test_geojson_of_nothing_is_whole(index: OpenIndex) -> None:
    request = SearchRequest(text="nowhereatall")
    (last,) = json.loads("".join(export(FORMATS["geojson"], request, index)))["features"]
    assert last["properties"]["complete"] is True
    assert last["properties"]["articles"] == 0


def chosen(mode: Mode, *places: str, choice: str = "place") -> SearchRequest:
    return SearchRequest(filters=(Filter(choice, mode, places),), limit=50)


def ids(request: SearchRequest, index: OpenIndex) -> set[str]:
    return {hit.document.article_id for hit in search(request, index).hits}


@pytest.mark.parametrize("place", ["pla-meran", "Meran"])
def test_a_chosen_place_stands_for_its_parts_in_every_mode(place: str, index: OpenIndex) -> None:
    whole, everything = found("place:Meran", index), found("", index)
    for mode in (Mode.ANY, Mode.ALL):
        assert ids(chosen(mode, place), index) == whole
    assert ids(chosen(Mode.NOT, place), index) == everything - whole
    assert ids(chosen(Mode.ALL, place, "pla-sel"), index) == found("place:Sel", index)


@pytest.mark.parametrize("place", ["pla-meran", "Meran"])
def test_place_exact_is_chosen_without_parts(place: str, index: OpenIndex) -> None:
    literal, everything = found("place_exact:Meran", index), found("", index)
    for mode in (Mode.ANY, Mode.ALL):
        assert ids(chosen(mode, place, choice="place_exact"), index) == literal
    assert ids(chosen(Mode.NOT, place, choice="place_exact"), index) == everything - literal
    both = SearchRequest(
        filters=(Filter("place", Mode.ANY, ("pla-sel",)), Filter("place_exact", Mode.ANY, (place,)))
    )
    assert ids(both, index) == found("place:Sel", index) & literal


def test_counts_of_a_place_hold_its_parts_each_article_once(index: OpenIndex) -> None:
    asked = replace(SearchRequest(), facets=(FacetRequest("place"),))
    counts = {one.value: one for one in search(asked, index).facets["place"].counts}
    assert counts["pla-meran"].count == len(found("place:Meran", index))
    assert counts["pla-sel"].count == len(found("place:Sel", index))
    assert (counts["pla-meran"].around, counts["pla-sel"].around) == ((), ("pla-meran",))
    selected = replace(asked, filters=(Filter("place", Mode.ANY, ("pla-meran",)),))
    shown = search(selected, index).facets["place"].counts
    assert {one.value: one.mode for one in shown} == {"pla-meran": "any", "pla-sel": ""}
    assert {one.value: one.count for one in shown} == {
        value: one.count for value, one in counts.items()
    }
