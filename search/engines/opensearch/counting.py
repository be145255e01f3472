"""Counting: facets and bars, as they are asked of a cluster and read from its answer.

All values of a facet are counted where they are few. Of many, a shard tells its greatest only, and
how many different ones there are is an estimate: see docs/cluster.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from indexer.schema import FACETS
from indexer.writers.opensearch.mapping import DATES, FACET, FAMILY, bars_of
from search.engine import Columns, FacetCounting, FacetValue, FacetValues, Histogram
from search.engines.opensearch.clauses import Clause, Clauses, all_of
from search.engines.opensearch.words import Words
from search.request import Interval

_FEW = 1_000  # values that are all counted
_MOST = 10_000  # values, or families, that are counted one by one; a cluster allows 65,536
_MORE = 500  # values that each shard tells of beyond those asked for
_PRECISION = 40_000  # different values up to which an estimate is near
_LAST_DAY = date.max.toordinal()

Answer = Mapping[str, Any]


def within(clauses: list[Clause], inner: dict[str, Any]) -> dict[str, Any]:
    """What is counted among the matches that some clauses let pass."""
    return {"filter": all_of(clauses), "aggs": inner}


class FacetCounts:
    """The counts of one facet.

    Args:
        counting: what was asked.

    Attributes:
        is_estimated: whether there are too many values to count each.
    """

    def __init__(self, counting: FacetCounting, words: Words, clauses: Clauses) -> None:
        self.counting = counting
        self.is_estimated = False
        self._clauses = clauses
        self._held: list[str] | None = None
        self._known: Mapping[str, int] = {}
        if counting.facet in FACETS:
            self._known = words.values(counting.facet)
            self.is_estimated = len(self._known) > (_MOST if counting.parts else _FEW)
        else:
            self._held = clauses.held(counting.facet)

    def asked(self) -> dict[str, Any]:
        """What is asked of the cluster."""
        if self._held is not None:
            having = [self._clauses.having(self.counting.facet, [value]) for value in self._held]
            return {"held": {"filters": {"filters": having}}} if having else {}
        counting, field = self.counting, FACET + self.counting.facet
        wanted = counting.offset + counting.size
        size = wanted if self.is_estimated and not counting.parts else min(len(self._known), _MOST)
        values: dict[str, Any] = {
            "field": field,
            "size": max(1, size),
            "shard_size": 3 * max(1, size) + _MORE,
            "order": [{"_count": "desc"}, {"_key": "asc"}],
        }
        if counting.among is not None and not counting.parts:
            values["include"] = sorted(counting.among)
        asked: dict[str, Any] = {"values": {"terms": values}}
        if self.is_estimated:
            also = sorted(counting.also)
            asked["distinct"] = {"cardinality": {"field": field, "precision_threshold": _PRECISION}}
            if also:
                asked["also"] = {"terms": {"field": field, "size": len(also), "include": also}}
        return asked

    def read(self, answer: Answer) -> dict[str, int]:
        """Counts by value."""
        if self._held is not None:
            buckets = answer.get("held", {}).get("buckets", ())
            counted = {v: b["doc_count"] for v, b in zip(self._held, buckets, strict=False)}
            return {value: count for value, count in counted.items() if count}
        counts: dict[str, int] = {}
        for name in ("values", "also"):
            for bucket in answer.get(name, {}).get("buckets", ()):
                counts[bucket["key"]] = bucket["doc_count"]
        return counts

    def doubtful(self, counts: Mapping[str, int]) -> list[str]:
        """The values that others lie in, where it is not told by the counts of those how many
        articles have any of them, and which may stand on the page.
        """
        counting = self.counting
        least, most = {}, {}
        for whole, parts in counting.parts.items():
            if whole in self._known and (counting.among is None or whole in counting.among):
                own = [counts[one] for one in {whole, *parts} if one in counts]
                least[whole], most[whole] = max(own, default=0), sum(own)
        others = [
            count
            for value, count in counts.items()
            if value not in least and (counting.among is None or value in counting.among)
        ]
        page = sorted((*others, *least.values()), reverse=True)[: counting.offset + counting.size]
        last = page[-1] if len(page) == counting.offset + counting.size else 0
        return [
            whole
            for whole, count in most.items()
            if count > least[whole] and (count >= last or whole in counting.also)
        ]

    def whole(self, value: str) -> Clause:
        """The articles that have a value, or one that lies in it."""
        return self._clauses.having(
            self.counting.facet, {value, *self.counting.parts.get(value, ())}
        )

    def result(
        self, counts: Mapping[str, int], wholes: Mapping[str, int], answer: Answer
    ) -> FacetValues:
        """The page of values.

        Args:
            wholes: counts of the doubtful ones.
        """
        counting = self.counting
        every = dict(counts)
        for whole, parts in counting.parts.items():
            if whole in self._known:
                least = max((counts[one] for one in {whole, *parts} if one in counts), default=0)
                if count := wholes.get(whole, least):
                    every[whole] = count
        ordered = sorted(
            (FacetValue(value, count) for value, count in every.items()),
            key=lambda one: (-one.count, one.value),
        )
        among = [one for one in ordered if counting.among is None or one.value in counting.among]
        page = among[counting.offset : counting.offset + counting.size]
        missing = counting.also - {one.value for one in page}
        also = sorted(
            (FacetValue(value, every.get(value, 0)) for value in missing),
            key=lambda one: (-one.count, one.value),
        )
        distinct = len(among)
        if self.is_estimated and counting.among is None:
            distinct = max(distinct, answer.get("distinct", {}).get("value", 0))
        return FacetValues((*page, *also), distinct)


def families_are_estimated(words: Words) -> bool:
    """Whether there are too many families of several articles to count each."""
    return words.families > _MOST


def families_asked(words: Words) -> dict[str, Any]:
    """What is asked to know how many families match."""
    if not words.families:
        return {}
    if families_are_estimated(words):
        return {"estimated": {"cardinality": {"field": FAMILY, "precision_threshold": _PRECISION}}}
    # All articles of a family are in one shard, so that each knows which have several matches.
    several = {"field": FAMILY, "min_doc_count": 2, "size": words.families}
    return {"several": {"terms": several}}


def families_in(total: int, answer: Answer) -> int:
    """How many families some matches are of."""
    if "estimated" in answer:
        return min(total, int(answer["estimated"]["value"]))
    buckets = answer.get("several", {}).get("buckets", ())
    return total - sum(int(bucket["doc_count"]) - 1 for bucket in buckets)


class Bars:
    """The bars of one date field at one interval.

    Args:
        every: the answer for all articles of the generation.
    """

    def __init__(self, interval: Interval, every: Answer) -> None:
        self._interval = interval
        counts = _heights(every)
        self._first = min(counts, default=0)
        size = max(counts) - self._first + 1 if counts else 0
        bars = range(self._first, self._first + size + 1) if size else ()
        starts = [_first_day(bar, interval) for bar in bars]
        self._columns = Columns(
            tuple(
                (date.fromordinal(start), date.fromordinal(min(end - 1, _LAST_DAY)))
                for start, end in pairwise(starts)
            ),
            tuple(counts.get(self._first + number, 0) for number in range(size)),
        )

    def read(self, answer: Answer) -> Histogram:
        """The bars of some matches."""
        counts = _heights(answer)
        return Histogram(
            self._interval,
            self._columns,
            tuple(counts.get(self._first + at, 0) for at in range(len(self._columns.days))),
            imprecise=answer.get("imprecise", {}).get("doc_count", 0),
            undated=answer.get("undated", {}).get("doc_count", 0),
        )


def bars_asked(field: str, interval: Interval) -> dict[str, Any]:
    """What is asked to know the bars of a date field."""
    name = bars_of(field, interval.value)
    has_bar, has_date = {"exists": {"field": name}}, {"exists": {"field": DATES + field}}
    return {
        "bars": {"histogram": {"field": name, "interval": 1, "min_doc_count": 1}},
        "imprecise": {"filter": {"bool": {"must": [has_date], "must_not": [has_bar]}}},
        "undated": {"filter": {"bool": {"must_not": [has_date]}}},
    }


def _heights(answer: Answer) -> dict[int, int]:
    buckets = answer.get("bars", {}).get("buckets", ())
    return {int(bucket["key"]): bucket["doc_count"] for bucket in buckets}


def _first_day(bar: int, interval: Interval) -> int:
    """The first day of a bar, as an ordinal; one past the last for the bar after the last year."""
    match interval:
        case Interval.YEAR:
            return date(bar, 1, 1).toordinal() if bar <= date.max.year else _LAST_DAY + 1
        case Interval.MONTH:
            year, month = divmod(bar, 12)
            return date(year, month + 1, 1).toordinal() if year <= date.max.year else _LAST_DAY + 1
        case Interval.WEEK:
            return bar * 7 + 1
        case Interval.DAY:
            return bar
