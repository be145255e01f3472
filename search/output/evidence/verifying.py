"""Verifying: is a package as it was made? Whatever is not is named."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.errors import EvidenceError
from search.output.evidence import signing, timestamp
from search.output.evidence.standalone import troubles

_LARGEST = 1 << 34  # bytes, unpacked: what a package says of its size is not believed
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking a package came to.

    Attributes:
        troubles: files that are not as they were, with what is wrong.
        key: fingerprint of the key that signed it; empty where it is not signed.
        stamped: what the timestamp says; empty where there is none.
    """

    troubles: tuple[tuple[str, str], ...]
    key: str
    stamped: str


def verify(path: Path, *, key: Path | None = None, authority: Path | None = None) -> Verdict:
    """Checks a package, as it was made or unpacked.

    Args:
        key: the public key that must have signed it; without, the one it brings along.
        authority: certificates of the timestamp authorities that are trusted.

    Raises:
        EvidenceError: it is no package, or what it needs is not installed.
    """
    found: list[tuple[str, str]] = []
    with _unpacked(path, found) as bag:
        if not (bag / "bagit.txt").is_file() and not (bag / "manifest-sha256.txt").is_file():
            raise EvidenceError(
                "this is no evidence package",
                where=str(path),
                advice="Name the ZIP file or its folder",
            )
        found += [one for one in troubles(bag) if one[0] not in {name for name, _ in found}]
        signer = _check_signature(bag, key, found)
        said = _check_timestamp(bag, authority, found)
    return Verdict(tuple(found), signer, said)


def _check_signature(bag: Path, key: Path | None, found: list[tuple[str, str]]) -> str:
    signature, public, signed = (
        bag / name for name in ("signature.bin", "public-key.pem", "tagmanifest-sha256.txt")
    )
    if not signature.is_file():
        if public.is_file() or key is not None:
            found.append(("signature.bin", "is missing: the package is not signed"))
        return ""
    if not public.is_file() or not signed.is_file():
        return ""  # that they are missing is listed
    brought = public.read_bytes()
    if key is not None and key.read_bytes().split() != brought.split():
        found.append(("public-key.pem", "is not the key that was asked for"))
    if not signing.is_signed(brought, signed.read_bytes(), signature.read_bytes()):
        found.append(("signature.bin", "is not this key's signature of tagmanifest-sha256.txt"))
    return signing.fingerprint(brought)


def _check_timestamp(bag: Path, authority: Path | None, found: list[tuple[str, str]]) -> str:
    token, stamped = bag / "timestamp.tsr", bag / "manifest-sha256.txt"
    if not token.is_file():
        if authority is not None:
            found.append(("timestamp.tsr", "is missing: the package is not stamped"))
        return ""
    if not stamped.is_file() or not timestamp.is_about(token.read_bytes(), stamped.read_bytes()):
        found.append(("timestamp.tsr", "is about another manifest"))
    elif authority is not None and not timestamp.is_signed(token, stamped, authority):
        found.append(("timestamp.tsr", "is not signed by the authority"))
    return timestamp.shown(token.read_bytes()) or "a timestamp, which openssl can read"


@contextmanager
def _unpacked(path: Path, found: list[tuple[str, str]]) -> Iterator[Path]:
    """The bag of a package; what cannot be unpacked is listed."""
    if path.is_dir():
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(path) as opened:
                _unpack(opened, Path(folder), found)
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise EvidenceError(
                f"the file is no ZIP file, or damaged: {error}",
                where=str(path),
                advice="Compare its SHA-256 with the one that was handed over",
            ) from error
        inside = [one for one in Path(folder).iterdir() if one.is_dir()]
        yield inside[0] if len(inside) == 1 else Path(folder)


def _unpack(opened: zipfile.ZipFile, folder: Path, found: list[tuple[str, str]]) -> None:
    left = _LARGEST
    for entry in opened.infolist():
        parts = PurePosixPath(entry.filename).parts
        if entry.is_dir():
            continue
        if not parts or ".." in parts or PurePosixPath(entry.filename).is_absolute():
            found.append((entry.filename, "leads out of the package"))
            continue
        target = folder.joinpath(*parts)
        name = "/".join(parts[1:])
        if target.exists():
            found.append((name, "is in the package twice"))
            continue
        left -= entry.file_size
        if left < 0:
            raise EvidenceError("the package is larger than 16 GiB", where=str(opened.filename))
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with opened.open(entry) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file, _PIECE)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            found.append((name, f"cannot be unpacked: {error}"))
