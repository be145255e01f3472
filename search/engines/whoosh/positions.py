"""How are phrases and nearby words found? By positions, in the documents that have all the words.

Every word may stand for several surfaces, each with a posting list. The lists are walked once; for
each candidate document they say where its positions begin, so that only candidates' positions are
read.
"""

from __future__ import annotations

import numpy as np

from indexer.compiled import compiled
from indexer.writers.whoosh.sections import AnyArray
from search.engines.whoosh.loops import LONG_TF, has, long_tf

PHRASE = -1
"""In place of a span: the words must follow each other."""


@compiled
def locate(
    docs: AnyArray,
    tfs: AnyArray,
    overflow_at: AnyArray,
    overflow_tfs: AnyArray,
    starts: AnyArray,
    ends: AnyArray,
    position_starts: AnyArray,
    candidates: AnyArray,
    slots: AnyArray,
    firsts: AnyArray,
    counts: AnyArray,
) -> None:
    """Finds where the positions of each candidate begin in each list.

    Args:
        candidates: the set of documents that have all words.
        slots: for each candidate document, its row in `firsts` and `counts`.
        firsts, counts: result: first position and number of positions, by candidate and list.
    """
    for number in range(len(starts)):
        at = position_starts[number]
        for posting in range(starts[number], ends[number]):
            tf = int(tfs[posting])
            if tf == LONG_TF:
                tf = long_tf(overflow_at, overflow_tfs, posting)
            doc = docs[posting]
            if has(candidates, doc):
                firsts[slots[doc], number] = at
                counts[slots[doc], number] = tf
            at += tf


@compiled
def gather(
    positions: AnyArray,
    firsts: AnyArray,
    counts: AnyArray,
    word_of: AnyArray,
    places: AnyArray,
    sizes: AnyArray,
) -> None:
    """Collects one candidate's positions of each word, sorted: `places[word, :sizes[word]]`."""
    sizes[:] = 0
    for number in range(len(word_of)):
        word = word_of[number]
        before = sizes[word]
        for place in range(firsts[number], firsts[number] + counts[number]):
            places[word, sizes[word]] = positions[place]
            sizes[word] += 1
        if before:  # insertion sort: a second surface of the word in this document
            for place in range(before, sizes[word]):
                value = places[word, place]
                hole = place
                while hole > 0 and places[word, hole - 1] > value:
                    places[word, hole] = places[word, hole - 1]
                    hole -= 1
                places[word, hole] = value


@compiled
def count_phrases(places: AnyArray, sizes: AnyArray, order: AnyArray) -> int:
    """How often the words `order[0], order[1], …` are at consecutive positions."""
    matches = 0
    for start in range(sizes[order[0]]):
        position = places[order[0], start]
        found = True
        for step in range(1, len(order)):
            word = order[step]
            row = places[word, : sizes[word]]
            at = np.searchsorted(row, position + step)
            if at == len(row) or row[at] != position + step:
                found = False
                break
        if found:
            matches += 1
    return matches


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


@compiled
def count_matches(
    positions: AnyArray,
    firsts: AnyArray,
    counts: AnyArray,
    word_of: AnyArray,
    order: AnyArray,
    needed: AnyArray,
    span: int,
    matches: AnyArray,
) -> None:
    """Counts the matches in each candidate.

    Args:
        word_of: which distinct word each list belongs to.
        order: the words of the phrase, as distinct words.
        needed: how often each distinct word is asked for.
        span: `PHRASE`, or how many positions after the first a match may reach.
    """
    longest = 0
    for row in range(len(counts)):
        longest = max(longest, counts[row].sum())
    places = np.empty((len(needed), longest), np.int64)
    sizes = np.zeros(len(needed), np.int64)
    for row in range(len(counts)):
        gather(positions, firsts[row], counts[row], word_of, places, sizes)
        if span < 0:
            matches[row] = count_phrases(places, sizes, order)
        else:
            matches[row] = count_windows(places, sizes, needed, span)


@compiled
def add_matches(
    candidates: AnyArray,
    matches: AnyArray,
    norms: AnyArray,
    bits: AnyArray,
    weights: AnyArray,
    found: AnyArray,
    count: int,
) -> int:
    """Adds the weighted matches of one field to a result; returns its new count."""
    for row in range(len(candidates)):
        if matches[row]:
            doc = candidates[row]
            if has(bits, doc):
                weights[doc] += matches[row] * norms[doc]
            else:
                bits[doc >> 6] |= np.uint64(1) << np.uint64(doc & 63)
                weights[doc] = matches[row] * norms[doc]
                found[count] = doc
                count += 1
    return count
