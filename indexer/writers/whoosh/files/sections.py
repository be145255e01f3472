"""Sections: a file of ours is a header, named arrays, and a table of contents.

::

    ┌ header, 64 bytes ─────────────────────────────────────────────────────────────┐
    │ "DISPATCH" │ version │ position and length of contents │ CRC of contents, header │
    ├ sections, each starting at a multiple of 64, zeros between ───────────────────┤
    │ section 0 │ section 1 │ …                                                     │
    ├ sums of each 2 KiB of each section (`checksums`) ─────────────────────────────┤
    ├ contents: JSON: kind, meta, sections {name: position, bytes, dtype, sums} ────┤
    └───────────────────────────────────────────────────────────────────────────────┘

Nothing in it is executable and nothing is unpickled. Opening reads the header and the contents.
Every block of an array is checked once, when it is first used (`Section.check`), so that damage is
an error and never a wrong answer; `verify` checks every byte. `sections_writer` writes such files.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import IndexCorrupt
from indexer.compiled import AnyArray
from indexer.writers.whoosh.files.checksums import (
    BLOCK,
    BLOCK_SHIFT,
    Sums,
    first_damaged,
    first_damaged_of,
)

FORMAT = 6
"""Goes up when sections are added, or are read in another way: other files are refused."""
MAGIC = b"DISPATCH"
HEADER = struct.Struct("<8sIIQQII")  # magic, format, -, contents at, bytes; CRCs: contents, header
HEADER_BYTES = 64
ALIGN = 64


class Section:
    """One array of a mapped file.

    Args:
        data: its bytes, and zeros up to a multiple of eight.
        size: how many of them are the array.

    Attributes:
        values: the array; read-only. `check` what you are about to read.
        words, sums, unchecked: its blocks, as `first_damaged` takes them.
        shift: how many values a block has, as a power of two.
    """

    __slots__ = ("_left", "_name", "shift", "sums", "unchecked", "values", "words")

    def __init__(self, name: str, data: memoryview, size: int, dtype: str, sums: Sums) -> None:
        self._name = name
        self.words = np.frombuffer(data, np.uint64)
        self.sums = sums
        self.unchecked = np.ones(len(sums), np.bool_)
        self._left = bool(len(sums))
        self.values: AnyArray = np.frombuffer(data[:size], dtype=dtype)
        self.shift = BLOCK_SHIFT - self.values.dtype.itemsize.bit_length() + 1

    def check(self, start: int, end: int) -> None:
        """Makes sure, once, that `values[start:end]` is what was written.

        Raises:
            IndexCorrupt: it is not.
        """
        if self._left and end > start:
            self._check_blocks(start >> self.shift, ((end - 1) >> self.shift) + 1)

    def check_all(self, starts: AnyArray, ends: AnyArray) -> None:
        """The same for several parts; of those that end before they start nothing is checked."""
        if self._left:
            self._refuse(
                first_damaged_of(self.words, self.sums, self.unchecked, starts, ends, self.shift)
            )

    def whole(self) -> AnyArray:
        """The array, every block of it checked."""
        if self._left:
            self._check_blocks(0, len(self.sums))
            self._left = False
        return self.values

    def _check_blocks(self, first: int, end: int) -> None:
        self._refuse(first_damaged(self.words, self.sums, self.unchecked, first, end))

    def _refuse(self, damaged: int) -> None:
        if damaged >= 0:
            raise _corrupt(f"section {self._name}, block {damaged}: checksum does not hold")


class Sections:
    """A file of sections, mapped.

    Args:
        path: the file.
        kind: what it must be.

    Attributes:
        patch: another file, whose sections stand in place of those with the same name.

    Raises:
        IndexCorrupt: it is missing, cut short, of another kind or format, or its header or table
            of contents is damaged.
    """

    def __init__(self, path: Path, kind: str) -> None:
        self.path = path
        self.patch: Sections | None = None
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise _corrupt(f"cannot be opened: {error}", path) from error
        self._data = memoryview(self._map)
        contents = self._read_contents()
        if contents["kind"] != kind:
            raise _corrupt(f"is a {contents['kind']} file, not a {kind} file", path)
        self.meta: Mapping[str, Any] = contents["meta"]
        self._contents: dict[str, dict[str, Any]] = contents["sections"]
        self._open: dict[str, Section] = {}

    def _read_contents(self) -> dict[str, Any]:
        head = bytes(self._data[: HEADER.size])
        if len(self._data) < HEADER_BYTES or not head.startswith(MAGIC):
            raise _corrupt("is not an index file", self.path)
        _, version, _, position, length, crc, head_crc = HEADER.unpack(head)
        if zlib.crc32(head[:-4]) != head_crc:
            raise _corrupt("the header is damaged", self.path)
        if version != FORMAT:
            raise _corrupt(f"has format {version}, this program reads {FORMAT}", self.path)
        contents = self._data[position : position + length]
        if position + length != len(self._data) or zlib.crc32(contents) != crc:
            raise _corrupt("the table of contents is damaged or cut short", self.path)
        parsed: dict[str, Any] = json.loads(bytes(contents))
        return parsed

    def __contains__(self, name: str) -> bool:
        return name in self._contents  # a patch has no others

    @property
    def names(self) -> list[str]:
        return list(self._contents)

    def __getitem__(self, name: str) -> Section:
        if self.patch is not None and name in self.patch:
            return self.patch[name]
        return self._own(name)

    def _own(self, name: str) -> Section:
        section = self._open.get(name)
        if section is None:
            entry = self._contents.get(name)
            if entry is None:
                raise _corrupt(f"has no section {name}", self.path)
            size = entry["bytes"]
            blocks = (size + BLOCK - 1) >> BLOCK_SHIFT
            sums = self._data[entry["sums"] : entry["sums"] + 8 * blocks]
            if zlib.crc32(sums) != entry["crc"]:
                raise _corrupt(f"the checksums of section {name} are damaged", self.path)
            section = Section(
                f"{name} of {self.path}",
                self._data[entry["at"] : entry["at"] + size + -size % 8],
                size,
                entry["dtype"],
                np.frombuffer(sums, np.uint64),
            )
            self._open[name] = section
        return section

    def verify(self) -> None:
        """Checks every byte of the file, and of what stands in place of parts of it.

        Raises:
            IndexCorrupt: any of them is not what was written.
        """
        end = HEADER.size
        places = [(entry["at"], entry["bytes"], name) for name, entry in self._contents.items()]
        for start, size, name in sorted(places):
            self._own(name).whole()
            if any(self._data[end:start]):
                raise _corrupt(f"the gap before section {name} is damaged", self.path)
            end = start + size
        if self.patch is not None:
            self.patch.verify()


def _corrupt(what: str, path: Path | None = None) -> IndexCorrupt:
    return IndexCorrupt(
        what, where=str(path or ""), advice="Run `dispatches rebuild` to make a new generation"
    )
