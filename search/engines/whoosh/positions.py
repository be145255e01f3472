"""How are phrases and nearby words found? By positions, in the documents that have all the words.

Every word may stand for several surfaces, each with a posting list. The lists are walked once; for
each candidate document they say where its positions begin, so that only candidates' positions are
read.
"""

from __future__ import annotations

import numpy as np

from indexer.compiled import AnyArray, compiled
from search.engines.whoosh.bitmaps import has, list_docs, put
from search.engines.whoosh.lists import END, LONG_TF, START, WORD, long_tf, seek, total_tf

PHRASE = -1
"""In place of a span: the words must follow each other."""


@compiled
def having_all(
    lists: AnyArray, bounds: AnyArray, docs: AnyArray, within: AnyArray, found: AnyArray
) -> int:
    """Writes the documents of a set that have every word, ascending; returns how many.

    The rarest word is taken first; the lists of the others are skipped through.

    Args:
        lists: of one field; those of word w are `bounds[w]` to `bounds[w + 1]`.
        found: room for the documents of any word.
    """
    rarest, fewest = 0, np.int64(-1)
    for word in range(len(bounds) - 1):
        size = np.int64(0)
        for number in range(bounds[word], bounds[word + 1]):
            size += lists[number, END] - lists[number, START]
        if fewest < 0 or size < fewest:
            rarest, fewest = word, size
    bits = np.zeros(len(within), np.uint64)
    for number in range(bounds[rarest], bounds[rarest + 1]):
        for posting in range(lists[number, START], lists[number, END]):
            put(bits, docs[posting])
    count = list_docs(bits & within, found)
    has_word = np.zeros(count, np.bool_)
    for word in range(len(bounds) - 1):
        if word == rarest:
            continue
        has_word[:count] = False
        for number in range(bounds[word], bounds[word + 1]):
            posting, end = lists[number, START], lists[number, END]
            for row in range(count):
                posting = seek(docs, posting, end, found[row])
                if posting == end:
                    break
                if docs[posting] == found[row]:
                    has_word[row] = True
        kept = 0
        for row in range(count):
            if has_word[row]:
                found[kept] = found[row]
                kept += 1
        count = kept
    return count


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
    lists: AnyArray,
    order: AnyArray,
    needed: AnyArray,
    span: int,
    matches: AnyArray,
) -> None:
    """Counts the matches in each candidate.

    Args:
        lists: the lists of distinct word w are `lists[w]` to `lists[w + 1]`.
        order: the words of the phrase, as distinct words.
        needed: how often each distinct word is asked for.
        span: `PHRASE`, or how many positions after the first a match may reach.
    """
    if span < 0:
        for row in range(len(counts)):
            matches[row] = count_phrases(positions, firsts[row], counts[row], lists, order)
        return
    longest = 0
    for row in range(len(counts)):
        longest = max(longest, counts[row].sum())
    places = np.empty((len(needed), longest), np.int64)
    sizes = np.zeros(len(needed), np.int64)
    for row in range(len(counts)):
        gather(positions, firsts[row], counts[row], lists, places, sizes)
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
                put(bits, doc)
                weights[doc] = matches[row] * norms[doc]
                found[count] = doc
                count += 1
    return count
