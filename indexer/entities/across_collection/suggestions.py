"""Suggestions: which entities are likely one, though no rule is sure enough? A ranked list for a
person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from indexer.entities.authority.decisions import Action
from indexer.entities.authority.record import Authority
from indexer.entities.names.person_names import conflict, parts
from indexer.entities.names.spelling import initials, plain, skeleton
from indexer.entities.types import Entity, EntityKind

_LARGEST_GROUP = 200
"""Bearers of one surname (the most mentioned) that are compared with each other."""
_SHORTEST_FUZZY = 6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities that may be one.

    Attributes:
        one: the more mentioned; the id that a merge would keep.
        score: in (0, 1], by the reason and by how many articles it would concern.
        reason: the evidence, a sentence for a person.
    """

    one: Entity
    other: Entity
    score: float
    reason: str


def suggest(
    entities: Iterable[Entity], authority: Authority, *, limit: int = 20
) -> list[Suggestion]:
    """Likely merges, best first. Pairs that a person has decided on are left out.

    Args:
        entities: those to compare with each other.
    """
    decided = _decided_pairs(authority)
    by_kind: dict[EntityKind, list[Entity]] = defaultdict(list)
    for entity in entities:
        by_kind[entity.kind].append(entity)
    found: dict[frozenset[str], Suggestion] = {}
    for suggestion in _all(by_kind):
        pair = frozenset((suggestion.one.entity_id, suggestion.other.entity_id))
        known = found.get(pair)
        if pair not in decided and (known is None or known.score < suggestion.score):
            found[pair] = suggestion
    ranked = sorted(
        found.values(),
        key=lambda one: (-one.score, -one.other.articles, one.one.entity_id, one.other.entity_id),
    )
    return ranked[:limit]


def _decided_pairs(authority: Authority) -> set[frozenset[str]]:
    return {
        frozenset(pair)
        for action in (Action.DISTINCT, Action.MERGE)
        for decision in authority.of(action)
        for pair in combinations(decision.entities, 2)
    }


def _all(by_kind: dict[EntityKind, list[Entity]]) -> Iterator[Suggestion]:
    yield from _persons(by_kind[EntityKind.PERSON])
    yield from _acronyms(by_kind[EntityKind.ORG])
    for entities in by_kind.values():
        yield from _near_spellings(entities)
    yield from _two_kinds([entity for entities in by_kind.values() for entity in entities])


def _persons(persons: list[Entity]) -> Iterator[Suggestion]:
    by_surname: dict[str, list[Entity]] = defaultdict(list)
    for person in persons:
        named = parts(person.label)
        if named:
            by_surname[named[-1]].append(person)
    for bearers in by_surname.values():
        known = sorted(bearers, key=lambda one: -one.mentions)[:_LARGEST_GROUP]
        for one, other in combinations(known, 2):
            mine, theirs = parts(one.label), parts(other.label)
            if len(mine) > 1 and len(theirs) > 1 and not conflict(mine, theirs):
                yield _pair(
                    one, other, 0.8, "Their surname is the same and their given names agree"
                )
            elif len(mine) == 1 or len(theirs) == 1:
                score = 0.7 if len(known) == 2 else 0.7 / len(known)
                yield _pair(one, other, score, f"{len(known)} persons have this surname here")


def _acronyms(bodies: list[Entity]) -> Iterator[Suggestion]:
    by_initials: dict[str, list[Entity]] = defaultdict(list)
    for body in bodies:
        if " " in body.label:
            by_initials[initials(body.label)].append(body)
    for body in bodies:
        owners = by_initials.get(plain(body.label), [])
        for owner in owners:
            yield _pair(
                body, owner, 0.75 / len(owners), f"{body.label} are the initials of {owner.label}"
            )


def _near_spellings(entities: list[Entity]) -> Iterator[Suggestion]:
    """Pairs one letter apart, found through the spellings with one letter left out."""
    by_deletion: dict[str, set[int]] = defaultdict(set)
    keys = [skeleton(entity.label) for entity in entities]
    for number, key in enumerate(keys):
        if len(key) >= _SHORTEST_FUZZY:
            for left_out in range(len(key)):
                by_deletion[key[:left_out] + key[left_out + 1 :]].add(number)
            by_deletion[key].add(number)
    seen: set[tuple[int, int]] = set()
    for numbers in by_deletion.values():
        for one, other in combinations(sorted(numbers), 2):
            distance = Levenshtein.distance(keys[one], keys[other], score_cutoff=1)
            if (one, other) not in seen and distance <= 1:
                seen.add((one, other))
                longest = max(len(keys[one]), len(keys[other]))
                yield _pair(
                    entities[one],
                    entities[other],
                    0.6 * (1 - distance / longest),
                    "Their spellings differ by one letter"
                    if distance
                    else "They are spelled alike",
                )


def _two_kinds(entities: list[Entity]) -> Iterator[Suggestion]:
    by_label: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        by_label[plain(entity.label)].append(entity)
    for same in by_label.values():
        for one, other in combinations(same, 2):
            if one.kind is not other.kind:
                yield _pair(one, other, 0.5, f"One name, as {one.kind} and as {other.kind}")


def _pair(one: Entity, other: Entity, score: float, reason: str) -> Suggestion:
    larger, smaller = sorted((one, other), key=lambda entity: (-entity.mentions, entity.entity_id))
    return Suggestion(larger, smaller, score, reason)
