"""Candidates: which pairs of articles are worth comparing?

They come from locality-sensitive hashing of MinHash signatures (Leskovec, Rajaraman and Ullman,
"Mining of Massive Datasets", section 3.4), done by sorting, so that a million articles need arrays
and no tables. Where few articles came or went, only those are looked through again that agree with
one of them in a band: a pair is found in some bands, and which it is in is counted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.compiled import AnyArray, compiled, only_read
from indexer.entities.ragged import distinct, is_first
from indexer.families.shingles import PLACES

BANDS = PLACES // 2  # of two places each: pairs of resemblance 0.3 are candidates 95 times in 100
_BANDS_AT_ONCE = 8
_MIX = np.uint64(0x9E3779B97F4A7C15)
"""Odd, so that no two bands become one; upper bits, which are compared, depend on all of one."""
_NEIGHBORS = 8  # partners an article gets in one band, so that a crowded band stays linear
_WORTH_READING = 0.2  # estimated resemblance below which a pair is not compared
_EMPTY = np.iinfo(np.uint32).max  # in all places of a text without shingles

SECOND = 0xFFFFFFFF  # of a pair in one number
_MARKS = 1 << 16  # bits a band, which tell quickly what nothing that came or went agrees with

Numbers = npt.NDArray[np.int64]
Signatures = npt.NDArray[np.uint32]


class Counted(NamedTuple):
    """Pairs of numbers, ascending, each in one: the smaller above, the greater below; and in how
    many bands each was found.
    """

    pairs: Numbers
    times: npt.NDArray[np.int8]


class Gone(NamedTuple):
    """An article that was there before, as it was."""

    article_id: str
    signature: Signatures
    reported: float


def candidates(signatures: Signatures, order: Numbers) -> Counted:
    """Pairs that agree in a band and look alike by their signatures.

    Args:
        order: the place of each number among the signatures, which are 256 bytes each and so are
            not brought into that order; the earliest report first.
    """
    found = []
    filled = np.flatnonzero(_is_filled(signatures)[order])
    wide = signatures.view(np.uint64)  # a band each
    # Sorted by what is left of the band, then by place, as one number: three times as fast.
    bits = np.uint64(max(len(order), 1).bit_length())
    places = filled.astype(np.uint64)
    for start in range(0, BANDS, _BANDS_AT_ONCE):
        pairs = [np.empty(0, np.int64)]
        for band in np.ascontiguousarray(wide[:, start : start + _BANDS_AT_ONCE].T):
            hashed = band[order[filled]] * _MIX >> bits << bits | places
            hashed.sort()
            keys, members = hashed >> bits, (hashed & ((1 << bits) - np.uint64(1))).astype(np.int64)
            pairs.extend(_neighbors(keys, members))
        several = _counted(np.concatenate(pairs))  # most agree in several bands
        found.append(_alike(several, signatures, order))
    return together(found)


def changes(
    signatures: Signatures,
    rows: Numbers,
    reported: npt.NDArray[np.float64],
    ids: Sequence[str],
    *,
    new: Numbers,
    gone: Sequence[Gone],
) -> Counted:
    """In how many bands more pairs of articles are found than before, or less, by their places.

    Args:
        rows: of each article, by its place, which of the signatures is its own.
        reported: when each was; those of one moment are in the order of their ids.
        ids: of all that are there, ascending.
        new: places of those that were not there before, or were otherwise.
        gone: those that were there, by id.
    """
    left = np.array([one.signature for one in gone], np.uint32).reshape(-1, PLACES)
    those = np.concatenate((signatures[rows[new]], left))
    keys = np.sort(those[_is_filled(those)].view(np.uint64), axis=0)
    place_of = np.full(len(signatures), -1)
    place_of[rows] = np.arange(len(rows))
    groups, members = _members(keys, signatures, place_of)
    numbers = np.flatnonzero(_is_filled(left))
    groups = np.append(groups, _groups_of(keys, left[numbers].view(np.uint64)))
    members = np.append(members, np.repeat(len(rows) + numbers, BANDS))

    articles = distinct(members)
    by_time = articles[_earliest_first(articles, reported, ids, gone)]
    number_of = np.empty(len(rows) + len(gone), np.int64)
    number_of[by_time] = np.arange(len(by_time))
    is_new = np.zeros(len(rows) + len(gone), np.bool_)
    is_new[new] = True
    found = []
    for is_there, sign in ((members < len(rows), 1), (~is_new[members], -1)):
        ordered = np.sort(groups[is_there] << 32 | number_of[members[is_there]])
        pairs = np.concatenate(
            [np.empty(0, np.int64), *_neighbors(ordered >> 32, ordered & SECOND)]
        )
        one, other = by_time[pairs >> 32], by_time[pairs & SECOND]
        both = np.maximum(one, other) < len(rows)
        counted = _counted(in_one(one[both], other[both]))
        found.append(Counted(counted.pairs, counted.times * np.int8(sign)))
    return _alike(together(found), signatures, rows)


def in_one(one: Numbers, other: Numbers) -> Numbers:
    """Pairs of numbers, each in one."""
    return np.minimum(one, other) << 32 | np.maximum(one, other)


def together(counts: Sequence[Counted]) -> Counted:
    """The sum of some counts, without the pairs that are in no band."""
    pairs = np.concatenate([one.pairs for one in counts])
    order = np.argsort(pairs, kind="stable")
    pairs, times = pairs[order], np.concatenate([one.times for one in counts])[order]
    first = np.flatnonzero(is_first(pairs))
    sums = np.add.reduceat(times, first, dtype=np.int8) if len(first) else times
    return Counted(pairs[first][sums != 0], sums[sums != 0])


def _is_filled(signatures: Signatures) -> npt.NDArray[np.bool_]:
    filled: npt.NDArray[np.bool_] = (signatures != _EMPTY).any(axis=1)
    return filled


def _neighbors(keys: npt.NDArray[np.integer], members: Numbers) -> Iterator[Numbers]:
    """Pairs of those that have a key and stand near each other; both in order of keys."""
    for step in range(1, _NEIGHBORS + 1):
        same = np.flatnonzero(keys[step:] == keys[:-step])
        if not len(same):
            break
        yield members[same] << 32 | members[same + step]


def _counted(pairs: Numbers) -> Counted:
    """How often each of some pairs is there."""
    ordered = np.sort(pairs)
    first = np.flatnonzero(is_first(ordered))
    return Counted(ordered[first], np.diff(np.append(first, len(ordered))).astype(np.int8))


def _alike(found: Counted, signatures: Signatures, order: Numbers) -> Counted:
    """Those of which many places of the signatures agree."""
    agreeing = np.empty(len(found.pairs), np.int64)
    one, other = order[found.pairs >> 32], order[found.pairs & SECOND]
    _count_agreeing(only_read(signatures), one, other, agreeing)
    worth = agreeing >= _WORTH_READING * PLACES
    return Counted(found.pairs[worth], found.times[worth])


def _members(
    keys: npt.NDArray[np.uint64], signatures: Signatures, place_of: Numbers
) -> tuple[Numbers, Numbers]:
    """Which articles have one of some keys of a band: the number of the key, and the place.

    Args:
        keys: of each band, in its column, ascending.
        place_of: of each signature whose it is; negative where nobody's.
    """
    marks = np.zeros((BANDS, _MARKS), np.bool_)
    for band in range(BANDS):
        marks[band, keys[:, band] * _MIX >> np.uint64(48)] = True
    tables = np.ascontiguousarray(keys.T)
    wide = only_read(signatures.view(np.uint64))
    room = 1 << 16
    while True:
        groups, members = np.empty(room, np.int64), np.empty(room, np.int64)
        count = _sweep(wide, place_of, tables, marks, groups, members)
        if count <= room:
            return groups[:count], members[:count]
        room = count


@compiled
def _sweep(
    wide: AnyArray,
    place_of: AnyArray,
    tables: AnyArray,
    marks: AnyArray,
    groups: AnyArray,
    members: AnyArray,
) -> int:
    """See `_members`; returns how many there are, of which as many are written as have room."""
    count = 0
    for row in range(len(wide)):
        if place_of[row] < 0:
            continue
        for band in range(wide.shape[1]):
            key = wide[row, band]
            if not marks[band, key * _MIX >> np.uint64(48)]:
                continue
            at = np.searchsorted(tables[band], key)
            if at < tables.shape[1] and tables[band, at] == key:
                if count < len(groups):
                    groups[count] = band * tables.shape[1] + at
                    members[count] = place_of[row]
                count += 1
    return count


def _groups_of(keys: npt.NDArray[np.uint64], bands: npt.NDArray[np.uint64]) -> Numbers:
    """The numbers of the keys that each signature has: a row each, a column a band."""
    at = [np.searchsorted(keys[:, band], bands[:, band]) for band in range(BANDS)]
    return np.arange(BANDS) * len(keys) + np.stack(at, axis=1)


def _earliest_first(
    articles: Numbers,
    reported: npt.NDArray[np.float64],
    ids: Sequence[str],
    gone: Sequence[Gone],
) -> Numbers:
    """The order of some articles by when they were reported, then by id; those that are gone have
    numbers behind the places of all others.
    """
    is_there = articles < len(ids)
    when, place = np.empty(len(articles)), articles.copy()
    when[is_there] = reported[articles[is_there]]
    left = [gone[number - len(ids)] for number in articles[~is_there].tolist()]
    when[~is_there] = [one.reported for one in left]
    place[~is_there] = [bisect_left(ids, one.article_id) for one in left]
    return np.lexsort((articles, is_there, place, when))


@compiled
def _count_agreeing(
    signatures: AnyArray, one: AnyArray, other: AnyArray, agreeing: AnyArray
) -> None:
    """Of pairs of signatures: in how many places they agree."""
    for at in range(len(one)):
        count = 0
        for place in range(signatures.shape[1]):
            count += signatures[one[at], place] == signatures[other[at], place]
        agreeing[at] = count
