"""Archives: read member by member, in memory: nothing is ever unpacked to disk by name."""

from __future__ import annotations

import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, Self, cast

from corpus.errors import UnreadableInput
from corpus.readers.folder import is_part_of_page, is_parts_folder
from corpus.readers.source import Budget, Gauge, Read, Source

ReadMember = Callable[[Source], Read]
_COPIED_AT_ONCE = 1 << 20


def read_zip(source: Source, *, read_member: ReadMember) -> Read:
    """Every document in the members of a ZIP archive."""
    with seekable(source) as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            # NotImplementedError: a version of ZIP that is not known
            raise UnreadableInput(f"no readable ZIP ({error})", where=source.locator) from None
        size = stream.seek(0, 2)
        budget = Budget(lambda: size, locator=source.locator, outer=source.budget)
        # `is_dir` fails on a damaged member without a name
        members = [member for member in archive.infolist() if not member.filename.endswith("/")]
        pages = {_without_suffix(member.filename) for member in members}
        for member in members:
            if _is_furniture(member.filename, pages):
                continue
            try:
                content = archive.open(member)
            except (zipfile.BadZipFile, RuntimeError, ValueError, OSError, EOFError) as error:
                # RuntimeError: the member is encrypted, or packed in a way that is not known
                locator = f"{source.locator}!{member.filename}"
                yield UnreadableInput(str(error), where=locator)
                continue
            with content:
                gauge = cast("BinaryIO", Gauge(cast("BinaryIO", content), budget))
                yield from read_member(source.within(gauge, name=member.filename, budget=budget))


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
                pages.add(_without_suffix(member.name))
                content = archive.extractfile(member) if member.isfile() else None
                if content is None or _is_furniture(member.name, pages):
                    continue
                gauge = cast("BinaryIO", Gauge(cast("BinaryIO", content), budget))
                yield from read_member(source.within(gauge, name=member.name, budget=budget))
    except tarfile.TarError as error:
        raise UnreadableInput(f"the tar is damaged ({error})", where=source.locator) from None


@contextmanager
def seekable(source: Source) -> Iterator[BinaryIO]:
    """The stream itself when it can be sought, else a temporary copy of it."""
    if source.stream.seekable():
        source.stream.seek(0)
        yield cast("BinaryIO", source.stream)
        return
    with tempfile.TemporaryFile() as copy:
        while block := source.stream.read(_COPIED_AT_ONCE):
            copy.write(block)
        copy.seek(0)
        yield cast("BinaryIO", copy)


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


def _without_suffix(name: str) -> str:
    path = PurePosixPath(name)
    return str(path.with_suffix("")) if path.name else name


def _is_furniture(name: str, pages: set[str]) -> bool:
    """Whether a member is hidden, a picture or style, or in the folder of a saved page."""
    path = PurePosixPath(name)
    if any(part.startswith((".", "__MACOSX")) for part in path.parts if part not in (".", "..")):
        return True
    return is_part_of_page(name) or any(
        is_parts_folder(str(folder), pages) for folder in path.parents
    )
