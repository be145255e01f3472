"""Map page: the places that the articles of a query name, as dots on land and as a table."""

from __future__ import annotations

from dataclasses import dataclass

from search.analyses.atlas import Atlas, PlaceFound
from search.request import PLACE_EXACT, Mode
from webui.params import filter_name
from webui.view import wording
from webui.view.links import View
from webui.view.world import Point, World, draw

_NAMING = filter_name(PLACE_EXACT, Mode.ALL)
"""A dot counts the articles that name its place, and leads to them."""


@dataclass(frozen=True, slots=True)
class MapPage:
    """Everything the template shows.

    Attributes:
        world: None where no place of the articles is known.
        rows: every place, and the search for its articles.
    """

    found: Atlas
    world: World | None
    rows: tuple[tuple[PlaceFound, str], ...]

    @property
    def unknown(self) -> int:
        """How many of the places have no dot."""
        return sum(1 for place, _ in self.rows if place.position is None)


def prepare(found: Atlas, view: View) -> MapPage:
    """Draws the places.

    Args:
        view: the page itself.
    """
    search = view.at("/search")
    rows = tuple((place, str(search.adding(_NAMING, place.entity_id))) for place in found.places)
    points = [
        Point(
            place.label,
            place.articles,
            place.position.latitude,
            place.position.longitude,
            f"{place.label}: {wording.articles(place.articles)}",
            url,
        )
        for place, url in rows
        if place.position is not None
    ]
    return MapPage(found, draw(points) if points else None, rows)
