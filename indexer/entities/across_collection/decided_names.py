"""Decided names: what do people's decisions do to a collection? Carried out before any rule."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from indexer.clusters import Clusters
from indexer.entities.across_collection.collection_names import CorpusNames
from indexer.entities.authority.decisions import Action
from indexer.entities.authority.record import Authority
from indexer.entities.names.spelling import plain
from indexer.entities.recognition import ArticleName, Recognition
from indexer.entities.tagging.gazetteer import GazetteerTagger
from indexer.entities.types import EntityKind

# The English model finds a name whether or not it is known; in other languages only listed names
# are found, and an alias that a person gives must count without tagging the collection again. So
# aliases are sought when articles get their entities.


class AliasFinder:
    """Finds the aliases that people gave.

    Args:
        aliases: (kind of the entity, alias).
    """

    def __init__(self, aliases: Iterable[tuple[EntityKind, str]]) -> None:
        names = {alias: (kind, alias) for kind, alias in aliases}
        self._tagger = GazetteerTagger(names) if names else None

    @property
    def finds(self) -> bool:
        """Whether there is any to find."""
        return self._tagger is not None

    def added_to(self, recognition: Recognition, text: str) -> Recognition:
        """The recognition, with aliases that stand in `text` outside the names it has."""
        if self._tagger is None:
            return recognition
        starts = [start for start, _, _ in recognition.spans]
        ends = [end for _, end, _ in recognition.spans]
        found = [
            mention
            for mention in self._tagger.tag(text, language="und")
            if bisect_right(ends, mention.start) == bisect_left(starts, mention.end)
        ]
        if not found:
            return recognition
        names = list(recognition.names)
        numbers: dict[tuple[EntityKind, str], int] = {}
        spans = list(recognition.spans)
        for mention in found:
            key = (mention.kind, mention.text)
            if key not in numbers:
                numbers[key] = len(names)
                count = sum(one.text == mention.text for one in found)
                names.append(ArticleName(mention.kind, ((mention.text, count),)))
            spans.append((mention.start, mention.end, numbers[key]))
        return Recognition(tuple(names), tuple(sorted(spans)))


@dataclass(frozen=True, slots=True)
class SplitOff:
    """Names that leave an entity.

    Attributes:
        home: the number of the name whose id the entity has.
        leaving: the numbers of the names that leave, together.
        moved: (article, number of its name there) → the name that it means instead.
        label: what to call what leaves; empty where nobody said.
    """

    home: int
    leaving: tuple[int, ...]
    moved: dict[tuple[str, int], int] = field(default_factory=dict)
    label: str = ""


def aliases(names: CorpusNames, authority: Authority) -> list[tuple[EntityKind, str]]:
    """The aliases that people gave, as (kind, alias); makes a name of each in `names`, so that it
    can be met in any text.
    """
    kinds = {name.entity_id: name.kind for name in names.names}
    found = [
        (kinds[decision.entities[0]], decision.value)
        for decision in authority.of(Action.ALIAS)
        if decision.entities[0] in kinds
    ]
    for kind, alias in found:
        if names.number(kind, alias) is None:
            names.add(kind, plain(alias) or alias, alias)
    return found


def split_off(names: CorpusNames, authority: Authority) -> list[SplitOff]:
    """What leaves which entity.

    A split by articles makes a name of its own in `names`, to which these articles' name is moved.
    """
    by_id = _by_id(names)
    found: list[SplitOff] = []
    for decision in authority.of(Action.SPLIT):
        home = by_id.get(decision.entities[0])
        if home is None:
            continue
        old = names.names[home]
        if decision.articles:
            key = f"{old.key} {decision.decision_id}"
            new = names.add(old.kind, key, decision.value or old.spelling)
            moved = {(article, home): new for article in decision.articles}
            found.append(SplitOff(home, (new,), moved, decision.value))
        else:
            numbers = (names.number(old.kind, name) for name in decision.names)
            leaving = tuple(one for one in numbers if one is not None and one != home)
            found.append(SplitOff(home, leaving, label=decision.value))
    return found


def decide(
    names: CorpusNames, authority: Authority, clusters: Clusters, split: list[SplitOff]
) -> None:
    """Carries people's decisions into the clusters of `names`."""
    by_id = _by_id(names)
    apart = [
        [by_id[one] for one in decision.entities if one in by_id]
        for decision in authority.of(Action.DISTINCT)
    ]
    for one, other in (pair for numbers in apart for pair in combinations(numbers, 2)):
        clusters.keep_apart(one, other)
    for departure in split:
        for number in departure.leaving:
            clusters.keep_apart(departure.home, number)
            clusters.join(departure.leaving[0], number)
    for decision in authority.of(Action.MERGE):
        numbers = [by_id[one] for one in decision.entities if one in by_id]
        for number in numbers[1:]:
            clusters.join(numbers[0], number)
    for decision in authority.of(Action.ALIAS):
        home = by_id.get(decision.entities[0])
        if home is not None:
            alias = names.number(names.names[home].kind, decision.value)
            if alias is not None:
                clusters.join(home, alias)


def _by_id(names: CorpusNames) -> dict[str, int]:
    return {name.entity_id: number for number, name in enumerate(names.names)}
