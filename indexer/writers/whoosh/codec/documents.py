"""Documents of a segment, as Whoosh asks for them: lengths, columns, stored fields."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from whoosh.codec.base import PerDocumentReader

from indexer.schema import DATE_FIELDS, FACETS
from indexer.writers.whoosh.codec.segment import ArraySegment
from indexer.writers.whoosh.columns import DayColumn, ListColumn, value_column
from indexer.writers.whoosh.fields import fields_of
from indexer.writers.whoosh.files.stored import StoredReader
from indexer.writers.whoosh.inversion import TEXT_NAMES


class ArrayDocuments(PerDocumentReader):
    """The documents of one segment."""

    def __init__(self, segment: ArraySegment) -> None:
        self._file = segment.file
        self._segment = segment

    @cached_property
    def _stored(self) -> StoredReader:
        return StoredReader(self._file)

    def doc_count(self) -> int:
        return self._segment.doc_count()

    def doc_count_all(self) -> int:
        return int(self._file.meta["documents"])

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> frozenset[int]:
        return self._segment.deleted

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in self.list_columns()

    def list_columns(self) -> tuple[str, ...]:
        return (*FACETS, *DATE_FIELDS)

    def column_reader(self, fieldname: str, column: Any) -> ListColumn:
        if fieldname in DATE_FIELDS:
            return DayColumn(self._file, fieldname, column.default_value())
        return value_column(self._file, fieldname)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        if fieldname not in TEXT_NAMES:
            return default
        return int(self._file[f"{fieldname}.lengths"].whole()[docnum])

    def field_length(self, fieldname: str) -> int:
        return int(self._file.meta["words"].get(fieldname, 0))

    def min_field_length(self, fieldname: str) -> int:
        return self._extreme(fieldname, np.min)

    def max_field_length(self, fieldname: str) -> int:
        return self._extreme(fieldname, np.max)

    def _extreme(self, fieldname: str, pick: Any) -> int:
        if fieldname not in TEXT_NAMES or not self.doc_count_all():
            return 0
        return int(pick(self._file[f"{fieldname}.lengths"].whole()))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return fields_of(self._stored.read(docnum))
