"""What Whoosh asks about single documents: lengths, columns, stored fields."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.codec.base import PerDocumentReader
from whoosh.columns import ColumnReader

from indexer.compiled import AnyArray
from indexer.document import IndexDocument
from indexer.writers.whoosh.codec.segment import ArraySegment
from indexer.writers.whoosh.files.stored import StoredReader
from indexer.writers.whoosh.files.vocabulary import Vocabulary, encode
from indexer.writers.whoosh.inversion import TEXT_NAMES
from indexer.writers.whoosh.schema import ARTICLE_ID, BYTES_COLUMNS, DAY_COLUMN


class ListColumn(ColumnReader):
    """A column held as a list."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values
        self._reverse = False

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def sort_key(self, docnum: int) -> Any:
        value = self._values[docnum]
        return -value if self._reverse and not isinstance(value, bytes) else value

    def load(self) -> list[Any]:
        return self._values

    def set_reverse(self) -> None:
        self._reverse = True


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
        return (*BYTES_COLUMNS, DAY_COLUMN)

    def column_reader(self, fieldname: str, column: Any) -> ListColumn:
        if fieldname == DAY_COLUMN:
            empty, values = column.default_value(), self._file[f"{fieldname}.earliest"].whole()
            rows = self._file[f"{fieldname}.rows"].whole().astype(np.int64)
            firsts = rows[:-1][rows[1:] > rows[:-1]]
            return self._column(
                np.flatnonzero(rows[1:] > rows[:-1]), values[firsts].tolist(), empty
            )
        words = [encode(word) for word in Vocabulary(self._file, fieldname).words()]
        starts = self._file[f"{fieldname}.starts"].whole().astype(np.int64)
        found = np.repeat(np.arange(len(words)), np.diff(starts)).tolist()
        docs = self._file[f"{fieldname}.docs"].whole()
        return self._column(docs, [words[number] for number in found], b"")

    def _column(self, docs: AnyArray, values: list[Any], empty: Any) -> ListColumn:
        """One value a document, `empty` where there is none."""
        column = [empty] * self.doc_count_all()
        for doc, value in zip(docs.tolist(), values, strict=True):
            column[doc] = value
        return ListColumn(column)

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
        return as_fields(self._stored.read(docnum))


def as_fields(document: IndexDocument) -> dict[str, Any]:
    """The stored fields of a document, as Whoosh names them."""
    return {
        ARTICLE_ID: document.article_id,
        "title": document.title,
        "text": document.text,
        "outlet": document.outlet,
        "language": document.language,
    }
