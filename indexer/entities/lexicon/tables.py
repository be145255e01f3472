"""Kept tables: what is worked out of the lists once a release, and read again by every process.

Spelling out the lists takes seconds of each process, reading the tables a tenth of that. A table is
kept where compiled loops are (`indexer.compiled`): in `NUMBA_CACHE_DIR` where that is set, else
beside the source, else in the user's cache folder; where none can be written, each process makes
what it needs. A file names the fingerprint of what made it and begins with its checksum.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, wraps
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, TypeVar, cast, get_type_hints

import msgspec
import platformdirs

from corpus.fingerprint import fingerprint

Table = TypeVar("Table")

_DIGEST = 32  # bytes
_READABLE = 0o644


def kept(make: Callable[[], Table]) -> Callable[[], Table]:
    """Decorates a function that makes a table of nothing but sources and data of ours: it is read
    where it is kept, else made and kept. Its annotation says what is read.
    """

    @cache
    @wraps(make)
    def table() -> Table:
        name = f"{make.__module__}.{make.__qualname__}"
        version = fingerprint(make.__module__, libraries=["msgspec"])
        kind = get_type_hints(make)["return"]
        for folder in _folders():
            found = _read(folder / f"{name}.{version}.kept", kind)
            if found is not None:
                return cast(Table, found)
        made = make()
        _keep(name, version, msgspec.msgpack.encode(made))
        return made

    return table


def _folders() -> Iterator[Path]:
    """Where tables may lie, the first that can be written to be kept in."""
    named = os.environ.get("NUMBA_CACHE_DIR")
    if named:
        yield Path(named)
    yield Path(__file__).parent / "__pycache__"
    if not named:
        yield Path(platformdirs.user_cache_dir("dispatches"))


def _read(file: Path, kind: Any) -> Any:
    """What a file holds; None where there is none, or it is damaged."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    if sha256(content[_DIGEST:]).digest() != content[:_DIGEST]:
        return None
    return msgspec.msgpack.decode(content[_DIGEST:], type=kind)


def _keep(name: str, version: str, content: bytes) -> None:
    """Keeps a table in the first folder that can be written, instead of other versions."""
    for folder in _folders():
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
