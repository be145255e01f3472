"""Links: with which other names may a rule of merging look at a name? With those that share one.

Whatever rule is added to `merging` needs its link here: names that hang together by no link are
settled apart, in whichever update they come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.entities.across_collection.collection_names import CorpusName
from indexer.entities.across_collection.name_facts import NameFacts
from indexer.entities.across_collection.romanized import bones_in_latin, in_polish
from indexer.entities.kept.texts import hash_of
from indexer.entities.names.cyrillic import place_bases
from indexer.entities.names.person_names import parts, run_together
from indexer.entities.names.romanization.given_names import given_names
from indexer.entities.names.romanization.spelled import town_bones
from indexer.entities.names.romanization.tables import bones
from indexer.entities.types import EntityKind

_KEY, _LISTED, _SAME, _SURNAME, _CLAIM, _BODY, _KNOWN, _GIVEN, _BONES, _UNIT, _TOWN, _NAMED = (
    hash_of(f"link {number}") for number in range(12)
)
CLAIMED = {EntityKind.PERSON: _CLAIM, EntityKind.ORG: _BODY}
"""By kind of a name, what its short forms are as links."""


def links(tags: Any, hashes: Any) -> NDArray[np.uint64]:
    """Links by what they are, and the hashes of what is shared; all even."""
    mixed: NDArray[np.uint64] = np.asarray(hashes, np.uint64) ^ np.asarray(tags, np.uint64)
    return mixed << np.uint64(1)


def links_of(name: CorpusName, said: NameFacts) -> NDArray[np.uint64]:
    """Those of a name, but for its short forms; odd ones for what is only looked at by names that
    have the even one.
    """
    even = list(_links(name, said))
    odd: list[tuple[int, str]] = []
    if said.latin:
        odd = [(_BONES, said.bones), (_GIVEN, _with_given(said.bones, said.latin[0]))]
        odd += [(_GIVEN, one) for one in _as_romanized(said)]
    if name.kind is EntityKind.PLACE and name.key.isascii():
        odd = [(_TOWN, said.bones)]
    tags, shared = zip(*even, *odd, strict=True)
    found = links(tags, [hash_of(one) for one in shared])
    found[len(even) :] |= 1
    return found


def _links(name: CorpusName, said: NameFacts) -> Iterator[tuple[int, str]]:
    yield _KEY, name.key
    if said.listed:
        yield _LISTED, said.listed
    for same in (said.same, *said.nominatives):
        if same:
            yield _SAME, f"{name.kind} {same}"
    if name.kind is EntityKind.ORG:
        yield _BODY, name.key
        if said.unit:
            yield _UNIT, said.unit[0]
    if name.kind is EntityKind.PLACE and said.in_other_letters:
        for key in (name.key, *place_bases(name.key)):
            yield _TOWN, town_bones(key)
    if name.kind is EntityKind.PERSON:
        yield from _of_person(name, said)


def _of_person(name: CorpusName, said: NameFacts) -> Iterator[tuple[int, str]]:
    yield _SURNAME, said.surname
    for label in (said.person, said.famous):
        if label:
            yield _KNOWN, label
    if said.famous:
        yield _SURNAME, run_together(parts(said.famous)[-1])
    if len(said.parts) == 1:
        yield _CLAIM, name.key
    if said.latin:
        yield _NAMED, _called(said.latin)
    for sought in bones_in_latin(said.spelling) if said.in_other_letters else ():
        yield _BONES, sought
    for first, last in in_polish(said.spelling):
        yield _GIVEN, _with_given(bones(last), first)
        for number in given_names(first):
            yield _GIVEN, f"{bones(last)} {number}"


def as_romanized(said: NameFacts) -> NDArray[np.uint64]:
    """The links of a name in Latin letters that all have which may be the same, romanized in
    another way. Names do not hang together by these; those do, by `romanized`, that are the same.
    """
    shared = [hash_of(one) for one in _as_romanized(said)]
    return links([_GIVEN] * len(shared), shared) | np.uint64(1)


def romanized(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> NDArray[np.uint64]:
    """A link to the names with each of two ways in which one is romanized: a row each pair.

    Args:
        pairs: of words of full names, of which the first and the last count.
    """
    shared = [hash_of(_called(name)) for pair in pairs for name in pair]
    return links([_NAMED] * len(shared), shared).reshape(-1, 2)


def _as_romanized(said: NameFacts) -> Iterator[str]:
    for number in said.given:
        yield f"{said.bones} {number}"


def _called(name: Sequence[str]) -> str:
    return f"{name[0]} {name[-1]}"


def _with_given(bones_of_surname: str, given: str) -> str:
    return f"{bones_of_surname} called {given}"
