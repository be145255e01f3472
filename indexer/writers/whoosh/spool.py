"""Spool: documents that wait until all is known. In a file, as they may be many."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from indexer.document import IndexDocument, NamesIn
from indexer.writers.whoosh.files.stored import from_json, to_json
from indexer.writers.whoosh.files.vocabulary import decode, encode


class Spool:
    """Documents that wait in a nameless file, in the order in which they came.

    Args:
        folder: where the file is made, once it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None
        self._latest: dict[str, int] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._latest

    def __iter__(self) -> Iterator[tuple[IndexDocument, NamesIn | None]]:
        if self._file is not None:
            self._file.seek(0)
            for number, line in enumerate(self._file):
                fields, names = json.loads(decode(line))
                document = from_json(fields)
                if self._latest.get(document.article_id, number) == number:
                    yield document, None if names is None else NamesIn.of_lists(*names)

    def add(self, document: IndexDocument, names: NamesIn | None = None) -> None:
        """Adds a document whose id no other has."""
        if self._file is None:
            self._file = cast("BinaryIO", tempfile.TemporaryFile(dir=self._folder))  # noqa: SIM115 - closed at the end
        line = json.dumps([to_json(document), names], ensure_ascii=False)
        self._file.write(encode(line) + b"\n")
        self._count += 1

    def put(self, document: IndexDocument) -> None:
        """Adds a document in place of the one that was put here with its id."""
        self._latest[document.article_id] = self._count
        self.add(document)

    def close(self) -> None:
        """Forgets them."""
        if self._file is not None:
            self._file.close()
            self._file = None
