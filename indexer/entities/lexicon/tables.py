"""Kept tables: what is worked out of the lists once a release, and read again by every process.

Spelling out the lists takes seconds of each process, reading the tables a tenth of that. A table is
kept as `corpus.fingerprint.kept` keeps things; where nothing can be written, each process makes
what it needs. A file names the fingerprint of what made it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, ItemsView, Iterator, Mapping
from functools import cache, lru_cache, wraps
from hashlib import file_digest, sha256
from itertools import accumulate, pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, TypeVar, cast, get_args, get_type_hints
from zlib import crc32

import msgspec

from corpus.fingerprint import fingerprint
from corpus.fingerprint.kept import DIGEST, content_of, found, keep

Table = TypeVar("Table")
Value = TypeVar("Value")

_ENCODING = "utf-8", "surrogatepass"
_AT_HAND = 1 << 15  # entries of a table that a process holds


def kept(make: Callable[[], Table]) -> Callable[[], Table]:
    """Decorates a function that makes a table of nothing but sources and data of ours: it is read
    where it is kept, else made and kept. Its annotation says what is read.
    """

    def read(file: Path, kind: Any) -> Any:
        content = content_of(file)
        return None if content is None else msgspec.msgpack.decode(content, type=kind)

    return _made_once(make, read, msgspec.msgpack.encode)


def mapped(make: Callable[[], Mapping[str, Value]]) -> Callable[[], Mapping[str, Value]]:
    """The same for a large table by names, of which a process asks a few: no object is made of the
    others, and their pages of memory are those of all processes.
    """

    def read(file: Path, kind: Any) -> Any:
        with file.open("rb") as opened:
            digest = opened.read(DIGEST)
            if file_digest(opened, sha256).digest() != digest:
                return None
            return _Mapped(mmap(opened.fileno(), 0, access=ACCESS_READ), get_args(kind)[1])

    return _made_once(make, read, _laid_out)


def _made_once(
    make: Callable[[], Table],
    read: Callable[[Path, Any], Any],
    encode: Callable[[Table], bytes],
) -> Callable[[], Table]:
    @cache
    @wraps(make)
    def table() -> Table:
        name = f"{make.__module__}.{make.__qualname__}"
        version = fingerprint(make.__module__, libraries=["msgspec"])
        kind = get_type_hints(make)["return"]
        value: Table | None = found(Path(__file__), name, version, lambda file: read(file, kind))
        if value is None:
            value = make()
            keep(Path(__file__), name, version, encode(value))
        return value

    return table


class _Mapped(Mapping[str, Value]):
    """A table in a file, in the order in which it was made; no value of it is None.

    Behind the digest lie how many entries it has; the checksums of their names, ascending; of each
    of these the number of its entry; where the name and the value of each entry begin, and where
    the last one ends; and names and values.
    """

    def __init__(self, content: mmap, kind: Any) -> None:
        numbers = memoryview(content)[DIGEST:]
        self._size = size = numbers[:_NUMBER].cast("I")[0]
        ends = [_NUMBER * (1 + many) for many in (0, size, 2 * size, 4 * size + 1)]
        self._checksums, self._entries, self._places = (
            numbers[begin:end].cast("I") for begin, end in pairwise(ends)
        )
        self._content = numbers[ends[-1] :]
        self._decode = msgspec.msgpack.Decoder(kind).decode
        self._value_of = lru_cache(maxsize=_AT_HAND)(self._look_up)

    def __getitem__(self, name: str) -> Value:
        found = self._value_of(name)
        if found is None:
            raise KeyError(name)
        return found

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a name; most are asked in vain."""
        found = self._value_of(name)
        return default if found is None else found

    def __iter__(self) -> Iterator[str]:
        return map(self._name, range(self._size))

    def __len__(self) -> int:
        return self._size

    def items(self) -> ItemsView[str, Value]:
        """Names with their values; none is looked up."""
        return _Items(self)

    def entries(self) -> Iterator[tuple[str, Value]]:
        """The same, for one walk."""
        return ((self._name(entry), self._value(entry)) for entry in range(self._size))

    def _look_up(self, name: str) -> Value | None:
        encoded = name.encode(*_ENCODING)
        checksum = crc32(encoded)
        at = bisect_left(self._checksums, checksum)
        while at < self._size and self._checksums[at] == checksum:
            entry = self._entries[at]
            if self._part(2 * entry) == encoded:
                return self._value(entry)
            at += 1
        return None

    def _part(self, number: int) -> memoryview:
        return self._content[self._places[number] : self._places[number + 1]]

    def _name(self, entry: int) -> str:
        return str(self._part(2 * entry), *_ENCODING)

    def _value(self, entry: int) -> Value:
        return cast(Value, self._decode(self._part(2 * entry + 1)))


class _Items(ItemsView[str, Value]):
    _mapping: _Mapped[Value]

    def __iter__(self) -> Iterator[tuple[str, Value]]:
        return self._mapping.entries()


_NUMBER = 4  # bytes


def _laid_out(table: Mapping[str, Any]) -> bytes:
    """What `_Mapped` reads."""
    encode = msgspec.msgpack.Encoder().encode
    parts = [
        one for name, value in table.items() for one in (name.encode(*_ENCODING), encode(value))
    ]
    checksums = [crc32(name) for name in parts[::2]]
    order = sorted(range(len(table)), key=checksums.__getitem__)
    places = accumulate(map(len, parts), initial=0)
    numbers = array("I", [len(table), *map(checksums.__getitem__, order), *order, *places])
    return b"".join((numbers.tobytes(), *parts))
