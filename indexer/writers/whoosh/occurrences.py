"""In how many articles of a segment is each word, and each stem?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray, compiled
from indexer.writers.whoosh.inversion import POSTING, TEXT_NAMES, rows_of
from indexer.writers.whoosh.sections import Sections
from indexer.writers.whoosh.spellings import Arrays, read_code, true_tf, widths_of

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
