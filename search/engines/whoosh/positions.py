"""Where are the positions of some words, in the documents that have all of them?

Every word may stand for several surfaces, each with a posting list. The lists are walked, or
skipped through; for each candidate document they say where its positions begin, so that only
candidates' positions are read, and checked.
"""

from __future__ import annotations

import numpy as np

from indexer.compiled import AnyArray, compiled
from indexer.writers.whoosh.checksums import first_damaged
from search.engines.whoosh.bitmaps import has, list_docs, put
from search.engines.whoosh.lists import (
    END,
    LONG_TF,
    SKIPPING,
    START,
    WORD,
    lists_of_field,
    long_tf,
    seek,
    total_tf,
)
from search.engines.whoosh.rows import COUNT, FIRST, NEXT, NONE, count_matches


@compiled
def having_all(
    lists: AnyArray,
    bounds: AnyArray,
    docs: AnyArray,
    within: AnyArray,
    marks: AnyArray,
    found: AnyArray,
) -> int:
    """Writes the documents of a set that have every word, ascending; returns how many.

    The rarest word is taken first. Long lists are skipped through, others walked.

    Args:
        lists: of one field; those of word w are `bounds[w]` to `bounds[w + 1]`.
        marks: zeros; afterwards the number of words for the documents found, less for others.
        found: room for the documents of any word.
    """
    sizes = np.zeros(len(bounds) - 1, np.int64)
    for word in range(len(sizes)):
        for number in range(bounds[word], bounds[word + 1]):
            sizes[word] += lists[number, END] - lists[number, START]
    count, ascend = 0, True
    for step, word in enumerate(np.argsort(sizes)):
        first, last = bounds[word], bounds[word + 1]
        if step and sizes[word] >= SKIPPING * count:
            if not ascend:
                sort_docs(found[:count], len(within))
                ascend = True
            for number in range(first, last):
                posting, end = lists[number, START], lists[number, END]
                for doc in found[:count]:
                    posting = seek(docs, posting, end, doc)
                    if posting == end:
                        break
                    if docs[posting] == doc:
                        marks[doc] = step + 1
            kept = 0
            for doc in found[:count]:
                if marks[doc] == step + 1:
                    found[kept] = doc
                    kept += 1
            count = kept
        else:
            count = 0
            ascend = last - first == 1
            for number in range(first, last):
                for posting in range(lists[number, START], lists[number, END]):
                    doc = docs[posting]
                    if marks[doc] == step and (step or has(within, doc)):
                        marks[doc] = step + 1
                        found[count] = doc
                        count += 1
    if not ascend:
        sort_docs(found[:count], len(within))
    return count


@compiled
def sort_docs(docs: AnyArray, words: int) -> None:
    """Sorts different documents, as a set of so many `words` lists them."""
    bits = np.zeros(words, np.uint64)
    for doc in docs:
        put(bits, doc)
    list_docs(bits, docs)


@compiled
def add_entry(
    entries: AnyArray, count: int, heads: AnyArray, word: int, first: int, size: int
) -> int:
    """Puts an entry before the others of a document's word; returns the new count of entries."""
    entries[count, FIRST], entries[count, COUNT] = first, size
    entries[count, NEXT] = heads[word]
    heads[word] = count
    return count + 1


@compiled
def locate(
    lists: AnyArray,
    bounds: AnyArray,
    docs: AnyArray,
    tfs: AnyArray,
    overflow_at: AnyArray,
    overflow_tfs: AnyArray,
    position_starts: AnyArray,
    candidates: AnyArray,
    marks: AnyArray,
    heads: AnyArray,
) -> AnyArray:
    """Finds where the positions of each candidate begin in each list that has it.

    The frequencies of the postings before, which are bytes in a row, add up to that.

    Args:
        position_starts: where the positions of each word of the segment begin.
        candidates: the documents, ascending.
        marks: the number of words for them, less for others.
        heads: result: the first entry of each candidate and word (see `rows`).

    Returns:
        the entries.
    """
    heads[:] = NONE
    row_of = np.empty(len(marks), np.int32)
    for row in range(len(candidates)):
        row_of[candidates[row]] = row
    room = 0
    for number in range(len(lists)):
        room += min(len(candidates), lists[number, END] - lists[number, START])
    entries = np.empty((room, 3), np.int64)
    count = 0
    words = len(bounds) - 1
    for word in range(words):
        for number in range(bounds[word], bounds[word + 1]):
            posting, end = lists[number, START], lists[number, END]
            at = position_starts[lists[number, WORD]] + 0
            if end - posting < SKIPPING * len(candidates):
                for walked in range(posting, end):
                    tf = tfs[walked] + 0
                    if tf == LONG_TF:
                        tf = long_tf(overflow_at, overflow_tfs, walked)
                    if marks[docs[walked]] == words:
                        count = add_entry(entries, count, heads[row_of[docs[walked]]], word, at, tf)
                    at += tf
                continue
            for row in range(len(candidates)):
                found = seek(docs, posting, end, candidates[row])
                at += total_tf(tfs, overflow_at, overflow_tfs, posting, found)
                posting = found
                if posting == end:
                    break
                if docs[posting] == candidates[row]:
                    tf = tfs[posting] + 0
                    if tf == LONG_TF:
                        tf = long_tf(overflow_at, overflow_tfs, posting)
                    count = add_entry(entries, count, heads[row], word, at, tf)
    return entries[:count]


@compiled
def are_intact(
    entries: AnyArray, data: AnyArray, sums: AnyArray, unchecked: AnyArray, shift: int
) -> bool:
    """Checks the blocks of positions that entries lie in."""
    for entry in range(len(entries)):
        first = entries[entry, FIRST] >> shift
        last = (entries[entry, FIRST] + entries[entry, COUNT] - 1) >> shift
        for block in range(first, last + 1):  # a call is dear, and nearly all were checked before
            if unchecked[block] and first_damaged(data, sums, unchecked, block, block + 1) >= 0:
                return False
    return True


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
    marks = np.zeros(len(norms), np.uint16)
    candidates = np.empty(len(norms), np.int32)
    candidates = candidates[: having_all(lists, bounds, docs, within, marks, candidates)]
    heads = np.empty((len(candidates), len(needed)), np.int64)
    entries = locate(
        lists, bounds, docs, tfs, overflow_at, overflow_tfs, position_starts, candidates, marks,
        heads,
    )  # fmt: skip
    if not are_intact(entries, data, sums, unchecked, shift):
        return -1
    matches = count_matches(positions, entries, heads, order, needed, span)
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
