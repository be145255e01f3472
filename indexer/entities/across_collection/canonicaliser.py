"""Canonicaliser: which entity does each name of each article mean? Two passes over cached
recognitions.

The first pass counts the collection's names; `settle` decides, people's decisions first; the
second pass gives every article its entities. No text is read, so that a decision about 100,000
articles takes seconds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.clusters import Clusters
from indexer.entities.across_collection import decided_names, merging
from indexer.entities.across_collection.article_names import ArticleNames, NamedArticle
from indexer.entities.across_collection.collection_names import CorpusName, CorpusNames
from indexer.entities.across_collection.decided_names import AliasFinder
from indexer.entities.across_collection.headline_names import HeadlineNames
from indexer.entities.across_collection.headlines import Headlines
from indexer.entities.across_collection.meanings import Meanings, Meant, Settled
from indexer.entities.across_collection.name_facts import NameFacts, all_facts
from indexer.entities.across_collection.romanized import Spellings
from indexer.entities.across_collection.towns_named import TownsNamed
from indexer.entities.across_collection.transliteration import Transliterations
from indexer.entities.across_collection.whose_bodies import WhoseBodies, owners_named
from indexer.entities.authority.decisions import Action
from indexer.entities.authority.record import Authority
from indexer.entities.directory.writer import NamedEntity, write_directory
from indexer.entities.names.known import Called, kind_of, label_of
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
        self._before: dict[str, int] = {}
        """Id that an entity had before → in how many articles it was."""
        self._names = CorpusNames()
        self._entities: list[Settled] = []  # by number of a name
        self._alias_finder = AliasFinder(())
        self._whose = WhoseBodies(self._names, {}, lambda _lone, _owned: False)
        self._spellings = Spellings()
        self._facts_of: Callable[[CorpusNames], list[NameFacts]] = all_facts
        self._moved: dict[tuple[str, int], int] = {}
        self._aliases: dict[str, list[str]] = defaultdict(list)

    def observe(self, article_id: str, recognition: Recognition) -> None:
        """First pass: counts the names of one article. Any order; each article once."""
        del article_id  # names are counted, wherever they stand
        self._names.observe(recognition.names)

    def know(self, articles: ArticleNames) -> None:
        """First pass, in place of `observe`: the names of all articles."""
        self._names, self._facts_of = articles.corpus_names(), articles.facts
        self._spellings = articles.spellings

    def settle(self) -> None:
        """Decides what is one. Call once, between the passes."""
        facts = self._facts_of(self._names)
        self._alias_finder = AliasFinder(decided_names.aliases(self._names, self._authority))
        split_off = decided_names.split_off(self._names, self._authority)
        self._moved = {place: number for one in split_off for place, number in one.moved.items()}
        clusters = Clusters(len(self._names.names))
        decided_names.decide(self._names, self._authority, clusters, split_off)
        facts += all_facts(self._names, after=len(facts))
        merging.merge(self._names, facts, self._spellings, clusters)
        self._entities = self._settled(facts, clusters)
        for departure in split_off:
            if departure.label and departure.leaving:
                self._entities[departure.leaving[0]].label = departure.label
        self._amend()
        decided = {one for decision in self._authority.standing for one in decision.entities}
        self._whose = WhoseBodies(
            self._names,
            {number: one.owned for number, one in enumerate(facts) if one.owned},
            lambda lone, owned: (
                clusters.may_join(lone, owned) and self._names.names[lone].entity_id not in decided
            ),
        )

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
            recognition = self._alias_finder.added_to(recognition, text)
            recognition = self._transliterations.added_to(recognition, text)
            recognition = self._towns_named.added_to(recognition, text, language)
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

        articles.look_at_headlines(self._headline_names, new, read, added)
        return Meanings(articles, self._names, self._entities, self._whose, self._moved)

    def with_headline(
        self, names: Sequence[ArticleName], title: str, *, language: str
    ) -> tuple[ArticleName, ...]:
        """The names of an article's text, and behind them those that its headline alone has."""
        return self._headlines.added_to(names, title, language=language)

    def reads_texts(self, *, in_other_letters: bool) -> bool:
        """Whether names of the collection are sought in a text that is not English."""
        return self._alias_finder.finds or (
            in_other_letters and (self._transliterations.finds or self._towns_named.finds)
        )

    def _count(self, read: Read) -> tuple[ArticleEntity, ...]:
        """Counts an article for the directory; returns its entities."""
        counts: Counter[int] = Counter()
        forms: dict[tuple[int, str], int] = {}
        found: dict[int, Settled] = {}
        for name, entity in zip(read.names, read.meant, strict=True):
            if entity is None:
                continue
            counts[id(entity)] += name.count
            found[id(entity)] = entity
            for form, count in name.forms:
                if not count:
                    continue  # a Latin name that this text has in Cyrillic only
                key = (id(entity), form)
                forms[key] = forms.get(key, 0) + count
        for (number, form), count in forms.items():
            seen = found[number].forms.setdefault(form, [0, 0])
            seen[0] += count
            seen[1] += 1
        for number, count in counts.items():
            found[number].articles += 1
            found[number].mentions += count
        return read.entities()

    def write_directory(self, path: Path, *, base: Path | None = None) -> None:
        """Writes the entities that were resolved, with their counts, to `path`.

        Args:
            base: see `indexer.entities.directory.writer`.
        """
        unique = {entity.entity_id: entity for entity in self._entities if entity.articles}
        redirects = {
            name.entity_id: entity.entity_id
            for name, entity in zip(self._names.names, self._entities, strict=True)
            if entity.articles and name.entity_id != entity.entity_id
        }
        write_directory(
            path,
            (
                NamedEntity(
                    entity.entity_id,
                    entity.kind,
                    entity.label,
                    entity.wikidata,
                    entity.articles,
                    entity.mentions,
                    {form: (mentions, articles) for form, (mentions, articles) in forms},
                    tuple(self._aliases[entity.entity_id]),
                )
                for entity in unique.values()
                for forms in [entity.forms.items()]
            ),
            redirects,
            base=base,
        )

    @cached_property
    def _transliterations(self) -> Transliterations:
        """Made when the first text asks that is not English."""
        return Transliterations(
            (name.spelling, entity.entity_id)
            for name, entity in zip(self._names.names, self._entities, strict=True)
            if name.kind is EntityKind.PERSON is entity.kind and not entity.hidden
        )

    @cached_property
    def _towns_named(self) -> TownsNamed:
        """Made when the first text asks that is not English."""
        places = [
            (name, entity)
            for name, entity in zip(self._names.names, self._entities, strict=True)
            if name.kind is EntityKind.PLACE is entity.kind and not entity.hidden
        ]
        places.sort(key=lambda one: (-one[0].articles, one[0].key))
        return TownsNamed((name.spelling, entity.entity_id) for name, entity in places)

    @cached_property
    def _headlines(self) -> Headlines:
        return Headlines(self._headline_names)

    @cached_property
    def _headline_names(self) -> HeadlineNames:
        """What headlines are told of the collection."""
        return HeadlineNames(self._names, self._shown_as)

    def _shown_as(self, number: int) -> str:
        """The id of the entity that a name means; "" of one that no facet shows."""
        entity = self._entities[number]
        return entity.entity_id if entity.is_shown else ""

    def _meant(self, article_id: str, name: ArticleName, owners: Mapping[str, int]) -> Meant:
        number = self._names.number(name.kind, name.full)
        if number is None:
            raise KeyError(f"{name.full!r} of article {article_id} was not observed before")
        number = self._moved.get((article_id, number), self._whose.meant(number, owners))
        entity = self._entities[number]
        return entity if entity.is_shown else None

    def _settled(self, facts: Sequence[NameFacts], clusters: Clusters) -> list[Settled]:
        """By number of a name its entity."""
        roots = clusters.roots()
        several: dict[int, list[int]] = {}
        for number, root in enumerate(roots):
            if root != number:
                several.setdefault(root, [root]).append(number)
        names = self._names.names
        if self._previous is not None:
            ids = [names[number].entity_id for members in several.values() for number in members]
            self._before = self._previous.articles(ids)
        entities: dict[int, Settled] = {}
        for number, root in enumerate(roots):
            if root != number:
                continue
            one = facts[number]
            if number in several:
                entities[number] = self._entity(several[number], facts)
            elif names[number].nobodys:
                entities[number] = self._entity([number], facts)
            else:
                entities[number] = Settled(one.entity_id, one.kind, one.label)
        return [entities[root] for root in roots]

    def _entity(self, members: list[int], facts: Sequence[NameFacts]) -> Settled:
        names = [self._names.names[number] for number in members]
        chief = max(names, key=lambda name: (name.articles, len(name.key), name.key))
        kind = kind_of(names, chief)
        called = [
            Called(self._names.names[number], facts[number].ours, facts[number].is_english)
            for number in members
        ]
        return Settled(self._id_of(names, chief), kind, label_of(called, kind))

    def _id_of(self, names: list[CorpusName], chief: CorpusName) -> str:
        """The id that one of the names had before; else that of the chief name."""
        kept = [
            (self._before[name.entity_id], name.entity_id)
            for name in names
            if name.entity_id in self._before
        ]
        return max(kept)[1] if kept else chief.entity_id

    def _amend(self) -> None:
        """Applies what people decided about whole entities."""
        about = {decision.entities[0] for decision in self._authority.standing if decision.entities}
        by_id = {
            name.entity_id: number
            for number, name in enumerate(self._names.names if about else ())
            if name.entity_id in about
        }
        for decision in self._authority.standing:
            number = by_id.get(decision.entities[0]) if decision.entities else None
            if number is None:
                continue
            entity = self._entities[number]
            match decision.action:
                case Action.MERGE:
                    entity.entity_id = decision.entities[0]
                case Action.RENAME:
                    entity.label = decision.value
                case Action.KIND:
                    entity.kind = EntityKind(decision.value)
                case Action.HIDE:
                    entity.hidden = True
                case Action.WIKIDATA:
                    entity.wikidata = decision.value
                case Action.ALIAS:
                    self._aliases[entity.entity_id].append(decision.value)
                case _:
                    pass
