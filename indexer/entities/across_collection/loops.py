"""Loops: what is counted over the names of all articles, one row after the other? Compiled."""

from __future__ import annotations

import numpy as np

from indexer.compiled import AnyArray, compiled


@compiled
def most_named(starts: AnyArray, entities: AnyArray, times: AnyArray, found: AnyArray) -> AnyArray:
    """The entities of each article, most named first, of as many the one named first.

    Args:
        starts: where the rows of each article begin, and behind the last.
        entities: of each row; negative for none.
        times: how often each row names it; afterwards how often the entities found are named.
        found: where the entities found go.

    Returns:
        How many each article has.
    """
    lengths = np.zeros(len(starts) - 1, np.int32)
    end = 0
    for article in range(len(starts) - 1):
        begin = end
        for row in range(starts[article], starts[article + 1]):
            entity, count = entities[row], times[row]
            if entity < 0:
                continue
            place = begin
            while place < end and found[place] != entity:
                place += 1
            if place == end:
                found[end] = entity
                times[end] = 0
                end += 1
            times[place] += count
        for place in range(begin + 1, end):
            entity, count = found[place], times[place]
            before = place
            while before > begin and times[before - 1] < count:
                found[before], times[before] = found[before - 1], times[before - 1]
                before -= 1
            found[before], times[before] = entity, count
        lengths[article] = end - begin
    return lengths


@compiled
def counted(
    slots: AnyArray, articles: AnyArray, counts: AnyArray, mentions: AnyArray, having: AnyArray
) -> None:
    """How often each slot is mentioned, and by how many articles.

    Args:
        slots, articles, counts: of each mention, articles in order.
        mentions, having: of each slot; where the result goes.
    """
    last = np.full(len(mentions), -1, np.int64)
    for at in range(len(slots)):
        slot = slots[at]
        mentions[slot] += counts[at]
        if last[slot] != articles[at]:
            last[slot] = articles[at]
            having[slot] += 1


@compiled
def digests(starts: AnyArray, numbers: AnyArray, told: AnyArray, found: AnyArray) -> None:
    """Of each article what stands for all that its rows are told, in their order.

    Args:
        starts: see `most_named`.
        numbers: of each row, that of what it is told.
        told: two words of 64 bits each.
        found: of each article two words of 64 bits; where the result goes.
    """
    prime, other = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
    shift = np.uint64(29)
    for article in range(len(starts) - 1):
        one, two = prime, other
        for row in range(starts[article], starts[article + 1]):
            one = (one ^ told[numbers[row], 0]) * prime
            one ^= one >> shift
            two = (two ^ told[numbers[row], 1]) * other
            two ^= two >> shift
        found[article, 0], found[article, 1] = one, two
