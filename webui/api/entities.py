"""Entity endpoints: all that is known about one person, organization or place, and all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from flask import Response

from indexer.entities import types as entity_types
from indexer.entities.types import EntityKind
from indexer.places import place_file
from indexer.schema import ENTITY_FACETS
from search.analyses import profile
from search.output.answers import (
    Answer,
    Bar,
    Count,
    Generation,
    Item,
    Named,
    PartialDate,
    about,
    bars,
    item,
)
from search.result import Facet
from search.service import OpenIndex
from webui.answering import collection, date_ranges, from_index, here, hidden, revalidated
from webui.api.decisions import Decision, told
from webui.api.endpoint import Endpoint, as_json, serves
from webui.arguments import Arguments, Parameter, first
from webui.params import GENERATION
from webui.view.entity_account import EntityAccount, account_of, find, frame_of
from webui.view.links import API

_OF_AN_ITEM = ("id", "url", "title", "outlet", "language", "published", "flags")


class WrittenName(Answer, frozen=True):
    """One form that the entity is written in."""

    name: str
    mentions: Count
    articles: Count


class Evidence(Answer, frozen=True):
    """Where an article says so."""

    id: Annotated[str, about("Public id of the article")]
    outlet: str
    published: PartialDate | None
    start: Annotated[Count, about("Place in its text")]


class Role(Answer, frozen=True):
    """What articles call somebody, as most of them write it."""

    role: str
    articles: Count
    first: Evidence
    last: Evidence


class Tie(Answer, frozen=True):
    """Who is named beside it in a sentence, and the words that most often stand between."""

    id: str
    kind: str
    label: str
    sentences: Count
    words: tuple[str, ...]
    last: Evidence


class Profile(Answer, frozen=True):
    """What its articles say of it; of very many, those at both ends are read."""

    roles: list[Role]
    ties: list[Tie]
    articles: Annotated[Count, about("Articles that were read")]
    complete: bool


class EntityDates(Answer, frozen=True):
    """Its articles over time."""

    interval: str
    bars: list[Bar]
    imprecise: Annotated[Count, about("Articles dated less exactly than a bar is wide")]
    undated: Count


class Position(Answer, frozen=True):
    """Where a place lies; of areas, their middle."""

    sort: Annotated[str, about("region, country or city")]
    country: Annotated[str, about("ISO 3166 code; empty for what lies in several")]
    latitude: float
    longitude: float


class OtherPlace(Answer, frozen=True):
    """A place that this one lies in, or that lies in it."""

    id: str
    label: str
    articles: Count


class Entity(Answer, frozen=True):
    """One person, organization or place."""

    id: str
    kind: str
    label: str
    aliases: tuple[str, ...]
    names: list[WrittenName]
    articles: Count
    mentions: Count
    wikidata: str | None
    merged_from: Annotated[str | None, about("The id asked for, where it was merged into this one")]
    dates: EntityDates
    together: Annotated[dict[str, list[Named]], about("By facet, whom its articles name most")]
    outlets: list[Named]
    profile: Profile
    newest: list[Item]
    first: Annotated[list[Item], about("None where these are all among the newest")]
    decisions: list[Decision]
    position: Annotated[Position | None, about("Of a place that the gazetteer knows")]
    around: Annotated[list[OtherPlace], about("Named places that it lies in, the smallest first")]
    inside: Annotated[list[OtherPlace], about("Named places that lie in it")]
    index: Generation
    links: dict[str, str | None]


class ListedEntity(Answer, frozen=True):
    """One person, organization or place of a list."""

    id: str
    kind: EntityKind
    label: str
    aliases: Annotated[tuple[str, ...], about("Its other names, the most frequent first")]
    articles: Count
    mentions: Count
    wikidata: str | None
    position: Annotated[Position | None, about("Of a place that the gazetteer knows")]
    url: str


class Entities(Answer, frozen=True):
    """Persons, organizations and places, the most mentioned first."""

    items: list[ListedEntity]
    offset: Count
    index: Generation
    links: dict[str, str | None]


ENTITIES = Endpoint(
    name="entities",
    path="/entities",
    summary="Persons, organizations and places: all of them, or those whose names have some words",
    parameters=(
        Parameter(
            "q",
            {"type": "string", "maxLength": 100},
            "Beginnings of words of one of its names; where none has them, a name in any spelling",
        ),
        Parameter(
            "kind",
            {"type": "string", "enum": list(ENTITY_FACETS)},
            "Only these kinds",
            many=True,
            commas=True,
        ),
        Parameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100},
            "How many in one answer",
        ),
        Parameter(
            "offset",
            {"type": "integer", "minimum": 0, "maximum": 1_000_000, "default": 0},
            "How many to skip",
        ),
        GENERATION,
    ),
    answer=Entities,
    example="?kind=person&limit=5",
)
ENTITY = Endpoint(
    name="entity",
    path="/entities/{entity_id}",
    summary="One person, organization or place",
    parameters=(
        Parameter(
            "entity_id",
            {"type": "string", "maxLength": 200},
            "Public id of an entity",
            place="path",
        ),
        GENERATION,
    ),
    answer=Entity,
    may_be_missing=True,
)


@serves(ENTITIES)
def entities(arguments: Arguments) -> Response:
    """`GET /api/v1/entities`"""
    typed = str(first(arguments, "q"))
    kinds = [EntityKind(str(kind)) for kind in arguments.get("kind", ENTITY_FACETS)]
    offset, limit = int(first(arguments, "offset", 0)), int(first(arguments, "limit", 100))

    def answer(index: OpenIndex) -> Response:
        found = _listed(typed, kinds, offset + limit + 1, index)
        more = offset + limit
        following = str(here().setting(offset=more)) if len(found) > more else None
        generation = index.generation.name
        links = {
            "self": str(here()),
            "permalink": str(here().setting(generation=generation)),
            "next": following,
        }
        items = [_one_of_a_list(one, index) for one in found[offset:more]]
        return as_json(Entities(items, offset, Generation(generation), links))

    return from_index(arguments, answer)


def _listed(
    typed: str, kinds: Sequence[EntityKind], most: int, index: OpenIndex
) -> list[entity_types.Entity]:
    """The most mentioned of these kinds whose names begin so; else those that a name may mean."""
    directory = index.directory
    found = [one for kind in kinds for one in directory.search(typed, kind=kind, limit=most)]
    if typed and not found:
        found = [one for kind in kinds for one in directory.resolve(typed, kind=kind)]
    return sorted(found, key=lambda one: (-one.mentions, one.entity_id))[:most]


def _one_of_a_list(one: entity_types.Entity, index: OpenIndex) -> ListedEntity:
    return ListedEntity(
        one.entity_id,
        one.kind,
        one.label,
        one.aliases,
        one.articles,
        one.mentions,
        one.wikidata or None,
        _position(index.places.position(one.entity_id)),
        f"{API}/entities/{one.entity_id}",
    )


@serves(ENTITY)
def entity(arguments: Arguments) -> Response:
    """`GET /api/v1/entities/{entity_id}`"""
    asked = str(arguments["entity_id"][0])

    def answer(index: OpenIndex) -> Response:
        found = find(asked, index)
        frame = frame_of(index, date_ranges())
        known = account_of(found, index, collection().authority(), frame, hidden())
        return as_json(_entity_answer(known, asked))

    return revalidated(from_index(arguments, answer, cacheable=False))


def _entity_answer(known: EntityAccount, asked: str) -> Entity:
    entity, histogram = known.entity, known.result.histogram
    page = f"/entities/{entity.entity_id}"
    base = f"{API}{page}"
    return Entity(
        id=entity.entity_id,
        kind=entity.kind,
        label=entity.label,
        aliases=entity.aliases,
        names=[WrittenName(one.name, one.mentions, one.articles) for one in known.names],
        articles=entity.articles,
        mentions=entity.mentions,
        wikidata=entity.wikidata or None,
        merged_from=asked if asked != entity.entity_id else None,
        dates=EntityDates(
            known.frame.interval,
            bars(histogram) if histogram else [],
            histogram.imprecise if histogram else 0,
            histogram.undated if histogram else 0,
        ),
        together={facet: _named(found) for facet, found in known.together.items()},
        outlets=_named(known.outlets),
        profile=_profile(known.profile),
        newest=[item(hit, _OF_AN_ITEM) for hit in known.result.hits],
        first=[item(hit, _OF_AN_ITEM) for hit in known.first],
        decisions=[
            *(told(one, in_index=True, stands=False) for one in known.taken_back),
            *(
                told(one, in_index=one.decision_id not in known.pending, stands=True)
                for one in known.decisions
            ),
        ],
        position=_position(known.position),
        around=[OtherPlace(one.entity_id, one.label, one.articles) for one in known.around],
        inside=[OtherPlace(one.entity_id, one.label, one.articles) for one in known.inside],
        index=Generation(known.result.generation),
        links={
            "self": base,
            "page": page,
            "permalink": f"{base}?generation={known.result.generation}",
        },
    )


def _position(at: place_file.Position | None) -> Position | None:
    return Position(at.sort, at.country, at.latitude, at.longitude) if at else None


def _profile(found: profile.Profile) -> Profile:
    return Profile(
        roles=[
            Role(one.words, one.articles, _evidence(one.first), _evidence(one.last))
            for one in found.roles
        ],
        ties=[
            Tie(one.entity_id, one.kind, one.label, one.sentences, one.words, _evidence(one.last))
            for one in found.ties
        ],
        articles=found.read,
        complete=found.complete,
    )


def _evidence(one: profile.Evidence) -> Evidence:
    document = one.document
    return Evidence(
        document.article_id,
        document.outlet,
        PartialDate.maybe(document.published),
        one.at,
    )


def _named(facet: Facet) -> list[Named]:
    return [Named(count.value, count.label, count.count) for count in facet.counts]
