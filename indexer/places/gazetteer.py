"""Gazetteer: where does a place lie, known by the names that articles give it?

Files of this folder: `coordinates.tsv.gz` and `outlines.tsv.gz`, compiled by `build`, and
`regions.tsv`, which is ours: what war reporting names that is no country and no town. Of places
with one name, a region of ours, a country and a state go before a town, and the largest town
before the others, as in the lexicon.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from indexer.entities import lexicon
from indexer.entities.lexicon.tables import kept, mapped
from indexer.entities.names.spelling import plain


class Located(NamedTuple):
    """A place of the gazetteer.

    Attributes:
        sort: region, country or city.
        country: ISO 3166 code; empty for what lies in several.
        division: GeoNames code of the state or oblast, within the country.
    """

    label: str
    sort: str
    country: str
    division: str
    latitude: float
    longitude: float


class _Region(NamedTuple):
    label: str
    within: str
    divisions: tuple[str, ...]


def locate(names: Iterable[str]) -> Located | None:
    """The place that the first known of some names means; None where none is known."""
    known, keys = _known(), list(map(plain, names))
    if found := next((known[key] for key in keys if key in known), None):
        return found
    label = next((_spelled()[key] for key in keys if key in _spelled()), "")
    return known.get(plain(label)) if label else None


def located_so(label: str) -> Located | None:
    """The place that a name means which stands first, and then nothing else matters; None where
    others may be asked: see `locate`.
    """
    return _known().get(plain(label))


def around(place: Located) -> tuple[str, ...]:
    """Labels of what a place lies in, the smallest first: Gaza Strip, then Palestine."""
    chain: list[str] = []
    if place.sort == "city":
        here = f"{place.country}.{place.division}"
        chain += sorted(
            (one.label for one in _regions() if here in one.divisions),
            key=lambda label: len(_region(label).divisions),
        )
        if state := _states().get(here):
            chain.append(state)
    above = _region(chain[0] if chain else place.label).within
    while above:
        if above not in chain:
            chain.append(above)
        above = _region(above).within
    if place.country and place.sort != "country":
        chain.append(_countries()[place.country])
    return tuple(dict.fromkeys(label for label in chain if label != place.label))


def outlines() -> tuple[tuple[str, tuple[tuple[float, float], ...]], ...]:
    """Rings of the world's countries: ISO code of three letters, then longitudes and latitudes."""
    return tuple(
        (
            country,
            tuple(
                (int(east) / 10, int(north) / 10)
                for east, north in (point.split(",") for point in ring.split(" "))
            ),
        )
        for country, ring in (line.split("\t") for line in _lines("outlines.tsv.gz"))
    )


@mapped
def _known() -> Mapping[str, Located]:
    known: dict[str, Located] = {}
    for row in (line.split("\t") for line in _lines("regions.tsv")):
        label, _, north, east, others, divisions = row
        country = {code.partition(".")[0] for code in divisions.split("|")}
        place = Located(
            label,
            "country" if divisions and "." not in divisions else "region",
            country.pop() if len(country) == 1 else "",
            "",
            float(north),
            float(east),
        )
        for name in (label, *filter(None, others.split("|"))):
            known.setdefault(plain(name), place)
    for row in (line.split("\t") for line in _lines("coordinates.tsv.gz")):
        label, sort, code, division, north, east = row
        known.setdefault(
            plain(label), Located(label, sort, code, division, float(north), float(east))
        )
    return known


@mapped
def _spelled() -> Mapping[str, str]:
    """Other names of towns and countries to their labels, those of the most populous first."""
    spelled: dict[str, str] = {}
    for _, place in sorted(lexicon.places(), key=lambda one: -one[1].weight):
        for name in (*place.others, *place.spellings):
            spelled.setdefault(plain(name), place.label)
    return spelled


@cache
def _regions() -> tuple[_Region, ...]:
    rows = (line.split("\t") for line in _lines("regions.tsv"))
    return tuple(_Region(row[0], row[1], tuple(filter(None, row[5].split("|")))) for row in rows)


def _region(label: str) -> _Region:
    return _by_label().get(label, _Region(label, "", ()))


@cache
def _by_label() -> dict[str, _Region]:
    return {one.label: one for one in _regions()}


@kept
def _countries() -> dict[str, str]:
    """Labels of countries by their codes; ours before GeoNames'."""
    found: dict[str, str] = {}
    for place in _known().values():
        if place.sort == "country":
            found.setdefault(place.country, place.label)
    return found


@kept
def _states() -> dict[str, str]:
    """Labels of states and oblasts by country and division."""
    return {
        f"{place.country}.{place.division}": place.label
        for place in _known().values()
        if place.sort == "region" and place.division
    }


def _lines(name: str) -> Iterator[str]:
    data = (resources.files(__package__) / name).read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))
