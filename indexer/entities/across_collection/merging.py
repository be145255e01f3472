"""Merging: which names of the collection mean the same? Rules, the surest first; precision before
recall.

People's decisions come before every rule, and the clusters refuse any later join against them.
One module, because the rules are one list, in their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from indexer.clusters import Clusters
from indexer.entities.across_collection.collection_names import CorpusNames
from indexer.entities.across_collection.name_facts import NameFacts
from indexer.entities.across_collection.romanized import (
    LatinNames,
    Spellings,
    TownSpellings,
    bearers_in_latin,
    join_other_letters,
    join_polish_cases,
    join_spellings,
)
from indexer.entities.names import korean
from indexer.entities.names.cyrillic import place_bases
from indexer.entities.names.known import is_foreign_place, known_bearers, known_kind
from indexer.entities.names.person_names import (
    middles_agree,
    parts,
    run_together,
    same_given_name,
    same_given_names,
)
from indexer.entities.types import EntityKind

_SURE_SHARE = 0.8
"""A short form means the one that claims it in this share of the articles that spell it out. Over
six volumes of papers as right as .9 (precision -.0002 in one), and recall of three is higher."""
_FEWEST_CLAIMS = 3
_KIND_SHARE = 0.75
"""A name is of one kind when this share of its articles say so."""
_DOUBTFUL_ARTICLES = 2
"""In so few articles a bearer with what is no given name is nobody."""
_NAMESAKE_SHARE = 0.15
"""Somebody's unknown namesake is named in full in this share of the articles, or is not meant."""

FACET_KINDS = (EntityKind.PERSON, EntityKind.ORG, EntityKind.PLACE)


def merge(
    names: CorpusNames, facts: Sequence[NameFacts], spellings: Spellings, clusters: Clusters
) -> None:
    """Joins in `clusters` (numbers of `names`) what means the same.

    Args:
        facts: of each name, by number.
        spellings: what was found of them before.
    """
    _join_equal(range(len(facts)), [one.listed for one in facts], clusters)
    _kinds(names, facts, clusters)
    _persons(_of(names, EntityKind.PERSON), names, facts, spellings, clusters)
    _bodies(_of(names, EntityKind.ORG), names, facts, clusters)
    _places(_of(names, EntityKind.PLACE), names, facts, clusters)


def _of(names: CorpusNames, kind: EntityKind) -> list[int]:
    return [number for number, name in enumerate(names.names) if name.kind is kind]


def _kinds(names: CorpusNames, facts: Sequence[NameFacts], clusters: Clusters) -> None:
    """Joins a name tagged as one kind here and there to the kind it mostly has."""
    first: dict[str, int] = {}
    spelled: dict[int, list[int]] = {}
    for number, (name, one) in enumerate(zip(names.names, facts, strict=True)):
        if not one.is_namesake:
            before = first.setdefault(name.key, number)
            if before != number:
                spelled.setdefault(before, [before]).append(number)
    for _, numbers in sorted(spelled.items()):
        articles = {number: names.names[number].articles for number in numbers}
        best = max(numbers, key=lambda number: articles[number])
        key = names.names[best].key
        known = known_kind(key) or (EntityKind.PLACE if is_foreign_place(key) else None)
        listed = known in {names.names[number].kind for number in numbers}
        if listed or articles[best] >= _KIND_SHARE * sum(articles.values()):
            for number in numbers:
                clusters.join(best, number)


def _persons(
    numbers: list[int],
    names: CorpusNames,
    facts: Sequence[NameFacts],
    spellings: Spellings,
    clusters: Clusters,
) -> None:
    whole = [number for number in numbers if facts[number].is_whole]
    _join_same(whole, facts, clusters)
    by_surname: dict[str, list[int]] = defaultdict(list)
    for number in whole:
        by_surname[facts[number].surname].append(number)
    for bearers in by_surname.values():
        if len(bearers) > 1:
            bearers.sort(key=lambda number: -names.names[number].articles)
            _middle_names(bearers, facts, clusters)
            _given_names(bearers, facts, clusters)
    latin = LatinNames(
        (one.latin, one.bones, number) for number in whole if (one := facts[number]).latin
    )
    join_spellings(latin, lambda number: facts[number].given, spellings, names, clusters)
    others = [number for number in whole if facts[number].in_other_letters]
    join_other_letters(others, latin, names, clusters)
    join_polish_cases(whole, latin, spellings, names, clusters)
    _lone_surnames(numbers, by_surname, latin, names, facts, clusters)


def _lone_surnames(
    numbers: list[int],
    by_surname: dict[str, list[int]],
    latin: LatinNames[int],
    names: CorpusNames,
    facts: Sequence[NameFacts],
    clusters: Clusters,
) -> None:
    """Gives each lone surname to whoever bears it, as far as that can be told."""
    fitting = _Bearers(by_surname, latin, names, facts)
    elsewhere = _mostly_no_persons(names, facts, clusters)
    of_nobody: dict[str, int] = {}
    for number in numbers:
        mine = facts[number]
        if len(mine.parts) != 1 or mine.is_no_person or clusters.root(number) in elsewhere:
            continue
        key = names.names[number].key
        in_full = {one for one in fitting.of(key, mine) if names.names[one].is_in_full}
        spelled_so = {one for one in in_full if facts[one].last == key}
        if not mine.famous:
            if not _lone(number, spelled_so or in_full, names, facts, clusters):
                _lone_in_korea(number, by_surname, names, clusters)
        elif not _famous(number, mine.famous, in_full, names, facts, clusters):
            clusters.join(of_nobody.setdefault(mine.famous, number), number)


class _Bearers:
    """Who may bear a lone surname?"""

    def __init__(
        self,
        by_surname: Mapping[str, Sequence[int]],
        latin: LatinNames[int],
        names: CorpusNames,
        facts: Sequence[NameFacts],
    ) -> None:
        self._by_surname = by_surname
        self._latin = latin
        self._claimants: dict[str, list[int]] = defaultdict(list)
        self._known: dict[str, list[int]] = defaultdict(list)
        for number in (number for bearers in by_surname.values() for number in bearers):
            for key in names.names[number].short_forms:
                self._claimants[key].append(number)
            if facts[number].person:
                self._known[facts[number].person].append(number)

    def of(self, key: str, lone: NameFacts) -> set[int]:
        """Those who may bear a surname with this key."""
        fitting = {*self._by_surname.get(lone.surname, ()), *self._claimants.get(key, ())}
        if lone.famous:
            theirs = run_together(parts(lone.famous)[-1])
            fitting.update(self._by_surname.get(theirs, ()), self._known.get(lone.famous, ()))
        if not fitting and lone.in_other_letters:
            fitting = {*bearers_in_latin(lone.spelling, self._latin)}
        return fitting


def _famous(
    number: int,
    label: str,
    bearers: Iterable[int],
    names: CorpusNames,
    facts: Sequence[NameFacts],
    clusters: Clusters,
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
        if facts[one].person == label or same_given_name(facts[one].parts[0], parts(label)[0])
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


def _middle_names(bearers: list[int], facts: Sequence[NameFacts], clusters: Clusters) -> None:
    """Joins names that differ only in middle names, unless these tell two people apart."""
    by_given: dict[str, list[int]] = defaultdict(list)
    for number in bearers:
        by_given[facts[number].parts[0]].append(number)
    for group in by_given.values():
        with_middle = [number for number in group if len(facts[number].parts) > 2]
        for one, other in combinations(with_middle, 2):
            if middles_agree(facts[one].parts, facts[other].parts):
                _join_bearers(one, other, bearers, facts, clusters)
        people = {clusters.root(number) for number in with_middle}
        if len(people) == 1:
            for number in group:
                _join_bearers(next(iter(people)), number, bearers, facts, clusters)


def _given_names(
    bearers: list[int],
    facts: Sequence[NameFacts],
    clusters: Clusters,
) -> None:
    """Joins an initial, a nickname or a dropped first name to the one bearer that it fits."""
    same = same_given_names({facts[number].parts[0] for number in bearers})
    places: dict[str, list[int]] = defaultdict(list)
    ends: dict[Sequence[str], list[int]] = defaultdict(list)
    for place, number in enumerate(bearers):
        theirs = facts[number].parts
        places[theirs[0]].append(place)
        for at in range(len(theirs)):
            ends[theirs[at:]].append(place)
    for number in bearers:
        mine = facts[number].parts
        may_fit = {
            *ends[mine],
            *(place for given in same[mine[0]] if len(given) > 1 for place in places[given]),
        }
        fitting = {
            clusters.root(other): other
            for other in (bearers[place] for place in sorted(may_fit))
            if not clusters.together(other, number)
            and (
                facts[number].own == facts[other].own
                if facts[number].own and facts[other].own
                else not _is_two(facts[number], facts[other], bearers, facts)
            )
            and (len(facts[other].parts) >= len(mine) or len(mine[0]) == 1)
            and middles_agree(mine, facts[other].parts)
        }
        if len(fitting) == 1:
            _join_bearers(number, next(iter(fitting.values())), bearers, facts, clusters)


def _is_two(
    one: NameFacts, other: NameFacts, bearers: Sequence[int], facts: Sequence[NameFacts]
) -> bool:
    """May a name in other letters be two of the bearers, who spell themselves otherwise: Карл Майер
    is as well Karl Meier as Karl Maier?
    """
    if not (one.own or other.own):
        return False
    given = (one if one.own else other).parts[0]
    return len({facts[at].own for at in bearers if facts[at].parts[0] == given} - {""}) > 1


def _join_bearers(
    one: int,
    other: int,
    bearers: Sequence[int],
    facts: Sequence[NameFacts],
    clusters: Clusters,
) -> None:
    """Joins two names, unless that makes one person of two through a third name that fits both:
    John Harlow is no bridge from John Karl Harlow to John Peter Harlow.
    """
    first_root, second_root = clusters.root(one), clusters.root(other)
    if first_root == second_root:
        return
    roots = {number: clusters.root(number) for number in bearers}
    mine = {facts[number].parts for number, root in roots.items() if root == first_root}
    theirs = {facts[number].parts for number, root in roots.items() if root == second_root}
    given = {one[0] for one in mine | theirs if len(one[0]) > 1}
    if all(
        (_same_for_one(first[0], second[0], given) and middles_agree(first, second))
        or any({*first, *second} <= {*full} for full in mine | theirs)
        for first in mine
        for second in theirs
    ):
        clusters.join(one, other)


def _same_for_one(one: str, other: str, given: Iterable[str]) -> bool:
    """Are two given names the same, or is one the initial of a third, which the other is: W. and
    Bill, where William is one of them?
    """
    return same_given_name(one, other) or (
        min(len(one), len(other)) == 1
        and any(same_given_name(one, third) and same_given_name(other, third) for third in given)
    )


def _lone(
    number: int,
    bearers: Iterable[int],
    names: CorpusNames,
    facts: Sequence[NameFacts],
    clusters: Clusters,
) -> bool:
    """Joins a lone name to the one person who bears it, when the collection has just one."""
    lone = names.names[number]
    if _means_somebody_known(facts[number], [facts[bearer] for bearer in bearers]):
        articles = sum(names.names[bearer].articles for bearer in bearers)
        if articles < _NAMESAKE_SHARE * lone.articles:
            return False
    claims: Counter[int] = Counter()
    for bearer in sorted(_not_doubtful(bearers, names, facts, clusters)):
        claims[clusters.root(bearer)] += names.names[bearer].short_forms[lone.key]
    return _join_if_sure(number, claims, clusters)


def _lone_in_korea(
    number: int,
    by_surname: Mapping[str, Sequence[int]],
    names: CorpusNames,
    clusters: Clusters,
) -> None:
    """Joins a lone surname of Korea to whom nearly all articles mean by it, in any of its
    spellings: Pak is a president whom most articles call Park, and seldom one of the others. Where
    others bear it as well (Robert Lee), it need be none of Korea.
    """
    claims: Counter[int] = Counter()
    lone = names.names[number].key
    spellings = korean.spellings(lone)
    for spelling in spellings:
        for bearer in by_surname.get(spelling, ()):
            if korean.person(tuple(names.names[bearer].key.split())):
                short_forms = names.names[bearer].short_forms
                claims[clusters.root(bearer)] += sum(short_forms[one] for one in spellings)
            elif spelling == lone:
                return
    if claims.total() >= _FEWEST_CLAIMS:
        _join_if_sure(number, claims, clusters)


def _not_doubtful(
    bearers: Iterable[int], names: CorpusNames, facts: Sequence[NameFacts], clusters: Clusters
) -> list[int]:
    """The bearers without those that are hardly anybody beside a likelier one: named in few
    articles, and with a surname, a word or an acronym in place of a given name (Section
    Smirnovsky).
    """
    articles: Counter[int] = Counter()
    likely: set[int] = set()
    for one in bearers:
        root = clusters.root(one)
        articles[root] += names.names[one].articles
        if not facts[one].is_doubtful:
            likely.add(root)
    return [
        one
        for one in bearers
        if not likely
        or (root := clusters.root(one)) in likely
        or articles[root] > _DOUBTFUL_ARTICLES
    ]


def _means_somebody_known(lone: NameFacts, bearers: Sequence[NameFacts]) -> bool:
    """Is a lone surname that of somebody known beforehand, borne here by others? Where these are
    seldom named in full, Nasser is not the one Mohammed Nasser of the collection.
    """
    known = known_bearers(lone.parts[-1])
    return bool(known) and not any(
        same_given_name(one.parts[0], other[0]) for one in bearers for other in known
    )


def _mostly_no_persons(
    names: CorpusNames, facts: Sequence[NameFacts], clusters: Clusters
) -> set[int]:
    """Roots of the clusters that half of their articles, or one and the lexicon, take for a place
    or a body: in an article on Jordan a man called so is not meant.
    """
    roots = clusters.roots()
    persons = [0] * len(roots)
    for root, name in zip(roots, names.names, strict=True):
        persons[root] += name.articles if name.kind is EntityKind.PERSON else -name.articles
    found = {root for root in roots if persons[root] <= 0}
    return found.union(root for root, one in zip(roots, facts, strict=True) if one.is_listed_so)


def _join_if_sure(number: int, claims: Counter[int], clusters: Clusters) -> bool:
    """Joins a short form to its only claimant, or to one with nearly all of the claims."""
    if not claims:
        return False
    best = max(claims, key=claims.__getitem__)
    most = claims[best] >= _FEWEST_CLAIMS and claims[best] >= _SURE_SHARE * claims.total()
    return (len(claims) == 1 or most) and clusters.join(number, best)


def _bodies(
    numbers: list[int], names: CorpusNames, facts: Sequence[NameFacts], clusters: Clusters
) -> None:
    """Joins spellings, and short forms to the body that claims them. Acronyms are distinctive;
    words (Security Council, Air Force) need several articles that agree.
    """
    _join_same(numbers, facts, clusters)
    _units(numbers, facts, clusters)
    claims: dict[str, Counter[int]] = defaultdict(Counter)
    for number in numbers:
        for form, articles in names.names[number].short_forms.items():
            claims[form][clusters.root(number)] += articles
    for number in numbers:
        name = names.names[number]
        claimed = claims.get(name.key)
        if claimed and (name.spelling.isupper() or claimed.total() >= _FEWEST_CLAIMS):
            _join_if_sure(number, claimed, clusters)


def _units(numbers: Sequence[int], facts: Sequence[NameFacts], clusters: Clusters) -> None:
    """Joins names of units with one number that tell of one kind, and to the only kind there is
    those that tell of none.
    """
    units: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number in numbers:
        if facts[number].unit:
            unit, qualified = facts[number].unit
            units[unit][qualified].append(number)
    for kinds in units.values():
        bare = kinds.pop("", [])
        groups = list(kinds.values()) or [[]]
        if len(groups) == 1:
            groups[0] += bare
        else:
            groups.append(bare)
        for group in groups:
            for number in group[1:]:
                clusters.join(group[0], number)


def _places(
    numbers: Sequence[int], names: CorpusNames, facts: Sequence[NameFacts], clusters: Clusters
) -> None:
    """Joins places that are spelled the same; and those that no list has, in other letters, to the
    one that they may be, in a case (из Мартакерта) or as the letters are romanized.
    """
    _join_same(numbers, facts, clusters)
    first: dict[str, int] = {}
    for number in numbers:
        first.setdefault(facts[number].same, number)
    for number in numbers:
        found = {clusters.root(first[key]) for key in facts[number].nominatives if key in first}
        found.discard(clusters.root(number))
        if len(found) == 1:
            clusters.join(found.pop(), number)
    others = [number for number in numbers if facts[number].in_other_letters]
    if others:
        latin = TownSpellings(
            (names.names[number].key, facts[number].bones, number)
            for number in numbers
            if names.names[number].key.isascii()
        )
        for number in others:
            key = names.names[number].key
            found = {clusters.root(one) for one in latin.meant((key, *place_bases(key)))}
            if len(found - {clusters.root(number)}) == 1 == len(found):
                clusters.join(found.pop(), number)


def _join_same(numbers: Sequence[int], facts: Sequence[NameFacts], clusters: Clusters) -> None:
    """Joins names of one kind that are spelled the same."""
    _join_equal(numbers, [facts[number].same for number in numbers], clusters)


def _join_equal(numbers: Iterable[int], keys: Iterable[str], clusters: Clusters) -> None:
    """Joins the names that have a key in common; one without stays as it is."""
    first: dict[str, int] = {}
    for number, key in zip(numbers, keys, strict=True):
        if key:
            before = first.setdefault(key, number)
            if before != number:
                clusters.join(before, number)
