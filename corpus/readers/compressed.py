"""How is a compressed file read? As what it holds."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from pathlib import PurePath
from typing import BinaryIO, cast

from corpus.readers.budget import Budget, Gauge
from corpus.readers.formats import Format
from corpus.readers.source import HEAD, Source

_OPENERS: dict[Format, Callable[[BinaryIO], object]] = {
    Format.GZIP: lambda stream: gzip.GzipFile(fileobj=stream),
    Format.BZIP2: bz2.BZ2File,
    Format.XZ: lzma.LZMAFile,
}

COMPRESSED = frozenset(_OPENERS)


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


def head_of_gzip(head: bytes) -> bytes:
    """The first bytes that a gzip stream holds, as far as its own first bytes tell."""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, HEAD)
    except zlib.error:
        return b""
