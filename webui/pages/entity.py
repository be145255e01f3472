"""What stands on the page of a person, organization or place?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.entities.authority.record import Authority
from indexer.entities.types import Entity
from search.request import SearchRequest
from search.service import OpenIndex
from webui.view import chart
from webui.view.date_span import Spans
from webui.view.entity_account import EntityDossier, entity_dossier
from webui.view.links import View


@dataclass(frozen=True, slots=True)
class EntityPage:
    """Everything the template shows.

    Attributes:
        view: the search for its articles.
        outlets: addresses of its articles in each outlet, by outlet.
        request: what the chart was asked for.
    """

    known: EntityDossier
    view: View
    request: SearchRequest
    chart: chart.Chart | None
    outlets: Mapping[str, str]
    permalink: str
    twin: str

    @property
    def entity(self) -> Entity:
        return self.known.entity


def frame_of(index: OpenIndex, spans: Spans) -> chart.Window:
    """The histogram of an entity: the whole time of the generation."""
    return chart.window(SearchRequest().dates, spans.of(index, "published"))


def prepare(
    entity: Entity, index: OpenIndex, authority: Authority, spans: Spans, *, generation: str
) -> EntityPage:
    """Gathers what is known about an entity and draws it.

    Args:
        generation: the generation asked for; empty for the current one.
    """
    pinned = (("generation", generation),) if generation else ()
    view = View("/search", ((entity.kind.value, entity.entity_id), *pinned))
    known = entity_dossier(entity, index, authority, frame_of(index, spans))
    request, histogram = SearchRequest(), known.result.histogram
    return EntityPage(
        known=known,
        view=view,
        request=request,
        chart=chart.draw(histogram, known.frame, request.dates, view) if histogram else None,
        outlets={
            count.value: str(view.adding("outlet", count.value)) for count in known.outlets.counts
        },
        permalink=str(
            View(f"/entities/{entity.entity_id}", (("generation", index.generation.name),))
        ),
        twin=str(View(f"/api/v1/entities/{entity.entity_id}", pinned)),
    )
