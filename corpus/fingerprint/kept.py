"""Kept work: what does a process find that another one worked out? Files that any of them may make
again, each with its checksum.

They lie where compiled loops do (`indexer.compiled`): in `NUMBA_CACHE_DIR` where that is set, else
beside the source, else in the user's cache folder. Where none can be written, nothing is kept.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

import platformdirs

DIGEST = 32
"""Bytes of the checksum with which a file begins."""

_READABLE = 0o644
Value = TypeVar("Value")


def folders(source: Path) -> Iterator[Path]:
    """Where what a module works out may lie, the first that can be written to be kept in.

    Args:
        source: of the module.
    """
    named = os.environ.get("NUMBA_CACHE_DIR")
    if named:
        yield Path(named)
    yield source.parent / "__pycache__"
    if not named:
        yield Path(platformdirs.user_cache_dir("dispatches"))


def found(
    source: Path, name: str, version: str, read: Callable[[Path], Value | None]
) -> Value | None:
    """What was kept of a module under a name, by `keep`; None where nothing is.

    Args:
        read: reads a file; None where it is not as written.
    """
    for folder in folders(source):
        with suppress(OSError):  # there is none
            value = read(folder / f"{name}.{version}.kept")
            if value is not None:
                return value
    return None


def content_of(file: Path) -> bytes | None:
    """What was kept in a file, without its checksum; None where it is not as written.

    Raises:
        OSError: there is none, or it cannot be read.
    """
    content = file.read_bytes()
    return content[DIGEST:] if sha256(content[DIGEST:]).digest() == content[:DIGEST] else None


def keep(source: Path, name: str, version: str, content: bytes) -> None:
    """Keeps something in the first of the folders that can be written, instead of other versions.

    It is `NAME.VERSION.kept` there.
    """
    for folder in folders(source):
        with suppress(OSError):  # the next one, or none: then it is made again
            folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=folder, prefix=name, delete=False) as draft:
                draft.write(sha256(content).digest() + content)
            Path(draft.name).chmod(_READABLE)  # an installation is warmed by one for all
            file = folder / f"{name}.{version}.kept"
            Path(draft.name).replace(file)
            for other in folder.glob(f"{name}.*.kept"):
                if other != file:
                    other.unlink(missing_ok=True)
            return
