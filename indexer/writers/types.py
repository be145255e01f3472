"""Index writer: what one promises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from indexer.document import IndexDocument


@dataclass(frozen=True, slots=True)
class WriterReport:
    """What a writer wrote.

    Attributes:
        documents: how many.
        words: word positions over all text fields.
        details: the writer's own counts, for the manifest.
    """

    documents: int
    words: int
    details: Mapping[str, int]


class IndexWriter(Protocol):
    """Writes one generation's engine files into an empty folder; never reads a query."""

    def add(self, document: IndexDocument) -> None:
        """Adds one document. Documents keep the order they were added in."""
        ...

    def keep(self, article_id: str) -> bool:
        """Keeps the document of this id as an earlier index has it; False where there is none."""
        ...

    def commit(self) -> WriterReport:
        """Makes everything durable (fsync) and closes the writer."""
        ...

    def cancel(self) -> None:
        """Closes the writer without an index; temporary files are removed."""
        ...
