"""Which failures of earlier runs still stand? Those whose file is there to be read again."""

from __future__ import annotations

import os
import re
from pathlib import Path

from corpus.errors import UnsafeInput
from corpus.readers.source import printable
from corpus.store import Catalogue

_SHOWN_BYTE = re.compile(rb"\\x([0-9a-f]{2})")


def file_of(locator: str) -> Path | None:
    """The file in which something lies: the locator up to a `!` where that exists; None if gone."""
    parts = locator.split("!")
    for end in range(len(parts), 0, -1):
        shown = "!".join(parts[:end])
        for path in (Path(shown), _with_bytes(shown)):
            if os.path.lexists(path):
                return path
    return None


def forget_settled(catalogue: Catalogue, folder: Path) -> None:
    """Forgets what could not be read in a folder, and is gone or about to be listed again.

    Walking a folder meets its links, folders and special files anew; files are settled when they
    have been read.
    """
    for locator in catalogue.unread(printable(folder)):
        path = file_of(locator)
        if path is None or path.is_symlink() or not path.is_file():
            catalogue.forget(locator)


def link_not_followed(link: Path) -> UnsafeInput:
    """What trying a link again comes to."""
    return UnsafeInput(
        "a link is not followed",
        where=printable(link),
        advice="Add what it leads to by its own path",
    )


def _with_bytes(shown: str) -> Path:
    """The path whose bytes that are no UTF-8 are shown as `\\xNN`, as `printable` does."""
    found = _SHOWN_BYTE.sub(lambda byte: bytes.fromhex(byte[1].decode()), os.fsencode(shown))
    return Path(os.fsdecode(found))
