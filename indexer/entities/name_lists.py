"""Which names does the lexicon list, in the form that the model's features look them up?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from indexer.entities import lexicon
from indexer.entities.types import EntityKind


@cache
def listed_words() -> dict[str, frozenset[str]]:
    """Letter → names: countries, regions, large and small cities, villages, known bodies."""
    groups: dict[str, set[str]] = {letter: set() for letter in "CRLTVO"}
    letters = {"country": "C", "continent": "C", "region": "R", "village": "V"}
    for sort, place in lexicon.places():
        letter = letters.get(sort, "L" if place.weight >= 100 else "T")
        groups[letter].add(place.label)
        groups["V"].update(place.spellings)
    for known in lexicon.known_names():
        listed = {EntityKind.PLACE: "C", EntityKind.ORG: "O"}.get(known.kind)
        if listed:
            groups[listed].update((known.label, *known.others))
    return {letter: frozenset(names) for letter, names in groups.items()}


@cache
def multiword_names() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word → listed names of several words that begin with it, longest first."""
    names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    entries: Iterable[tuple[str, str]] = [
        *((name, "L") for _, place in lexicon.places() for name in (place.label, *place.spellings)),
        *(
            (name, {"person": "P", "org": "O", "place": "L"}[known.kind])
            for known in lexicon.known_names()
            for name in (known.label, *known.others)
        ),
    ]
    for name, kind in entries:
        if name.isalpha():
            continue
        words = tuple(re.findall(r"[^\W_]+(?:\.[^\W_]+)*\.?|-", name))
        if len(words) > 1:
            names.setdefault(words[0], []).append((words, kind))
    return {first: sorted(listed, key=lambda one: -len(one[0])) for first, listed in names.items()}
