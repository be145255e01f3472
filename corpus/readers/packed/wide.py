"""Wide text: how is that read as UTF-8 which has two or four bytes a letter, marked so or not?

Windows writes it wherever a program's output is put into a file. Readers that go through bytes, or
give them to a parser, need not know it then.
"""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import replace
from typing import BinaryIO, cast

from corpus.cleaner.tree.decoding import wide_without_mark
from corpus.readers.source import HEAD, Source, buffered, some_of

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BEGUN = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"(\A\s*<\?xml\b[^>]{0,200}?)\s+encoding\s*=\s*(?:\"[^\">]*\"|'[^'>]*')")
_AT_ONCE = 1 << 16


def wide_encoding(head: bytes) -> str:
    """The encoding of a text that begins so where its letters have several bytes each, else ""."""
    for begun, encoding in (*_MARKS, *_BEGUN):
        if head.startswith(begun):
            return encoding
    return wide_without_mark(head)


def narrow(content: bytes) -> bytes:
    """A text as UTF-8, as `narrowed` gives it."""
    encoding = wide_encoding(content[:HEAD])
    if not encoding:
        return content
    text = content.decode(encoding, "replace").encode("utf-8", "surrogatepass")
    return _DECLARED.sub(rb"\1", text.removeprefix(codecs.BOM_UTF8), count=1)


def narrowed(source: Source) -> Source:
    """The source with its text as UTF-8, whatever it says itself of its encoding."""
    encoding = wide_encoding(source.head)
    if not encoding:
        return source
    stream = _Narrowed(cast("BinaryIO", source.stream), encoding)
    return replace(source, stream=buffered(cast("BinaryIO", stream)))


class _Narrowed(io.RawIOBase):
    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder(encoding)("replace").decode
        self._ready = b""
        self._begun = self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # wider in typeshed
        while not self._ready and not self._ended:
            content = some_of(self._stream, _AT_ONCE)
            self._ended = not content
            text = self._decode(content, self._ended)
            self._ready = text.encode("utf-8", "surrogatepass")
            if not self._begun and self._ready:
                self._begun = True
                self._ready = _DECLARED.sub(
                    rb"\1", self._ready.removeprefix(codecs.BOM_UTF8), count=1
                )
        given, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)
