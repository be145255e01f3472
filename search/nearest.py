"""Which known names look most like one that nothing bears?"""

from __future__ import annotations

from rapidfuzz import fuzz, process

from indexer.entities.types import EntityDirectory, EntityKind

_SHOWN = 3
_LEAST_LIKENESS = 70.0
_BEGINNING = 3  # letters: a misspelling seldom touches the first three


def nearest_names(text: str, facet: str, directory: EntityDirectory) -> tuple[str, ...]:
    """Labels of entities whose names resemble `text`, nearest first; at most three."""
    kind = EntityKind(facet)
    words = text.split()
    beginnings = [text, *words, *(word[:_BEGINNING] for word in words if len(word) > _BEGINNING)]
    labels: dict[str, str] = {}
    for beginning in dict.fromkeys(beginnings):
        for entity in directory.search(beginning, kind=kind, limit=200):
            labels.update((alias, entity.label) for alias in (entity.label, *entity.aliases))
    found = process.extract(
        text,
        list(labels),
        scorer=fuzz.WRatio,
        processor=str.casefold,
        limit=_SHOWN * 3,
        score_cutoff=_LEAST_LIKENESS,
    )
    return tuple(dict.fromkeys(labels[alias] for alias, _, _ in found))[:_SHOWN]
