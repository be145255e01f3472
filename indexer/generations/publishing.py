"""Generations: how does an index change under readers without any of them noticing?

Each rebuild makes a new folder beside the old ones. Publishing is one atomic rename of the file
`current`, which holds a name; before that instant the old generation serves, after it the new one,
and a rebuild killed at any time leaves only a draft, which the next rebuild removes::

    index/
      current                         the name of the published generation
      20261122T191500Z-1f0c2a9b/      a generation: time built and hash of its content
        manifest.json                 counts, versions, SHA-256 of every file
        entities.sqlite  events.sqlite  places.sqlite  vectors  whoosh/…
      .draft/                         one that is being built
      .lock                           held by the process that builds
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from corpus.errors import GenerationGone, IndexCorrupt, Locked, NoIndex, StorageError
from corpus.home import PRIVATE_FILE, PRIVATE_FOLDER, Home, make_private, sync
from indexer.generations.manifest import (
    MANIFEST,
    FileRecord,
    Manifest,
    content_hash,
    files_below,
    made_durable,
    measured,
    read_manifest,
    write_durably,
)

ENTITIES, EVENTS, PLACES = "entities.sqlite", "events.sqlite", "places.sqlite"
VECTORS = "vectors"
WHOOSH, OPENSEARCH = "whoosh", "opensearch"
"""The parts of a generation: three files, one more where its operator wants it, and the folder of
its engine."""
_NAME = re.compile(r"(\d{8}T\d{6}Z)-[0-9a-f]{8}")
_STAMP = "%Y%m%dT%H%M%SZ"
_TRIES = 10  # how often a reader follows a pointer that moves on while it looks


@dataclass(frozen=True, slots=True)
class Generation:
    """One published index, complete and never changed again."""

    name: str
    path: Path
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Damage:
    """One file of a generation that is not what its manifest says."""

    file: str
    reason: str


class Draft(AbstractContextManager["Draft"]):
    """A generation being built: an empty folder, and the right to publish it.

    Closed without publishing, it is removed. Holds the lock of its `Generations`.

    Attributes:
        path: where the files go.
    """

    def __init__(self, path: Path, lock: int) -> None:
        self.path = path
        self._lock: int | None = lock

    def close(self) -> None:
        """Gives the lock back and removes what was not published."""
        if self._lock is not None:
            shutil.rmtree(self.path, ignore_errors=True)
            os.close(self._lock)
            self._lock = None

    def __exit__(self, *_error: object) -> None:
        self.close()


def _identity(path: Path) -> tuple[int, ...]:
    """The same for two names of one file."""
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


class Generations:
    """The generations of one collection.

    Args:
        folder: `Home.index`; made by the first draft.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Where they are."""
        return self._folder

    @property
    def pointer(self) -> Path:
        """The file whose replacement publishes: watch its `stat` to notice a new generation."""
        return self._folder / "current"

    @property
    def _fresh(self) -> Path:
        """The pointer to come, until it is moved to its place."""
        return self._folder / ".current"

    def names(self) -> list[str]:
        """Names of the generations that can be read, oldest first."""
        if not self._folder.is_dir():
            return []
        names = (entry.name for entry in self._folder.iterdir() if entry.is_dir())
        return sorted(name for name in names if _NAME.fullmatch(name))

    def published_by(self, moment: datetime) -> str:
        """The name of the last generation from before a moment that is still here, or nothing."""
        limit = moment.astimezone(UTC).strftime(_STAMP)
        return max((name for name in self.names() if name[: len(limit)] < limit), default="")

    def current(self) -> Generation:
        """The published generation.

        Raises:
            NoIndex: nothing was published yet.
            IndexCorrupt: the pointer or the manifest is damaged.
        """
        name = ""
        for _ in range(_TRIES):
            try:
                name = self.pointer.read_text(encoding="ascii").strip()
                return self.get(name)
            except FileNotFoundError:
                raise NoIndex(
                    "nothing was indexed yet",
                    where=str(self._folder),
                    advice="Run `dispatches add PATH`, then `dispatches rebuild`",
                ) from None
            except GenerationGone:
                continue  # pruned between the two reads: the pointer names a newer one by now
            except UnicodeDecodeError:
                break
        raise IndexCorrupt(
            f"the pointer names {name!r}, which is not here",
            where=str(self.pointer),
            advice="Run `dispatches rebuild`",
        )

    def get(self, name: str) -> Generation:
        """The generation of this name.

        Raises:
            GenerationGone: it was pruned, or never was.
            IndexCorrupt: its manifest is damaged.
        """
        path = self._folder / name
        if not _NAME.fullmatch(name) or not path.is_dir():
            raise self._gone(name)
        try:
            return Generation(name, path, read_manifest(path / MANIFEST))
        except FileNotFoundError:
            if path.is_dir():
                raise IndexCorrupt(
                    "the manifest is missing", where=str(path), advice="Run `dispatches rebuild`"
                ) from None
            raise self._gone(name) from None

    def new(self) -> Draft:
        """Starts a generation, and removes what killed rebuilds left behind.

        Raises:
            Locked: another process is building one.
        """
        make_private(Home(self._folder.parent))
        self._folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        lock = os.open(self._folder / ".lock", os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise Locked(
                "another process is building this index",
                where=str(self._folder),
                advice="Wait until it is done, then run the command again",
            ) from None
        self._remove_leftovers()
        path = self._folder / ".draft"
        path.mkdir(mode=PRIVATE_FOLDER)
        return Draft(path, lock)

    def publish(
        self,
        draft: Draft,
        *,
        counts: Mapping[str, int],
        versions: Mapping[str, str],
        catalogue: Mapping[str, int],
    ) -> Generation:
        """Makes a draft the current generation, durably and in one instant.

        Args:
            counts, versions, catalogue: see `Manifest`.
        """
        linked = self._linked()
        files = {
            name: linked.get(_identity(draft.path / name)) or made_durable(draft.path / name)
            for name in files_below(draft.path)
        }
        name = self._next_name(files)
        manifest = Manifest(
            name=name,
            built_at=datetime.strptime(name[:16], _STAMP).replace(tzinfo=UTC).isoformat(),
            counts=counts,
            versions=versions,
            catalogue=catalogue,
            files=files,
        )
        write_durably(draft.path / MANIFEST, manifest.to_json())
        for folder in {(draft.path / file).parent for file in files} | {draft.path}:
            folder.chmod(PRIVATE_FOLDER)
            sync(folder)
        path = draft.path.rename(self._folder / name)
        sync(self._folder)
        fresh = self._fresh
        write_durably(fresh, f"{name}\n")
        fresh.replace(self.pointer)
        sync(self._folder)
        draft.close()
        return Generation(name, path, manifest)

    def _linked(self) -> dict[tuple[int, ...], FileRecord]:
        """What is known of the files of the generation in use, so that one that the next takes over
        under another name is not read again.
        """
        try:
            current = self.current()
            return {
                _identity(current.path / name): record
                for name, record in current.manifest.files.items()
            }
        except (StorageError, OSError):
            return {}

    def prune(self, *, keep: int = 3) -> list[str]:
        """Removes all but the newest `keep` generations; the current one always stays.

        A reader that has one open keeps its files until it lets go.

        Returns:
            The names removed.
        """
        current = self.current().name
        old = [name for name in self.names() if name < current]
        gone = old[: max(0, len(old) - max(0, keep - 1))]
        for name in gone:
            hidden = (self._folder / name).rename(self._folder / f".gone-{name}")
            shutil.rmtree(hidden, ignore_errors=True)
        return gone

    def verify(self, name: str) -> list[Damage]:
        """Reads every file of a generation again and compares it with the manifest.

        Returns:
            What is wrong; empty when all is as it was built.

        Raises:
            GenerationGone, IndexCorrupt: as `get`.
        """
        generation = self.get(name)
        recorded = generation.manifest.files
        present = set(files_below(generation.path)) - {MANIFEST}
        damages = [Damage(file, "is missing") for file in sorted(recorded.keys() - present)]
        damages += [Damage(file, "does not belong here") for file in present - recorded.keys()]
        for file in sorted(present & recorded.keys()):
            found, expected = measured(generation.path / file), recorded[file]
            if found.bytes != expected.bytes:
                damages.append(Damage(file, f"has {found.bytes} bytes, not {expected.bytes}"))
            elif found != expected:
                damages.append(Damage(file, "has other content than was written"))
        if content_hash(recorded) != name[-8:]:
            damages.append(Damage(MANIFEST, "describes other files than the name stands for"))
        return sorted(damages, key=lambda damage: damage.file)

    def _gone(self, name: str) -> GenerationGone:
        return GenerationGone(
            f"there is no generation {name!r} any more",
            where=str(self._folder),
            advice="Ask again without naming a generation",
        )

    def _remove_leftovers(self) -> None:
        """Drafts, half-removed folders, a generation that was named but never published, and a
        pointer that never came to its place.
        """
        try:
            current = self.pointer.read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            current = ""
        for entry in self._folder.iterdir():
            orphan = _NAME.fullmatch(entry.name) and entry.name > current
            if entry.is_dir() and (orphan or entry.name.startswith((".draft", ".gone-"))):
                shutil.rmtree(entry)
        self._fresh.unlink(missing_ok=True)

    def _next_name(self, files: Mapping[str, FileRecord]) -> str:
        """Later than every name before it, even when the clock was set back."""
        moment = datetime.now(UTC)
        for name in self.names()[-1:]:
            before = datetime.strptime(name[:16], _STAMP).replace(tzinfo=UTC)
            moment = max(moment, before + timedelta(seconds=1))
        return f"{moment.strftime(_STAMP)}-{content_hash(files)}"
