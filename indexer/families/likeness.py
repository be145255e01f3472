"""Likeness of reports: which may tell of one happening, by the words and the places they share?

Loops over arrays: of a hundred thousand reports a million pairs are looked at. Reports are in the
order of their days; a word or a place is a number that says how it stands among all of them.
"""

from __future__ import annotations

from typing import NamedTuple

from indexer.compiled import AnyArray, compiled

CROWD = 24
"""Reports with the same rare word in one window of days, each compared with the next ones."""
_SHARED = 3  # words or names that two reports share at least
_SHARED_RARE = 2  # rare words that reports of different days share: a daily toll has none


class Reports(NamedTuple):
    """What reports say, as arrays.

    Attributes:
        days: of each report.
        periodic: of each, whether it counts by days.
        starts, words: of each report its words, places among them, ascending.
        place_starts, places: of each report its places, ascending.
        lengths: of each, as of a vector of its words' weights.
        weights: of each word: how much it says, less the more reports have it.
    """

    days: AnyArray
    periodic: AnyArray
    starts: AnyArray
    words: AnyArray
    place_starts: AnyArray
    places: AnyArray
    lengths: AnyArray
    weights: AnyArray


@compiled
def pairs_alike(
    rare_words: AnyArray,
    having: AnyArray,
    first: int,
    until: int,
    days: AnyArray,
    periodic: AnyArray,
    starts: AnyArray,
    words: AnyArray,
    place_starts: AnyArray,
    places: AnyArray,
    lengths: AnyArray,
    weights: AnyArray,
    most_days: int,
    rare: float,
    least: float,
    pairs: AnyArray,
    found: AnyArray,
) -> int:
    """Finds pairs of reports that share a rare word, and are alike; some of them several times.

    Args:
        rare_words, having: a row for each rare word of a report: the word, and the report;
            ascending.
        first, until: the rows of which partners are sought.
        days, …, weights: see `Reports`.
        most_days: between two reports.
        rare: the weight from which on a word is rare.
        least: how alike they must be.
        pairs, found: where they are written, and how alike they are; `CROWD` for each row.

    Returns:
        How many there are.
    """
    count = 0
    for row in range(first, until):
        one = having[row]
        last_day = days[one] + most_days
        for place in range(row + 1, min(row + 1 + CROWD, len(having))):
            other = having[place]
            if rare_words[place] != rare_words[row] or days[other] > last_day:
                break
            likeness = likeness_of(
                one, other, days, periodic, starts, words, place_starts, places, lengths, weights,
                rare,
            )  # fmt: skip
            if likeness >= least:
                pairs[count, 0], pairs[count, 1], found[count] = one, other, likeness
                count += 1
    return count


@compiled
def likeness_of(
    one: int,
    other: int,
    days: AnyArray,
    periodic: AnyArray,
    starts: AnyArray,
    words: AnyArray,
    place_starts: AnyArray,
    places: AnyArray,
    lengths: AnyArray,
    weights: AnyArray,
    rare: float,
) -> float:
    """Cosine of two reports; 0 where they share no place or too little to be no chance."""
    if not _shares(
        places, place_starts[one], place_starts[one + 1], place_starts[other],
        place_starts[other + 1],
    ):  # fmt: skip
        return 0.0
    is_one_day = days[one] == days[other]
    if not is_one_day and (periodic[one] or periodic[other]):
        return 0.0
    shared = shared_rare = 0
    product = 0.0
    left, right = starts[one], starts[other]
    while left < starts[one + 1] and right < starts[other + 1]:
        if words[left] < words[right]:
            left += 1
        elif words[left] > words[right]:
            right += 1
        else:
            word = words[left]
            product += weights[word] * weights[word]
            shared += 1
            if (
                weights[word] >= rare
                and not _has(places, place_starts[one], place_starts[one + 1], word)
                and not _has(places, place_starts[other], place_starts[other + 1], word)
            ):
                shared_rare += 1
            left += 1
            right += 1
    if shared < _SHARED or (not is_one_day and shared_rare < _SHARED_RARE):
        return 0.0
    return float(product / (lengths[one] * lengths[other]))


@compiled
def _shares(numbers: AnyArray, left: int, left_end: int, right: int, right_end: int) -> bool:
    """Whether two ascending parts have a number in common."""
    while left < left_end and right < right_end:
        if numbers[left] == numbers[right]:
            return True
        if numbers[left] < numbers[right]:
            left += 1
        else:
            right += 1
    return False


@compiled
def _has(numbers: AnyArray, start: int, end: int, number: int) -> bool:
    for place in range(start, end):  # noqa: SIM110 - compiled so
        if numbers[place] == number:
            return True
    return False
