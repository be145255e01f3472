"""Which names of the collection mean the same? Rules, the surest first; precision before recall.

People's decisions come before every rule, and the clusters refuse any later join against them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import cache

from indexer.entities import lexicon
from indexer.entities.clusters import Clusters
from indexer.entities.corpus_names import CorpusName, CorpusNames
from indexer.entities.person_names import Parts, middles_agree, parts, same_given_name
from indexer.entities.spelling import plain, skeleton
from indexer.entities.types import EntityKind

_SURE_SHARE = 0.9
"""A short form means the one that claims it in this share of the articles that spell it out."""
_KIND_SHARE = 0.75
"""A name is of one kind when this share of its articles say so."""
_SHORTEST_ROMANIZED = 6  # letters: below it, skeletons of places and bodies collide

FACET_KINDS = (EntityKind.PERSON, EntityKind.ORG, EntityKind.PLACE)


def merge(names: CorpusNames, clusters: Clusters) -> None:
    """Joins in `clusters` (numbers of `names`) what means the same."""
    _known(names, clusters)
    _kinds(names, clusters)
    _persons(_of(names, EntityKind.PERSON), names, clusters)
    _bodies(_of(names, EntityKind.ORG), names, clusters)
    _places(_of(names, EntityKind.PLACE), names, clusters)


def _of(names: CorpusNames, kind: EntityKind) -> list[int]:
    return [number for number, name in enumerate(names.names) if name.kind is kind]


def _known(names: CorpusNames, clusters: Clusters) -> None:
    """Joins the spellings that the lexicon lists for one entity."""
    first: dict[tuple[EntityKind, str], int] = {}
    for number, name in enumerate(names.names):
        label = known_label(name.kind, name.key)
        if label is not None:
            clusters.join(first.setdefault((name.kind, label), number), number)


def _kinds(names: CorpusNames, clusters: Clusters) -> None:
    """Joins a name tagged as one kind here and there to the kind it mostly has."""
    spelled: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(names.names):
        spelled[name.key].append(number)
    for key, numbers in spelled.items():
        if len(numbers) < 2:
            continue
        best = max(numbers, key=lambda number: names.names[number].articles)
        total = sum(names.names[number].articles for number in numbers)
        known = known_kind(key)
        for number in numbers:
            if known is not None and names.names[number].kind is known:
                best = number
        if known is names.names[best].kind or names.names[best].articles >= _KIND_SHARE * total:
            for number in numbers:
                clusters.join(best, number)


def _persons(numbers: list[int], names: CorpusNames, clusters: Clusters) -> None:
    parted = {number: parts(names.names[number].spelling) for number in numbers}
    whole = [number for number in numbers if len(parted[number]) > 1]
    _join_equal(whole, lambda number: " ".join(parted[number]), clusters)
    by_surname: dict[str, list[int]] = defaultdict(list)
    for number in whole:
        by_surname[_joined(parted[number][-1])].append(number)
    for bearers in by_surname.values():
        _middle_names(bearers, parted, clusters)
        _given_names(bearers, parted, clusters)
    claimants: dict[str, list[int]] = defaultdict(list)
    for number in whole:
        for key in names.names[number].short_forms:
            claimants[key].append(number)
    for number in numbers:
        if len(parted[number]) == 1:
            bearers = by_surname.get(_joined(parted[number][0]), [])
            claiming = claimants.get(names.names[number].key, [])
            _lone(number, {*bearers, *claiming}, names, clusters)


def _joined(surname: str) -> str:
    """A surname without spaces: De Gaulle and DeGaulle are one."""
    return surname.replace(" ", "")


def _middle_names(
    bearers: list[int], parted: dict[int, tuple[str, ...]], clusters: Clusters
) -> None:
    """Joins names that differ only in middle names, unless these tell two people apart."""
    by_given: dict[str, list[int]] = defaultdict(list)
    for number in bearers:
        by_given[parted[number][0]].append(number)
    for group in by_given.values():
        with_middle = [number for number in group if len(parted[number]) > 2]
        for position, one in enumerate(with_middle):
            for other in with_middle[position + 1 :]:
                if middles_agree(parted[one], parted[other]):
                    clusters.join(one, other)
        people = {clusters.root(number) for number in with_middle}
        if len(people) == 1:
            for number in group:
                clusters.join(next(iter(people)), number)


def _given_names(
    bearers: list[int], parted: dict[int, tuple[str, ...]], clusters: Clusters
) -> None:
    """Joins an initial, a nickname or a dropped first name to the one bearer that it fits."""
    for number in bearers:
        mine = parted[number]
        fitting = {
            clusters.root(other): other
            for other in bearers
            if not clusters.together(other, number)
            and (
                (len(parted[other][0]) > 1 and same_given_name(mine[0], parted[other][0]))
                or (len(parted[other]) > len(mine) and parted[other][-len(mine) :] == mine)
            )
            and middles_agree(mine, parted[other])
        }
        if len(fitting) == 1:
            clusters.join(number, next(iter(fitting.values())))


def _lone(number: int, bearers: Iterable[int], names: CorpusNames, clusters: Clusters) -> None:
    """Joins a lone name to the one person who bears it, when the collection has just one."""
    claims: Counter[int] = Counter()
    key = names.names[number].key
    for bearer in sorted(bearers):
        claims[clusters.root(bearer)] += names.names[bearer].short_forms[key]
    _join_if_sure(number, claims, clusters)


def _join_if_sure(number: int, claims: Counter[int], clusters: Clusters) -> None:
    total = sum(claims.values())
    if len(claims) == 1:
        clusters.join(number, next(iter(claims)))
    elif total:
        best, count = claims.most_common(1)[0]
        if count >= _SURE_SHARE * total and count >= 3:
            clusters.join(number, best)


def _bodies(numbers: list[int], names: CorpusNames, clusters: Clusters) -> None:
    _join_equal(numbers, lambda number: _body_key(names.names[number]), clusters)
    claims: dict[str, Counter[int]] = defaultdict(Counter)
    for number in numbers:
        for form, articles in names.names[number].short_forms.items():
            claims[form][clusters.root(number)] += articles
    for number in numbers:
        claimed = claims.get(names.names[number].key)
        if claimed:
            _join_if_sure(number, Counter(claimed), clusters)


def _places(numbers: list[int], names: CorpusNames, clusters: Clusters) -> None:
    def key(number: int) -> str:
        name = names.names[number]
        return name.key if is_known_place(name.key) else _romanized(name.key)

    _join_equal(numbers, key, clusters)


def _body_key(name: CorpusName) -> str:
    words = [_SPELLINGS.get(word, word) for word in name.key.split()]
    key = " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
    return _romanized(key) if _ORGANISATION.search(key) is None else key


def _romanized(key: str) -> str:
    return skeleton(key) if len(key) >= _SHORTEST_ROMANIZED else key


_ORGANISATION = re.compile(r"\b(?:of|for|and)\b")
_SPELLINGS = {
    "organisation": "organization", "centre": "center", "defence": "defense", "labour": "labor",
    "programme": "program", "organisations": "organizations",
}  # fmt: skip


def _join_equal(numbers: Iterable[int], key: Callable[[int], str], clusters: Clusters) -> None:
    first: dict[str, int] = {}
    for number in numbers:
        clusters.join(first.setdefault(key(number), number), number)


def known_label(kind: EntityKind, key: str) -> str | None:
    """The label of the one entity known beforehand that a plain spelling means; a person also
    by any romanization of the full name.
    """
    label = _known_aliases().get((kind, key))
    if label is None and kind is EntityKind.PERSON and " " in key:
        label = _known_persons().get(parts(key))
    return label


@cache
def _known_aliases() -> dict[tuple[EntityKind, str], str]:
    """Ours come first; of two places the one with more inhabitants."""
    by_weight = sorted((place for _, place in lexicon.places()), key=lambda one: one.weight)
    aliases: dict[tuple[EntityKind, str], str] = {}
    for known in (*by_weight, *lexicon.known_names()):
        for name in (*known.others, known.label):
            aliases[known.kind, plain(name)] = known.label
    return aliases


@cache
def _known_persons() -> dict[Parts, str]:
    return {
        parts(name): known.label
        for known in lexicon.known_names()
        if known.kind is EntityKind.PERSON
        for name in (known.label, *known.others)
        if len(parts(name)) > 1
    }


@cache
def _known_kinds() -> dict[str, EntityKind]:
    kinds = {
        plain(place.label): EntityKind.PLACE
        for sort, place in lexicon.places()
        if sort in {"country", "continent"}
    }
    for known in lexicon.known_names():
        kinds.update((plain(name), known.kind) for name in (known.label, *known.others))
    return kinds


def known_kind(key: str) -> EntityKind | None:
    """The kind that a name (plain spelling) is known to have, whatever a tagger says."""
    return _known_kinds().get(key)


@cache
def _known_places() -> frozenset[str]:
    return frozenset(plain(place.label) for _, place in lexicon.places())


def is_known_place(key: str) -> bool:
    """Is this the plain spelling of a place in the lexicon?"""
    return key in _known_places()
