"""Texts: forms, keys and labels of a collection. Each has a number for as long as they are kept.

They lie one behind the other as bytes. One is decoded when it is asked for, and found again by a
hash, so that an update of a few articles makes no object of the hundred thousands of texts.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from indexer.entities.names.known import is_known_place
from indexer.entities.names.spelling import plain
from indexer.entities.ragged import Content, Grown, bytes_of, starts_of

ENCODING = "utf-8", "surrogatepass"
SHOUTED, HAS_BLANK, WITH_ARTICLE, KNOWN_PLACE = 1, 2, 4, 8
_COLUMNS = np.dtype(
    [
        ("hash", "<u8"),
        ("plain", "<i4"),  # number of its plain spelling
        ("last", "<i4"),  # of a plain spelling: number of its last word
        ("first word", "<u4"),  # the same, see `mark_of`
        ("beginning", "<u4"),
        ("marks", "u1"),
    ]
)
TEXT_PIECES = ("texts", "text lengths", "text columns")


def hash_of(text: str) -> int:
    """A number of 64 bits that stands for a text."""
    return int.from_bytes(blake2b(text.encode(*ENCODING), digest_size=8).digest(), "little")


def mark_of(text: str) -> int:
    """A number of 32 bits; where two texts have the same, more is looked at."""
    return zlib.crc32(text.encode(*ENCODING))


def first_word(key: str) -> str:
    """The first word of a plain spelling."""
    return key.partition(" ")[0]


def beginning(key: str) -> str:
    """Its first two words."""
    return " ".join(key.split(" ", 2)[:2])


class Texts:
    """Texts by number.

    Args:
        stored: what `to_bytes` gave.
    """

    def __init__(self, stored: Mapping[str, bytes] | None = None) -> None:
        if stored is None:
            stored = dict.fromkeys(TEXT_PIECES, b"")
        self._content = stored["texts"]
        self._lengths = np.frombuffer(stored["text lengths"], np.int32)
        self._columns = np.frombuffer(stored["text columns"], _COLUMNS)
        self._starts = starts_of(self._lengths)
        hashes = np.ascontiguousarray(self._columns["hash"])
        self._order = np.argsort(hashes)
        self._hashes = hashes[self._order].data  # of which one is taken in less time
        self._new: list[str] = []
        self._new_hashes = array("Q")
        self._numbers: dict[str, int] = {}  # of those that were asked for

    def __len__(self) -> int:
        return len(self._lengths) + len(self._new)

    def __getitem__(self, number: int) -> str:
        more = number - len(self._lengths)
        if more >= 0:
            return self._new[more]
        return self._content[self._starts[number] : self._starts[number + 1]].decode(*ENCODING)

    def find(self, text: str) -> int:
        """The number of a text; -1 where it has none."""
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = self._kept(hash_of(text), text)
        return number

    def _kept(self, hashed: int, text: str) -> int:
        at = bisect_left(self._hashes, hashed)
        while at < len(self._hashes) and self._hashes[at] == hashed:
            if self[int(self._order[at])] == text:
                return int(self._order[at])
            at += 1
        return -1

    def number(self, text: str) -> int:
        """The number of a text; a new one where it has none."""
        number = self.find(text)
        if number < 0:
            number = self._numbers[text] = len(self)
            self._new.append(text)
            self._new_hashes.append(hash_of(text))
        return number

    def columns(self) -> NDArray[np.void]:
        """What is known of each text that has a number by now, see `_COLUMNS`."""
        at = len(self._columns)
        rows = []
        while at < len(self):  # while it is asked what is plain, others come
            rows.append(self._described(at))
            at += 1
        if rows:
            self._columns = np.concatenate((self._columns, np.array(rows, _COLUMNS)))
        return self._columns

    def _described(self, number: int) -> tuple[int, int, int, int, int, int]:
        text = self[number]
        key = plain(text)
        has_blank = " " in text
        marks = SHOUTED * (has_blank and text.isupper()) + HAS_BLANK * has_blank
        hashed = self._new_hashes[number - len(self._lengths)]
        if key != text:
            return hashed, self.number(key), -1, 0, 0, marks
        marks += WITH_ARTICLE * text.startswith("the ") + KNOWN_PLACE * is_known_place(text)
        last = number if not has_blank else self.number(text.rpartition(" ")[2])
        return hashed, number, last, mark_of(first_word(text)), mark_of(beginning(text)), marks

    def to_bytes(self) -> Iterator[tuple[str, Content]]:
        """All of it, in pieces by name."""
        columns = self.columns()
        new = [text.encode(*ENCODING) for text in self._new]
        lengths = np.array([len(one) for one in new], np.int32)
        yield "texts", b"".join((self._content, *new))
        yield "text lengths", bytes_of(np.concatenate((self._lengths, lengths)))
        yield "text columns", bytes_of(columns)

    def grown(self) -> Iterator[tuple[str, Grown]]:
        """The same without what was stored, which stays as it is."""
        columns = self.columns()
        new = [text.encode(*ENCODING) for text in self._new]
        yield "texts", Grown(b"".join(new))
        yield "text lengths", Grown(bytes_of(np.array([len(one) for one in new], np.int32)))
        yield "text columns", Grown(bytes_of(columns[len(self._lengths) :]))
