"""Objects: originals in a folder, each a file under its SHA-256, for a catalogue on a server.

::

    catalogue            the mark of the catalogue whose originals these are
    3f/3f786850….gz      a document as it was collected, compressed

All machines that take in must see the same folder. A file is written beside its place, forced to
the disk and renamed: who reads one finds all of it, and two machines that keep the same document at
once write the same bytes. Nothing is ever changed or removed.
"""

from __future__ import annotations

import os
import secrets
import zlib
from contextlib import suppress
from pathlib import Path

from corpus.errors import CatalogueCorrupt, MachineTrouble, StorageError, machine_trouble
from corpus.home import make_folder, private_opener, sync

_MARK = "catalogue"
_GZIP = 31  # with a header and a check value, so that other tools can read it


class Folder:
    """The originals of one catalogue.

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
        marked = self.path / _MARK
        try:
            if empty and not marked.exists():
                make_folder(self.path)
                fresh = self.path / f".{_MARK}.{secrets.token_hex(4)}"
                _write(fresh, mark.encode())
                with suppress(FileExistsError):  # another machine was first
                    os.link(fresh, marked)
                fresh.unlink()
                sync(self.path)
            found = marked.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise CatalogueCorrupt(
                "the originals of this catalogue are not here",
                where=str(self.path),
                advice="Mount the folder that all machines share, or name it with --originals",
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            raise self._trouble(error) from error
        if found != mark:
            raise CatalogueCorrupt(
                "these are the originals of another catalogue",
                where=str(self.path),
                advice="Name the folder of this one with --originals",
            )

    def keep(self, sha256: str, content: bytes) -> None:
        """Keeps the bytes, once however often they come; they are on the disk when it returns."""
        place = self._place(sha256)
        if place.exists():
            return
        try:
            make_folder(place.parent)
            fresh = place.with_name(f".{sha256}.{secrets.token_hex(4)}")
            try:
                _write(fresh, _compressed(content))
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
        try:
            return zlib.decompress(self._place(sha256).read_bytes(), _GZIP)
        except FileNotFoundError:
            raise ValueError(f"{self._place(sha256)} is missing") from None
        except zlib.error as error:
            raise ValueError(str(error)) from error
        except OSError as error:
            raise self._trouble(error) from error

    def _place(self, sha256: str) -> Path:
        return self.path / sha256[:2] / f"{sha256}.gz"

    def _trouble(self, error: OSError | UnicodeDecodeError) -> StorageError:
        if isinstance(trouble := machine_trouble(error), MachineTrouble):
            return trouble
        return StorageError(
            getattr(error, "strerror", None) or str(error),
            where=str(getattr(error, "filename", None) or self.path),
            advice="Check that the folder may be read and written, or name another",
        )


def _compressed(content: bytes) -> bytes:
    packing = zlib.compressobj(wbits=_GZIP)
    return packing.compress(content) + packing.flush()


def _write(path: Path, content: bytes) -> None:
    with open(path, "wb", opener=private_opener) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
