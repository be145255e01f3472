"""Cutting of passages: where may a passage begin and end? At sentences and paragraphs if there is
room, else at words.

Compiled loops over the code points of texts that lie one after the other.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import code_points
from indexer.compiled import AnyArray, compiled

_ENDS, _CLOSERS = ".!?…。؟", '"”’»)]'
_TITLES = "Adm Brig Capt Col Dr Gen Gov Lt Maj Mr Mrs Ms Prof Rep Sen Sgt St"
"""Short for what stands before a name: a dot behind it ends no sentence. So for an initial."""
_LONGEST = 4  # letters of a title
WHITE, _END, _CLOSING, _WORD = 1, 2, 4, 8
_SIGNS = 1 << 16
_BREAK, _DOT, _SPACE, _CAPITAL_A, _CAPITAL_Z = (ord(sign) for sign in "\n. AZ")


@cache
def signs_of_points() -> NDArray[np.uint8]:
    """What each code point is to passages, in bits."""
    characters = [chr(code) for code in range(_SIGNS)]
    signs = np.zeros(_SIGNS, np.uint8)
    signs[[character.isspace() for character in characters]] |= WHITE
    signs[[character.isalnum() for character in characters]] |= _WORD
    signs[ord("_")] |= _WORD
    signs[[ord(character) for character in _ENDS]] |= _END
    signs[[ord(character) for character in _CLOSERS]] |= _CLOSING
    return signs


@cache
def packed_titles() -> NDArray[np.int64]:
    return np.array([packed(code_points(title), 0, len(title)) for title in _TITLES.split()])


@compiled
def packed(points: AnyArray, start: int, end: int) -> int:
    """A short word as one number."""
    number = 0
    for at in range(start, end):
        number = (number << 16) + int(points[at])
    return number


@compiled
def has(points: AnyArray, signs: AnyArray, at: int, sign: int) -> bool:
    """Is what stands at a place such a sign?"""
    return bool(signs[points[at]] & sign)


@compiled
def sentence_end(
    points: AnyArray, signs: AnyArray, titles: AnyArray, low: int, at: int, end: int
) -> tuple[int, int]:
    """Where a sentence ends whose last sign is at a place, and the white space behind it.

    Args:
        low: where the text begins.

    Returns:
        twice 0 where no sentence ends, or no white space is behind it before `end`.
    """
    if points[at] == _DOT:
        word = at
        while word > low and at - word <= _LONGEST and has(points, signs, word - 1, _WORD):
            word -= 1
        if at - word == 1 and _CAPITAL_A <= points[word] <= _CAPITAL_Z:
            return 0, 0
        if 1 < at - word <= _LONGEST:
            name = packed(points, word, at)
            for title in titles:
                if title == name:
                    return 0, 0
    last = at + 1
    while last < end and has(points, signs, last, _CLOSING):
        last += 1
    following = last
    while following < end and has(points, signs, following, WHITE):
        following += 1
    return (last, following) if following > last else (0, 0)


@compiled
def paragraph_end(points: AnyArray, signs: AnyArray, at: int, high: int) -> int:
    """Where the next blank line begins; where the text ends, if there is none."""
    while at < high:
        if points[at] != _BREAK:
            at += 1
            continue
        following = at + 1
        blank = False
        while following < high and has(points, signs, following, WHITE):
            blank = blank or points[following] == _BREAK
            following += 1
        if blank:
            return at
        at = following
    return high


@compiled
def paragraph_start(points: AnyArray, signs: AnyArray, low: int, at: int, least: int) -> int:
    """Where the paragraph begins; somewhere before `least`, if it begins before that."""
    while at > least:
        before, breaks = at, 0
        while before > low and has(points, signs, before - 1, WHITE):
            before -= 1
            breaks += points[before] == _BREAK
        if before < at and (breaks > 1 or before == low):
            return at
        at = before - 1 if before == at else before
    return at


@compiled
def left_of(
    points: AnyArray, signs: AnyArray, titles: AnyArray, low: int, start: int, room: int
) -> int:
    """The beginning of the sentence where it is near, else of a word a third of the room before."""
    half = room // 2
    paragraph = paragraph_start(points, signs, low, start, max(low, start - half - 1))
    if start - paragraph <= half:
        return paragraph
    first = last = -1
    for at in range(start - half - 1, start):
        if has(points, signs, at, _END):
            _, following = sentence_end(points, signs, titles, low, at, start)
            if following:
                last = following
                if first < 0:
                    first = following
    if first >= 0:
        return first if start - first <= half else last
    for at in range(start - room // 3, start):
        if points[at] == _SPACE:
            return at + 1
    return start


@compiled
def right_of(
    points: AnyArray, signs: AnyArray, titles: AnyArray, low: int, end: int, high: int, room: int
) -> int:
    """The end of the last sentence that fits, if it uses half the room, else of the last word."""
    limit = min(high, end + max(0, room))
    if limit <= end:
        return end
    if limit == high:
        return high
    fitting = -1
    for at in range(end, limit):
        if has(points, signs, at, _END):
            last, _ = sentence_end(points, signs, titles, low, at, limit + 1)
            if last:
                fitting = last
    if fitting >= 0 and fitting - end >= (limit - end) // 2:
        return fitting
    if has(points, signs, limit, WHITE):
        return limit
    for at in range(limit - 1, end - 1, -1):
        if points[at] == _SPACE:
            return at
    return end
