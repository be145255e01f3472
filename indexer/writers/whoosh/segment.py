"""Segment: at most 65,536 articles, so that a document number fits in 16 bits.

Beside what `inversion`, `facets`, `named` and `stored` write, a segment holds

    words.blob, .offsets                the words of all text fields, sorted: folded surfaces
    words.stems, words.ordinals, varied.…   their stems, see `spellings`
    <date field>.rows, .earliest, .latest   the days each document's dates can mean (ordinals)
    article.…, family.…                 ids, and family ids where they differ from the id
    article.of                          for each document, the place of its id among the sorted ids

A segment knows nothing of the others: an update keeps it as it is.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from corpus.dates import PartialDate
from corpus.errors import IndexCorrupt
from indexer.document import IndexDocument, NamesIn
from indexer.schema import DATE_FIELDS, FACETS, TEXT_FIELDS
from indexer.writers.whoosh.analysis import WordAnalyzer
from indexer.writers.whoosh.facets import FacetColumn, write_facets
from indexer.writers.whoosh.files.named import NamedWriter
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.sections_writer import SectionsWriter, offset_type, smallest_uint
from indexer.writers.whoosh.files.stored import StoredWriter
from indexer.writers.whoosh.files.vocabulary import write_vocabulary
from indexer.writers.whoosh.inversion import TokenStream
from indexer.writers.whoosh.spellings import Spellings, widths_of

MAX_DOCUMENTS = 1 << 16
KIND, PATCH = "segment", "patch"


class _Numbering(dict[str, int]):
    """Numbers words in the order in which they are first looked up."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class _DateColumn:
    """Collects the days that one date field of each document can mean."""

    def __init__(self) -> None:
        self._rows = array("I", [0])
        self._earliest = array("i")
        self._latest = array("i")

    def add(self, dates: Iterable[PartialDate]) -> None:
        for date in dates:
            self._earliest.append(date.earliest.toordinal())
            self._latest.append(date.latest.toordinal())
        self._rows.append(len(self._earliest))

    def write(self, file: SectionsWriter, name: str) -> None:
        rows = np.array(self._rows, np.int64)
        file.array(f"{name}.rows", rows.astype(offset_type(len(self._earliest))))
        file.array(f"{name}.earliest", np.array(self._earliest, "<i4"))
        file.array(f"{name}.latest", np.array(self._latest, "<i4"))


class SegmentWriter:
    """Collects documents and writes one segment file.

    Args:
        path: the file to make; temporary files are made beside it.
        analyzer: its surfaces are the indexed words.
        memory: bytes of tokens to hold before moving them to disk.
    """

    def __init__(self, path: Path, analyzer: WordAnalyzer, *, memory: int) -> None:
        self.path = path
        self._surfaces = analyzer.surfaces
        self._stems = analyzer.stems
        self._memory = memory
        self._file = SectionsWriter(path, KIND)
        self._stored = StoredWriter(self._file)
        self._numbers = _Numbering()
        self._streams = {field.name: TokenStream(path.parent) for field in TEXT_FIELDS}
        self._words = dict.fromkeys(self._streams, 0)
        self._facets = {facet: FacetColumn() for facet in FACETS}
        self._dates = {field: _DateColumn() for field in DATE_FIELDS}
        self._named = NamedWriter()
        self._articles = FacetColumn()
        self._families = FacetColumn()
        self.documents = 0

    def add(self, document: IndexDocument, names: NamesIn | None) -> None:
        """Adds one document."""
        number = self._numbers.__getitem__
        for name, text in (("title", document.title), ("text", document.text)):
            stream = self._streams[name]
            self._words[name] += stream.add(map(number, self._surfaces(text)))
        for facet, column in self._facets.items():
            column.add(document.values(facet))
        self._dates["published"].add((document.published,) if document.published else ())
        self._dates["collected"].add((document.collected,))
        self._dates["mentioned"].add(date for date in document.mentioned if date.has_year)
        self._articles.add((document.article_id,))
        own = document.family_id == document.article_id
        self._families.add(() if own else (document.family_id,))
        self._stored.add(document, self._named.add(document, names))
        self.documents += 1
        if sum(stream.held_bytes for stream in self._streams.values()) > self._memory:
            for stream in self._streams.values():
                stream.spill()

    def close(self) -> None:
        """Inverts and writes everything; the file is durable afterwards."""
        self._stored.close()
        spellings = self._write_words()
        rows = [stream.write(self._file, name, spellings) for name, stream in self._streams.items()]
        table = np.hstack(rows)
        self._file.array("stems.rows", table.ravel().astype(offset_type(int(table[-1].max()))))
        write_facets(self._file, {name: one.made() for name, one in self._facets.items()})
        self._named.write(self._file)
        for field, dates in self._dates.items():
            dates.write(self._file, field)
        articles = self._articles.made()
        articles.write(self._file, "article")
        ids = articles.ordinals
        self._file.array("article.of", ids.astype(smallest_uint(len(ids))))
        self._families.made().write(self._file, "family")
        self._file.close({"documents": self.documents, "words": self._words})

    def _write_words(self) -> Spellings:
        """Writes words and their stems; returns these by the numbers that tokens have."""
        words = sorted(self._numbers)
        numbers = np.array([self._numbers[word] for word in words], np.int64)
        _, stems = np.unique(np.array(self._stems(words), np.object_), return_inverse=True)
        counts = np.zeros(len(words), np.int64)
        for stream in self._streams.values():
            stream.count(counts)
        order = np.lexsort((-counts[numbers], stems))
        sizes = np.bincount(stems)
        ordinals = np.empty(len(words), np.int64)
        ordinals[order] = np.arange(len(words)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        varied = np.flatnonzero(sizes > 1)
        write_vocabulary(self._file, "words", words)
        self._file.array("words.stems", stems.astype("<u4"))
        most = smallest_uint(int(sizes.max(initial=0)))
        self._file.array("words.ordinals", ordinals.astype(most))
        self._file.array("varied.stems", varied.astype("<u4"))
        self._file.array("varied.sizes", sizes[varied].astype(most))
        is_other = ordinals > 0
        by_number = np.zeros((3, len(words)), np.uint32)
        by_number[0, numbers] = stems
        by_number[1, numbers] = np.where(is_other, ordinals * 2 - 1, 0)
        by_number[2, numbers] = (sizes[stems] > 1) + is_other * widths_of(sizes)[stems]
        return Spellings(by_number[0], by_number[1], by_number[2].astype(np.uint8), sizes)

    def abandon(self) -> None:
        """Removes the file and what was collected."""
        for stream in self._streams.values():
            stream.close()
        self._file.abandon()


def patch_of(path: Path) -> Path:
    """Where the patch of a segment file is, if it has one."""
    return path.with_suffix(".patch.dsp")


def open_segment(path: Path, *, is_patched: bool = False) -> Sections:
    """Maps a segment file.

    Args:
        is_patched: whether what its names mean stands in another file, see `patches`.

    Raises:
        IndexCorrupt: it is missing or damaged.
    """
    segment = Sections(path, KIND)
    if is_patched:
        segment.patch = Sections(patch_of(path), PATCH)
        if segment.patch.meta["documents"] != segment.meta["documents"]:
            raise IndexCorrupt(
                "is the patch of another segment",
                where=str(segment.patch.path),
                advice="Run `dispatches rebuild` to make a new generation",
            )
    return segment
