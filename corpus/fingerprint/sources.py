"""Sources: what is each file of the house, its content and what it imports?

What was read is kept for other processes, and believed while the disk says that nobody touched the
file since: as git does (Documentation/technical/racy-git), by its size, its inode and the moments
of its last changes, and not where those are so near that another change could bear them too.
"""

from __future__ import annotations

import hashlib
import re
import time
from pathlib import Path
from typing import NamedTuple

import msgspec

from corpus.fingerprint.kept import content_of, found, keep

_IMPORT = re.compile(
    rb"^[ \t]*(?:from[ ]+((?:corpus|indexer|search|webui)[\w.]*)[ ]+import[ ]+(\([^)]*\)|[^\n]*)"
    rb"|import[ ]+((?:corpus|indexer|search|webui)[\w.]*))",
    re.MULTILINE,
)
_COMMENT = re.compile(
    rb"""(\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
    rb"""|^[ \t]*\#[^\n]*\n|[ \t]*\#[^\n]*""",
    re.MULTILINE | re.DOTALL,
)
_WORD = re.compile(rb"\w+")
LENGTH = 12
"""Hexadecimal digits of a fingerprint: one in 281 billion are equal by chance."""


class File(NamedTuple):
    """A file as it was read.

    Attributes:
        touched: what the disk said of it: size, inode, and the moments when its content, and
            anything of it, last changed, in ns.
        digest: SHA-256 of its content, of a source without comments.
        imports: names of modules of ours that it may import.
    """

    touched: tuple[int, int, int, int]
    digest: str
    imports: tuple[str, ...]


_KEPT = msgspec.msgpack.Decoder(dict[str, File])
_SETTLED = 2 * 10**9  # ns since a change, from which another one would be told by its moment


class Sources:
    """The files of a house, each read when it is asked for the first time.

    Args:
        is_kept: whether by any process; else by this one.
    """

    def __init__(self, house: Path, *, is_kept: bool) -> None:
        self._house, self._is_kept = house, is_kept
        self._name = f"fingerprint-{hashlib.sha256(bytes(house)).hexdigest()[:LENGTH]}"
        self._known = self._kept() if is_kept else {}
        self._is_new = False
        self._asked: dict[Path, File] = {}

    def of(self, file: Path) -> File:
        """What a file is. Raises OSError."""
        asked = self._asked.get(file)
        if asked is None:
            asked = self._asked[file] = self._looked_at(file)
        return asked

    def keep(self) -> None:
        """Keeps what was read anew."""
        if self._is_kept and self._is_new:
            keep(Path(__file__), self._name, _VERSION, msgspec.msgpack.encode(self._known))
            self._is_new = False

    def _kept(self) -> dict[str, File]:
        content = found(Path(__file__), self._name, _VERSION, content_of)
        return {} if content is None else _KEPT.decode(content)

    def _looked_at(self, file: Path) -> File:
        name, stat = file.relative_to(self._house).as_posix(), file.stat()
        touched = stat.st_size, stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns
        known = self._known.get(name)
        if known is not None and known.touched == touched:
            return known
        read = _read(file, touched)
        if max(touched[2:]) + _SETTLED < time.time_ns():
            self._known[name], self._is_new = read, True
        return read


def _read(file: Path, touched: tuple[int, int, int, int]) -> File:
    content = file.read_bytes()
    names: set[str] = set()
    if file.suffix == ".py":
        for origin, imported, plain in _IMPORT.findall(content):
            module = (origin or plain).decode()
            names.add(module)
            names.update(f"{module}.{name.decode()}" for name in _WORD.findall(imported))
        content = _COMMENT.sub(rb"\1", content)
    return File(touched, hashlib.sha256(content).hexdigest(), tuple(sorted(names)))


_VERSION = _read(Path(__file__), (0, 0, 0, 0)).digest[:LENGTH]
