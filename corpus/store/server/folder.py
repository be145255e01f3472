"""Folder: how are originals kept in a folder that all machines see?

A file is written beside its place, forced to the disk and renamed: who reads one finds all of it,
and two machines that keep the same document at once write the same bytes.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from corpus.errors import MachineTrouble, StorageError, machine_trouble
from corpus.home import make_folder, private_opener, sync
from corpus.store.server.objects import MARK, check_mark, name_of, packed, unpacked


class Folder:
    """The originals of one catalogue: `corpus.store.server.database.Objects`.

    Raises (from every method):
        StorageError: the folder cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def check(self, mark: str, *, empty: bool) -> None:
        """Has the folder be that of the catalogue with this mark.

        Args:
            empty: nothing was taken in yet, and the folder may be made.

        Raises:
            CatalogueCorrupt: it is another one's, or none, as where a disk is not mounted.
        """
        marked = self.path / MARK
        found: bytes | None = None
        try:
            if empty and not marked.exists():
                make_folder(self.path)
                fresh = self.path / f".{MARK}.{secrets.token_hex(4)}"
                _write(fresh, mark.encode())
                with suppress(FileExistsError):  # another machine was first
                    os.link(fresh, marked)
                fresh.unlink()
                sync(self.path)
            with suppress(FileNotFoundError):
                found = marked.read_bytes()
        except OSError as error:
            raise self._trouble(error) from error
        check_mark(found, mark, str(self.path))

    def keep(self, sha256: str, content: bytes) -> None:
        """Keeps the bytes, once however often they come; they are on the disk when it returns."""
        place = self.path / name_of(sha256)
        if place.exists():
            return
        try:
            make_folder(place.parent)
            fresh = place.with_name(f".{sha256}.{secrets.token_hex(4)}")
            try:
                _write(fresh, packed(content))
                fresh.replace(place)
            finally:
                fresh.unlink(missing_ok=True)
            sync(place.parent)
        except OSError as error:
            raise self._trouble(error) from error

    def content(self, sha256: str) -> bytes:
        """The bytes that were kept.

        Raises:
            ValueError: they are damaged, or not there.
        """
        place = self.path / name_of(sha256)
        try:
            return unpacked(place.read_bytes())
        except FileNotFoundError:
            raise ValueError(f"{place} is missing") from None
        except OSError as error:
            raise self._trouble(error) from error

    def _trouble(self, error: OSError) -> StorageError:
        if isinstance(trouble := machine_trouble(error), MachineTrouble):
            return trouble
        return StorageError(
            error.strerror or str(error),
            where=str(error.filename or self.path),
            advice="Check that the folder may be read and written, or name another",
        )


def _write(path: Path, content: bytes) -> None:
    with open(path, "wb", opener=private_opener) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
