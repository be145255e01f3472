"""Filters: which facet values does a request choose? Names become ids; the rest stays."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.errors import InvalidParameter
from indexer.schema import ID_FACETS
from search.help.similar_names import nearest_names
from search.language.query import Keyword, Query
from search.request import (
    CHOICES,
    KEPT_FACETS,
    PLACE_EXACT,
    Filter,
    Mode,
    called,
    facet_of,
    kind_of,
)
from search.result import Resolution
from search.serving.open_index import OpenIndex


@dataclass(slots=True)
class ChosenValues:
    """Filters that an engine takes, and what was understood on the way.

    Attributes:
        clauses: what no filter can say: ALL of several names, one of which means several entities.
        selected: by facet, the values asked for, each with how: `any`, `all` or `not`. Places in
            them are found too, and are none of these.
    """

    filters: list[Filter] = field(default_factory=list)
    clauses: list[Query] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    selected: dict[str, dict[str, str]] = field(default_factory=dict)

    def modes(self, facet: str) -> dict[str, str]:
        """How each chosen value of a facet is chosen."""
        return self.selected.get(facet, {})


def choose(filters: tuple[Filter, ...], index: OpenIndex) -> ChosenValues:
    """Resolves the values of a request's filters.

    Filters of one facet and mode are made one where that means the same.

    Raises:
        InvalidParameter: there is no such facet.
    """
    chosen = ChosenValues()
    for one in filters:
        if one.facet not in CHOICES:
            raise InvalidParameter(
                f"There is no facet {one.facet!r}",
                where=one.facet,
                advice=f"Facets are {', '.join(CHOICES)}",
            )
        if one.values:
            _choose(one, index, chosen)
    return chosen


def _choose(one: Filter, index: OpenIndex, chosen: ChosenValues) -> None:
    facet = facet_of(one.facet)
    meanings = [_meaning(one.facet, value, index, chosen) for value in one.values]
    if one.facet == facet:
        modes = chosen.selected.setdefault(facet, {})
        modes.update((value, one.mode.value) for meaning in meanings for value in meaning)
    if one.facet != PLACE_EXACT:
        meanings = [_with_parts(facet, meaning, index) for meaning in meanings]
    values = tuple(dict.fromkeys(value for meaning in meanings for value in meaning))
    if one.mode is Mode.ALL:
        single = tuple(dict.fromkeys(meaning[0] for meaning in meanings if len(meaning) == 1))
        chosen.clauses += [
            Keyword(facet, frozenset(meaning)) for meaning in meanings if len(meaning) > 1
        ]
        if not single:
            return
        values = single
    taken = any((other.facet, other.mode) == (facet, one.mode) for other in chosen.filters)
    if taken and one.mode is Mode.ANY:
        chosen.clauses.append(Keyword(facet, frozenset(values)))
    elif taken:
        chosen.filters = [
            Filter(other.facet, other.mode, tuple(dict.fromkeys((*other.values, *values))))
            if (other.facet, other.mode) == (facet, one.mode)
            else other
            for other in chosen.filters
        ]
    else:
        chosen.filters.append(Filter(facet, one.mode, values))


def _with_parts(facet: str, values: tuple[str, ...], index: OpenIndex) -> tuple[str, ...]:
    parts = index.parts(facet)
    return (*values, *(part for value in values for part in parts.get(value, ())))


def _meaning(choice: str, typed: str, index: OpenIndex, chosen: ChosenValues) -> tuple[str, ...]:
    """The values that one typed value means; itself, which no article has, when unknown."""
    facet = facet_of(choice)
    if facet not in ID_FACETS:
        values = tuple(sorted(index.values_of(facet, typed)))
        kept = facet in KEPT_FACETS
        labels = tuple(index.label(facet, one) for one in values) if kept else values
        near: tuple[str, ...] = ()
    else:
        known = index.directory.get(typed)
        entities = [known] if known else index.directory.resolve(typed, kind=kind_of(facet))
        values = tuple(entity.entity_id for entity in entities)
        labels = tuple(entity.label for entity in entities)
        near = () if values else nearest_names(typed, facet, index.directory)
    if not values:
        hint = f"; near it: {', '.join(near)}" if near else ""
        chosen.warnings.append(f"No {called(facet)} here is named “{typed}”{hint}")
        return (typed,)
    if values != (typed,):
        inside = set() if choice == PLACE_EXACT else set(_with_parts(facet, values, index))
        further = len(inside - set(values))
        chosen.resolutions.append(Resolution(facet, typed, values, labels, further))
    return values
