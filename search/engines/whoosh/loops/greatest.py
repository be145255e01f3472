"""Top documents: the greatest of some keys, smaller numbers first among equals."""

from __future__ import annotations

import numpy as np

from indexer.compiled import AnyArray, compiled

_STRETCH = 128


@compiled
def precedes(one: int, other: int, keys: AnyArray) -> bool:
    """Does one number come before another: by its greater key, among equals as the smaller?"""
    return bool(keys[one] > keys[other] or (keys[one] == keys[other] and one < other))


@compiled
def push(number: int, keys: AnyArray, heap: AnyArray, count: int) -> int:
    """Puts a number among the first ones, whose last is at the root; returns how many they are."""
    if count < len(heap):
        place = count
        while place > 0 and precedes(heap[(place - 1) >> 1], number, keys):
            heap[place] = heap[(place - 1) >> 1]
            place = (place - 1) >> 1
        heap[place] = number
        return count + 1
    if not precedes(number, heap[0], keys):
        return count
    sink(number, keys, heap, count)
    return count


@compiled
def sink(number: int, keys: AnyArray, heap: AnyArray, size: int) -> None:
    """Puts a number where the root of a heap was, and lets it sink."""
    place = 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and precedes(heap[child], heap[child + 1], keys):
            child += 1
        if precedes(heap[child], number, keys):
            break
        heap[place] = heap[child]
        place = child
    heap[place] = number


@compiled
def put_in_order(heap: AnyArray, size: int, keys: AnyArray) -> None:
    """Sorts the numbers of a heap, the first to the front."""
    for last in range(size - 1, 0, -1):
        number = heap[last]
        heap[last] = heap[0]
        sink(number, keys, heap, last)


@compiled
def first(docs: AnyArray, keys: AnyArray, after_key: float, after_doc: int, heap: AnyArray) -> int:
    """Writes the documents with the greatest keys, smaller numbers first among equals.

    Args:
        after_key, after_doc: only documents strictly after these in that order count.
        heap: room for them; filled in no order.

    Returns:
        how many there are.
    """
    count = 0
    least = -np.inf  # nearly all come after it, once the heap is full
    for doc in docs:
        key = keys[doc]
        if key < least or key > after_key or (key == after_key and doc <= after_doc):
            continue
        count = push(doc, keys, heap, count)
        if count == len(heap):
            least = keys[heap[0]]
    return count


@compiled
def put_rows(
    docs: AnyArray, keys: AnyArray, scores: AnyArray, family_of: AnyArray, base: int, rows: AnyArray
) -> None:
    """Writes of each document what orders it (least first), its number, its score, its family."""
    for row in range(len(docs)):
        doc = docs[row]
        rows[row, 0], rows[row, 1] = -keys[doc], base + doc
        rows[row, 2], rows[row, 3] = scores[doc], family_of[doc]


@compiled
def greatest_of_each(counts: AnyArray, ranges: AnyArray, chosen: AnyArray, found: AnyArray) -> None:
    """Chooses the numbers with the greatest counts above 0 in each of some ranges, in order.

    Most stretches of a range have no great count, which the processor sees of several at once.

    Args:
        ranges: first number, end, and how many numbers are wanted, of each.
        chosen: room for all numbers that are wanted, and their counts, one range after the other.
        found: room for how many each range has, and how many of its counts are above 0.
    """
    heap = np.empty(ranges[:, 2].max() if len(ranges) else 0, np.int64)
    room = 0
    for row in range(len(ranges)):
        end, wanted = ranges[row, 1], ranges[row, 2]
        count = least = distinct = 0
        for start in range(ranges[row, 0], end, _STRETCH):
            stretch = counts[start : min(start + _STRETCH, end)]
            some, most = np.int32(0), counts[start]
            for number in range(len(stretch)):
                some += np.int32(stretch[number] > 0)
                most = max(most, stretch[number])
            distinct += int(some)
            if most > least and wanted:
                for number in range(start, start + len(stretch)):
                    if counts[number] > least:
                        count = push(number, counts, heap[:wanted], count)
                        if count == wanted:
                            least = counts[heap[0]]
        put_in_order(heap, count, counts)
        for place in range(count):
            chosen[room + place, 0], chosen[room + place, 1] = heap[place], counts[heap[place]]
        found[row, 0], found[row, 1] = count, distinct
        room += wanted
