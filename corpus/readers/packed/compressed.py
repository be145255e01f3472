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

from corpus.readers.formats import Format
from corpus.readers.source import HEAD, Budget, Gauge, Source

_OPENERS: dict[Format, Callable[[BinaryIO], object]] = {
    Format.GZIP: lambda stream: gzip.GzipFile(fileobj=stream),
    Format.BZIP2: bz2.BZ2File,
    Format.XZ: lzma.LZMAFile,
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
