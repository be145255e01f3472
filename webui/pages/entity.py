"""Entity page: a person, an organization or a place, with its articles drawn over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from indexer.entities.authority.record import Authority
from indexer.entities.types import Entity
from search.analyses.profile import Evidence, Tie
from search.request import SearchRequest
from search.service import OpenIndex
from webui.answering import hidden
from webui.pages.analyses.quotes import paragraph_of
from webui.view import chart, wording
from webui.view.date_ranges import DateRanges
from webui.view.entity_account import EntityAccount, account_of, choice_of, frame_of
from webui.view.links import View, twin_of
from webui.view.world import Point, World, draw

_DRAWN = 100
"""Places inside another one that its map shows."""


@dataclass(frozen=True, slots=True)
class EntityPage:
    """Everything the template shows.

    Attributes:
        view: the search for its articles.
        outlets: addresses of its articles in each outlet, by outlet.
        request: what the chart was asked for.
        pinned: the generation asked for, as parameters.
    """

    known: EntityAccount
    view: View
    request: SearchRequest
    chart: chart.Chart | None
    outlets: Mapping[str, str]
    inside: tuple[Point, ...]
    pinned: tuple[tuple[str, str], ...]
    permalink: str
    twin: str

    @property
    def world(self) -> World | None:
        """A map of a place and of what lies in it; None where nobody knows where it is."""
        at = self.known.position
        if at is None:
            return None
        own = Point(
            self.entity.label,
            max(self.entity.articles, 1),
            at.latitude,
            at.longitude,
            f"{self.entity.label}: {wording.articles(self.entity.articles)}",
        )
        return draw([own, *self.inside])

    @property
    def with_inside(self) -> str:
        """The search for a place and all that lies in it."""
        return str(self.view.without(choice_of(self.entity)).setting(place=self.entity.entity_id))

    def written_as(self, name: str) -> str:
        """The search for the articles that write it so."""
        return str(self.view.setting(q='"{}"'.format(name.replace('"', " "))))

    def with_other(self, other: Entity | Tie) -> str:
        """The search for the articles that name another one as well."""
        return str(self.view.adding(other.kind, other.entity_id))

    def place_of(self, evidence: Evidence) -> str:
        """Where an article says so."""
        asked = View(f"/articles/{evidence.document.article_id}", self.pinned)
        return f"{asked}#p{paragraph_of(evidence.document.text, evidence.at)}"

    @property
    def entity(self) -> Entity:
        return self.known.entity


def prepare(
    entity: Entity, index: OpenIndex, authority: Authority, ranges: DateRanges, *, generation: str
) -> EntityPage:
    """Gathers what is known about an entity and draws it.

    Args:
        generation: the generation asked for; empty for the current one.
    """
    pinned = (("generation", generation),) if generation else ()
    view = View("/search", ((choice_of(entity), entity.entity_id), *pinned))
    known = account_of(entity, index, authority, frame_of(index, ranges), hidden())
    request, histogram = SearchRequest(), known.result.histogram
    return EntityPage(
        known=known,
        view=view,
        request=request,
        chart=chart.draw(histogram, known.frame, request.dates, view) if histogram else None,
        outlets={
            count.value: str(view.adding("outlet", count.value)) for count in known.outlets.counts
        },
        inside=tuple(_inside(known, index)),
        pinned=pinned,
        permalink=str(
            View(f"/entities/{entity.entity_id}", (("generation", index.generation.name),))
        ),
        twin=str(twin_of(View(f"/entities/{entity.entity_id}", pinned))),
    )


def _inside(known: EntityAccount, index: OpenIndex) -> Iterator[Point]:
    """What lies in a place, as far as it can be drawn."""
    for one in known.inside[:_DRAWN]:
        at = index.places.position(one.entity_id)
        if at is not None:
            told = f"{one.label}: {wording.articles(one.articles)}"
            url = f"/entities/{one.entity_id}"
            yield Point(one.label, max(one.articles, 1), at.latitude, at.longitude, told, url)
