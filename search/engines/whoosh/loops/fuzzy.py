"""Fuzzy words: those within a Levenshtein distance, in one walk over the sorted vocabulary.

Sorted words are a trie: neighbors share a beginning, and with it the first rows of the table of
edit distances (Wagner and Fischer 1974), which are kept from word to word. Where every value of a
row is beyond the distance, all words that begin so are skipped by a binary search; where none is
below it, only the few letters that match can follow, and the words up to the next of them are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray, compiled
from indexer.writers.whoosh.files.vocabulary import Vocabulary

_NO_LETTER = 0x110000
"""Beyond every letter."""


def within_distance(
    vocabulary: Vocabulary, word: str, distance: int
) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """The words within a distance of `word`, by number, and the distance of each.

    Args:
        distance: how many letters may be inserted, deleted or substituted.
    """
    letters = np.array([ord(letter) for letter in word], np.int64)
    blob, offsets = vocabulary.arrays()
    found = np.empty(len(vocabulary), np.int64)
    distances = np.empty(len(vocabulary), np.uint8)
    count = walk(blob, offsets, letters, distance, found, distances)
    return found[:count].copy(), distances[:count].copy()


@compiled
def read_letter(blob: AnyArray, at: int) -> tuple[int, int]:
    """One UTF-8 letter: its code point, and where the next begins."""
    lead = int(blob[at])
    if lead < 0x80:
        return lead, at + 1
    if lead < 0xE0:
        return (lead & 0x1F) << 6 | (int(blob[at + 1]) & 0x3F), at + 2
    if lead < 0xF0:
        return (
            (lead & 0x0F) << 12 | (int(blob[at + 1]) & 0x3F) << 6 | (int(blob[at + 2]) & 0x3F),
            at + 3,
        )
    return (
        (lead & 0x07) << 18
        | (int(blob[at + 1]) & 0x3F) << 12
        | (int(blob[at + 2]) & 0x3F) << 6
        | (int(blob[at + 3]) & 0x3F),
        at + 4,
    )


@compiled
def first_beyond(blob: AnyArray, offsets: AnyArray, word: int, length: int, letter: int) -> int:
    """The first word after `word` that does not share its first `length` bytes, or goes on with at
    least a letter.
    """
    start = int(offsets[word])
    low, high = word + 1, len(offsets) - 1
    step = 1
    while low < high:  # gallop, then halve: the next one is mostly near
        middle = min(low + step - 1, high - 1)
        begin, end = int(offsets[middle]), int(offsets[middle + 1])
        before = end - begin >= length
        place = 0
        while before and place < length:
            before = blob[begin + place] == blob[start + place]
            place += 1
        if before and begin + length < end:
            before = read_letter(blob, begin + length)[0] < letter
        if before:
            low = middle + 1
            step *= 2
        else:
            high = middle
            step = max(1, (high - low) // 2)
    return low


@compiled
def next_letter(row: AnyArray, letters: AnyArray, distance: int, letter: int) -> int:
    """The least letter, not before a given one, that can follow where all edits are used up."""
    least = _NO_LETTER
    for column in range(len(letters)):
        if row[column] == distance and letter <= letters[column] < least:
            least = letters[column]
    return least


@compiled
def walk(
    blob: AnyArray,
    offsets: AnyArray,
    letters: AnyArray,
    distance: int,
    found: AnyArray,
    distances: AnyArray,
) -> int:
    """Writes the words within the distance and how far each is; returns how many."""
    width = len(letters)
    deepest = width + distance + 1
    rows = np.empty((deepest + 1, width + 1), np.int64)
    rows[:] = distance + 1
    rows[0] = np.arange(width + 1)
    lowest = np.zeros(deepest + 1, np.int64)  # of each row
    ends = np.zeros(deepest + 1, np.int64)  # bytes of the current word up to each row
    known = 0  # rows that hold for the beginning which this word shares with the last
    word, words, count = 0, len(offsets) - 1, 0
    while word < words:
        start, end = int(offsets[word]), int(offsets[word + 1])
        depth = known
        wanted = -1  # the letter that the words to look at next go on with; -1: this word is done
        while start + ends[depth] < end:
            if depth == deepest or lowest[depth] > distance:
                wanted = _NO_LETTER
                break
            letter, after = read_letter(blob, start + ends[depth])
            if lowest[depth] == distance:
                wanted = next_letter(rows[depth], letters, distance, letter)
                if wanted != letter:
                    break
                wanted = -1
            depth += 1
            ends[depth] = after - start
            rows[depth, 0] = depth
            least = depth
            # Only the diagonal band can stay within the distance (Ukkonen 1985); beside it: more.
            left, right = max(1, depth - distance), min(width, depth + distance)
            if left > 1:
                rows[depth, left - 1] = distance + 1
            if right < width:
                rows[depth, right + 1] = distance + 1
            for column in range(left, right + 1):
                cost = rows[depth - 1, column - 1] + (letters[column - 1] != letter)
                cost = min(cost, rows[depth - 1, column] + 1, rows[depth, column - 1] + 1)
                rows[depth, column] = cost
                least = min(least, cost)
            lowest[depth] = least
        if wanted >= 0:
            following = first_beyond(blob, offsets, word, ends[depth], wanted)
        else:
            if depth + distance >= width and rows[depth, width] <= distance:
                found[count] = word
                distances[count] = rows[depth, width]
                count += 1
            following = word + 1
        if following < words:
            begin = int(offsets[following])
            shared = min(end - start, int(offsets[following + 1]) - begin)
            same = 0
            while same < shared and blob[start + same] == blob[begin + same]:
                same += 1
            known = 0
            while known < depth and ends[known + 1] <= same:
                known += 1
        word = following
    return count
