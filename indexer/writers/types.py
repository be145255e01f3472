"""Index writer: what one promises."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.document import IndexDocument, NamesIn, Renamed


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

    def add(self, document: IndexDocument, names: NamesIn | None = None) -> None:
        """Adds one document. Documents keep the order they were added in.

        Args:
            names: which stands where; needed for `keep_renamed`, later.
        """
        ...

    def keep(self, article_ids: Sequence[str]) -> NDArray[np.bool_]:
        """Keeps the documents of these ids as an earlier index has them.

        Returns:
            Of each whether it is there; if not, it must be added.
        """
        ...

    def keep_renamed(self, renamed: Renamed) -> Collection[str]:
        """Keeps documents as an earlier index has them, but for what their names mean. Once.

        Returns:
            The ids of those that it keeps so; the others must be added.
        """
        ...

    def commit(self) -> WriterReport:
        """Makes everything durable (fsync) and closes the writer."""
        ...

    def cancel(self) -> None:
        """Closes the writer without an index; temporary files are removed."""
        ...
