"""The tree is the one that ARCHITECTURE.md describes, and each file says what it is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.conftest import ROOT

_ROOMS = ("corpus", "indexer", "search", "webui")
_SECTION = "## What is in which folder?"
_NAMED = re.compile(r"`((?:corpus|indexer|search|webui)/(?:\w+/)*)`")
_MOST_ENTRIES = 16
_MOST_LINES = 400
_NOUN_FIRST = re.compile(r"[A-Z`][^?.]*?: \S")
_REASON = re.compile(r"\bone file\b|\bone module\b", re.IGNORECASE)


def _packages() -> list[Path]:
    return sorted(file.parent for room in _ROOMS for file in (ROOT / room).rglob("__init__.py"))


def _modules() -> list[Path]:
    return sorted(file for room in _ROOMS for file in (ROOT / room).rglob("*.py"))


def _said(module: Path) -> str:
    return ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_folder_is_described_and_every_folder_described_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = text.partition(_SECTION)[2].partition("\n## ")[0]
    described = _NAMED.findall(section)
    assert sorted(set(described)) == sorted({f"{_name(folder)}/" for folder in _packages()})
    assert len(set(described)) == len(described), "a folder is described twice"


def test_every_module_is_named_where_its_folder_is_described() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = text.partition(_SECTION)[2].partition("\n## ")[0]
    described = {
        found[0]: item for item in section.split("\n- ")[1:] if (found := _NAMED.findall(item))
    }
    unnamed = [
        _name(module)
        for module in _modules()
        if module.stem not in {"__init__", "cli"}
        and f"`{module.stem}`" not in described[f"{_name(module.parent)}/"]
    ]
    assert unnamed == []


def test_no_folder_has_more_entries_than_can_be_taken_in_at_a_glance() -> None:
    crowded = {}
    for folder in _packages():
        entries = [
            entry
            for entry in folder.iterdir()
            if entry.suffix == ".py" or (entry / "__init__.py").is_file()
        ]
        if len(entries) - 1 > _MOST_ENTRIES:
            crowded[_name(folder)] = len(entries) - 1
    assert crowded == {}


def test_a_long_file_says_why_it_is_one() -> None:
    long = [
        _name(module)
        for module in _modules()
        if module.read_bytes().count(b"\n") > _MOST_LINES and not _REASON.search(_said(module))
    ]
    assert long == []


def test_every_module_begins_with_its_noun() -> None:
    """`Highlighter: which words of a text did the query match?`"""
    other = [_name(module) for module in _modules() if not _NOUN_FIRST.match(_said(module))]
    assert other == []
