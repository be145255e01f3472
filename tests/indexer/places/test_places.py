"""Where places lie, in what, and what lies in them: of one name, and in one generation."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


NAMES = ["Gaza", "Gaza City", "Jenin", "Palestine", "Kharkiv", "Ukraine", "Moon", "Sea of Nowhere"]
generation = st.dictionaries(
    st.sampled_from(["p.a", "p.b", "p.c", "p.d", "p.e"]),
    st.tuples(
        st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=2), st.integers(1, 4)
    ),
)
Generation = dict[str, tuple[str, list[str], int]]


def written(
    path: Path, places: Generation, before: tuple[Path, Collection[str]] | None = None
) -> tuple[object, ...]:
    path.unlink(missing_ok=True)
    write_places(
        path,
        [(one, label, mentions) for one, (label, _, mentions) in places.items()],
        lambda ids: {one: places[one][1] for one in ids},
        before=before,
    )
    with closing(open_places(path)) as found:
        return tuple((found.position(one), found.around(one)) for one in sorted(places))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(generation, generation)
def test_places_that_did_not_change_lie_where_they_are_sought_anew(
    tmp_path: Path, first: Generation, then: Generation
) -> None:
    old, new = tmp_path / "old.sqlite", tmp_path / "new.sqlite"
    written(old, first)
    differing = {one for one in first.keys() | then.keys() if first.get(one) != then.get(one)}
    assert written(new, then, (old, differing)) == written(old, then)


def test_places_that_cannot_be_read_are_sought_again(tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    places: Generation = {"p.a": ("Kharkiv", [], 1)}
    whole = written(tmp_path / "new.sqlite", places)
    for content in (b"", b"no database" * 200, None):
        if content is None:
            old.unlink()
        else:
            old.write_bytes(content)
        assert written(tmp_path / "new.sqlite", places, (old, ())) == whole
