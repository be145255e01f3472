"""Search request: what does a question consist of? `SearchRequest`, made by a door, answered by the
service.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from indexer.entities.types import EntityKind
from indexer.schema import ENTITY_FACETS, FACET_FIELDS, FACETS, FacetField

DEFAULT_LIMIT = 10
MAX_LIMIT = 100
MAX_FACET_SIZE = 1000
DEFAULT_RELATED, MAX_RELATED = 5, 20

PLACE_EXACT = "place_exact"
"""A place itself, without what lies in it."""
KEPT_FIELDS = {
    field.name: field
    for field in (
        FacetField(name="dossier", title="Dossiers", shown=5, mistaken=("folder", "collection")),
        FacetField(name="tag", title="Tags", shown=5, mistaken=("tags", "tagged", "label")),
        FacetField(name="unread", title="Not yet read", shown=5, mistaken=("state",)),
    )
}
"""Facets that no generation holds, since people change their values: see
`search.dossiers.facets`. The values of `unread` are dossiers, with what nobody has read in them."""
KEPT_FACETS = tuple(KEPT_FIELDS)
COUNTED = FACET_FIELDS | KEPT_FIELDS
"""Every facet whose values can be counted."""
CHOICES = (*FACETS, PLACE_EXACT, *KEPT_FACETS)
"""What a filter may choose values of, and what may stand before a name in a query."""


def facet_of(choice: str) -> str:
    """The facet whose values are chosen."""
    return "place" if choice == PLACE_EXACT else choice


def kind_of(facet: str) -> EntityKind | None:
    """The kind of the entities whose ids are a facet's values; None where they are of any kind."""
    return EntityKind(facet) if facet in ENTITY_FACETS else None


def called(facet: str) -> str:
    """What a value of a facet is: those of `unread` are dossiers, those of `said_by` speak."""
    return {"unread": "dossier", "said_by": "speaker"}.get(facet, facet)


class Mode(StrEnum):
    """How the values of one filter combine."""

    ANY = "any"
    ALL = "all"
    NOT = "not"


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Undated(StrEnum):
    """What happens to articles without a date in the chosen field."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    ONLY = "only"


class Interval(StrEnum):
    """Width of one bar of a date histogram. Weeks are ISO weeks, starting on Monday."""

    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of facet values. Filters AND together.

    Attributes:
        facet: a name in `CHOICES`; a place stands for what lies in it too.
        values: entity ids, or names that the directory resolves; the others as they are.
    """

    facet: str
    mode: Mode
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateFilter:
    """A range of days, both ends inclusive, and what to do with the undated.

    A date known only to the month or year is in the range when any of its days is.
    """

    field: str = "published"
    start: date | None = None
    end: date | None = None
    undated: Undated = Undated.INCLUDE


@dataclass(frozen=True, slots=True)
class FacetRequest:
    """Which facet to count, how many values to return, and which labels only.

    Attributes:
        contains: keep values with a word that starts so (`facet_q`); empty keeps all.
        offset: how many of the most frequent values to skip, for paging.
    """

    facet: str
    size: int = 20
    contains: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One question.

    Attributes:
        text: the query language of `docs/query-language.md`; empty asks for everything.
        histogram: counts by date when set, over the date filter's field.
        collapse: show one hit a family of near-identical reports.
        sort: None means relevance where something in the text scores, else the newest first.
        cursor: `SearchResult.next_cursor` of the page before; empty for the first page.
        highlight: make snippets (they cost a read of the page's texts).
        collected: first and last day on which an article was collected, whatever `dates` says.
        related: how many articles to show below the hits of a first page that do not match and are
            about the same, where the generation has vectors; 0 for none.
        names: find articles too that name, in any spelling, what plain words of the text name.
    """

    text: str = ""
    filters: tuple[Filter, ...] = ()
    dates: DateFilter = field(default_factory=DateFilter)
    facets: tuple[FacetRequest, ...] = ()
    histogram: Interval | None = None
    collapse: bool = False
    sort: Sort | None = None
    limit: int = DEFAULT_LIMIT
    cursor: str = ""
    highlight: bool = True
    names: bool = False
    related: int = 0
    collected: tuple[date | None, date | None] = (None, None)
