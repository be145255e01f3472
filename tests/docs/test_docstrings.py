"""Docstrings: what their examples print is what they say."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

from corpus.fingerprint import HOUSE

ROOMS = ("corpus", "indexer", "search", "webui")
EXAMPLE = ">>> "


def _modules_with_examples() -> list[str]:
    files = (file for room in ROOMS for file in sorted((HOUSE / room).rglob("*.py")))
    return [
        ".".join(file.relative_to(HOUSE).with_suffix("").parts)
        for file in files
        if EXAMPLE in file.read_text(encoding="utf-8")
    ]


@pytest.mark.parametrize("name", _modules_with_examples())
def test_examples_print_what_they_say(name: str) -> None:
    result = doctest.testmod(import_module(name))
    assert result.attempted
    assert result.failed == 0
