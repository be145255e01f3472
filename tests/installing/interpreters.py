"""Interpreters: which of those that are promised are here, and do the tests pass on them?

`python -m tests.installing.interpreters [VERSION …] [PATH …]` runs the tests that are not slow, all
of them or those at the paths, on each that is found, in an environment of its own under `build/`;
what is not found is named. Without versions it is those that `pyproject.toml` promises, less the
one that this runs on.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from packaging.specifiers import SpecifierSet

from tests.conftest import ROOT

_VERSION = re.compile(r"\d+\.\d+")
_ASK = "import ensurepip, sqlite3, ssl, sys, venv; print('%d.%d' % sys.version_info[:2])"
"""An interpreter that was built without a part of these can run nothing here."""


def promised() -> list[str]:
    """The versions that the program says it runs on."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    range_ = SpecifierSet(project["requires-python"])
    return [version for minor in range(50) if (version := f"3.{minor}") in range_]


def found(version: str) -> Path | None:
    """An interpreter of that version which runs; the path first, then where tools put theirs."""
    return next((one for one in _candidates(version) if _runs(one, version)), None)


def _candidates(version: str) -> Iterator[Path]:
    on_path = shutil.which(f"python{version}")
    if on_path is not None:
        yield Path(on_path)
    home = Path.home()
    pyenv = Path(os.environ.get("PYENV_ROOT", home / ".pyenv")) / "versions"
    uv = home / ".local" / "share" / "uv" / "python"
    for folder in (*sorted(pyenv.glob(f"{version}.*")), *sorted(uv.glob(f"cpython-{version}.*"))):
        yield folder / "bin" / f"python{version}"


def _runs(program: Path, version: str) -> bool:
    """Whether it is there and of that version: a stand-in of pyenv is there and runs nothing."""
    try:
        said = subprocess.run([program, "-c", _ASK], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return said.returncode == 0 and said.stdout.strip() == version


def prepared(version: str, interpreter: Path) -> Path:
    """An environment with what the tests need, and the checkout; its folder of programs."""
    folder = ROOT / "build" / f"python{version}"
    programs = folder / "bin"
    lock = ROOT / "requirements-test.lock"
    made = folder / ".made-from"
    wanted = sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if made.exists() and made.read_text(encoding="utf-8") == wanted:
        return programs
    pip: tuple[str | Path, ...] = (
        programs / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    )
    commands: tuple[tuple[str | Path, ...], ...] = (
        (interpreter, "-m", "venv", "--clear", folder),
        (*pip, "--require-hashes", "--no-deps", "-r", lock),
        (*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT),
    )
    for command in commands:
        subprocess.run(command, cwd=ROOT, check=True)
    made.write_text(wanted, encoding="utf-8")
    return programs


def _passes(programs: Path, paths: Sequence[str]) -> bool:
    """Whether the tests that are not slow pass, with loops that are compiled first."""
    test = ("-m", "pytest", "-n", "3", "-q", "-p", "no:cacheprovider", *paths)
    return all(
        subprocess.run([program, *arguments], cwd=ROOT, check=False).returncode == 0
        for program, arguments in (
            (programs / "dispatches", ("warm",)),
            (programs / "python", test),
        )
    )


def main(arguments: Sequence[str]) -> int:
    """Exit code: 1 where a test fails on one of them."""
    versions = [one for one in arguments if _VERSION.fullmatch(one)]
    paths = [one for one in arguments if one not in versions]
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    failed = []
    for version in versions or [one for one in promised() if one != own]:
        interpreter = found(version)
        if interpreter is None:
            sys.stdout.write(f"Python {version} is not on this machine: not tested on it\n")
            continue
        sys.stdout.write(f"Python {version}: {interpreter}\n")
        sys.stdout.flush()
        if not _passes(prepared(version, interpreter), paths):
            failed.append(version)
    if failed:
        sys.stdout.write(f"Tests failed on Python {' and '.join(failed)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
