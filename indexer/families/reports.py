"""Reports: what do the articles of a collection tell the finder of events? Arrays, in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.articles.columns import NO_DAY, PERIODIC, Columns
from indexer.articles.standing import Standing
from indexer.compiled import AnyArray
from indexer.entities.ragged import places_of, starts_of
from indexer.entities.types import EntityKind, NamedInArticle
from indexer.families.events import NAMES, EventFinder, number_of

_KINDS = {kind: number for number, kind in enumerate(EntityKind)}
_AT_ONCE = 4096  # articles
_PLACE = _KINDS[EntityKind.PLACE]

Named = tuple[NDArray[np.int64], NDArray[np.int32], Sequence[NamedInArticle]]
"""Of each article the entities that it names: where those of each begin, and the last ones end;
their numbers; and what these stand for."""


def finder_of(
    columns: Columns,
    standing: Standing,
    families: Mapping[str, str],
    named: Named,
    instead: Mapping[int, Sequence[NamedInArticle]],
) -> EventFinder:
    """A finder that was told of all articles that are dated to the day and say something.

    Args:
        families: of each article.
        named: the entities of each, most mentioned first.
        instead: by place of an article, other ones that it names.
    """
    lead_starts, lead = columns.several("lead words")
    days = columns.column("day")
    leads = np.diff(lead_starts)[columns.rows]
    places = np.flatnonzero((days != NO_DAY) & (leads > 0))
    starts, numbers, kinds = _first_named(*_numbers(named, instead), places)
    own = (lead_starts[columns.rows[places]], leads[places])
    is_place = kinds == _PLACE
    place_sizes = np.diff(starts_of(is_place)[starts])
    ids = [columns.ids[place] for place in places.tolist()]
    finder = EventFinder()
    finder.add_all(
        ids,
        days=days[places],
        periodic=columns.bit(PERIODIC)[places],
        outlets=[standing.outlet(place) for place in places.tolist()],
        families=[families[one] for one in ids],
        words=_one_behind_other(lead, own, numbers, (starts[:-1], np.diff(starts))),
        places=(place_sizes, numbers[is_place]),
    )
    return finder


def _numbers(
    named: Named, instead: Mapping[int, Sequence[NamedInArticle]]
) -> tuple[NDArray[np.int64], AnyArray, AnyArray]:
    """Of each article where its entities begin; of each of these, its number and its kind."""
    starts, found, entities = named
    numbers = np.array([number_of(one.entity_id) for one in entities], np.uint32)[found]
    kinds = np.array([_KINDS[one.kind] for one in entities], np.uint8)[found]
    if not instead:
        return starts, numbers, kinds
    sizes = np.diff(starts)
    others = sorted(instead)
    sizes[others] = [len(instead[place]) for place in others]
    is_other = np.zeros(len(sizes), np.bool_)
    is_other[others] = True
    stays = np.repeat(is_other, sizes)
    there = ~np.repeat(is_other, np.diff(starts))
    other = [one for place in others for one in instead[place]]
    mine = np.empty(int(sizes.sum()), np.uint32), np.empty(int(sizes.sum()), np.uint8)
    mine[0][~stays], mine[1][~stays] = numbers[there], kinds[there]
    mine[0][stays] = [number_of(one.entity_id) for one in other]
    mine[1][stays] = [_KINDS[one.kind] for one in other]
    return starts_of(sizes), *mine


def _first_named(
    starts: NDArray[np.int64], numbers: AnyArray, kinds: AnyArray, places: NDArray[np.int64]
) -> tuple[NDArray[np.int64], AnyArray, AnyArray]:
    """The same of some articles, of each kind the first `NAMES`."""
    sizes = np.diff(starts)[places]
    taken = places_of(starts[places], sizes)
    numbers, kinds = numbers[taken], kinds[taken]
    groups = np.repeat(np.arange(len(places)), sizes) * len(_KINDS) + kinds
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    is_first = rank < NAMES
    return starts_of(is_first)[starts_of(sizes)], numbers[is_first], kinds[is_first]


def _one_behind_other(
    one: AnyArray,
    of_one: tuple[NDArray[np.int64], AnyArray],
    other: AnyArray,
    of_other: tuple[NDArray[np.int64], AnyArray],
) -> tuple[NDArray[np.int64], AnyArray]:
    """Rows of two arrays, those of each article one behind the other.

    Args:
        of_one, of_other: where the rows of each article begin, and how many there are.
    """
    sizes = of_one[1].astype(np.int64) + of_other[1]
    begins = starts_of(sizes)[:-1]
    found = np.empty(int(sizes.sum()), np.uint32)
    for first in range(0, len(sizes), _AT_ONCE):  # places take more than what is placed
        part = slice(first, first + _AT_ONCE)
        for values, (starts, counts), to in (
            (one, of_one, begins[part]),
            (other, of_other, begins[part] + of_one[1][part]),
        ):
            own = counts[part]
            found[places_of(to, own)] = values[places_of(starts[part], own)]
    return sizes, found
