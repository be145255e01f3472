"""How does a folder of files survive a power cut, and how is it told later that it did?"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import StorageError
from indexer.generations.manifest import FileRecord


def files_below(folder: Path) -> Iterator[str]:
    """Every file below a folder, as a path relative to it, sorted."""
    return (
        path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()
    )


def measured(path: Path) -> FileRecord:
    """Size and SHA-256 of a file.

    Raises:
        StorageError: it cannot be read.
    """
    try:
        return FileRecord(path.stat().st_size, _digest(path))
    except OSError as error:
        raise StorageError(f"the file cannot be read: {error}", where=str(path)) from None


def settled(path: Path) -> FileRecord:
    """Forces a file to the disk, and measures it as `measured` does."""
    sync(path)
    return measured(path)


def sync(path: Path) -> None:
    """Forces a file's content, or a folder's entries, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_durably(path: Path, text: str) -> None:
    """Writes a file and forces it to the disk."""
    path.write_text(text, encoding="utf-8")
    sync(path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
