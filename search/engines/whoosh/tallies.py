"""What is made of the matches of one segment? Compiled loops that count and choose."""

from __future__ import annotations

from indexer.compiled import compiled
from indexer.writers.whoosh.sections import AnyArray


@compiled
def count_values(
    docs: AnyArray, rows: AnyArray, ordinals: AnyArray, places: AnyArray, counts: AnyArray
) -> None:
    """Adds one to the count of every facet value of every document.

    Args:
        places: for each value of the segment, where its count is.
    """
    for doc in docs:
        for place in range(rows[doc], rows[doc + 1]):
            counts[places[ordinals[place]]] += 1


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


@compiled
def first(
    docs: AnyArray, keys: AnyArray, size: int, after_key: float, after_doc: int, heap: AnyArray
) -> int:
    """Writes the `size` documents with the greatest keys, smaller numbers first among equals.

    Args:
        after_key, after_doc: only documents strictly after these in that order count.
        heap: room for `size` documents; filled with them in no order.

    Returns:
        how many there are.
    """
    count = 0
    for doc in docs:
        key = keys[doc]
        if key > after_key or (key == after_key and doc <= after_doc):
            continue
        if count < size:
            place = count
            count += 1
            while place > 0:  # sift up: the last in order is at the root
                parent = (place - 1) >> 1
                other = heap[parent]
                if keys[other] < key or (keys[other] == key and other > doc):
                    break
                heap[place] = other
                place = parent
            heap[place] = doc
            continue
        last = heap[0]
        if keys[last] > key or (keys[last] == key and last < doc):
            continue
        place = 0
        while True:  # sift down
            child = 2 * place + 1
            if child >= size:
                break
            other = heap[child]
            if child + 1 < size:
                right = heap[child + 1]
                if keys[right] < keys[other] or (keys[right] == keys[other] and right > other):
                    child += 1
                    other = right
            if keys[other] > key or (keys[other] == key and other < doc):
                break
            heap[place] = other
            place = child
        heap[place] = doc
    return count
