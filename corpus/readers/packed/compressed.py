"""Compressed files: read as what they hold."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import BinaryIO, Protocol, cast

import zstandard

from corpus.article import IS_PART, RawDocument
from corpus.readers.formats import Format, tell
from corpus.readers.source import (
    HEAD,
    MAX_DOCUMENT,
    Budget,
    Gauge,
    Read,
    Reader,
    Source,
    buffered,
    some_of,
)

_MAX_WINDOW = 128 << 20  # what `zstd -d` takes without being told to
_PACKED_AT_ONCE = 512
"""Bytes unpacked together: four of Zstandard may become 128 KB."""


class _Unpacker(Protocol):
    """What unpacks one stream of several that follow one another."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, packed: bytes, /) -> bytes: ...


class Unpacked(io.RawIOBase):
    """Streams unpacked, one after another.

    The libraries' own readers take a stream that is cut off, or what is none, for the end.
    """

    def __init__(self, packed: BinaryIO, unpacker: Callable[[], _Unpacker]) -> None:
        self._packed = packed
        self._waiting = b""
        self._new = unpacker
        self._unpacker = unpacker()
        self._begun = False  # a first stream was unpacked
        self._inside = False  # a stream has begun and not ended
        self._unpacked = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # wider in typeshed
        while not self._unpacked:
            packed = self._waiting or some_of(self._packed, _PACKED_AT_ONCE)
            self._waiting = b""
            if not packed:
                if self._inside:
                    raise EOFError("it is cut off")
                return 0
            if self._begun and not self._inside:
                packed = packed.lstrip(b"\0")  # which may fill up a block
            if packed:
                self._unpack(packed)
        content, self._unpacked = self._unpacked[: len(buffer)], self._unpacked[len(buffer) :]
        buffer[: len(content)] = content
        return len(content)

    def _unpack(self, packed: bytes) -> None:
        self._unpacked = self._unpacker.decompress(packed)
        self._begun = True
        self._inside = not self._unpacker.eof
        if self._unpacker.eof:
            self._waiting = self._unpacker.unused_data
            self._unpacker = self._new()


def zstandard_unpacker() -> zstandard.ZstdDecompressionObj:
    """What unpacks one frame of Zstandard, within bounded memory."""
    return zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW).decompressobj()


_OPENERS: dict[Format, Callable[[BinaryIO], object]] = {
    Format.GZIP: lambda stream: gzip.GzipFile(fileobj=stream),
    Format.BZIP2: lambda stream: io.BufferedReader(Unpacked(stream, bz2.BZ2Decompressor)),
    Format.XZ: lambda stream: io.BufferedReader(Unpacked(stream, lzma.LZMADecompressor)),
    Format.ZSTANDARD: lambda stream: io.BufferedReader(Unpacked(stream, zstandard_unpacker)),
}

COMPRESSED = frozenset(_OPENERS)

_STEP = 64
"""Packed bytes unpacked together: of those with damage among them nothing is had."""

GZIP = b"\x1f\x8b\x08"
"""How a gzip stream begins, and each member of it."""


_OF_ONE = frozenset((Format.HTML, Format.TEXT))
"""Formats of one document, of which a beginning is one."""

DAMAGE = EOFError, zlib.error, lzma.LZMAError, zstandard.ZstdError, gzip.BadGzipFile
"""What unpacking a stream may raise that is damage, and no fault of the machine."""


def read_packed(source: Source, format_: Format, read: Reader) -> Read:
    """What a compressed stream holds. Of a page or text that is cut off comes the beginning, as a
    part, and then what is wrong.

    Its locator stays that of the file: to a person, `dump.jsonl.gz` is the dump.

    Args:
        format_: one of `COMPRESSED`.
        read: reads what it holds.
    """
    content = _decompressed(source, format_)
    if tell(content.head, content.name) not in _OF_ONE:
        yield from read(content)
        return
    begun = cast("BinaryIO", io.BytesIO())
    damage = as_far_as_it_goes(cast("BinaryIO", content.stream), begun, most=MAX_DOCUMENT)
    for one in read(replace(content, stream=buffered(begun))):
        if damage is not None and isinstance(one, RawDocument):
            yield replace(one, declared={**one.declared, IS_PART: "yes"})
        else:
            yield one
    if damage is not None:
        raise damage


def _decompressed(source: Source, format_: Format) -> Source:
    packed = Gauge(cast("BinaryIO", source.stream))
    budget = Budget(lambda: packed.count, locator=source.locator, outer=source.budget)
    content = _OPENERS[format_](cast("BinaryIO", io.BufferedReader(packed)))
    return source.within(
        cast("BinaryIO", Gauge(cast("BinaryIO", content), budget)),
        name=PurePath(source.name).stem,
        locator=source.locator,
        budget=budget,
    )


def as_far_as_it_goes(
    stream: BinaryIO,
    copy: BinaryIO,
    *,
    most: int = sys.maxsize,
    damage: tuple[type[Exception], ...] = DAMAGE,
) -> Exception | None:
    """Copies a stream up to damage, and gives that. Raises it where nothing came before.

    Args:
        most: bytes behind which nothing more is copied.
        damage: what the stream may raise that is no fault of the machine.
    """
    try:
        while copy.tell() <= most and (block := some_of(stream, HEAD)):
            copy.write(block)
    except damage as error:
        if not copy.tell():
            raise
        return error
    finally:
        copy.seek(0)
    return None


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
