"""Terms: those of a segment in order, as Whoosh asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import FieldCursor, TermsReader
from whoosh.reading import TermNotFound

from indexer.schema import FACETS
from indexer.writers.whoosh.codec.postings import ArrayMatcher, Postings, Term
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.vocabulary import Vocabulary, decode
from indexer.writers.whoosh.inversion import TEXT_NAMES, count_occurrences
from indexer.writers.whoosh.schema import ARTICLE_ID

VALUE_NAMES = (*FACETS, "article")


class ArrayCursor(FieldCursor):
    """Walks the terms of one field in order."""

    def __init__(self, terms: ArrayTerms, field: str, field_object: Any) -> None:
        self._terms = list(terms.numbered(field))
        self._field = field_object
        self._keys = [key for key, _ in self._terms]
        self._infos = terms
        self._name = field
        self._place = 0

    def first(self) -> Any:
        self._place = 0
        return self.text()

    def find(self, term: Any) -> Any:
        key = term if isinstance(term, bytes) else self._field.to_bytes(term)
        low, high = 0, len(self._keys)
        while low < high:
            middle = (low + high) // 2
            if self._keys[middle] < key:
                low = middle + 1
            else:
                high = middle
        self._place = low
        return self.text()

    def next(self) -> Any:
        self._place += 1
        return self.text()

    def text(self) -> Any:
        return self._field.from_bytes(self._keys[self._place]) if self.is_valid() else None

    def term_info(self) -> Any:
        return self._infos.term_info(self._name, self._keys[self._place])

    def is_valid(self) -> bool:
        return self._place < len(self._keys)


class ArrayTerms(TermsReader):
    """The terms of one segment."""

    def __init__(self, file: Sections) -> None:
        self._file = file
        self._of_fields: dict[str, NDArray[np.int64]] = {}
        self._words = Vocabulary(file, "words")
        self._values = {name: Vocabulary(file, name) for name in VALUE_NAMES}

    def indexed_field_names(self) -> list[str]:
        return sorted((*TEXT_NAMES, *FACETS, ARTICLE_ID))

    def numbered(self, field: str, first: bytes = b"") -> Iterator[tuple[bytes, int]]:
        """The terms of a field in order, with their numbers.

        Args:
            first: leaves out what comes before it.
        """
        _, vocabulary = self._where(field)
        numbers = self._numbers(field)
        start = int(np.searchsorted(numbers, vocabulary.first_not_before(first)))
        for number in numbers[start:].tolist():
            yield vocabulary.key(number), number

    def _numbers(self, field: str) -> NDArray[np.int64]:
        """The words or values that a field has, ascending."""
        known = self._of_fields.get(field)
        if known is None:
            name, vocabulary = self._where(field)
            known = np.arange(len(vocabulary))
            if name in TEXT_NAMES:
                everything = np.ones(self._file.meta["documents"], np.bool_)
                known = np.flatnonzero(count_occurrences(self._file, everything, [name])[0])
            self._of_fields[field] = known
        return known

    def _where(self, field: str) -> tuple[str, Vocabulary]:
        if field in TEXT_NAMES:
            return field, self._words
        name = "article" if field == ARTICLE_ID else field
        return name, self._values[name]

    def _postings(self, field: str, text: bytes) -> Postings:
        try:
            name, vocabulary = self._where(field)
            number = vocabulary.find(decode(text))
        except KeyError:
            raise TermNotFound(f"no field {field!r}") from None
        if number is not None:
            of = Postings.of_word if name in TEXT_NAMES else Postings.of_value
            postings = of(self._file, name, number)
            if len(postings.docs):
                return postings
        raise TermNotFound(f"no term {field}:{text!r}")

    def __contains__(self, term: Term) -> bool:
        try:
            return bool(len(self._postings(*term).docs))
        except TermNotFound:
            return False

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayCursor:
        return ArrayCursor(self, fieldname, fieldobj)

    def terms(self) -> Iterator[Term]:
        for field in self.indexed_field_names():
            yield from ((field, text) for text, _ in self.numbered(field))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        for field in self.indexed_field_names():
            if field >= fieldname:
                first = prefix if field == fieldname else b""
                yield from ((field, text) for text, _ in self.numbered(field, first))

    def items(self) -> Iterator[tuple[Term, Any]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, Any]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> Any:
        return self._postings(fieldname, text).info()

    def frequency(self, fieldname: str, text: bytes) -> float:
        try:
            return float(self._postings(fieldname, text).tfs.sum())
        except TermNotFound:  # in this segment; others may have it
            return 0.0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        try:
            return len(self._postings(fieldname, text).docs)
        except TermNotFound:
            return 0

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        return ArrayMatcher(self._postings(fieldname, text), (fieldname, text), format_, scorer)
