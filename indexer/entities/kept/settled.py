"""Settled names: which entity does each name of a collection mean? In arrays; one is made an object
when it is asked for.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from indexer.entities.across_collection.article_names import PRIMES, mixed
from indexer.entities.across_collection.collection_names import (
    ID_CHARACTERS,
    ID_LETTERS,
    id_of_number,
)
from indexer.entities.across_collection.merging import FACET_KINDS
from indexer.entities.directory.writer import NamedEntity
from indexer.entities.kept.names import KINDS, Names
from indexer.entities.kept.texts import Texts, hash_of
from indexer.entities.types import EntityKind


@dataclass(slots=True, eq=False)
class Settled:
    """One entity, and what was counted of it where articles are resolved one after the other.

    Attributes:
        number: its own among those that are shown; -1 of others.
        is_taken_over: whether its id is that of an earlier generation, and of no chief name.
        forms: as written → [mentions, articles].
    """

    entity_id: str
    kind: EntityKind
    label: str
    hidden: bool = False
    wikidata: str = ""
    aliases: tuple[str, ...] = ()
    number: int = -1
    is_taken_over: bool = False
    articles: int = 0
    mentions: int = 0
    forms: dict[str, list[int]] = field(default_factory=dict)

    @property
    def is_shown(self) -> bool:
        """Is it in a facet? Peoples, events and what is hidden are not."""
        return not self.hidden and self.kind in FACET_KINDS

    @property
    def is_changed(self) -> bool:
        """Did people say more of it than its id, its kind and its label?"""
        return self.hidden or bool(self.wikidata or self.aliases)

    def named(
        self, articles: int, mentions: int, forms: Mapping[str, tuple[int, int]]
    ) -> NamedEntity:
        """As the directory has it."""
        return NamedEntity(
            self.entity_id,
            self.kind,
            self.label,
            self.wikidata,
            articles,
            mentions,
            forms,
            self.aliases,
        )


Meant = Settled | None


class Entities(Sequence[Settled]):
    """The entities that are shown, in the order in which their names were first seen.

    Args:
        names: of the collection, settled.
        order: their numbers, in the order of first sight.
        changed: entities about which people decided, by the number of their first name.

    Attributes:
        names: their numbers.
        of_names: by number of a name, that of its entity; -1 for one that is not shown.
        ids: of the entities, as numbers.
    """

    def __init__(
        self,
        texts: Texts,
        names: Names,
        order: NDArray[np.int64],
        changed: Mapping[int, Settled],
    ) -> None:
        self.names = order
        self._texts = texts
        self._columns = columns = names.columns
        self._changed = changed
        roots = order[columns["root"][order] == order]
        is_facet = np.array([kind in FACET_KINDS for kind in KINDS])
        shown = is_facet[columns["entity kind"][roots]]
        if changed:
            hidden = [root for root, one in changed.items() if not one.is_shown]
            shown &= ~np.isin(roots, hidden)
        self._roots = roots[shown]
        numbers = np.full(len(columns), -1, np.int32)
        numbers[self._roots] = np.arange(len(self._roots), dtype=np.int32)
        self.of_names: NDArray[np.int32] = np.full(len(columns), -1, np.int32)
        self.of_names[order] = numbers[columns["root"][order]]
        self.ids: NDArray[np.uint64] = columns["entity"][self._roots]
        self._made: dict[int, Settled] = {}

    def __len__(self) -> int:
        return len(self._roots)

    @overload
    def __getitem__(self, number: int) -> Settled: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Settled]: ...
    def __getitem__(self, number: int | slice) -> Settled | Sequence[Settled]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        made = self._made.get(number)
        if made is None:
            made = self._made[number] = self._made_of(int(self._roots[number]))
            made.number = number
        return made

    def _made_of(self, root: int) -> Settled:
        changed = self._changed.get(root)
        if changed is not None:
            return changed
        row = self._columns[root]
        return Settled(
            id_of_number(int(row["entity"])),
            KINDS[row["entity kind"]],
            self._texts[int(row["label"])],
        )

    def made(self) -> Iterator[Settled]:
        """Those that were asked for, in their order."""
        return (one for _, one in sorted(self._made.items()))

    def of(self, name: int) -> Meant:
        """The entity that a name means, by its number; None of one that is not shown."""
        number = int(self.of_names[name])
        return self[number] if number >= 0 else None

    def shown(self, numbers: NDArray[Any]) -> Iterator[tuple[str, str, str]]:
        """Id, kind and label of some of them."""
        changed = {int(self.of_names[root]): one for root, one in self._changed.items()}
        rows = self._columns[self._roots[numbers]]
        for number, entity, kind, label in zip(
            numbers.tolist(),
            rows["entity"].tolist(),
            rows["entity kind"].tolist(),
            rows["label"].tolist(),
            strict=True,
        ):
            if (one := changed.get(number)) is not None:
                yield one.entity_id, one.kind.value, one.label
            else:
                yield id_of_number(entity), KINDS[kind].value, self._texts[label]

    def kinds(self) -> NDArray[np.uint8]:
        """Of each the place of its kind among all kinds."""
        kinds: NDArray[np.uint8] = self._columns["entity kind"][self._roots]
        return kinds

    def marks(self) -> NDArray[np.uint32]:
        """Of each a number of 32 bits that stands for its id, see `mark_of`."""
        written = _written(self.ids)
        size = len(written) // max(len(self), 1)
        marks = [zlib.crc32(written[at : at + size]) for at in range(0, len(written), size or 1)]
        return np.array(marks, np.uint32)

    def told(self) -> NDArray[np.uint64]:
        """Two words that stand for each entity, as documents show it; at the end, for none."""
        rows = self._columns[self._roots]
        labels = self._texts.columns()["hash"][rows["label"]]
        found = np.zeros((len(rows) + 1, 2), np.uint64)
        for at, prime in enumerate(PRIMES):
            found[:-1, at] = mixed([rows["entity"], rows["entity kind"], labels], prime)
        return found

    def more_said(self) -> Iterator[tuple[int, np.uint64]]:
        """What stands for the rest that people said of entities, by number."""
        for root, one in self._changed.items():
            number = int(self.of_names[root])
            if number >= 0 and (one.wikidata or one.aliases):
                yield number, np.uint64(hash_of(repr((one.wikidata, one.aliases))))


def _written(ids: NDArray[np.uint64]) -> bytes:
    """The ids that some numbers stand for, one behind the other."""
    shifts = np.arange(5 * (ID_CHARACTERS - 1), -1, -5, dtype=np.uint64)
    letters = np.frombuffer(ID_LETTERS.encode(), np.uint8)
    written: NDArray[np.uint8] = letters[(ids[:, None] >> shifts) & np.uint64(31)]
    return written.tobytes()
