"""The program as others have it: built from files, installed into an environment of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.conftest import ROOT, BuiltOnce

RELEASED = "1700000000"
"""The second of a release, for all that a package says of time."""


def kept() -> list[str]:
    """The names of the files that git keeps, or would."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def copied(folder: Path) -> Path:
    """These files without git: what somebody unpacks."""
    for name in kept():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)  # its time is that of the copy
    return folder


def built(source: Path, into: Path, *kinds: str) -> dict[str, bytes]:
    """Packages of a folder, by name."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", str(into), *kinds],
        cwd=source,
        env={**outside(), "SOURCE_DATE_EPOCH": RELEASED},
        capture_output=True,
        check=True,
    )
    return {one.name: one.read_bytes() for one in into.iterdir() if one.suffix in {".whl", ".gz"}}


def outside(**more: str) -> dict[str, str]:
    """An environment in which nothing leads back to the checkout."""
    here = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return {**here, "PYTHONSAFEPATH": "1", **more}


@pytest.fixture(scope="session")
def installed(built_once: BuiltOnce) -> Path:
    """An environment with the wheel in it: its folder.

    Dependencies are those of the tests, which are there already; the checkout is not reached.
    """
    return built_once("installed", _install)


def _install(folder: Path) -> None:
    built(copied(folder / "source"), folder / "dist", "-t", "wheel")
    shutil.rmtree(folder / "source")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "env")], check=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    python = str(folder / "env" / "bin" / "python")
    install = [python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel)]
    subprocess.run(install, env=outside(), check=True)
    said = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    # A folder named so is searched, but files in it that lead on, to the checkout, are not read.
    beside = Path(said) / "dependencies.pth"
    beside.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
