"""Atlas: where do the articles of a query lie? The places that they name most, with positions."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.places.place_file import Position
from search.engine import FacetCounting
from search.request import SearchRequest
from search.service import as_match
from search.serving.open_index import OpenIndex

MOST = 400
"""Places of one map; more are not told apart."""


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place that articles of the query name, by any of its names.

    Attributes:
        articles: how many of them do. position: None where the gazetteer does not know it.
    """

    entity_id: str
    label: str
    articles: int
    position: Position | None


@dataclass(frozen=True, slots=True)
class Atlas:
    """Places of a result, the most named first.

    Attributes:
        total: articles that the query finds. distinct: places that these name, shown or not.
        complete: False when the time allowed was spent; counts are then lower bounds.
    """

    total: int
    distinct: int
    places: tuple[PlaceFound, ...]
    complete: bool


def atlas(request: SearchRequest, index: OpenIndex) -> Atlas:
    """Counts the places that the articles of a query name.

    Raises:
        RequestError: as `service.search`.
    """
    counting = (FacetCounting("place", MOST),)
    found = index.engine.match(as_match(request, index, facets=counting))
    counted = found.facets["place"]
    values = [one.value for one in counted.values]
    index.learn_labels(values)
    return Atlas(
        found.total,
        counted.distinct,
        tuple(
            PlaceFound(
                one.value,
                index.label("place", one.value),
                one.count,
                index.places.position(one.value),
            )
            for one in counted.values
        ),
        found.complete,
    )
