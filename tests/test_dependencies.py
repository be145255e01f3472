"""Dependencies: is each held to a range, and narrowly where parts of it are used that may change?

What those parts do is tested where they are used; the range keeps another release from being
installed before these tests have seen it.
"""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.conftest import ROOT

PRIVATE = {
    "beautifulsoup4": ("corpus/cleaner/tree/building.py", "bs4.builder._lxml"),
    "numba": ("indexer/compiled.py", "numba.core"),
    "whoosh": ("indexer/writers/whoosh/codec/index.py", "whoosh.codec"),
}
"""Where they are used, and what says so there."""


@pytest.mark.parametrize("name", PRIVATE)
def test_a_dependency_whose_private_parts_are_used_is_held_to_a_range(name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {one.name: one.specifier for one in map(Requirement, project["dependencies"])}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.search(rf"^{name}==(\S+)", lock, re.MULTILINE)
    file, part = PRIVATE[name]

    assert part in (ROOT / file).read_text(encoding="utf-8")
    assert any(one.operator in {"<", "==", "~="} for one in wanted[name])
    assert pinned
    assert pinned[1] in wanted[name]


def _wanted() -> dict[str, Requirement]:
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lists = [
        whole["build-system"]["requires"],
        whole["project"]["dependencies"],
        *whole["project"]["optional-dependencies"].values(),
        *whole["dependency-groups"].values(),
    ]
    return {line: Requirement(line) for lines in lists for line in lines}


def _pins() -> dict[str, set[str]]:
    pins: dict[str, set[str]] = {}
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE):
            pins.setdefault(name.lower(), set()).add(version)
    return pins


@pytest.mark.parametrize("line", _wanted())
def test_every_direct_dependency_has_both_bounds_and_what_is_locked_is_between_them(
    line: str,
) -> None:
    wanted = _wanted()[line]
    operators = {one.operator for one in wanted.specifier}
    pinned = _pins().get(wanted.name.lower(), set())

    assert operators & {">=", "==", "~="}
    assert operators & {"<", "==", "~="}
    assert all(wanted.specifier.contains(version) for version in pinned)
    assert pinned or wanted.name in NOT_LOCKED


NOT_LOCKED = {"spacy"}
"""What only who wants it installs; the tests that need it skip, saying so, where it is absent."""
