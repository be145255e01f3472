"""Ranking: the first hits by sort key over all segments, families collapsed or not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.engine import Match, MatchRequest
from search.engines.whoosh.index import Docs, Floats, Index, Segment
from search.engines.whoosh.loops.greatest import first, put_rows
from search.engines.whoosh.loops.tallies import count_families, keep_leaders, lead_families
from search.engines.whoosh.matched import Matched, scores_of
from search.request import Sort


def family_counts(index: Index, matches: Sequence[Matched]) -> NDArray[np.int64]:
    """How many matches each family has (families of more than one article)."""
    counts = np.zeros(len(index.families), np.int64)
    if len(counts):
        for segment, matched in zip(index.segments, matches, strict=True):
            count_families(matched.docs, segment.family_of, counts)
    return counts


def rank(
    index: Index,
    request: MatchRequest,
    matches: Sequence[Matched],
    in_family: NDArray[np.int64],
) -> tuple[Match, ...]:
    """One page of hits, in order."""
    keys = [
        _keys(segment, matched, request.sort)
        for segment, matched in zip(index.segments, matches, strict=True)
    ]
    docs = [matched.docs for matched in matches]
    if request.collapse and len(in_family):
        docs = _leaders(index, docs, keys)
    found: list[list[float]] = []
    for number, segment in enumerate(index.segments):
        page = _first(segment, docs[number], keys[number], request)
        if len(page):
            rows = np.empty((len(page), 4))
            scores = scores_of(matches[number], segment)
            put_rows(page, keys[number], scores, segment.family_of, segment.base, rows)
            found += rows.tolist()
    found.sort()
    hits = []
    for key, doc_number, score, family in found[: request.limit]:
        size = matching = 1
        if family >= 0:
            start, end = index.family_starts[int(family) : int(family) + 2].tolist()
            size, matching = end - start, int(in_family[int(family)])
        hits.append(Match(int(doc_number), score, _shown(-key, request.sort), size, matching))
    return tuple(hits)


def _keys(segment: Segment, matched: Matched, sort: Sort) -> Floats:
    """What to sort by, greatest first; undated is below everything."""
    if sort is Sort.RELEVANCE:
        return scores_of(matched, segment)
    return segment.days if sort is Sort.NEWEST else segment.days_backwards


def _shown(key: float, sort: Sort) -> float:
    """The public key: score or day ordinal; infinite, the last in order, when undated."""
    return -key if sort is Sort.OLDEST else key


def _first(segment: Segment, docs: Docs, keys: Floats, request: MatchRequest) -> Docs:
    after_key, after_doc = float("inf"), -1
    if request.after is not None:
        after_doc = request.after.doc_number - segment.base
        after_key = request.after.key
        if request.sort is Sort.OLDEST:
            after_key = -after_key
    heap = np.empty(min(request.limit, len(docs)), np.int32)
    if not len(heap):
        return heap
    return heap[: first(docs, keys, after_key, after_doc, heap)]


def _leaders(index: Index, docs: Sequence[Docs], keys: Sequence[Floats]) -> list[Docs]:
    """The documents that are alone, or the first match of their family."""
    best_keys = np.empty(len(index.families), np.float32)
    best_docs = np.full(len(index.families), -1, np.int64)
    for segment, own, key in zip(index.segments, docs, keys, strict=True):
        lead_families(own, key, segment.family_of, segment.base, best_keys, best_docs)
    leaders = []
    for segment, own in zip(index.segments, docs, strict=True):
        kept = np.empty(len(own), np.int32)
        count = keep_leaders(own, segment.family_of, segment.base, best_docs, kept)
        leaders.append(kept[:count])
    return leaders
