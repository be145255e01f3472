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
from collections.abc import Iterable, Sequence
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.dates import PartialDate
from indexer.analysis import analyzer
from indexer.clusters import Clusters
from indexer.document import IndexDocument
from indexer.entities.ragged import distinct
from indexer.entities.types import EntityKind, NamedInArticle
from indexer.families.likeness import (
    CROWD,
    Reports,
    ascending,
    likeness_of,
    pairs_alike,
)

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
NAMES = 12
"""Of each kind, the most mentioned, that a report is compared by."""
_RAREST = 8  # words of a report by which others are found
_REPORTS_AT_ONCE = 4096
_WORDS_AT_ONCE = 1 << 22
_ROWS_AT_ONCE = 8192  # reports with a rare word of which partners are sought
_NO_WORD = -1
_RARE = 12, 1 / 250  # reports with a rare word: so many, or this share of all
_SHORTEST = 3  # letters of a word that says something


class Lead(NamedTuple):
    """With what one report begins: whether it counts by days, and its stems, as numbers."""

    is_periodic: bool
    words: tuple[int, ...]


class EventFinder:
    """Collects reports, then groups. Keeps about 300 bytes a report."""

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
        entities: Iterable[NamedInArticle],
    ) -> None:
        """Adds one report of this day, unless it says nothing."""
        if not begins.words:
            return
        self._ids.append(article_id)
        self._days.append(day)
        self._periodic.append(begins.is_periodic)
        self._outlets.append(number_of(outlet.casefold()) if outlet else 0)
        self._families.append(number_of(family))
        named: dict[EntityKind, int] = {}
        for entity in entities:
            kind = entity.kind
            before = named.get(kind, 0)
            if before < NAMES:
                named[kind] = before + 1
                number = number_of(entity.entity_id)
                self._words.append(number)
                if kind is EntityKind.PLACE:
                    self._places.append(number)
        self._place_ends.append(len(self._places))
        self._words.extend(begins.words)
        self._word_ends.append(len(self._words))

    def add_all(
        self,
        ids: Sequence[str],
        *,
        days: NDArray[np.int32],
        periodic: NDArray[np.bool_],
        outlets: Sequence[str],
        families: Sequence[str],
        words: tuple[NDArray[np.int64], NDArray[np.uint32]],
        places: tuple[NDArray[np.int64], NDArray[np.uint32]],
    ) -> None:
        """Adds many reports, as `report` does one after the other, none of which says nothing.

        Args:
            words: how many numbers each has, of words and of the first `NAMES` entities of each
                kind; and these.
            places: the same of those entities that are places.
        """
        self._ids += ids
        self._days.extend(days.tolist())
        self._periodic += periodic.astype(np.uint8).tobytes()
        known = {outlet: number_of(outlet.casefold()) if outlet else 0 for outlet in set(outlets)}
        self._outlets.extend(map(known.__getitem__, outlets))
        self._families.extend(map(number_of, families))
        for numbers, ends, (sizes, found) in (
            (self._words, self._word_ends, words),
            (self._places, self._place_ends, places),
        ):
            ends.extend((np.cumsum(sizes, dtype=np.int64) + len(numbers)).tolist())
            numbers.frombytes(found.astype(np.uint32).tobytes())

    def events(self) -> list[list[str]]:
        """Ids of the reports of each event, earliest first; those of one outlet alone are none."""
        count = len(self._ids)
        if not count:
            return []
        order = np.argsort(np.array(self._days), kind="stable")
        reports, rarest = self._reports(order)
        rare = log((count + 1) / max(_RARE[0], count * _RARE[1]))
        clusters = Clusters(count)
        last = reports.days.tolist()
        first_days = reports.days.tolist()
        for one, other in _alike(reports, rarest, rare):
            first, second = sorted((clusters.root(one), clusters.root(other)))
            until = max(last[first], last[second])
            if (
                first != second
                and until - first_days[first] <= DAYS
                and likeness_of(first, second, *reports, rare) >= AKIN
            ):
                clusters.join(first, second)
                last[first] = until
        return [
            [self._ids[at] for at in members]
            for found in clusters.groups().values()
            if len(found) > 1 and self._is_event(members := order[found].tolist())
        ]

    def _is_event(self, members: Sequence[int]) -> bool:
        outlets = {self._outlets[at] for at in members} - {0}
        return len(outlets) > 1 and len({self._families[at] for at in members}) > 1

    def _reports(self, order: NDArray[np.int64]) -> tuple[Reports, NDArray[np.int64]]:
        """What the reports say, in this order, and the rarest words of each."""
        said = np.frombuffer(self._words, dtype=np.uint32)
        numbers = distinct(said)
        starts, words = ascending(said, _starts(self._word_ends), order, numbers)
        places = np.array(self._places, dtype=np.uint32)
        place_starts, places = ascending(places, _starts(self._place_ends), order, numbers)
        counts = np.zeros(len(numbers), np.int64)
        for at in range(0, len(words), _WORDS_AT_ONCE):
            counts += np.bincount(words[at : at + _WORDS_AT_ONCE], minlength=len(numbers))
        weights = np.log((len(order) + 1) / counts)
        squares = weights**2
        lengths = np.empty(len(order))
        rarest = np.empty((len(order), _RAREST), np.int64)
        for first in range(0, len(order), _REPORTS_AT_ONCE):
            part = slice(first, first + _REPORTS_AT_ONCE)
            begins, ends = starts[:-1][part], starts[1:][part]
            own = words[begins[0] : ends[-1]]
            lengths[part] = np.sqrt(np.add.reduceat(squares[own], begins - begins[0]))
            rarest[part] = _rarest(own, counts[own], ends - begins)
        return Reports(
            np.array(self._days)[order],
            np.frombuffer(self._periodic, dtype=np.uint8)[order],
            starts,
            words,
            place_starts,
            places,
            lengths,
            weights,
        ), rarest


def _starts(ends: array[int]) -> NDArray[np.int64]:
    """Where rows begin, and where the last one ends."""
    return np.concatenate((np.zeros(1, np.int64), np.array(ends)))


def _alike(reports: Reports, rarest: NDArray[np.int64], rare: float) -> list[list[int]]:
    """Pairs of reports that are alike: most alike first, of those as alike the earliest."""
    at, which = np.nonzero(rarest != _NO_WORD)
    rows = np.sort(rarest[at, which] << 32 | at)
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
