"""Picking: which postings of stems are those of some of their spellings? Compiled loops.

What counts as one word is a unit: one or several spellings of one stem.
"""

from __future__ import annotations

import numpy as np

from indexer.compiled import AnyArray, compiled
from indexer.writers.whoosh.files.checksums import BLOCK_SHIFT, first_damaged
from indexer.writers.whoosh.inversion import POSITION, POSTING
from indexer.writers.whoosh.spellings import LONG_TF, Arrays, pick
from search.engines.whoosh.loops.lists import (
    AT,
    COLUMNS,
    DOCS_SHIFT,
    END,
    FIELD,
    OWNER,
    START,
    TFS_SHIFT,
    place_of,
    signed,
)


@compiled
def units_of_range(
    mapping: AnyArray, first: int, end: int, stems: AnyArray, ordinals: AnyArray
) -> tuple[AnyArray, AnyArray, AnyArray]:
    """The spellings of neighboring words of the generation that the segment has; a unit a stem.

    Args:
        mapping: for each word of the segment, its number in the generation; ascending.
        stems, ordinals: of each word of the segment.

    Returns:
        stem and ordinal of each spelling; where the spellings of each unit begin, and the end.
    """
    low, high = place_of(mapping, first), place_of(mapping, end)
    order = np.argsort(stems[low:high], kind="mergesort")
    own_stems, own_ordinals = stems[low:high][order], ordinals[low:high][order]
    bounds = np.empty(high - low + 1, np.int64)
    count = 0
    for spelling in range(len(own_stems)):
        if not spelling or own_stems[spelling] != own_stems[spelling - 1]:
            bounds[count] = spelling
            count += 1
    bounds[count] = len(own_stems)
    return own_stems, own_ordinals, bounds[: count + 1]


@compiled
def units_of_words(
    mapping: AnyArray, words: AnyArray, stems: AnyArray, ordinals: AnyArray
) -> tuple[AnyArray, AnyArray, AnyArray, AnyArray]:
    """The spellings of some words of the generation that the segment has; a unit each.

    Returns:
        as `units_of_range`; and the place of each unit in `words`.
    """
    own_stems, own_ordinals = (
        np.empty(len(words), stems.dtype),
        np.empty(len(words), ordinals.dtype),
    )
    owners = np.empty(len(words), np.int64)
    count = 0
    for number in range(len(words)):
        place = place_of(mapping, words[number])
        if place < len(mapping) and mapping[place] == words[number]:
            own_stems[count], own_ordinals[count] = stems[place], ordinals[place]
            owners[count] = number
            count += 1
    return own_stems[:count], own_ordinals[:count], np.arange(count + 1), owners


@compiled
def room_for(rows: AnyArray, stems: AnyArray, bounds: AnyArray, fields: int, column: int) -> int:
    """How many postings, or positions, the stems of all units have in some fields."""
    room = 0
    for unit in range(len(bounds) - 1):
        stem = stems[bounds[unit]]
        for field in range(rows.shape[1]):
            if (fields >> field) & 1:
                room += signed(rows[stem + 1, field, column]) - signed(rows[stem, field, column])
    return room


@compiled
def pick_units(
    rows: AnyArray,
    varied: AnyArray,
    sizes: AnyArray,
    widths: AnyArray,
    ordinals_at: Arrays,
    docs: Arrays,
    tfs: Arrays,
    overflow_at: Arrays,
    overflow_tfs: Arrays,
    packed: Arrays,
    data: Arrays,
    sums: Arrays,
    unchecked: Arrays,
    stems: AnyArray,
    ordinals: AnyArray,
    bounds: AnyArray,
    fields: int,
    together: bool,
    with_places: bool,
) -> tuple[AnyArray, AnyArray, AnyArray, AnyArray, AnyArray, AnyArray, bool]:
    """Picks the postings of units, field by field.

    Args:
        rows: where what each stem has in each field begins.
        varied, sizes, widths, ordinals_at, packed: see `spellings`.
        data, sums, unchecked: of the documents of each field, then of frequencies, then of codes.
        stems, ordinals, bounds: the units.
        fields: the fields to look at, a bit each.
        together: make one list a field, else one a unit and field.

    Returns:
        lists; docs, tfs, overflow_at and overflow_tfs, that they are of; the places of their
        positions among each field's, if asked for; and whether all blocks read are intact.
    """
    units, columns = len(bounds) - 1, len(docs)
    lists = np.empty((units * columns, COLUMNS), np.int64)
    room = room_for(rows, stems, bounds, fields, POSTING)
    picked_docs, picked_tfs = np.empty(room, docs[0].dtype), np.empty(room, np.uint32)
    room = room_for(rows, stems, bounds, fields, POSITION) if with_places else 0
    places = np.empty(room, np.int64)
    everything = np.zeros(0, np.bool_)
    listed, count, placed, intact = 0, 0, 0, True
    for field in range(columns):
        first_of_field = listed
        for unit in range(units if (fields >> field) & 1 else 0):
            first, last = bounds[unit], bounds[unit + 1]
            stem = stems[first]
            start = signed(rows[stem, field, POSTING])
            end = signed(rows[stem + 1, field, POSTING])
            if start == end:
                continue
            place = place_of(varied, stem)
            wanted, width, bit, until = everything, 0, 0, 0
            if place < len(varied) and varied[place] == stem and last - first < sizes[place]:
                wanted = np.zeros(sizes[place], np.bool_)
                for spelling in range(first, last):
                    wanted[ordinals[spelling]] = True
                width = signed(widths[place])
                bit = signed(ordinals_at[field][place]) << 3
                until = signed(ordinals_at[field][place + 1])
            read = (
                (field, start, end, DOCS_SHIFT),
                (columns + field, start, end, TFS_SHIFT),
                (2 * columns + field, bit >> 3, until, BLOCK_SHIFT),
            )
            for number in range(3):
                part, begin, stop, shift = read[number]
                last_block = (stop + (1 << shift) - 1) >> shift
                for block in range(begin >> shift, last_block):
                    if unchecked[part][block]:  # a call is dear: one for all that are left
                        damaged = first_damaged(
                            data[part], sums[part], unchecked[part], block, last_block
                        )
                        intact = intact and damaged < 0
                        break
            if not intact:
                break
            if listed == first_of_field or not together:
                lists[listed, FIELD], lists[listed, OWNER] = field, unit
                lists[listed, START], lists[listed, AT] = count, placed
                listed += 1
            count, placed = pick(
                docs[field], tfs[field], overflow_at[field], overflow_tfs[field], start, end,
                signed(rows[stem, field, POSITION]), packed[field], bit, width, wanted,
                picked_docs, picked_tfs, count, places, placed,
            )  # fmt: skip
            lists[listed - 1, END] = count
    short = np.empty(count, np.uint8)
    long = 0
    for posting in range(count):
        short[posting] = min(picked_tfs[posting], LONG_TF)
        long += short[posting] == LONG_TF
    at = np.flatnonzero(short == LONG_TF) if long else np.empty(0, np.int64)
    return (
        lists[:listed], picked_docs[:count], short, at.astype(np.uint32), picked_tfs[at],
        places[:placed], intact,
    )  # fmt: skip
