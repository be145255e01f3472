"""Dictd: what does a file of a dictionary server say about a headword?

A dictionary is two files: an index of headwords, offsets and lengths (in base 64), and the text,
plain or compressed by dictzip, which is gzip in chunks that can be read alone. Of an entry's prose
only what may be a translation is taken: short, in the letters of its language, no note or example.
"""

from __future__ import annotations

import re
import string
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np

from corpus.errors import StorageError

_DIGITS = {
    sign: number
    for number, sign in enumerate(string.ascii_uppercase + string.ascii_lowercase + "0123456789+/")
}
_LONGEST = 1 << 16  # bytes of an entry; what is longer is no word's
_MOST_ENTRIES = 12  # of one headword
_MOST_WORDS = 3  # of a translation
_GZIP, _EXTRA, _NAMED, _COMMENTED, _CHECKED = b"\x1f\x8b\x08", 4, 8, 16, 2
_HEAD, _SUBFIELD = 10, 10  # bytes: of gzip, and of dictzip's field before the chunk lengths

_ASIDE = re.compile(
    r"^\s*(?:(?:synonyms?|antonyms?|see(?: also)?|note|usage|examples?|cf)\s*[:.{]|[\"“-]\s?)", re.I
)
_MARKS = re.compile(r"\[[^]]*\]?|\([^)]*\)?|<[^>]*>|\{[^}]*\}|/[^/\s]*/|_\w+\.|:\w+")
_BETWEEN = re.compile(r"[,;|،؛=]|\d+\s*[.)>]|\b[IVX]+\.|[.:!?](?=\s|$)|\s[–—-]\s|\n\s*\n")
_SCRIPTS = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "sr", "mk"), re.compile(r"[\u0400-\u04ff'’ʼ\s-]+")),
    **dict.fromkeys(("ar", "fa", "ur", "ps"), re.compile(r"[\u0600-\u06ff\u200c\s-]+")),
    "he": re.compile(r"[\u0590-\u05ff\"'״׳\s-]+"),
    "el": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff\s-]+"),
}
_LETTERS = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0670'’ʼ\s-])+")


class Dictionary:
    """One dictionary, opened.

    Args:
        index: its file of headwords; the text lies beside it.

    Raises:
        StorageError: one of its files cannot be read.
    """

    def __init__(self, index: Path) -> None:
        self._path = index
        try:
            self._index = index.read_bytes()
            self._text = _text_of(index)
        except OSError as error:
            raise _unreadable(index, error.strerror or str(error)) from error
        lines = self._index.split(b"\n")
        lengths = np.fromiter(map(len, lines), np.int64, len(lines)) + 1
        keys = np.fromiter((zlib.crc32(line.partition(b"\t")[0]) for line in lines), np.uint32)
        order = np.argsort(keys, kind="stable")
        self._keys, self._starts = keys[order], (np.cumsum(lengths) - lengths)[order]

    def entries(self, headword: str) -> Iterator[str]:
        """The entries of a headword, as the file has them.

        Raises:
            StorageError: the file is damaged there.
        """
        for columns in self._lines(headword.encode()):
            try:
                start, length = (_number(column) for column in columns)
                yield self._text.read(start, min(length, _LONGEST)).decode("utf-8", "replace")
            except (KeyError, ValueError, IndexError, OSError, zlib.error) as error:
                raise _unreadable(self._path, "an entry in it is damaged") from error

    def _lines(self, headword: bytes) -> Iterator[list[bytes]]:
        """Where the entries of a headword begin and how long they are, in its own digits."""
        key = np.uint32(zlib.crc32(headword))
        first, last = (np.searchsorted(self._keys, key, side) for side in ("left", "right"))
        for at in self._starts[first:last][:_MOST_ENTRIES].tolist():
            found, *columns = self._index[at : self._index.find(b"\n", at)].split(b"\t")
            if headword and found == headword:
                yield columns[:2]


@lru_cache(maxsize=64)
def opened(index: Path, modified: int) -> Dictionary:  # noqa: ARG001 - another file has another
    """A dictionary, kept open until its file changes.

    Raises:
        StorageError: one of its files cannot be read.
    """
    return Dictionary(index)


def translations(entry: str, headword: str, language: str) -> Iterator[str]:
    """What of an entry may be a translation into a language, in its order."""
    first, _, rest = entry.partition("\n")
    lines = (rest if rest.strip() else first.removeprefix(headword)).split("\n")
    said = "\n".join(line for line in lines if not _ASIDE.match(line))
    script = _SCRIPTS.get(language, _LETTERS)
    for piece in _BETWEEN.split(_MARKS.sub(" ", said)):
        words = piece.strip(" \t\n'’\"").split()
        text = " ".join(words)
        if not 1 <= len(words) <= _MOST_WORDS or not script.fullmatch(text):
            continue
        if len(text) > 1 and text.casefold() != headword.casefold():
            yield text


def _number(digits: bytes) -> int:
    value = 0
    for digit in digits.decode("ascii"):
        value = value * 64 + _DIGITS[digit]
    return value


def _unreadable(index: Path, what: str) -> StorageError:
    return StorageError(
        what,
        where=index.name,
        advice="Install it again, or take it out of the folder `dictionaries`",
    )


class _Plain:
    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, start: int, length: int) -> bytes:
        with self._path.open("rb") as file:
            file.seek(start)
            return file.read(length)


class _Chunked:
    """A file compressed by dictzip: each chunk is unpacked alone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if head[:3] != _GZIP or not head[3] & _EXTRA:
                raise OSError("its text is compressed, and not by dictzip")
            flags, extra = head[3], file.read(int.from_bytes(file.read(2), "little"))
            self._size = int.from_bytes(extra[6:8], "little")
            if extra[:2] != b"RA" or not self._size:
                raise OSError("its text is compressed, and not by dictzip")
            lengths = memoryview(extra)[_SUBFIELD:].cast("H")
            for flag in (_NAMED, _COMMENTED):
                while flags & flag and file.read(1) not in (b"\0", b""):
                    pass
            at = file.tell() + 2 * bool(flags & _CHECKED)
        self._starts = [at]
        for length in lengths:
            self._starts.append(self._starts[-1] + length)

    def read(self, start: int, length: int) -> bytes:
        first, last = start // self._size, (start + max(length, 1) - 1) // self._size
        parts = []
        with self._path.open("rb") as file:
            for number in range(first, last + 1):
                begin, end = self._starts[number], self._starts[number + 1]
                file.seek(begin)
                unpacked = zlib.decompressobj(-zlib.MAX_WBITS)
                parts.append(unpacked.decompress(file.read(end - begin), self._size))
        offset = start - first * self._size
        return b"".join(parts)[offset : offset + length]


def _text_of(index: Path) -> _Plain | _Chunked:
    plain, packed = index.with_suffix(".dict"), index.with_suffix(".dict.dz")
    if packed.exists():
        return _Chunked(packed)
    if not plain.exists():
        raise OSError(f"{plain.name} is not beside its index")
    return _Plain(plain)
