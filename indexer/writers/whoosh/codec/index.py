"""Index: itself, its readers and codec, as Whoosh asks for them. Nothing is pickled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh.codec.base import Codec
from whoosh.filedb.filestore import ReadOnlyError
from whoosh.index import Index
from whoosh.reading import EmptyReader, MultiReader, SegmentReader

from indexer.analysis.types import Analyzer
from indexer.writers.whoosh.codec.documents import ArrayDocuments
from indexer.writers.whoosh.codec.segment import ArraySegment, read_only
from indexer.writers.whoosh.codec.terms import ArrayTerms
from indexer.writers.whoosh.dictionary import DICTIONARY, KIND
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.schema import schema
from indexer.writers.whoosh.writer import WhooshWriter, segments_of


class ArrayReader(SegmentReader):
    """One segment as Whoosh reads it: the leaves of what `ArrayIndex.reader` gives.

    Attributes:
        index: the index it is a part of.
    """

    def __init__(self, index: ArrayIndex, segment: ArraySegment) -> None:
        super().__init__(None, index.schema, segment)
        self.index = index


class ArrayCodec(Codec):
    """Reads segments; they are written by `WhooshWriter`."""

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTerms:
        return ArrayTerms(segment.file)

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayDocuments:
        return ArrayDocuments(segment)

    def per_document_writer(self, storage: Any, segment: Any) -> Any:
        raise read_only()

    def field_writer(self, storage: Any, segment: Any) -> Any:
        raise read_only()

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:
        raise read_only()

    def postings_reader(self, *arguments: Any, **options: Any) -> Any:
        raise read_only()

    def new_segment(self, storage: Any, indexname: str) -> Any:
        raise read_only()


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
        self._folder = folder
        self._analyzer = analyzer
        self.dictionary = Sections(folder / DICTIONARY, KIND)
        codec = ArrayCodec()
        self._segments = [
            ArraySegment(codec, self.dictionary, number, segment)
            for number, segment in enumerate(segments_of(self.dictionary))
        ]

    def reader(self, reuse: Any = None) -> Any:
        readers = [ArrayReader(self, segment) for segment in self._segments]
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

    def writer(self, *, folder: Path | None = None, **options: Any) -> WhooshWriter:
        """A writer of another index, over what this one has; this one stays as it is.

        Args:
            folder: an empty folder, where the other index will be. What a script writes there is
                its own: a collection publishes only what `dispatches rebuild` wrote.
            options: see `WhooshWriter`.

        Raises:
            ReadOnlyError: without a folder, because an index is never changed.
        """
        if folder is None:
            raise ReadOnlyError(
                "an index is never changed: name an empty folder for the next one, as in "
                "index.writer(folder=Path('next'))"
            )
        return WhooshWriter(folder, self._analyzer, base=self._folder, **options)
