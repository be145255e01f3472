"""Archives: read member by member, in memory: nothing is ever unpacked to disk by name."""

from __future__ import annotations

import io
import lzma
import posixpath
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import IO, BinaryIO, Self, cast

from corpus.errors import UnreadableInput, machine_trouble
from corpus.readers.folder import is_list_of_posts, is_part_of_page, is_parts_folder
from corpus.readers.packed.compressed import DAMAGE, as_far_as_it_goes
from corpus.readers.source import (
    LONGEST_BESIDE,
    Budget,
    Gauge,
    Read,
    Source,
    buffered,
    some_of,
)

DAMAGEDMEMBER = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, ValueError, OSError, EOFError,
)  # fmt: skip
"""What reading a member may raise. RuntimeError: it is encrypted, or packed in an unknown way."""

ReadMember = Callable[[Source], Read]


@contextmanager
def opened_zip(source: Source) -> Iterator[zipfile.ZipFile]:
    """The ZIP archive that a source is.

    Raises:
        UnreadableInput: it is none that can be read.
    """
    with seekable(source) as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            # NotImplementedError: a version of ZIP that is not known
            raise UnreadableInput(f"no readable ZIP ({error})", where=source.locator) from None
        if (members := archive.infolist()) and not _is_there(stream, members[0]):
            what = "no readable ZIP (its list tells wrong places)"
            raise UnreadableInput(what, where=source.locator)
        yield archive


def _is_there(stream: BinaryIO, member: zipfile.ZipInfo) -> bool:
    """Whether a member begins where the list of its archive says."""
    stream.seek(max(member.header_offset, 0))
    return member.header_offset >= 0 and stream.read(len(MEMBER)) == MEMBER


MEMBER = b"PK\x03\x04"


def read_zip(source: Source, *, read_member: ReadMember) -> Read:
    """Every document in the members of a ZIP archive."""
    with opened_zip(source) as archive:
        # `is_dir` fails on a damaged member without a name
        members = [member for member in archive.infolist() if not member.filename.endswith("/")]
        pages = {without_suffix(member.filename) for member in members}
        if not members:
            raise UnreadableInput("there is nothing in this archive", where=source.locator)
        documents = [one for one in members if not is_furniture(one.filename, pages, source)]
        yield from read_members(source, archive, documents, read_member=read_member)


def read_members(
    source: Source,
    archive: zipfile.ZipFile,
    members: Iterable[zipfile.ZipInfo],
    *,
    read_member: ReadMember,
) -> Read:
    """Every document in some members of a ZIP archive, within one budget."""
    budget = Budget(lambda: size_of(archive), locator=source.locator, outer=source.budget)
    for member in members:
        try:
            content = _unchecked(archive, member)
        except DAMAGEDMEMBER as error:
            if trouble := machine_trouble(error):
                raise trouble from error
            locator = f"{source.locator}!{member.filename}"
            yield UnreadableInput(str(error), where=locator)
            continue
        with content:
            checked = _Checked(cast("BinaryIO", content), member)
            gauge = cast("BinaryIO", Gauge(cast("BinaryIO", checked), budget))
            inside = source.within(
                gauge,
                name=member.filename,
                budget=budget,
                beside=partial(_member_beside, source, archive, member.filename),
            )
            yield from read_member(inside)


def _unchecked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> IO[bytes]:
    """The content of a member, whose checksum `_Checked` compares: `zipfile` does so before it
    gives the last megabyte, which a damage far before would cost.
    """
    told = copy(member)
    del told.CRC
    return archive.open(told)


class _Checked(io.RawIOBase):
    """The content of a member of a ZIP; at its end it says whether that is as it was packed."""

    def __init__(self, content: BinaryIO, member: zipfile.ZipInfo) -> None:
        self._content = content
        self._member = member
        self._checksum = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # wider in typeshed
        given = some_of(self._content, len(buffer))
        self._checksum = zlib.crc32(given, self._checksum)
        if len(buffer) and not given and self._checksum != self._member.CRC:
            raise zipfile.BadZipFile(f"Bad CRC-32 for file {self._member.filename!r}")
        buffer[: len(given)] = given
        return len(given)


def _member_beside(
    source: Source, archive: zipfile.ZipFile, member: str, name: str
) -> bytes | None:
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(member), name))
    return member_of(source, archive, beside, most=LONGEST_BESIDE)


def member_of(source: Source, archive: zipfile.ZipFile, name: str, *, most: int) -> bytes | None:
    """The content of one member; None where it is not there, cannot be read or is longer."""
    try:
        with archive.open(name) as content:
            found = content.read(most + 1)
    except (KeyError, *DAMAGEDMEMBER):
        return None
    if source.budget is not None:
        source.budget.spend(len(found))
    return found if len(found) <= most else None


def size_of(archive: zipfile.ZipFile) -> int:
    """How many bytes an archive has, packed."""
    stream = cast("BinaryIO", archive.fp)
    position = stream.tell()
    size = stream.seek(0, 2)
    stream.seek(position)
    return size


def read_tar(source: Source, *, read_member: ReadMember) -> Read:
    """Every document in the members of a tar archive, read as a stream."""
    packed = Gauge(cast("BinaryIO", source.stream))
    # A sparse member claims more bytes than the archive holds.
    budget = Budget(lambda: packed.count, locator=source.locator, outer=source.budget)
    pages: set[str] = set()
    try:
        with tarfile.open(fileobj=packed, mode="r|", tarinfo=_Header) as archive:
            while (member := archive.next()) is not None:
                archive.members = []  # type: ignore[attr-defined] # else it keeps every member
                pages.add(without_suffix(member.name))
                content = archive.extractfile(member) if member.isfile() else None
                if content is None or is_furniture(member.name, pages, source):
                    continue
                gauge = cast("BinaryIO", Gauge(cast("BinaryIO", content), budget))
                yield from read_member(source.within(gauge, name=member.name, budget=budget))
    except tarfile.TarError as error:
        raise UnreadableInput(f"the tar is damaged ({error})", where=source.locator) from None


@contextmanager
def seekable(source: Source) -> Iterator[BinaryIO]:
    """The stream itself when it can be sought, else a temporary copy of it.

    Raises:
        Exception: at the end, where only a part of it could be copied, why.
    """
    if source.stream.seekable():
        source.stream.seek(0)
        yield cast("BinaryIO", source.stream)
        return
    with tempfile.TemporaryFile() as file:
        stream, copy = cast("BinaryIO", source.stream), cast("BinaryIO", file)
        damage = as_far_as_it_goes(stream, copy, damage=_CUT_OFF)
        yield copy
    if damage is not None:
        raise damage


_CUT_OFF = (*DAMAGE, zipfile.BadZipFile)
"""What reading packed content may raise that is damage, and no fault of the machine."""


@contextmanager
def settled(source: Source) -> Iterator[Source]:
    """The source with a stream that can be sought, at its beginning."""
    with seekable(source) as stream:
        yield source if stream is source.stream else replace(source, stream=buffered(stream))


class _Header(tarfile.TarInfo):
    """A member's header; a damaged one is an error, where `tarfile` takes it for the end."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(archive)
        except tarfile.HeaderError as error:
            if type(error).__name__ == "EOFHeaderError":  # the mark of the end, not public by name
                raise
            raise tarfile.ReadError(f"{error} at byte {archive.fileobj.tell()}") from error


def without_suffix(name: str) -> str:
    """The name of a member as its parts may be called after."""
    path = PurePosixPath(name)
    return str(path.with_suffix("")) if path.name else name


def is_furniture(name: str, pages: set[str], source: Source) -> bool:
    """Whether a member is hidden, a picture or style, or in the folder of a saved page."""
    path = PurePosixPath(name)
    if any(part.startswith((".", "__MACOSX")) for part in path.parts if part not in (".", "..")):
        return True
    is_part = is_part_of_page(name, scans=source.asked.scans)
    return (is_part and not is_list_of_posts(name)) or any(
        is_parts_folder(str(folder), pages) for folder in path.parents
    )
