"""Spellings: which one of a stem stands where? A few bits a position, beside the postings.

Postings are those of stems, because that is what nearly every question asks for. What asks for
surfaces (`exact:`, prefixes, words by distance, Whoosh's own terms) picks them out. The spellings
of a stem are numbered from the most frequent in the segment on. Where there are several, an
occurrence of the first takes a bit, 0; one of another takes a 1 and as many bits as tell the others
apart. That is a quarter less than bits that tell all apart. Sections of a segment:

    words.stems           for each word of the segment, its stem's number in the segment …
    words.ordinals        … and which of the stem's spellings it is
    varied.stems          the stems with several spellings, ascending …
    varied.sizes          … and how many each has
    <field>.ordinals_at   for each varied stem, its first byte in …
    <field>.ordinals      … the codes of its occurrences; three zeros at the end
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray, compiled

LONG_TF = 255
"""A frequency of a byte that says: look into the overflow."""
SPARE = 8
"""Bytes after the last code, so that four can be read from any."""

Arrays = tuple[AnyArray, ...]
"""One array a text field."""


class Spellings(NamedTuple):
    """What the word numbers of token streams stand for.

    Attributes:
        stems: the place of each word's stem among the segment's sorted stems.
        codes, bits: how each word is written among the spellings of its stem.
        sizes: how many spellings each stem has.
    """

    stems: NDArray[np.uint32]
    codes: NDArray[np.uint32]
    bits: NDArray[np.uint8]
    sizes: NDArray[np.int64]


def widths_of(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The bits that tell the spellings of stems apart but for the first."""
    return np.ceil(np.log2(np.maximum(sizes - 1, 1))).astype(np.int64)


@compiled
def put_code(packed: AnyArray, bit: int, code: int) -> None:
    """Writes a code of at most 25 bits where zeros are."""
    byte, shifted = bit >> 3, code << (bit & 7)
    while shifted:
        packed[byte] |= shifted & 255
        shifted >>= 8
        byte += 1


@compiled
def read_code(packed: AnyArray, bit: int, width: int) -> tuple[int, int]:
    """Which spelling comes next, and where the one after it begins.

    Without a branch, which would often be guessed wrongly.
    """
    byte = bit >> 3
    low = int(packed[byte]) | int(packed[byte + 1]) << 8
    high = int(packed[byte + 2]) | int(packed[byte + 3]) << 8
    code = (low | high << 16) >> (bit & 7)
    other = code & 1
    return other * (1 + ((code >> 1) & ((1 << width) - 1))), bit + 1 + other * width


@compiled
def next_codes(packed: AnyArray, byte: int) -> np.uint64:
    """The next 32 bits."""
    low = np.uint64(packed[byte]) | np.uint64(packed[byte + 1]) << np.uint64(8)
    high = np.uint64(packed[byte + 2]) | np.uint64(packed[byte + 3]) << np.uint64(8)
    return low | high << np.uint64(16)


@compiled
def long_tf(overflow_at: AnyArray, overflow_tfs: AnyArray, posting: int) -> int:
    """The frequency of a posting whose byte says 255."""
    return int(overflow_tfs[np.searchsorted(overflow_at, posting)])


@compiled
def true_tf(tfs: AnyArray, overflow_at: AnyArray, overflow_tfs: AnyArray, posting: int) -> int:
    """The frequency of a posting."""
    tf = int(tfs[posting])
    return long_tf(overflow_at, overflow_tfs, posting) if tf == LONG_TF else tf


@compiled
def pick(
    docs: AnyArray,
    tfs: AnyArray,
    overflow_at: AnyArray,
    overflow_tfs: AnyArray,
    start: int,
    end: int,
    at: int,
    packed: AnyArray,
    bit: int,
    width: int,
    wanted: AnyArray,
    picked_docs: AnyArray,
    picked_tfs: AnyArray,
    count: int,
    places: AnyArray,
    placed: int,
) -> tuple[int, int]:
    """Picks the postings of some spellings of a stem out of the stem's.

    Args:
        start, end: the stem's postings. at: its first position.
        bit: its first code in `packed`. width: bits that tell its other spellings apart.
        wanted: for each spelling, 1 or 0; none: all of them.
        picked_docs, picked_tfs, count: the result so far; frequencies are whole.
        places, placed: the same for the places of positions; no room: they are not asked for.

    Returns:
        the new counts of postings and of places.
    """
    if not len(wanted):
        for posting in range(start, end):
            tf = true_tf(tfs, overflow_at, overflow_tfs, posting)
            picked_docs[count], picked_tfs[count] = docs[posting], tf
            count += 1
            if len(places):
                places[placed : placed + tf] = np.arange(at, at + tf)
                at, placed = at + tf, placed + tf
        return count, placed
    mask = np.uint64((1 << width) - 1)
    byte, skipped = bit >> 3, np.uint64(bit & 7)
    codes, left = next_codes(packed, byte) >> skipped, 32 - (bit & 7)
    byte += 4
    for posting in range(start, end):
        tf = 0
        for place in range(at, at + true_tf(tfs, overflow_at, overflow_tfs, posting)):
            if left < 26:
                codes |= next_codes(packed, byte) << np.uint64(left)
                byte, left = byte + 4, left + 32
            other = codes & np.uint64(1)
            spelling = ((codes >> np.uint64(1)) & mask) + np.uint64(1) if other else np.uint64(0)
            used = 1 + width if other else 1
            codes >>= np.uint64(used)
            left -= used
            is_wanted = wanted[spelling]
            tf += is_wanted
            if len(places):
                places[placed] = place
                placed += is_wanted
        at += true_tf(tfs, overflow_at, overflow_tfs, posting)
        picked_docs[count], picked_tfs[count] = docs[posting], tf
        count += tf > 0
    return count, placed
