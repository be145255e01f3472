"""Posting lists: where are the postings of some stems? Compiled look-ups in one segment.

The answer is a table of posting lists, a row each: text field, first posting, end, first position,
and which of the stems it is of.
The blocks that hold them are checked on the way.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from indexer.compiled import AnyArray, compiled
from indexer.writers.whoosh.files.checksums import BLOCK_SHIFT, first_damaged
from indexer.writers.whoosh.inversion import POSITION, POSTING
from indexer.writers.whoosh.spellings import LONG_TF, Arrays, true_tf
from search.engines.whoosh.loops.bitmaps import has

FIELD, START, END, AT, OWNER = range(5)
COLUMNS = 5
STEM, FIELDS = range(2)
"""The columns of what is looked for: number of a stem in the generation; fields, a bit each."""
SKIPPING = 32
"""Lists this many times as long as there are documents to look for are skipped through: a step of
`seek` takes about 40 ns, looking at a posting 1 ns."""
DOCS_SHIFT = BLOCK_SHIFT - 1  # documents take 16 bits
TFS_SHIFT = BLOCK_SHIFT


Inverted = tuple[Arrays, Arrays, Arrays, Arrays, Arrays]
"""The postings of all text fields of a segment, as they go into a loop: docs, tfs, norms,
overflow_at and overflow_tfs, each of all fields. (A plain tuple, because numba takes 1.2 µs a call
to look at it, and 2.2 µs at one with names.)"""


class FieldPostings(NamedTuple):
    """The postings of one text field of a segment, as they go from loop to loop.

    Attributes:
        docs: u16 a posting: its document.
        tfs: u8 a posting: how often the stem is in it; 255: see `overflow_at`.
        norms: f32 a document: field weight over length normalization.
        overflow_at: u32, ascending: the postings with 255 occurrences and more …
        overflow_tfs: u32: … and how many these have.
    """

    docs: AnyArray
    tfs: AnyArray
    norms: AnyArray
    overflow_at: AnyArray
    overflow_tfs: AnyArray


@compiled
def field_of(arrays: Inverted, field: int) -> FieldPostings:
    """The postings of one field."""
    docs, tfs, norms, overflow_at, overflow_tfs = arrays
    return FieldPostings(
        docs[field], tfs[field], norms[field], overflow_at[field], overflow_tfs[field]
    )


@compiled
def signed(number: int) -> int:
    """A number of an array with a sign, because a shifted or subtracted one without is none."""
    return int(np.int64(number))


@compiled
def place_of(ascending: AnyArray, value: int) -> int:
    """The first place with at least a value."""
    low, high = 0, len(ascending)
    while low < high:
        middle = (low + high) >> 1
        if ascending[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def find_lists(
    mapping: AnyArray,
    rows: AnyArray,
    data: Arrays,
    sums: Arrays,
    unchecked: Arrays,
    wanted: AnyArray,
    lists: AnyArray,
    found: AnyArray,
) -> bool:
    """Finds the posting lists of some stems, one a stem and field, and checks their blocks.

    Args:
        mapping: for each stem of the segment, its number in the generation; ascending.
        rows: where what each has in each field begins (see `inversion`).
        data, sums, unchecked: of the documents of each field, then of its frequencies.
        wanted: a row for each stem (see `STEM`).
        lists: result: the lists of one stem after those of the other.
        found: zeros, for the result: where the lists of each stem begin, and the end; and how many
            postings they have.

    Returns:
        whether all blocks are intact.
    """
    count, intact, columns = 0, True, len(data) >> 1
    for number in range(len(wanted)):
        postings = 0
        stem = wanted[number, STEM]
        place = place_of(mapping, stem)
        fields = wanted[number, FIELDS] if place < len(mapping) and mapping[place] == stem else 0
        for field in range(columns):
            if not (fields >> field) & 1:
                continue
            start = signed(rows[place, field, POSTING])
            end = signed(rows[place + 1, field, POSTING])
            if start == end:
                continue
            lists[count, FIELD], lists[count, START], lists[count, END] = field, start, end
            lists[count, AT], lists[count, OWNER] = rows[place, field, POSITION], number
            count += 1
            postings += end - start
            for part, shift in ((field, DOCS_SHIFT), (columns + field, TFS_SHIFT)):
                stop = ((end - 1) >> shift) + 1
                for block in range(start >> shift, stop):
                    if unchecked[part][block]:  # a call is dear: one for all that are left
                        damaged = first_damaged(
                            data[part], sums[part], unchecked[part], block, stop
                        )
                        intact = intact and damaged < 0
                        break
        found[0, number + 1], found[1, number] = count, postings
    return intact


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
def count_live(
    lists: AnyArray,
    arrays: Inverted,
    live: AnyArray,
    all_live: bool,
) -> tuple[int, int]:
    """Counts over the documents that were not deleted.

    Args:
        all_live: none was.

    Returns:
        how many are in any of some posting lists, and the frequencies in them, added up.
    """
    counted = np.zeros_like(live)
    articles, occurrences = 0, 0
    for number in range(len(lists)):
        field, start, end = lists[number, FIELD], lists[number, START], lists[number, END]
        own_docs, own_tfs, _, overflow_at, overflow_tfs = field_of(arrays, field)
        for posting in range(start, end):
            doc = own_docs[posting]
            bit = np.uint64(1) << np.uint64(doc & 63)
            articles += (live[doc >> 6] & ~counted[doc >> 6] & bit) != 0
            counted[doc >> 6] |= bit
        if all_live:
            occurrences += total_tf(own_tfs, overflow_at, overflow_tfs, start, end)
            continue
        for posting in range(start, end):
            if has(live, own_docs[posting]):
                occurrences += true_tf(own_tfs, overflow_at, overflow_tfs, posting)
    return articles, occurrences


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
