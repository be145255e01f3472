"""Paging: how is a whole result read? Page after page, in one generation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from search.request import MAX_LIMIT, SearchRequest
from search.result import Hit
from search.service import first, search
from search.serving.open_index import OpenIndex

AT_ONCE = 10_000
"""So many hits are found in one go; of more, each page is looked for when it is read."""


def every_hit(
    request: SearchRequest, index: OpenIndex, *, limit: int | None = None
) -> Iterator[Hit]:
    """The hits of a request in order, however many; a page of texts is in memory at a time.

    Args:
        request: its facets, histogram and page are set aside.
        limit: stop after so many; None goes to the end.

    Raises:
        RequestError: as `search`.
    """
    if limit is not None and limit <= AT_ONCE:
        yield from first(request, index, limit)
        return
    page = replace(request, facets=(), histogram=None, limit=MAX_LIMIT)
    left = limit
    while left is None or left > 0:
        result = search(page if left is None else replace(page, limit=min(left, MAX_LIMIT)), index)
        yield from result.hits
        if not result.next_cursor:
            return
        left = None if left is None else left - len(result.hits)
        page = replace(page, cursor=result.next_cursor)
