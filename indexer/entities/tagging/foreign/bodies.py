"""Bodies in other languages: where does a text name a listed body in another case, what every state
has, or a unit by its number?
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.entities.names.bodies import (
    bodies_among,
    is_of_unit,
    is_sort_of_unit,
    unit_of,
)
from indexer.entities.names.spelling import plain
from indexer.entities.tagging.gazetteer import LISTED
from indexer.entities.types import EntityKind, Mention

_CONFIDENCE = 0.9
_WORD = re.compile(r"[^\W_]+(?:['’ʼ\"״][^\W_]+)*")
_JOINT = re.compile(r"[ \-‑\u200c]\Z")
_JOINT_OF_UNIT = re.compile(r"(?:[ \-‑]|\. ?|['’])\Z")
_MOST_OF_UNIT = 6  # words


def bodies_in(text: str) -> Iterator[Mention]:
    """The bodies in a text, in order; they may overlap names found otherwise, not one another."""
    for words in _runs(text, _JOINT):
        for found in bodies_among([word for _, _, word in words]):
            start, end = words[found.first][0], words[found.last - 1][1]
            if text[start].islower() and found.last - found.first == 1:
                continue
            yield Mention(start, end, EntityKind.ORG, text[start:end], _CONFIDENCE, LISTED)
    yield from _units(text)


def _units(text: str) -> Iterator[Mention]:
    for words in _runs(text, _JOINT_OF_UNIT):
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
    return (first[0].isdigit() or is_sort_of_unit(first)) and (len(last) > 1 or last[0].isdigit())


def _runs(text: str, joint: re.Pattern[str]) -> Iterator[list[tuple[int, int, str]]]:
    """The words of a text, where they stand and as `plain` makes them, parted at marks."""
    run: list[tuple[int, int, str]] = []
    for word in _WORD.finditer(text):
        if run and joint.fullmatch(text, run[-1][1], word.start()) is None:
            yield run
            run = []
        run.append((word.start(), word.end(), plain(word.group())))
    if run:
        yield run
