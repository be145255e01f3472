"""Inversion: how do token streams become postings? By counting, in two passes.

Tokens arrive in the order (document, position). Counting them per stem gives each stem its place in
the output, and a second pass puts every token there: a stable counting sort by stem (Knuth, The Art
of Computer Programming, volume 3, section 5.2, algorithm D). Nothing is compared, so the cost is a
few nanoseconds a token.

A field's postings are sections of the segment file (and see `spellings`):

    stems.rows               a row a stem: for each field its first posting and first position; a
                             last row for the ends. One look finds all there is of a stem
    <field>.docs             document of each posting, ascending within a stem
    <field>.tfs              how often the stem is in the document; 255: see `overflow`
    <field>.overflow_at      postings with 255 or more occurrences …
    <field>.overflow_tfs     … and how many they have
    <field>.positions        positions, ascending within a posting
    <field>.lengths          words of the field in each document
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray, compiled
from indexer.schema import TEXT_FIELDS
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.sections_writer import SectionsWriter, offset_type, smallest_uint
from indexer.writers.whoosh.spellings import (
    LONG_TF,
    SPARE,
    Arrays,
    Spellings,
    put_code,
    read_code,
    true_tf,
    widths_of,
)

# In how many articles of a segment is each word, and each stem?

ARTICLES, OCCURRENCES = range(2)


def count_occurrences(
    segment: Sections, live: NDArray[np.bool_], fields: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Counts over some fields of the documents that were not deleted.

    Returns:
        articles of each word; and a row for each stem: articles, occurrences.
    """

    def of_fields(part: str) -> Arrays:
        return tuple(segment[f"{field}.{part}"].whole() for field in fields)

    columns = [TEXT_NAMES.index(field) for field in fields]
    rows = rows_of(segment)[:, columns].astype(np.int64)
    stems = segment["words.stems"].whole()
    varied = segment["varied.stems"].whole()
    widths = np.full(len(rows) - 1, -1)
    widths[varied] = widths_of(segment["varied.sizes"].whole())
    first_bits = np.zeros((len(rows) - 1, len(fields)), np.int64)
    for field, starts in enumerate(of_fields("ordinals_at")):
        first_bits[varied, field] = starts[:-1].astype(np.int64) << 3
    words = np.lexsort((segment["words.ordinals"].whole(), stems))
    first_words = np.searchsorted(stems[words], np.arange(len(rows) - 1))
    of_words = np.zeros(len(words), np.int64)
    of_stems = np.zeros((len(rows) - 1, 2), np.int64)
    count(
        rows, widths, first_bits, words, first_words, of_fields("docs"), of_fields("tfs"),
        of_fields("overflow_at"), of_fields("overflow_tfs"), of_fields("ordinals"), live,
        of_words, of_stems,
    )  # fmt: skip
    return of_words, of_stems


@compiled
def count(
    rows: AnyArray,
    widths: AnyArray,
    first_bits: AnyArray,
    words: AnyArray,
    first_words: AnyArray,
    docs: Arrays,
    tfs: Arrays,
    overflow_at: Arrays,
    overflow_tfs: Arrays,
    packed: Arrays,
    live: AnyArray,
    of_words: AnyArray,
    of_stems: AnyArray,
) -> None:
    """Walks the postings of a stem in all fields at once, document by document.

    Args:
        widths: of codes; -1: the stem has one spelling.
        first_bits: where the codes of each stem begin in each field.
        words: words by stem. first_words: where those of each stem begin.
        of_words, of_stems: zeros, to count in.
    """
    last_doc = np.full(len(words), -1, np.int64)
    at = np.zeros(len(docs), np.int64)
    bits = np.zeros(len(docs), np.int64)
    for stem in range(len(widths)):
        width, first = widths[stem], first_words[stem]
        for field in range(len(docs)):
            at[field] = rows[stem, field, POSTING]
            bits[field] = first_bits[stem, field]
        while True:
            doc = len(live)
            for field in range(len(docs)):
                if at[field] < rows[stem + 1, field, POSTING]:
                    doc = min(doc, int(docs[field][at[field]]))
            if doc == len(live):
                break
            counted = live[doc]
            of_stems[stem, ARTICLES] += counted
            if width < 0:
                of_words[words[first]] += counted
            for field in range(len(docs)):
                posting = at[field]
                if posting == rows[stem + 1, field, POSTING] or docs[field][posting] != doc:
                    continue
                at[field] += 1
                tf = true_tf(tfs[field], overflow_at[field], overflow_tfs[field], posting)
                if counted:
                    of_stems[stem, OCCURRENCES] += tf
                for _ in range(tf if width >= 0 else 0):
                    spelling, bits[field] = read_code(packed[field], bits[field], width)
                    word = words[first + spelling]
                    if last_doc[word] != doc:
                        last_doc[word] = doc
                        of_words[word] += counted


POSTING, POSITION = range(2)
"""The columns of a field in the rows of stems."""
TEXT_NAMES = tuple(field.name for field in TEXT_FIELDS)
_TOKEN_BYTES = 4


def rows_of(segment: Sections) -> AnyArray:
    """For each stem of a segment, and the end, and each field: first posting, first position."""
    return segment["stems.rows"].whole().reshape(-1, len(TEXT_NAMES), 2)


class TokenStream:
    """The tokens of one field of a segment, as word numbers in order of arrival.

    They stay in memory up to a budget; beyond it they are moved to a temporary file.

    Args:
        folder: where a temporary file may be made.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tokens = array("I")
        self._lengths = array("I")
        self._spilled = 0
        self._file: Any = None

    def add(self, words: Iterable[int]) -> int:
        """Adds one document; returns its length in words."""
        before = len(self._tokens)
        self._tokens.extend(words)
        length = len(self._tokens) - before
        self._lengths.append(length)
        return length

    @property
    def held_bytes(self) -> int:
        """Memory that `spill` would free."""
        return len(self._tokens) * _TOKEN_BYTES

    def spill(self) -> None:
        """Moves the tokens held in memory to disk."""
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - outlives this call
        self._file.write(self._tokens.tobytes())
        self._spilled += len(self._tokens)
        self._tokens = array("I")

    def count(self, counts: NDArray[np.int64]) -> None:
        """Adds how often each word is in it."""
        count_words(self._all_tokens(), counts)

    def write(self, file: SectionsWriter, name: str, spellings: Spellings) -> NDArray[np.int64]:
        """Inverts the stream and writes the field's sections.

        Returns:
            the first posting and the first position of each stem, and the ends: the field's part
            of the rows of stems.
        """
        lengths = np.frombuffer(self._lengths, np.uint32) if self._lengths else _NONE
        longest = int(lengths.max(initial=0))
        tokens = self._all_tokens()
        stems, codes, bits, sizes = spellings
        rows = np.zeros((len(sizes) + 1, 2), np.int64)
        code_bits = np.zeros(len(sizes), np.int64)
        count_stems(tokens, lengths, stems, bits, rows, code_bits)
        rows = np.cumsum(rows, axis=0)
        varied = np.flatnonzero(sizes > 1)
        ordinals_at = np.zeros(len(varied) + 1, np.int64)
        np.cumsum((code_bits[varied] + 7) >> 3, out=ordinals_at[1:])
        first_bits = np.zeros(len(sizes), np.int64)
        first_bits[varied] = ordinals_at[:-1] << 3
        docs = self._scratch(int(rows[-1, POSTING]), smallest_uint(len(lengths) - 1))
        tfs = self._scratch(len(docs), np.dtype("<u4"))
        positions = self._scratch(len(tokens), smallest_uint(longest))
        packed = self._scratch(int(ordinals_at[-1]) + SPARE, np.dtype(np.uint8))
        place_tokens(
            tokens, lengths, stems, codes, bits, rows.copy(), first_bits,
            docs, tfs, positions, packed,
        )  # fmt: skip
        overflow = np.flatnonzero(tfs >= LONG_TF)
        file.array(f"{name}.docs", docs)
        file.array(f"{name}.tfs", np.minimum(tfs, LONG_TF).astype(np.uint8))
        file.array(f"{name}.overflow_at", overflow.astype("<u4"))
        file.array(f"{name}.overflow_tfs", tfs[overflow])
        file.array(f"{name}.positions", positions)
        file.array(f"{name}.ordinals_at", ordinals_at.astype(offset_type(len(packed))))
        file.array(f"{name}.ordinals", packed)
        file.array(f"{name}.lengths", lengths.astype(smallest_uint(longest)))
        self.close()
        return rows

    def _all_tokens(self) -> NDArray[np.uint32]:
        if self._file is None:
            return np.frombuffer(self._tokens, np.uint32) if self._tokens else _NONE
        self.spill()
        self._file.flush()
        return np.memmap(self._file, np.uint32, "r", shape=(self._spilled,))

    def _scratch(self, size: int, dtype: np.dtype[Any]) -> AnyArray:
        """An output array: in memory, or in a temporary file once the tokens were spilled."""
        if self._file is None or not size:
            return np.zeros(size, dtype)
        with tempfile.TemporaryFile(dir=self._folder) as file:
            return np.memmap(file, dtype, "w+", shape=(size,))

    def close(self) -> None:
        """Frees the memory and removes the temporary file."""
        self._tokens = array("I")
        if self._file is not None:
            self._file.close()
            self._file = None


_NONE = np.zeros(0, np.uint32)


@compiled
def count_words(tokens: AnyArray, counts: AnyArray) -> None:
    """Counts each word."""
    for word in tokens:
        counts[word] += 1


@compiled
def count_stems(
    tokens: AnyArray,
    lengths: AnyArray,
    stems: AnyArray,
    bits: AnyArray,
    rows: AnyArray,
    code_bits: AnyArray,
) -> None:
    """Counts documents and tokens of each stem, and the bits of their codes.

    The counts of stem s are added at row s + 1.
    """
    last_doc = np.full(len(rows), -1, np.int64)
    at = 0
    for doc in range(len(lengths)):
        for _ in range(lengths[doc]):
            word = tokens[at]
            stem = stems[word]
            at += 1
            rows[stem + 1, POSITION] += 1
            code_bits[stem] += bits[word]
            if last_doc[stem] != doc:
                last_doc[stem] = doc
                rows[stem + 1, POSTING] += 1


@compiled
def place_tokens(
    tokens: AnyArray,
    lengths: AnyArray,
    stems: AnyArray,
    codes: AnyArray,
    bits: AnyArray,
    nexts: AnyArray,
    next_bits: AnyArray,
    docs: AnyArray,
    tfs: AnyArray,
    positions: AnyArray,
    packed: AnyArray,
) -> None:
    """Puts every token into its stem's postings; the next* arrays are used up."""
    last_doc = np.full(len(nexts), -1, np.int64)
    at = 0
    for doc in range(len(lengths)):
        for position in range(lengths[doc]):
            word = tokens[at]
            stem = stems[word]
            at += 1
            if last_doc[stem] != doc:
                last_doc[stem] = doc
                docs[nexts[stem, POSTING]] = doc
                nexts[stem, POSTING] += 1
            tfs[nexts[stem, POSTING] - 1] += 1
            positions[nexts[stem, POSITION]] = position
            nexts[stem, POSITION] += 1
            if bits[word]:
                put_code(packed, next_bits[stem], codes[word])
                next_bits[stem] += bits[word]
