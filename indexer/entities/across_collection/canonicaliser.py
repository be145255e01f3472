"""Canonicaliser: which entity does each name of each article mean? Two passes over cached
recognitions.

The first pass counts the collection's names; `settle` decides, people's decisions first; the
second pass gives every article its entities. No text is read, so that a decision about 100,000
articles takes seconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.entities.across_collection.article_names import (
    ArticleNames,
    NamedArticle,
    differing_keys,
)
from indexer.entities.across_collection.collection_names import id_of_number
from indexer.entities.across_collection.headline_names import HeadlineNames
from indexer.entities.across_collection.headlines import Headlines
from indexer.entities.across_collection.meanings import Meanings
from indexer.entities.across_collection.named_again.bodies_again import BodiesAgain
from indexer.entities.across_collection.named_again.places_again import PlacesAgain
from indexer.entities.across_collection.named_again.run_together import RunTogether
from indexer.entities.across_collection.named_again.towns_named import TownsNamed
from indexer.entities.across_collection.named_again.transliteration import Transliterations
from indexer.entities.across_collection.named_again.written_alike import WrittenAlike
from indexer.entities.across_collection.settling import Settling
from indexer.entities.across_collection.whose_bodies import owners_named
from indexer.entities.authority.record import Authority
from indexer.entities.directory.writer import Changed, NamedEntity, write_directory
from indexer.entities.kept.names import KINDS
from indexer.entities.kept.settled import Meant, Settled
from indexer.entities.recognition import ArticleName, Recognition
from indexer.entities.types import ArticleEntity, EntityDirectory, EntityKind, MentionSpan


class Read(NamedTuple):
    """What the names of one article mean.

    Attributes:
        names: those of its text, and behind them those that its headline alone has.
        meant: what each means; None for nothing that a document shows.
        spans: where the entities stand in its text.
    """

    names: tuple[ArticleName, ...]
    meant: list[Meant]
    spans: tuple[MentionSpan, ...]

    def entities(self) -> tuple[ArticleEntity, ...]:
        """The entities, most mentioned first."""
        counts: Counter[str] = Counter()
        found: dict[str, Settled] = {}
        for name, entity in zip(self.names, self.meant, strict=True):
            if entity is not None:
                counts[entity.entity_id] += name.count
                found[entity.entity_id] = entity
        return tuple(
            ArticleEntity(entity_id, found[entity_id].kind, found[entity_id].label, count)
            for entity_id, count in counts.most_common()
        )


class Canonicaliser:
    """Gives names their entities.

    Args:
        authority: what people have decided.
        previous: the directory of the generation before: an entity keeps the id that it had there.
    """

    def __init__(self, authority: Authority, *, previous: EntityDirectory | None = None) -> None:
        self._authority = authority
        self._previous = previous
        self._articles = ArticleNames(by_id=False)
        self._meanings: Meanings | None = None

    def observe(self, article_id: str, recognition: Recognition) -> None:
        """First pass: counts the names of one article. Any order; each article once."""
        self._articles.put(_Observed(article_id, recognition.names))

    def know(self, articles: ArticleNames) -> None:
        """First pass, in place of `observe`: the names of all articles."""
        self._articles = articles

    def settle(self) -> None:
        """Decides what is one. Call once, between the passes."""
        if not self._articles.is_sorted:
            self._articles.sort()
        self._settled = Settling(self._articles, self._authority, self._previous)

    def resolve(
        self,
        article_id: str,
        recognition: Recognition,
        *,
        title: str = "",
        text: str = "",
        language: str = "en",
    ) -> tuple[tuple[ArticleEntity, ...], tuple[MentionSpan, ...]]:
        """Second pass: the entities of one article, most mentioned first, and where they stand.

        The article is counted for the directory. Arguments as of `read`.
        """
        found = self.read(article_id, recognition, title=title, text=text, language=language)
        return self._count(found), found.spans

    def read(
        self,
        article_id: str,
        recognition: Recognition,
        *,
        title: str = "",
        text: str = "",
        language: str = "en",
    ) -> Read:
        """What the names of one article mean. Peoples, events and hidden entities mean nothing.

        Args:
            title, text, language: of the article; in a text that is not English, aliases that
                people gave, and persons and places of the collection in other letters, are sought
                too.
        """
        owners = owners_named(recognition.names)
        if language != "en":
            recognition = self._settled.alias_finder.added_to(recognition, text)
            recognition = self._run_together.parted_in(recognition, text)
            recognition = self._written_alike.added_to(recognition, text, language)
            recognition = self._transliterations.added_to(recognition, text)
            recognition = self._towns_named.added_to(recognition, text, language)
            recognition = self._places_again.added_to(recognition, text, language)
            recognition = self._bodies_again.added_to(recognition, text, language)
            owners = owners_named(recognition.names)
        names = self.with_headline(recognition.names, title, language=language)
        meant = [self._meant(article_id, name, owners) for name in names]
        spans = tuple(
            MentionSpan(start, end, entity.entity_id)
            for start, end, index in recognition.spans
            if (entity := meant[index]) is not None
        )
        return Read(names, meant, spans)

    def meanings(
        self,
        articles: ArticleNames,
        new: NDArray[np.int64],
        read: Callable[[Sequence[str]], Iterable[NamedArticle]],
    ) -> Meanings:
        """Second pass: what the names of all articles mean, with those of their headlines.

        Args:
            new: places of articles whose headlines were not looked at.
            read: gives some by id, in order.
        """

        def added(one: NamedArticle) -> Sequence[ArticleName]:
            names = self.with_headline(one.names, one.title, language=one.language)
            return names[len(one.names) :]

        articles.look_at_headlines(self._headline_names.said, new, read, added)
        self._meanings = Meanings(
            articles, self._settled.entities, self._settled.whose, self._settled.moved
        )
        return self._meanings

    def with_headline(
        self, names: Sequence[ArticleName], title: str, *, language: str
    ) -> tuple[ArticleName, ...]:
        """The names of an article's text, and behind them those that its headline alone has."""
        return self._headlines.added_to(names, title, language=language)

    def reads_texts(self, *, in_other_letters: bool) -> bool:
        """Whether names of the collection are sought in a text that is not English."""
        return self._settled.alias_finder.finds or (
            in_other_letters
            and (
                self._transliterations.finds
                or self._towns_named.finds
                or self._places_again.finds
                or self._written_alike.finds
                or self._bodies_again.finds
            )
        )

    def _count(self, read: Read) -> tuple[ArticleEntity, ...]:
        """Counts an article for the directory; returns its entities."""
        counts: Counter[int] = Counter()
        forms: dict[tuple[int, str], int] = {}
        found: dict[int, Settled] = {}
        for name, entity in zip(read.names, read.meant, strict=True):
            if entity is None:
                continue
            counts[entity.number] += name.count
            found[entity.number] = entity
            for form, count in name.forms:
                if not count:
                    continue  # a Latin name that this text has in Cyrillic only
                key = (entity.number, form)
                forms[key] = forms.get(key, 0) + count
        for (number, form), count in forms.items():
            seen = found[number].forms.setdefault(form, [0, 0])
            seen[0] += count
            seen[1] += 1
        for number, count in counts.items():
            found[number].articles += 1
            found[number].mentions += count
        return read.entities()

    def write_directory(self, path: Path, *, base: Path | None = None) -> frozenset[str] | None:
        """Writes the entities that were resolved, with their counts, to `path`.

        Args:
            base: see `indexer.entities.directory.writer`; the directory of the generation before.

        Returns:
            ids of those that differ from the ones in `base`; None without it.
        """
        meanings, articles = self._meanings, self._articles
        if meanings is None:
            write_directory(path, self._resolved(), self._redirects().items())
            return None
        entities, redirects = meanings.directory(), meanings.redirects()
        changed = None
        if base is not None:
            differing = differing_keys(articles.entities, entities)
            old = differing_keys(articles.redirects, redirects)
            changed = Changed(
                len(entities),
                [id_of_number(one) for one in differing.tolist()],
                list(meanings.named_entities(differing)),
                [id_of_number(one) for one in old.tolist()],
                list(_pairs(redirects[np.isin(redirects["id"], old)])),
            )
        write_directory(
            path, meanings.named_entities(), _pairs(redirects), base=base, changed=changed
        )
        articles.entities, articles.redirects = entities, redirects
        return None if changed is None else frozenset(changed.entity_ids)

    def _resolved(self) -> Iterator[NamedEntity]:
        """The entities of the articles that were resolved."""
        for entity in self._settled.entities.made():
            if entity.articles:
                forms = entity.forms.items()
                yield entity.named(
                    entity.articles,
                    entity.mentions,
                    {form: (mentions, articles) for form, (mentions, articles) in forms},
                )

    def _redirects(self) -> dict[str, str]:
        """Ids that these could have had → the ones that they have."""
        ids = self._articles.names.columns["id"]
        return {
            old: entity.entity_id
            for number in self._settled.entities.names.tolist()
            if (entity := self._settled.entities.of(number)) is not None and entity.articles
            if (old := id_of_number(int(ids[number]))) != entity.entity_id
        }

    @cached_property
    def _transliterations(self) -> Transliterations:
        """Made when the first text asks that is not English."""
        return Transliterations(self._persons)

    @cached_property
    def _persons(self) -> list[tuple[str, str]]:
        """The names of persons, but those that run into a place, and what they mean."""
        named = (
            (self._spelling(number), entity_id)
            for number, entity_id in self._shown_of(EntityKind.PERSON)
        )
        return [one for one in named if not self._run_together.person(one[0])]

    @cached_property
    def _run_together(self) -> RunTogether:
        """Made when the first text asks that is not English."""
        persons = self._shown_of(EntityKind.PERSON)
        return RunTogether(
            (self._spelling(number) for number, _ in persons),
            (name for name, _ in self._places),
        )

    @cached_property
    def _places(self) -> list[tuple[str, str]]:
        """The names of places, the most usual first, and what they mean."""
        return self._usual_first(EntityKind.PLACE)

    def _usual_first(self, kind: EntityKind) -> list[tuple[str, str]]:
        """The names of one kind, the most usual first, and what they mean."""
        columns, texts = self._articles.names.columns, self._articles.texts
        names = sorted(
            self._shown_of(kind),
            key=lambda one: (
                -self._settled.counted.articles[one[0]],
                texts[columns["key"][one[0]]],
            ),
        )
        return [(self._spelling(number), entity_id) for number, entity_id in names]

    @cached_property
    def _towns_named(self) -> TownsNamed:
        """Made when the first text asks that is not English."""
        return TownsNamed(self._places)

    @cached_property
    def _places_again(self) -> PlacesAgain:
        """Made when the first text asks that is not English."""
        return PlacesAgain(self._places)

    @cached_property
    def _written_alike(self) -> WrittenAlike:
        """Made when the first text asks that is not English."""
        bodies = (
            (self._spelling(number), EntityKind.ORG, entity_id)
            for number, entity_id in self._shown_of(EntityKind.ORG)
        )
        persons = ((name, EntityKind.PERSON, entity_id) for name, entity_id in self._persons)
        return WrittenAlike(chain(persons, bodies))

    @cached_property
    def _bodies_again(self) -> BodiesAgain:
        """Made when the first text asks that is not English."""
        return BodiesAgain(name for name, _ in self._usual_first(EntityKind.ORG))

    def _spelling(self, number: int) -> str:
        return self._articles.texts[int(self._settled.counted.spelled[number])]

    def _shown_of(self, kind: EntityKind) -> list[tuple[int, str]]:
        """The names of one kind whose entities are of it and are shown, and the entities' ids."""
        entities, which = self._settled.entities, KINDS.index(kind)
        names = entities.names[self._articles.names.columns["kind"][entities.names] == which]
        of_names = entities.of_names[names]
        is_one = of_names >= 0
        is_one[is_one] = entities.kinds()[of_names[is_one]] == which
        return [
            (number, id_of_number(entity))
            for number, entity in zip(
                names[is_one].tolist(), entities.ids[of_names[is_one]].tolist(), strict=True
            )
        ]

    @cached_property
    def _headlines(self) -> Headlines:
        return Headlines(self._headline_names)

    @cached_property
    def _headline_names(self) -> HeadlineNames:
        """What headlines are told of the collection."""
        return HeadlineNames(self._articles, self._settled.counted, self._settled.entities)

    def _meant(self, article_id: str, name: ArticleName, owners: Mapping[str, int]) -> Meant:
        number = self._settled.number(name.kind, name.full)
        if number < 0:
            raise KeyError(f"{name.full!r} of article {article_id} was not observed before")
        number = self._settled.moved.get(
            (article_id, number), self._settled.whose.meant(number, owners)
        )
        return self._settled.entities.of(number)


class _Observed(NamedTuple):
    """An article of which nothing but names is known."""

    article_id: str
    names: tuple[ArticleName, ...]
    owners: Mapping[str, int] = {}
    title: str = ""
    language: str = "en"


def _pairs(redirects: NDArray[np.void]) -> Iterator[tuple[str, str]]:
    for old, new in zip(redirects["id"].tolist(), redirects["says"].tolist(), strict=True):
        yield id_of_number(old), id_of_number(new)
