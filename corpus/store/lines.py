r"""Lines: how is a file kept to which lines are only added?

Each line is a JSON object that ends in its own checksum, `,"sum":"…"}`: sixteen digits of the
SHA-256 of the object without it. Lines end at `\n` and nowhere else. Files can be read, compared
and joined by git: a line does not depend on its place. Whoever adds a line holds the lock of the
folder, waits until the disk has it, and reads it back before it is acknowledged.

A line that does not have its checksum is damaged: it is named and set aside, and costs nothing
but itself. It is never taken out of the file. Decisions about names were written without checksums
once, and may be written by hand: of their file, `bare` lines without one are read too.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import StorageError
from corpus.home import Home, make_private, private_opener, sync

_DIGITS = 16
_LINE = re.compile(r'(\{.*),"sum":"([0-9a-f]{16})"\}', re.DOTALL)
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One line whose checksum holds.

    Attributes:
        number: counted from 1; 0 for one that is in no file yet.
        body: the object without its checksum.
    """

    number: int
    body: str

    @property
    def checksum(self) -> str:
        """The same wherever files are joined."""
        return checksum(self.body)

    @property
    def text(self) -> str:
        """As it stands in the file, without its line end."""
        return f'{self.body[:-1]},"sum":"{self.checksum}"}}'


@dataclass(frozen=True, slots=True)
class DamagedLine:
    """One line that was set aside.

    Attributes:
        beginning: what can be shown of it.
    """

    number: int
    reason: str
    beginning: str

    @classmethod
    def of(cls, line: Line, reason: str) -> DamagedLine:
        """A line whose checksum holds, if it has one, and that says nothing that can be read."""
        return cls(line.number, reason, line.body[:_SHOWN])

    def __str__(self) -> str:
        return f"line {self.number} {self.reason}: {self.beginning}"


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What came of the lines of another file.

    Attributes:
        added: lines that were not here. known: those that were.
        refused: those that say nothing that can be kept.
    """

    added: int
    known: int
    refused: tuple[DamagedLine, ...]


def checksum(body: str) -> str:
    """Sixteen digits of the SHA-256 of an object."""
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def parsed(number: int, raw: bytes, *, bare: bool = False) -> Line | DamagedLine:
    """One line without its end.

    Args:
        bare: it may have no checksum.
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return _damaged(number, "is not UTF-8", raw)
    text = text.removesuffix("\r").removeprefix("\ufeff" if number == 1 else "")
    match = _LINE.fullmatch(text)
    if match is None:
        if bare and "\0" not in text and text.startswith("{") and text.rstrip().endswith("}"):
            return Line(number, text.rstrip())
        cut = text.startswith("{") and not text.rstrip().endswith("}")
        return _damaged(number, "was cut off" if cut else "has no checksum", raw)
    line = Line(number, f"{match[1]}}}")
    if line.checksum != match[2]:
        return _damaged(number, "does not have its checksum", raw)
    return line


def _damaged(number: int, reason: str, raw: bytes) -> DamagedLine:
    return DamagedLine(number, reason, raw[:_SHOWN].decode("utf-8", "replace"))


def read(path: Path, *, bare: bool = False) -> tuple[list[Line], list[DamagedLine]]:
    """The lines of a file, and those that were set aside; a missing file has none.

    Args:
        bare: lines may have no checksum.

    Raises:
        StorageError: the file is there and cannot be read.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return [], []
    except OSError as error:
        raise StorageError(
            str(error.strerror), where=str(path), advice="Check that you may read the file"
        ) from error
    return sorted_out(content, bare=bare)


def sorted_out(content: bytes, *, bare: bool = False) -> tuple[list[Line], list[DamagedLine]]:
    """The same for the bytes of such a file; a line that occurs again counts once."""
    lines: dict[str, Line] = {}
    damaged = []
    for number, raw in enumerate(content.split(b"\n"), start=1):
        if not raw.strip():
            continue
        found = parsed(number, raw, bare=bare)
        if isinstance(found, Line):
            lines.setdefault(found.body, found)
        else:
            damaged.append(found)
    return list(lines.values()), damaged


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Nobody else adds to a file, nor to any other of its folder, until this ends."""
    make_private(Home(path.parent))
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def add(path: Path, bodies: Sequence[str]) -> list[Line]:
    """Adds one line for each object, all or none; to be called inside `alone`.

    Raises:
        StorageError: they could not be written, or what was read back is something else. None of
            them counts.
    """
    lines = [Line(0, body) for body in bodies]
    data = "".join(f"{line.text}\n" for line in lines).encode()
    try:
        _write(path, data)
    except OSError as error:
        raise StorageError(
            error.strerror or str(error),
            where=str(path),
            advice="Nothing was kept. Check that the disk has room and that you may write there",
        ) from error
    return lines


def _write(path: Path, data: bytes) -> None:
    made = not path.exists()
    with open(path, "ab+", opener=private_opener) as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            if file.read(1) != b"\n":  # somebody was killed while writing
                data = b"\n" + data
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            os.ftruncate(file.fileno(), size)  # none of it was acknowledged
            raise
    if made:
        sync(path.parent)
    with path.open("rb") as file:
        file.seek(size)
        if file.read(len(data)) != data:
            raise OSError("what was read back is not what was written")
