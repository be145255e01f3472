"""Headline names: what is a headline told of the names of a collection? Three tables, and no more.

What a headline names depends on them alone, so that an update looks at those headlines again one
of whose words they answer otherwise than the last time. They are arrays; an entry is made an object
when a headline asks for it.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.entities.across_collection.article_names import ENTRY, TABLES, ArticleNames, Counted
from indexer.entities.kept.names import KINDS
from indexer.entities.kept.settled import Entities
from indexer.entities.kept.texts import HAS_BLANK, KNOWN_PLACE, WITH_ARTICLE, mark_of
from indexer.entities.types import EntityKind

_OFTEN = 2  # articles that a name of one word needs where nothing else is known of it
_FLAGS = 4
_IN_FULL, _ALONE, _BEARERS = range(3)
_PERSON, _PLACE = KINDS.index(EntityKind.PERSON), KINDS.index(EntityKind.PLACE)


class HeadlineName(NamedTuple):
    """A name of the collection, as a headline is told of it.

    Attributes:
        spelling: its most usual one.
        is_frequent: whether several articles have it.
        is_rather_a_place: whether the surname, standing alone, is rather that of a place.
    """

    kind: EntityKind
    key: str
    spelling: str
    is_frequent: bool
    is_rather_a_place: bool = False


class _Said:
    """All that is said, by text and table. It knows nothing of whom it is a part of, so that names
    are freed as soon as nobody holds them.
    """

    def __init__(self, articles: ArticleNames, said: NDArray[np.void]) -> None:
        self._texts = articles.texts
        self._columns = articles.names.columns
        self._said = said
        self._keys = np.ascontiguousarray(said["key"]).data

    def of(self, table: int, key: str) -> HeadlineName | None:
        """What a table says of a key."""
        sought = self._texts.find(key) * TABLES + table
        at = bisect_left(self._keys, sought)
        if sought < 0 or at == len(self._keys) or self._keys[at] != sought:
            return None
        says, flags = divmod(int(self._said["says"][at]), _FLAGS)
        row = self._columns[says >> 32]
        return HeadlineName(
            KINDS[row["kind"]],
            self._texts[int(row["key"])],
            self._texts[says & 0xFFFFFFFF],
            flags >= 2,
            bool(flags % 2),
        )


class _Table(dict[str, HeadlineName | None]):
    """What one table says of a key; None where it has none. Each is looked for once."""

    def __init__(self, said: _Said, table: int) -> None:
        super().__init__()
        self._said, self._table = said, table

    def __missing__(self, key: str) -> HeadlineName | None:
        found = self[key] = self._said.of(self._table, key)
        return found


class HeadlineNames:
    """What is known of the names that words of a headline may be, by their plain spelling.

    Args:
        articles: all, counted.
        entities: what their names mean, and those that people gave.

    Attributes:
        said: all of it: text and table, and what is said; ascending.
        in_full: names of several words; one that means two entities is left out.
        alone: places and bodies of one word.
        bearers: surname → the person whom it means alone.
    """

    def __init__(self, articles: ArticleNames, counted: Counted, entities: Entities) -> None:
        self._articles = articles
        self._counted = counted
        self._columns = articles.names.columns
        self._texts = articles.texts.columns()
        shown = entities.names[entities.of_names[entities.names] >= 0]
        self._had = counted.articles
        self._ids = np.zeros(len(self._columns), np.uint64)
        self._ids[shown] = entities.ids[entities.of_names[shown]]
        had = shown[self._had[shown] > 0]
        full = self._in_full(had)
        bearers = self._only_bearers(had)
        persons = shown[self._columns["kind"][shown] == _PERSON]
        lone = self._columns["key"][persons]
        others = ~np.isin(bearers[0], lone)
        surnames = np.concatenate((bearers[0][others], lone))
        theirs = np.concatenate((bearers[1][others], persons))
        entries = np.concatenate(
            [
                self._entries(_IN_FULL, *full),
                self._entries(_ALONE, *self._alone(had)),
                self._entries(
                    _BEARERS, surnames, theirs, self._rather_places(surnames, theirs, entities)
                ),
            ]
        )
        self.said: NDArray[np.void] = entries[np.argsort(entries["key"])]
        self._full = full[0]
        said = _Said(articles, self.said)
        self.in_full, self.alone, self.bearers = (
            _Table(said, table) for table in (_IN_FULL, _ALONE, _BEARERS)
        )

    def may_begin(self, word: str) -> bool:
        """May names of several words begin with this one?"""
        return mark_of(word) in self._first_words

    def may_begin_so(self, words: str) -> bool:
        """May they begin with these two?"""
        return mark_of(words) in self._beginnings

    @cached_property
    def _first_words(self) -> frozenset[int]:
        return frozenset(self._texts["first word"][self._full].tolist())

    @cached_property
    def _beginnings(self) -> frozenset[int]:
        return frozenset(self._texts["beginning"][self._full].tolist())

    def _in_full(self, had: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[np.int64]]:
        """Keys of several words that mean one entity, and the first name of each."""
        counted = self._counted
        claiming = counted.order[counted.whose]
        is_had = np.zeros(len(self._columns), bool)
        is_had[had] = True
        place = np.zeros(len(self._columns), np.int64)
        place[had] = np.arange(len(had))
        claims = is_had[claiming]
        keys = np.concatenate((self._columns["key"][had], counted.claimed[claims]))
        names = np.concatenate((had, claiming[claims]))
        marks = self._texts["marks"][keys]
        named = (marks & (HAS_BLANK | WITH_ARTICLE)) == HAS_BLANK
        keys, names = keys[named], names[named]
        return self._of_one(keys, names, np.lexsort((place[names], keys)))

    def _alone(self, had: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[np.int64]]:
        """Places and bodies of one word, of several with one key that of most articles.

        Of as many the last. (That the last one is it, whatever articles say, had a few new articles
        make a place of a body in a thousand headlines, and the next ones a body of the place.)
        """
        keys = self._columns["key"][had]
        fits = (self._columns["kind"][had] != _PERSON) & (
            self._texts["marks"][keys] & HAS_BLANK == 0
        )
        keys, names = keys[fits], had[fits]
        order = np.lexsort((np.arange(len(keys)), self._had[names], keys))
        keys, names = keys[order], names[order]
        is_last = np.diff(keys, append=-1) != 0
        return keys[is_last], names[is_last]

    def _only_bearers(self, had: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[np.int64]]:
        """Surnames that one person of the collection bears, and the first name of each."""
        keys = self._columns["key"][had]
        fits = (self._columns["kind"][had] == _PERSON) & (
            self._texts["marks"][keys] & HAS_BLANK != 0
        )
        names, surnames = had[fits], self._texts["last"][keys[fits]]
        return self._of_one(surnames, names, np.argsort(surnames, kind="stable"))

    def _of_one(
        self, keys: NDArray[Any], names: NDArray[np.int64], order: NDArray[np.int64]
    ) -> tuple[NDArray[Any], NDArray[np.int64]]:
        """Keys all of whose names mean one entity, and of each the first in an order."""
        keys, names = keys[order], names[order]
        begins = np.flatnonzero(np.diff(keys, prepend=-1))
        if not begins.size:
            return keys, names
        ids = self._ids[names]
        is_one = np.minimum.reduceat(ids, begins) == np.maximum.reduceat(ids, begins)
        return keys[begins[is_one]], names[begins[is_one]]

    def _rather_places(
        self, surnames: NDArray[Any], persons: NDArray[np.int64], entities: Entities
    ) -> NDArray[np.bool_]:
        """Of each surname, whether it is rather that of a place."""
        names = entities.names[self._columns["kind"][entities.names] == _PLACE]
        place = np.full(len(self._texts), -1, np.int64)
        place[self._columns["key"][names]] = names
        places = place[surnames]
        found: NDArray[np.bool_] = np.where(
            places >= 0,
            self._had[places] >= self._had[persons],
            self._texts["marks"][surnames] & KNOWN_PLACE != 0,
        )
        return found

    def _entries(
        self,
        table: int,
        keys: NDArray[Any],
        names: NDArray[np.int64],
        rather_places: NDArray[np.bool_] | bool = False,
    ) -> NDArray[np.void]:
        found = np.empty(len(keys), ENTRY)
        found["key"] = keys.astype(np.int64) * TABLES + table
        found["says"] = (
            (names << 32 | self._counted.spelled[names]) * _FLAGS
            + 2 * (self._had[names] >= _OFTEN)
            + np.asarray(rather_places)
        )
        return found
