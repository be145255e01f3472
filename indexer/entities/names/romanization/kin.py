"""Kin: may two words in Latin letters be spellings of one name in other letters?

They are kin when some name in these letters explains both (Selenskyj, Zelenskyy), each as one
language romanizes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from indexer.entities.names.romanization.tables import (
    CYRILLIC,
    NO_LETTER,
    PROVED,
    ROMANIZING,
    Both,
    letters_of,
    single,
    table_of,
)


def kin(one: Sequence[str], other: Sequence[str], letters: str = CYRILLIC) -> bool:
    """Is there a name in other `letters` of which both may be spellings, each as one language has
    it?

    >>> kin(["wolodymyr", "selenskyj"], ["volodymyr", "zelensky"])
    True
    """
    if len(one) != len(other):
        return False
    pairs = list(zip(one, other, strict=True))
    if not all(_may_be_kin(mine, theirs, letters) for mine, theirs in pairs):
        return False
    return any(
        all(_kin(mine, theirs, first, second) for mine, theirs in pairs)
        for first in ROMANIZING[letters]
        for second in ROMANIZING[letters]
    )


@lru_cache(maxsize=1 << 16)
def _kin(one: str, other: str, first: str, second: str) -> bool:
    return _meet(one, other, _both(first, second), is_arabic=first in ROMANIZING[PROVED])


@lru_cache(maxsize=1 << 16)
def _may_be_kin(one: str, other: str, letters: str) -> bool:
    """Can `_kin` be true in some two languages? Told at once of most names, letter by letter, with
    what any of them writes.
    """
    if letters_of(one) & ~letters_akin(other, letters):
        return False
    if letters_of(other) & ~letters_akin(one, letters):
        return False
    return _meet(one, other, _both_of_any(letters), is_arabic=letters != CYRILLIC)


@lru_cache(maxsize=1 << 17)
def letters_akin(word: str, letters: str) -> int:
    """Which letters (see `letters_of`) words may have that are kin to one."""
    table, longer = _letters_of_both(letters)
    found = table.get("", NO_LETTER)
    if letters != CYRILLIC:
        word = _AIN.sub("i", word)
        found |= letters_of("aei")  # short vowels, which are passed over
    word = single(word)
    for at in range(len(word)):
        found |= table.get(word[at], NO_LETTER)
        for more, akin in longer.get(word[at : at + 2], ()):
            if word.startswith(more, at):
                found |= akin
    return found


@cache
def _letters_of_both(letters: str) -> tuple[dict[str, int], dict[str, list[tuple[str, int]]]]:
    """What one language writes, one letter or nothing → the letters of all that any may write for
    the same; and the two that more of them begin with → each of these, and the same of it.
    """
    found: dict[str, int] = {}
    for pairs in _both_of_any(letters).values():
        for one, other in pairs:
            found[one] = found.get(one, NO_LETTER) | letters_of(other)
            found[other] = found.get(other, NO_LETTER) | letters_of(one)
    longer: dict[str, list[tuple[str, int]]] = {}
    for one, akin in found.items():
        if len(one) > 1:
            longer.setdefault(one[:2], []).append((one, akin))
    return found, longer


@cache
def _both_of_any(letters: str) -> Both:
    """What any two languages may write for one letter, by the first letters of both."""
    found: dict[tuple[str, str], dict[tuple[str, str], None]] = {}
    for first in ROMANIZING[letters]:
        for second in ROMANIZING[letters]:
            for begin, pairs in _both(first, second).items():
                found.setdefault(begin, {}).update(dict.fromkeys(pairs))
    return {begin: list(pairs) for begin, pairs in found.items()}


def _meet(one: str, other: str, both: Both, *, is_arabic: bool) -> bool:
    """Can two words be gone through together, a letter that both are made of at a time?"""
    if is_arabic:
        one, other = (_AIN.sub("i", word) for word in (one, other))
    one, other = single(one), single(other)
    start = (0, 0)
    seen, ahead = {start}, [start]
    while ahead:
        left, right = ahead.pop()
        if left == len(one) and right == len(other):
            return True
        mine_next, theirs_next = one[left : left + 1], other[right : right + 1]
        steps = [
            (left + len(mine), right + len(theirs))
            for letters in {(mine_next, theirs_next), (mine_next, ""), ("", theirs_next)}
            for mine, theirs in both.get(letters, ())
            if one.startswith(mine, left) and other.startswith(theirs, right)
        ]
        if is_arabic:
            steps += _short_vowels(one, other, left, right)
        ahead += [step for step in steps if step not in seen]
        seen.update(steps)
    return False


def _short_vowels(one: str, other: str, left: int, right: int) -> list[tuple[int, int]]:
    """Steps over short vowels, which Arabic leaves to the reader: any in a closed syllable (Haftar,
    Hifter), and an a that only one of two spellings has (Dagalo, Daglo).
    """
    mine, theirs = _CLOSED.match(one, left), _CLOSED.match(other, right)
    steps = [(left + 1, right + 1)] if mine and theirs else []
    inside = left and right and left < len(one) - 1 and right < len(other) - 1
    if inside and one[left] in "ae":
        steps.append((left + 1, right))
    if inside and other[right] in "ae":
        steps.append((left, right + 1))
    return steps


_AIN = re.compile(r"(?<=[^aeiou])(?:ee|ea|ie)\Z")
"""What is made of a long i before ʿayn, which closes a name: Saree, Sarea, Rabie."""
_CLOSED = re.compile(r"[aei](?=[^aeiouy]{2})(?!(?:sh|kh|gh|dh|th|ch|ph)[aeiouy])")


@cache
def _both(first: str, second: str) -> Both:
    """What two languages may write for one and the same letter, by the first letters of both."""
    mine, theirs = table_of(first), table_of(second)
    pairs = dict.fromkeys(
        (a, b)
        for letters, latin in mine.items()
        for a in latin
        for b in theirs.get(letters, ())
        if a or b
    )
    found: Both = {}
    for a, b in pairs:
        found.setdefault((a[:1], b[:1]), []).append((a, b))
    return found
