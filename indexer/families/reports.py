"""Reports: what do the articles of a collection tell of happenings? Arrays, in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.articles.columns import NO_DAY, PERIODIC, Columns
from indexer.articles.standing import Standing
from indexer.entities.ragged import starts_of
from indexer.entities.types import NamedInArticle
from indexer.families.events import Told, number_of
from indexer.families.reported_words import KINDS, Said

Named = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.uint32], NDArray[np.uint8]]
"""Of each article the entities that it names: where those of each begin, and the last ones end;
their numbers; and of each entity the `number_of` its id, and the place of its kind among all."""

Places = NDArray[np.int32]
"""Of each article another one, by its place among all ids."""


def told_of(
    columns: Columns,
    standing: Standing,
    families: Places,
    named: Named,
    instead: Mapping[int, Sequence[NamedInArticle]],
) -> Told:
    """What all articles tell that are dated to the day and say something.

    Args:
        families: of each article, the place of the first report of its family.
        named: the entities of each, most mentioned first.
        instead: by place of an article, other ones that it names.
    """
    days = columns.column("day")
    leads = columns.column("lead")
    starts, numbers, marks, kinds = _replaced(named, instead) if instead else named
    is_told = (days != NO_DAY) & (leads > 0)
    places = np.flatnonzero(is_told)
    if len(places) < len(days):
        sizes = np.diff(starts)
        numbers = numbers[np.repeat(is_told, sizes)]
        starts = starts_of(sizes[places])
    ids = [columns.ids[place] for place in places.tolist()]

    def said() -> Said:
        lead_starts, lead = columns.several("lead words")
        return Said(
            lead_starts[columns.rows[places]],
            leads[places].astype(np.int64),
            lead,
            starts,
            numbers,
            marks,
            kinds,
        )

    return Told(
        ids,
        days[places],
        columns.bit(PERIODIC)[places],
        lambda at: standing.outlet(int(places[at])),
        lambda at: columns.ids[families[places[at]]],
        said,
    )


def _replaced(named: Named, instead: Mapping[int, Sequence[NamedInArticle]]) -> Named:
    """The same where some articles name others."""
    starts, numbers, marks, kinds = named
    more: list[NamedInArticle] = []
    parts, sizes, before = [], np.diff(starts), 0
    for place, others in sorted(instead.items()):
        parts.append(numbers[before : starts[place]])
        first = len(marks) + len(more)
        parts.append(np.arange(first, first + len(others), dtype=np.int32))
        more += others
        sizes[place] = len(others)
        before = int(starts[place + 1])
    parts.append(numbers[before:])
    return (
        starts_of(sizes),
        np.concatenate(parts),
        np.append(marks, np.array([number_of(one.entity_id) for one in more], np.uint32)),
        np.append(kinds, np.array([KINDS[one.kind] for one in more], np.uint8)),
    )
