"""What stands on the page of a person, organization or place?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.entities.types import Entity
from indexer.schema import ENTITY_FACETS
from search import service
from search.request import FacetRequest, Filter, Mode, SearchRequest
from search.result import Facet, SearchResult
from search.service import OpenIndex
from webui import chart
from webui.links import View
from webui.spans import Spans

_COMPANIONS = 10
_LATEST = 5


@dataclass(frozen=True, slots=True)
class EntityPage:
    """Everything the template shows.

    Attributes:
        view: the search for its articles.
        together: entities that its articles name, itself left out.
    """

    entity: Entity
    view: View
    request: SearchRequest
    result: SearchResult
    chart: chart.Chart | None
    together: tuple[Facet, ...]
    articles: str
    twin: str


def prepare(entity: Entity, index: OpenIndex, spans: Spans, *, generation: str) -> EntityPage:
    """Searches for the articles that name an entity.

    Args:
        generation: the generation asked for; empty for the current one.
    """
    kind = entity.kind.value
    faceted = kind in ENTITY_FACETS
    pinned = (("generation", generation),) if generation else ()
    view = View("/search", ((kind, entity.entity_id), *pinned) if faceted else pinned)
    frame = chart.window(SearchRequest().dates, spans.of(index, "published"))
    request = SearchRequest(
        filters=(Filter(kind, Mode.ALL, (entity.entity_id,)),) if faceted else (),
        facets=tuple(FacetRequest(facet, size=_COMPANIONS + 1) for facet in ENTITY_FACETS),
        histogram=frame.interval,
        limit=_LATEST,
        highlight=False,
    )
    result = service.search(request, index)
    drawn = (
        chart.draw(result.histogram, frame, request.dates, view)
        if result.histogram and faceted
        else None
    )
    return EntityPage(
        entity=entity,
        view=view,
        request=request,
        result=result,
        chart=drawn,
        together=tuple(_others(result.facets[facet], entity) for facet in ENTITY_FACETS),
        articles=str(view),
        twin=str(View(f"/api/v1/entities/{entity.entity_id}", pinned)),
    )


def _others(facet: Facet, entity: Entity) -> Facet:
    counts = tuple(count for count in facet.counts if count.value != entity.entity_id)
    return replace(facet, counts=counts[:_COMPANIONS])
