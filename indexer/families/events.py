"""Events: which reports tell of one happening? Looser than a family, and never taken for one.

Two reports belong together when they appeared within two days, name a place both, and share so many
rare words and names that chance is no explanation: the cosine of what their beginnings say, each
word weighted by how rare it is (Salton and Buckley 1988, "Term-weighting approaches in automatic
text retrieval"). Of two days, they must share rare words besides the place, and neither may count
by days: today's toll is not yesterday's, however alike the sentences. Pairs are sought inside
windows of days, by the rarest words of each report, so that a million reports of ten years cost no
more than a thousand of each day.

Pairs are joined most alike first; two groups only when their earliest reports are alike too and the
whole does not last longer than two days, so that no war becomes one event.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.dates import PartialDate
from indexer.analysis import analyzer
from indexer.clusters import Clusters
from indexer.families.likeness import CROWD, Reports, likeness_of, pairs_alike
from indexer.families.reported_words import NO_WORD, Said, laid_out

DAYS = 2
"""Between the first and the last report of an event."""
ALIKE = 0.38
"""Cosine from which two reports may tell of one happening. Measured: docs/benchmarks.md, events."""
AKIN = 0.25
"""Cosine that the earliest reports of two groups must have at least to be joined by later ones."""

_LEAD = 120  # words in which a report says what happened
_LETTERS = 12  # a word, space included, at most: what is cut off before words are told
_PERIOD = re.compile(
    r"\b(?:(?:past|last) (?:day|24 hours|twenty-four hours)|daily|in a row|24 heures|24 Stunden"
    r"|24 horas)\b|за сутки|за добу|24 ساعة|٢٤ ساعة",
    re.IGNORECASE,
)
"""What counts by days: its next report is of another day, and no report of the same happening."""
_ENDS, _WORD = re.compile(r"[.!?…。؟।]"), re.compile(r"\w+")
_LEAST_OF_A_TOPIC = 3  # words
_WORDS = 48  # of them, the longest: their stems
_ROWS_AT_ONCE = 8192  # reports with a rare word of which partners are sought
_RARE = 12, 1 / 250  # reports with a rare word: so many, or this share of all
_SHORTEST = 3  # letters of a word that says something


class Lead(NamedTuple):
    """With what one report begins: whether it counts by days, and its stems, as numbers."""

    is_periodic: bool
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What reports tell, none of which says nothing: a row each.

    Attributes:
        periodic: whether each counts by days.
        outlet, family: of a report, by its row.
        said: makes what they say, which is large: held only while it is laid out.
    """

    ids: Sequence[str]
    days: NDArray[np.int32]
    periodic: NDArray[np.bool_]
    outlet: Callable[[int], str]
    family: Callable[[int], str]
    said: Callable[[], Said]


def events_of(told: Told) -> list[list[str]]:
    """Ids of the reports of each event, earliest first; those of one outlet alone are none."""
    count = len(told.ids)
    if not count:
        return []
    order = np.argsort(told.days, kind="stable")
    reports, rarest = laid_out(told.said(), told.days, told.periodic, order)
    rare = log((count + 1) / max(_RARE[0], count * _RARE[1]))
    clusters = Clusters(count)
    last: dict[int, int] = {}
    alike = _alike(reports, rarest, rare)
    for one, other in alike:
        first, second = sorted((clusters.root(one), clusters.root(other)))
        until = max(last.get(at, int(reports.days[at])) for at in (first, second))
        if (
            first != second
            and until - reports.days[first] <= DAYS
            and likeness_of(first, second, *reports, rare) >= AKIN
        ):
            clusters.join(first, second)
            last[first] = until
    groups: dict[int, list[int]] = {}
    for number in sorted({number for pair in alike for number in pair}):
        groups.setdefault(clusters.root(number), []).append(number)
    return [
        [told.ids[at] for at in members]
        for found in groups.values()
        if len(found) > 1 and _is_event(told, members := order[found].tolist())
    ]


def _is_event(told: Told, members: Sequence[int]) -> bool:
    outlets = {told.outlet(at).casefold() for at in members} - {""}
    return len(outlets) > 1 and len({told.family(at) for at in members}) > 1


def _alike(reports: Reports, rarest: NDArray[np.int32], rare: float) -> list[list[int]]:
    """Pairs of reports that are alike: most alike first, of those as alike the earliest."""
    at, which = np.nonzero(rarest != NO_WORD)
    rows = np.sort(rarest[at, which].astype(np.int64) << 32 | at)
    rare_words, having = rows >> 32, rows & 0xFFFFFFFF
    pairs = np.empty((_ROWS_AT_ONCE * CROWD, 2), np.int64)
    likeness = np.empty(len(pairs))
    parts = [(np.empty((0, 2), np.int64), np.empty(0))]
    for first in range(0, len(rows), _ROWS_AT_ONCE):
        until = min(first + _ROWS_AT_ONCE, len(rows))
        count = pairs_alike(
            rare_words, having, first, until, *reports, DAYS, rare, ALIKE, pairs, likeness
        )
        parts.append((pairs[:count].copy(), likeness[:count].copy()))
    found = np.concatenate([part for part, _ in parts])
    how = np.concatenate([part for _, part in parts])
    one, other = found[:, 0], found[:, 1]
    _, distinct = np.unique(one << 32 | other, return_index=True)
    ordered = distinct[np.argsort(-how[distinct], kind="stable")]
    alike: list[list[int]] = found[ordered].tolist()
    return alike


def day_of(published: PartialDate | None) -> int | None:
    """The day of a date, as an ordinal; None where it is not known to the day."""
    if published is None or published.earliest != published.latest:
        return None
    return published.earliest.toordinal()


def lead(title: str, text: str) -> Lead:
    """With what a report begins: stems of its words, without those that say nothing.

    A row of topics, as lists of a day's events put above each, is no report and says nothing.
    """
    if _is_topics(text):
        return Lead(is_periodic=False, words=())
    analysis = analyzer()
    beginning = text[: _LEAD * _LETTERS]
    words = analysis.surfaces(f"{title}\n{beginning}")[:_LEAD]
    saying = {
        word
        for word in words
        if len(word) >= _SHORTEST and not word.isdigit() and not analysis.is_stop_word(word)
    }
    longest = sorted(saying, key=lambda word: (-len(word), word))[:_WORDS]
    stems = set(analysis.stems(longest))
    is_periodic = _PERIOD.search(beginning) is not None
    return Lead(is_periodic, tuple(sorted(map(number_of, stems))))


def _is_topics(text: str) -> bool:
    """`Estonia–Russia relations, Violations of airspaces`: several of them, and no sentence."""
    if _ENDS.search(text):
        return False
    topics = [_WORD.findall(topic) for topic in text[: _LEAD * _LETTERS].split(",")]
    return len(topics) > 1 and all(
        len(words) >= _LEAST_OF_A_TOPIC and not words[0][0].islower() for words in topics
    )


def number_of(word: str) -> int:
    """What stands for a word, or for an id."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))
