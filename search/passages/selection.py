"""Choice of passages: which passages of some texts show best what was marked in them? One compiled
call a page.

A passage is a row of whole words inside one paragraph. The best one shows the most different
clauses of the query, then the most matches, then comes first; each next one adds what the passages
before it do not show. Passages are cut where a sentence begins or ends when there is room, else
between words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain

import numpy as np

from indexer.analysis import code_points
from indexer.compiled import AnyArray, compiled
from search.passages.cutting import (
    WHITE,
    has,
    left_of,
    packed_titles,
    paragraph_end,
    right_of,
    signs_of_points,
)
from search.passages.highlighter import Highlight

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
