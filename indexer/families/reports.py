"""Reports: what do the articles of a collection tell of happenings? Arrays, in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.articles.columns import NO_DAY, PERIODIC, Columns
from indexer.articles.standing import Standing
from indexer.entities.types import NamedInArticle
from indexer.families.events import Told, number_of
from indexer.families.reported_words import KINDS, Said

Named = tuple[NDArray[np.int64], NDArray[np.int32], Sequence[NamedInArticle]]
"""Of each article the entities that it names: where those of each begin, and the last ones end;
their numbers; and what these stand for."""


def told_of(
    columns: Columns,
    standing: Standing,
    families: Mapping[str, str],
    named: Named,
    instead: Mapping[int, Sequence[NamedInArticle]],
) -> Told:
    """What all articles tell that are dated to the day and say something.

    Args:
        families: of each article.
        named: the entities of each, most mentioned first.
        instead: by place of an article, other ones that it names.
    """
    lead_starts, lead = columns.several("lead words")
    days = columns.column("day")
    leads = np.diff(lead_starts)[columns.rows]
    starts, numbers, entities = _replaced(named, instead) if instead else named
    is_told = (days != NO_DAY) & (leads > 0)
    places = np.flatnonzero(is_told)
    if len(places) < len(days):
        sizes = np.diff(starts)
        numbers = numbers[np.repeat(is_told, sizes)]
        starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes[places])))
    ids = [columns.ids[place] for place in places.tolist()]
    return Told(
        ids,
        days[places],
        columns.bit(PERIODIC)[places],
        lambda at: standing.outlet(int(places[at])),
        lambda at: families[ids[at]],
        Said(
            lead_starts[columns.rows[places]],
            leads[places],
            lead,
            starts,
            numbers,
            np.array([number_of(one.entity_id) for one in entities], np.uint32),
            np.array([KINDS[one.kind] for one in entities], np.uint8),
        ),
    )


def _replaced(named: Named, instead: Mapping[int, Sequence[NamedInArticle]]) -> Named:
    """The same where some articles name others."""
    starts, numbers, entities = named
    everything = list(entities)
    parts, sizes, before = [], np.diff(starts), 0
    for place, others in sorted(instead.items()):
        parts.append(numbers[before : starts[place]])
        parts.append(np.arange(len(everything), len(everything) + len(others), dtype=np.int32))
        everything += others
        sizes[place] = len(others)
        before = int(starts[place + 1])
    parts.append(numbers[before:])
    ends = np.cumsum(sizes, dtype=np.int64)
    return np.concatenate((np.zeros(1, np.int64), ends)), np.concatenate(parts), everything
