"""Sections writer: arrays whole or streamed in parts, then their sums."""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from indexer.compiled import AnyArray
from indexer.writers.whoosh.files.checksums import BLOCK, Sums, sums_of
from indexer.writers.whoosh.files.sections import ALIGN, FORMAT, HEADER, HEADER_BYTES, MAGIC

_AT_ONCE = 16 * BLOCK


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
        self._file.write(bytes(HEADER_BYTES))
        self._sections: dict[str, dict[str, Any]] = {}
        self._sums_of: dict[str, Sums] = {}
        self._name = ""
        self._position = 0
        self._pending = bytearray()
        self._sums: list[Sums] = []

    def array(self, name: str, values: AnyArray) -> None:
        """Writes a whole section."""
        self.begin(name, values.dtype)
        data = np.ascontiguousarray(values).data.cast("B")
        self._file.write(data)
        self._sums.append(sums_of(data))
        self.end()

    def begin(self, name: str, dtype: np.dtype[Any]) -> None:
        """Starts a section; everything appended until `end` belongs to it."""
        assert not self._name, f"section {self._name} is still open"
        assert name not in self._sections, f"section {name} exists"
        self._pad(ALIGN)
        self._name = name
        self._position = self._file.tell()
        self._sums = []
        self._sections[name] = {"at": self._position, "dtype": dtype.newbyteorder("<").str}

    def append(self, data: bytes) -> None:
        """Adds bytes to the open section."""
        self._file.write(data)
        self._pending += data
        while len(self._pending) >= _AT_ONCE:
            self._sums.append(sums_of(bytes(self._pending[:_AT_ONCE])))
            del self._pending[:_AT_ONCE]

    def end(self) -> None:
        """Closes the open section."""
        if self._pending:
            self._sums.append(sums_of(bytes(self._pending)))
            self._pending.clear()
        self._sections[self._name]["bytes"] = self._file.tell() - self._position
        self._sums_of[self._name] = np.concatenate([np.zeros(0, np.uint64), *self._sums])
        self._name = ""

    def _pad(self, multiple: int) -> None:
        self._file.write(bytes(-self._file.tell() % multiple))

    def close(self, meta: Mapping[str, Any]) -> None:
        """Writes checksums, contents and header, and makes the file durable."""
        for name, section in self._sections.items():
            self._pad(8)  # so that the last section can be read as whole words
            sums = self._sums_of[name]
            section["sums"] = self._file.tell()
            section["crc"] = zlib.crc32(sums.tobytes())
            self._file.write(sums.tobytes())
        position = self._file.tell()
        contents = json.dumps(
            {"kind": self._kind, "meta": meta, "sections": self._sections}, sort_keys=True
        ).encode("ascii")
        self._file.write(contents)
        head = HEADER.pack(MAGIC, FORMAT, 0, position, len(contents), zlib.crc32(contents), 0)
        self._file.seek(0)
        self._file.write(head[:-4] + struct.pack("<I", zlib.crc32(head[:-4])))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Closes and removes the file."""
        self._file.close()
        self._path.unlink(missing_ok=True)


def smallest_uint(maximum: int) -> np.dtype[Any]:
    """The narrowest unsigned integer that holds `maximum`, but at least of 16 bits.

    Fewer types are fewer versions of each compiled loop.
    """
    return np.dtype(np.min_scalar_type(max(maximum, 0xFFFF))).newbyteorder("<")


def offset_type(maximum: int) -> np.dtype[Any]:
    """32 bits, or 64 where `maximum` needs them."""
    return smallest_uint(max(maximum, 0xFFFF_FFFF))
