"""Positions: where do some words stand, in the documents that have all of them?

Every word has one posting list a field. The lists are walked, or skipped through, from the rarest
on; for each document that has all words they say where its positions begin, so that only those are
read, and checked.
"""

from __future__ import annotations

import numpy as np

from indexer.compiled import AnyArray, compiled
from indexer.writers.whoosh.files.checksums import first_damaged
from indexer.writers.whoosh.spellings import LONG_TF
from search.engines.whoosh.loops.bitmaps import has, put
from search.engines.whoosh.loops.lists import (
    AT,
    COLUMNS,
    END,
    FIELD,
    OWNER,
    SKIPPING,
    START,
    FieldPostings,
    seek,
)
from search.engines.whoosh.loops.rows import COUNT, FIRST, count_matches


@compiled
def having_all(
    lists: AnyArray, docs: AnyArray, within: AnyArray, documents: int, found: AnyArray,
    places: AnyArray,
) -> int:  # fmt: skip
    """Finds the documents of a set that have every word, ascending; returns how many.

    Args:
        lists: the list of each word, the shortest first.
        documents: of the segment.
        found: result, with room for the shortest list: the documents.
        places: result: the posting of each word, a row, in each of them, a column.
    """
    count = 0
    for posting in range(lists[0, START], lists[0, END]):
        found[count], places[0, count] = docs[posting], posting
        count += has(within, docs[posting])
    marks = np.zeros(documents, np.uint8)
    for word in range(1, len(lists)):
        posting, end = lists[word, START], lists[word, END]
        kept = 0
        if end - posting >= SKIPPING * count:
            for row in range(count):
                doc = found[row]
                posting = seek(docs, posting, end, doc)
                if posting == end:
                    break
                if docs[posting] == doc:
                    found[kept] = doc
                    for earlier in range(word):
                        places[earlier, kept] = places[earlier, row]
                    places[word, kept] = posting
                    kept += 1
            count = kept
            continue
        for row in range(count):
            marks[found[row]] = word
        own = places[word]
        room = len(own)
        for walked in range(posting, end):  # without a branch, which would be guessed wrongly
            own[kept] = walked
            kept += marks[docs[walked]] == word
            if kept == room:
                break
        for row in range(kept):
            marks[docs[own[row]]] = 255
        kept = 0
        for row in range(count):
            has_word = marks[found[row]] == 255
            marks[found[row]] = 0
            found[kept] = found[row]
            for earlier in range(word):
                places[earlier, kept] = places[earlier, row]
            kept += has_word
        count = kept
    return count


@compiled
def locate(
    start: int,
    at: int,
    places: AnyArray,
    tfs: AnyArray,
    overflow_at: AnyArray,
    overflow_tfs: AnyArray,
    spans: AnyArray,
) -> None:
    """Writes where the positions of a word begin in each document, and how many there are.

    The frequencies of the postings before, which are bytes in a row, add up to that.

    Args:
        start, at: the first posting of the word's list, and its first position.
        places: its posting in each document, ascending.
        spans: result: a row a document (see `rows`).
    """
    posting = start
    for row in range(len(places)):
        for before in range(posting, places[row]):
            at += tfs[before]
        posting = places[row]
        spans[row, FIRST], spans[row, COUNT] = at, tfs[posting]
    if not len(places):
        return
    long = np.searchsorted(overflow_at, start)
    while long < len(overflow_at) and overflow_at[long] <= places[-1]:
        more = int(overflow_tfs[long]) - LONG_TF
        for row in range(np.searchsorted(places, overflow_at[long]), len(places)):
            if places[row] == overflow_at[long]:
                spans[row, COUNT] += more
            else:
                spans[row, FIRST] += more
        long += 1


@compiled
def are_intact(
    spans: AnyArray, data: AnyArray, sums: AnyArray, unchecked: AnyArray, shift: int
) -> bool:
    """Checks the blocks of positions that are about to be read."""
    for row in range(len(spans)):
        first = spans[row, FIRST] >> shift
        last = (spans[row, FIRST] + spans[row, COUNT] - 1) >> shift
        for block in range(first, last + 1):  # a call is dear, and nearly all were checked before
            if unchecked[block] and first_damaged(data, sums, unchecked, block, block + 1) >= 0:
                return False
    return True


@compiled
def lists_of_field(lists: AnyArray, field: int, words: int) -> AnyArray:
    """The list of each word in a field, the shortest first; none where a word is missing."""
    own = np.empty((words, COLUMNS), np.int64)
    count = 0
    for number in range(len(lists)):
        if lists[number, FIELD] == field:
            size = lists[number, END] - lists[number, START]
            place = count
            while place and own[place - 1, END] - own[place - 1, START] > size:
                own[place] = own[place - 1]
                place -= 1
            own[place] = lists[number]
            count += 1
    return own[: count if count == words else 0]


@compiled
def match_rows(
    lists: AnyArray,
    order: AnyArray,
    needed: AnyArray,
    span: int,
    field: int,
    postings: FieldPostings,
    positions: AnyArray,
    blocks: tuple[AnyArray, AnyArray, AnyArray, int],
    within: AnyArray,
    bits: AnyArray,
    weights: AnyArray,
    found: AnyArray,
    count: int,
) -> int:
    """Adds the documents of a set in one of whose fields words stand in a row or near each other.

    Args:
        lists: of distinct words, `OWNER` says of which; at most one a word and field.
        order: the words in the order asked for, as distinct words.
        needed: how often each distinct word is asked for.
        span: `PHRASE`, or how many positions after the first a match may reach.
        postings, positions: of the field. blocks: what checks those positions that are read: words,
            sums, unchecked and shift of their section.
        within: the set.
        bits, weights, found, count: the result so far.

    Returns:
        the new count; -1 where positions are damaged.
    """
    docs, tfs, norms, overflow_at, overflow_tfs = postings
    lists = lists_of_field(lists, field, len(needed))
    if not len(lists):
        return count
    room = lists[0, END] - lists[0, START]
    candidates = np.empty(room + 1, np.uint16)
    places = np.empty((len(lists), room + 1), np.int64)
    rows = having_all(lists, docs, within, len(norms), candidates, places)
    spans = np.empty((len(lists), rows, 2), np.int64)
    for number in range(len(lists)):
        own = spans[lists[number, OWNER]]
        locate(
            lists[number, START], lists[number, AT], places[number, :rows], tfs, overflow_at,
            overflow_tfs, own,
        )  # fmt: skip
        if not are_intact(own, *blocks):
            return -1
    matches = count_matches(positions, spans, order, needed, span)
    for row in range(rows):
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
