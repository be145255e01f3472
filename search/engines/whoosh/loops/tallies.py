"""Tallies: compiled loops that count the matches of one segment."""

from __future__ import annotations

import numpy as np

from indexer.compiled import AnyArray, compiled
from search.engines.whoosh.loops.prefetching import prefetch

_MANY = 1024  # documents from which on counting many at once pays
_ROW = 16
_AHEAD = 64  # documents; 8 left half of the waiting, 24 and 128 did as well as 64
_GATHERED = 8192  # values: 16 KiB, which stay in the nearest cache


@compiled
def count_values(
    docs: AnyArray, rows: AnyArray, ordinals: AnyArray, places: AnyArray, counts: AnyArray
) -> None:
    """Adds one to the count of every facet value of every document.

    Args:
        places: for each value of the segment, where its count is.
    """
    if len(docs) > _MANY:
        count_many_values(docs, rows, ordinals, places, counts)
        return
    last = len(docs) - 1
    for number in range(len(docs)):
        if number + _AHEAD <= last:
            prefetch(ordinals, rows[docs[number + _AHEAD]] + 0)
        doc = docs[number]
        for place in range(rows[doc], rows[doc + 1]):
            counts[places[ordinals[place]]] += 1


@compiled
def count_many_values(
    docs: AnyArray, rows: AnyArray, ordinals: AnyArray, places: AnyArray, counts: AnyArray
) -> None:
    """The same in two thirds of the time, but for a fixed cost.

    How many values a document has cannot be foretold, so that a loop over each row waits for its
    end. Sixteen values of each are copied at once, wanted or not, to where the next row overwrites
    those that were not; what was gathered is counted in long loops. There are two counts of each
    value, because the most frequent come one after the other and would wait for their own sum.
    """
    even, odd = np.zeros(len(places), np.int32), np.zeros(len(places), np.int32)
    gathered = np.empty(_GATHERED + _ROW, ordinals.dtype)
    size, last = 0, len(docs) - 1
    for number in range(len(docs)):
        if number + _AHEAD <= last:  # a row may lie on two lines of the cache
            ahead = rows[docs[number + _AHEAD]] + 0
            prefetch(ordinals, ahead)
            prefetch(ordinals, ahead + _ROW)
        start, end = rows[docs[number]] + 0, rows[docs[number] + 1] + 0
        if end - start <= _ROW and start + _ROW <= len(ordinals):
            for offset in range(_ROW):
                gathered[size + offset] = ordinals[start + offset]
            size += end - start
        else:
            for place in range(start, end):
                even[ordinals[place]] += 1
        if size >= _GATHERED or number == last:
            for pair in range(size >> 1):
                even[gathered[2 * pair]] += 1
                odd[gathered[2 * pair + 1]] += 1
            if size & 1:
                even[gathered[size - 1]] += 1
            size = 0
    for value in range(len(places)):
        counts[places[value]] += even[value] + odd[value]


@compiled
def count_single(docs: AnyArray, bar_of: AnyArray, counts: AnyArray) -> None:
    """Counts documents by bar, where none has more than one date."""
    for doc in docs:
        counts[bar_of[doc]] += 1


@compiled
def count_bars(docs: AnyArray, rows: AnyArray, bars: AnyArray, counts: AnyArray) -> tuple[int, int]:
    """Counts documents by bar; a bar below 0 stands for a date less exact than a bar.

    Returns:
        documents that are dated but in no bar, and documents without a date.
    """
    imprecise = undated = 0
    for doc in docs:
        start, end = rows[doc], rows[doc + 1]
        if start == end:
            undated += 1
            continue
        counted = False
        for place in range(start, end):
            bar = bars[place]
            if bar < 0:
                continue
            counted = True
            again = False
            for earlier in range(start, place):
                if bars[earlier] == bar:
                    again = True
                    break
            if not again:
                counts[bar] += 1
        if not counted:
            imprecise += 1
    return imprecise, undated


@compiled
def count_families(docs: AnyArray, family_of: AnyArray, counts: AnyArray) -> None:
    """Adds one to the count of every document's family; alone (-1) counts nowhere."""
    for doc in docs:
        if family_of[doc] >= 0:
            counts[family_of[doc]] += 1


@compiled
def lead_families(
    docs: AnyArray,
    keys: AnyArray,
    family_of: AnyArray,
    base: int,
    best_keys: AnyArray,
    best_docs: AnyArray,
) -> None:
    """Finds each family's first document: greatest key, then smallest number (base added)."""
    for doc in docs:
        family = family_of[doc]
        if family >= 0 and (
            best_docs[family] < 0
            or keys[doc] > best_keys[family]
            or (keys[doc] == best_keys[family] and base + doc < best_docs[family])
        ):
            best_keys[family] = keys[doc]
            best_docs[family] = base + doc


@compiled
def keep_leaders(
    docs: AnyArray, family_of: AnyArray, base: int, best_docs: AnyArray, kept: AnyArray
) -> int:
    """Writes the documents that are alone or first of their family; returns how many."""
    count = 0
    for doc in docs:
        family = family_of[doc]
        if family < 0 or best_docs[family] == base + doc:
            kept[count] = doc
            count += 1
    return count
