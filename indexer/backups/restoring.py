"""Restoring: how is a backup brought back, so that what is there is what was kept?

Only into a folder that is empty. Each file is written beside, compared with its SHA-256, forced to
the disk and moved into place, the catalogue last; the folder `.restoring` stands there until all is
done, and no command writes to a home that has it. Cut off anywhere, the same command goes on.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from corpus.errors import BackupCorrupt, StorageError
from corpus.home import (
    PRIVATE_FOLDER,
    RESTORING,
    Home,
    make_folder,
    private_opener,
    sync,
)
from corpus.store import Catalogue, Trouble
from indexer.backups.backup import Backup, Backups
from indexer.backups.pieces import KeptFile, Pieces


def restore(backups: Backups, home: Home, name: str = "") -> tuple[Backup, list[Trouble]]:
    """Brings a backup back into an empty folder.

    Args:
        name: which one; the newest without one.

    Returns:
        The backup, and what is wrong with its catalogue, which then was so when it was made.

    Raises:
        BackupCorrupt: a piece of it is missing or damaged. What was brought back stays, to go on
            with when the piece is there.
        StorageError: the folder holds something, or cannot be written.
    """
    backup = backups.get(name)
    _check_empty(home)
    make_folder(home.path)
    home.path.chmod(PRIVATE_FOLDER)
    beside = home.path / RESTORING
    beside.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    catalogue_last = sorted(backup.files, key=lambda path: (path == home.catalogue.name, path))
    folders = {home.path}
    for path in catalogue_last:
        target = home.path / path
        for folder in reversed(target.relative_to(home.path).parents[:-1]):
            (home.path / folder).mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            folders.add(home.path / folder)
        if not _is_there(target, backup.files[path]):
            _bring(backups.pieces, backup.files[path], beside / "file", target)
    for folder in sorted(folders, reverse=True):
        sync(folder)
    shutil.rmtree(beside)
    sync(home.path)
    with Catalogue.open(home, readonly=True) as catalogue:
        return backup, list(catalogue.troubles())


def _check_empty(home: Home) -> None:
    if not home.path.exists() or (home.path / RESTORING).is_dir():
        return
    if not home.path.is_dir() or any(home.path.iterdir()):
        raise StorageError(
            "a backup is brought back into an empty folder only",
            where=str(home.path),
            advice="Name one that is empty, or not there yet, with --home",
        )


def _is_there(target: Path, kept: KeptFile) -> bool:
    """Whether a run that was cut off brought this file back already."""
    try:
        with target.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == kept.sha256
    except FileNotFoundError:
        return False


def _bring(pieces: Pieces, kept: KeptFile, fresh: Path, target: Path) -> None:
    with open(fresh, "wb", opener=private_opener) as file:
        for piece in kept.pieces:
            file.write(pieces.content(piece))
        file.flush()
        os.fsync(file.fileno())
    if not _is_there(fresh, kept):
        raise BackupCorrupt(
            "the file that its pieces make is not the one that was kept",
            where=str(target),
            advice="Check the disk, and run it again; or bring back an earlier backup",
        )
    fresh.replace(target)
