"""How do token streams become postings? By counting, in two passes.

Tokens arrive in the order (document, position). Counting them per word gives each word its place in
the output, and a second pass puts every token there: a stable counting sort by word (Knuth, The Art
of Computer Programming, volume 3, section 5.2, algorithm D). Nothing is compared, so the cost is a
few nanoseconds a token.

A field's postings are sections of the segment file:

    <field>.starts           first posting of each word, and the end of the last
    <field>.docs             document of each posting, ascending within a word
    <field>.tfs              how often the word is in the document; 255: see `overflow`
    <field>.overflow_at      postings with 255 or more occurrences …
    <field>.overflow_tfs     … and how many they have
    <field>.position_starts  first position of each word, and the end of the last
    <field>.positions        positions, ascending within a posting
    <field>.lengths          words of the field in each document
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray, compiled
from indexer.writers.whoosh.sections_writer import SectionsWriter, offset_type, smallest_uint

LONG_TF = 255
_TOKEN_BYTES = 4


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

    def write(self, file: SectionsWriter, name: str, ranks: NDArray[np.uint32]) -> None:
        """Inverts the stream and writes the field's sections.

        Args:
            ranks: for each word number, its place among the segment's sorted words.
        """
        lengths = np.frombuffer(self._lengths, np.uint32) if self._lengths else _NONE
        longest = int(lengths.max(initial=0))
        tokens = self._all_tokens()
        token_counts = np.zeros(len(ranks) + 1, np.int64)
        doc_counts = np.zeros(len(ranks) + 1, np.int64)
        count_words(tokens, lengths, ranks, token_counts, doc_counts)
        starts, position_starts = np.cumsum(doc_counts), np.cumsum(token_counts)
        docs = self._scratch(int(starts[-1]), smallest_uint(len(lengths) - 1))
        tfs = self._scratch(len(docs), np.dtype("<u4"))
        positions = self._scratch(len(tokens), smallest_uint(longest))
        place_words(
            tokens, lengths, ranks, starts.copy(), position_starts.copy(), docs, tfs, positions
        )
        overflow = np.flatnonzero(tfs >= LONG_TF)
        file.array(f"{name}.starts", starts.astype(offset_type(int(starts[-1]))))
        file.array(f"{name}.docs", docs)
        file.array(f"{name}.tfs", np.minimum(tfs, LONG_TF).astype(np.uint8))
        file.array(f"{name}.overflow_at", overflow.astype("<u4"))
        file.array(f"{name}.overflow_tfs", tfs[overflow])
        file.array(f"{name}.position_starts", position_starts.astype(offset_type(len(tokens))))
        file.array(f"{name}.positions", positions)
        file.array(f"{name}.lengths", lengths.astype(smallest_uint(longest)))
        self.close()

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
def count_words(
    tokens: AnyArray,
    lengths: AnyArray,
    ranks: AnyArray,
    token_counts: AnyArray,
    doc_counts: AnyArray,
) -> None:
    """Counts tokens and documents of each word; the count of word w is added at w + 1."""
    last_doc = np.full(len(ranks), -1, np.int64)
    at = 0
    for doc in range(len(lengths)):
        for _ in range(lengths[doc]):
            word = ranks[tokens[at]]
            at += 1
            token_counts[word + 1] += 1
            if last_doc[word] != doc:
                last_doc[word] = doc
                doc_counts[word + 1] += 1


@compiled
def place_words(
    tokens: AnyArray,
    lengths: AnyArray,
    ranks: AnyArray,
    next_posting: AnyArray,
    next_position: AnyArray,
    docs: AnyArray,
    tfs: AnyArray,
    positions: AnyArray,
) -> None:
    """Puts every token into its word's postings; the next_* arrays are used up."""
    last_doc = np.full(len(ranks), -1, np.int64)
    at = 0
    for doc in range(len(lengths)):
        for position in range(lengths[doc]):
            word = ranks[tokens[at]]
            at += 1
            if last_doc[word] != doc:
                last_doc[word] = doc
                docs[next_posting[word]] = doc
                next_posting[word] += 1
            tfs[next_posting[word] - 1] += 1
            positions[next_position[word]] = position
            next_position[word] += 1
