"""Pieces: how is the content of files kept once, whichever backups hold it?

A file is cut every 64 KB, and each piece is a file named by its own SHA-256. A catalogue that grew
has most pages as they were, so that the next backup writes few pieces: with larger ones, the few
pages of its indexes that every intake touches would have all of them written again. No list names a
piece that was not forced to the disk and read back; what a killed backup left under a name is
compared with what should be there before it counts.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.errors import BackupCorrupt
from corpus.home import make_folder, private_opener, sync

SIZE = 64 << 10
"""Bytes of a piece: sixteen pages of SQLite."""
_FRESH = ".fresh"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """What a backup says of one file.

    Attributes:
        bytes: its size.
        sha256: of all of it.
        pieces: SHA-256 of each piece, in order.
    """

    bytes: int
    sha256: str
    pieces: tuple[str, ...]


class Pieces:
    """All pieces in one folder. One process writes there.

    Attributes:
        written: how many bytes were written since this was made; what was there is not.
        mended: pieces that were damaged, and were written anew.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written = 0
        self.mended: list[str] = []
        self._fresh: list[str] = []
        self._touched: set[Path] = set()

    def keep(self, stream: BinaryIO) -> KeptFile:
        """Keeps the content of a file; pieces that are there are read, and compared with it."""
        whole, size, names = hashlib.sha256(), 0, []
        while content := stream.read(SIZE):
            whole.update(content)
            size += len(content)
            names.append(self._keep(content))
        return KeptFile(size, whole.hexdigest(), tuple(names))

    def content(self, name: str) -> bytes:
        """One piece as it was written.

        Raises:
            BackupCorrupt: it is missing, or is something else by now.
        """
        if reason := self._trouble(name):
            raise BackupCorrupt(
                f"the piece {reason}",
                where=str(self.path(name)),
                advice="Bring back an earlier backup, or one from another disk",
            )
        return self.path(name).read_bytes()

    def troubles(self, names: set[str]) -> Iterator[tuple[str, str]]:
        """Which of some pieces are not as they were written, and why: each is read."""
        for name in sorted(names):
            if reason := self._trouble(name):
                yield name, reason

    def settle(self) -> None:
        """Forces what was written to the disk, and reads it back from there.

        Raises:
            OSError: what was read back is something else.
        """
        for name in self._fresh:
            sync(self.path(name))
        for name in self._fresh:
            if reason := self._trouble(name):
                raise OSError(errno.EIO, f"what was written {reason}", str(self.path(name)))
        for folder in sorted(self._touched):
            sync(folder)
        self._fresh.clear()
        self._touched.clear()

    def drop_all_but(self, names: set[str]) -> int:
        """Removes pieces that nothing needs, and what was left half written; returns how many."""
        gone = 0
        for path in self.folder.glob("??/*"):
            if path.name not in names:
                path.unlink()
                gone += 1
        return gone

    def path(self, name: str) -> Path:
        """Where a piece lies."""
        return self.folder / name[:2] / name

    def _keep(self, content: bytes) -> str:
        name = hashlib.sha256(content).hexdigest()
        path = self.path(name)
        if path.exists():
            if _read(path) == content:
                return name
            self.mended.append(name)
        self._write(path, content)
        return name

    def _write(self, path: Path, content: bytes) -> None:
        for folder in (self.folder, path.parent):
            if not folder.is_dir():
                make_folder(folder)
                self._touched.add(folder.parent)
        fresh = path.with_name(_FRESH)
        with open(fresh, "wb", opener=private_opener) as file:
            file.write(content)
        fresh.replace(path)
        self._fresh.append(path.name)
        self._touched.add(path.parent)
        self.written += len(content)

    def _trouble(self, name: str) -> str:
        """Why a piece is not as it was written; empty when it is."""
        try:
            content = _read(self.path(name))
        except FileNotFoundError:
            return "is missing"
        except OSError as error:
            return f"cannot be read ({error.strerror})"
        return "" if hashlib.sha256(content).hexdigest() == name else "has other bytes than written"


def _read(path: Path) -> bytes:
    """The file as the disk has it, as far as the system lets us ask for that."""
    with path.open("rb") as file:
        _forget(file.fileno())
        return file.read()


def _forget(handle: int) -> None:
    """Has the system read a file from the disk again, and not from memory."""
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):  # a filesystem that keeps all in memory
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
