"""Checksums: is a block of a file what was written? 64-bit sums of 2 KiB each, compiled.

Eight lanes take one 64-bit word in turn: xor, multiply by an odd number, rotate. Each step can be
undone, so a change within one word always changes the sum; any other change goes unseen once in
2^64 times. It is no protection against somebody who means to deceive: who can write the file can
write the sum.

Not CRC-32, because that took a quarter of the time of the first answer to a rare word.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray, compiled

BLOCK_SHIFT = 11  # small, so that a first question waits only for what it reads
BLOCK = 1 << BLOCK_SHIFT
Sums = NDArray[np.uint64]

_WORDS = BLOCK >> 3
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_LEFT, _RIGHT = np.uint64(29), np.uint64(35)
_ONE, _TWO, _THREE, _FOUR = (np.uint64(number) for number in range(1, 5))
_EIGHT = np.uint64(3)  # as a power of two


def sums_of(data: bytes | memoryview) -> Sums:
    """The sum of each block of some bytes, with zeros up to a multiple of eight."""
    view = memoryview(data).toreadonly()
    whole = len(view) >> BLOCK_SHIFT << BLOCK_SHIFT
    rest = bytes(view[whole:])
    sums = np.zeros((len(view) + BLOCK - 1) >> BLOCK_SHIFT, np.uint64)
    sum_blocks(np.frombuffer(view[:whole], np.uint64), sums)
    if rest:
        padded = rest + bytes(-len(rest) % 8)
        sum_blocks(np.frombuffer(padded, np.uint64), sums[-1:])
    return sums


@compiled
def mix(lane: np.uint64, word: np.uint64) -> np.uint64:
    """Takes one word into a lane."""
    turned = (lane ^ word) * _FACTOR
    return (turned << _LEFT) | (turned >> _RIGHT)


@compiled
def sum_words(words: AnyArray, start: int, end: int) -> np.uint64:
    """The sum of some words, of which there is a multiple of eight, or which end the section."""
    a = b = c = d = e = f = g = h = _FACTOR
    part = words[start:end]
    eights = len(part) >> 3
    for number in range(eights):
        at = np.uint64(number) << _EIGHT  # without a sign nothing is done about negative places
        a, b = mix(a, part[at]), mix(b, part[at + _ONE])
        c, d = mix(c, part[at + _TWO]), mix(d, part[at + _THREE])
        at += _FOUR
        e, f = mix(e, part[at]), mix(f, part[at + _ONE])
        g, h = mix(g, part[at + _TWO]), mix(h, part[at + _THREE])
    for number in range(eights << 3, len(part)):
        a = mix(a, part[number])
    return mix(mix(mix(mix(mix(mix(mix(a, b), c), d), e), f), g), h)


@compiled
def sum_blocks(words: AnyArray, sums: AnyArray) -> None:
    """Writes the sum of each block of some words."""
    for block in range(len(sums)):
        start = block * _WORDS
        if start < len(words):
            sums[block] = sum_words(words, start, min(start + _WORDS, len(words)))


@compiled
def first_damaged(
    words: AnyArray, sums: AnyArray, unchecked: AnyArray, first: int, end: int
) -> int:
    """Checks those of some blocks that were not checked before.

    Args:
        words: all words of a section.
        unchecked: 1 for each block that was not checked; cleared as they are.

    Returns:
        the first block that is damaged, or -1.
    """
    for block in range(first, end):
        if unchecked[block]:
            start = block * _WORDS
            if sum_words(words, start, min(start + _WORDS, len(words))) != sums[block]:
                return block
            unchecked[block] = 0
    return -1


@compiled
def first_damaged_of(
    words: AnyArray,
    sums: AnyArray,
    unchecked: AnyArray,
    starts: AnyArray,
    ends: AnyArray,
    shift: int,
) -> int:
    """The same for the blocks of some parts of a section, whose blocks have so many values each."""
    for part in range(len(starts)):
        for block in range(starts[part] >> shift, (ends[part] + (1 << shift) - 1) >> shift):
            # A call is dear, and most were checked before.
            if unchecked[block] and first_damaged(words, sums, unchecked, block, block + 1) >= 0:
                return block
    return -1
