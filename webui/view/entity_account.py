"""What is known about one person, organization or place? Gathered once, for the page and its twin.

Counts come from one search for the articles that name it; the first articles from a second one,
because they stand at the other end of the order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from corpus.errors import EntityNotFound
from indexer.entities.authority.decisions import Action, Decision
from indexer.entities.authority.record import Authority
from indexer.entities.types import Entity, NameCount
from indexer.schema import ENTITY_FACETS
from search import service
from search.output.json_values import bars, item
from search.request import DateFilter, FacetRequest, Filter, Mode, SearchRequest, Sort, Undated
from search.result import Facet, Hit, SearchResult
from search.service import OpenIndex
from webui.view import chart

_COMPANIONS = 10
_ARTICLES = 5
_ITEM = ("id", "url", "title", "outlet", "language", "published", "flags")


@dataclass(frozen=True, slots=True)
class EntityDossier:
    """Everything about one entity in one generation.

    Attributes:
        names: every form it is written in, most frequent first.
        frame: what the histogram of `result` shows.
        result: the search for its articles; its hits are the newest.
        first: its first dated articles; none where these are all among the newest.
        together: by facet, the entities that its articles name most; itself left out.
        decisions: what people decided about it, in order, and stands.
        pending: ids of those decisions that this generation does not know yet.
        taken_back: what this generation still follows, though somebody took it back since.
    """

    entity: Entity
    names: tuple[NameCount, ...]
    frame: chart.Window
    result: SearchResult
    first: tuple[Hit, ...]
    together: Mapping[str, Facet]
    outlets: Facet
    decisions: tuple[Decision, ...]
    pending: frozenset[str]
    taken_back: tuple[Decision, ...]


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


def find(entity_id: str, index: OpenIndex) -> Entity:
    """The entity under an id, or the one it was merged into.

    Raises:
        EntityNotFound: there is none in this generation, or it is of no kind that has a page.
    """
    entity = index.directory.get(entity_id)
    if entity is None or entity.kind not in ENTITY_FACETS:
        raise EntityNotFound(f"no person, organization or place has the id {entity_id!r}")
    return entity


def entity_dossier(
    entity: Entity, index: OpenIndex, authority: Authority, frame: chart.Window
) -> EntityDossier:
    """Gathers what is known.

    Args:
        authority: the decisions as they stand now, which may be ahead of the generation.
        frame: the histogram to count.
    """
    newest = SearchRequest(
        filters=(Filter(entity.kind.value, Mode.ALL, (entity.entity_id,)),),
        facets=tuple(
            FacetRequest(facet, size=_COMPANIONS + 1) for facet in (*ENTITY_FACETS, "outlet")
        ),
        histogram=frame.interval,
        sort=Sort.NEWEST,
        limit=_ARTICLES,
        highlight=False,
    )
    result = service.search(newest, index)
    known_since = index.generation.manifest.versions.get("decisions", "")
    decisions = tuple(authority.about(entity.entity_id))
    since = {decision.decision_id for decision in authority.since(known_since)}
    return EntityDossier(
        entity=entity,
        names=tuple(index.directory.names(entity.entity_id)),
        frame=frame,
        result=result,
        first=_first(newest, result, index),
        together={facet: _others(result.facets[facet], entity) for facet in ENTITY_FACETS},
        outlets=result.facets["outlet"],
        decisions=decisions,
        pending=frozenset(one.decision_id for one in decisions if one.decision_id in since),
        taken_back=tuple(
            one
            for one in authority.taken_back_since(known_since)
            if entity.entity_id in one.entities
        ),
    )


def _first(newest: SearchRequest, result: SearchResult, index: OpenIndex) -> tuple[Hit, ...]:
    if result.total <= len(result.hits):
        return ()
    dated = DateFilter(undated=Undated.EXCLUDE)
    oldest = replace(newest, facets=(), histogram=None, sort=Sort.OLDEST, dates=dated)
    return service.search(oldest, index).hits


def _others(facet: Facet, entity: Entity) -> Facet:
    counts = tuple(count for count in facet.counts if count.value != entity.entity_id)
    return replace(facet, counts=counts[:_COMPANIONS])


def as_json(known: EntityDossier, *, asked: str) -> dict[str, Any]:
    """The dossier for scripts.

    Args:
        asked: the id it was asked for by, which may have been merged into this one.
    """
    entity, histogram = known.entity, known.result.histogram
    base = f"/api/v1/entities/{entity.entity_id}"
    return {
        "id": entity.entity_id,
        "kind": entity.kind.value,
        "label": entity.label,
        "aliases": list(entity.aliases),
        "names": [
            {"name": one.name, "mentions": one.mentions, "articles": one.articles}
            for one in known.names
        ],
        "articles": entity.articles,
        "mentions": entity.mentions,
        "wikidata": entity.wikidata or None,
        "merged_from": asked if asked != entity.entity_id else None,
        "dates": {
            "interval": known.frame.interval.value,
            "bars": bars(histogram) if histogram else [],
            "imprecise": histogram.imprecise if histogram else 0,
            "undated": histogram.undated if histogram else 0,
        },
        "together": {facet: _counts(found) for facet, found in known.together.items()},
        "outlets": _counts(known.outlets),
        "newest": [item(hit, _ITEM) for hit in known.result.hits],
        "first": [item(hit, _ITEM) for hit in known.first],
        "decisions": [
            *(_decision(one, in_index=True, stands=False) for one in known.taken_back),
            *(
                _decision(one, in_index=one.decision_id not in known.pending, stands=True)
                for one in known.decisions
            ),
        ],
        "index": {"generation": known.result.generation},
        "links": {
            "self": base,
            "page": f"/entities/{entity.entity_id}",
            "permalink": f"{base}?generation={known.result.generation}",
        },
    }


def _counts(facet: Facet) -> list[dict[str, Any]]:
    return [
        {"id": count.value, "label": count.label, "count": count.count} for count in facet.counts
    ]


def _decision(decision: Decision, *, in_index: bool, stands: bool) -> dict[str, Any]:
    return {
        "id": decision.decision_id,
        "action": decision.action.value,
        "entities": list(decision.entities),
        "labels": list(decision.labels),
        "value": decision.value,
        "names": list(decision.names),
        "articles": list(decision.articles),
        "who": decision.who,
        "when": decision.when,
        "why": decision.why,
        "evidence": list(decision.evidence),
        "in_index": in_index,
        "stands": stands,
    }
