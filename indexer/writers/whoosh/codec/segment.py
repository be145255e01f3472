"""Segment, as Whoosh asks for it: one file, and which of its documents were deleted."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from whoosh.codec.base import Codec, Segment
from whoosh.filedb.filestore import ReadOnlyError

from indexer.writers.whoosh.dictionary import unpack
from indexer.writers.whoosh.files.sections import Sections


class ArraySegment(Segment):
    """One segment file, and which of its documents were deleted.

    Attributes:
        number: its place in the generation.
    """

    def __init__(self, codec: Codec, dictionary: Sections, number: int, file: Sections) -> None:
        self._codec = codec
        self.file = file
        self.number = number
        self._dictionary = dictionary
        self.indexname = "dispatches"
        self.segid = file.path.stem
        self.compound = False

    @cached_property
    def deleted(self) -> frozenset[int]:
        """Found when first asked for: who evaluates arrays asks the bits themselves."""
        live = unpack(self._dictionary[f"live.{self.number}"].whole(), self.doc_count_all())
        return frozenset(np.flatnonzero(~live).tolist())

    def codec(self) -> Codec:
        return self._codec

    def doc_count_all(self) -> int:
        return int(self.file.meta["documents"])

    def doc_count(self) -> int:
        return int(self._dictionary.meta["live"][self.number])

    def deleted_count(self) -> int:
        return self.doc_count_all() - self.doc_count()

    def deleted_docs(self) -> frozenset[int]:
        return self.deleted

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        raise read_only()

    def set_doc_count(self, doccount: int) -> None:
        raise read_only()


def read_only() -> ReadOnlyError:
    """What every way of writing that is not `WhooshWriter` meets."""
    return ReadOnlyError("an index of arrays is written by WhooshWriter")
