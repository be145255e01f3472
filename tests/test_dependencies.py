"""Dependencies of which parts are used that are not promised to stay: is each held to a range?

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
