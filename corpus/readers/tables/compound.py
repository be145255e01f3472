"""Compound: which bytes does a stream have inside a file of Office before 2007?

Such a file is a small disk: sectors, a table of which sector follows which, and a directory. It is
read where it lies; of the file, only the table and the sectors of one stream are held.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from typing import BinaryIO

_LAST = 0xFFFFFFFA
"""The highest number of a sector; those above end a list of them."""
_SHORT = 4096
"""Bytes of a stream that lies among the short ones, as the header says in every file seen."""
_ENTRY = 128
_MOST_NAMES = 4096
"""Entries of a directory that are looked at."""


class Damaged(Exception):
    """What cannot be read on, with what is wrong."""


class Stream:
    """The bytes of one stream, by their place in it.

    Args:
        file: where its sectors lie.
        places: where each sector begins in the file.
        sector: bytes of one.
        size: of the stream, as the directory says.
    """

    def __init__(self, file: BinaryIO, places: array[int], *, sector: int, size: int) -> None:
        self._file = file
        self._places = places
        self._sector = sector
        self.size = min(size, len(places) * sector)
        self._held, self._from = b"", 0

    def read(self, at: int, count: int) -> bytes:
        """The bytes from a place on; fewer where the stream or the file ends before."""
        begin = at - self._from
        if begin < 0 or begin + count > len(self._held):
            self._held, self._from = self._run(at), at
            begin = 0
        return self._held[begin : begin + count]

    def place(self, at: int) -> int | None:
        """Where a byte lies in the file."""
        number, skipped = divmod(at, self._sector)
        return self._places[number] + skipped if number < len(self._places) else None

    def _run(self, at: int) -> bytes:
        """So many bytes that most of what is asked for next is among them."""
        number, skipped = divmod(at, self._sector)
        wanted = min(self.size - at, _AT_ONCE)
        found = bytearray()
        while len(found) < wanted + skipped and number < len(self._places):
            sectors = 1
            while (
                number + sectors < len(self._places)
                and sectors * self._sector < _AT_ONCE
                and self._places[number + sectors] == self._places[number] + sectors * self._sector
            ):
                sectors += 1
            self._file.seek(self._places[number])
            content = self._file.read(sectors * self._sector)
            found += content
            number += sectors
            if len(content) < sectors * self._sector:  # the file is cut off
                break
        return bytes(found[skipped : skipped + max(wanted, 0)])


_AT_ONCE = 1 << 16


def stream_of(file: BinaryIO, *names: str) -> Stream:
    """The first of some streams that is in a file of Office, by their names in its directory.

    Raises:
        Damaged: there is none, or the lists of where it lies cannot be read.
    """
    disk = _Disk(file)
    found = {name.lower(): entry for name, *entry in disk.entries()}
    for name in names:
        if (entry := found.get(name.lower())) is not None:
            start, size = entry
            return disk.stream(start, size)
    raise Damaged(f"no part of it is called {' or '.join(names)}")


class _Disk:
    """The sectors of a file, and which follows which."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.seek(0)
        head = file.read(512)
        if len(head) < 512:
            raise Damaged("it is cut off")
        sizes = struct.unpack_from("<HH", head, 30)
        if sizes[0] not in (9, 12) or sizes[1] != 6:
            raise Damaged("the size of its sectors is none")
        self._sector = 1 << sizes[0]
        self._count = max(0, (file.seek(0, 2) + self._sector - 1) // self._sector - 1)
        self._directory, self._short_table = struct.unpack_from("<I8xI", head, 48)
        more, _ = struct.unpack_from("<II", head, 68)
        self._next = self._table([*struct.unpack_from("<109I", head, 76)], more)
        self._root: tuple[int, int] = (_LAST + 1, 0)

    def _read(self, number: int) -> bytes:
        self._file.seek((number + 1) * self._sector)
        return self._file.read(self._sector)

    def _table(self, listed: list[int], more: int) -> array[int]:
        """Which sector follows each; those that hold the table are listed in the header and on."""
        seen = 0
        while more < _LAST and seen <= self._count:
            numbers = _numbers(self._read(more))
            if not numbers:
                raise Damaged("the list of its sectors is cut off")
            listed += numbers[:-1]
            more = numbers[-1]
            seen += 1
        following = array("I")
        for number in listed:
            if number < _LAST and len(following) < self._count:
                content = self._read(number)
                if len(content) < self._sector:
                    raise Damaged("the table of its sectors is cut off")
                following.extend(_numbers(content))
        return following

    def _chain(self, start: int, following: array[int]) -> Iterator[int]:
        """The sectors that follow one another."""
        for _ in range(len(following)):
            if start >= len(following):
                return
            yield start
            start = following[start]
        if following:
            raise Damaged("its sectors lead in a ring")

    def entries(self) -> Iterator[tuple[str, int, int]]:
        """The name, first sector and size of each stream."""
        number = 0
        for sector in self._chain(self._directory, self._next):
            content = self._read(sector)
            for at in range(0, len(content) - _ENTRY + 1, _ENTRY):
                called, length, kind = struct.unpack_from("<64sHB", content, at)
                start, size = struct.unpack_from("<II", content, at + 116)
                name = called[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
                if kind == 5:
                    self._root = (start, size)
                elif kind == 2:
                    yield name, start, size
                number += 1
                if number > _MOST_NAMES:
                    return

    def stream(self, start: int, size: int) -> Stream:
        """A stream by its first sector and size."""
        if size >= _SHORT:
            return self._long(start, size)
        root = self._long(*self._root)
        table = array("I")
        for sector in self._chain(self._short_table, self._next):
            table.extend(_numbers(self._read(sector)))
        places = array("Q")
        for short in self._chain(start, table):
            where = root.place(short * 64)
            if where is None:
                break
            places.append(where)
        return Stream(self._file, places, sector=64, size=size)

    def _long(self, start: int, size: int) -> Stream:
        places = array("Q", ((at + 1) * self._sector for at in self._chain(start, self._next)))
        return Stream(self._file, places, sector=self._sector, size=size)


def _numbers(content: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))
