#!/usr/bin/env python3
"""Verifier: is an evidence package as it was made? One page, with nothing but Python's own library.

    python verify.py [FOLDER]      the unpacked package; the folder of this file without

Every package holds this file. Who does not trust the package takes it from elsewhere, or does by
hand what it does: compare SHA-256 with manifest-sha256.txt and tagmanifest-sha256.txt, work out
the links of the chain in data/articles/*/intakes.json, and check the signature, which Python's
library cannot, with

    openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin \\
        -in tagmanifest-sha256.txt -sigfile signature.bin

It runs that command where openssl is installed. That the key is the signer's, only the signer can
say.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

UNLISTED = {"tagmanifest-sha256.txt", "signature.bin"}
"""What no manifest can list: one would have to hold its own hash."""


def troubles(bag: Path) -> Iterator[tuple[str, str]]:
    """Every file that is not as it was, with what is wrong."""
    listed: dict[str, str] = {}
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        yield from _read(bag, manifest, listed)
    here = {path.relative_to(bag).as_posix() for path in bag.rglob("*") if not path.is_dir()}
    for name in sorted(here - set(listed) - UNLISTED):
        yield name, "is in no manifest: it was put in"
    for name, digest in sorted(listed.items()):
        if name not in here:
            yield name, "is missing"
        elif hashlib.sha256((bag / name).read_bytes()).hexdigest() != digest:
            yield name, "has other bytes than its manifest says"
    for path in sorted(bag.glob("data/articles/*/intakes.json")):
        yield from _broken_links(path, path.relative_to(bag).as_posix())


def _read(bag: Path, manifest: str, listed: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Adds the hashes of a manifest to those that are known."""
    try:
        lines = (bag / manifest).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        yield manifest, f"cannot be read: {error}"
        return
    for number, line in enumerate(lines, start=1):
        digest, _, name = line.partition("  ")
        if len(digest) == 64 and name:
            listed[name] = digest
        elif line:
            yield manifest, f"line {number} is none of a manifest"


def _broken_links(path: Path, name: str) -> Iterator[tuple[str, str]]:
    """Links that do not follow from their records, as the chain of the catalogue has them."""
    try:
        intakes = json.loads(path.read_text(encoding="utf-8"))
        for one in intakes:
            if "record" in one:
                link = hashlib.sha256(f"{one['before']}\n{one['record']}".encode()).hexdigest()
                if link != one["link"]:
                    yield name, f"intake {one['number']} does not follow from the one before"
    except (OSError, ValueError, TypeError, KeyError) as error:
        yield name, f"cannot be read: {error}"


def signature(bag: Path) -> str:
    """What openssl says of the signature: `good`, `bad`, `none`, or `unchecked` without openssl."""
    if not (bag / "signature.bin").is_file():
        return "none"
    openssl = shutil.which("openssl")
    if openssl is None:
        return "unchecked"
    files = ["-inkey", "public-key.pem", "-in", "tagmanifest-sha256.txt"]
    command = [
        openssl,
        "pkeyutl",
        "-verify",
        "-pubin",
        "-rawin",
        *files,
        "-sigfile",
        "signature.bin",
    ]
    run = subprocess.run(command, cwd=bag, capture_output=True, check=False)  # noqa: S603
    return "good" if run.returncode == 0 else "bad"


def main() -> int:
    """Says what is wrong, one file a line; 0 when nothing is."""
    bag = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    found = list(troubles(bag))
    signed = signature(bag)
    if signed == "bad":
        found.append(("signature.bin", "is not this key's signature of tagmanifest-sha256.txt"))
    for name, reason in found:
        print(f"{name}: {reason}")  # noqa: T201
    if not found:
        print(f"Every file is as its manifest says; signature: {signed}")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
