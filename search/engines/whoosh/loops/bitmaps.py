"""Bitmaps: sets of documents, and the compiled loops over sets.

Documents of a segment are numbered from 0 and there are at most 65,536 of them, so that a set of
them is a bitmap of 8 KiB (`bits`, 64 documents a word) and their scores an array of 256 KiB: both
stay in the processor's cache. Where a set was made by visiting, the list of its documents in the
order visited goes with it.
"""

from __future__ import annotations

import numpy as np

from indexer.compiled import AnyArray, compiled

# Leiserson, Prokop and Randall (1998), "Using de Bruijn sequences to index a 1 in a computer word":
# the six highest bits of the product tell where the only 1 of a word is.
_DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)
_PLACES = np.zeros(64, np.int64)
for _place in range(64):
    _PLACES[(int(_DE_BRUIJN) << _place & (1 << 64) - 1) >> 58] = _place


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
        while left != 0:
            lowest = left & (~left + np.uint64(1))
            docs[count] = (word << 6) + _PLACES[(lowest * _DE_BRUIJN) >> np.uint64(58)]
            count += 1
            left ^= lowest
    return count


@compiled
def put_slices(bits: AnyArray, docs: AnyArray, starts: AnyArray, ends: AnyArray) -> None:
    """Puts the documents in some parts of an array into the set."""
    for number in range(len(starts)):
        for place in range(starts[number], ends[number]):
            put(bits, docs[place])


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
