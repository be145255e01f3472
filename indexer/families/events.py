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
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.dates import PartialDate
from indexer.analysis import analyzer
from indexer.clusters import Clusters
from indexer.document import IndexDocument
from indexer.entities.types import ArticleEntity, EntityKind

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
_NAMES = 12  # of each kind, the most mentioned
_RAREST = 8  # words of a report by which others are found
_CROWD = 24  # reports with the same rare word in one window, each compared with the next ones
_REPORTS_AT_ONCE = 4096
_TOLD_KEPT = 8192  # reports, 4 kB each: those of three days of a million in ten years
_NO_WORD = -1
_SHARED = 3  # words or names that two reports share at least
_RARE = 12, 1 / 250  # reports with a rare word: so many, or this share of all
_SHARED_RARE = 2  # rare words that reports of different days share: a daily toll has none
_SHORTEST = 3  # letters of a word that says something


class Lead(NamedTuple):
    """With what one report begins: whether it counts by days, and its stems, as numbers."""

    is_periodic: bool
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """What one report says, as numbers; `periodic` where it counts by days."""

    day: int
    periodic: bool
    words: frozenset[int]
    places: frozenset[int]
    length: float


@dataclass(frozen=True, slots=True)
class _Weights:
    """How much each word and name says: less the more reports have it."""

    of: Mapping[int, float]
    rare: float
    lengths: NDArray[np.float64]
    rarest: NDArray[np.int64]
    """Of each report the words by which others are found, the rarest first; then `_NO_WORD`."""


class EventFinder:
    """Collects reports, then groups. Keeps about 450 bytes a report."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._days = array("i")
        self._periodic = bytearray()
        self._outlets = array("I")
        self._families = array("I")
        self._words, self._word_ends = array("I"), array("q")
        self._places, self._place_ends = array("I"), array("q")

    def add(self, document: IndexDocument) -> None:
        """Adds one report; one that is not dated to the day is no witness of a day."""
        day = day_of(document.published)
        if day is not None:
            self.report(
                document.article_id,
                day=day,
                begins=lead(document.title, document.text),
                outlet=document.outlet,
                family=document.family_id,
                entities=document.entities,
            )

    def report(
        self,
        article_id: str,
        *,
        day: int,
        begins: Lead,
        outlet: str,
        family: str,
        entities: Iterable[ArticleEntity],
    ) -> None:
        """Adds one report of this day, unless it says nothing."""
        if not begins.words:
            return
        self._ids.append(article_id)
        self._days.append(day)
        self._periodic.append(begins.is_periodic)
        self._outlets.append(_number(outlet.casefold()) if outlet else 0)
        self._families.append(_number(family))
        named = Counter[EntityKind]()
        places: list[int] = []
        actors: list[int] = []
        for entity in entities:
            if named[entity.kind] < _NAMES:
                named[entity.kind] += 1
                of_kind = places if entity.kind is EntityKind.PLACE else actors
                of_kind.append(_number(entity.entity_id))
        self._places.extend(places)
        self._place_ends.append(len(self._places))
        self._words.extend(sorted({*begins.words, *places, *actors}))
        self._word_ends.append(len(self._words))

    def events(self) -> list[list[str]]:
        """Ids of the reports of each event, earliest first; those of one outlet alone are none."""
        count = len(self._ids)
        if not count:
            return []
        order = np.lexsort((np.arange(count), np.array(self._days))).tolist()
        weights = self._weights()
        told = lru_cache(_TOLD_KEPT)(lambda at: self._told(order[at], weights))
        days = [self._days[at] for at in order]
        alike = sorted(
            (-likeness, one, other)
            for one, other in _candidates(weights.rarest[order], days)
            if (likeness := _likeness(told(one), told(other), weights)) >= ALIKE
        )
        clusters = Clusters(count)
        last = list(days)
        for _, one, other in alike:
            first, second = sorted((clusters.root(one), clusters.root(other)))
            until = max(last[first], last[second])
            if (
                first != second
                and until - days[first] <= DAYS
                and _likeness(told(first), told(second), weights) >= AKIN
            ):
                clusters.join(first, second)
                last[first] = until
        return [
            [self._ids[order[at]] for at in members]
            for members in clusters.groups().values()
            if self._is_event([order[at] for at in members])
        ]

    def _is_event(self, members: Sequence[int]) -> bool:
        outlets = {self._outlets[at] for at in members} - {0}
        return len(outlets) > 1 and len({self._families[at] for at in members}) > 1

    def _weights(self) -> _Weights:
        said = np.frombuffer(self._words, dtype=np.uint32)
        ends = np.array(self._word_ends)
        starts = np.concatenate(([0], ends[:-1]))
        words, counts = np.unique(said, return_counts=True)
        reports = len(self._ids)
        weights = np.log((reports + 1) / counts)
        lengths = np.empty(reports)
        rarest = np.empty((reports, _RAREST), np.int64)
        for first in range(0, reports, _REPORTS_AT_ONCE):
            part = slice(first, first + _REPORTS_AT_ONCE)
            begins, until = starts[part] - starts[first], ends[part] - starts[first]
            own = said[starts[first] : ends[part][-1]]
            places = np.searchsorted(words, own)
            lengths[part] = np.sqrt(np.add.reduceat(weights[places] ** 2, begins))
            rarest[part] = _rarest(own, counts[places], until - begins)
        return _Weights(
            dict(zip(words.tolist(), weights.tolist(), strict=True)),
            log((reports + 1) / max(_RARE[0], reports * _RARE[1])),
            lengths,
            rarest,
        )

    def _told(self, at: int, weights: _Weights) -> _Told:
        words = self._words[self._word_ends[at - 1] if at else 0 : self._word_ends[at]]
        places = self._places[self._place_ends[at - 1] if at else 0 : self._place_ends[at]]
        return _Told(
            self._days[at],
            bool(self._periodic[at]),
            frozenset(words),
            frozenset(places),
            float(weights.lengths[at]),
        )


def _rarest(
    words: NDArray[np.uint32], counts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The rarest words of each report, of words as rare those of the smaller number.

    Args:
        words: of all of them, one report after the other.
        counts: how many reports have each of these words.
        sizes: how many words each report has.
    """
    nothing = np.iinfo(np.int64).max
    width = max(int(sizes.max()), _RAREST)
    rows = np.full((len(sizes), width), nothing)
    rows[np.arange(width) < sizes[:, None]] = counts.astype(np.int64) << 32 | words
    found = np.sort(np.partition(rows, _RAREST - 1, axis=1)[:, :_RAREST], axis=1)
    return np.where(found == nothing, _NO_WORD, found & 0xFFFFFFFF)


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
    stems = set(analysis.stems(sorted(saying, key=len, reverse=True)[:_WORDS]))
    is_periodic = _PERIOD.search(beginning) is not None
    return Lead(is_periodic, tuple(sorted(map(_number, stems))))


def _is_topics(text: str) -> bool:
    """`Estonia–Russia relations, Violations of airspaces`: several of them, and no sentence."""
    if _ENDS.search(text):
        return False
    topics = [_WORD.findall(topic) for topic in text[: _LEAD * _LETTERS].split(",")]
    return len(topics) > 1 and all(
        len(words) >= _LEAST_OF_A_TOPIC and not words[0][0].islower() for words in topics
    )


def _number(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _candidates(rarest: NDArray[np.int64], days: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs within `DAYS` that share one of their rarest words, each once."""
    start = 0
    while start < len(days):
        following = bisect_right(days, days[start])
        end = bisect_right(days, days[start] + DAYS)
        having: dict[int, list[int]] = {}
        for at, words in zip(range(start, end), rarest[start:end].tolist(), strict=True):
            for word in words:
                if word != _NO_WORD:
                    having.setdefault(word, []).append(at)
        found = {
            pair
            for reports in having.values()
            for place, one in enumerate(reports)
            if one < following
            for pair in ((one, other) for other in reports[place + 1 : place + 1 + _CROWD])
        }
        yield from sorted(found)
        start = following


def _likeness(one: _Told, other: _Told, weights: _Weights) -> float:
    """Cosine of two reports; 0 where they share no place or too little to be no chance."""
    of = weights.of
    if one.places.isdisjoint(other.places):
        return 0.0
    shared = one.words & other.words
    if len(shared) < _SHARED:
        return 0.0
    if one.day != other.day:
        if one.periodic or other.periodic:
            return 0.0
        rare = sum(of[word] >= weights.rare for word in shared - one.places - other.places)
        if rare < _SHARED_RARE:
            return 0.0
    return sum(of[word] ** 2 for word in shared) / (one.length * other.length)
