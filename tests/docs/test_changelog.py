"""Changelog: does it have this release, with its day and what changed for scripts until then?"""

from __future__ import annotations

import re
import tomllib

from packaging.version import Version

from docs.api_changes import CHANGES, sections
from tests.conftest import ROOT

_RELEASE = re.compile(r"(?P<version>\d+\.\d+\.\d+) – (?P<day>\d{4}-\d\d-\d\d)")
_SCRIPTS = re.compile(r"docs/api-changes\.md#(\d{4}-\d\d-\d\d)")


def _releases() -> list[tuple[Version, str, str]]:
    """Version, day and text of each, as they stand."""
    whole = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first, *parts = re.split(r"^## ", whole, flags=re.MULTILINE)[1:]
    assert first.startswith("Unreleased\n")
    found = []
    for part in parts:
        title, _, text = part.partition("\n")
        match = _RELEASE.fullmatch(title)
        assert match, title
        found.append((Version(match["version"]), match["day"], text))
    return found


def test_the_latest_release_is_the_version_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    releases = _releases()
    assert str(releases[0][0]) == project["version"]
    assert releases == sorted(releases, reverse=True)
    assert [day for _, day, _ in releases] == sorted((day for _, day, _ in releases), reverse=True)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"dispatches-([\d.]+)-py3", readme)) == {project["version"]}


def test_each_release_leads_to_what_changed_for_scripts_until_its_day() -> None:
    days = [day for day, _, _ in sections(CHANGES.read_text(encoding="utf-8"))]
    for version, released, text in _releases():
        told = _SCRIPTS.findall(text)
        assert told == [next(day for day in days if day <= released)], version
