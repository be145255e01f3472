"""Lines: which lines of text are in a file, whatever its encoding, and which of them are one part?

A line, or a part, that is longer than a document costs itself, and takes no more memory than one.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator
from typing import cast

from charset_normalizer import from_bytes

from corpus.errors import UnsafeInput
from corpus.readers.source import MAX_DOCUMENT, Source

_ENOUGH_TO_GUESS = 1000
"""Bytes from which a guess among all encodings is better than the most common one."""

_COMMONEST = "cp1252"
_NOT_LATIN = [
    "cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5", "cp1253", "cp1256", "iso8859_6", "cp1255",
    "gb18030", "big5", "cp932", "euc_jp", "cp949",
]  # fmt: skip
"""What a table is written in whose letters are mostly beyond ASCII. Among these few a row is
enough: of 16 tables of one row in six languages 15 are told, among all encodings 13.
"""
_SKIPPED_AT_ONCE = 1 << 20


def encoding_of(head: bytes) -> tuple[str, bool]:
    """The encoding of a text that begins so, and whether it is a guess."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", False
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig", False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # a character may be cut at the end
    except UnicodeDecodeError:
        beyond = sum(byte >= 0x80 for byte in head)
        if 2 * beyond > sum(byte >= 0x80 or chr(byte).isalpha() for byte in head):
            best = from_bytes(head, cp_isolation=_NOT_LATIN).best()
        else:
            best = from_bytes(head).best() if len(head) >= _ENOUGH_TO_GUESS else None
        return best.encoding if best else _COMMONEST, True
    return "utf-8", False


def opened(stream: io.BufferedIOBase, encoding: str) -> io.TextIOWrapper:
    """A stream as text, its line breaks as they are; to be detached where the stream lives on."""
    return io.TextIOWrapper(
        cast("io.BufferedReader", stream), encoding=encoding, errors="replace", newline=""
    )


def bounded(lines: io.TextIOWrapper) -> Iterator[str]:
    """The lines, of one that is longer than a document only so much that it is seen to be."""
    while line := lines.readline(MAX_DOCUMENT + 1):
        if len(line) <= MAX_DOCUMENT:
            yield line
        else:
            yield line + "x" * (MAX_DOCUMENT + 1)
            while line and not line.endswith(("\n", "\r")):
                line = lines.readline(_SKIPPED_AT_ONCE)


def lines_of(source: Source) -> Iterator[str]:
    """The lines of a text, without what ends them."""
    text = opened(source.stream, encoding_of(source.head)[0])
    try:
        for line in bounded(text):
            yield line.rstrip("\r\n")
    finally:
        text.detach()


def begun_in(source: Source) -> str:
    """How a text begins, its lines ended alike."""
    text = source.head.decode(encoding_of(source.head)[0], "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parts_of(
    lines: Iterable[str],
    *,
    where: str,
    begin: re.Pattern[str] | None = None,
    end: re.Pattern[str] | None = None,
) -> Iterator[tuple[int, list[str] | UnsafeInput]]:
    """The parts that some lines begin or end, those lines among them; one too long costs itself.

    Args:
        where: what is read, for a person.
        begin: matches a line that begins a part.
        end: matches a line that ends one.
    """
    part: list[str] = []
    size, number = 0, 1
    for line in lines:
        if begin and begin.match(line) and any(map(str.strip, part)):
            yield number, _within(part, size, f"{where}!{number}")
            part, size, number = [], 0, number + 1
        size += len(line) + 1
        if size <= MAX_DOCUMENT:
            part.append(line)
        if end and end.match(line):
            yield number, _within(part, size, f"{where}!{number}")
            part, size, number = [], 0, number + 1
    if any(map(str.strip, part)) or size > MAX_DOCUMENT:
        yield number, _within(part, size, f"{where}!{number}")


def _within(part: list[str], size: int, where: str) -> list[str] | UnsafeInput:
    if size <= MAX_DOCUMENT:
        return part
    return UnsafeInput(f"it is longer than {MAX_DOCUMENT >> 20} MB", where=where)


def paragraphs_in(lines: Iterable[str]) -> list[str]:
    """Paragraphs that empty lines part, each in one line."""
    return [" ".join(block) for block in blocks_in(lines)]


def blocks_in(lines: Iterable[str]) -> list[list[str]]:
    """The lines that empty ones part, each without the room beside it and inside."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(" ".join(line.split()))
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]
