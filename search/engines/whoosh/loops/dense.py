"""Broad disjunctions: every document of the segment is scored at once, without a set.

Where many documents match, keeping a set of them costs more than scoring them all, which takes no
branches.
"""

from __future__ import annotations

import numpy as np

from indexer.compiled import AnyArray, compiled
from indexer.writers.whoosh.spellings import LONG_TF, long_tf
from search.engines.whoosh.loops.lists import (
    END,
    FIELD,
    START,
    FieldPostings,
    Inverted,
    field_of,
)

NONE = -1
"""In place of a list's number."""


@compiled
def weigh(
    field: FieldPostings,
    start: int,
    end: int,
    weights: AnyArray,
) -> None:
    """Adds the weighted frequencies of one list to a weight of every document."""
    docs, tfs, norms, overflow_at, overflow_tfs = field
    for posting in range(start, end):
        tf = tfs[posting] + 0
        if tf == LONG_TF:
            tf = long_tf(overflow_at, overflow_tfs, posting)
        weights[docs[posting]] += np.float32(tf) * norms[docs[posting]]


@compiled
def weigh_and_fold(
    field: FieldPostings,
    start: int,
    end: int,
    weights: AnyArray,
    worth: float,
    k1: float,
    scores: AnyArray,
) -> None:
    """Both at once, for the list of a term after which no other comes."""
    docs, tfs, norms, overflow_at, overflow_tfs = field
    factor, half = np.float32(worth), np.float32(k1)
    for posting in range(start, end):
        doc = docs[posting]
        tf = tfs[posting] + 0
        if tf == LONG_TF:
            tf = long_tf(overflow_at, overflow_tfs, posting)
        weight = weights[doc] + np.float32(tf) * norms[doc]
        scores[doc] += factor * weight / (half + weight)
        weights[doc] = np.float32(0)


@compiled
def fold(
    docs: AnyArray,
    start: int,
    end: int,
    weights: AnyArray,
    worth: float,
    k1: float,
    scores: AnyArray,
) -> None:
    """Saturates the weights of the documents of one list into scores, and clears them."""
    factor, half = np.float32(worth), np.float32(k1)
    for posting in range(start, end):
        weight = weights[docs[posting]]
        scores[docs[posting]] += factor * weight / (half + weight)
        weights[docs[posting]] = np.float32(0)


@compiled
def score_all(
    lists: AnyArray,
    bounds: AnyArray,
    worths: AnyArray,
    arrays: Inverted,
    k1: float,
    ascend: bool,
    weights: AnyArray,
    scores: AnyArray,
) -> None:
    """Adds the scores of several terms, for every document of the segment.

    Args:
        bounds: the lists of term t are `bounds[t]` to `bounds[t + 1]`.
        ascend: no list has a document twice; so the longest of a term is walked once only.
        weights, scores: zeros; weights are left so.
    """
    docs = arrays[0]
    for term in range(len(worths)):
        first, end_of_term = bounds[term], bounds[term + 1]
        longest = first
        for number in range(first, end_of_term):
            if (
                lists[number, END] - lists[number, START]
                > lists[longest, END] - lists[longest, START]
            ):
                longest = number
        longest = longest if ascend else NONE
        for number in range(first, end_of_term):
            field, start, end = lists[number, FIELD], lists[number, START], lists[number, END]
            if number != longest:
                weigh(field_of(arrays, field), start, end, weights)
        if ascend and first < end_of_term:
            field, start, end = lists[longest, FIELD], lists[longest, START], lists[longest, END]
            own = field_of(arrays, field)
            weigh_and_fold(own, start, end, weights, worths[term], k1, scores)
        for number in range(first, end_of_term):  # what is not in the longest list
            field, start, end = lists[number, FIELD], lists[number, START], lists[number, END]
            if number != longest:
                fold(docs[field], start, end, weights, worths[term], k1, scores)


@compiled
def list_scored(scores: AnyArray, docs: AnyArray) -> int:
    """Writes the documents with a score above 0 in order; returns how many."""
    count = 0
    for doc in range(len(scores)):
        docs[count] = doc
        count += scores[doc] > 0
    return count
