"""Facets: how are a facet's values counted and shown? Requests to countings, counts to labels."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat

from corpus.errors import InvalidParameter
from indexer.schema import ID_FACETS
from search.engine import FacetCounting, FacetValues
from search.filters import ChosenValues
from search.request import COUNTED, MAX_FACET_SIZE, FacetRequest, kind_of
from search.result import Facet, FacetCount
from search.serving.open_index import OpenIndex


def counting(asked: FacetRequest, chosen: ChosenValues, index: OpenIndex) -> FacetCounting:
    """What an engine is to count for one facet; the chosen values are always among it.

    Raises:
        InvalidParameter: there is no such facet, or more values are asked for than are given.
    """
    if asked.facet not in COUNTED:
        raise InvalidParameter(
            f"There is no facet {asked.facet!r}",
            where="facet",
            advice=f"Facets are {', '.join(COUNTED)}",
        )
    if not 0 <= asked.size <= MAX_FACET_SIZE:
        raise InvalidParameter(
            f"A facet gives 0 to {MAX_FACET_SIZE} values, not {asked.size}", where="facet_size"
        )
    return FacetCounting(
        asked.facet,
        asked.size,
        asked.offset,
        _containing(asked, index) if asked.contains.strip() else None,
        frozenset(chosen.modes(asked.facet)),
        index.parts(asked.facet),
    )


def shown(
    counted: Mapping[str, FacetValues], chosen: ChosenValues, index: OpenIndex
) -> dict[str, Facet]:
    """Counts with labels, ready to show."""
    named = [counted[facet].values for facet in ID_FACETS if facet in counted]
    index.learn_labels([one.value for values in named for one in values])
    facets = {}
    for facet, found in counted.items():
        modes = chosen.modes(facet)
        values, counts = zip(*found.values, strict=True) if found.values else ((), ())
        labels = index.labels(facet, values)
        how = [modes.get(value, "") for value in values] if modes else repeat("")
        around = index.around(facet, values)
        shown_counts = tuple(map(FacetCount, values, labels, counts, how, around))
        facets[facet] = Facet(facet, shown_counts, found.distinct)
    return facets


def _containing(asked: FacetRequest, index: OpenIndex) -> frozenset[str]:
    if asked.facet not in ID_FACETS:
        return index.containing(asked.facet, asked.contains)
    found = index.directory.search(asked.contains, kind=kind_of(asked.facet), limit=MAX_FACET_SIZE)
    return frozenset(entity.entity_id for entity in found)
