"""Units of systemd: does it take them, and do they shut out what they are to shut out?"""

from __future__ import annotations

import configparser
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import ROOT
from webui.cli import main

_FOLDER = ROOT / "docs" / "running"
_UNITS = sorted(_FOLDER.glob("*.service"))
_TIMERS = sorted(_FOLDER.glob("*.timer"))
_MOST_EXPOSED = 20  # tenths, of a hundred: what systemd itself calls safe ends there


def _read(unit: Path) -> configparser.SectionProxy:
    parser = configparser.RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(unit, encoding="utf-8")
    return parser["Service"]


def _analyze() -> str:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("needs systemd-analyze, which is not on this machine")
    return program


@pytest.mark.parametrize("unit", [*_UNITS, *_TIMERS], ids=lambda unit: unit.name)
def test_systemd_takes_a_unit(unit: Path, tmp_path: Path) -> None:
    for one in (*_UNITS, *_TIMERS):
        text = one.read_text(encoding="utf-8").replace("/usr/local/bin/dispatches", "/bin/true")
        (tmp_path / one.name).write_text(text, encoding="utf-8")
    command = [_analyze(), "verify", "--man=no", str(tmp_path / unit.name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert unit.name not in done.stderr


@pytest.mark.parametrize("unit", _UNITS, ids=lambda unit: unit.name)
def test_a_unit_is_as_good_as_shut(unit: Path) -> None:
    command = [_analyze(), "security", "--offline=true", f"--threshold={_MOST_EXPOSED}", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_network_is_open_to_what_collects_alone() -> None:
    closed = {unit.stem: _read(unit).get("IPAddressDeny") == "any" for unit in _UNITS}
    allowed = {unit.stem: _read(unit).get("IPAddressAllow", "") for unit in _UNITS}
    assert [name for name, is_closed in closed.items() if not is_closed] == ["dispatches-collect"]
    assert {allowed[name] for name in closed if closed[name]} == {"localhost", ""}


@pytest.mark.parametrize("unit", _UNITS, ids=lambda unit: unit.name)
def test_what_a_unit_starts_is_a_command_that_there_is(unit: Path) -> None:
    found = _read(unit)
    program, *arguments = shlex.split(found["ExecStart"])
    assert program == "/usr/local/bin/dispatches"
    assert found["ProtectSystem"] == "strict"
    assert found["UMask"] == "0077"
    told = CliRunner().invoke(main, [*arguments[:1], "--help"]).output
    for option in arguments[1:]:
        if option.startswith("--"):
            assert option in told


def test_each_timer_starts_a_unit_that_there_is() -> None:
    assert {timer.stem for timer in _TIMERS} == {unit.stem for unit in _UNITS} - {"dispatches"}
