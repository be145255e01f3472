"""Any CSL file that an operator gives is one more style."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import EntityNotFound, StorageError
from search.output.styles import style_names, written
from tests.contract.made_up import document

pytest.importorskip("citeproc")

STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text" default-locale="en-US">
  <info><title>Ours</title><id>ours</id><updated>2024-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout suffix=".">
    <names variable="author"><name name-as-sort-order="all" sort-separator=", "/></names>
    <text variable="title" quotes="true" prefix=" "/>
    <text variable="container-title" prefix=" "/>
  </layout></bibliography>
</style>
"""
ARTICLE = replace(
    document("Is it over?", "Text.", outlet="Valley Courier"), bylines=("Ann Ode", "Reuters")
)


def test_a_style_writes_its_citation(tmp_path: Path) -> None:
    (tmp_path / "ours.csl").write_text(STYLE)
    (tmp_path / "notes.txt").write_text("no style")
    assert style_names(tmp_path) == ["ours"]
    told = written(ARTICLE, tmp_path, "ours")
    assert "Ode, Ann" in told
    assert "Reuters" in told
    assert told.endswith("Valley Courier.")
    assert written(replace(ARTICLE, bylines=()), tmp_path, "ours").startswith("Valley Courier")
    bare = STYLE.replace('<text variable="container-title" prefix=" "/>', "")
    (tmp_path / "bare.csl").write_text(bare)
    assert written(ARTICLE, tmp_path, "bare").endswith("over?”")


@pytest.mark.parametrize("name", ["unknown", "../ours", "", ".csl"])
def test_a_style_that_nobody_gave_is_not_found(tmp_path: Path, name: str) -> None:
    (tmp_path / "ours.csl").write_text(STYLE)
    with pytest.raises(EntityNotFound, match="no citation style") as told:
        written(ARTICLE, tmp_path, name)
    assert "ours" in told.value.advice


@pytest.mark.parametrize("content", ["", "<html/>", "no xml", STYLE[:300]])
def test_a_broken_style_says_which_file_it_is(tmp_path: Path, content: str) -> None:
    (tmp_path / "ours.csl").write_text(content)
    with pytest.raises(StorageError, match="ours") as told:
        written(ARTICLE, tmp_path, "ours")
    assert told.value.where == str(tmp_path / "ours.csl")


def test_a_style_that_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "ours.csl"
    path.write_text(STYLE)
    before = written(ARTICLE, tmp_path, "ours")
    path.write_text(STYLE.replace('prefix=" "', 'prefix=" * "'))
    assert written(ARTICLE, tmp_path, "ours") != before
