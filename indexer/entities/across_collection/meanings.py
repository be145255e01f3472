"""Meanings: what do the names of all articles mean, and how often is each entity named?

Over arrays, for all articles at a time; the same as the canonicaliser says of one after the other.
Entities have numbers here, in the order in which their names were first seen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.document import Meaning, Renamed
from indexer.entities.across_collection.article_names import PRIMES, TOLD, ArticleNames, mixed
from indexer.entities.across_collection.whose_bodies import WhoseBodies
from indexer.entities.directory.writer import NamedEntity
from indexer.entities.kept.loops import counted, digests, most_named
from indexer.entities.kept.settled import Entities, Meant
from indexer.entities.ragged import first_of_each, places_of, starts_of
from indexer.entities.recognition import ArticleName, Recognition
from indexer.entities.types import ArticleEntity, MentionSpan

_FORMS_AT_ONCE = 1 << 17


class Meanings:
    """What the names of all articles mean. Places of articles are those in `ArticleNames.ids`.

    Args:
        articles: all, sorted, their headlines looked at.
        entities: what names mean.
        whose: see there.
        moved: (article, number of a name) → what it means instead.
    """

    def __init__(
        self,
        articles: ArticleNames,
        entities: Entities,
        whose: WhoseBodies,
        moved: Mapping[tuple[str, int], int],
    ) -> None:
        self._articles = articles
        self._settled = entities
        rows, heads = articles["rows"], articles["heads"]
        self._starts = rows.starts() + heads.starts()
        self._row_places = places_of(self._starts[:-1], rows.lengths).astype(np.int32)
        head_places = places_of(self._starts[:-1] + rows.lengths, heads.lengths)
        numbers = np.empty(self._starts[-1], np.int32)
        numbers[self._row_places] = rows["name"]
        numbers[head_places] = heads["name"]
        is_known = np.zeros(len(entities.of_names), bool)
        is_known[entities.names] = True
        if not is_known[numbers].all():
            raise KeyError("an article has a name that was not observed before")
        self._entities = entities.of_names[
            self._moved(numbers, self._of_owners(numbers, whose), moved)
        ]
        del is_known, numbers  # as large as all that is kept of names
        times = np.empty(self._starts[-1], np.int32)
        times[self._row_places] = rows["in_title"] + np.add.reduceat(
            articles["forms"]["count"], articles.first_forms()
        )
        times[head_places] = heads["count"]
        del head_places
        self._found = np.empty(len(times), np.int32)
        lengths = most_named(self._starts, self._entities, times, self._found)
        self._named = starts_of(lengths)
        self._times = times[: lengths.sum()].copy()
        self._digests = np.empty((len(lengths), 2), np.uint64)
        digests(self._starts, self._entities, entities.told(), self._digests)
        self._replaced: dict[int, tuple[Sequence[ArticleName], Sequence[Meant]]] = {}

    def all_told(self) -> NDArray[np.uint64]:
        """Stands for what the names of each article mean, as far as its document shows it: a row
        an article.
        """
        return self._digests

    def renamed(self, article_ids: Sequence[str], articles: NDArray[np.int64]) -> Renamed:
        """What the names of some articles mean.

        Args:
            article_ids: of all articles.
            articles: their places.
        """
        sizes = np.diff(self._named)[articles]
        places = places_of(self._named[articles], sizes)
        lengths = self._articles["rows"].lengths[articles]
        names = self._entities[places_of(self._starts[articles], lengths)]
        used, numbers = np.unique(self._found[places], return_inverse=True)
        of = np.full(len(self._settled) + 1, -1, np.int64)
        of[used] = np.arange(len(used))
        return Renamed(
            [article_ids[article] for article in articles.tolist()],
            [Meaning(*told) for told in self._settled.shown(used)],
            starts_of(sizes),
            numbers,
            self._times[places],
            starts_of(lengths),
            of[names],
        )

    def named(self) -> tuple[NDArray[np.int64], NDArray[np.int32], Entities]:
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
        is_left = np.ones(len(sizes), bool)
        is_left[list(self._replaced)] = False
        found = self._found[: self._named[-1]]
        times = self._times
        if self._replaced:
            left = np.repeat(is_left, sizes)
            found, times = found[left], times[left]
        self.having = np.bincount(found, minlength=entities)
        self.mentions = np.zeros(entities, np.int64)
        np.add.at(self.mentions, found, times)
        self._count_forms(is_left, self._more())
        # An id is taken over from a generation that has the entity: the next time this one may not.
        having = np.append(self.having, 0)[self._settled.of_names]
        self._articles.names.forget_settled(having == 0)

    def _more(self) -> _Said:
        """Counts the articles that have other names; returns the forms that these say."""
        said = _Said()
        for article, (names, meant) in sorted(self._replaced.items()):
            found = set()
            for name, entity in zip(names, meant, strict=True):
                if entity is None:
                    continue
                found.add(entity.number)
                self.mentions[entity.number] += name.count
                for form, count in name.forms:
                    said.add(article, entity.number, self._articles.texts.number(form), count)
            self.having[list(found)] += 1
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
        entities = len(self._settled)
        ends = np.cumsum(np.bincount(columns[1][said], minlength=entities))
        last = int(ends[-1]) if entities else 0
        # As many at a time as fit into little memory, those of one entity together.
        begins = np.searchsorted(ends, np.arange(0, last, _FORMS_AT_ONCE))
        begins = np.unique(np.append(begins, 0))
        parts = [
            self._forms_of(columns, said, more, begin, end)
            for begin, end in pairwise([*begins.tolist(), entities])
        ]
        self._forms = tuple(np.concatenate(part) for part in zip(*parts, strict=True))

    def _forms_of(
        self,
        columns: Sequence[NDArray[np.int32]],
        is_said: NDArray[np.bool_],
        more: _Said,
        begin: int,
        end: int,
    ) -> Sequence[NDArray[np.int64]]:
        """The forms of some entities, the first of which `begin` is: whose each is, its text, a
        number that is the smaller the earlier it was said, how often it was, and in how many
        articles.
        """
        chosen = np.flatnonzero(is_said & (columns[1] >= begin) & (columns[1] < end))
        told: list[NDArray[np.int32]] = [column[chosen] for column in columns]
        if more.columns[0]:
            others = [more.column(at) for at in range(len(columns))]
            own = (others[1] >= begin) & (others[1] < end)
            told = [np.append(one, other[own]) for one, other in zip(told, others, strict=True)]
            order = np.argsort(told[0], kind="stable")
            told = [column[order] for column in told]
        articles, entities, texts, counts = told
        width = max(len(self._articles.texts), 1)
        said_so = entities.astype(np.int64) * width + texts
        pairs, first, slots = first_of_each(said_so)
        mentions, having = np.zeros(len(pairs), np.int64), np.zeros(len(pairs), np.int64)
        counted(slots, articles, counts, mentions, having)
        return (*np.divmod(pairs, width), first, mentions, having)

    def directory(self) -> NDArray[np.void]:
        """What stands for all that the directory says of each entity that articles name, by id."""
        whose, texts, _, mentions, having = self._forms
        hashes = self._articles.texts.columns()["hash"][texts]
        says = self._settled.told()[:-1, 0].copy()
        prime = PRIMES[0]
        says += mixed([self.having, self.mentions], prime)
        np.add.at(says, whose, mixed([hashes, mentions, having], prime))
        for number, said in self._settled.more_said():
            says[number] ^= said
        found = np.empty(len(says), TOLD)
        found["id"], found["says"] = self._settled.ids, says
        found = found[self.having > 0]
        return found[np.argsort(found["id"])]

    def redirects(self) -> NDArray[np.void]:
        """The ids that entities of articles could have had, and the id that each has."""
        names = self._settled.names
        numbers = self._settled.of_names[names]
        of = np.where(numbers >= 0, numbers, 0)
        own = self._articles.names.columns["id"][names]
        if not len(self._settled):
            return np.empty(0, TOLD)
        is_one = (numbers >= 0) & (self.having[of] > 0) & (own != self._settled.ids[of])
        found = np.empty(int(is_one.sum()), TOLD)
        found["id"], found["says"] = own[is_one], self._settled.ids[of[is_one]]
        return found[np.argsort(found["id"])]

    def named_entities(self, ids: NDArray[np.uint64] | None = None) -> Iterator[NamedEntity]:
        """The entities that articles name, as the directory has them, or some of them by id."""
        chosen = self.having > 0
        if ids is not None:
            chosen &= np.isin(self._settled.ids, ids)
        numbers = np.flatnonzero(chosen)
        whose, *forms = self._forms
        begins = np.searchsorted(whose, numbers).tolist()
        ends = np.searchsorted(whose, numbers, side="right").tolist()
        for number, begin, end in zip(numbers.tolist(), begins, ends, strict=True):
            texts, first, mentions, having = (one[begin:end].tolist() for one in forms)
            seen = sorted(zip(first, texts, mentions, having, strict=True))
            yield self._settled[number].named(
                int(self.having[number]),
                int(self.mentions[number]),
                {self._articles.texts[text]: (times, many) for _, text, times, many in seen},
            )

    def _of_owners(self, numbers: NDArray[np.int32], whose: WhoseBodies) -> NDArray[np.int32]:
        """Of each row the number that it means, once it is told whose Senate is meant."""
        meant = numbers.copy()
        owned = np.zeros(int(numbers.max(initial=0)) + 1, bool)
        owned[[one for one in whose.lone if one < len(owned)]] = True
        owners = self._articles["owners"]
        starts = owners.starts()
        rows = np.flatnonzero(owned[numbers])
        articles = np.searchsorted(self._starts, rows, side="right") - 1
        said = {one: self._articles.texts[one] for one in np.unique(owners["text"]).tolist()}
        begins, ends = starts[articles].tolist(), starts[articles + 1].tolist()
        texts, counts = owners["text"].tolist(), owners["count"].tolist()
        for row, number, begin, end in zip(
            rows.tolist(), numbers[rows].tolist(), begins, ends, strict=True
        ):
            if begin < end:
                own = zip(texts[begin:end], counts[begin:end], strict=True)
                meant[row] = whose.meant(number, {said[one]: count for one, count in own})
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

    def column(self, at: int) -> NDArray[np.int32]:
        """One of them."""
        return np.array(self.columns[at], np.int32)

    def add(self, *row: int) -> None:
        """Adds one that is said."""
        if row[-1]:
            for column, value in zip(self.columns, row, strict=True):
                column.append(value)
