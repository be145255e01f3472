"""Shingles: how alike are two texts, word for word?

A text is the set of its runs of three words, hashed to 64 bits (Broder 1997, "On the resemblance
and containment of documents"). A signature is a MinHash of that set: the share of equal places in
two signatures estimates their resemblance, and finds the pairs that are worth a real comparison.

Nothing here knows a language: the words are folded surfaces, unstemmed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Shingles = npt.NDArray[np.uint64]
Signature = npt.NDArray[np.uint32]

WORDS = 3  # words a shingle; with 4, a copy with 15 % of its words changed is found half as often
PLACES = 64  # hash functions a signature: a standard error of at most 0.06

_random = np.random.Generator(np.random.PCG64(2022))
_FACTORS = _random.integers(1 << 63, size=(PLACES, 1), dtype=np.uint64) * 2 + 1
_OFFSETS = _random.integers(1 << 63, size=(PLACES, 1), dtype=np.uint64)
_POSITIONS = _random.integers(1 << 63, size=WORDS, dtype=np.uint64) * 2 + 1
_CHUNK = 4096  # shingles hashed at a time: 2 MB of work space
_REMEMBERED = 1 << 19
_word_hashes: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share.

    Attributes:
        resemblance: shared shingles over all shingles of both.
        containment: shared shingles over those of the shorter text.
    """

    resemblance: float
    containment: float


def shingles(words: Sequence[str]) -> Shingles:
    """The distinct shingles of a text, sorted; of a text shorter than one, that text itself."""
    if not words:
        return np.empty(0, dtype=np.uint64)
    hashes = np.fromiter(map(_word_hash, words), dtype=np.uint64, count=len(words))
    length = min(WORDS, len(hashes))
    runs = len(hashes) - length + 1
    mixed = np.zeros(runs, dtype=np.uint64)
    for place in range(length):
        mixed += hashes[place : place + runs] * _POSITIONS[place]
    mixed ^= mixed >> np.uint64(32)
    return np.unique(mixed * _POSITIONS[0])


def signature(of: Shingles) -> Signature:
    """The MinHash of a set of shingles; of no shingles, the greatest value in every place."""
    least = np.full(PLACES, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, len(of), _CHUNK):
        hashed = _FACTORS * of[start : start + _CHUNK] + _OFFSETS
        np.minimum(least, hashed.min(axis=1), out=least)
    return (least >> np.uint64(32)).astype(np.uint32)


def overlap(one: Shingles, other: Shingles) -> Overlap:
    """The real overlap of two sets of shingles."""
    shared = len(np.intersect1d(one, other, assume_unique=True))
    shorter = min(len(one), len(other))
    if not shorter:
        return Overlap(0.0, 0.0)
    return Overlap(shared / (len(one) + len(other) - shared), shared / shorter)


def _word_hash(word: str) -> int:
    known = _word_hashes.get(word)
    if known is None:
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        known = int.from_bytes(digest, "little")
        if len(_word_hashes) >= _REMEMBERED:
            _word_hashes.clear()
        _word_hashes[word] = known
    return known
