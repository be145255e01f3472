"""Power cuts: what a disk may hold of an operation when the power fails in the middle of it.

An operation runs once under `power.c`, compiled here, which notes every write, change of a name and
wait for the disk. Of these notes any number of power cuts are made, up to any instant: what was
forced to the disk before is there; of the rest nothing, all, some, some of it torn at a sector, or
only its length, filled with zeros, as file systems leave it. Names are kept as the file systems of
Linux keep them: those of a folder change in order, and forcing a new file to the disk forces its
name too; a rename or removal waits for the folder. With no loss it is a kill within any call.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import random
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.faults.attack.kinds import Attempt, Kind, Unavailable
from tests.faults.attack.operations import OPERATIONS, LaidOut, Operation

LOSSES = ("everything", "nothing", "some", "torn", "zeros")
"""What is lost of that which was not forced to the disk; `nothing` where only a process died."""

_HEAD = struct.Struct("<cQqII")
_SECTOR = 512
_JUST_SAID = 0.3
"""How many of the cuts come just after something was acknowledged, where most can be lost."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note of the shim."""

    what: str
    inode: int
    number: int
    first: bytes
    second: bytes


@dataclass(eq=False)
class _File:
    """A file or folder: what is on the disk, and what was not forced there yet."""

    is_folder: bool = False
    forced: bytearray = field(default_factory=bytearray)
    waiting: list[Note] = field(default_factory=list)
    created: _Change | None = None
    names: dict[str, _File] = field(default_factory=dict)  # as the program sees them


@dataclass(eq=False)
class _Change:
    """A change of names, all of it at once or none."""

    folders: tuple[_File, ...]
    names: tuple[tuple[_File, str, _File | None], ...]
    forced: bool = False


class Disk:
    """A folder on a disk that forgets: notes are done one after the other, then the power fails."""

    def __init__(self, folder: Path) -> None:
        self._root = str(folder)
        self._inodes: dict[int, _File] = {}
        self._top = self._found(folder)
        self._before = self._tree(self._top)
        self._changes: list[_Change] = []

    def _found(self, path: Path) -> _File:
        inode = path.stat().st_ino
        if inode not in self._inodes:
            file = self._inodes[inode] = _File(path.is_dir())
            if file.is_folder:
                file.names = {one.name: self._found(one) for one in path.iterdir()}
            else:
                file.forced = bytearray(path.read_bytes())
        return self._inodes[inode]

    def _tree(self, folder: _File) -> dict[_File, dict[str, _File]]:
        tree = {folder: dict(folder.names)}
        for file in folder.names.values():
            if file.is_folder:
                tree |= self._tree(file)
        return tree

    def _at(self, path: bytes) -> tuple[_File, str]:
        *folders, name = os.fsdecode(path)[len(self._root) :].strip("/").split("/")
        folder = self._top
        for one in folders:
            folder = folder.names[one]
        return folder, name

    def do(self, note: Note) -> None:
        """Does what a note says."""
        match note.what:
            case "W" | "T":
                self._inodes[note.inode].waiting.append(note)
            case "N":  # without a name, it is gone with whoever holds it
                self._inodes[note.inode] = _File()
            case "S":
                self._force(self._inodes[note.inode])
            case "C" | "K":
                file = self._inodes[note.inode] = _File(note.what == "K")
                file.created = self._change((*self._at(note.first), file))
            case "U":
                self._change((*self._at(note.first), None))
            case "R" | "L":
                folder, name = self._at(note.first)
                moved = folder.names[name]
                taken = () if note.what == "L" else ((folder, name, None),)
                self._change(*taken, (*self._at(note.second), moved))

    def _change(self, *names: tuple[_File, str, _File | None]) -> _Change:
        change = _Change(tuple(one[0] for one in names), names)
        self._changes.append(change)
        _rename(change, lambda folder: folder.names)
        return change

    def _force(self, file: _File) -> None:
        for note in file.waiting:
            _write(file.forced, note)
        file.waiting.clear()
        if file.is_folder:
            for change in self._changes:
                change.forced = change.forced or file in change.folders
        new = file.created
        while new is not None and not new.forced:
            new.forced = True
            new = new.folders[0].created

    def fails(self, into: Path, loss: str, chance: random.Random) -> None:
        """Writes what is left after the power failed; the disk is of no use after that."""
        tree = {folder: dict(names) for folder, names in self._before.items()}
        dropped: set[_File] = set()
        for change in self._changes:
            lost = not change.forced and (
                loss in {"everything", "zeros"} or (loss != "nothing" and chance.random() < 0.5)
            )
            # what was forced is kept; else the changes of a folder are, up to some instant
            if change.forced or not (lost or dropped.intersection(change.folders)):
                _rename(change, lambda folder: tree.setdefault(folder, {}))
            else:
                dropped.update(change.folders)
        self._put(self._top, into, tree, loss, chance)

    def _put(
        self,
        folder: _File,
        into: Path,
        tree: dict[_File, dict[str, _File]],
        loss: str,
        chance: random.Random,
    ) -> None:
        into.mkdir(mode=0o700)
        for name, file in tree.get(folder, {}).items():
            if file.is_folder:
                self._put(file, into / name, tree, loss, chance)
            else:
                (into / name).write_bytes(_left(file, loss, chance))
                (into / name).chmod(0o600)


def _rename(change: _Change, names_of: Callable[[_File], dict[str, _File]]) -> None:
    for folder, name, file in change.names:
        if file is None:
            names_of(folder).pop(name, None)
        else:
            names_of(folder)[name] = file


def _left(file: _File, loss: str, chance: random.Random) -> bytes:
    content = bytearray(file.forced)
    for note in file.waiting:
        if loss == "nothing" or (loss in {"some", "torn"} and chance.random() < 0.5):
            size = len(note.first)
            if loss == "torn" and note.what == "W":
                size = min(size, chance.randrange(size // _SECTOR + 1) * _SECTOR)
            _write(content, note, size)
        elif loss == "zeros" and note.what == "W":
            end = note.number + len(note.first)
            content.extend(bytes(max(0, end - len(content))))
    return bytes(content)


def _write(content: bytearray, note: Note, size: int | None = None) -> None:
    if note.what == "T":
        del content[note.number :]
        content.extend(bytes(note.number - len(content)))
        return
    data = note.first[:size]
    content.extend(bytes(max(0, note.number - len(content))))
    content[note.number : note.number + len(data)] = data


# Recording


def compiled(folder: Path) -> Path:
    """The shim, compiled.

    Raises:
        Unavailable: there is no compiler, or no LD_PRELOAD on this system.
    """
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        raise Unavailable("noting what is written needs Linux and a C compiler (cc)")
    shim = folder / "power.so"
    source = Path(__file__).with_name("power.c")
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", str(shim), str(source), "-ldl", "-lpthread"],
        check=True,
    )
    return shim


def recorded(operation: Operation, folder: Path, shim: Path) -> list[Note]:
    """Does an operation in a folder, and gives what was noted."""
    log = folder.with_suffix(".notes")
    log.unlink(missing_ok=True)
    more = {"LD_PRELOAD": str(shim), "ATTACK_ROOT": str(folder), "ATTACK_LOG": str(log)}
    command = [sys.executable, "-m", "tests.faults.attack.power", operation.name, str(folder)]
    subprocess.run(command, check=True, env={**os.environ, **more})
    content, at, notes = log.read_bytes(), 0, []
    while at < len(content):
        what, inode, number, first, second = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        parts = content[at : at + first], content[at + first : at + first + second]
        notes.append(Note(what.decode(), inode, number, *parts))
        at += first + second
    return notes


def check_complete(before: bytes, notes: Sequence[Note], folder: Path, beside: Path) -> None:
    """Has the notes, all of them done, come to the very folder that the operation left."""
    disk: Disk = pickle.loads(before)
    for note in notes:
        disk.do(note)
    disk.fails(beside, "nothing", random.Random(0))
    assert _files(beside) == _files(folder), "something was written that was not noted"
    shutil.rmtree(beside)


def _files(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in folder.rglob("*")
        if not path.name.endswith("-shm")  # memory that processes share: nobody reads it afterwards
    }


@contextmanager
def _cutting(operation: Operation, folder: Path) -> Iterator[Attempt]:
    shim = compiled(folder)
    original = LaidOut(folder).copy(operation)
    before = pickle.dumps(Disk(original))
    notes = recorded(operation, original, shim)
    check_complete(before, notes, original, folder / "replayed")
    said_at = [number for number, note in enumerate(notes, 1) if note.what == "M"]
    left = original  # under the same name, as files are known by theirs

    def attempt(chance: random.Random) -> str:
        cut, loss = chance.randint(0, len(notes)), chance.choice(LOSSES)
        if said_at and chance.random() < _JUST_SAID:
            cut = chance.choice(said_at)
        disk: Disk = pickle.loads(before)
        for note in notes[:cut]:
            disk.do(note)
        shutil.rmtree(left, ignore_errors=True)
        disk.fails(left, loss, chance)
        said = [note.first.decode() for note in notes[:cut] if note.what == "M"]
        operation.check(left, said)
        return f"after {cut} of {len(notes)} notes, lost: {loss}"

    yield attempt


_IN_PART = {"add-while-read", "update", "people"}
"""In the slow tests: recording takes seconds."""

KINDS = [
    Kind(
        f"power:{operation.name}",
        f"power cut during `{operation.name}`",
        100,
        partial(_cutting, operation),
        few=6 if operation.name in _IN_PART else 0,
    )
    for operation in OPERATIONS.values()
]


def main() -> None:
    """Does one operation, as `recorded` asks for it in a process of its own."""
    mark = ctypes.CDLL(None).attack_mark
    OPERATIONS[sys.argv[1]].work(Path(sys.argv[2]), lambda said: mark(said.encode()))


if __name__ == "__main__":
    main()
