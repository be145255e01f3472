"""Where places lie, in what, and what lies in them: of one name, and in one generation."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import IndexCorrupt
from indexer.places.gazetteer import around, locate, outlines
from indexer.places.place_file import NoPlaces, open_places, write_places


@pytest.mark.parametrize(
    ("name", "in_what"),
    [
        ("Gaza", ("Gaza Strip", "Palestine")),
        ("Gaza City", ("Gaza Strip", "Palestine")),
        ("Khan Younis", ("Gaza Strip", "Palestine")),
        ("Bakhmut", ("Donetsk Oblast", "Donbas", "Ukraine")),
        ("Simferopol", ("Crimea", "Ukraine")),
        ("Austin", ("Texas", "United States")),
        ("Gaza Strip", ("Palestine",)),
        ("Donetsk Oblast", ("Donbas", "Ukraine")),
        ("Kyiv", ("Ukraine",)),
        ("Ukraine", ()),
        ("Texas", ("United States",)),
    ],
)
def test_what_a_place_lies_in(name: str, in_what: tuple[str, ...]) -> None:
    place = locate((name,))
    assert place is not None
    assert around(place) == in_what


def test_a_country_goes_before_a_state_and_the_first_known_name_counts() -> None:
    georgia = locate(("Georgia",))
    assert georgia is not None
    assert (georgia.sort, georgia.country) == ("country", "GE")
    assert locate(("Nowhere in Particular", "Kharkiv")) == locate(("Kharkiv",))
    assert locate(("Nowhere in Particular",)) is None
    assert locate(()) is None


def test_every_outline_is_a_ring_on_the_earth() -> None:
    rings = outlines()
    assert len({country for country, _ in rings}) > 150
    for _, ring in rings:
        assert len(ring) > 3
        assert all(-180 <= east <= 180 and -90 <= north <= 90 for east, north in ring)


def test_a_generation_knows_what_lies_in_what(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    write_places(
        path,
        [
            ("p.pal", "Palestine", 9),
            ("p.strip", "Gaza Strip", 5),
            ("p.gaza", "Gaza", 7),
            ("p.city", "Gaza City", 2),
            ("p.jenin", "Jenin Camp", 1),
            ("p.moon", "Sea of Nowhere", 3),
        ],
        lambda ids: {one: ["Jenin Camp", "Jenin"] for one in ids if one == "p.jenin"},
    )
    places = open_places(path)
    assert places.around("p.city") == ("p.gaza", "p.strip", "p.pal")
    assert places.around("p.gaza") == ("p.strip", "p.pal")
    assert places.inside("p.strip") == ("p.city", "p.gaza")
    assert places.inside("p.pal") == ("p.city", "p.gaza", "p.jenin", "p.strip")
    assert places.inside("p.city") == ()
    assert places.position("p.moon") is None
    at = places.position("p.jenin")
    assert at is not None
    assert (at.sort, at.country, round(at.latitude)) == ("city", "PS", 32)
    places.close()
    assert isinstance(open_places(tmp_path / "none"), NoPlaces)
    path.write_bytes(b"no database" * 200)
    with pytest.raises(IndexCorrupt, match="rebuild"):
        open_places(path).inside("p.pal")
