"""Do words stand in a row, or near each other? Compiled loops over the positions of one document.

Where a word's positions are is told by a chain of entries, one for each of its surfaces that the
document has: first position, how many, next entry.
"""

from __future__ import annotations

import numpy as np

from indexer.compiled import AnyArray, compiled

FIRST, COUNT, NEXT = range(3)
NONE = -1
"""The entry after the last of a chain."""
PHRASE = -1
"""In place of a span: the words must follow each other."""


@compiled
def count_matches(
    positions: AnyArray,
    entries: AnyArray,
    heads: AnyArray,
    order: AnyArray,
    needed: AnyArray,
    span: int,
) -> AnyArray:
    """How many matches each document has.

    Args:
        heads: first entry of each document and distinct word.
        order: the words in the order asked for, as distinct words.
        needed: how often each distinct word is asked for.
        span: `PHRASE`, or how many positions after the first a match may reach.
    """
    matches = np.zeros(len(heads), np.int64)
    if span < 0:
        for row in range(len(heads)):
            matches[row] = count_phrases(positions, entries, heads[row], order)
        return matches
    longest = 0
    for row in range(len(heads)):
        size = 0
        for word in range(len(needed)):
            size += count_positions(entries, heads[row, word])
        longest = max(longest, size)
    places = np.empty((len(needed), longest), np.int64)
    sizes = np.zeros(len(needed), np.int64)
    for row in range(len(heads)):
        for word in range(len(needed)):
            sizes[word] = gather(positions, entries, heads[row, word], places[word])
        matches[row] = count_windows(places, sizes, needed, span)
    return matches


@compiled
def count_positions(entries: AnyArray, head: int) -> int:
    """How many positions a chain has."""
    size, entry = 0, head
    while entry != NONE:
        size += entries[entry, COUNT]
        entry = entries[entry, NEXT]
    return size


@compiled
def count_phrases(positions: AnyArray, entries: AnyArray, heads: AnyArray, order: AnyArray) -> int:
    """How often the words `order[0], order[1], …` are at consecutive positions."""
    rarest, fewest = 0, -1
    for step in range(len(order)):
        size = count_positions(entries, heads[order[step]])
        if fewest < 0 or size < fewest:
            rarest, fewest = step, size
    matches = 0
    entry = heads[order[rarest]]
    while entry != NONE:
        first = entries[entry, FIRST]
        for place in range(first, first + entries[entry, COUNT]):
            start = positions[place] + 0 - rarest
            found = True
            for step in range(len(order)):
                if step != rarest and not stands_at(
                    positions, entries, heads[order[step]], start + step
                ):
                    found = False
                    break
            if found:
                matches += 1
        entry = entries[entry, NEXT]
    return matches


@compiled
def stands_at(positions: AnyArray, entries: AnyArray, head: int, position: int) -> bool:
    """Is a word at a position?"""
    entry = head
    while entry != NONE:
        low = entries[entry, FIRST]
        end = low + entries[entry, COUNT]
        high = end
        while low < high:
            middle = (low + high) >> 1
            if positions[middle] < position:
                low = middle + 1
            else:
                high = middle
        if low < end and positions[low] == position:
            return True
        entry = entries[entry, NEXT]
    return False


@compiled
def gather(positions: AnyArray, entries: AnyArray, head: int, places: AnyArray) -> int:
    """Collects the positions of a word, sorted; returns how many."""
    size, entry = 0, head
    while entry != NONE:
        first = entries[entry, FIRST]
        for place in range(first, first + entries[entry, COUNT]):
            value = positions[place]
            hole = size
            while hole > 0 and places[hole - 1] > value:  # of another surface
                places[hole] = places[hole - 1]
                hole -= 1
            places[hole] = value
            size += 1
        entry = entries[entry, NEXT]
    return size


@compiled
def count_windows(places: AnyArray, sizes: AnyArray, needed: AnyArray, span: int) -> int:
    """At how many positions a window of `span` further ones starts that has each word often enough.

    Args:
        needed: how many different positions each word must have in the window.
    """
    matches = 0
    for first_word in range(len(sizes)):
        for start in range(sizes[first_word]):
            position = places[first_word, start]
            found = True
            for word in range(len(sizes)):
                row = places[word, : sizes[word]]
                inside = np.searchsorted(row, position + span + 1) - np.searchsorted(row, position)
                if inside < needed[word]:
                    found = False
                    break
            if found:
                matches += 1
    return matches
