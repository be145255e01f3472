"""Meanings: what do the names of all articles mean, and how often is each entity named?

Over arrays, for all articles at a time; the same as the canonicaliser says of one after the other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from indexer.entities.across_collection.article_names import ArticleNames
from indexer.entities.across_collection.collection_names import CorpusNames
from indexer.entities.across_collection.loops import counted, digests, most_named
from indexer.entities.across_collection.merging import FACET_KINDS
from indexer.entities.across_collection.whose_bodies import WhoseBodies
from indexer.entities.ragged import places_of, starts_of
from indexer.entities.recognition import ArticleName, Recognition
from indexer.entities.types import ArticleEntity, EntityKind, MentionSpan


@dataclass(slots=True, eq=False)
class Settled:
    """One entity, and what was counted of it."""

    entity_id: str
    kind: EntityKind
    label: str
    hidden: bool = False
    wikidata: str = ""
    articles: int = 0
    mentions: int = 0
    forms: dict[str, list[int]] = field(default_factory=dict)
    """As written → [mentions, articles]."""

    @property
    def is_shown(self) -> bool:
        """Is it in a facet? Peoples, events and what is hidden are not."""
        return not self.hidden and self.kind in FACET_KINDS


Meant = Settled | None


class Meanings:
    """What the names of all articles mean. Places of articles are those in `ArticleNames.ids`.

    Args:
        articles: all, sorted, their headlines looked at.
        names: of the collection.
        entities: by number in `names`.
        whose: see there.
        moved: (article, number in `names`) → what it means instead.
    """

    def __init__(
        self,
        articles: ArticleNames,
        names: CorpusNames,
        entities: Sequence[Settled],
        whose: WhoseBodies,
        moved: Mapping[tuple[str, int], int],
    ) -> None:
        self._articles = articles
        rows, heads = articles["rows"], articles["heads"]
        of_names = articles.numbers(names)
        self._starts = rows.starts() + heads.starts()
        self._row_places = places_of(self._starts[:-1], rows.lengths)
        head_places = places_of(self._starts[:-1] + rows.lengths, heads.lengths)
        numbers = np.empty(self._starts[-1], np.int32)
        numbers[self._row_places] = of_names[rows["name"]]
        numbers[head_places] = of_names[heads["name"]]
        if numbers.size and numbers.min() < 0:
            raise KeyError("an article has a name that was not observed before")
        self._settled, shown = _shown(entities)
        meant = self._moved(numbers, self._of_owners(numbers, whose), moved)
        self._entities = shown[meant]
        times = np.empty(self._starts[-1], np.int64)
        said = np.add.reduceat(articles["forms"]["count"], articles.first_forms(), dtype=np.int64)
        times[self._row_places] = rows["in_title"] + said
        times[head_places] = heads["count"]
        self._found = np.empty(len(times), np.int32)
        lengths = most_named(self._starts, self._entities, times, self._found)
        self._named = starts_of(lengths)
        self._times = times[: lengths.sum()]
        self._digests = np.empty((len(lengths), 2), np.uint64)
        digests(self._starts, self._entities, _told(self._settled), self._digests)
        self._replaced: dict[int, tuple[Sequence[ArticleName], Sequence[Meant]]] = {}

    def all_told(self) -> NDArray[np.uint64]:
        """Stands for what the names of each article mean, as far as its document shows it: a row
        an article.
        """
        return self._digests

    def named(self) -> tuple[NDArray[np.int64], NDArray[np.int32], Sequence[Settled]]:
        """The entities of all articles, each article's most mentioned first: where those of each
        begin, and the last ones end; their numbers; and entities by number.
        """
        return self._named, self._found[: self._named[-1]], self._settled

    def entities_of(self, article: int) -> tuple[ArticleEntity, ...]:
        """The entities of an article, most mentioned first."""
        places = slice(self._named[article], self._named[article + 1])
        found = zip(self._found[places].tolist(), self._times[places].tolist(), strict=True)
        return tuple(
            ArticleEntity(one.entity_id, one.kind, one.label, count)
            for number, count in found
            for one in (self._settled[number],)
        )

    def spans_of(self, article: int, recognition: Recognition) -> tuple[MentionSpan, ...]:
        """Where entities stand in the text of an article, of which this was recognized."""
        begin = self._starts[article]
        meant = self._entities[begin : begin + len(recognition.names)].tolist()
        return tuple(
            MentionSpan(start, end, self._settled[meant[index]].entity_id)
            for start, end, index in recognition.spans
            if meant[index] >= 0
        )

    def replace(self, article: int, names: Sequence[ArticleName], meant: Sequence[Meant]) -> None:
        """Has an article counted with other names: more were found when its text was read."""
        self._replaced[article] = names, meant

    def count(self) -> None:
        """Counts all articles for the directory. Call once, at the end."""
        entities = len(self._settled)
        sizes = np.diff(self._named)
        articles = np.repeat(np.arange(len(sizes)), sizes)
        is_left = np.ones(len(sizes), bool)
        is_left[list(self._replaced)] = False
        left = is_left[articles]
        found = self._found[: len(articles)][left]
        having = np.bincount(found, minlength=entities)
        mentions = np.zeros(entities, np.int64)
        np.add.at(mentions, found, self._times[left])
        more = self._more(having, mentions)
        for one, many, times in zip(self._settled, having.tolist(), mentions.tolist(), strict=True):
            one.articles, one.mentions = many, times
        self._count_forms(is_left, more)

    def _more(self, having: NDArray[np.int64], mentions: NDArray[np.int64]) -> _Said:
        """Counts the articles that have other names; returns the forms that these say."""
        numbers = {id(one): number for number, one in enumerate(self._settled)}
        said = _Said()
        for article, (names, meant) in sorted(self._replaced.items()):
            found = set()
            for name, entity in zip(names, meant, strict=True):
                if entity is None:
                    continue
                number = numbers[id(entity)]
                found.add(number)
                mentions[number] += name.count
                for form, count in name.forms:
                    text = self._articles.text_number(form)
                    said.add(article, number, text, count)
            for number in found:
                having[number] += 1
        return said

    def _count_forms(self, is_left: NDArray[np.bool_], more: _Said) -> None:
        rows, forms = self._articles["rows"], self._articles["forms"]
        columns = (
            forms.articles(),
            np.repeat(self._entities[self._row_places], rows["forms"]),
            forms["text"],
            forms["count"],
        )
        said = (columns[1] >= 0) & (columns[3] > 0) & is_left[columns[0]]
        told: list[NDArray[np.int64]] = [
            np.concatenate((column[said].astype(np.int64), np.array(new, np.int64)))
            for column, new in zip(columns, more.columns, strict=True)
        ]
        if more.columns[0]:
            order = np.argsort(told[0], kind="stable")
            told = [column[order] for column in told]
        articles, entities, texts, counts = told
        width = max(self._articles.texts, 1)
        pairs, first, slots = np.unique(
            entities * width + texts, return_index=True, return_inverse=True
        )
        mentions, having = np.zeros(len(pairs), np.int64), np.zeros(len(pairs), np.int64)
        counted(slots, articles, counts, mentions, having)
        whose, text = np.divmod(pairs, width)
        order = np.lexsort((first, whose))
        for entity, form, times, many in zip(
            *(one[order].tolist() for one in (whose, text, mentions, having)), strict=True
        ):
            self._settled[entity].forms[self._articles.text(form)] = [times, many]

    def _of_owners(self, numbers: NDArray[np.int32], whose: WhoseBodies) -> NDArray[np.int32]:
        """Of each row the number that it means, once it is told whose Senate is meant."""
        meant = numbers.copy()
        owned = np.zeros(int(numbers.max(initial=0)) + 1, bool)
        owned[[one for one in whose.lone if one < len(owned)]] = True
        owners = self._articles["owners"]
        starts = owners.starts()
        rows = np.flatnonzero(owned[numbers])
        articles = np.searchsorted(self._starts, rows, side="right") - 1
        for row, article in zip(rows.tolist(), articles.tolist(), strict=True):
            texts = map(self._articles.text, owners.of(article, "text", starts).tolist())
            counts = owners.of(article, "count", starts).tolist()
            meant[row] = whose.meant(int(numbers[row]), dict(zip(texts, counts, strict=True)))
        return meant

    def _moved(
        self,
        numbers: NDArray[np.int32],
        meant: NDArray[np.int32],
        moved: Mapping[tuple[str, int], int],
    ) -> NDArray[np.int32]:
        """The same after people split an entity by articles."""
        ids = self._articles.ids
        for (article_id, number), instead in moved.items():
            article = bisect_left(ids, article_id)
            if article < len(ids) and ids[article] == article_id:
                rows = slice(self._starts[article], self._starts[article + 1])
                meant[rows][numbers[rows] == number] = instead
        return meant


class _Said:
    """Forms said by articles: article, number of the entity, number of the text, how often."""

    def __init__(self) -> None:
        self.columns: tuple[list[int], list[int], list[int], list[int]] = ([], [], [], [])

    def add(self, *row: int) -> None:
        """Adds one that is said."""
        if row[-1]:
            for column, value in zip(self.columns, row, strict=True):
                column.append(value)


def _shown(entities: Sequence[Settled]) -> tuple[list[Settled], NDArray[np.int32]]:
    """Each entity that is shown, once; and by number of a name the place of its entity there, -1
    for none.
    """
    unique: dict[int, int] = {}
    shown: list[Settled] = []
    places = np.empty(len(entities), np.int32)
    for number, one in enumerate(entities):
        place = unique.get(id(one))
        if place is None:
            place = unique[id(one)] = len(shown) if one.is_shown else -1
            if place >= 0:
                shown.append(one)
        places[number] = place
    return shown, places


def _told(settled: Sequence[Settled]) -> NDArray[np.uint64]:
    """What stands for each entity, as documents show it; at the end, for none."""
    shown = b"".join(
        blake2b(
            repr((one.entity_id, one.kind, one.label)).encode("utf-8", "surrogatepass"),
            digest_size=16,
        ).digest()
        for one in settled
    )
    return np.frombuffer(shown + bytes(16), np.uint64).reshape(-1, 2)
