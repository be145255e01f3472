"""What does one of our files look like? A header, named arrays, a table of contents.

::

    ┌ header, 64 bytes ─────────────────────────────────────────────────────────────┐
    │ "DISPATCH" │ version │ position and length of contents │ CRC of contents, header │
    ├ sections, each starting at a multiple of 64, zeros between ───────────────────┤
    │ section 0 │ section 1 │ …                                                     │
    ├ block checksums: CRC-32 of each 8 KiB of each section ────────────────────────┤
    ├ contents: JSON: kind, meta, sections {name: position, bytes, dtype, sums} ────┤
    └───────────────────────────────────────────────────────────────────────────────┘

Nothing in it is executable and nothing is unpickled. Opening reads the header and the contents.
Every block of an array is checked once, when it is first used (`Section.check`), so that damage is
an error and never a wrong answer; `verify` checks every byte.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexCorrupt

FORMAT = 2
"""Goes up when sections are added, or are read in another way: other files are refused."""
_MAGIC = b"DISPATCH"
_HEADER = struct.Struct("<8sIIQQII")  # magic, format, -, contents at, bytes; CRCs: contents, header
_HEADER_BYTES = 64
_ALIGN = 64
_BLOCK_SHIFT = 13  # 8 KiB are checked in 3 µs, so that a first question waits for what it reads
_BLOCK = 1 << _BLOCK_SHIFT

AnyArray = NDArray[Any]


class SectionsWriter:
    """Writes one file of sections; arrays may be given whole or streamed in parts.

    Args:
        path: the file to make; it must not exist.
        kind: what the file is for, checked when it is opened.
    """

    def __init__(self, path: Path, kind: str) -> None:
        self._path = path
        self._kind = kind
        self._file: BinaryIO = path.open("xb")
        self._file.write(bytes(_HEADER_BYTES))
        self._sections: dict[str, dict[str, Any]] = {}
        self._sums: list[NDArray[np.uint32]] = []
        self._name = ""
        self._position = 0
        self._pending = bytearray()
        self._crcs: list[int] = []

    def array(self, name: str, values: AnyArray) -> None:
        """Writes a whole section."""
        self.begin(name, values.dtype)
        self.append(np.ascontiguousarray(values).data.cast("B"))
        self.end()

    def begin(self, name: str, dtype: np.dtype[Any]) -> None:
        """Starts a section; everything appended until `end` belongs to it."""
        assert not self._name, f"section {self._name} is still open"
        assert name not in self._sections, f"section {name} exists"
        self._file.write(bytes(-self._file.tell() % _ALIGN))
        self._name = name
        self._position = self._file.tell()
        self._crcs = []
        self._sections[name] = {"at": self._position, "dtype": dtype.newbyteorder("<").str}

    def append(self, data: bytes | memoryview) -> None:
        """Adds bytes to the open section."""
        view = memoryview(data)
        self._file.write(view)
        if self._pending:
            room = _BLOCK - len(self._pending)
            self._pending += view[:room]
            view = view[room:]
            if len(self._pending) < _BLOCK:
                return
            self._crcs.append(zlib.crc32(self._pending))
            self._pending.clear()
        whole = len(view) >> _BLOCK_SHIFT << _BLOCK_SHIFT
        for start in range(0, whole, _BLOCK):
            self._crcs.append(zlib.crc32(view[start : start + _BLOCK]))
        self._pending += view[whole:]

    def end(self) -> None:
        """Closes the open section."""
        if self._pending:
            self._crcs.append(zlib.crc32(self._pending))
            self._pending.clear()
        self._sections[self._name]["bytes"] = self._file.tell() - self._position
        self._sums.append(np.array(self._crcs, np.dtype("<u4")))
        self._name = ""

    def close(self, meta: Mapping[str, Any]) -> None:
        """Writes checksums, contents and header, and makes the file durable."""
        for section, sums in zip(list(self._sections.values()), self._sums, strict=True):
            section["sums"] = self._file.tell()
            section["crc"] = zlib.crc32(sums.tobytes())
            self._file.write(sums.tobytes())
        position = self._file.tell()
        contents = json.dumps(
            {"kind": self._kind, "meta": meta, "sections": self._sections}, sort_keys=True
        ).encode("ascii")
        self._file.write(contents)
        head = _HEADER.pack(_MAGIC, FORMAT, 0, position, len(contents), zlib.crc32(contents), 0)
        self._file.seek(0)
        self._file.write(head[:-4] + struct.pack("<I", zlib.crc32(head[:-4])))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Closes and removes the file."""
        self._file.close()
        self._path.unlink(missing_ok=True)


class Section:
    """One array of a mapped file.

    Attributes:
        values: the array; read-only. `check` what you are about to read.
    """

    __slots__ = ("_bytes", "_left", "_name", "_shift", "_sums", "_unchecked", "values")

    def __init__(self, name: str, data: memoryview, dtype: str, sums: NDArray[np.uint32]) -> None:
        self._name = name
        self._bytes = data
        self._sums = sums
        self._unchecked = bytearray(b"\x01") * len(sums)
        self._left = len(sums)
        self.values: AnyArray = np.frombuffer(data, dtype=dtype)
        self._shift = _BLOCK_SHIFT - self.values.dtype.itemsize.bit_length() + 1

    def check(self, start: int, end: int) -> None:
        """Makes sure, once, that `values[start:end]` is what was written.

        Raises:
            IndexCorrupt: it is not.
        """
        if self._left and end > start:
            first, last = start >> self._shift, (end - 1) >> self._shift
            if self._unchecked.find(1, first, last + 1) >= 0:
                self._check_blocks(first, last)

    def whole(self) -> AnyArray:
        """The array, every block of it checked."""
        if self._left:
            self._check_blocks(0, len(self._sums) - 1)
        return self.values

    def _check_blocks(self, first: int, last: int) -> None:
        for block in range(first, last + 1):
            if self._unchecked[block]:
                part = self._bytes[block << _BLOCK_SHIFT : (block + 1) << _BLOCK_SHIFT]
                if zlib.crc32(part) != self._sums[block]:
                    raise _corrupt(f"section {self._name}, block {block}: checksum does not hold")
                self._unchecked[block] = 0
        if self._unchecked.find(1) < 0:
            self._left = 0


class Sections:
    """A file of sections, mapped.

    Args:
        path: the file.
        kind: what it must be.

    Raises:
        IndexCorrupt: it is missing, cut short, of another kind or format, or its header or table
            of contents is damaged.
    """

    def __init__(self, path: Path, kind: str) -> None:
        self.path = path
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
        head = bytes(self._data[: _HEADER.size])
        if len(self._data) < _HEADER_BYTES or not head.startswith(_MAGIC):
            raise _corrupt("is not an index file", self.path)
        _, version, _, position, length, crc, head_crc = _HEADER.unpack(head)
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
        return name in self._contents

    @property
    def names(self) -> list[str]:
        return list(self._contents)

    def __getitem__(self, name: str) -> Section:
        section = self._open.get(name)
        if section is None:
            entry = self._contents.get(name)
            if entry is None:
                raise _corrupt(f"has no section {name}", self.path)
            blocks = (entry["bytes"] + _BLOCK - 1) >> _BLOCK_SHIFT
            sums = self._data[entry["sums"] : entry["sums"] + 4 * blocks]
            if zlib.crc32(sums) != entry["crc"]:
                raise _corrupt(f"the checksums of section {name} are damaged", self.path)
            section = Section(
                f"{name} of {self.path}",
                self._data[entry["at"] : entry["at"] + entry["bytes"]],
                entry["dtype"],
                np.frombuffer(sums, np.dtype("<u4")),
            )
            self._open[name] = section
        return section

    def verify(self) -> None:
        """Checks every byte of the file.

        Raises:
            IndexCorrupt: any of them is not what was written.
        """
        end = _HEADER.size
        places = [(entry["at"], entry["bytes"], name) for name, entry in self._contents.items()]
        for start, size, name in sorted(places):
            self[name].whole()
            if any(self._data[end:start]):
                raise _corrupt(f"the gap before section {name} is damaged", self.path)
            end = start + size


def smallest_uint(maximum: int) -> np.dtype[Any]:
    """The narrowest unsigned integer that holds `maximum`, but at least of 16 bits.

    Fewer types are fewer versions of each compiled loop.
    """
    return np.dtype(np.min_scalar_type(max(maximum, 0xFFFF))).newbyteorder("<")


def offset_type(maximum: int) -> np.dtype[Any]:
    """32 bits, or 64 where `maximum` needs them."""
    return smallest_uint(max(maximum, 0xFFFF_FFFF))


def _corrupt(what: str, path: Path | None = None) -> IndexCorrupt:
    return IndexCorrupt(
        what, where=str(path or ""), advice="Run `dispatches rebuild` to make a new generation"
    )
