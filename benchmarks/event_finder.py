"""Event finder: which events do some documents tell of, without a collection around them?

What a rebuild reads of kept sheets (`indexer.families.reports`) is made here of documents.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np

from indexer.document import IndexDocument
from indexer.entities.types import NamedInArticle
from indexer.families.events import Lead, Told, day_of, events_of, lead, number_of
from indexer.families.reported_words import KINDS, Said


class EventFinder:
    """Collects reports one after the other, then groups."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._days = array("i")
        self._periodic = bytearray()
        self._outlets: list[str] = []
        self._families: list[str] = []
        self._words, self._named, self._kinds = array("I"), array("I"), bytearray()
        self._word_ends, self._named_ends = array("q", [0]), array("q", [0])

    def add(self, document: IndexDocument) -> None:
        """Adds one report; one that is not dated to the day is no witness of a day."""
        day = day_of(document.published)
        if day is not None:
            self.report(
                document.article_id,
                day=day,
                begins=lead(document.title, document.text),
                outlet=document.outlet,
                family=document.family_id,
                entities=document.entities,
            )

    def report(
        self,
        article_id: str,
        *,
        day: int,
        begins: Lead,
        outlet: str,
        family: str,
        entities: Iterable[NamedInArticle],
    ) -> None:
        """Adds one report of this day, unless it says nothing."""
        if not begins.words:
            return
        self._ids.append(article_id)
        self._days.append(day)
        self._periodic.append(begins.is_periodic)
        self._outlets.append(outlet)
        self._families.append(family)
        self._words.extend(begins.words)
        for entity in entities:
            self._named.append(number_of(entity.entity_id))
            self._kinds.append(KINDS[entity.kind])
        self._word_ends.append(len(self._words))
        self._named_ends.append(len(self._named))

    def told(self) -> Told:
        """What was added."""
        word_starts, named_starts = np.array(self._word_ends), np.array(self._named_ends)
        return Told(
            self._ids,
            np.array(self._days, np.int32),
            np.frombuffer(bytes(self._periodic), np.bool_),
            self._outlets.__getitem__,
            self._families.__getitem__,
            lambda: Said(
                word_starts[:-1],
                np.diff(word_starts),
                np.array(self._words, np.uint32),
                named_starts,
                np.arange(len(self._named), dtype=np.int32),
                np.array(self._named, np.uint32),
                np.frombuffer(self._kinds, np.uint8).copy(),
            ),
        )

    def events(self) -> list[list[str]]:
        """Ids of the reports of each event, earliest first; those of one outlet alone are none."""
        return events_of(self.told())
