"""Reported words: what reports say, brought into the order of days, as numbers that are compared.

A word is told by a number of 32 bits, as is the id of a named entity. Here it gets another one: how
it stands among all words of all reports. Two loops go over what all reports say, and nothing is
made of a report in Python.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray, compiled, only_read
from indexer.entities.ragged import distinct, starts_of
from indexer.entities.types import EntityKind
from indexer.families.likeness import Reports

NAMES = 12
"""Of each kind, the most mentioned, that a report is compared by."""
KINDS = {kind: number for number, kind in enumerate(EntityKind)}
NO_WORD = -1
_RAREST = 8  # words of a report by which others are found
_PLACE = KINDS[EntityKind.PLACE]
_BUCKETS = 16  # bits: words are found among those that begin with the same ones


class Said(NamedTuple):
    """What reports say: words, and names of entities, most mentioned first.

    Attributes:
        word_starts, word_counts: of each report, where its words begin, and how many there are.
        words: numbers of words.
        named_starts: where the entities of each report begin, and where the last ones end.
        named: entities, by their place in the following.
        entities, kinds: what stands for each entity, and its kind.
    """

    word_starts: NDArray[np.int64]
    word_counts: AnyArray
    words: AnyArray
    named_starts: NDArray[np.int64]
    named: AnyArray
    entities: NDArray[np.uint32]
    kinds: NDArray[np.uint8]


def laid_out(
    said: Said,
    days: NDArray[np.int32],
    periodic: NDArray[np.bool_],
    order: NDArray[np.int64],
) -> tuple[Reports, NDArray[np.int32]]:
    """What reports say, in this order; and the rarest words of each."""
    most = said.word_counts.astype(np.int64) + np.minimum(
        np.diff(said.named_starts), NAMES * len(KINDS)
    )
    words = np.empty(int(most.sum()), np.uint32)
    places = np.empty(len(words), np.uint32)
    starts, place_starts = np.zeros((2, len(order) + 1), np.int64)
    _gather(said._replace(words=only_read(said.words)), order, words, starts, places, place_starts)
    words, places = words[: starts[-1]], places[: place_starts[-1]].copy()
    known = distinct(words)
    buckets = starts_of(np.bincount(known >> np.uint32(32 - _BUCKETS), minlength=1 << _BUCKETS))
    buckets = buckets.astype(np.int32)  # what is looked up for each word fits into a cache so
    counts = np.zeros(len(known), np.int32)
    _number(places, known, buckets, counts)
    counts[:] = 0
    _number(words, known, buckets, counts)
    weights = np.log((len(order) + 1) / counts)
    lengths = np.empty(len(order))
    rarest = np.full((len(order), _RAREST), NO_WORD, np.int32)
    _weigh(starts, words, counts, weights**2, lengths, rarest)
    reports = Reports(
        days[order], periodic[order], starts, words, place_starts, places, lengths, weights
    )
    return reports, rarest


@compiled
def _gather(
    said: Said,
    order: AnyArray,
    found: AnyArray,
    starts: AnyArray,
    places: AnyArray,
    place_starts: AnyArray,
) -> None:
    """Puts the words of each report behind each other, and the places among them: ascending, each
    once.

    Args:
        order: which report comes next.
        found, starts: where words go, and where those of each report begin.
        places, place_starts: the same of places.
    """
    end = place_end = 0
    many = np.zeros(256, np.int64)  # of each kind
    names = np.empty(256, np.uint32)
    for at in range(len(order)):
        report = order[at]
        place_begin = place_end
        many[:] = 0
        count = 0
        for place in range(said.named_starts[report], said.named_starts[report + 1]):
            entity = said.named[place]
            kind = said.kinds[entity]
            if many[kind] < NAMES:
                many[kind] += 1
                count = _put(names, 0, count, said.entities[entity])
                if kind == _PLACE:
                    place_end = _put(places, place_begin, place_end, said.entities[entity])
        begin, name = end, 0
        first = said.word_starts[report]
        for place in range(first, first + said.word_counts[report]):
            word = said.words[place]
            while name < count and names[name] < word:
                end = _put(found, begin, end, names[name])
                name += 1
            end = _put(found, begin, end, word)
        for other in range(name, count):
            end = _put(found, begin, end, names[other])
        starts[at + 1], place_starts[at + 1] = end, place_end


@compiled
def _put(numbers: AnyArray, begin: int, end: int, number: int) -> int:
    """Puts a number among ascending ones, unless it is there; returns where they end now."""
    place = end
    while place > begin and numbers[place - 1] > number:
        place -= 1
    if place > begin and numbers[place - 1] == number:
        return end
    for other in range(end, place, -1):
        numbers[other] = numbers[other - 1]
    numbers[place] = number
    return end + 1


@compiled
def _number(numbers: AnyArray, known: AnyArray, buckets: AnyArray, counts: AnyArray) -> None:
    """Writes in place of each number how it stands among all that are known, and counts it.

    Args:
        known: ascending.
        buckets: where those begin that have the same first bits.
        counts: of each that is known.
    """
    for at in range(len(numbers)):
        number = numbers[at]
        place = buckets[number >> (32 - _BUCKETS)] + 0
        while known[place] != number:
            place += 1
        numbers[at] = place
        counts[place] += 1


@compiled
def _weigh(
    starts: AnyArray,
    words: AnyArray,
    counts: AnyArray,
    squares: AnyArray,
    lengths: AnyArray,
    rarest: AnyArray,
) -> None:
    """The length of each report, as of a vector of its words' weights; and its rarest words, of
    words as rare those of the smaller number.
    """
    for report in range(len(starts) - 1):
        total, many = 0.0, 0
        for at in range(starts[report], starts[report + 1]):
            word = words[at]
            total += squares[word]
            place = many
            while place > 0 and counts[rarest[report, place - 1]] > counts[word]:
                if place < rarest.shape[1]:
                    rarest[report, place] = rarest[report, place - 1]
                place -= 1
            if place < rarest.shape[1]:
                rarest[report, place] = word
                many = min(many + 1, rarest.shape[1])
        lengths[report] = np.sqrt(total)
