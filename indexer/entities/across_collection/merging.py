"""Merging: which names of the collection mean the same? Rules, the surest first; precision before
recall.

People's decisions come before every rule, and the clusters refuse any later join against them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from indexer.clusters import Clusters
from indexer.entities.across_collection.collection_names import CorpusName, CorpusNames
from indexer.entities.across_collection.romanized import (
    LatinNames,
    bearers_in_latin,
    join_other_letters,
    join_polish_cases,
    join_spellings,
)
from indexer.entities.names.known import (
    certain_kind,
    famous_surname,
    is_foreign_place,
    is_known_place,
    is_namesake,
    known_bearers,
    known_kind,
    known_label,
)
from indexer.entities.names.person_names import middles_agree, parts, run_together, same_given_name
from indexer.entities.names.romanization import needs_no_romanization
from indexer.entities.names.spelling import skeleton
from indexer.entities.types import EntityKind

_SURE_SHARE = 0.9
"""A short form means the one that claims it in this share of the articles that spell it out."""
_FEWEST_CLAIMS = 3
_KIND_SHARE = 0.75
"""A name is of one kind when this share of its articles say so."""
_NAMESAKE_SHARE = 0.15
"""Somebody's unknown namesake is named in full in this share of the articles, or is not meant."""
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
    """Joins the spellings that the lexicon lists for one entity; a surname alone is not one."""
    first: dict[tuple[EntityKind, str], int] = {}
    for number, name in enumerate(names.names):
        kind = certain_kind(name.key) or name.kind
        if is_namesake(name) or famous_surname(name.key):
            continue
        label = known_label(kind, name.key)
        if label is not None:
            clusters.join(first.setdefault((kind, label), number), number)


def _kinds(names: CorpusNames, clusters: Clusters) -> None:
    """Joins a name tagged as one kind here and there to the kind it mostly has."""
    spelled: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(names.names):
        if not is_namesake(name):
            spelled[name.key].append(number)
    for key, numbers in spelled.items():
        if len(numbers) < 2:
            continue
        articles = {number: names.names[number].articles for number in numbers}
        best = max(numbers, key=lambda number: articles[number])
        known = known_kind(key) or (EntityKind.PLACE if is_foreign_place(key) else None)
        listed = known in {names.names[number].kind for number in numbers}
        if listed or articles[best] >= _KIND_SHARE * sum(articles.values()):
            for number in numbers:
                clusters.join(best, number)


def _persons(numbers: list[int], names: CorpusNames, clusters: Clusters) -> None:
    parted = {number: parts(names.names[number].spelling) for number in numbers}
    whole = [number for number in numbers if len(parted[number]) > 1]
    own = {number: _own_spelling(names.names[number].key) for number in whole}
    _join_equal(
        whole,
        lambda number: " ".join(
            (
                *parted[number][:-1],
                run_together(parted[number][-1]),
                own[number],
            )
        ),
        clusters,
    )
    by_surname: dict[str, list[int]] = defaultdict(list)
    for number in whole:
        by_surname[run_together(parted[number][-1])].append(number)
    for bearers in by_surname.values():
        bearers.sort(key=lambda number: -names.names[number].articles)
        _middle_names(bearers, parted, clusters)
        _given_names(bearers, parted, own, clusters)
    latin = LatinNames((names.names[number].spelling, number) for number in whole)
    join_spellings(latin, names, clusters)
    join_other_letters(whole, latin, names, clusters)
    join_polish_cases(whole, latin, names, clusters)
    _lone_surnames(numbers, parted, by_surname, latin, names, clusters)


def _own_spelling(key: str) -> str:
    """The surname, as far as it is a spelling of its own: Karl Maier is not Karl Meier, while
    names that are romanized are compared by their skeletons.
    """
    given, _, rest = key.partition(" ")
    if not needs_no_romanization(given, rest):
        return ""
    surname = rest.rpartition(" ")[2]
    for two, one in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        surname = surname.replace(two, one)
    return re.sub(r"(.)\1+", r"\1", surname)


def _lone_surnames(
    numbers: list[int],
    parted: dict[int, tuple[str, ...]],
    by_surname: dict[str, list[int]],
    latin: LatinNames[int],
    names: CorpusNames,
    clusters: Clusters,
) -> None:
    """Gives each lone surname to whoever bears it, as far as that can be told."""
    whole = [number for bearers in by_surname.values() for number in bearers]
    claimants: dict[str, list[int]] = defaultdict(list)
    for number in whole:
        for key in names.names[number].short_forms:
            claimants[key].append(number)
    elsewhere = _mostly_no_persons(names, clusters)
    of_nobody: dict[str, int] = {}
    known: dict[str | None, list[int]] = defaultdict(list)
    for number in whole:
        known[known_label(EntityKind.PERSON, names.names[number].key)].append(number)
    for number in numbers:
        key = names.names[number].key
        is_other = certain_kind(key) not in {None, EntityKind.PERSON}
        if len(parted[number]) != 1 or is_other or clusters.root(number) in elsewhere:
            continue
        surname = run_together(parted[number][0])
        label = famous_surname(key)
        fitting = {*by_surname.get(surname, []), *claimants.get(key, [])}
        if label is not None:
            fitting.update(by_surname.get(run_together(parts(label)[-1]), []), known.get(label, []))
        fitting = fitting or {*bearers_in_latin(names.names[number].spelling, latin)}
        in_full = {one for one in fitting if names.names[one].is_in_full}
        spelled_so = {one for one in in_full if _last_word(names.names[one]) == key}
        if label is None:
            _lone(number, spelled_so or in_full, names, clusters)
        elif not _famous(number, label, in_full, names, clusters):
            clusters.join(of_nobody.setdefault(label, number), number)


def _last_word(name: CorpusName) -> str:
    return name.key.rpartition(" ")[2]


def _famous(
    number: int, label: str, bearers: Iterable[int], names: CorpusNames, clusters: Clusters
) -> bool:
    """Joins the surname of somebody known beforehand to whoever bears it here: to the one who
    claims it, else to the famous one, unless others of that surname are named at least as much.
    """
    theirs: Counter[int] = Counter()
    others: Counter[int] = Counter()
    claims: Counter[int] = Counter()
    lone = names.names[number]
    famous = {
        clusters.root(one)
        for one in bearers
        if known_label(EntityKind.PERSON, names.names[one].key) == label
        or same_given_name(parts(names.names[one].spelling)[0], parts(label)[0])
    }
    for one in sorted(bearers):
        root, name = clusters.root(one), names.names[one]
        (theirs if root in famous else others)[root] += name.articles
        claims[root] += name.short_forms[lone.key]
    if theirs and theirs.total() >= others.total():
        clusters.join(next(iter(theirs)), number)
        return True
    if not theirs and others.total() < _NAMESAKE_SHARE * lone.articles:
        return False
    is_anothers = len(claims) > 1 and _join_if_sure(number, claims, clusters)
    lone.nobodys = not is_anothers
    return is_anothers


def _middle_names(
    bearers: list[int], parted: dict[int, tuple[str, ...]], clusters: Clusters
) -> None:
    """Joins names that differ only in middle names, unless these tell two people apart."""
    by_given: dict[str, list[int]] = defaultdict(list)
    for number in bearers:
        by_given[parted[number][0]].append(number)
    for group in by_given.values():
        with_middle = [number for number in group if len(parted[number]) > 2]
        for one, other in combinations(with_middle, 2):
            if middles_agree(parted[one], parted[other]):
                _join_bearers(one, other, bearers, parted, clusters)
        people = {clusters.root(number) for number in with_middle}
        if len(people) == 1:
            for number in group:
                _join_bearers(next(iter(people)), number, bearers, parted, clusters)


def _given_names(
    bearers: list[int],
    parted: dict[int, tuple[str, ...]],
    own: dict[int, str],
    clusters: Clusters,
) -> None:
    """Joins an initial, a nickname or a dropped first name to the one bearer that it fits."""
    for number in bearers:
        mine = parted[number]
        fitting = {
            clusters.root(other): other
            for other in bearers
            if not clusters.together(other, number)
            and (not (own[number] and own[other]) or own[number] == own[other])
            and (len(parted[other]) >= len(mine) or len(mine[0]) == 1)
            and (
                (len(parted[other][0]) > 1 and same_given_name(mine[0], parted[other][0]))
                or parted[other][-len(mine) :] == mine
            )
            and middles_agree(mine, parted[other])
        }
        if len(fitting) == 1:
            _join_bearers(number, next(iter(fitting.values())), bearers, parted, clusters)


def _join_bearers(
    one: int,
    other: int,
    bearers: Sequence[int],
    parted: dict[int, tuple[str, ...]],
    clusters: Clusters,
) -> None:
    """Joins two names, unless that makes one person of two through a third name that fits both:
    John Harlow is no bridge from John Karl Harlow to John Peter Harlow.
    """
    mine = {parted[number] for number in bearers if clusters.together(number, one)}
    theirs = {parted[number] for number in bearers if clusters.together(number, other)}
    if all(
        (same_given_name(first[0], second[0]) and middles_agree(first, second))
        or any({*first, *second} <= {*full} for full in mine | theirs)
        for first in mine
        for second in theirs
    ):
        clusters.join(one, other)


def _lone(number: int, bearers: Iterable[int], names: CorpusNames, clusters: Clusters) -> None:
    """Joins a lone name to the one person who bears it, when the collection has just one."""
    lone = names.names[number]
    if _means_somebody_known(lone, [names.names[bearer] for bearer in bearers]):
        return
    claims: Counter[int] = Counter()
    for bearer in sorted(bearers):
        claims[clusters.root(bearer)] += names.names[bearer].short_forms[lone.key]
    _join_if_sure(number, claims, clusters)


def _means_somebody_known(lone: CorpusName, bearers: Sequence[CorpusName]) -> bool:
    """Is a lone surname that of somebody known beforehand, borne here by others, seldom named in
    full? Then Nasser is not the one Mohammed Nasser of the collection.
    """
    known = known_bearers(parts(lone.spelling)[-1])
    mine = [parts(bearer.spelling) for bearer in bearers]
    if not known or any(same_given_name(one[0], other[0]) for one in mine for other in known):
        return False
    return sum(bearer.articles for bearer in bearers) < _NAMESAKE_SHARE * lone.articles


def _mostly_no_persons(names: CorpusNames, clusters: Clusters) -> set[int]:
    """Roots of the clusters that half of their articles, or one and the lexicon, take for a place
    or a body: in an article on Jordan a man called so is not meant.
    """
    persons: Counter[int] = Counter()
    listed: set[int] = set()
    for number, name in enumerate(names.names):
        root, is_person = clusters.root(number), name.kind is EntityKind.PERSON
        persons[root] += name.articles if is_person else -name.articles
        if not is_person and name.kind is known_kind(name.key):
            listed.add(root)
    return listed.union(root for root, surplus in persons.items() if surplus <= 0)


def _join_if_sure(number: int, claims: Counter[int], clusters: Clusters) -> bool:
    """Joins a short form to its only claimant, or to one with nearly all of the claims."""
    if not claims:
        return False
    best = max(claims, key=claims.__getitem__)
    most = claims[best] >= _FEWEST_CLAIMS and claims[best] >= _SURE_SHARE * claims.total()
    return (len(claims) == 1 or most) and clusters.join(number, best)


def _bodies(numbers: list[int], names: CorpusNames, clusters: Clusters) -> None:
    """Joins spellings, and short forms to the body that claims them. Acronyms are distinctive;
    words (Security Council, Air Force) need several articles that agree.
    """
    _join_equal(numbers, lambda number: _body_key(names.names[number]), clusters)
    claims: dict[str, Counter[int]] = defaultdict(Counter)
    for number in numbers:
        for form, articles in names.names[number].short_forms.items():
            claims[form][clusters.root(number)] += articles
    for number in numbers:
        name = names.names[number]
        claimed = claims[name.key]
        if name.spelling.isupper() or claimed.total() >= _FEWEST_CLAIMS:
            _join_if_sure(number, claimed, clusters)


def _places(numbers: list[int], names: CorpusNames, clusters: Clusters) -> None:
    def key(number: int) -> str:
        name = names.names[number]
        return name.key if is_known_place(name.key) else _romanized(name.key)

    _join_equal(numbers, key, clusters)


def _body_key(name: CorpusName) -> str:
    words = name.key.removeprefix("the ").split()
    owner, space, rest = " ".join(_SPELLINGS.get(word, word) for word in words).partition(" ")
    key = _OWNERS.get(owner, owner) + space + rest
    return _romanized(key) if _ORGANISATION.search(key) is None else key


def _romanized(key: str) -> str:
    return skeleton(key) if len(key) >= _SHORTEST_ROMANIZED else key


_ORGANISATION = re.compile(r"\b(?:of|for|and)\b")
_SPELLINGS = {
    "organisation": "organization", "centre": "center", "defence": "defense", "labour": "labor",
    "programme": "program", "organisations": "organizations",
}  # fmt: skip
_OWNERS = {
    "us": "united states", "uk": "united kingdom", "un": "united nations", "eu": "european union",
}  # fmt: skip


def _join_equal(numbers: Iterable[int], key: Callable[[int], str], clusters: Clusters) -> None:
    first: dict[str, int] = {}
    for number in numbers:
        clusters.join(first.setdefault(key(number), number), number)
