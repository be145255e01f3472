"""Nearest names: which known names look most like one that nothing bears?"""

from __future__ import annotations

from rapidfuzz import fuzz, process

from indexer.entities.types import EntityDirectory
from search.request import kind_of

_SHOWN = 3
_LEAST_LIKENESS = 75.0  # of 100: one letter of four wrong
_PART = 80.0  # how near a name is of which every word typed is a word
_BEGINNING = 3  # letters: a misspelling seldom touches the first three


def nearest_names(text: str, facet: str, directory: EntityDirectory) -> tuple[str, ...]:
    """Labels of entities whose names resemble `text`, nearest first; at most three."""
    kind = kind_of(facet)
    words = text.split()
    beginnings = [text, *words, *(word[:_BEGINNING] for word in words if len(word) > _BEGINNING)]
    labels: dict[str, str] = {}
    for beginning in dict.fromkeys(beginnings):
        for entity in directory.search(beginning, kind=kind, limit=200):
            labels.update((alias, entity.label) for alias in (entity.label, *entity.aliases))
    found = process.extract(
        text,
        list(labels),
        scorer=_likeness,
        processor=str.casefold,
        limit=_SHOWN * 3,
        score_cutoff=_LEAST_LIKENESS,
    )
    return tuple(dict.fromkeys(labels[alias] for alias, _, _ in found))[:_SHOWN]


def _likeness(typed: str, alias: str, *, score_cutoff: float | None = None) -> float:
    """0 to 100: edits between the two, whatever the order of their words."""
    if set(typed.split()) <= set(alias.split()):
        return max(_PART, fuzz.ratio(typed, alias))
    return fuzz.token_sort_ratio(typed, alias, score_cutoff=score_cutoff)
