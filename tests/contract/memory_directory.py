"""An `EntityDirectory` over a list, for tests of what stands above it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.analysis import analyzer
from indexer.entities.types import Entity, EntityKind, NameCount


class MemoryDirectory:
    """Implements `EntityDirectory`: names are equal when their folded words are."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        ordered = sorted(entities, key=lambda entity: (-entity.mentions, entity.entity_id))
        self._entities = {entity.entity_id: entity for entity in ordered}

    def get(self, entity_id: str) -> Entity | None:
        return self._entities.get(entity_id)

    def labels(self, entity_ids: Sequence[str]) -> dict[str, str]:
        return {key: self._entities[key].label for key in entity_ids if key in self._entities}

    def articles(self, entity_ids: Sequence[str]) -> dict[str, int]:
        return {key: self._entities[key].articles for key in entity_ids if key in self._entities}

    def resolve(self, name: str, *, kind: EntityKind | None = None) -> list[Entity]:
        words = _words(name)
        return [
            entity
            for entity in self._of(kind)
            if entity.entity_id == name or any(_words(alias) == words for alias in _names(entity))
        ]

    def search(self, text: str, *, kind: EntityKind | None = None, limit: int = 20) -> list[Entity]:
        beginnings = _words(text)
        found = [
            entity
            for entity in self._of(kind)
            if any(
                all(any(word.startswith(start) for word in _words(alias)) for start in beginnings)
                for alias in _names(entity)
            )
        ]
        return found[:limit]

    def names(self, entity_id: str) -> list[NameCount]:
        """The label, which stands for every mention, then aliases that none was counted for."""
        entity = self._entities.get(entity_id)
        if entity is None:
            return []
        counted = NameCount(entity.label, entity.mentions, entity.articles)
        return [counted, *(NameCount(alias, 0, 0) for alias in entity.aliases)]

    def close(self) -> None:
        """There is nothing to release."""

    def _of(self, kind: EntityKind | None) -> list[Entity]:
        return [entity for entity in self._entities.values() if kind in (None, entity.kind)]


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.label, *entity.aliases)


def _words(name: str) -> list[str]:
    return analyzer().surfaces(name)
