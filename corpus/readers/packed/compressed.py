"""Compressed files: read as what they hold."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import BinaryIO, cast

import zstandard

from corpus.readers.formats import Format
from corpus.readers.source import HEAD, Budget, Gauge, Source

_MAX_WINDOW = 128 << 20  # what `zstd -d` takes without being told to
_PACKED_AT_ONCE = 512
"""Bytes of Zstandard unpacked together: four of them may become 128 KB."""


class Zstandard(io.RawIOBase):
    """A Zstandard stream unpacked, frame after frame.

    The library's own reader takes a stream that is cut off for one that ends.
    """

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._waiting = b""
        self._unpacker = zstandard_unpacker()
        self._inside = False  # a frame has begun and not ended
        self._unpacked = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # wider in typeshed
        while not self._unpacked:
            packed = self._waiting or self._packed.read(_PACKED_AT_ONCE)
            if not packed:
                if self._inside:
                    raise EOFError("it is cut off")
                return 0
            self._unpacked = self._unpacker.decompress(packed)
            self._inside, self._waiting = not self._unpacker.eof, b""
            if self._unpacker.eof:
                self._waiting = self._unpacker.unused_data
                self._unpacker = zstandard_unpacker()
        content, self._unpacked = self._unpacked[: len(buffer)], self._unpacked[len(buffer) :]
        buffer[: len(content)] = content
        return len(content)


def zstandard_unpacker() -> zstandard.ZstdDecompressionObj:
    """What unpacks one frame of Zstandard, within bounded memory."""
    return zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW).decompressobj()


_OPENERS: dict[Format, Callable[[BinaryIO], object]] = {
    Format.GZIP: lambda stream: gzip.GzipFile(fileobj=stream),
    Format.BZIP2: bz2.BZ2File,
    Format.XZ: lzma.LZMAFile,
    Format.ZSTANDARD: lambda stream: io.BufferedReader(Zstandard(stream)),
}

COMPRESSED = frozenset(_OPENERS)

_STEP = 64
"""Packed bytes unpacked together: of those with damage among them nothing is had."""

GZIP = b"\x1f\x8b\x08"
"""How a gzip stream begins, and each member of it."""


def decompressed(source: Source, format_: Format) -> Source:
    """The content of a compressed stream as a source of its own.

    Its locator stays that of the file: to a person, `dump.jsonl.gz` is the dump.

    Args:
        format_: one of `COMPRESSED`.
    """
    packed = Gauge(cast("BinaryIO", source.stream))
    budget = Budget(lambda: packed.count, locator=source.locator, outer=source.budget)
    content = _OPENERS[format_](cast("BinaryIO", io.BufferedReader(packed)))
    return source.within(
        cast("BinaryIO", Gauge(cast("BinaryIO", content), budget)),
        name=PurePath(source.name).stem,
        locator=source.locator,
        budget=budget,
    )


def heads_of_gzip(head: bytes) -> Iterator[bytes]:
    """The first bytes of what each member of a gzip stream holds, as far as its head tells.

    Damage may keep the first member from telling what the others are.
    """
    for match in re.finditer(re.escape(GZIP), head):
        yield _unpacked(head[match.start() :])


def _unpacked(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    found = b""
    for at in range(0, len(packed), _STEP):
        try:
            found += unpacker.decompress(packed[at : at + _STEP], HEAD - len(found))
        except zlib.error:
            break
        if unpacker.eof or len(found) >= HEAD:
            break
    return found
