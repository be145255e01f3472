"""Folder: which of its files are documents? All but hidden ones and the parts of saved pages."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import (
    InputError,
    UnreadableInput,
    UnsafeInput,
    UnsupportedFormat,
    machine_trouble,
)
from corpus.readers.source import printable

PARTS_SUFFIXES = (
    "_files", "_fichiers", "-Dateien", "_archivos", "_file", "_arquivos", "_bestanden", "_pliki",
    "_soubory", "_filer", "-filer", "_tiedostot", "_fajlovi", "_dosyalar",
)  # fmt: skip
"""What browsers, by language, append to the name of a page for the folder of its pictures."""


_PART_SUFFIXES = (
    ".avif", ".bmp", ".css", ".eot", ".gif", ".ico", ".jpeg", ".jpg", ".js", ".m3u8", ".map",
    ".mp3", ".mp4", ".otf", ".png", ".svg", ".tif", ".tiff", ".ttf", ".webm", ".webp", ".woff",
    ".woff2",
)  # fmt: skip


_FOR_CRAWLERS = frozenset(("robots.txt", "ads.txt", "app-ads.txt", "humans.txt", "security.txt"))


_OF_HTTRACK = re.compile(r"(?:^|/)(?:hts-cache(?:/|$)|hts-log\.txt$)")
"""What HTTrack keeps of its own beside the pages: a second copy of them, and a log."""


_SCAN_SUFFIXES = (".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp")


_POSTS = re.compile(r"(?:^|/)(?:community-|note-)?tweets?(?:-part\d+)?\.js$")


def walk(folder: Path, *, root: Path | None = None) -> Iterator[Path | InputError]:
    """Every file below `folder`, in the order of names, without the parts of saved pages.

    Links are not followed: one that leads to a file elsewhere in the folder finds it read already,
    one that leads out of the folder is an `UnsafeInput`.

    Args:
        root: the folder that links must not leave; `folder` itself when not given.
    """
    root = root or folder
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        if trouble := machine_trouble(error):
            raise trouble from error
        yield UnreadableInput(str(error.strerror), where=printable(folder))
        return
    pages = {Path(entry.name).stem for entry in entries if entry.is_file(follow_symlinks=False)}
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            yield from _refuse_link_out(path, root)
        elif entry.is_dir(follow_symlinks=False):
            if not is_parts_folder(entry.name, pages) and not is_of_mirror(entry.name):
                yield from walk(path, root=root)
        elif entry.is_file(follow_symlinks=False):
            yield path
        else:
            yield UnsupportedFormat("neither a file nor a folder", where=printable(path))


def is_parts_folder(name: str, pages: set[str]) -> bool:
    """Whether a folder of this name holds the pictures and styles of one of the `pages` beside it.

    Args:
        pages: names of the files beside it, without suffix.
    """
    return any(
        name.endswith(suffix) and name.removesuffix(suffix) in pages for suffix in PARTS_SUFFIXES
    )


def is_part_of_page(name: str, *, scans: bool = False) -> bool:
    """Whether a file of this name is a picture, style, script or font, as far as a name tells.

    Args:
        scans: pictures are pages themselves.
    """
    named = name.lower()
    if is_for_crawlers(named) or is_of_mirror(named):
        return True
    return named.endswith(_PART_SUFFIXES) and not (scans and named.endswith(_SCAN_SUFFIXES))


def is_of_mirror(name: str) -> bool:
    """Whether a program for mirrors keeps a file or folder of this name for itself."""
    return _OF_HTTRACK.search(name) is not None


def is_for_crawlers(name: str) -> bool:
    """Whether a file of this name tells crawlers what they may, and readers nothing."""
    return name.rpartition("/")[2].lower() in _FOR_CRAWLERS


def is_list_of_posts(name: str) -> bool:
    """Whether a script of this name is none, but the posts in an archive of X."""
    return _POSTS.search(name) is not None


def _refuse_link_out(path: Path, root: Path) -> Iterator[InputError]:
    try:
        target = path.resolve(strict=True)
    except OSError:
        yield UnreadableInput("the link leads nowhere", where=printable(path))
        return
    if not target.is_relative_to(root.resolve()):
        yield UnsafeInput(
            "the link leads out of the folder",
            where=printable(path),
            advice="Add what it leads to by its own path",
        )
