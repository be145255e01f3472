"""Manifest: what does a generation say of itself? A file with its own checksum."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import IndexCorrupt, StorageError
from corpus.home import PRIVATE_FILE, private_opener, sync

# Files that survive a power cut, and how it is told later that they did.


def files_below(folder: Path) -> Iterator[str]:
    """Every file below a folder, as a path relative to it, sorted."""
    return (
        path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()
    )


def measured(path: Path) -> FileRecord:
    """Size and SHA-256 of a file.

    Raises:
        StorageError: it cannot be read.
    """
    try:
        return FileRecord(path.stat().st_size, _digest(path))
    except OSError as error:
        raise StorageError(f"the file cannot be read: {error}", where=str(path)) from None


def made_durable(path: Path) -> FileRecord:
    """Closes a file to others, forces it to the disk, and measures it as `measured` does."""
    path.chmod(PRIVATE_FILE)
    sync(path)
    return measured(path)


def write_durably(path: Path, text: str) -> None:
    """Writes a file that others may not read and forces it to the disk."""
    with open(path, "w", encoding="utf-8", opener=private_opener) as file:
        file.write(text)
    sync(path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Size and SHA-256 of one file."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The facts of one generation.

    Attributes:
        built_at: ISO 8601, UTC, to the second.
        counts: `articles`, `words`, `text_bytes`, `families`, and entities by kind (`person`, …).
        versions: of everything that content depends on: `schema`, `analyzer`, `tagger`, `writer`, …
        catalogue: counts of the catalogue it was made from.
        files: every other file of the folder, by its path below it.
    """

    name: str
    built_at: str
    counts: Mapping[str, int]
    versions: Mapping[str, str]
    catalogue: Mapping[str, int]
    files: Mapping[str, FileRecord]

    def to_json(self) -> str:
        """The text of `manifest.json`."""
        return sealed(self._value())

    def _value(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "built_at": self.built_at,
            "counts": dict(self.counts),
            "versions": dict(self.versions),
            "catalogue": dict(self.catalogue),
            "files": {
                name: {"bytes": record.bytes, "sha256": record.sha256}
                for name, record in self.files.items()
            },
        }


def read_manifest(path: Path) -> Manifest:
    """Reads a manifest and checks it against its own checksum.

    Raises:
        FileNotFoundError: there is none.
        IndexCorrupt: it is damaged.
    """
    try:
        value = unsealed(path.read_bytes())
        files = {name: FileRecord(**record) for name, record in value.pop("files").items()}
        return Manifest(files=files, **value)
    except FileNotFoundError:
        raise
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise IndexCorrupt(
            f"the manifest cannot be trusted: {error}",
            where=str(path),
            advice="Run `dispatches rebuild`",
        ) from None


def content_hash(files: Mapping[str, FileRecord]) -> str:
    """Eight hexadecimal digits that stand for the content of all files of a generation."""
    listing = "".join(f"{name} {files[name].sha256}\n" for name in sorted(files))
    return hashlib.sha256(listing.encode()).hexdigest()[:8]


def sealed(value: Mapping[str, Any]) -> str:
    """An object as the text of a file, with its own checksum in it."""
    return json.dumps({**value, "sha256": _checksum(value)}, indent=2, sort_keys=True) + "\n"


def unsealed(content: bytes) -> dict[str, Any]:
    """The object that `sealed` wrote.

    Raises:
        ValueError, KeyError, AttributeError: it is something else, or damaged.
    """
    value: dict[str, Any] = json.loads(content)
    if value.pop("sha256") != _checksum(value):
        raise ValueError("its checksum does not hold")
    return value


def _checksum(value: Mapping[str, Any]) -> str:
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
