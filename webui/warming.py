"""Why is the first question as fast as the next? Its loops were compiled before anyone asked.

numba compiles a loop at its first call, or loads it from its cache. Questions that use all of them
are asked once before the workers are forked, so that every worker has them from the start.
"""

from __future__ import annotations

from search import service
from search.request import FacetRequest, Interval, SearchRequest, Sort
from search.service import OpenIndex

_QUESTIONS = (
    "",
    "a OR war",
    "war the",
    '"the war"',
    '"war the"~5',
    "wa*",
    "waar~1",
    "title:war -a",
)


def warm(index: OpenIndex) -> None:
    """Asks a question of each kind."""
    facets = (FacetRequest("person"), FacetRequest("outlet"))
    for text in _QUESTIONS:
        for sort in (None, Sort.NEWEST):
            service.search(
                SearchRequest(
                    text=text, facets=facets, histogram=Interval.MONTH, sort=sort, collapse=not text
                ),
                index,
            )
