"""Fingerprint: on which sources and data does a kept value depend?

Of some modules it is the SHA-256 over their sources, over those of every module of ours that they
import, directly or not, and over the data that lies in the same folders. Comments do not count, all
else does, docstrings too: two versions told apart needlessly cost work, two taken for one the
truth.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from corpus.fingerprint.sources import LENGTH, Sources

HOUSE = Path(__file__).resolve().parents[2]
"""The folder that holds the rooms, in a checkout and in an installation alike."""

_ROOMS = ("corpus", "indexer", "search", "webui")


def fingerprint(
    *roots: str, libraries: Iterable[str] = (), apart: Iterable[str] = (), house: Path = HOUSE
) -> str:
    """What a value depends on that some modules of ours made, as twelve hexadecimal digits.

    Args:
        roots: names of modules or packages; of a package, everything below it counts.
        libraries: distributions that shape the value too, by their installed versions.
        apart: modules that are imported but shape nothing of the value.
        house: the folder that holds the rooms.

    Raises:
        ModuleNotFoundError: a root is no module of ours.
        PackageNotFoundError: a library is not installed.
    """
    return _fingerprint(house, roots, tuple(libraries), frozenset(apart))


@cache
def _fingerprint(
    house: Path, roots: tuple[str, ...], libraries: tuple[str, ...], apart: frozenset[str]
) -> str:
    digest = hashlib.sha256()
    sources = _sources_of(house)
    for file in files(*roots, apart=apart, house=house):
        digest.update(f"{file.relative_to(house).as_posix()}\0{sources.of(file).digest}\0".encode())
    for library in libraries:
        digest.update(f"{library}\0{version(library)}\0".encode())
    if libraries:  # a library may answer otherwise under another Python
        digest.update(f"python {sys.version_info.major}.{sys.version_info.minor}".encode())
    sources.keep()
    return digest.hexdigest()[:LENGTH]


def files(*roots: str, apart: Iterable[str] = (), house: Path = HOUSE) -> list[Path]:
    """The sources and data that some modules depend on, sorted.

    Raises:
        ModuleNotFoundError: a root is no module of ours.
    """
    waiting = [file for root in roots for file in _sources(root, house)]
    left_out = {file for name in apart if (file := _source(name, house))}
    found: set[Path] = set()
    while waiting:
        file = waiting.pop()
        if file in found or file in left_out:
            continue
        found.add(file)
        waiting += (other for other in _imported(file, house) if other not in found)
    data = {other for folder in {file.parent for file in found} for other in _data(folder)}
    return sorted(found | data)


def _sources(root: str, house: Path) -> Iterator[Path]:
    file = _source(root, house)
    if file is None:
        raise ModuleNotFoundError(f"no module of ours is called {root}")
    yield file
    if file.name == "__init__.py":
        yield from file.parent.rglob("*.py")


def _source(name: str, house: Path) -> Path | None:
    return _modules(house).get(name)


@cache
def _modules(house: Path) -> dict[str, Path]:
    """Every module of ours by its name; asking the disk for each name would take longer."""
    found = {}
    for room in _ROOMS:
        for file in (house / room).rglob("*.py"):
            parts = file.relative_to(house).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


@cache
def _imported(file: Path, house: Path) -> frozenset[Path]:
    """The modules of ours that a source names in its imports, wherever in it they stand."""
    names = _sources_of(house).of(file).imports
    return frozenset(source for name in names if (source := _source(name, house)) is not None)


@cache
def _data(folder: Path) -> tuple[Path, ...]:
    """What lies beside modules and is none: here, and in folders that are no packages."""
    found: list[Path] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            is_package = (entry / "__init__.py").exists() or entry.name == "__pycache__"
            found += [] if is_package else [one for one in entry.rglob("*") if one.is_file()]
        elif entry.suffix not in {".py", ".pyc"}:
            found.append(entry)
    return tuple(found)


@cache
def _sources_of(house: Path) -> Sources:
    return Sources(house, is_kept=house == HOUSE)
