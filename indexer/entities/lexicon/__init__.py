"""Lexicon: which names and titles are known beforehand?

Files of this folder, each with its source and licence in its first line or in `docs/entities.md`:
`known.tsv` (names of war reporting in several scripts) and `honorifics.tsv`, `peoples.txt`,
`given_names.txt`, `romanized_given_names.txt`, `western_given_names.tsv`, `romanizations.tsv`,
`ukrainian_words.txt`, `names_by_language.tsv`, `function_words.tsv`, `only_places.tsv` are ours;
`places.tsv.gz` and `place_variants.tsv.gz` are compiled from GeoNames and CLDR by
`build_places.py`, `labeled_given_names.txt.gz` and `ordinary_words.tsv.gz` are made by
`training/foreign_lists.py`.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from indexer.entities.lexicon.tables import mapped
from indexer.entities.types import EntityKind


class KnownName(NamedTuple):
    """An entity known beforehand.

    Attributes:
        others: its other names; each means this entity and nothing else.
        weight: thousands of inhabitants of a place; which of two namesakes is meant.
        country: ISO 3166 code of the country that a place is in, or is.
        spellings: further Latin spellings; other places may share them.
    """

    kind: EntityKind
    label: str
    others: tuple[str, ...]
    weight: int = 0
    country: str = ""
    spellings: tuple[str, ...] = ()


@cache
def known_names() -> tuple[KnownName, ...]:
    """The names of `known.tsv`, and those of a language that mean the same in all."""
    everywhere: dict[tuple[str, str], dict[str, None]] = {}
    for line in _lines("names_by_language.tsv"):
        kind, label, *names = line.split("\t")
        marked = (one for cell in names for one in cell.split("|") if one.startswith(_EVERYWHERE))
        found = everywhere.setdefault((kind, label), {})
        found.update(dict.fromkeys(one.removeprefix(_EVERYWHERE) for one in marked))
    rows = (line.split("\t") for line in _lines("known.tsv"))
    return tuple(
        KnownName(EntityKind(kind), label, (*_others(others), *everywhere.get((kind, label), ())))
        for kind, label, others in rows
    )


@cache
def places() -> tuple[tuple[str, KnownName], ...]:
    """The places of `places.tsv.gz`, each with its sort: country, continent, region, city or
    village.
    """
    return tuple(
        (
            sort,
            KnownName(
                EntityKind.PLACE,
                label,
                _others(others),
                int(thousands),
                country,
                _others(spellings),
            ),
        )
        for label, sort, country, thousands, others, spellings in (
            line.split("\t") for line in _lines("places.tsv.gz")
        )
    )


@mapped
def place_variants() -> Mapping[str, str]:
    """What else towns are called, in other languages and letters (plain spelling) → label."""
    rows = (line.partition("\t") for line in _lines("place_variants.tsv.gz"))
    return {name: label for name, _, label in rows}


@cache
def honorifics() -> dict[str, str]:
    """Title or rank in lower case without full stops → `m`, `f` or `-`."""
    rows = (line.partition("\t") for line in _lines("honorifics.tsv"))
    return {title: gender for title, _, gender in rows}


@cache
def peoples() -> frozenset[str]:
    """Names of peoples, faiths and political colors, singular and plural, as written."""
    words = " ".join(_lines("peoples.txt")).split()
    return frozenset(form for word in words for form in (word, word + "s"))


@cache
def foreign_given_names() -> frozenset[str]:
    """Given names as other languages write them, in some of their cases."""
    return frozenset((*own_given_names(), *_lines("labeled_given_names.txt.gz")))


@cache
def own_given_names() -> frozenset[str]:
    """Those of them that were not learned from labeled text."""
    return frozenset(name for line in _lines("given_names.txt") for name in line.split())


@cache
def western_given_names() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Given names that are not written by their letters: in Latin letters, and in others."""
    rows = (line.partition("\t") for line in _lines("western_given_names.tsv"))
    return tuple((tuple(latin.split()), tuple(others.split())) for latin, _, others in rows)


@cache
def romanized_given_names() -> tuple[tuple[str, ...], ...]:
    """Slavic and Arabic given names in lower case, in their own letters, each with its forms in
    the languages next to it.
    """
    return tuple(tuple(line.split()) for line in _lines("romanized_given_names.txt"))


@cache
def romanizations() -> dict[str, str]:
    """Script and language → `letters=spelling|spelling` joined by blanks."""
    rows = (line.partition("\t") for line in _lines("romanizations.tsv"))
    return {table: letters for table, _, letters in rows}


@cache
def body_words() -> list[tuple[str, str]]:
    """What a word of the name of a body says → beginnings of such words, joined by blanks."""
    rows = (line.partition("\t") for line in _lines("body_words.tsv"))
    return [(says, words) for says, _, words in rows]


@cache
def ukrainian_words() -> dict[str, str]:
    """Frequent Ukrainian words in lower case → the Russian ones."""
    pairs = (pair for line in _lines("ukrainian_words.txt") for pair in line.split())
    return {word: russian for word, _, russian in (pair.partition("=") for pair in pairs)}


@cache
def names_in(language: str) -> tuple[KnownName, ...]:
    """What great places and known people are called in one of `LISTED_LANGUAGES`; the label is
    that of other lists.
    """
    return tuple(
        KnownName(EntityKind(kind), label, _others(names))
        for kind, label, names in _in_language(language)
        if kind != _GIVEN
    )


@cache
def given_names_in(language: str) -> frozenset[str]:
    """Given names as one of `LISTED_LANGUAGES` writes them."""
    rows = _in_language(language)
    return frozenset(name for kind, _, names in rows if kind == _GIVEN for name in _others(names))


LISTED_LANGUAGES = ("pl", "es", "tr", "he", "fa", "de", "fr", "ar")
_GIVEN = "given"
_EVERYWHERE = "*"
"""Stands before what one language calls somebody, and no other calls anybody else."""


def _in_language(language: str) -> Iterator[tuple[str, str, str]]:
    """Kind, label and names of each line that has some in this language."""
    if language not in LISTED_LANGUAGES:
        return
    for line in _lines("names_by_language.tsv"):
        kind, label, *names = line.split("\t")
        at = LISTED_LANGUAGES.index(language)
        if names[at : at + 1] > [""]:  # shorter lines have none in the last languages
            yield kind, label, names[at].replace(_EVERYWHERE, "")


@cache
def function_words(language: str) -> frozenset[str]:
    """Words in lower case that begin sentences of a language, and no names."""
    return frozenset(_function_words().get(language, _NO_WORDS)[0].split())


@cache
def prepositions_of_place(language: str) -> frozenset[str]:
    """Words in lower case right behind which a name is that of a place; two joined by _."""
    words = _function_words().get(language, _NO_WORDS)[1].split()
    return frozenset(word for word in words if _PARTED not in word)


@cache
def parted_verbs_of_place(language: str) -> dict[str, str]:
    """Verbs in lower case that a town stands behind, each with the part that closes the clause."""
    words = _function_words().get(language, _NO_WORDS)[1].split()
    parted = (word.partition(_PARTED) for word in words if _PARTED in word)
    return {verb: particle for verb, _, particle in parted}


_PARTED = "…"


@cache
def behind_places(language: str) -> re.Pattern[str] | None:
    """What is said of towns, right behind the name of one; none for languages without a list."""
    said = _function_words().get(language, _NO_WORDS)[2]
    return re.compile(rf" (?:{said})\b") if said else None


@cache
def _function_words() -> dict[str, tuple[str, str, str]]:
    rows = (line.split("\t") for line in _lines("function_words.tsv"))
    return {language: (words, before, behind) for language, words, before, behind in rows}


_NO_WORDS = ("", "", "")


@cache
def ordinary_words(language: str) -> frozenset[str]:
    """Names of places that are also words of a language (ISO 639-1), or of its script's."""
    rows = (line.partition("\t") for line in _lines("ordinary_words.tsv.gz"))
    return frozenset(
        word for code, _, words in rows if language in {code, "und"} for word in words.split()
    )


@cache
def only_places(language: str) -> frozenset[str]:
    """Those of `ordinary_words` that a dictionary has though they mean a place and nothing else."""
    rows = (line.partition("\t") for line in _lines("only_places.tsv"))
    return frozenset(word for code, _, words in rows if code == language for word in words.split())


def _others(joined: str) -> tuple[str, ...]:
    return tuple(name for name in joined.split("|") if name)


def _lines(name: str) -> Iterator[str]:
    data = (resources.files(__name__) / name).read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))
