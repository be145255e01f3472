"""Loops: what is found over the names of all articles, one row after the other? Compiled."""

from __future__ import annotations

import numpy as np

from indexer.compiled import AnyArray, compiled


@compiled
def hang_together(  # noqa: C901, PLR0912 - one loop of a compiler that inlines nothing else
    starts: AnyArray, links: AnyArray, own: AnyArray, found: AnyArray
) -> AnyArray:
    """Puts names together that share a link.

    Args:
        starts: where the links of each name begin, and behind the last.
        links: even ones, by which two names hang together; an odd one hangs together with the names
            that have the even one before it, not with others that have the odd one.
        own: of each name, two words of 64 bits that stand for all that is known of it.
        found: of each name two words that stand for all names with which it hangs together, in
            their order; where the result goes.

    Returns:
        Of each name the first one with which it hangs together.
    """
    names = len(starts) - 1
    parent = np.arange(names, dtype=np.int32)
    size = 2
    while size < 2 * len(links):
        size *= 2
    mask = np.uint64(size - 1)
    prime, other = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
    shift, one = np.uint64(29), np.uint64(1)
    keys = np.zeros(size, np.uint64)
    holders = np.full(size, -1, np.int32)
    for is_odd in range(2):
        for name in range(names):
            for row in range(starts[name], starts[name + 1]):
                link = links[row]
                if (link & one) != np.uint64(is_odd):
                    continue
                link ^= np.uint64(is_odd)
                at = ((link * prime) >> shift) & mask
                while holders[at] >= 0 and keys[at] != link:
                    at = (at + one) & mask
                if holders[at] < 0:
                    if not is_odd:
                        keys[at], holders[at] = link, name
                    continue
                first, second = name, holders[at]
                while parent[first] != first:
                    parent[first] = parent[parent[first]]
                    first = parent[first]
                while parent[second] != second:
                    parent[second] = parent[parent[second]]
                    second = parent[second]
                if first < second:
                    parent[second] = first
                else:
                    parent[first] = second
    for name in range(names):
        parent[name] = parent[parent[name]]  # which is before it, and was looked at
    gathered = np.zeros((names, 2), np.uint64)
    for name in range(names):
        root = parent[name]
        a, b = gathered[root, 0], gathered[root, 1]
        a = (a ^ own[name, 0]) * prime
        a ^= a >> shift
        b = (b ^ own[name, 1]) * other
        b ^= b >> shift
        gathered[root, 0], gathered[root, 1] = a + one, b + one
    for name in range(names):
        found[name, 0], found[name, 1] = gathered[parent[name], 0], gathered[parent[name], 1]
    return parent


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
