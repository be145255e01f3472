"""Patches: what the names in a segment mean now, where that is all that changed of its documents.

A patch is a file beside a segment file, whose sections stand in place of those with the same names:
all of `named` and `facets`, some megabytes of a segment. What an article says is read by nobody for
it, and words, postings and texts stay the file that earlier generations have.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.document import Meaning, Renamed
from indexer.entities.ragged import places_of, starts_of
from indexer.schema import ENTITY_FACETS, FACET_FIELDS, FACETS
from indexer.writers.whoosh.facets import ValueColumn, facet_column, write_facets
from indexer.writers.whoosh.files.named import NamedArrays, Rows, arrays_of, rows_of
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.sections_writer import SectionsWriter
from indexer.writers.whoosh.segment import PATCH

Numbers = NDArray[np.int64]


def write_patch(
    path: Path, segment: Sections, docs: Numbers, renamed: Renamed, articles: Numbers
) -> None:
    """Writes the patch of a segment in which names of some documents mean something else.

    Args:
        segment: with the patch that it has.
        docs: numbers of the documents.
        articles: of each its place in `renamed`.

    Raises:
        ValueError: the names of one of them are not known.
        IndexCorrupt: the segment is damaged.
    """
    named = _named_anew(segment, docs, renamed, articles)
    file = SectionsWriter(path, PATCH)
    try:
        named.write(file)
        write_facets(file, {facet: _column(segment, facet, named) for facet in FACETS})
    except BaseException:
        file.abandon()
        raise
    file.close({"documents": segment.meta["documents"]})


def _named_anew(
    segment: Sections, docs: Numbers, renamed: Renamed, articles: Numbers
) -> NamedArrays:
    before = arrays_of(segment)
    numbers: dict[Meaning, int] = {one: place for place, one in enumerate(before.meanings)}
    own = np.array(
        [numbers.setdefault(one, len(numbers)) for one in renamed.meanings] + [-1], np.int64
    )
    entities = _rows_anew(
        before.entities, docs, renamed.starts, own[renamed.entities], articles, None
    )
    counts = _rows_anew(
        Rows(before.entities.starts, before.counts),
        docs, renamed.starts, renamed.counts, articles, None,
    )  # fmt: skip
    lengths = np.diff(before.meant.starts)[docs]
    are_known = segment["meant.known"].whole()[docs].all()
    if not are_known or (lengths > np.diff(renamed.name_starts)[articles]).any():
        raise ValueError(f"{segment.path}: names of an article are not known")
    meant = _rows_anew(
        before.meant, docs, renamed.name_starts, own[renamed.names] + 1, articles, lengths
    )
    return NamedArrays([*numbers], entities, counts.values, meant)


def _rows_anew(
    before: Rows,
    docs: Numbers,
    starts: Numbers,
    values: Numbers,
    articles: Numbers,
    lengths: NDArray[np.int64] | None,
) -> Rows:
    """Rows with those of some documents from elsewhere; `lengths`: only so many of each."""
    own = np.diff(starts)[articles] if lengths is None else lengths
    sizes = np.diff(before.starts)
    sizes[docs] = own
    new = starts_of(sizes)
    others = np.ones(len(sizes), np.bool_)
    others[docs] = False
    kept = np.flatnonzero(others)
    found = np.empty(new[-1], np.int64)
    found[places_of(new[kept], sizes[kept])] = before.values[
        places_of(before.starts[kept], sizes[kept])
    ]
    found[places_of(new[docs], own)] = values[places_of(starts[articles], own)]
    return Rows(new, found)


def _column(segment: Sections, facet: str, named: NamedArrays) -> ValueColumn:
    """A facet of the segment, with these names."""
    field = FACET_FIELDS[facet]
    if facet in ENTITY_FACETS:
        kinds = np.array([one.kind == facet for one in named.meanings], np.bool_)
        docs = _docs(named.entities)
        chosen = kinds[named.entities.values]
        return _values(named, docs[chosen], named.entities.values[chosen])
    if field.are_ids:
        said = rows_of(segment, "said", "names")
        docs = _docs(said)
        numbers = named.meant.values[named.meant.starts[docs] + said.values] - 1
        are_shown = numbers >= 0
        return _values(named, docs[are_shown], numbers[are_shown])
    return facet_column(segment, facet)


def _docs(rows: Rows) -> NDArray[np.int64]:
    """Of each value, whose it is."""
    return np.repeat(np.arange(len(rows.starts) - 1), np.diff(rows.starts))


def _values(named: NamedArrays, docs: NDArray[np.int64], numbers: NDArray[np.int64]) -> ValueColumn:
    """The ids of what some documents name, each once, in their order."""
    places, ids = _places(named.meanings, numbers)
    _, first = np.unique(docs * (len(ids) + 1) + places, return_index=True)
    first.sort()
    documents = len(named.entities.starts) - 1
    rows = starts_of(np.bincount(docs[first], minlength=documents))
    return ValueColumn(ids, rows, places[first])


def _places(
    meanings: Sequence[Meaning], numbers: NDArray[np.int64]
) -> tuple[NDArray[np.int64], list[str]]:
    """The ids that numbers stand for, sorted, and of each number its place among these."""
    used = np.unique(numbers).tolist()
    ids = sorted({meanings[number].entity_id for number in used})
    places = {one: place for place, one in enumerate(ids)}
    of = np.zeros(len(meanings), np.int64)
    of[used] = [places[meanings[number].entity_id] for number in used]
    return of[numbers], ids
