"""Choice of passages: which passages of some texts show best what was marked in them? One compiled
call a page.

A passage is a row of whole words inside one paragraph. The best one shows the most different
clauses of the query, then the most matches, then comes first; each next one adds what the passages
before it do not show. Passages are cut where a sentence begins or ends when there is room, else
between words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import code_points
from indexer.compiled import AnyArray, compiled
from search.passages.highlighter import Highlight

# Cutting of passages: where may a passage begin and end? At sentences and paragraphs if there is
# room, else at words.
#
# Compiled loops over the code points of texts that lie one after the other.

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


PASSAGE = 240
"""Characters of one passage, at most, unless one match alone is longer."""
USUAL = 2
MOST = 3

_CLAUSES = 64  # that are told apart; those beyond count as one


def passages(texts: Sequence[str], marks: Sequence[Sequence[Highlight]]) -> list[list[int]]:
    """The passages to show: number of the text, start, end; in order.

    A text without any mark gives its beginning.

    Args:
        marks: the marked places of each text, in order.
    """
    ends = list(accumulate(map(len, texts)))
    rows = list(accumulate(map(len, marks), initial=0))
    every = list(zip(*chain.from_iterable(marks), strict=True))[:3]
    places = np.fromiter(chain.from_iterable(every), np.int64).reshape(3, -1)
    cuts = np.empty((MOST * len(texts), 3), np.int64)
    points = code_points("".join([*texts, "\n"]))
    bounds = np.array(([0, *ends], rows), np.int64)
    count = find_passages(points, bounds, places, signs_of_points(), packed_titles(), cuts)
    found: list[list[int]] = cuts[:count].tolist()
    return found


@compiled
def best_windows(
    points: AnyArray, signs: AnyArray, low: int, high: int, places: AnyArray, windows: AnyArray
) -> int:
    """Chooses rows of marks of one text: writes start, end, end of paragraph of each, best first.

    Args:
        low, high: where the text begins and ends.
        places: starts, ends and clauses of its marks.
    """
    starts, ends, clauses = places[0], places[1], places[2]
    size = len(starts)
    lasts, reach = np.empty(size, np.int64), np.empty(size, np.int64)
    paragraphs, shown = np.empty(size, np.int64), np.zeros(size, np.uint64)
    paragraph = low
    for at in range(size):
        start = low + starts[at]
        if start >= paragraph:
            paragraph = paragraph_end(points, signs, start, high)
        room = min(start + PASSAGE, paragraph)
        last, end = at, low + ends[at]
        while last == at or (last < size and low + ends[last] <= room):
            end = max(end, low + ends[last])
            shown[at] |= np.uint64(1) << np.uint64(min(clauses[last], _CLAUSES - 1))
            last += 1
        lasts[at], reach[at], paragraphs[at] = last, end, paragraph
    new = size + 1  # a clause not yet seen is worth more than any number of marks
    left = np.ones(size, np.bool_)
    seen = np.uint64(0)
    for number in range(MOST):
        best, most = -1, 0
        for at in range(size):
            if left[at]:
                worth = ones(shown[at] & ~seen) * new + lasts[at] - at
                if worth > most:  # among equals the first
                    best, most = at, worth
        if best < 0 or (number >= USUAL and most < new):
            return number
        start, end = low + starts[best], reach[best]
        windows[number, 0], windows[number, 1], windows[number, 2] = start, end, paragraphs[best]
        seen |= shown[best]
        for at in range(size):  # what would not stay another passage
            near = low + starts[at] < start + PASSAGE and reach[at] > end - PASSAGE
            left[at] &= not (near and paragraphs[at] == paragraphs[best])
    return MOST


@compiled
def ones(bits: np.uint64) -> int:
    """How many bits are set."""
    count = 0
    while bits:
        bits &= bits - np.uint64(1)
        count += 1
    return count


@compiled
def put_cut(cuts: AnyArray, first: int, count: int, start: int, end: int) -> int:
    """Puts a passage among those of its text, in order; returns how many rows there are now."""
    row = count
    while row > first and cuts[row - 1, 1] > start:
        cuts[row, 1], cuts[row, 2] = cuts[row - 1, 1], cuts[row - 1, 2]
        row -= 1
    cuts[row, 1], cuts[row, 2] = start, end
    return count + 1


@compiled
def join_cuts(cuts: AnyArray, first: int, count: int) -> int:
    """Makes one of passages that grew into one another; returns how many rows are left."""
    last = first
    for row in range(first + 1, count):
        if cuts[row, 1] <= cuts[last, 2]:
            cuts[last, 2] = max(cuts[last, 2], cuts[row, 2])
        else:
            last += 1
            cuts[last, 1], cuts[last, 2] = cuts[row, 1], cuts[row, 2]
    return last + 1


@compiled
def find_passages(
    points: AnyArray,
    bounds: AnyArray,
    places: AnyArray,
    signs: AnyArray,
    titles: AnyArray,
    cuts: AnyArray,
) -> int:
    """Writes the passages of each text: its number, start, end. Returns how many they are.

    Args:
        points: the texts, one after the other.
        bounds: where each begins, and the last one ends, in `points` and in `places`.
        places: starts, ends and clauses of all marks.
    """
    windows = np.empty((MOST, 3), np.int64)
    count = 0
    for text in range(bounds.shape[1] - 1):
        low, high = bounds[0, text], bounds[0, text + 1]
        own = places[:, bounds[1, text] : bounds[1, text + 1]]
        for mark in range(own.shape[1]):  # whatever an index says, nothing beyond a text is read
            own[0, mark] = min(max(own[0, mark], 0), high - low)
            own[1, mark] = min(max(own[1, mark], own[0, mark]), high - low)
        first = count
        found = best_windows(points, signs, low, high, own, windows)
        if not found:
            start = low
            while start < high and has(points, signs, start, WHITE):
                start += 1
            paragraph = paragraph_end(points, signs, start, high)
            end = right_of(points, signs, titles, low, start, paragraph, PASSAGE)
            if end > start:
                count = put_cut(cuts, first, count, start, end)
        for number in range(found):
            start, end, paragraph = windows[number, 0], windows[number, 1], windows[number, 2]
            room = max(0, PASSAGE - (end - start))
            left = left_of(points, signs, titles, low, start, room)
            right = right_of(points, signs, titles, low, end, paragraph, PASSAGE - (end - left))
            count = put_cut(cuts, first, count, left, right)
        if count > first:
            count = join_cuts(cuts, first, count)
        for row in range(first, count):
            cuts[row, 0], cuts[row, 1], cuts[row, 2] = text, cuts[row, 1] - low, cuts[row, 2] - low
    return count
