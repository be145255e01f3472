"""How is a compressed file read? As what it holds; one that unpacks to far too much is refused."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Callable
from pathlib import PurePath
from typing import BinaryIO, cast

from corpus.errors import UnsafeInput
from corpus.readers.source import Source

FREE_BYTES = 64 << 20
"""What may always be unpacked: too little to harm, whatever the ratio."""

MAX_RATIO = 200
"""Bytes unpacked for each packed byte. Dumps of text pack 3 to 30 times, a bomb 1,000 times."""


_OPENERS: dict[str, Callable[[BinaryIO], object]] = {
    "gzip": lambda stream: gzip.GzipFile(fileobj=stream),
    "bzip2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
}


class Gauge(io.RawIOBase):
    """A stream that counts what was read through it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # wider in typeshed
        content = self._stream.read(len(buffer))
        buffer[: len(content)] = content
        self.count += len(content)
        return len(content)


class Unpacked(io.RawIOBase):
    """Decompressed content that ends with `UnsafeInput` when it grows beyond its ratio."""

    def __init__(self, content: BinaryIO, packed: Gauge, locator: str) -> None:
        self._content = content
        self._packed = packed
        self._locator = locator
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # wider in typeshed
        content = self._content.read(len(buffer))
        buffer[: len(content)] = content
        self._count += len(content)
        if self._count > FREE_BYTES and self._count > MAX_RATIO * self._packed.count:
            raise too_much(self._locator)
        return len(content)


def too_much(locator: str) -> UnsafeInput:
    """The error for something that unpacks to more than is believable."""
    return UnsafeInput(
        f"it unpacks to more than {MAX_RATIO} times its size",
        where=locator,
        advice="If you trust it, unpack it yourself and add the folder",
    )


def decompressed(source: Source, opener: str) -> Source:
    """The content of a gzip, bzip2 or xz stream as a source of its own.

    Its locator stays that of the file: to a person, `dump.jsonl.gz` is the dump.

    Args:
        opener: `gzip`, `bzip2` or `xz`.
    """
    packed = Gauge(source.stream)
    content = cast("BinaryIO", _OPENERS[opener](cast("BinaryIO", io.BufferedReader(packed))))
    unpacked = Unpacked(content, packed, source.locator)
    return source.within(
        cast("BinaryIO", unpacked), name=PurePath(source.name).stem, locator=source.locator
    )
