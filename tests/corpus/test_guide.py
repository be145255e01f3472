"""The guide to intake is executed: its commands give what it prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import ROOT
from webui.cli import main

GUIDE = ROOT / "docs" / "collecting.md"
_FILE = re.compile(r"^```json (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SESSION = re.compile(r"^```console\n\$ dispatches (.*?)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_guide_tells_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DISPATCHES_HOME", str(tmp_path / "home"))
    text = GUIDE.read_text(encoding="utf-8")
    for name, content in _FILE.findall(text):
        (tmp_path / name).write_text(content, encoding="utf-8")
    sessions = _SESSION.findall(text)
    assert len(sessions) >= 3

    for command, printed in sessions:
        result = CliRunner().invoke(main, shlex.split(command))

        assert result.stdout.replace(f"{tmp_path}/", "") == printed, command
