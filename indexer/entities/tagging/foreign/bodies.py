"""Bodies in other languages: where does a text name a listed body in another case, what every state
has, or a unit by its number?
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import TypeAlias

from indexer.entities.names.bodies import (
    bodies_among,
    is_of_unit,
    is_sort_of_unit,
    may_number_unit,
    unit_of,
)
from indexer.entities.names.body_words import Said, before, known_body, said_among, units_among
from indexer.entities.names.spelling import plain
from indexer.entities.tagging.gazetteer import LISTED
from indexer.entities.types import EntityKind, Mention

_CONFIDENCE = 0.9
_WORD = re.compile(r"[^\W_]+(?:['’ʼ\"״][^\W_]+)*")
_ELIDED = re.compile("[dlDL]['’](?=.)")
_JOINT = frozenset(" -‑\u200c")
_OR_SPACE = ("", " ")
_JOINT_OF_NAME = frozenset(["-", *map("".join, product(_OR_SPACE, ["", *'«„“"»”'], _OR_SPACE))])
_OPENED, _CLOSING = re.compile('[«„“"]'), ("»", "“", "”", '"')
_JOINT_OF_UNIT = frozenset([" ", "-", "‑", ".", ". ", "'", "’"])
_MOST_OF_UNIT = 6  # words
_Word: TypeAlias = tuple[int, int, str]


def bodies_in(text: str) -> Iterator[Mention]:
    """The bodies in a text; they may overlap names found otherwise, not one another."""
    taken: set[int] = set()
    for words in runs(text, _JOINT):
        for found in bodies_among([word for _, _, word in words]):
            start, end = words[found.first][0], words[found.last - 1][1]
            if text[start].islower() and found.last - found.first == 1:
                continue
            taken.update(range(start, end))
            yield Mention(start, end, EntityKind.ORG, text[start:end], _CONFIDENCE, LISTED)
    for start, end, said in named_by_words(text):
        if taken.isdisjoint(range(start, end)) and known_body(said) is not None:
            taken.update(range(start, end))
            yield Mention(start, end, EntityKind.ORG, text[start:end], _CONFIDENCE, LISTED)
    yield from _units(text)


def named_by_words(text: str) -> Iterator[tuple[int, int, Said]]:
    """Where words of a text may be what a body is called, from and to, and what they say; the
    longest first of those that begin together, and in letters with capitals with one at the
    beginning.
    """
    for words in runs(text, _JOINT):
        for found in said_among([word for _, _, word in words]):
            start, _, first = words[found.first]
            end = words[found.last - 1][1]
            elided = _ELIDED.match(text, start)
            start = elided.end() if elided else start + before(first)
            if not text[start].islower():
                yield start, end, found.said


def named_units(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Where a text may call a unit by its name, from and to; of which sort, and the name."""
    for words in runs(text, _JOINT_OF_NAME):
        for found in units_among([word for _, _, word in words]):
            start, end = words[found.first][0], words[found.last - 1][1]
            first, last, _ = words[found.name]
            if _OPENED.search(text, start, end) and text[end : end + 1] in _CLOSING:
                end += 1
            if not text[first].islower():
                yield start, end, found.sort, text[first:last]


def _units(text: str) -> Iterator[Mention]:
    for words in runs(text, _JOINT_OF_UNIT):
        at = 0
        while at < len(words):
            last = at
            while last < len(words) and last - at < _MOST_OF_UNIT and is_of_unit(words[last][2]):
                last += 1
            found = next(
                (
                    (begin, end)
                    for end in range(last, at + 1, -1)
                    for begin in range(at, end - 1)
                    if _is_whole(words[begin][2], words[end - 1][2])
                    and unit_of(plain(text[words[begin][0] : words[end - 1][1]]))
                ),
                None,
            )
            if found is None:
                at = last + 1
                continue
            start, end = words[found[0]][0], words[found[1] - 1][1]
            yield Mention(start, end, EntityKind.ORG, text[start:end], _CONFIDENCE, LISTED)
            at = found[1]


def _is_whole(first: str, last: str) -> bool:
    """Does a unit begin and end with its number or with what it is?"""
    begins = first[0].isdigit() or is_sort_of_unit(first) or may_number_unit(first)
    return begins and (len(last) > 1 or last[0].isdigit())


def runs(text: str, joints: frozenset[str]) -> Iterator[Sequence[_Word]]:
    """The words of a text, where they stand and as `plain` makes them, parted at marks."""
    words = _words(text)
    begin = 0
    for at in range(1, len(words)):
        if text[words[at - 1][1] : words[at][0]] not in joints:
            yield words[begin:at]
            begin = at
    if words:
        yield words[begin:]


@lru_cache(maxsize=4)
def _words(text: str) -> list[_Word]:
    """The same words, not parted. A text is gone through several times, one after the other."""
    return [(word.start(), word.end(), plain(word.group())) for word in _WORD.finditer(text)]
