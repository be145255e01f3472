"""Where are the postings of some words? Compiled look-ups in one segment.

The answer is a table of posting lists, a row each: text field, first posting, end, word of the
segment. The blocks that hold them are checked on the way.
"""

from __future__ import annotations

import numpy as np

from indexer.compiled import AnyArray, compiled
from indexer.writers.whoosh.checksums import first_damaged
from search.engines.whoosh.bitmaps import has, put

FIELD, START, END, WORD = range(4)
COLUMNS = 4
LONG_TF = 255
SKIPPING = 32
"""Lists this many times as long as there are documents to look for are skipped through: a step of
`seek` takes about 40 ns, looking at a posting 1 ns."""
_DOCS_SHIFT = 12  # 16-bit documents and 8-bit frequencies in a block of 8 KiB
_TFS_SHIFT = 13

Arrays = tuple[AnyArray, ...]
"""One array a text field."""


@compiled
def lower_bound(ascending: AnyArray, value: int, low: int) -> int:
    """The first place from `low` on with at least a value: near, where words share a stem."""
    step, end = 1, len(ascending)
    while low + step < end and ascending[low + step] < value:
        low += step
        step <<= 1
    high = min(low + step, end)
    while low < high:
        middle = (low + high) >> 1
        if ascending[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def put_lists(
    starts: Arrays,
    position_starts: Arrays,
    data: Arrays,
    sums: Arrays,
    unchecked: Arrays,
    words: tuple[int, int],
    fields: int,
    lists: AnyArray,
    count: int,
) -> tuple[int, int, bool]:
    """Adds the postings of neighboring words as one list a field, and checks their blocks.

    Args:
        data, sums, unchecked: of the documents of each field, then of its frequencies.
        words: first word and end.
        fields: the fields to look at, a bit each.

    Returns:
        the new count of lists, the occurrences in them, and whether their blocks are intact.
    """
    occurrences, intact = 0, True
    first, end = words
    for field in range(len(starts)):
        # Plus 0: the difference of two unsigned numbers would not be added as a whole number.
        start, stop = starts[field][first] + 0, starts[field][end] + 0
        if (fields >> field) & 1 and start < stop:
            lists[count, FIELD], lists[count, WORD] = field, first
            lists[count, START], lists[count, END] = start, stop
            count += 1
            occurrences += position_starts[field][end] + 0
            occurrences -= position_starts[field][first] + 0
            for part, shift in ((field, _DOCS_SHIFT), (len(starts) + field, _TFS_SHIFT)):
                for block in range(start >> shift, ((stop - 1) >> shift) + 1):
                    if unchecked[part][block]:  # a call is dear
                        damaged = first_damaged(
                            data[part], sums[part], unchecked[part], block, block + 1
                        )
                        intact = intact and damaged < 0
    return count, occurrences, intact


@compiled
def find_lists(
    mapping: AnyArray,
    starts: Arrays,
    position_starts: Arrays,
    data: Arrays,
    sums: Arrays,
    unchecked: Arrays,
    words: AnyArray,
    fields: int,
    lists: AnyArray,
) -> tuple[int, int, bool]:
    """Finds the posting lists of some words of the generation.

    Args:
        mapping: for each word of the segment, its number in the generation; ascending.
        words: ascending.

    Returns:
        as `put_lists`.
    """
    count, occurrences, intact = 0, 0, True
    place = 0
    for word in words:
        place = lower_bound(mapping, word, place)
        if place < len(mapping) and mapping[place] == word:
            count, more, good = put_lists(
                starts, position_starts, data, sums, unchecked, (place, place + 1), fields,
                lists, count,
            )  # fmt: skip
            occurrences += more
            intact = intact and good
    return count, occurrences, intact


@compiled
def lists_of_field(lists: AnyArray, bounds: AnyArray, field: int) -> tuple[AnyArray, AnyArray]:
    """The lists of one field, and where those of each word begin among them."""
    own = np.empty_like(lists)
    own_bounds = np.zeros_like(bounds)
    count = 0
    for word in range(len(bounds) - 1):
        for number in range(bounds[word], bounds[word + 1]):
            if lists[number, FIELD] == field:
                own[count] = lists[number]
                count += 1
        own_bounds[word + 1] = count
    return own[:count], own_bounds


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
    lists: AnyArray,
    docs: Arrays,
    tfs: Arrays,
    overflow_at: Arrays,
    overflow_tfs: Arrays,
    live: AnyArray,
) -> int:
    """The frequencies in some posting lists, added up over the documents not deleted."""
    total = 0
    for number in range(len(lists)):
        field = lists[number, FIELD]
        for posting in range(lists[number, START], lists[number, END]):
            if has(live, docs[field][posting]):
                total += total_tf(
                    tfs[field], overflow_at[field], overflow_tfs[field], posting, posting + 1
                )
    return total


@compiled
def put_docs(bits: AnyArray, lists: AnyArray, docs: Arrays) -> None:
    """Puts the documents of some posting lists into a set."""
    for number in range(len(lists)):
        field_docs = docs[lists[number, FIELD]]
        for posting in range(lists[number, START], lists[number, END]):
            put(bits, field_docs[posting])


@compiled
def seek(docs: AnyArray, posting: int, end: int, doc: int) -> int:
    """The first posting from `posting` on whose document is not before `doc`.

    By galloping (Bentley and Yao 1976): the next one is mostly near.
    """
    if posting >= end or docs[posting] >= doc:
        return posting
    step = 1
    while posting + step < end and docs[posting + step] < doc:
        posting += step
        step <<= 1
    high = min(posting + step, end)
    while high - posting > 1:
        middle = (posting + high) >> 1
        if docs[middle] < doc:
            posting = middle
        else:
            high = middle
    return high
