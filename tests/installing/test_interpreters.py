"""Interpreters: is one that runs found, and one that does not passed by?"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.installing import interpreters

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


def _program(folder: Path, name: str, does: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    (folder / name).chmod(0o755)
    return folder / name


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with no interpreter in it, and an empty folder `bin` on the path."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    return tmp_path


def test_the_versions_are_those_that_are_promised() -> None:
    assert interpreters.promised() == ["3.11", "3.12", "3.13"]


@pytest.mark.parametrize(
    "where",
    [
        "bin",
        f".pyenv/versions/{VERSION}.1/bin",
        f".local/share/uv/python/cpython-{VERSION}.1-linux/bin",
    ],
)
def test_an_interpreter_is_found_where_it_is(bare: Path, where: str) -> None:
    program = _program(bare / where, f"python{VERSION}", f'exec {sys.executable} "$@"')
    assert interpreters.found(VERSION) == program


def test_what_does_not_run_or_is_another_is_passed_by(
    bare: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _program(bare / "bin", "python3.7", "echo 'pyenv: not found' >&2; exit 127")
    _program(bare / ".pyenv/versions/3.7.2/bin", "python3.7", f'exec {sys.executable} "$@"')
    (bare / ".pyenv/versions/3.7.3").mkdir()
    assert interpreters.found("3.7") is None
    assert interpreters.main(["3.7"]) == 0
    assert "Python 3.7 is not on this machine" in capfd.readouterr().out
