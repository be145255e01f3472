"""Which loops are compiled? Those over postings, documents and facet values of one segment.

Documents of a segment are numbered from 0 and there are at most 65,536 of them, so that a set of
them is a bitmap of 8 KiB and their scores an array of 256 KiB: both stay in the processor's cache.
A set is a bitmap (`bits`, 64 documents a word) and, where it was made by visiting, the list of its
documents in the order visited.
"""

from __future__ import annotations

import numpy as np

from indexer.compiled import AnyArray, compiled

LONG_TF = 255


@compiled
def has(bits: AnyArray, doc: int) -> bool:
    """Is a document in the set?"""
    return bool((bits[doc >> 6] >> np.uint64(doc & 63)) & np.uint64(1))


@compiled
def put(bits: AnyArray, doc: int) -> None:
    """Puts a document into the set."""
    bits[doc >> 6] |= np.uint64(1) << np.uint64(doc & 63)


@compiled
def list_docs(bits: AnyArray, docs: AnyArray) -> int:
    """Writes the documents of a set in order; returns how many."""
    count = 0
    for word in range(len(bits)):
        left = bits[word]
        doc = word << 6
        while left != 0:
            if left & np.uint64(1):
                docs[count] = doc
                count += 1
            left >>= np.uint64(1)
            doc += 1
    return count


@compiled
def put_slices(bits: AnyArray, docs: AnyArray, starts: AnyArray, ends: AnyArray) -> None:
    """Puts the documents of some posting lists into the set."""
    for number in range(len(starts)):
        for posting in range(starts[number], ends[number]):
            put(bits, docs[posting])


@compiled
def long_tf(overflow_at: AnyArray, overflow_tfs: AnyArray, posting: int) -> int:
    """The frequency of a posting whose byte says 255."""
    return int(overflow_tfs[np.searchsorted(overflow_at, posting)])


@compiled
def total_tf(
    tfs: AnyArray, overflow_at: AnyArray, overflow_tfs: AnyArray, start: int, end: int
) -> int:
    """The frequencies of some postings in a row, added up."""
    total = 0
    for posting in range(start, end):
        total += int(tfs[posting])
    if len(overflow_at) and end > start:
        place = np.searchsorted(overflow_at, start)
        while place < len(overflow_at) and overflow_at[place] < end:
            total += int(overflow_tfs[place]) - LONG_TF
            place += 1
    return total


@compiled
def count_occurrences(
    docs: AnyArray,
    tfs: AnyArray,
    overflow_at: AnyArray,
    overflow_tfs: AnyArray,
    starts: AnyArray,
    ends: AnyArray,
    live: AnyArray,
    all_live: bool,
) -> int:
    """The frequencies in some posting lists, added up over the documents not deleted."""
    total = 0
    for number in range(len(starts)):
        if all_live:
            total += total_tf(tfs, overflow_at, overflow_tfs, starts[number], ends[number])
            continue
        for posting in range(starts[number], ends[number]):
            if has(live, docs[posting]):
                total += total_tf(tfs, overflow_at, overflow_tfs, posting, posting + 1)
    return total


@compiled
def add_postings(
    docs: AnyArray,
    tfs: AnyArray,
    overflow_at: AnyArray,
    overflow_tfs: AnyArray,
    starts: AnyArray,
    ends: AnyArray,
    norms: AnyArray,
    within: AnyArray,
    bits: AnyArray,
    weights: AnyArray,
    found: AnyArray,
    count: int,
) -> int:
    """Adds the weighted frequencies of some posting lists of one field.

    Args:
        norms: field weight over length normalization of each document.
        within: documents to look at.
        bits, weights, found, count: the result so far: set, weights, documents in the order found.

    Returns:
        the new count.
    """
    for number in range(len(starts)):
        for posting in range(starts[number], ends[number]):
            doc = docs[posting]
            if not has(within, doc):
                continue
            tf = int(tfs[posting])
            if tf == LONG_TF:
                tf = long_tf(overflow_at, overflow_tfs, posting)
            weight = np.float32(tf) * norms[doc]
            if has(bits, doc):
                weights[doc] += weight
            else:
                put(bits, doc)
                weights[doc] = weight
                found[count] = doc
                count += 1
    return count


@compiled
def weigh(
    docs: AnyArray,
    tfs: AnyArray,
    overflow_at: AnyArray,
    overflow_tfs: AnyArray,
    starts: AnyArray,
    ends: AnyArray,
    norms: AnyArray,
    weights: AnyArray,
) -> None:
    """Adds the weighted frequencies of posting lists to a weight of every document.

    What `add_postings` does for many postings: no set is kept, so that nothing branches.
    """
    for number in range(len(starts)):
        for posting in range(starts[number], ends[number]):
            tf = int(tfs[posting])
            if tf == LONG_TF:
                tf = long_tf(overflow_at, overflow_tfs, posting)
            weights[docs[posting]] += np.float32(tf) * norms[docs[posting]]


@compiled
def fold(
    docs: AnyArray,
    starts: AnyArray,
    ends: AnyArray,
    weights: AnyArray,
    worth: float,
    k1: float,
    scores: AnyArray,
) -> None:
    """Saturates the weights of the documents of posting lists into scores, and clears them."""
    factor, half = np.float32(worth), np.float32(k1)
    for number in range(len(starts)):
        for posting in range(starts[number], ends[number]):
            doc = docs[posting]
            weight = weights[doc]
            scores[doc] += factor * weight / (half + weight)
            weights[doc] = np.float32(0)


@compiled
def list_scored(scores: AnyArray, docs: AnyArray) -> int:
    """Writes the documents with a score above 0 in order; returns how many."""
    count = 0
    for doc in range(len(scores)):
        docs[count] = doc
        count += scores[doc] > 0
    return count


@compiled
def saturate(docs: AnyArray, weights: AnyArray, worth: float, k1: float) -> None:
    """Turns weighted frequencies into scores, in place."""
    factor, half = np.float32(worth), np.float32(k1)
    for doc in docs:
        weights[doc] = factor * weights[doc] / (half + weights[doc])


@compiled
def add_scores(docs: AnyArray, scores: AnyArray, others: AnyArray) -> None:
    """Adds other scores of these documents, in place."""
    for doc in docs:
        scores[doc] += others[doc]


@compiled
def unite(
    bits: AnyArray,
    scores: AnyArray,
    found: AnyArray,
    count: int,
    docs: AnyArray,
    others: AnyArray,
) -> int:
    """Adds scored documents to a set, in place; returns its new count."""
    for doc in docs:
        if has(bits, doc):
            scores[doc] += others[doc]
        else:
            put(bits, doc)
            scores[doc] = others[doc]
            found[count] = doc
            count += 1
    return count


@compiled
def keep(docs: AnyArray, within: AnyArray, kept: AnyArray) -> int:
    """Writes the documents that are also in another set; returns how many."""
    count = 0
    for doc in docs:
        if has(within, doc):
            kept[count] = doc
            count += 1
    return count


@compiled
def put_dated(
    rows: AnyArray,
    earliest: AnyArray,
    latest: AnyArray,
    start: int,
    end: int,
    bits: AnyArray,
) -> None:
    """Puts the documents one of whose dates can lie within start to end into the set."""
    for doc in range(len(rows) - 1):
        for place in range(rows[doc], rows[doc + 1]):
            if earliest[place] <= end and latest[place] >= start:
                put(bits, doc)
                break
