"""Entity account: what is known about one person, organization or place.

Counts come from one search for the articles that name it; the first articles from a second one,
because they stand at the other end of the order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.errors import EntityNotFound
from indexer.entities.authority.decisions import Action, Decision
from indexer.entities.authority.record import Authority
from indexer.entities.types import Entity, EntityKind, NameCount
from indexer.places.place_file import Position
from indexer.schema import ENTITY_FACETS
from search import service
from search.analyses.profile import Profile, profile
from search.request import (
    PLACE_EXACT,
    DateFilter,
    FacetRequest,
    Filter,
    Mode,
    SearchRequest,
    Sort,
    Undated,
)
from search.result import Facet, Hit, SearchResult
from search.service import OpenIndex
from webui.view import chart
from webui.view.date_ranges import DateRanges

_COMPANIONS = 10
_ARTICLES = 5


@dataclass(frozen=True, slots=True)
class EntityAccount:
    """Everything about one entity in one generation.

    Attributes:
        names: every form it is written in, most frequent first.
        frame: what the histogram of `result` shows.
        result: the search for its articles; its hits are the newest.
        first: its first dated articles; none where these are all among the newest.
        together: by facet, the entities that its articles name most; itself, and what a place lies
            in, left out.
        profile: what the articles say of it.
        decisions: what people decided about it, in order, and stands.
        set_aside: how many lines of the file of decisions are damaged; they may be about it.
        pending: ids of those decisions that this generation does not know yet.
        taken_back: what this generation still follows, though somebody took it back since.
        position: where a place lies; None where nobody knows.
        around, inside: named places that it lies in, the smallest first, and those that lie in it,
            the most mentioned first.
    """

    entity: Entity
    names: tuple[NameCount, ...]
    frame: chart.Window
    result: SearchResult
    first: tuple[Hit, ...]
    together: Mapping[str, Facet]
    outlets: Facet
    profile: Profile
    decisions: tuple[Decision, ...]
    set_aside: int
    pending: frozenset[str]
    taken_back: tuple[Decision, ...]
    position: Position | None
    around: tuple[Entity, ...]
    inside: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A name that people decided to leave out of the index.

    Attributes:
        decisions: what stands about it; without a hiding one, it comes back at the next rebuild.
    """

    entity_id: str
    label: str
    decisions: tuple[Decision, ...]
    pending: frozenset[str] = frozenset()
    taken_back: tuple[Decision, ...] = ()

    @property
    def stands(self) -> bool:
        return any(one.action is Action.HIDE for one in self.decisions)


def left_out(entity_id: str, authority: Authority) -> LeftOut | None:
    """What is known about an id that has no page because somebody hid it; None for any other."""
    hidden = (one for one in authority.log if one.action is Action.HIDE)
    labels = {
        key: name for one in hidden for key, name in zip(one.entities, one.labels, strict=False)
    }
    if entity_id not in labels:
        return None
    return LeftOut(entity_id, labels[entity_id], tuple(authority.about(entity_id)))


def shown_decisions(
    decisions: Iterable[Decision], index: OpenIndex, hidden: Collection[str]
) -> list[Decision]:
    """Those decisions that tell of nothing but what who asks may see.

    Where nothing is hidden, all. Else those of names that the index without these articles has; an
    undo with what it takes back.

    Args:
        index: without the hidden articles.
    """
    found: list[Decision] = []
    ids: set[str] = set()
    for one in decisions:
        taken_back = one.action is Action.UNDO and one.value in ids
        if not hidden or taken_back or _tells_nothing_hidden(one, index, hidden):
            found.append(one)
            ids.add(one.decision_id)
    return found


def _tells_nothing_hidden(one: Decision, index: OpenIndex, hidden: Collection[str]) -> bool:
    if one.action is Action.UNDO or any(
        article in text for text in (*one.articles, *one.evidence) for article in hidden
    ):
        return False
    if one.action is Action.OUTLET:
        outlets = (one.value, *one.names)
        return all(name in index.values_of("outlet", name) for name in outlets)
    entities = [index.directory.get(entity_id) for entity_id in one.entities]
    names = {
        name
        for entity in entities
        if entity is not None
        for name in (entity.label, *entity.aliases)
    }
    return None not in entities and names.issuperset((*one.labels, *one.names))


def find(entity_id: str, index: OpenIndex) -> Entity:
    """The entity under an id, or the one it was merged into.

    Raises:
        EntityNotFound: there is none in this generation, or it is of no kind that has a page.
    """
    entity = index.directory.get(entity_id)
    if entity is None or entity.kind not in ENTITY_FACETS:
        raise EntityNotFound(f"no person, organization or place has the id {entity_id!r}")
    return entity


def choice_of(entity: Entity) -> str:
    """What to choose for the articles that name it: of a place, not what lies in it."""
    return PLACE_EXACT if entity.kind is EntityKind.PLACE else entity.kind.value


def account_of(
    entity: Entity,
    index: OpenIndex,
    authority: Authority,
    frame: chart.Window,
    hidden: Collection[str] = frozenset(),
) -> EntityAccount:
    """Gathers what is known.

    Args:
        authority: the decisions as they stand now, which may be ahead of the generation.
        frame: the histogram to count.
        hidden: articles that who asks may not see.
    """
    around = index.places.around(entity.entity_id)
    newest = SearchRequest(
        filters=(Filter(choice_of(entity), Mode.ALL, (entity.entity_id,)),),
        facets=tuple(
            FacetRequest(facet, size=_COMPANIONS + 1 + len(around))
            for facet in (*ENTITY_FACETS, "outlet")
        ),
        histogram=frame.interval,
        sort=Sort.NEWEST,
        limit=_ARTICLES,
        highlight=False,
    )
    result = service.search(newest, index)
    known_since = index.generation.manifest.versions.get("decisions", "")
    decisions = tuple(shown_decisions(authority.about(entity.entity_id), index, hidden))
    since = {decision.decision_id for decision in authority.since(known_since)}
    return EntityAccount(
        entity=entity,
        names=tuple(index.directory.names(entity.entity_id)),
        frame=frame,
        result=result,
        first=_first(newest, result, index),
        together={
            facet: _others(result.facets[facet], {entity.entity_id, *around})
            for facet in ENTITY_FACETS
        },
        outlets=result.facets["outlet"],
        profile=profile(entity.entity_id, newest, index),
        decisions=decisions,
        set_aside=len(authority.set_aside),
        pending=frozenset(one.decision_id for one in decisions if one.decision_id in since),
        taken_back=tuple(
            one
            for one in shown_decisions(authority.taken_back_since(known_since), index, hidden)
            if entity.entity_id in one.entities
        ),
        position=index.places.position(entity.entity_id),
        around=_known(around, index),
        inside=tuple(
            sorted(
                _known(index.places.inside(entity.entity_id), index),
                key=lambda one: (-one.mentions, one.label),
            )
        ),
    )


def _known(ids: Sequence[str], index: OpenIndex) -> tuple[Entity, ...]:
    found = (index.directory.get(one) for one in ids)
    return tuple(one for one in found if one is not None)


def _first(newest: SearchRequest, result: SearchResult, index: OpenIndex) -> tuple[Hit, ...]:
    if result.total <= len(result.hits):
        return ()
    dated = DateFilter(undated=Undated.EXCLUDE)
    oldest = replace(newest, facets=(), histogram=None, sort=Sort.OLDEST, dates=dated)
    return service.search(oldest, index).hits


def _others(facet: Facet, left_out: Collection[str]) -> Facet:
    counts = tuple(count for count in facet.counts if count.value not in left_out)
    return replace(facet, counts=counts[:_COMPANIONS])


def frame_of(index: OpenIndex, ranges: DateRanges) -> chart.Window:
    """The histogram of an entity: the whole time of the generation."""
    return chart.window(SearchRequest().dates, ranges.of(index, "published"))
