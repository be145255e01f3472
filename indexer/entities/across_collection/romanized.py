"""Romanized names: which full names in other letters, or spelled as others do, mean one?

Romanization is weak evidence. It joins a name to the one person it fits and to nobody when it fits
two; two Latin names only where the given name proves that they were romanized at all, so that
Kiesinger is not Kissinger. One module: names of persons and of towns are laid out for the same
comparison.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, product
from operator import itemgetter
from typing import Generic, TypeAlias, TypeVar

from indexer.clusters import Clusters
from indexer.entities.across_collection.collection_names import CorpusNames
from indexer.entities.across_collection.named_again.answers import keep
from indexer.entities.names import polish
from indexer.entities.names.known import known_label
from indexer.entities.names.person_names import Parts, middles_agree, parts, surname_last, words
from indexer.entities.names.romanization.given_names import (
    given_names,
    groups_of,
    same_given_name,
    western_names,
    western_names_of,
)
from indexer.entities.names.romanization.kin import kin
from indexer.entities.names.romanization.other_letters import in_other_letters
from indexer.entities.names.romanization.persons import (
    are_one_of_both,
    fits,
    given_name_fits,
    is_one_romanized,
    may_be_korean,
)
from indexer.entities.names.romanization.spelled import (
    beginnings,
    languages_of,
    letters_written,
    skeleton,
    skeletons,
    spell,
    without_article,
)
from indexer.entities.names.romanization.tables import ARABIC, bones, letters_of
from indexer.entities.names.spelling import plain
from indexer.entities.types import EntityKind

_SHORTEST = 4  # letters of a surname that stands alone

# What some write as t or d, others as s or z: of Arabic, also in Cyrillic (Хуси, Houthi).
_HISSED = str.maketrans("ثضс", "سسт")

_BEFORE_B = re.compile("[نנ](?=[بב])")  # where an m is said (جنبلاط, Jumblatt)
_M = "m"

Item = TypeVar("Item")
_Bearing: TypeAlias = tuple[Sequence[str], Item, frozenset[str]]
"""Words of a full name, what it stands for, and the languages in which its surname fits."""
_Town: TypeAlias = tuple[int, Sequence[str], Item]
"""The letters of a name (`letters_of`), its words without article, and what it stands for."""


def latin_words(name: str) -> Parts:
    """The words of a full name in Latin letters; none of another name."""
    found = words(name)
    is_full = len(found) > 1 and len(found[0]) > 1 and not in_other_letters(name)
    if is_full and len(found) > _LEAST_GOVERNED and found[-2] in _SONS_OF:
        return (*found[:-2], found[-2] + found[-1])
    return found if is_full else ()


_SONS_OF = frozenset(["ag", "bar", "ben", "ould"])
"""Written before a surname, and as a part of it in other letters; Ben is a given name too."""
_LEAST_GOVERNED = 2  # words of a name that has none


def _bones_of(source: Sequence[Sequence[str]]) -> set[str]:
    """The bones of the surnames that a name in other letters may have."""
    return {
        bones(one)
        for base in source[-1]
        for one in (base, base.translate(_HISSED), _BEFORE_B.sub(_M, base))
    }


def bones_in_latin(name: str) -> set[str]:
    """The bones of the surnames in Latin letters with which a name in others is compared."""
    source = in_other_letters(surname_last(name))
    lone = in_other_letters(name)
    found = _bones_of(source) if source else set()
    return found | ({bones(base) for base in lone[0]} if len(lone) == 1 else set())


def in_polish(name: str) -> list[tuple[str, str]]:
    """What given name and surname may be in the nominative, each pair plain, where a full name may
    be in a case that only Polish has; else nothing.
    """
    given, _, surname = name.rpartition(" ")
    if " " in given or not (_POLISH_CASE.search(given) and _POLISH_CASE.search(surname)):
        return []
    found = product(polish.bases(given)[1:], polish.bases(surname))
    return list(dict.fromkeys((plain(first), plain(last)) for first, last in found))


class LatinNames(Generic[Item]):
    """Full names in Latin letters, to be found by names in others.

    Args:
        names: (words of a full name, bones of its surname, what it stands for).
    """

    def __init__(self, names: Iterable[tuple[Parts, str, Item]]) -> None:
        self._by_surname: dict[str, list[tuple[Sequence[str], Item]]] = defaultdict(list)
        self._surnames: dict[str, dict[str, dict[str, list[int]]]] = {}
        for found, its_bones, item in names:
            alike = self._surnames.setdefault(its_bones, {}).setdefault(skeleton(found[-1]), {})
            alike.setdefault(found[-1], []).append(len(self._by_surname[its_bones]))
            self._by_surname[its_bones].append((found, item))
        self._bearing: dict[tuple[str, ...], list[_Bearing[Item]]] = {}
        self._given_of: dict[str, frozenset[str]] = {}
        self._given_fitting: dict[str, frozenset[str]] = {}

    @classmethod
    def of(cls, names: Iterable[tuple[str, Item]]) -> LatinNames[Item]:
        """Those among names that are full and in Latin letters.

        Args:
            names: (a name, what it stands for).
        """
        worded = ((latin_words(name), item) for name, item in names)
        return cls((found, bones(found[-1]), item) for found, item in worded if found)

    def __bool__(self) -> bool:
        return bool(self._by_surname)

    def named(self, source: Sequence[Sequence[str]]) -> Iterator[Item]:
        """What the full names stand for that a name in other letters may be."""
        if may_be_korean(source):
            for key in _bones_of(source):
                for latin, item in self._by_surname.get(key, ()):
                    if fits(source, latin):
                        yield item
            return
        for latin, item, in_which in self._that_may_bear(source):
            if given_name_fits(source, latin, in_which):
                yield item

    def may_be_named(self, first: str, last: str) -> bool:
        """May a name in letters without vowels (its given name and its surname) be one of these?"""
        given = self._given_fitting.get(first)
        if given is None:
            given = keep(self._given_fitting, first, self._given_that_fit(first))
        if not given:
            return False
        borne = self._given_of.get(last)
        if borne is None:
            borne = frozenset(latin[0] for latin, _, _ in self._that_may_bear([(last,)]))
            borne = keep(self._given_of, last, borne)
        return not given.isdisjoint(borne)

    def _given_that_fit(self, first: str) -> frozenset[str]:
        """The given names of these that one in letters without vowels may be."""
        by_skeleton, by_group = self._given
        its_skeletons = skeletons(first)
        alike = by_skeleton if its_skeletons is None else its_skeletons & by_skeleton.keys()
        spelled = (one for key in alike for one in by_skeleton[key] if languages_of(first, one))
        listed = (
            *((False, one) for one in groups_of(first)),
            *((True, one) for one in western_names_of(first)),
        )
        return frozenset((*spelled, *chain.from_iterable(by_group.get(one, ()) for one in listed)))

    @cached_property
    def _given(self) -> tuple[dict[str, list[str]], dict[tuple[bool, int], list[str]]]:
        """The given names by their skeletons, and by whether lists have them as names of the West,
        and as which.
        """
        by_skeleton: dict[str, list[str]] = {}
        by_group: dict[tuple[bool, int], list[str]] = {}
        for one in {found[0] for found, _ in chain.from_iterable(self._by_surname.values())}:
            by_skeleton.setdefault(skeleton(one), []).append(one)
            for number in given_names(one):
                by_group.setdefault((False, number), []).append(one)
            for number in western_names(one):
                by_group.setdefault((True, number), []).append(one)
        return by_skeleton, by_group

    def _that_may_bear(self, source: Sequence[Sequence[str]]) -> list[_Bearing[Item]]:
        """The names whose surname that of a name in other letters may be. Where every two words may
        be a name, as in Arabic, the same one is asked for thousands of times.
        """
        bases = tuple(source[-1])
        known = self._bearing.get(bases)
        if known is not None:
            return known
        known = []
        for key in _bones_of(source):
            fitting = [
                (place, languages)
                for surname, places in self._spelled(bases, key)
                if (languages := frozenset().union(*(languages_of(one, surname) for one in bases)))
                for place in places
            ]
            known += (
                (*self._by_surname[key][place], languages)
                for place, languages in sorted(fitting, key=itemgetter(0))
            )
        return keep(self._bearing, bases, known)

    def _spelled(self, bases: Sequence[str], key: str) -> Iterator[tuple[str, list[int]]]:
        """The surnames with some bones that one in other letters may be, as far as its skeletons
        tell, and where their bearers are.
        """
        alike = self._surnames.get(key, {})
        its_skeletons = [skeletons(base) for base in bases]
        keys: Iterable[str] = alike
        if None not in its_skeletons:
            keys = {one for each in its_skeletons if each for one in each if one in alike}
        for one in keys:
            yield from alike[one].items()

    def with_surname(self, bases: Sequence[str]) -> Iterator[Item]:
        """What those stand for whose surname a word in other letters may be."""
        for key in {bones(base) for base in bases}:
            for latin, item in self._by_surname.get(key, ()):
                if any(spell([base], latin[-1:]) for base in bases):
                    yield item

    def spelled_like(self, surname: str) -> Iterable[tuple[Sequence[str], Item]]:
        """The names whose surnames may be spellings of one in Latin letters."""
        return self._by_surname.get(bones(surname), ())

    def groups(self) -> Iterable[list[tuple[Sequence[str], Item]]]:
        """The names, those together whose surnames may be spellings of one."""
        return self._by_surname.values()


def one_town(names: Collection[str]) -> str:
    """The town that all of some names mean which one word fits: those that no list has may be what
    other languages make of another (Zchinwali, Tskhinvali). Nothing where they are several.
    """
    labels = {name: known_label(EntityKind.PLACE, plain(name)) for name in names}
    listed = sorted(name for name, label in labels.items() if label is not None)
    if len({labels[name] for name in listed}) > 1:
        return ""
    first = min(listed or names, default="")
    others = ([plain(name)] for name, label in labels.items() if label is None and name != first)
    bare = [plain(first)]
    return first if all(kin(bare, one) or kin(bare, one, ARABIC) for one in others) else ""


_SHORTEST_TOWN = 5  # letters: shorter names are spelled like too many others


class TownSpellings(Generic[Item]):
    """Names of places in Latin letters, to be found by names in others that no list has.

    Args:
        names: (a name in plain spelling, its `town_bones`, what it stands for).
    """

    def __init__(self, names: Iterable[tuple[str, str, Item]]) -> None:
        self._by_bones: dict[str, dict[tuple[str, int], list[_Town[Item]]]] = {}
        for key, its_bones, item in names:
            if len(key) >= _SHORTEST_TOWN and key.isascii():
                latin = without_article(key)
                alike = self._by_bones.setdefault(its_bones, {})
                first = latin[0][:1], len(latin)
                alike.setdefault(first, []).append((letters_of("".join(latin)), latin, item))

    def meant(self, keys: Iterable[str], *, shortest: int = _SHORTEST_TOWN) -> set[Item]:
        """What the places are that a name in other letters, in any of these forms, may be.

        Args:
            shortest: letters of a name that may be one.
        """
        found: set[Item] = set()
        for key in keys:
            if len(key) >= shortest:
                bare, whole = without_article(key), key.split()
                for source in (bare,) if bare == whole else (bare, whole):
                    found.update(self._spelled_by(source))
        return found

    def _spelled_by(self, source: Sequence[str]) -> Iterator[Item]:
        alike = self._by_bones.get(bones("".join(source)))
        if not alike:
            return
        may, must = letters_written("".join(source))
        for first in beginnings(source[0]):
            for letters, latin, item in alike.get((first, len(source)), ()):
                if not letters & ~may and not must & ~letters and spell(source, latin):
                    yield item


class Spellings:
    """Which full names are one, each romanized in its way? A pair is asked about once, however
    often the collection is settled.

    Args:
        known: what was asked the last time, and the answers.

    Attributes:
        asked: that, and what was asked of this one.
    """

    def __init__(self, known: Mapping[str, bool] | None = None) -> None:
        self.asked: dict[str, bool] = dict(known or {})

    def are_one(self, one: Sequence[str], other: Sequence[str]) -> bool:
        """See `is_one_romanized`, which looks at first and last words alone, in any order."""
        if (other[0], other[-1]) < (one[0], one[-1]):
            one, other = other, one
        key = " ".join((one[0], one[-1], other[0], other[-1]))
        return self._answer(key, lambda: is_one_romanized(one, other))

    def found(self) -> list[tuple[list[str], list[str]]]:
        """First and last words of the names that were said to be one."""
        said = (key.split(" ") for key, is_one in self.asked.items() if is_one and "\t" not in key)
        return sorted((words[:2], words[2:]) for words in said)

    def is_base(self, first: str, last: str, name: Sequence[str]) -> bool:
        """Is a full name the one that a Polish case comes from?

        Args:
            first, last: what its given name and surname may be in the nominative (plain).
            name: the words of a full name in Latin letters.
        """
        given, surname = name[0], name[-1]
        return (
            first == given
            or self._answer(f"given\t{first}\t{given}", lambda: bool(same_given_name(first, given)))
        ) and (
            last == surname
            or self._answer(f"surname\t{last}\t{surname}", lambda: kin([last], [surname]))
        )

    def _answer(self, key: str, ask: Callable[[], bool]) -> bool:
        found = self.asked.get(key)
        if found is None:
            found = self.asked[key] = ask()
        return found


def join_spellings(
    latin: LatinNames[int],
    given_name: Callable[[int], Collection[int]],
    spellings: Spellings,
    names: CorpusNames,
    clusters: Clusters,
) -> None:
    """Joins full names in Latin letters that are one name, romanized in two ways.

    Two are compared where their given names may be one, as it is their given names that prove a
    romanization: a surname that thousands bear would take the square of them.

    Args:
        given_name: number of a name → what `given_names` says of its first word.
    """
    for group in latin.groups():
        romanized = [
            (found, number, given) for found, number in group if (given := given_name(number))
        ]
        called: dict[int, list[int]] = defaultdict(list)
        for place, (_, _, given) in enumerate(romanized):
            for one in given:
                called[one].append(place)
        for found, number, given in romanized:
            namesakes = sorted({place for one in given for place in called[one]})
            fitting = {
                clusters.root(other): theirs
                for theirs, other, _ in map(romanized.__getitem__, namesakes)
                if not clusters.together(other, number)
                and spellings.are_one(found, theirs)
                and middles_agree(_parted(names, number), _parted(names, other))
            }
            mine = list(fitting.values())
            if all(spellings.are_one(one, other) for one in mine for other in mine):
                for root in fitting:
                    clusters.join(root, number)


def join_other_letters(
    whole: Sequence[int], latin: LatinNames[int], names: CorpusNames, clusters: Clusters
) -> None:
    """Joins each full name in other letters to the one person in Latin letters whom it fits, or to
    those who are one then.
    """
    for number in whole:
        source = in_other_letters(surname_last(names.names[number].spelling))
        if len(source) < 2:
            continue
        fitting = {clusters.root(one): one for one in latin.named(source)}
        fitting.pop(clusters.root(number), None)
        spelled = [words(names.names[one].spelling) for one in fitting.values()]
        if are_one_of_both(spelled):
            for root in fitting:
                clusters.join(root, number)


def join_polish_cases(
    whole: Sequence[int],
    latin: LatinNames[int],
    spellings: Spellings,
    names: CorpusNames,
    clusters: Clusters,
) -> None:
    """Joins each full name in a case that only Polish has (Kyryłem Budanowem) to the one person
    whose name it is then.
    """
    for number in whole:
        fitting = {
            clusters.root(one)
            for first, last in in_polish(names.names[number].spelling)
            for found, one in latin.spelled_like(last)
            if len(found) > 1 and spellings.is_base(first, last, found)
        }
        fitting.discard(clusters.root(number))
        if len(fitting) == 1:
            clusters.join(fitting.pop(), number)


_POLISH_CASE = re.compile(r"(?:em|owi|ę|ą|ego|emu|ym|im|ie)\Z")


def bearers_in_latin(surname: str, latin: LatinNames[int]) -> Iterator[int]:
    """Those in Latin letters who may bear a surname in others; nobody when it is a given name."""
    source = in_other_letters(surname)
    if len(source) == 1 and not groups_of(source[0][0]) and len(source[0][0]) >= _SHORTEST:
        yield from latin.with_surname(source[0])


def _parted(names: CorpusNames, number: int) -> tuple[str, ...]:
    return parts(names.names[number].spelling)
