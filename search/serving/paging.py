"""Paging: how is a whole result read? Part after part, in one generation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from search.engine import Matches, MatchRequest, PageStart
from search.language.resolve import Resolved
from search.request import SearchRequest
from search.result import Hit
from search.service import asked_of, hits, read, understand
from search.serving.open_index import OpenIndex

AT_ONCE = 10_000
"""So many hits are found in one go; of more, the next are looked for when they are read."""
_BEGUN = 100
"""The same at the beginning of a result that is read to its end: a hundred may begin at once."""
_TEXTS = 25
"""Articles in memory at a time."""


def every_hit(
    request: SearchRequest, index: OpenIndex, *, limit: int | None = None
) -> Iterator[Hit]:
    """The hits of a request in order, however many; few texts are in memory at a time.

    Args:
        request: its facets, histogram and page are set aside.
        limit: stop after so many; None goes to the end.

    Raises:
        RequestError: as `search`.
    """
    yield from whole(request, index, limit=limit)[1]


def whole(
    request: SearchRequest, index: OpenIndex, *, limit: int | None = None
) -> tuple[Matches, Iterator[Hit]]:
    """How many a request finds, and `every_hit`: the question is looked for once for both.

    Raises:
        RequestError: as `search`, at once.
    """
    resolved, chosen = understand(read(request, index), request, index)
    most = _BEGUN if limit is None else min(limit, AT_ONCE)
    asked = asked_of(resolved.query, replace(request, facets=(), histogram=None), chosen, index)
    asked = replace(asked, limit=most)
    found = index.engine.match(asked)
    return found, _reading(found, asked, limit, resolved, request, index)


def _reading(
    found: Matches,
    asked: MatchRequest,
    limit: int | None,
    resolved: Resolved,
    request: SearchRequest,
    index: OpenIndex,
) -> Iterator[Hit]:
    left = limit
    while True:
        for start in range(0, len(found.hits), _TEXTS):
            some = found.hits[start : start + _TEXTS]
            yield from hits(replace(found, hits=some), resolved, request, index)
        left = None if left is None else left - len(found.hits)
        if len(found.hits) < asked.limit or left == 0:
            return
        last = PageStart(found.hits[-1].key, found.hits[-1].doc_number)
        most = AT_ONCE if left is None else min(left, AT_ONCE)
        asked = replace(asked, after=last, limit=most)
        found = index.engine.match(asked)
