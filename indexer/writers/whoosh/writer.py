"""Writer: one generation's index, segments as they fill, the dictionary at the end.

It is a Whoosh writer: `add_document`, `update_document`, `delete_by_term`, `commit` and `cancel` do
what Whoosh says of them. Beside them stands `add`, which `dispatches rebuild` calls, and nothing
between it and the arrays.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import EmptyReader
from whoosh.writing import IndexingError, IndexWriter

from corpus.home import sync
from indexer.analysis.types import Analyzer
from indexer.document import IndexDocument, NamesIn, Renamed
from indexer.writers.types import WriterReport
from indexer.writers.whoosh.dictionary import (
    DICTIONARY,
    KIND,
    Earlier,
    Live,
    unpack,
    write_dictionary,
)
from indexer.writers.whoosh.fields import document_of
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.stored import StoredReader
from indexer.writers.whoosh.files.vocabulary import Vocabulary
from indexer.writers.whoosh.patches import Numbers, write_patch
from indexer.writers.whoosh.schema import schema
from indexer.writers.whoosh.segment import (
    MAX_DOCUMENTS,
    PATCH,
    SegmentWriter,
    open_segment,
    patch_of,
)
from indexer.writers.whoosh.spool import Spool

DEFAULT_MEMORY = 512 << 20
_TRANSIENT = "again.dsp"
_DELETED = 4  # a segment is written anew when more than one document of so many is deleted
_SIZES = (8, 2)  # less than an eighth of the documents it might have, then less than half of them
_MOST = 4  # segments of one size: each costs a question 5 to 50 µs


_Patch = tuple[Numbers, Renamed, Numbers]


class WhooshWriter(IndexWriter):
    """Whoosh's `IndexWriter`, and ours. The files depend on the documents alone, not on memory.

    A generation is never changed: this writes the next one into a folder of its own, and links
    there what it keeps of the one before. Nobody sees any of it before `commit`.

    Args:
        folder: an empty folder, made if it is missing.
        memory: bytes of tokens to hold before they are moved to disk. Inverting takes about three
            times as much for a moment.
        segment_documents: articles a segment; fewer than the default is for tests.
        base: folder of an earlier index, whose articles are kept: its segments are linked, not
            copied. A segment is written anew when more than a quarter of it is deleted, and those
            of one size, small or medium, when there are more than four.
        without: ids of articles of `base` that are gone, or that come again through `add`.

    Raises:
        IndexCorrupt: `base` is damaged.
    """

    def __init__(
        self,
        folder: Path,
        analyzer: Analyzer,
        *,
        memory: int = DEFAULT_MEMORY,
        segment_documents: int = MAX_DOCUMENTS,
        base: Path | None = None,
        without: Collection[str] = (),
    ) -> None:
        assert 0 < segment_documents <= MAX_DOCUMENTS
        self._before = None if base is None else Sections(base / DICTIONARY, KIND)
        self.earlier = [] if self._before is None else _opened(self._before)
        folder.mkdir(parents=True, exist_ok=True)
        self.schema = schema(analyzer)
        self._folder = folder
        self._analyzer = analyzer
        self._words = self.schema["text"].analyzer
        self._base = base
        self._memory = memory // 3
        self._segment_documents = segment_documents
        self._deleted: set[int] = set()
        self._spool = Spool(folder)
        self._written: list[Path] = []
        self._patched: set[Path] = set()
        self._live: dict[Path, Live] = {}
        self._current: SegmentWriter | None = None
        self._patches: dict[int, _Patch] = {}
        self._were: list[Live] = []
        self._linked: dict[int, int] = {}
        self._begun = self._closed = False
        for article_id in without:
            self._delete_article(article_id)

    def add(self, document: IndexDocument, names: NamesIn | None = None) -> None:
        """Adds one document, whose id no other has. Documents keep the order they were added in.

        After it nothing of `base` can be deleted, and no name in it mean anything else.

        Args:
            names: which stands where; None where nobody knows.
        """
        self._begin()
        if self._current is None:
            self._current = SegmentWriter(self._next_path(), self._words, memory=self._memory)
        self._current.add(document, names)
        if self._current.documents == self._segment_documents:
            self._close_segment()

    def keep(self, article_ids: Sequence[str]) -> NDArray[np.bool_]:
        """None: nothing is known of documents here."""
        return np.zeros(len(article_ids), np.bool_)

    def keep_renamed(self, renamed: Renamed) -> Collection[str]:
        """None, for the same reason."""
        del renamed
        return ()

    def patch(self, number: int, docs: Numbers, renamed: Renamed, articles: Numbers) -> None:
        """Has documents of a segment of `base` be written with what their names mean now.

        Args:
            number: the segment's place in `earlier`.
            docs: their numbers in it.
            articles: of each its place in `renamed`.
        """
        self._check_open()
        assert not self._begun
        self._patches[number] = docs, renamed, articles

    def add_document(self, **fields: Any) -> None:
        """Adds one document, given by its fields (see `fields.document_of`).

        It waits in a file until `commit`, so that it can be replaced, and what is in `base` be
        deleted, until then.

        Raises:
            IndexingError: an article of this id is there already.
        """
        document = document_of(fields)
        article_id = document.article_id
        if article_id in self._spool or self._find(article_id) is not None:
            raise IndexingError(f"article {article_id} is in the index: use update_document")
        self._check_open()
        self._spool.put(document)

    def update_document(self, **fields: Any) -> None:
        """Adds one document in place of the one with its `article_id`, committed or not."""
        document = document_of(fields)
        self._check_open()
        self._delete_article(document.article_id)
        self._spool.put(document)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Deletes a document of `base`, by its number there."""
        self._check_open()
        if not delete:
            raise IndexingError("what was deleted cannot come back: cancel, and begin again")
        if self._begun:
            raise IndexingError("what is deleted must be known before the first document is added")
        if not 0 <= docnum < sum(len(live) for _, live in self.earlier):
            raise IndexingError(f"no document {docnum} in this index")
        self._deleted.add(docnum)

    def delete_by_query(self, q: Any, searcher: Any = None) -> int:
        """Deletes the documents of `base` that a query matches; returns how many these are."""
        before = len(self._deleted)
        super().delete_by_query(q, searcher=searcher)
        return len(self._deleted) - before

    def reader(self, **_options: Any) -> Any:
        """A reader of `base`, which has no more than was committed there."""
        from indexer.writers.whoosh.codec.index import ArrayIndex  # noqa: PLC0415 - it has writers

        if self._base is None:
            return EmptyReader(self.schema)
        return ArrayIndex(self._base, self._analyzer).reader()

    def add_reader(self, reader: Any) -> None:
        """Adds all documents that another index of this schema has."""
        for docnum in reader.all_doc_ids():
            self.add_document(**reader.stored_fields(docnum))

    def add_field(self, fieldname: str, *_fieldtype: Any, **_options: Any) -> None:
        raise IndexingError(f"{fieldname} is not in the schema of this index, which is fixed")

    def remove_field(self, fieldname: str, **_options: Any) -> None:
        raise IndexingError(f"{fieldname} is in the schema of this index, which is fixed")

    def commit(self) -> WriterReport:
        """Writes everything, makes it durable and closes the writer."""
        self._check_open()
        self._begin()
        for document, names in self._spool:
            self.add(document, names)
        self._spool.close()
        self._close_segment()
        segments = [open_segment(path, is_patched=path in self._patched) for path in self._written]
        live = [
            self._live.get(segment.path, np.ones(segment.meta["documents"], np.bool_))
            for segment in segments
        ]
        path = self._folder / DICTIONARY
        write_dictionary(path, segments, live, self._words, self._earlier())
        sync(self._folder)
        self._closed = True
        meta = Sections(path, KIND).meta
        deleted = sum(meta["documents"]) - sum(meta["live"])
        return WriterReport(
            documents=sum(meta["live"]),
            words=sum(meta["words"].values()),
            details={"segments": len(segments), "deleted": deleted},
        )

    def cancel(self) -> None:
        """Closes the writer without an index; what it wrote is removed."""
        self._spool.close()
        if self._current is not None:
            self._current.abandon()
            self._current = None
        patches = map(patch_of, self._written)
        for path in (*self._written, *patches, self._folder / DICTIONARY):
            path.unlink(missing_ok=True)
        self._written.clear()
        self._closed = True

    def _check_open(self) -> None:
        if self._closed:
            raise IndexingError("this writer is closed")

    def _find(self, article_id: str) -> int | None:
        """The number in `base` of an article that was not deleted."""
        first = 0
        for segment, live in self.earlier:
            place = Vocabulary(segment, "article").find(article_id)
            if place is not None:
                doc = int(segment["article.docs"].whole()[place])
                if live[doc] and first + doc not in self._deleted:
                    return first + doc
            first += len(live)
        return None

    def _delete_article(self, article_id: str) -> None:
        docnum = self._find(article_id)
        if docnum is not None:
            self.delete_document(docnum)

    def _begin(self) -> None:
        """Links the segments of an earlier index, or adds what is left of them anew; once."""
        if self._begun:
            return
        self._begun = True
        self._were = [live.copy() for _, live in self.earlier]
        first = 0
        gone = np.array(sorted(self._deleted), np.int64)
        for _, live in self.earlier:
            own = gone[np.searchsorted(gone, first) : np.searchsorted(gone, first + len(live))]
            live[own - first] = False
            first += len(live)
        sizes = [self._size(live) for _, live in self.earlier]
        anew = []
        for number, ((segment, live), size) in enumerate(zip(self.earlier, sizes, strict=True)):
            patch = self._patches.get(number)
            dead = len(live) - int(np.count_nonzero(live))
            if dead * _DELETED > len(live) or (size < len(_SIZES) and sizes.count(size) > _MOST):
                anew.append((segment, live, patch))
                continue
            path = self._next_path()
            link(segment.path, path)
            self._linked[len(self._written)] = number
            self._written.append(path)
            self._live[path] = live
            if patch is not None:
                write_patch(patch_of(path), segment, *patch)
            elif segment.patch is not None:
                link(segment.patch.path, patch_of(path))
            else:
                continue
            self._patched.add(path)
        for segment, live, patch in anew:
            self._add_again(segment, live, patch)

    def _earlier(self) -> Earlier | None:
        """What the dictionary of `base` says, and what became of it."""
        if self._before is None:
            return None
        segments = [segment for segment, _ in self.earlier]
        return Earlier(self._before, list(zip(segments, self._were, strict=True)), self._linked)

    def _add_again(self, segment: Sections, live: Live, patch: _Patch | None) -> None:
        if patch is not None:
            path = self._folder / _TRANSIENT
            write_patch(path, segment, *patch)
            segment.patch = Sections(path, PATCH)
            path.unlink()
        stored = StoredReader(segment)
        for doc in np.flatnonzero(live).tolist():
            self.add(*stored.read_with_names(doc))

    def _size(self, live: Live) -> int:
        """The place of a segment's size in `_SIZES`; the number of these for a large one."""
        fitting = (len(live) * parts < self._segment_documents for parts in _SIZES)
        return next((size for size, fits in enumerate(fitting) if fits), len(_SIZES))

    def _next_path(self) -> Path:
        return self._folder / f"segment-{len(self._written):04d}.dsp"

    def _close_segment(self) -> None:
        if self._current is not None:
            self._current.close()
            self._written.append(self._current.path)
            self._current = None


def verify(folder: Path) -> None:
    """Checks every byte of the index in a folder.

    Raises:
        IndexCorrupt: a file is missing, or a byte is not what was written.
    """
    dictionary = Sections(folder / DICTIONARY, KIND)
    dictionary.verify()
    for segment in segments_of(dictionary):
        segment.verify()


def segments_of(dictionary: Sections) -> list[Sections]:
    """The segments that lie beside a dictionary.

    Raises:
        IndexCorrupt: a file is missing or damaged.
    """
    folder, meta = dictionary.path.parent, dictionary.meta
    return [
        open_segment(folder / name, is_patched=is_patched)
        for name, is_patched in zip(meta["segments"], meta["patched"], strict=True)
    ]


def _opened(dictionary: Sections) -> list[tuple[Sections, Live]]:
    """The segments of an index, and which of their documents were not deleted."""
    return [
        (segment, unpack(dictionary[f"live.{number}"].whole(), segment.meta["documents"]))
        for number, segment in enumerate(segments_of(dictionary))
    ]


def link(source: Path, target: Path) -> None:
    """Makes a file appear under another name too; copies it where links are not possible."""
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)
