"""What of an earlier index can the next one keep? Every document that is the same in both.

The updater is given all documents, as a writer of a whole index is, and compares each with what
the earlier index stores. So nothing needs to be known of why a document changed: a new version, a
merged name, a family with a new first member. What differs waits in a file until all is known.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from indexer.analysis.types import Analyzer
from indexer.document import IndexDocument
from indexer.writers.types import WriterReport
from indexer.writers.whoosh.dictionary import KIND, unpack
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.stored import StoredReader, from_json, to_json
from indexer.writers.whoosh.files.vocabulary import Vocabulary, decode, encode
from indexer.writers.whoosh.segment import MAX_DOCUMENTS, open_segment
from indexer.writers.whoosh.writer import DEFAULT_MEMORY, DICTIONARY, WhooshWriter


class WhooshUpdater:
    """An `IndexWriter` that takes over from an earlier index what it has just so already.

    Documents that are not added are gone. Of documents that are kept, the order is that of the
    earlier index; the others come after them.

    Args:
        folder, memory: as of `WhooshWriter`.
        base: folder of the earlier index, made with the same analyzer. It is only read; its files
            may get a second name in `folder`.

    Raises:
        IndexCorrupt: `base` is damaged, or another release made it.
    """

    def __init__(
        self, folder: Path, analyzer: Analyzer, *, base: Path, memory: int = DEFAULT_MEMORY
    ) -> None:
        self._earlier = _Earlier(base)
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._analyzer = analyzer
        self._base = base
        self._memory = memory
        self._differing = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed at the end
        self._writer: WhooshWriter | None = None

    def add(self, document: IndexDocument) -> None:
        """Adds one document; each id once."""
        if not self._earlier.keeps(document):
            line = json.dumps(to_json(document), ensure_ascii=False)
            self._differing.write(encode(line) + b"\n")

    def commit(self) -> WriterReport:
        """Writes what differs, and makes everything durable."""
        self._writer = WhooshWriter(
            self._folder,
            self._analyzer,
            memory=self._memory,
            base=self._base,
            without=self._earlier.others(),
        )
        written = 0
        for document in self._held():
            self._writer.add(document)
            written += 1
        report = self._writer.commit()
        return replace(report, details={**report.details, "written": written})

    def abandon(self) -> None:
        """Closes the writer without an index."""
        self._differing.close()
        if self._writer is not None:
            self._writer.abandon()

    def _held(self) -> Iterator[IndexDocument]:
        with self._differing as lines:
            lines.seek(0)
            for line in lines:
                yield from_json(json.loads(decode(line)))


class _Earlier:
    """The documents of an index: which of them are wanted again?"""

    def __init__(self, folder: Path) -> None:
        dictionary = Sections(folder / DICTIONARY, KIND)
        segments = [open_segment(folder / name) for name in dictionary.meta["segments"]]
        self._stored = [StoredReader(segment) for segment in segments]
        self._places: dict[str, int] = {}
        for number, segment in enumerate(segments):
            live = unpack(dictionary[f"live.{number}"].whole(), segment.meta["documents"])
            docs = segment["article.docs"].whole()
            places = docs.astype(np.int64) + number * MAX_DOCUMENTS
            ids = Vocabulary(segment, "article").words()
            self._places.update(
                (article_id, place)
                for article_id, place, is_live in zip(
                    ids, places.tolist(), live[docs].tolist(), strict=True
                )
                if is_live
            )

    def keeps(self, document: IndexDocument) -> bool:
        """Whether the index has this very document, which is wanted then."""
        place = self._places.get(document.article_id)
        if place is None:
            return False
        segment, doc = divmod(place, MAX_DOCUMENTS)
        if self._stored[segment].read(doc) != document:
            return False
        del self._places[document.article_id]
        return True

    def others(self) -> list[str]:
        """Ids of the documents that were not wanted so far."""
        return list(self._places)
