"""Phrases: do words stand in a row, or near each other? Loops over positions of one document.

Where the positions of a word in a document are is told by a span: the first, and how many.
"""

from __future__ import annotations

import numpy as np

from indexer.compiled import AnyArray, compiled

FIRST, COUNT = range(2)
"""The columns of a span."""
PHRASE = -1
"""In place of a reach: the words must follow each other."""


@compiled
def count_matches(
    positions: AnyArray, spans: AnyArray, order: AnyArray, needed: AnyArray, reach: int
) -> AnyArray:
    """How many matches each document has.

    Args:
        spans: of each distinct word and document.
        order: the words in the order asked for, as distinct words.
        needed: how often each distinct word is asked for.
        reach: `PHRASE`, or how many positions after the first a match may reach.
    """
    matches = np.zeros(spans.shape[1], np.int64)
    for row in range(len(matches)):
        if reach < 0:
            matches[row] = count_phrases(positions, spans[:, row], order)
        else:
            matches[row] = count_windows(positions, spans[:, row], needed, reach)
    return matches


@compiled
def count_phrases(positions: AnyArray, spans: AnyArray, order: AnyArray) -> int:
    """How often the words `order[0], order[1], …` are at consecutive positions.

    Args:
        spans: of each distinct word, in one document.
    """
    rarest = 0
    for step in range(1, len(order)):
        if spans[order[step], COUNT] < spans[order[rarest], COUNT]:
            rarest = step
    matches = 0
    first = spans[order[rarest], FIRST]
    for place in range(first, first + spans[order[rarest], COUNT]):
        start = positions[place] + 0 - rarest
        found = True
        for step in range(len(order)):
            if step != rarest:
                begin = spans[order[step], FIRST]
                end = begin + spans[order[step], COUNT]
                if not stands_at(positions, begin, end, start + step):
                    found = False
                    break
        matches += found
    return matches


@compiled
def stands_at(positions: AnyArray, low: int, end: int, position: int) -> bool:
    """Is a position among some ascending ones?"""
    high = end
    while low < high:
        middle = (low + high) >> 1
        if positions[middle] < position:
            low = middle + 1
        else:
            high = middle
    return bool(low < end and positions[low] == position)


@compiled
def count_windows(positions: AnyArray, spans: AnyArray, needed: AnyArray, reach: int) -> int:
    """At how many positions a window of `reach` further ones starts that has each word often
    enough.

    Args:
        spans: of each distinct word, in one document.
        needed: how many different positions each word must have in the window.
    """
    matches = 0
    for first_word in range(len(spans)):
        first = spans[first_word, FIRST]
        for place in range(first, first + spans[first_word, COUNT]):
            position = positions[place] + 0
            found = True
            for word in range(len(spans)):
                begin = spans[word, FIRST]
                row = positions[begin : begin + spans[word, COUNT]]
                inside = np.searchsorted(row, position + reach + 1) - np.searchsorted(row, position)
                if inside < needed[word]:
                    found = False
                    break
            matches += found
    return matches
