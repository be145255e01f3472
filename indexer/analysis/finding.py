"""Finder: where in some texts are the words that begin so? Told without cutting them into words.

A page marks a hundred words in three thousand. A compiled loop goes once over the characters of all
its texts. Letters that make plain words (most of Latin, Greek, Cyrillic, Armenian, Arabic) are
compared folded; only where the neighborhood could make a difference to where a word ends or how it
is folded (acronyms, apostrophes inside words, other signs) is the tokenizer asked.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.folding import APOSTROPHES, HEBREW, fold
from indexer.analysis.tokenizer import WordTokenizer
from indexer.analysis.types import Place
from indexer.compiled import AnyArray, compiled

_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_LETTER, _SIGN = "\u4e00", "\u2500"
_LETTERS = 0x700  # code points below are plain letters where they behave so
_KNOWN = 0x2100  # those up to here part words where they do; all others are odd
_PARTING, _SPACE, _DOT, _APOSTROPHE, _ODD = 0, -1, -2, -3, -4
_HEBREW = re.compile(f"[{HEBREW}]")  # a quotation mark between two is a part of the word
_UNLIKE = "`\u02bb\u02bc"  # apostrophes that do not fold, or that Unicode calls letters
_BEGINS, _IS_LETTER, _IS_ODD, _GOES_ON = 1, 2, 4, 8  # it is the first or second of some string
_S = ord("s")
_GAP = "\n\n\n"  # so that stretches of two texts never touch, and nobody looks past the ends


def words_beginning(
    texts: Sequence[str],
    beginnings: Sequence[str],
    folded: Callable[[str], str],
    cut: Callable[[str], list[Place]],
) -> list[list[Place]]:
    """For each text the words whose surface begins with any of some folded strings, in order.

    Equal to choosing them from all words of the text, because words never hold white space and no
    rule of the tokenizer looks past it.

    Args:
        folded: the surface of a word as written.
        cut: every word of a text.
    """
    found: list[list[Place]] = [[] for _ in texts]
    if not beginnings:
        return found
    begin = tuple(beginnings)
    if "" in begin:
        return [cut(text) for text in texts]
    joined = _GAP.join(["", *texts, ""])
    letters = "".join([one.lower() if one.isascii() else one for one in begin])
    ends = list(accumulate(map(len, begin)))
    starts = list(accumulate((len(text) + len(_GAP) for text in texts), initial=len(_GAP)))
    rows = find(
        code_points(joined), _kinds(), code_points(letters), np.array([0, *ends], np.int32)
    ).tolist()
    number, first, last = -1, 0, 0
    for start, end, sure in rows:
        if start >= last:
            number = bisect_right(starts, start) - 1
            first, last = starts[number : number + 2]
        if sure:
            surface = folded(joined[start:end])
            if surface.startswith(begin):  # capitals can make a difference
                found[number].append((surface, start - first, end - first))
            continue
        for surface, left, right in cut(joined[start:end]):
            if surface.startswith(begin):
                found[number].append((surface, start + left - first, start + right - first))
    return found


def code_points(text: str) -> AnyArray:
    """The code points of a text, of 16 bits; for each beyond those, a letter or a sign of them."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) > 2 * len(text):
        plain = _BEYOND.sub(lambda match: _LETTER if match[0].isalnum() else _SIGN, text)
        units = plain.encode("utf-16-le", "surrogatepass")
    return np.frombuffer(units, np.uint16)


@cache
def _kinds() -> NDArray[np.int32]:
    """What each code point is to words: what it is folded to if it is a plain letter or digit."""
    tokenizer = WordTokenizer()
    kinds = np.full(_KNOWN, _ODD, np.int32)
    for code, character in enumerate(map(chr, range(_KNOWN))):
        if character.isspace():
            kinds[code] = _SPACE
        elif character == ".":
            kinds[code] = _DOT
        elif character in APOSTROPHES:
            kinds[code] = _ODD if character in _UNLIKE else _APOSTROPHE
        elif character.isalnum():
            within = f"a{character}a"  # ŉ folds to two, but for its apostrophe if it stands alone
            joins = code < _LETTERS and not _HEBREW.match(character)
            joins = joins and len(tokenizer.tokenize(f"{within}{within}")) == 1
            plain = fold(within)[1:-1] if joins else ""
            plainly = len(plain) == 1 and ord(plain) < _LETTERS
            kinds[code] = ord(plain) if plainly else _ODD
        elif not unicodedata.category(character).startswith("M"):
            kinds[code] = _PARTING
    return kinds


@compiled
def kind_at(points: AnyArray, kinds: AnyArray, at: int) -> int:
    """What stands at a place."""
    return kinds[points[at]] if points[at] < _KNOWN else _ODD


@compiled
def beyond(points: AnyArray, kinds: AnyArray, at: int, end: int) -> int:
    """How many characters behind some plain letters are of their word; -1 where that is not sure.

    They are none, or a possessive 's, which folding takes away.
    """
    kind, following = kind_at(points, kinds, end), kind_at(points, kinds, end + 1)
    plain = _ODD < following <= 0
    if _DOT < kind <= 0 or (kind == _APOSTROPHE and plain):
        return 0
    if kind == _DOT and (plain or end - at > 1):  # no acronym
        return 0
    last = kind_at(points, kinds, end + 2)
    if kind == _APOSTROPHE and following == _S and end - at > 2 and _APOSTROPHE < last <= 0:
        return 2
    return -1


@compiled
def may_begin(
    points: AnyArray, kinds: AnyArray, at: int, end: int, letters: AnyArray, bounds: AnyArray
) -> int:
    """Do some plain letters begin with one of some strings (1), or such a string with them (-1)?"""
    might = 0
    for string in range(len(bounds) - 1):
        first, last = bounds[string], bounds[string + 1]
        place = at
        while first < last and place < end and letters[first] == kinds[points[place]]:
            first, place = first + 1, place + 1
        if first == last:
            return 1
        if place == end:
            might = -1
    return might


@compiled
def word_at(points: AnyArray, kinds: AnyArray, at: int, letters: AnyArray, bounds: AnyArray) -> int:
    """Where the word ends that begins with the letter at a place, if it begins with a string.

    Returns:
        0 where it surely does not; -1 where that is not sure.
    """
    end = at + 1
    while kind_at(points, kinds, end) > 0:
        end += 1
    match = may_begin(points, kinds, at, end, letters, bounds)
    if match == 0:
        return 0
    more = beyond(points, kinds, at, end)
    if match < 0 and more >= 0:
        return 0
    before = kind_at(points, kinds, at - 1)
    if before == _APOSTROPHE:  # parts only where it follows no word
        before = kind_at(points, kinds, at - 2)
    return end + more if more >= 0 and _DOT < before <= 0 else -1


@compiled
def find(points: AnyArray, kinds: AnyArray, letters: AnyArray, bounds: AnyArray) -> AnyArray:
    """Finds the words that begin with any of some strings.

    Args:
        points: a text, with white space (`_GAP`) at both ends.
        letters: the strings, one after the other.
        bounds: where each begins in `letters`, and the last one ends.

    Returns:
        start, end, and 1 for a word; 0 for a stretch between white space that may hold some.
    """
    signs = signs_of(kinds, letters, bounds)
    rows = np.empty((len(points) // 2 + 1, 3), np.int32)
    count = at = 0
    before, sign = signs[points[0]], signs[points[1]]
    for at in range(1, len(points) - 1):
        following = signs[min(int(points[at + 1]), _KNOWN)]
        # One jump a character, and few taken: they cost more than all the rest.
        may = sign & ~(before >> 1) & (following >> 3 | ~following >> 1) & _BEGINS
        if (may | sign & _IS_ODD) and (not count or rows[count - 1, 1] <= at):
            end = word_at(points, kinds, at, letters, bounds) if may else -1
            if end < 0:
                count = put_stretch(points, kinds, at, rows, count)
            elif end:
                rows[count, 0], rows[count, 1], rows[count, 2] = at, end, 1
                count += 1
        before, sign = sign, following
    return rows[:count]


@compiled
def signs_of(kinds: AnyArray, letters: AnyArray, bounds: AnyArray) -> AnyArray:
    """What each code point is to some strings, in bits: see `_BEGINS`."""
    signs = np.full(_KNOWN + 1, _IS_ODD, np.uint8)
    first, second = np.zeros(_KNOWN, np.uint8), np.zeros(_KNOWN, np.uint8)
    for string in range(len(bounds) - 1):
        start, end = bounds[string], bounds[string + 1]
        if letters[start] < _KNOWN:
            first[letters[start]] = _BEGINS
        if end - start == 1:
            second[:] = _GOES_ON
        elif letters[start + 1] < _KNOWN:
            second[letters[start + 1]] = _GOES_ON
    for point in range(_KNOWN):
        kind = kinds[point]
        if kind > 0:
            signs[point] = _IS_LETTER | first[kind] | second[kind]
        elif kind != _ODD:
            signs[point] = 0
    return signs


@compiled
def put_stretch(points: AnyArray, kinds: AnyArray, at: int, rows: AnyArray, count: int) -> int:
    """Writes the stretch around a place instead of what was found in it; returns how many rows."""
    start = end = at
    while kind_at(points, kinds, start - 1) != _SPACE:
        start -= 1
    while kind_at(points, kinds, end) != _SPACE:
        end += 1
    while count and rows[count - 1, 0] >= start:
        count -= 1
    if count and not rows[count - 1, 2] and rows[count - 1, 1] + 1 == start:
        count -= 1  # one with its neighbor
        start = rows[count, 0]
    rows[count, 0], rows[count, 1], rows[count, 2] = start, end, 0
    return count + 1
