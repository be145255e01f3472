"""On which machine was it measured, and with what? One line for the tables."""

from __future__ import annotations

import os
import platform
import resource
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("numpy", "numba", "tantivy", "bm25s", "whoosh")


def describe() -> str:
    """Processor, cores, memory, versions of what was measured, and what else was running."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    found = [f"{name} {installed}" for name in _PACKAGES if (installed := _version(name))]
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory} GiB; {platform.system()},"
        f" Python {platform.python_version()}; {', '.join(found)}; load {_load()} at the start"
    )


def use_one_core() -> None:
    """Keeps this process, and what it starts, on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def peak_memory() -> int:
    """Bytes that this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _load() -> str:
    """Processes that wanted a core in the last minute: above the cores, only ratios mean much."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
