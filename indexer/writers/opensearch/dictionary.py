"""Dictionary: the words, values and families of all articles with their counts, in one file.

What a match on a word says depends on the articles of all shards together, so it is worked out
here, once; the cluster is never asked for it. The file is one of `files.sections`, and part of the
generation::

    words.blob, .offsets      as spelled, sorted        words.counts   see `COUNTS`, a row each
    words.stem                the number of its stem    stems.…        the same of stems
    <facet>.blob, .offsets    values, sorted            <facet>.counts articles that have each
    families.…                those of several articles families.counts how many
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from indexer.analysis.types import Token
from indexer.document import IndexDocument
from indexer.schema import FACETS, TEXT_FIELDS
from indexer.writers.whoosh.files.sections_writer import SectionsWriter
from indexer.writers.whoosh.files.vocabulary import encode, write_vocabulary

DICTIONARY = "dictionary.dsp"
KIND = "cluster dictionary"
WORDS, STEMS, FAMILIES = "words", "stems", "families"
_NAMES = [field.name for field in TEXT_FIELDS]
COUNTS = 1 + 2 * len(_NAMES)
"""A row: articles that have it in any field, then in each; then its occurrences in each field."""


class DictionaryWriter:
    """Counts documents as they come. About 300 bytes of memory for each different word."""

    def __init__(self) -> None:
        self._words: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        self._stem_of: dict[str, str] = {}
        self._values: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
        self._families: Counter[str] = Counter()
        self.lengths = dict.fromkeys(_NAMES, 0)
        self.documents = 0

    def add(self, document: IndexDocument, tokens: Mapping[str, Sequence[Token]]) -> None:
        """Counts one document."""
        self.documents += 1
        self._families[document.family_id] += 1
        for facet, counts in self._values.items():
            counts.update(set(document.values(facet)))
        surfaces, stems = [], []
        for name in _NAMES:
            self.lengths[name] += len(tokens[name])
            found = Counter(token.surface for token in tokens[name])
            for token in tokens[name]:
                self._stem_of[token.surface] = token.stem
            of_stem: Counter[str] = Counter()
            for surface, count in found.items():
                of_stem[self._stem_of[surface]] += count
            surfaces.append(found)
            stems.append(of_stem)
        _count(self._words, surfaces)
        _count(self._stems, stems)

    def write(self, folder: Path) -> None:
        """Writes the file, durably."""
        file = SectionsWriter(folder / DICTIONARY, KIND)
        words, stems = _ascending(self._words), _ascending(self._stems)
        write_vocabulary(file, WORDS, words)
        write_vocabulary(file, STEMS, stems)
        file.array(f"{WORDS}.counts", _rows(self._words, words))
        file.array(f"{STEMS}.counts", _rows(self._stems, stems))
        numbers = {stem: number for number, stem in enumerate(stems)}
        of_words = [numbers[self._stem_of[word]] for word in words]
        file.array(f"{WORDS}.stem", np.array(of_words, np.int32))
        together = Counter({family: n for family, n in self._families.items() if n > 1})
        for name, counted in (*self._values.items(), (FAMILIES, together)):
            values = _ascending(counted)
            write_vocabulary(file, name, values)
            file.array(f"{name}.counts", np.array([counted[one] for one in values], np.int32))
        file.close({"documents": self.documents, "lengths": self.lengths})


def _count(rows: dict[str, list[int]], by_field: Sequence[Counter[str]]) -> None:
    for number, counter in enumerate(by_field):
        for word, count in counter.items():
            row = rows.get(word)
            if row is None:
                row = rows[word] = [0] * COUNTS
            row[0] += not any(word in earlier for earlier in by_field[:number])
            row[1 + number] += 1
            row[1 + len(by_field) + number] += count


def _ascending(words: Mapping[str, object]) -> list[str]:
    return sorted(words, key=encode)


def _rows(rows: Mapping[str, Sequence[int]], words: Sequence[str]) -> np.ndarray:
    flat = [count for word in words for count in rows[word]]
    return np.array(flat, np.int64)
