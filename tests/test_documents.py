"""What the documents say can be checked against the tree."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from tests.conftest import ROOT
from webui.cli import COMMANDS, main

_LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")
DOCUMENTS = sorted(
    path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("corpus/**/*.md")]
)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files_that_exist(document: Path) -> None:
    links = _LINK.findall(document.read_text(encoding="utf-8"))

    dead = [link for link in links if not (document.parent / link).exists()]

    assert not dead, f"{document.name} links to what is not there: {dead}"


def test_every_make_target_has_a_line_of_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert targets is not None

    silent = [
        name
        for name in targets[1].split()
        if not re.search(rf"^{name}:.*## \S", makefile, re.MULTILINE)
    ]

    assert not silent


def test_the_lock_files_name_no_registry_and_check_every_hash() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        pins = re.findall(r"^\S+==\S+", text, re.MULTILINE)
        hashed = re.findall(r"^\S+==.*\\\n    --hash=sha256:", text, re.MULTILINE)

        assert "://" not in text
        assert pins
        assert len(pins) == len(hashed)


def test_every_command_and_option_that_a_document_names_exists() -> None:
    unknown = []
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for name, rest in re.findall(r"\bdispatches ([a-z]+)([^\n`|]*)", text):
            options = re.findall(r"(?<!\w)--[a-z][a-z-]*", rest)
            unknown += [
                f"{document.name}: dispatches {name} {option}"
                for option in options or [""]
                if name not in COMMANDS or not {option} <= _options(name)
            ]

    assert not unknown


def test_every_make_target_that_a_document_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {
        name
        for document in [*DOCUMENTS, ROOT / "pyproject.toml"]
        for name in re.findall(r"`make ([a-z-]+)", document.read_text(encoding="utf-8"))
    }

    assert {"test", "model"} <= named
    assert not [name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)]


def _options(name: str) -> set[str]:
    """The options of a command and of its subcommands, and none at all."""
    context = click.Context(main)
    command = main.get_command(context, name)
    assert command is not None
    inner = command.commands.values() if isinstance(command, click.Group) else ()
    return {"", "--help"} | {
        option for one in (command, *inner) for param in one.params for option in param.opts
    }
