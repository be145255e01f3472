"""Settling: which names of a collection are one, and what is that called? Once for those that hang
together by anything that changed.

Names hang together that share what any rule of `merging` looks at. Where those and all that is
known of them are what they were in the generation before, they mean what they meant there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.clusters import Clusters
from indexer.entities.across_collection import decided_names, merging
from indexer.entities.across_collection.article_names import ArticleNames, Counted
from indexer.entities.across_collection.collection_names import (
    CorpusName,
    CorpusNames,
    id_of_number,
    number_of_id,
)
from indexer.entities.across_collection.decided_names import AliasFinder
from indexer.entities.across_collection.name_facts import NameFacts, all_facts
from indexer.entities.across_collection.whose_bodies import WhoseBodies
from indexer.entities.authority.decisions import Action
from indexer.entities.authority.record import Authority
from indexer.entities.kept.links import as_romanized, links_of, romanized
from indexer.entities.kept.loops import hang_together
from indexer.entities.kept.names import KINDS, OWNED
from indexer.entities.kept.settled import Entities, Settled
from indexer.entities.names.known import Called, kind_of, label_of
from indexer.entities.names.spelling import plain
from indexer.entities.types import EntityDirectory, EntityKind


class Settling:
    """What the names of all articles mean.

    Args:
        articles: sorted; what is settled is kept with their names.
        authority: what people have decided.
        previous: see `Canonicaliser`.

    Attributes:
        counted: the names, and behind them those that decisions need.
        entities: what they mean.
        whose: the bodies that they mean in single articles.
        moved: (article, number of a name) → the one that it means instead.
        alias_finder: finds the aliases that people gave.
    """

    def __init__(
        self, articles: ArticleNames, authority: Authority, previous: EntityDirectory | None
    ) -> None:
        self._articles = articles
        self._authority = authority
        self._previous = previous
        self.moved: dict[tuple[str, int], int] = {}
        self._before: dict[str, int] = {}
        """Id that an entity had before → in how many articles it was."""
        names = articles.names
        if previous is None:
            names.forget_settled()
        counted = articles.counted()
        together, is_decided, places = self._to_settle(counted)
        numbers = counted.order[places]
        corpus = CorpusNames(articles.corpus_names(places, counted))
        facts = [
            names.facts(number, name)
            for number, name in zip(numbers.tolist(), corpus.names, strict=True)
        ]
        clusters, entities = self._settled_names(corpus, facts)
        more = corpus.names[len(numbers) :]
        numbers = np.append(numbers, [names.number(one.kind, one.key) for one in more]).astype(int)
        names.made()
        for number, name in zip(numbers[len(places) :].tolist(), more, strict=True):
            names.facts(number, name)
        self.moved = {(one, numbers[own]): numbers[new] for (one, own), new in self.moved.items()}
        self._keep(numbers, clusters.roots(), entities)
        names.columns["together"] = 0
        names.columns["together"][counted.order[~is_decided]] = together[~is_decided]
        order = np.append(counted.order, numbers[len(places) :])
        spelled = {
            number: articles.texts.number(name.spelling)
            for number, name in zip(numbers[len(places) :].tolist(), more, strict=True)
        }
        self.counted = counted.with_more(spelled)
        roots = dict(zip(numbers[clusters.roots()].tolist(), entities, strict=True))
        changed = {root: one for root, one in roots.items() if one.is_changed}
        self.entities = Entities(articles.texts, names, order, changed)
        self.whose = self._whose_bodies(order, numbers, clusters)
        names.forget_said()

    def number(self, kind: EntityKind, name: str) -> int:
        """The number of a name; -1 where no article has it."""
        number = self._articles.names.find(kind, plain(name) or name)
        return number if 0 <= number < len(self._is_there) and self._is_there[number] else -1

    def _to_settle(
        self, counted: Counted
    ) -> tuple[NDArray[np.uint64], NDArray[np.bool_], NDArray[np.int64]]:
        """What stands for all that is known of what each name hangs together with; whether people
        decided about any of that; and the places of the names that are to be settled.
        """
        articles, names = self._articles, self._articles.names
        columns = names.columns
        respelled = columns["spelled"][counted.order] != counted.spelled[counted.order]
        places = np.flatnonzero(respelled)
        for number, name in zip(
            counted.order[places].tolist(), articles.corpus_names(places, counted), strict=True
        ):
            names.facts(number, name)
        starts, links = names.links(counted.order, counted.whose, counted.claimed)
        pairs = self._romanized(counted, places, starts, links)
        together, first = _hang_together(counted.own(), starts, links, pairs)
        is_decided = np.zeros(len(first), bool)
        is_decided[first[np.isin(counted.order, self._decided())]] = True
        if (aliases := self._links_of_aliases()).size:
            of_aliases = np.isin(links | np.uint64(1), aliases | np.uint64(1))
            is_decided[first[np.repeat(np.arange(len(first)), np.diff(starts))[of_aliases]]] = True
        is_decided = is_decided[first]
        is_new = np.zeros(len(first), bool)
        is_new[first[(columns["together"][counted.order] != together).any(axis=1)]] = True
        return together, is_decided, np.flatnonzero(is_new[first] | is_decided)

    def _romanized(
        self,
        counted: Counted,
        new: NDArray[np.int64],
        starts: NDArray[np.int64],
        links: NDArray[np.uint64],
    ) -> NDArray[np.uint64]:
        """Links, two and two, of names that are one, romanized in two ways; of one surname they
        hang together anyway.

        Args:
            new: places of names that are new, or spelled otherwise: these are asked.
            starts, links: where the links of each name begin, and all.
        """
        names, order = self._articles.names, counted.order
        seeking: dict[int, set[tuple[str, str]]] = defaultdict(set)
        for number in order[new].tolist():
            said = names.kept_facts(number)
            for link in as_romanized(said).tolist():
                seeking[link].add((said.latin[0], said.latin[-1]))
        rows = np.flatnonzero(np.isin(links, np.array(list(seeking), np.uint64)))
        places = np.searchsorted(starts, rows, side="right") - 1
        for link, number in zip(links[rows].tolist(), order[places].tolist(), strict=True):
            latin = names.kept_facts(number).latin
            for first, last in seeking[link]:
                if last != latin[-1]:
                    self._articles.spellings.are_one((first, last), latin)
        return romanized(self._articles.spellings.found())

    def _decided(self) -> list[int]:
        """The numbers of the names about which people decided."""
        names, standing = self._articles.names, self._authority.standing
        found = names.numbers_of([one for decision in standing for one in decision.entities])
        called = {name for decision in standing for name in (*decision.names, decision.value)}
        keys = {plain(one) or one for one in called if one}
        return [*found, *(names.find(kind, key) for kind in KINDS for key in keys)]

    def _links_of_aliases(self) -> NDArray[np.uint64]:
        """By what aliases that people gave hang together with names; no article need have them."""
        corpus = CorpusNames()
        for decision in self._authority.of(Action.ALIAS):
            for kind in KINDS:
                corpus.add(kind, plain(decision.value) or decision.value, decision.value)
        facts = zip(corpus.names, all_facts(corpus), strict=True)
        return np.concatenate([np.empty(0, np.uint64), *(links_of(*one) for one in facts)])

    def _settled_names(
        self, corpus: CorpusNames, facts: list[NameFacts]
    ) -> tuple[Clusters, list[Settled]]:
        """Settles names that hang together with no others: by number its entity."""
        self.alias_finder = AliasFinder(decided_names.aliases(corpus, self._authority))
        split_off = decided_names.split_off(corpus, self._authority)
        self.moved = {place: number for one in split_off for place, number in one.moved.items()}
        clusters = Clusters(len(corpus.names))
        decided_names.decide(corpus, self._authority, clusters, split_off)
        facts = facts + all_facts(corpus, after=len(facts))
        merging.merge(corpus, facts, self._articles.spellings, clusters)
        entities = self._settled(corpus, facts, clusters)
        for departure in split_off:
            if departure.label and departure.leaving:
                entities[departure.leaving[0]].label = departure.label
        self._amend(corpus, entities)
        return clusters, entities

    def _keep(
        self, numbers: NDArray[np.int64], roots: Sequence[int], entities: Sequence[Settled]
    ) -> None:
        """Writes down what names mean."""
        columns, texts = self._articles.names.columns, self._articles.texts
        columns["root"][numbers] = numbers[list(roots)]
        columns["entity"][numbers] = [number_of_id(one.entity_id) or 0 for one in entities]
        columns["entity kind"][numbers] = [KINDS.index(one.kind) for one in entities]
        columns["label"][numbers] = [texts.number(one.label) for one in entities]
        columns["is taken over"][numbers] = [one.is_taken_over for one in entities]

    def _whose_bodies(
        self, order: NDArray[np.int64], numbers: NDArray[np.int64], clusters: Clusters
    ) -> WhoseBodies:
        names = self._articles.names
        decided = {one for decision in self._authority.standing for one in decision.entities}
        places = {number: place for place, number in enumerate(numbers.tolist())}
        self._is_there = np.zeros(len(names), bool)
        self._is_there[order] = True

        def may_join(lone: int, owned: int) -> bool:
            if id_of_number(int(names.columns["id"][lone])) in decided:
                return False
            one, other = places.get(lone), places.get(owned)
            return one is None or other is None or clusters.may_join(one, other)

        owned = order[names.columns["marks"][order] & OWNED != 0].tolist()
        return WhoseBodies(
            lambda name: self.number(EntityKind.ORG, name),
            {number: names.kept_facts(number).owned for number in owned},
            may_join,
        )

    def _settled(
        self, corpus: CorpusNames, facts: Sequence[NameFacts], clusters: Clusters
    ) -> list[Settled]:
        """By number of a name its entity."""
        roots = clusters.roots()
        several: dict[int, list[int]] = {}
        for number, root in enumerate(roots):
            if root != number:
                several.setdefault(root, [root]).append(number)
        names = corpus.names
        if self._previous is not None:
            ids = [names[number].entity_id for members in several.values() for number in members]
            self._before = self._previous.articles(ids)
        entities: dict[int, Settled] = {}
        for number, root in enumerate(roots):
            if root != number:
                continue
            one = facts[number]
            if number in several or names[number].nobodys:
                members = several.get(number, [number])
                entities[number] = self._entity(
                    [names[one] for one in members], [facts[one] for one in members]
                )
            else:
                entities[number] = Settled(one.entity_id, one.kind, one.label)
        return [entities[root] for root in roots]

    def _entity(self, names: list[CorpusName], facts: list[NameFacts]) -> Settled:
        chief = max(names, key=lambda name: (name.articles, len(name.key), name.key))
        kind = kind_of(names, chief)
        called = [
            Called(name, one.ours, one.is_english) for name, one in zip(names, facts, strict=True)
        ]
        entity_id = self._id_of(names, chief)
        return Settled(
            entity_id,
            kind,
            label_of(called, kind),
            is_taken_over=entity_id != chief.entity_id,
        )

    def _id_of(self, names: list[CorpusName], chief: CorpusName) -> str:
        """The id that one of the names had before; else that of the chief name."""
        kept = [
            (self._before[name.entity_id], name.entity_id)
            for name in names
            if name.entity_id in self._before
        ]
        return max(kept)[1] if kept else chief.entity_id

    def _amend(self, corpus: CorpusNames, entities: Sequence[Settled]) -> None:
        """Applies what people decided about whole entities."""
        by_id = {name.entity_id: number for number, name in enumerate(corpus.names)}
        aliases: dict[int, list[str]] = defaultdict(list)  # by entity: its id may change below
        for decision in self._authority.standing:
            number = by_id.get(decision.entities[0]) if decision.entities else None
            if number is None:
                continue
            entity = entities[number]
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
                    aliases[id(entity)].append(decision.value)
                case _:
                    pass
        for entity in entities if aliases else ():
            entity.aliases = tuple(aliases.get(id(entity), ()))


def _hang_together(
    own: NDArray[np.uint64],
    starts: NDArray[np.int64],
    links: NDArray[np.uint64],
    pairs: NDArray[np.uint64],
) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """What stands for all with which each name hangs together, and the first of these.

    Args:
        own: what stands for each name.
        starts, links: where the links of each name begin, and all.
        pairs: links, two and two, that are one.
    """
    # Each pair as if it were a name: whatever it hangs together with is one by it.
    all_own = np.concatenate((own, np.zeros((len(pairs), 2), np.uint64)))
    ends = starts[-1] + 2 * np.arange(1, len(pairs) + 1)
    together = np.empty((len(all_own), 2), np.uint64)
    first = hang_together(
        np.concatenate((starts, ends)), np.append(links, pairs), all_own, together
    )
    return together[: len(own)], first[: len(own)]
