"""A place stands for what lies in it; coordinates go where maps are made."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from indexer.places.place_file import Position
from search.output.exports import FORMATS, export
from search.request import SearchRequest
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
