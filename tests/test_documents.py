"""What the documents say can be checked against the tree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

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
