"""How are phrases and nearby words found? By positions, in the documents that have all the words.

Every word may stand for several surfaces, each with a posting list. The lists are walked once; for
each candidate document they say where its positions begin, so that only candidates' positions are
read.
"""

from __future__ import annotations

import numpy as np

from indexer.compiled import AnyArray, compiled
from indexer.writers.whoosh.checksums import first_damaged_range
from search.engines.whoosh.bitmaps import has, keep, list_docs, put
from search.engines.whoosh.lists import (
    END,
    FIELD,
    LONG_TF,
    SKIPPING,
    START,
    WORD,
    long_tf,
    seek,
    total_tf,
)

PHRASE = -1
"""In place of a span: the words must follow each other."""


@compiled
def having_all(
    lists: AnyArray, bounds: AnyArray, docs: AnyArray, within: AnyArray, found: AnyArray
) -> int:
    """Writes the documents of a set that have every word, ascending; returns how many.

    The rarest word is taken first. Long lists are skipped through, others walked.

    Args:
        lists: of one field; those of word w are `bounds[w]` to `bounds[w + 1]`.
        found: room for the documents of any word.
    """
    sizes = np.zeros(len(bounds) - 1, np.int64)
    for word in range(len(sizes)):
        for number in range(bounds[word], bounds[word + 1]):
            sizes[word] += lists[number, END] - lists[number, START]
    having = np.zeros(len(within), np.uint64)
    rarest = int(np.argmin(sizes))
    put_lists_of(having, lists, bounds, rarest, docs)
    count = list_docs(having & within, found)
    for word in range(len(sizes)):
        if word == rarest:
            continue
        having[:] = 0
        if sizes[word] < SKIPPING * count:
            put_lists_of(having, lists, bounds, word, docs)
        else:
            for number in range(bounds[word], bounds[word + 1]):
                posting, end = lists[number, START], lists[number, END]
                for doc in found[:count]:
                    posting = seek(docs, posting, end, doc)
                    if posting == end:
                        break
                    if docs[posting] == doc:
                        put(having, doc)
        count = keep(found[:count], having, found)
    return count


@compiled
def put_lists_of(
    bits: AnyArray, lists: AnyArray, bounds: AnyArray, word: int, docs: AnyArray
) -> None:
    """Puts the documents of one word into a set."""
    for number in range(bounds[word], bounds[word + 1]):
        for posting in range(lists[number, START], lists[number, END]):
            put(bits, docs[posting])


@compiled
def locate(
    lists: AnyArray,
    position_starts: AnyArray,
    docs: AnyArray,
    tfs: AnyArray,
    overflow_at: AnyArray,
    overflow_tfs: AnyArray,
    candidates: AnyArray,
    firsts: AnyArray,
    counts: AnyArray,
) -> None:
    """Finds where the positions of each candidate begin in each list.

    The frequencies before a candidate's posting, which are bytes in a row, add up to where its
    positions begin.

    Args:
        position_starts: where the positions of each word of the segment begin.
        candidates: documents that have all words, ascending.
        firsts, counts: result: first position and number of positions, by candidate and list.
    """
    for number in range(len(lists)):
        posting, end = lists[number, START], lists[number, END]
        at = np.int64(position_starts[lists[number, WORD]])
        long = np.searchsorted(overflow_at, end) > np.searchsorted(overflow_at, posting)
        for row in range(len(candidates)):
            doc = candidates[row]
            low = seek(docs, posting, end, doc)
            if long:
                at += total_tf(tfs, overflow_at, overflow_tfs, posting, low)
            else:
                for before in range(posting, low):
                    at += np.int64(tfs[before])
            posting = low
            firsts[row, number] = at
            tf = 0
            if posting < end and docs[posting] == doc:
                tf = int(tfs[posting])
                if tf == LONG_TF:
                    tf = long_tf(overflow_at, overflow_tfs, posting)
            counts[row, number] = tf


@compiled
def gather(
    positions: AnyArray,
    firsts: AnyArray,
    counts: AnyArray,
    lists: AnyArray,
    places: AnyArray,
    sizes: AnyArray,
) -> None:
    """Collects one candidate's positions of each word, sorted: `places[word, :sizes[word]]`."""
    for word in range(len(sizes)):
        size = 0
        for number in range(lists[word], lists[word + 1]):
            for place in range(firsts[number], firsts[number] + counts[number]):
                value = positions[place]
                hole = size
                while hole > 0 and places[word, hole - 1] > value:  # of another surface
                    places[word, hole] = places[word, hole - 1]
                    hole -= 1
                places[word, hole] = value
                size += 1
        sizes[word] = size


@compiled
def stands_at(
    positions: AnyArray,
    firsts: AnyArray,
    counts: AnyArray,
    lists: tuple[int, int],
    position: int,
) -> bool:
    """Is any of a word's surfaces at a position? Rows are short: by halving, without a call."""
    for number in range(lists[0], lists[1]):
        low, high = firsts[number], firsts[number] + counts[number]
        end = high
        while low < high:
            middle = (low + high) >> 1
            if positions[middle] < position:
                low = middle + 1
            else:
                high = middle
        if low < end and positions[low] == position:
            return True
    return False


@compiled
def count_phrases(
    positions: AnyArray, firsts: AnyArray, counts: AnyArray, lists: AnyArray, order: AnyArray
) -> int:
    """How often the words `order[0], order[1], …` are at consecutive positions of one candidate.

    Args:
        lists: the lists of word w are `lists[w]` to `lists[w + 1]`.
    """
    rarest, fewest = 0, -1
    for step in range(len(order)):
        size = 0
        for number in range(lists[order[step]], lists[order[step] + 1]):
            size += counts[number]
        if fewest < 0 or size < fewest:
            rarest, fewest = step, size
    matches = 0
    for number in range(lists[order[rarest]], lists[order[rarest] + 1]):
        for place in range(firsts[number], firsts[number] + counts[number]):
            start = int(positions[place]) - rarest
            found = True
            for step in range(len(order)):
                bounds = (lists[order[step]], lists[order[step] + 1])
                if step != rarest and not stands_at(
                    positions, firsts, counts, bounds, start + step
                ):
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
    bounds: AnyArray,
    order: AnyArray,
    needed: AnyArray,
    span: int,
) -> AnyArray:
    """The matches in each candidate; `match_rows` tells the arguments."""
    matches = np.zeros(len(counts), np.int64)
    if span < 0:
        for row in range(len(counts)):
            matches[row] = count_phrases(positions, firsts[row], counts[row], bounds, order)
        return matches
    longest = 0
    for row in range(len(counts)):
        longest = max(longest, counts[row].sum())
    places = np.empty((len(needed), longest), np.int64)
    sizes = np.zeros(len(needed), np.int64)
    for row in range(len(counts)):
        gather(positions, firsts[row], counts[row], bounds, places, sizes)
        matches[row] = count_windows(places, sizes, needed, span)
    return matches


@compiled
def lists_of_field(lists: AnyArray, bounds: AnyArray, field: int) -> tuple[AnyArray, AnyArray]:
    """The lists of one field, and where those of each word begin among them."""
    own = np.empty_like(lists)
    own_bounds = np.zeros_like(bounds)
    count = 0
    for word in range(len(bounds) - 1):
        for number in range(bounds[word], bounds[word + 1]):
            if lists[number, FIELD] == field:
                own[count] = lists[number]
                count += 1
        own_bounds[word + 1] = count
    return own[:count], own_bounds


@compiled
def match_rows(
    lists: AnyArray,
    bounds: AnyArray,
    order: AnyArray,
    needed: AnyArray,
    span: int,
    field: int,
    docs: AnyArray,
    tfs: AnyArray,
    norms: AnyArray,
    overflow_at: AnyArray,
    overflow_tfs: AnyArray,
    position_starts: AnyArray,
    positions: AnyArray,
    data: AnyArray,
    sums: AnyArray,
    unchecked: AnyArray,
    shift: int,
    within: AnyArray,
    bits: AnyArray,
    weights: AnyArray,
    found: AnyArray,
    count: int,
) -> int:
    """Adds the documents of a set in one of whose fields words stand in a row or near each other.

    Args:
        lists: the lists of distinct word w are `bounds[w]` to `bounds[w + 1]`.
        order: the words in the order asked for, as distinct words.
        needed: how often each distinct word is asked for.
        span: `PHRASE`, or how many positions after the first a match may reach.
        data, sums, unchecked, shift: of the positions, to check those that are read.
        within: the set.
        bits, weights, found, count: the result so far.

    Returns:
        the new count; -1 where positions are damaged.
    """
    lists, bounds = lists_of_field(lists, bounds, field)
    for word in range(len(needed)):
        if bounds[word] == bounds[word + 1]:
            return count
    candidates = np.empty(len(norms), np.int32)
    candidates = candidates[: having_all(lists, bounds, docs, within, candidates)]
    firsts = np.empty((len(candidates), len(lists)), np.int64)
    counts = np.empty((len(candidates), len(lists)), np.int64)
    locate(lists, position_starts, docs, tfs, overflow_at, overflow_tfs, candidates, firsts, counts)
    if first_damaged_range(data, sums, unchecked, shift, firsts, counts) >= 0:
        return -1
    matches = count_matches(positions, firsts, counts, bounds, order, needed, span)
    for row in range(len(candidates)):
        if matches[row]:
            doc = candidates[row]
            weight = matches[row] * norms[doc]
            if has(bits, doc):
                weights[doc] += weight
            else:
                put(bits, doc)
                weights[doc] = weight
                found[count] = doc
                count += 1
    return count
