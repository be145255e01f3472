"""Backup: how is a collection kept a second time, while it is in use?

::

    DEST/
      backups/20261129T132000Z.json   one backup: its files, their pieces, and its own checksum
      pieces/ab/ab12…                 what the files hold, each piece once (see `pieces`)
      draft/                          copies of databases while they are cut up
      .lock                           held by the process that writes

A backup is there from the instant its list is renamed into place, after all that it names was
forced to the disk and read back. One that is killed leaves the earlier ones as they were, and its
pieces for the next.
"""

from __future__ import annotations

import fcntl
import io
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

from corpus.errors import BackupCorrupt, Locked, StorageError
from corpus.home import PRIVATE_FILE, PRIVATE_FOLDER, Home, make_folder, sync
from corpus.sqlite import Access, Database, FileKind
from corpus.store import Catalogue, Trouble, lines
from corpus.store.server.choice import chosen
from indexer.backups.pieces import KeptFile, Pieces
from indexer.generations.manifest import files_below, sealed, unsealed, write_durably
from indexer.generations.publishing import Generations

FORMAT = 1
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"\d{8}T\d{6}Z")
_SQLITE = b"SQLite format 3\0"
_BESIDE = ("-wal", "-shm", "-journal")
_TRIES = 5  # generations may be pruned while they are read


def _damaged(what: str, *, where: str) -> StorageError:
    return StorageError(
        f"the file is damaged ({what})",
        where=where,
        advice="`dispatches verify` says what is; nothing was backed up",
    )


_COPIED = FileKind("the file", _damaged)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup.

    Attributes:
        name: when it was begun, UTC.
        program: the version that made it.
        link: the last link of the catalogue's chain; empty where there was no catalogue.
        counts: of the catalogue.
        troubles: what was wrong with the catalogue already when it was copied.
        files: what it holds, by path below the home.
    """

    name: str
    program: str
    link: str
    counts: Mapping[str, int]
    troubles: tuple[str, ...]
    files: Mapping[str, KeptFile]

    @property
    def pieces(self) -> set[str]:
        """Every piece that it needs."""
        return {piece for file in self.files.values() for piece in file.pieces}

    @property
    def bytes(self) -> int:
        """The size of all files."""
        return sum(file.bytes for file in self.files.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupReport:
    """What making a backup came to.

    Attributes:
        written: bytes that were not there yet.
        mended: pieces of earlier backups that were damaged, and are whole again.
        pruned: names of backups that were removed.
    """

    backup: Backup
    written: int
    mended: tuple[str, ...]
    pruned: tuple[str, ...]


class Backups:
    """The backups in one folder.

    Args:
        folder: made by the first of them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pieces = Pieces(folder / "pieces")
        self._lists = folder / "backups"

    def names(self) -> list[str]:
        """Names of all backups, oldest first."""
        if not self._lists.is_dir():
            return []
        found = (path.stem for path in self._lists.glob("*.json"))
        return sorted(name for name in found if _NAME.fullmatch(name))

    def get(self, name: str = "") -> Backup:
        """One backup; the newest without a name.

        Raises:
            BackupCorrupt: its list is damaged.
            StorageError: there is none, or a newer program made it.
        """
        names = self.names()
        if not names or (name and name not in names):
            what = f"there is no backup {name!r}" if names else "there is no backup"
            advice = f"These are here: {', '.join(names)}" if names else "Name its folder"
            raise StorageError(what, where=str(self.folder), advice=advice)
        path = self._lists / f"{name or names[-1]}.json"
        try:
            value = unsealed(path.read_bytes())
            if (found := value.pop("format")) != FORMAT:
                raise StorageError(
                    f"the backup has format {found}; this Dispatches reads format {FORMAT}",
                    where=str(path),
                    advice="Use the version of Dispatches that made it",
                )
            return _of(value)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise BackupCorrupt(
                f"the list of the backup cannot be trusted: {error}",
                where=str(path),
                advice="Bring back an earlier one: name it behind the folder",
            ) from None

    def troubles(self) -> Iterator[Trouble]:
        """What of all backups is not as it was written; every piece is read once."""
        needed: dict[str, list[str]] = {}
        for name in self.names():
            try:
                backup = self.get(name)
            except StorageError as error:
                yield Trouble(f"backups/{name}.json", f"cannot be used: {error.what}")
                continue
            for path, file in backup.files.items():
                for piece in file.pieces:
                    needed.setdefault(piece, []).append(f"{path} of {name}")
        for piece, reason in self.pieces.troubles(set(needed)):
            others = f" and {len(needed[piece]) - 1} more" if len(needed[piece]) > 1 else ""
            where = self.pieces.path(piece).relative_to(self.folder)
            yield Trouble(str(where), f"{reason}; it is part of {needed[piece][0]}{others}")

    def make(self, home: Home, *, index: bool = False, keep: int | None = None) -> BackupReport:
        """Makes a backup of a collection, which may be in use.

        What people wrote comes first, the catalogue last: whatever is spoken of is in it.

        Args:
            index: take along what a rebuild would make again: the generation in use, and analyses.
            keep: how many backups stay, the new one included; None for all. Where the catalogue is
                damaged, all stay.

        Raises:
            NoCatalogue: there is nothing to back up.
            Locked: another process writes there.
            StorageError: it could not be written, or the catalogue cannot be read.
        """
        _check_place(home, self.folder)
        make_folder(self.folder)
        with self._alone() as draft:
            files = {}
            for path, stream in _files(home, draft, index=index):
                with stream:
                    files[path] = self.pieces.keep(stream)
            backup = self._noted(home, draft, files)
            pruned = () if backup.troubles or keep is None else self._prune(keep)
        return BackupReport(
            backup=backup,
            written=self.pieces.written,
            mended=tuple(self.pieces.mended),
            pruned=pruned,
        )

    def _noted(self, home: Home, draft: Path, files: Mapping[str, KeptFile]) -> Backup:
        """The backup of files that are kept, once its list is kept too."""
        backup = Backup(
            name=self._next_name(),
            program=version("dispatches"),
            link="",
            counts={},
            troubles=(),
            files=files,
        )
        copy = draft / home.catalogue.name
        with Catalogue.open(copy, readonly=True) as catalogue:
            counts = {k: n for k, n in asdict(catalogue.counts()).items() if isinstance(n, int)}
            found = tuple(f"{trouble.what} {trouble.reason}" for trouble in catalogue.troubles())
            backup = replace(backup, link=str(catalogue.last_link()), counts=counts, troubles=found)
        self.pieces.settle()
        self._lists.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        fresh = self._lists / ".fresh"
        write_durably(fresh, sealed({"format": FORMAT, **asdict(backup)}))
        fresh.replace(self._lists / f"{backup.name}.json")
        sync(self._lists)
        sync(self.folder)
        return backup

    def _prune(self, keep: int) -> tuple[str, ...]:
        gone = tuple(self.names()[:-keep])
        for name in gone:
            (self._lists / f"{name}.json").unlink()
        sync(self._lists)
        self.pieces.drop_all_but(
            {piece for name in self.names() for piece in self.get(name).pieces}
        )
        return gone

    @contextmanager
    def _alone(self) -> Iterator[Path]:
        """An empty folder for drafts, while no other process writes here."""
        lock = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        draft = self.folder / "draft"
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(mode=PRIVATE_FOLDER)
            try:
                yield draft
            finally:
                shutil.rmtree(draft, ignore_errors=True)
        except BlockingIOError:
            raise Locked(
                "another process is making a backup here",
                where=str(self.folder),
                advice="Wait until it is done, then run the command again",
            ) from None
        finally:
            os.close(lock)

    def _next_name(self) -> str:
        """Later than every name before it, even when the clock was set back."""
        moment = datetime.now(UTC)
        for name in self.names()[-1:]:
            before = datetime.strptime(name, _STAMP).replace(tzinfo=UTC)
            moment = max(moment, before + timedelta(seconds=1))
        return moment.strftime(_STAMP)


def _check_place(home: Home, folder: Path) -> None:
    with Catalogue.open(home, readonly=True):
        pass  # one that is missing or something else is told of
    if folder.resolve().is_relative_to(home.path.resolve()):
        raise StorageError(
            "the backup would lie in the collection itself",
            where=str(folder),
            advice="Name a folder outside it, on another disk if there is one",
        )


def _files(home: Home, draft: Path, *, index: bool) -> Iterator[tuple[str, BinaryIO]]:
    """Each file of a home with its content as of one instant, the catalogue last."""
    again = {
        home.openings,  # whose lines are to end, and would not in a backup
        home.server,  # what is brought back stands by itself
        *home.made_again,
        *(p.with_name(p.name + end) for p in home.made_again for end in _BESIDE),
    }
    for path in home.kept:
        if path not in again and path != home.catalogue:
            yield from _file(home, path, draft)
    if index:
        for path in (home.analysis_cache, home.vector_cache, home.sheets):
            yield from _file(home, path, draft)
        yield from _generation(home)
    yield from _catalogue(home, draft)


def _catalogue(home: Home, draft: Path) -> Iterator[tuple[str, BinaryIO]]:
    """The catalogue as a file, wherever it is."""
    server = chosen(home)
    if server is None:
        yield from _file(home, home.catalogue, draft)
        return
    from corpus.store.server.moving import copy_to_file  # noqa: PLC0415 - few collections are there

    copy = draft / home.catalogue.name
    copy_to_file(home, server, copy)
    yield copy.name, copy.open("rb")


def _file(home: Home, path: Path, draft: Path) -> Iterator[tuple[str, BinaryIO]]:
    if path.is_symlink() or path.name.startswith(".") or path.name.endswith(_BESIDE):
        return
    if path.is_dir():
        for entry in sorted(path.iterdir()):
            yield from _file(home, entry, draft)
        return
    name = path.relative_to(home.path).as_posix()
    try:
        with path.open("rb") as file:
            is_database = file.read(len(_SQLITE)) == _SQLITE
        if is_database:
            copy = draft / name
            copy.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            with Database(path, _COPIED, Access.READ) as database:
                database.copy_to(copy)
            yield name, copy.open("rb")
        else:
            is_of_lines = path.parent == home.path
            with lines.alone(path) if is_of_lines else nullcontext():  # nobody is amid a line
                content = path.read_bytes()
            yield name, io.BytesIO(content)
    except FileNotFoundError:
        return  # it is not there, or was removed meanwhile


def _generation(home: Home) -> Iterator[tuple[str, BinaryIO]]:
    """The generation in use and the pointer to it; nothing where there is none.

    Each of its files is opened before the first is given, so that none is gone halfway.
    """
    generations = Generations(home.index)
    for _ in range(_TRIES):
        if not generations.pointer.exists():
            return
        current = generations.current()
        opened: dict[str, BinaryIO] = {}
        try:
            for name in files_below(current.path):
                path = current.path / name
                opened[path.relative_to(home.path).as_posix()] = path.open("rb")
        except FileNotFoundError:
            for stream in opened.values():
                stream.close()
            continue
        yield from opened.items()
        pointer = generations.pointer.relative_to(home.path).as_posix()
        yield pointer, io.BytesIO(f"{current.name}\n".encode())
        return
    raise Locked(
        "the index changes faster than it can be copied",
        where=str(home.index),
        advice="Wait until the rebuilds have ended, or leave out --with-index",
    )


def _of(value: dict[str, Any]) -> Backup:
    files = {
        _safe(path): KeptFile(file["bytes"], file["sha256"], tuple(file["pieces"]))
        for path, file in value.pop("files").items()
    }
    return Backup(files=files, troubles=tuple(value.pop("troubles")), **value)


def _safe(path: str) -> str:
    """A path that stays below a home: a list may come from anybody."""
    parts = path.split("/")
    if not path or "\0" in path or any(part in {"", ".", ".."} for part in parts):
        raise ValueError(f"it names the file {path!r}")
    return path
