"""Codec, segments and index, as Whoosh asks for them. Reading only; nothing is pickled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.base import Codec
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.filedb.filestore import ReadOnlyError
from whoosh.index import Index
from whoosh.reading import EmptyReader, MultiReader, SegmentReader

from indexer.analysis.types import Analyzer
from indexer.compiled import AnyArray
from indexer.writers.whoosh.codec.documents import ArrayDocuments
from indexer.writers.whoosh.codec.terms import ArrayTerms
from indexer.writers.whoosh.dictionary import KIND, unpack
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.schema import schema
from indexer.writers.whoosh.segment import open_segment
from indexer.writers.whoosh.writer import DICTIONARY


class ArraySegment(WhooshSegment):
    """One segment file, and which of its documents were deleted."""

    def __init__(self, file: Sections, live_bits: AnyArray) -> None:
        self.file = file
        live = unpack(live_bits, file.meta["documents"])
        self.deleted = frozenset(np.flatnonzero(~live).tolist())
        self.indexname = "dispatches"
        self.segid = file.path.stem
        self.compound = False

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def doc_count_all(self) -> int:
        return int(self.file.meta["documents"])

    def deleted_count(self) -> int:
        return len(self.deleted)

    def deleted_docs(self) -> frozenset[int]:
        return self.deleted

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        raise _read_only()

    def set_doc_count(self, doccount: int) -> None:
        raise _read_only()


class ArrayCodec(Codec):
    """Reads segments; they are written by `WhooshWriter`."""

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTerms:
        return ArrayTerms(segment.file)

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayDocuments:
        return ArrayDocuments(segment.file, segment.deleted)

    def per_document_writer(self, storage: Any, segment: Any) -> Any:
        raise _read_only()

    def field_writer(self, storage: Any, segment: Any) -> Any:
        raise _read_only()

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:
        raise _read_only()

    def postings_reader(self, *arguments: Any, **options: Any) -> Any:
        raise _read_only()

    def new_segment(self, storage: Any, indexname: str) -> Any:
        raise _read_only()


class ArrayIndex(Index):
    """A generation's index as a Whoosh `Index`.

    Args:
        folder: what a `WhooshWriter` wrote.
        analyzer: the one it was written with.

    Raises:
        IndexCorrupt: a file is missing or damaged.
    """

    def __init__(self, folder: Path, analyzer: Analyzer) -> None:
        self.schema = schema(analyzer)
        dictionary = Sections(folder / DICTIONARY, KIND)
        self._segments = [
            ArraySegment(open_segment(folder / name), dictionary[f"live.{number}"].whole())
            for number, name in enumerate(dictionary.meta["segments"])
        ]

    def reader(self, reuse: Any = None) -> Any:
        readers = [SegmentReader(None, self.schema, segment) for segment in self._segments]
        if not readers:
            return EmptyReader(self.schema)
        return readers[0] if len(readers) == 1 else MultiReader(readers)

    def is_empty(self) -> bool:
        return not self.doc_count_all()

    def doc_count_all(self) -> int:
        return sum(segment.doc_count_all() for segment in self._segments)

    def doc_count(self) -> int:
        return sum(segment.doc_count() for segment in self._segments)

    def latest_generation(self) -> int:
        return -1  # as Whoosh's own in-memory index: there is only this one

    def up_to_date(self) -> bool:
        return True

    def close(self) -> None:
        self._segments.clear()

    def writer(self, **options: Any) -> Any:
        raise _read_only()


def _read_only() -> ReadOnlyError:
    return ReadOnlyError("an index of arrays is written by WhooshWriter")
