"""Home: where does one collection keep its files, and who else on this machine may read them?

One folder holds everything an operator must back up. Nothing is written outside it, and what is
kept there is forced to the disk before it is said to be. Whatever the umask says, the folder is
made for its owner alone, and so is each file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import StorageError, machine_trouble

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
_OTHERS = 0o077
_STICKY = 0o1000
RESTORING = ".restoring"
"""A folder in a home while a backup is brought back into it, and after that was cut off."""

INDEX = "DISPATCHES_INDEX"
"""The variable that names the engine of a collection's index, and how those of a cluster begin."""

CATALOGUE, ORIGINALS = "DISPATCHES_CATALOGUE", "DISPATCHES_ORIGINALS"
"""The variables that name the server of a catalogue, and the folder of the originals beside it."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one collection.

    Attributes:
        path: the folder itself; created by the first command that writes.
        part: whose index is meant, where some people do not see everything; empty: that of all.
        given: what the door was told of the engine and of the catalogue: `DISPATCHES_INDEX` and
            what begins so, `DISPATCHES_CATALOGUE` and `DISPATCHES_ORIGINALS`.
    """

    path: Path
    part: str = ""
    given: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def catalogue(self) -> Path:
        """SQLite: originals, articles, provenance, failures. The one file not to lose."""
        return self.path / "catalogue.sqlite"

    @property
    def server(self) -> Path:
        """Where the catalogue is, where it is not that file."""
        return self.path / "catalogue.json"

    @property
    def has_catalogue(self) -> bool:
        """Whether something was taken in, as far as can be told without asking a server."""
        return self.catalogue.exists() or self.server.exists() or CATALOGUE in self.given

    @property
    def decisions(self) -> Path:
        """The authority: people's decisions about names, one JSON line each."""
        return self.path / "decisions.jsonl"

    @property
    def dossiers(self) -> Path:
        """What people put into dossiers and noted there, one JSON line a change."""
        return self.path / "dossiers.jsonl"

    @property
    def questions(self) -> Path:
        """Questions that people keep, with what was found at the last look."""
        return self.path / "questions.jsonl"

    @property
    def citations(self) -> Path:
        """What was cited, one file a citation, so that it outlasts the generation that answered."""
        return self.path / "citations"

    @property
    def styles(self) -> Path:
        """Styles of citations that the operator gives, one CSL file each."""
        return self.path / "styles"

    @property
    def dictionaries(self) -> Path:
        """Dictionaries of dictd that the operator gives, as files or links to files."""
        return self.path / "dictionaries"

    @property
    def key(self) -> Path:
        """The operator's private key, which signs evidence packages; only its owner can read it."""
        return self.path / "key.pem"

    @property
    def restrictions(self) -> Path:
        """Which articles not everybody may see, one JSON line each time that was said."""
        return self.path / "restrictions.jsonl"

    @property
    def parts(self) -> Path:
        """One folder for each set of articles that somebody may not see. Can be rebuilt."""
        return self.path / "parts"

    @property
    def engine(self) -> Path:
        """Which engine holds the index, where it is not Whoosh in this folder, and whether the
        articles have vectors.
        """
        return self.path / "engine.json"

    @property
    def hidden(self) -> Path:
        """The articles that are left out of a part, as a JSON list of ids."""
        return self._indexed / "hidden.json"

    @property
    def people(self) -> Path:
        """SQLite: who may sign in, and who is; while it is there, somebody must."""
        return self.path / "people.sqlite"

    @property
    def openings(self) -> Path:
        """SQLite: who opened which article, where the operator has it written down."""
        return self.path / "openings.sqlite"

    @property
    def analysis_cache(self) -> Path:
        """SQLite: analyses by content, cleaner and model version. May be deleted at any time."""
        return self.path / "analysis.sqlite"

    @property
    def vector_cache(self) -> Path:
        """SQLite: vectors of articles by content and encoder. May be deleted at any time."""
        return self.path / "vectors.sqlite"

    @property
    def sheets(self) -> Path:
        """SQLite: what the next update need not find again. May be deleted at any time."""
        return self._indexed / "sheets.sqlite"

    @property
    def index(self) -> Path:
        """One folder a generation, and the pointer to the published one. Can be rebuilt."""
        return self._indexed / "index"

    @property
    def _indexed(self) -> Path:
        return self.parts / self.part if self.part else self.path

    @property
    def kept(self) -> tuple[Path, ...]:
        """Everything that belongs to a collection, whether or not it is there."""
        databases = (
            self.catalogue,
            self.people,
            self.openings,
            self.analysis_cache,
            self.vector_cache,
            self.sheets,
        )
        beside = (
            path.with_name(f"{path.name}-{part}")
            for path in databases
            for part in ("wal", "shm", "journal")
        )
        lines = (self.decisions, self.dossiers, self.questions, self.restrictions, self.hidden)
        return (*databases, *beside, *lines, self.server, self.engine, self.key, *self.folders)

    @property
    def made_again(self) -> tuple[Path, ...]:
        """Those of it that a rebuild makes of the rest."""
        caches = self.analysis_cache, self.vector_cache, self.sheets
        return *caches, self.index, self.parts, self.hidden

    def check_is_no_file(self) -> None:
        """Has a file be told that is where the folder, or one that it lies in, should be.

        Raises:
            StorageError: there is one.
        """
        for one in (self.path, *self.path.parents):
            if os.path.isfile(one):  # noqa: PTH113 - `Path.is_file` raises where one may not look
                raise StorageError(
                    "this is a file, and no folder",
                    where=str(one),
                    advice="Name a folder with --home; it is made where there is none",
                )

    @property
    def folders(self) -> tuple[Path, ...]:
        """Those of it that hold more files."""
        return self.citations, self.styles, self.dictionaries, self.index, self.parts


def told(environment: Mapping[str, str]) -> dict[str, str]:
    """What an environment says of where things are: `Home.given`."""
    return {
        name: value
        for name, value in environment.items()
        if (name.startswith(INDEX) or name in (CATALOGUE, ORIGINALS)) and value
    }


def private_opener(path: str, flags: int) -> int:
    """For `open`: a file that it makes is its owner's alone."""
    return os.open(path, flags, PRIVATE_FILE)


def make_private(home: Home) -> None:
    """Makes the folder of a collection, or closes to others what one that is there leaves open.

    Every door through which something is written calls it. What cannot be closed stays as it is,
    and `exposed` goes on telling: the files of another user, a disk that knows no modes, and a
    folder that holds other things than a collection, whose owner may have reasons.

    Raises:
        StorageError: there is no folder, and it cannot be made; or a backup that was to be brought
            back into it is there in part only.
    """
    if (home.path / RESTORING).exists():
        raise StorageError(
            "a backup was brought back into this folder in part only",
            where=str(home.path),
            advice="Run the same `dispatches restore` again; it goes on where it was cut off",
        )
    make_folder(home.path)
    for path in exposed(home):
        if path == home.path and not _is_alone(home):
            continue
        with suppress(OSError):  # not ours, or gone meanwhile
            path.chmod(PRIVATE_FOLDER if path.is_dir() else PRIVATE_FILE)


def make_folder(path: Path) -> None:
    """Makes a folder that is its owner's alone; one that is there stays as it is.

    Raises:
        StorageError: it cannot be made.
    """
    try:
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            error.strerror or str(error),
            where=str(path),
            advice="Check that the folder may be written, or name another",
        ) from error


def exposed(home: Home) -> tuple[Path, ...]:
    """The folders and files of a collection that others on this machine may read or change."""
    return tuple(path for path in _present(home) if _mode(path) & _OTHERS)


def _present(home: Home) -> Iterator[Path]:
    yield home.path
    yield from (path for path in home.kept if not path.is_symlink())
    for folder in home.folders:
        if folder.is_symlink():
            continue
        yield from (path for path in folder.rglob("*") if not path.is_symlink())


def _mode(path: Path) -> int:
    """Nothing for what is not there: it exposes nothing."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return 0


def _is_alone(home: Home) -> bool:
    """Whether a folder holds a collection and nothing else, but for what keeps its versions."""
    if _mode(home.path) & _STICKY:
        return False
    names = {path.name for path in home.kept}
    return all(
        entry.name in names or entry.name.startswith(".git") for entry in home.path.iterdir()
    )


def names_in(path: Path, damaged: Callable[[str], StorageError]) -> dict[str, str]:
    """What a file keeps by names, as which server holds a catalogue; nothing where it is not.

    Args:
        damaged: the error to raise where it cannot be read, from why.

    Raises:
        MachineTrouble: no file handles, or the like.
    """
    try:
        kept: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise machine_trouble(error) or damaged(str(error)) from None
    if not isinstance(kept, dict) or not all(isinstance(value, str) for value in kept.values()):
        raise damaged("it is no list of names")
    return kept


def keep_names(path: Path, names: Mapping[str, str]) -> None:
    """Puts such a file, which others may not read, in place of the one that is there, if any."""
    fresh = path.with_suffix(".new")
    with open(fresh, "w", encoding="utf-8", opener=private_opener) as file:
        file.write(json.dumps(names, indent=2) + "\n")
    sync(fresh)
    fresh.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Forces a file's content, or a folder's entries, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
