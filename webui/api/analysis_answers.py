"""How is an analysis written as JSON? Values in, dictionaries out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from corpus.store import Catalogue
from indexer.schema import ENTITY_FACETS
from search.analyses.concordance import Concordance, Neighbor, Occurrence
from search.analyses.coverage import Coverage, OutletCoverage
from search.analyses.timeline import Timeline
from search.analyses.together import DEFAULT_SIZE, Together
from search.output.json_values import partial_date
from search.request import Interval
from webui.arguments import Arguments, first


def concordance_answer(found: Concordance, generation: str) -> dict[str, Any]:
    """A page of lines, and the neighbors of all of them."""
    return {
        "occurrences": found.occurrences,
        "articles": found.articles,
        "matching": found.matching,
        "complete": found.complete,
        "lines": [_line(line) for line in found.lines],
        "neighbors": {"left": _neighbors(found.left), "right": _neighbors(found.right)},
        "index": {"generation": generation},
    }


def _line(line: Occurrence) -> dict[str, Any]:
    return {
        "id": line.article_id,
        "title": line.title,
        "outlet": line.outlet,
        "published": partial_date(line.published),
        "flags": list(line.flags),
        "start": line.start,
        "end": line.end,
        "left": line.left,
        "match": line.match,
        "right": line.right,
        "why": line.why.value,
    }


def _neighbors(found: tuple[Neighbor, ...]) -> list[dict[str, Any]]:
    return [{"word": neighbor.word, "count": neighbor.count} for neighbor in found]


def timeline_answer(found: Timeline, generation: str) -> dict[str, Any]:
    """The time axis, and each query along it."""
    return {
        "interval": found.interval.value,
        "spans": [
            {
                "from": span.start.isoformat(),
                "to": span.end.isoformat(),
                "collected": span.collected,
            }
            for span in found.spans
        ],
        "series": [
            {
                "query": {
                    "text": one.text,
                    "parsed": one.parsed,
                    "warnings": list(one.warnings),
                },
                "total": one.total,
                "complete": one.complete,
                "imprecise": one.imprecise,
                "undated": one.undated,
                "counts": list(one.counts),
                "shares": [None if share is None else round(share, 6) for share in one.shares],
            }
            for one in found.series
        ],
        "index": {"generation": generation},
    }


@dataclass(frozen=True, slots=True)
class TogetherOptions:
    """Which names to look at."""

    facets: tuple[str, ...]
    size: int


def together_options(arguments: Arguments) -> TogetherOptions:
    """What `kind` and `size` ask for."""
    kinds = tuple(str(kind) for kind in arguments.get("kind", ()))
    return TogetherOptions(kinds or ENTITY_FACETS, int(first(arguments, "size", DEFAULT_SIZE)))


def together_answer(found: Together, generation: str) -> dict[str, Any]:
    """Names, and pairs of them."""
    return {
        "total": found.total,
        "complete": found.complete,
        "names": [
            {
                "id": one.entity_id,
                "kind": one.facet,
                "label": one.label,
                "articles": one.articles,
                "everywhere": one.everywhere,
                "lift": round(one.lift, 4),
            }
            for one in found.companions
        ],
        "pairs": [
            {
                "ids": [pair.one, pair.other],
                "articles": pair.articles,
                "expected": round(pair.expected, 4),
                "lift": round(pair.lift, 4),
                "likelihood": round(pair.likelihood, 4),
            }
            for pair in found.pairs
        ],
        "index": {"generation": generation},
    }


def coverage_answer(found: Coverage, interval: Interval, generation: str) -> dict[str, Any]:
    """Articles of each outlet in each column; gaps by the days they span."""
    return {
        "interval": interval.value,
        "columns": [
            {"from": start.isoformat(), "to": end.isoformat()} for start, end in found.columns
        ],
        "all": _outlet(found.all, found),
        "outlets": [_outlet(one, found) for one in found.outlets],
        "distinct": found.distinct,
        "complete": found.complete,
        "index": {"generation": generation},
    }


def _outlet(one: OutletCoverage, found: Coverage) -> dict[str, Any]:
    return {
        "outlet": one.outlet,
        "counts": list(one.counts),
        "total": one.total,
        "imprecise": one.imprecise,
        "undated": one.undated,
        "gaps": [
            {
                "from": found.columns[start][0].isoformat(),
                "to": found.columns[end][1].isoformat(),
            }
            for start, end in one.gaps
        ],
    }


def catalogue_answer(catalogue: Catalogue) -> dict[str, Any]:
    """What was taken in, by kind, and what was not, by the code of its error."""
    counts = catalogue.counts()
    return {
        "articles": counts.articles,
        "versions": counts.versions,
        "sightings": counts.sightings,
        "by_kind": dict(counts.by_kind),
        "failures": counts.failures,
        "failures_by_code": dict(Counter(failure.code for failure in catalogue.failures())),
    }
