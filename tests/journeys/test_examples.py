"""Whoever tries what we give as examples, on the sample that `make demo` shows, finds something."""

from __future__ import annotations

import html
import re
import shlex

import pytest
from click.testing import CliRunner

from corpus.home import Home
from tests.conftest import ROOT
from webui.cli import main

HELP = (ROOT / "webui" / "templates" / "parts.html").read_text(encoding="utf-8")
ASKED = [html.unescape(found) for found in re.findall(r"<div><dt><code>(.*?)</code>", HELP)]
COMMANDS = [
    line
    for command in ("search", "export")
    for line in CliRunner().invoke(main, [command, "--help"]).output.splitlines()
    if re.match(rf"\s+dispatches {command} [^>]*$", line) and "[OPTIONS]" not in line
]


@pytest.mark.parametrize("query", ASKED)
def test_each_example_of_how_to_ask_finds_something(query: str, demo_home: Home) -> None:
    found = CliRunner().invoke(main, ["search", "--home", str(demo_home.path), "--", query])

    assert found.exit_code == 0, found.output
    assert not re.search(r"^0 of", found.output, re.M)


@pytest.mark.parametrize("line", COMMANDS)
def test_each_example_of_a_command_finds_something(line: str, demo_home: Home) -> None:
    command = shlex.split(line)[1:]
    if "-o" in command:
        command = command[: command.index("-o")]

    found = CliRunner().invoke(main, [*command, "--home", str(demo_home.path)])

    assert found.exit_code == 0, found.output
    assert not re.search(r"^(# complete: )?0 of", found.output, re.M)
