"""Unlisted members: which are in a ZIP archive whose list, which stands at its end, is lost?

A download that was cut off has none. Each member has a header of its own; what is wrong with one
costs it, and the next is looked for behind it.
"""

from __future__ import annotations

import bz2
import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from corpus.errors import UnreadableInput
from corpus.readers.packed.archives import MEMBER, ReadMember, is_furniture, without_suffix
from corpus.readers.source import Budget, Gauge, Read, Source

_HEADER = struct.Struct("<4sHHHHHIIIHH")
_LOCKED, _SIZES_BEHIND, _UTF_8 = 1, 8, 0x800
_STORED, _DEFLATED, _BZIP2 = 0, 8, 12
_AT_ONCE = 1 << 16
_PACKED_AT_ONCE = 1 << 12
"""Bytes unpacked together, which may become a thousand times as many."""
_LARGE = 0xFFFFFFFF
_OF_ONE_DOCUMENT = re.compile(
    r"\[Content_Types\]\.xml|mimetype|(?:META-INF|xl|word|ppt|docProps|_rels)/.*"
)
"""How the first member of a document that has parts is called."""
_BESIDE_CRAWLS = re.compile(
    r"datapackage(?:-digest)?\.json|pages/(?:extraP|p)ages\.jsonl|indexes/[^/]+\.(?:cdx|idx)(?:\.gz)?|logs/[^/]+\.log"
)
"""What lies in a package of crawls beside these."""


@dataclass(frozen=True, slots=True)
class _Member:
    """A member: its name, how it is packed, where its bytes begin, and how many if that is told."""

    name: str
    method: int
    begin: int
    size: int | None
    checksum: int | None
    is_locked: bool


def read_unlisted(source: Source, damage: UnreadableInput, *, read_member: ReadMember) -> Read:
    """Every document in the members that can be found, and what is wrong with the archive.

    Args:
        source: one that can be sought.
        damage: why its list cannot be read.

    Raises:
        UnreadableInput: `damage`, where it is one document that has parts.
    """
    file = cast("BinaryIO", source.stream)
    budget = Budget(lambda: file.seek(0, 2), locator=source.locator, outer=source.budget)
    pages: set[str] = set()
    found = 0
    at = _following(file, 0)
    while at is not None and (member := _member(file, at)) is not None:
        if not found and _OF_ONE_DOCUMENT.fullmatch(member.name):
            raise damage
        found += 1
        content = _Content(file, member)
        pages.add(without_suffix(member.name))
        if not (
            member.name.endswith(("/", "index.rdf"))
            or is_furniture(member.name, pages, source)
            or _BESIDE_CRAWLS.fullmatch(member.name)
        ):
            gauge = cast("BinaryIO", Gauge(cast("BinaryIO", content), budget))
            yield from read_member(source.within(gauge, name=member.name, budget=budget))
        at = _following(file, content.end(budget))
    raise UnreadableInput(
        damage.what,
        where=source.locator,
        advice="It is damaged or cut off; what of it could be found was taken in"
        if found
        else damage.advice,
    )


def _following(file: BinaryIO, at: int) -> int | None:
    """Where the next header is, from a place on."""
    file.seek(at)
    held = b""
    while True:
        content = file.read(_AT_ONCE)
        held += content
        if (place := held.find(MEMBER)) >= 0:
            return at + place
        if not content:
            return None
        at += max(0, len(held) - 3)
        held = held[-3:]


def _member(file: BinaryIO, at: int) -> _Member | None:
    file.seek(at)
    head = file.read(_HEADER.size)
    if len(head) < _HEADER.size:
        return None
    _, _, flags, method, _, _, checksum, packed, _, named, more = _HEADER.unpack(head)
    name = file.read(named).decode("utf-8" if flags & _UTF_8 else "cp437", "replace")
    extra = file.read(more)
    size: int | None = packed
    if flags & _SIZES_BEHIND:
        size = None
    elif packed == _LARGE:
        size = _large_size(extra)
    return _Member(
        name=name,
        method=method,
        begin=at + _HEADER.size + named + more,
        size=size,
        checksum=None if flags & _SIZES_BEHIND else checksum,
        is_locked=bool(flags & _LOCKED),
    )


def _large_size(extra: bytes) -> int | None:
    """The packed size in a field of ZIP64, behind the one that it unpacks to."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1 and length >= 16:
            return int(struct.unpack_from("<Q", extra, at + 12)[0])
        at += 4 + length
    return None


class _Content(io.RawIOBase):
    """What a member unpacks to.

    Raises, when read:
        zipfile.BadZipFile, zlib.error, OSError, EOFError: it is damaged.
    """

    def __init__(self, file: BinaryIO, member: _Member) -> None:
        self._file = file
        self._member = member
        self._at = member.begin
        self._unpacker: Any = None
        if member.method == _DEFLATED:
            self._unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        elif member.method == _BZIP2:
            self._unpacker = bz2.BZ2Decompressor()
        self._checksum = 0
        self._ready = b""
        self._is_done = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # wider in typeshed
        while not self._ready and not self._is_done:
            self._ready = self._more()
            self._checksum = zlib.crc32(self._ready, self._checksum)
        if not self._ready:  # what it holds is given first
            self._check()
        given, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)

    def _check(self) -> None:
        if self._is_done and self._member.checksum not in (None, self._checksum):
            raise zipfile.BadZipFile(f"Bad CRC-32 for file {self._member.name!r}")

    def _more(self) -> bytes:
        member = self._member
        if member.is_locked:
            raise zipfile.BadZipFile(f"File {member.name!r} is encrypted")
        if self._unpacker is None and (member.method != _STORED or member.size is None):
            raise zipfile.BadZipFile(f"{member.name!r} is packed in a way that is not known")
        left = _PACKED_AT_ONCE if member.size is None else member.begin + member.size - self._at
        self._file.seek(self._at)
        packed = self._file.read(min(left, _PACKED_AT_ONCE))
        if not packed and left:
            raise EOFError("it is cut off")
        self._at += len(packed)
        if self._unpacker is None:
            self._is_done = self._at == member.begin + (member.size or 0)
            return packed
        unpacked: bytes = self._unpacker.decompress(packed)
        self._is_done = self._unpacker.eof
        if self._is_done:
            self._at -= len(self._unpacker.unused_data)
        elif not packed:
            raise EOFError("it is cut off")
        return unpacked

    def end(self, budget: Budget) -> int:
        """Where the member ends, as far as that can be told."""
        if self._member.size is not None:
            return self._member.begin + self._member.size
        try:
            while not self._is_done:
                budget.spend(len(self._more()))
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError):
            return self._member.begin
        return self._at
