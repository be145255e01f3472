"""Named: what do the names in the documents of a segment mean? Apart from the documents, as arrays.

What a person decides about a name changes nothing else of the articles that have it, so a segment
gets these sections anew, and keeps all others (`patches`).

    named.ids.blob, .offsets       ids of what is named; several where it has several labels
    named.labels.blob, .offsets    their labels
    named.kinds                    their kinds, by place in `EntityKind`; behind all: it has none
    named.rows, .of, .counts       the entities of each document, and how often it mentions them
    meant.rows, .of                what each name of a document means: places among these, from 1
                                   on; 0: nothing that is shown, nor is where it stands
    meant.known                    whether its names are those of `NamesIn`, and not made up
    said.rows, .names              the names of each document to whom it gives a quote
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray
from indexer.document import ArticleEntity, IndexDocument, Meaning, NamesIn
from indexer.entities.types import EntityKind
from indexer.writers.whoosh.files.cache import Cache
from indexer.writers.whoosh.files.sections import Section, Sections
from indexer.writers.whoosh.files.sections_writer import SectionsWriter, offset_type, smallest_uint
from indexer.writers.whoosh.files.vocabulary import Vocabulary, decode, write_vocabulary

KINDS: Mapping[str, EntityKind] = {kind.value: kind for kind in EntityKind}
"""Looked up in a quarter of the time of a call."""
_ALL_KINDS = [kind.value for kind in EntityKind]
_PLACES = {kind: place for place, kind in enumerate((*_ALL_KINDS, ""))}
_ENTITY = partial(tuple.__new__, ArticleEntity)  # no frame of Python for each of hundreds
_KEPT = 1 << 14


def numbered(document: IndexDocument, names: NamesIn | None) -> tuple[NamesIn, list[str]]:
    """The names of a document, and the id under the number of each; empty under one that nothing
    shown has.

    Args:
        names: where they are not known, each id has a number of its own.

    Raises:
        ValueError: two entities would have one number, or what the document says is not of these.
    """
    if names is None:
        ids: dict[str, int] = {}
        return with_ids(document, ids), [*ids]
    at = {start: number for start, _, number in names.mentions}
    of = {at.get(mention.start, -1): mention.entity_id for mention in document.mentions}
    ids_of = [of.get(number, "") for number in range(max(at.values(), default=-1) + 1)]
    told = (
        [(*span, id_) for *span, number in names.mentions if (id_ := of.get(number))],
        [of.get(number, "") for number in names.quotes],
        [(*span, id_) for *span, number in names.roles if (id_ := of.get(number))],
    )
    said = (
        [tuple(one) for one in document.mentions],
        [one.entity_id for one in document.quotes],
        [tuple(one) for one in document.roles],
    )
    if told != said:
        raise ValueError(f"a name of article {document.article_id} means two entities, or none")
    return names, ids_of


def with_ids(document: IndexDocument, ids: dict[str, int]) -> NamesIn:
    """A number for each id that a document has somewhere, and where each stands.

    Args:
        ids: the numbers; those that are missing are added.
    """

    def number(one: str) -> int:
        return ids.setdefault(one, len(ids))

    return NamesIn(
        tuple((start, end, number(one)) for start, end, one in document.mentions),
        tuple(number(one.entity_id) if one.entity_id else -1 for one in document.quotes),
        tuple((start, end, number(one)) for start, end, one in document.roles),
    )


class Rows(NamedTuple):
    """Of each document several numbers: where those of each begin and the last ones end; these."""

    starts: NDArray[np.int64]
    values: NDArray[np.int64]


class NamedArrays(NamedTuple):
    """The sections but `meant.known` and `said`, as arrays of 64 bits, and entries as objects."""

    meanings: Sequence[Meaning]
    entities: Rows
    counts: NDArray[np.int64]
    meant: Rows

    def write(self, file: SectionsWriter) -> None:
        """Writes them; of `meanings` only what is named, in order."""
        used = np.zeros(len(self.meanings) + 1, np.bool_)
        used[self.entities.values + 1] = used[self.meant.values] = True
        places = np.flatnonzero(used[1:]).tolist()
        places.sort(key=self.meanings.__getitem__)
        new = np.zeros(len(used), np.int64)
        new[np.array(places, np.int64) + 1] = np.arange(1, len(places) + 1)
        meanings = [self.meanings[place] for place in places]
        write_vocabulary(file, "named.ids", [one.entity_id for one in meanings])
        write_vocabulary(file, "named.labels", [one.label for one in meanings])
        file.array("named.kinds", np.array([_PLACES[one.kind] for one in meanings], np.uint8))
        width = smallest_uint(len(meanings))
        _write_rows(file, "named", self.entities.starts)
        file.array("named.of", (new[self.entities.values + 1] - 1).astype(width))
        most = smallest_uint(int(self.counts.max(initial=0)))
        file.array("named.counts", self.counts.astype(most))
        _write_rows(file, "meant", self.meant.starts)
        file.array("meant.of", new[self.meant.values].astype(width))


class NamedWriter:
    """Collects what is named in the documents of a segment."""

    def __init__(self) -> None:
        self._meanings: dict[Meaning, int] = {}
        self._entities = array("I", [0]), array("I"), array("I")
        self._meant = array("I", [0]), array("I")
        self._known = array("B")
        self._said = array("I", [0]), array("I")

    def add(self, document: IndexDocument, names: NamesIn | None) -> NamesIn:
        """Adds a document; returns its names.

        Raises:
            ValueError: see `numbered`.
        """
        names_in, ids = numbered(document, names)
        own: dict[str, int] = {}
        rows, entities, counts = self._entities
        for one in document.entities:
            meaning = Meaning(one.entity_id, one.kind.value, one.label)
            entities.append(self._number(meaning))
            counts.append(one.count)
            own.setdefault(one.entity_id, entities[-1])
        rows.append(len(entities))
        rows, meant = self._meant
        for one_id in ids:
            if one_id and one_id not in own:
                own[one_id] = self._number(Meaning(one_id, "", ""))
            meant.append(own[one_id] + 1 if one_id else 0)
        rows.append(len(meant))
        self._known.append(names is not None)
        rows, said = self._said
        said.extend(dict.fromkeys(number for number in names_in.quotes if number >= 0))
        rows.append(len(said))
        return names_in

    def _number(self, meaning: Meaning) -> int:
        return self._meanings.setdefault(meaning, len(self._meanings))

    def write(self, file: SectionsWriter) -> None:
        """Writes the sections."""
        rows, entities, counts = map(_wide, self._entities)
        meant, said = (Rows(*map(_wide, one)) for one in (self._meant, self._said))
        NamedArrays([*self._meanings], Rows(rows, entities), counts, meant).write(file)
        file.array("meant.known", np.array(self._known, np.uint8))
        _write_rows(file, "said", said.starts)
        most = smallest_uint(int(said.values.max(initial=0)))
        file.array("said.names", said.values.astype(most))


class NamedReader:
    """Reads what is named in the documents of one segment."""

    def __init__(self, file: Sections) -> None:
        self._file = file
        self._entries: Cache[int, tuple[str, EntityKind | None, str]] = Cache(_KEPT)
        self._ids, self._labels = _Texts(file, "named.ids"), _Texts(file, "named.labels")
        self._kinds = file["named.kinds"]
        self._entities, self._counts = file["named.of"], file["named.counts"]
        self._meant = file["meant.of"]
        self._rows = file["named.rows"].whole().data
        self._meant_rows = file["meant.rows"].whole().data

    def read(self, doc: int) -> tuple[tuple[ArticleEntity, ...], list[str]]:
        """The entities of a document, and the ids by the numbers of what it names."""
        known, entry = self._entries.get, self._entry
        begin, end = self._rows[doc], self._rows[doc + 1]
        numbers, counts = _read(self._entities, begin, end), _read(self._counts, begin, end)
        entities = [
            _ENTITY((*(known(number) or entry(number)), count))
            for number, count in zip(numbers, counts, strict=True)
        ]
        begin, end = self._meant_rows[doc], self._meant_rows[doc + 1]
        ids = [
            (known(number - 1) or entry(number - 1))[0] if number else ""
            for number in _read(self._meant, begin, end)
        ]
        return tuple(entities), ids

    def are_known(self, doc: int) -> bool:
        """Whether its numbers are those of `NamesIn`."""
        return bool(_read(self._file["meant.known"], doc, doc + 1)[0])

    def _entry(self, number: int) -> tuple[str, EntityKind | None, str]:
        (kind,) = _read(self._kinds, number, number + 1)
        known = EntityKind(_ALL_KINDS[kind]) if kind < len(_ALL_KINDS) else None
        entry = self._ids.read(number), known, self._labels.read(number)
        self._entries.keep(number, entry)
        return entry


def arrays_of(file: Sections) -> NamedArrays:
    """All of a segment."""
    ids, labels = (Vocabulary(file, f"named.{of}").words() for of in ("ids", "labels"))
    kinds = [(*_ALL_KINDS, "")[place] for place in file["named.kinds"].whole().tolist()]
    return NamedArrays(
        [*map(Meaning, ids, kinds, labels)],
        rows_of(file, "named", "of"),
        file["named.counts"].whole().astype(np.int64),
        rows_of(file, "meant", "of"),
    )


def rows_of(file: Sections, name: str, values: str) -> Rows:
    """The numbers of each document under a name."""
    return Rows(_wide(file[f"{name}.rows"].whole()), _wide(file[f"{name}.{values}"].whole()))


class _Texts:
    """Texts of a blob, of which a few are read: only their part of it is checked."""

    def __init__(self, file: Sections, name: str) -> None:
        self._blob = file[f"{name}.blob"]
        self._offsets = file[f"{name}.offsets"].whole().data

    def read(self, number: int) -> str:
        begin, end = self._offsets[number], self._offsets[number + 1]
        self._blob.check(begin, end)
        return decode(self._blob.values[begin:end].tobytes())


def _read(section: Section, begin: int, end: int) -> list[int]:
    section.check(begin, end)
    found: list[int] = section.values[begin:end].tolist()
    return found


def _write_rows(file: SectionsWriter, name: str, starts: NDArray[np.int64]) -> None:
    file.array(f"{name}.rows", starts.astype(offset_type(int(starts[-1]))))


def _wide(values: AnyArray | array[int]) -> NDArray[np.int64]:
    return np.array(values, np.int64)
