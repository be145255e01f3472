"""Scores: compiled loops that make them of posting lists (see `search.scoring`).

Each loop over one list is a function of its own, so that the compiler knows its arrays.
"""

from __future__ import annotations

import numpy as np

from indexer.compiled import AnyArray, compiled
from indexer.writers.whoosh.spellings import LONG_TF, Arrays, long_tf
from search.engines.whoosh.loops.bitmaps import has, list_docs, put
from search.engines.whoosh.loops.lists import (
    END,
    FIELD,
    SKIPPING,
    START,
    FieldPostings,
    Inverted,
    field_of,
    seek,
)


@compiled
def saturate(docs: AnyArray, weights: AnyArray, worth: float, k1: float) -> None:
    """Turns weighted frequencies into scores, in place."""
    factor, half = np.float32(worth), np.float32(k1)
    for doc in docs:
        weights[doc] = factor * weights[doc] / (half + weights[doc])


@compiled
def add_within(
    field: FieldPostings,
    start: int,
    end: int,
    within: AnyArray,
    bits: AnyArray,
    weights: AnyArray,
    found: AnyArray,
    count: int,
) -> int:
    """Adds the weighted frequencies of one list to the result so far; returns its new count.

    Args:
        within: documents to look at.
        bits, weights, found, count: the result: set, weights, documents in the order found.
    """
    docs, tfs, norms, overflow_at, overflow_tfs = field
    for posting in range(start, end):
        doc = docs[posting]
        if not has(within, doc):
            continue
        tf = tfs[posting] + 0
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
def add_among(
    field: FieldPostings,
    start: int,
    end: int,
    among: AnyArray,
    bits: AnyArray,
    weights: AnyArray,
    found: AnyArray,
    count: int,
) -> int:
    """`add_within` for few documents, ascending, and a long list: it is skipped through."""
    docs, tfs, norms, overflow_at, overflow_tfs = field
    posting = start
    for doc in among:
        posting = seek(docs, posting, end, doc)
        if posting == end:
            break
        if docs[posting] != doc:
            continue
        tf = tfs[posting] + 0
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
def score_within(
    lists: AnyArray,
    arrays: Inverted,
    within: AnyArray,
    worth: float,
    k1: float,
    bits: AnyArray,
    scores: AnyArray,
    found: AnyArray,
) -> int:
    """Finds and scores the documents of a set that are in any of the lists of one term.

    Args:
        within: the set.
        bits, scores, found: the result: an empty set, and room for scores and documents.

    Returns:
        how many were found.
    """
    count = 0
    for number in range(len(lists)):
        field, start, end = lists[number, FIELD], lists[number, START], lists[number, END]
        own = field_of(arrays, field)
        count = add_within(own, start, end, within, bits, scores, found, count)
    saturate(found[:count], scores, worth, k1)
    return count


@compiled
def score_among(
    lists: AnyArray,
    arrays: Inverted,
    among: AnyArray,
    worth: float,
    k1: float,
    bits: AnyArray,
    scores: AnyArray,
    found: AnyArray,
) -> int:
    """`score_within` for few documents, ascending; the lists must ascend too."""
    count = 0
    for number in range(len(lists)):
        field, start, end = lists[number, FIELD], lists[number, START], lists[number, END]
        own = field_of(arrays, field)
        count = add_among(own, start, end, among, bits, scores, found, count)
    saturate(found[:count], scores, worth, k1)
    return count


@compiled
def score_conjunction(
    lists: AnyArray,
    bounds: AnyArray,
    worths: AnyArray,
    arrays: Inverted,
    within: AnyArray,
    k1: float,
) -> tuple[AnyArray, AnyArray, AnyArray]:
    """Finds and scores the documents of a set that have all of some terms.

    Args:
        bounds: the lists of term t are `bounds[t]` to `bounds[t + 1]`; those of one field ascend.
            The rarest term should be the first: the others look only at what is left.

    Returns:
        the documents, the set of them, and an array with their scores.
    """
    room = len(arrays[2][0])
    scores, others = np.empty(room, np.float32), np.empty(room, np.float32)
    found, kept = np.empty(room, np.int32), np.empty(room, np.int32)
    bits, count = within.copy(), 0
    for term in range(len(worths)):
        own = lists[bounds[term] : bounds[term + 1]]
        postings = 0
        for number in range(len(own)):
            postings += own[number, END] - own[number, START]
        left = np.zeros_like(within)
        if term and count * SKIPPING < postings:
            list_docs(bits, found)
            size = score_among(own, arrays, found[:count], worths[term], k1, left, others, kept)
        else:
            size = score_within(own, arrays, bits, worths[term], k1, left, others, kept)
        if term:
            add_scores(kept[:size], others, scores)
        bits, count = left, size
        found, kept = kept, found
        scores, others = others, scores
        if not count:
            break
    return found[:count], bits, scores


@compiled
def add_scores(docs: AnyArray, scores: AnyArray, others: AnyArray) -> None:
    """Adds other scores of these documents, in place."""
    for doc in docs:
        scores[doc] += others[doc]


@compiled
def find_nearest(lists: AnyArray, docs: Arrays, nearness: AnyArray, steps: AnyArray) -> None:
    """Writes the greatest nearness of a list that each document is in, where it is above 0.

    Args:
        nearness: of each list.
    """
    for number in range(len(lists)):
        doc_of = docs[lists[number, FIELD]]
        if nearness[number] > 0:
            for posting in range(lists[number, START], lists[number, END]):
                steps[doc_of[posting]] = max(steps[doc_of[posting]], nearness[number])


@compiled
def raise_near(docs: AnyArray, steps: AnyArray, scores: AnyArray, factor: float) -> None:
    """Ranks documents by their steps first, by their scores, which are below 1, within a step."""
    for doc in docs:
        scores[doc] = np.float32(factor) * (np.float32(steps[doc]) + scores[doc])
