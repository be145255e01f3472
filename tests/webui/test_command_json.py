"""The JSON of every command that reads or changes a collection, word for word.

What `search`, `show`, `rebuild`, `status` and `verify` print is pinned beside their other tests.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import Golden
from tests.corpus.intake.test_ingest import page
from webui.cli import main

ADDRESS = "https://harbor.example/bridge"
FIRST = "Governor Helen Carter spoke in Kyiv on 12 March 2022. The bridge stayed closed. "
LATER = FIRST + "It was opened on Friday, Helen Carter said. "
VARIES = (
    (r"\d{4}-\d\d-\d\dT[\d:.]+(\+00:00|Z)", "TIME"),
    (r"\d{8}T\d{6}Z-[0-9a-f]{8}", "GENERATION"),
    (r'"(cleaner)": "[^"]*"', r'"\1": "VERSION"'),
    (r'"decision_id": "[^"]*"', '"decision_id": "DECISION"'),  # made from the time, among others
)


def settled(text: str, folder: Path) -> str:
    """Without what differs from run to run: folder, times, generations, versions."""
    text = text.replace(str(folder), "FOLDER")
    for pattern, word in VARIES:
        text = re.sub(pattern, word, text)
    return text


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection of one article in two versions and one failure, indexed; one decision."""
    folder = tmp_path_factory.mktemp("world")
    pile = folder / "pile"
    pile.mkdir()
    (pile / "broken.jsonl").write_text("{no json\n")
    (pile / "first.html").write_text(page("Bridge", url=ADDRESS, text=FIRST))
    run(folder, "add", str(pile), "--processes", "1", code=1)
    (pile / "first.html").write_text(page("Bridge", url=ADDRESS, text=LATER))
    run(folder, "add", str(pile), "--processes", "1", code=1)
    run(folder, "rebuild", "--processes", "1")
    run(folder, "entities", "hide", "Kyiv", "--why", "a capital is no news", "--who", "ada")
    return folder


def run(folder: Path, *arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, [*arguments, "--home", str(folder / "home")])
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("add", ["add", "FOLDER/pile", "--processes", "1"], 1),
        ("failures", ["failures"], 0),
        ("history", ["history", "ARTICLE"], 0),
        ("history-version", ["history", "ARTICLE", "--version", "1"], 0),
        ("reclean", ["reclean"], 0),
        ("entities-list", ["entities", "list"], 0),
        ("entities-show", ["entities", "show", "Helen Carter"], 0),
        ("entities-log", ["entities", "log"], 0),
        ("entities-suggest", ["entities", "suggest"], 0),
        ("not-found", ["show", "nosuch"], 3),
    ],
)
def test_the_json_of_a_command_is_pinned(
    world: Path, golden: Golden, name: str, arguments: list[str], code: int
) -> None:
    found = json.loads(run(world, "search", "", "--json"))["items"][0]["id"]
    places = {"FOLDER/pile": str(world / "pile"), "ARTICLE": found}
    given = [places.get(argument, argument) for argument in arguments]
    result = CliRunner().invoke(main, [*given, "--json", "--home", str(world / "home")])
    assert result.exit_code == code, result.output
    golden(f"cli-{name}.json", settled(result.stderr if code > 1 else result.stdout, world))


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("collect", ["collect", "http://127.0.0.1:9/report"], 1),
        ("entities-rename", ["entities", "rename", "Helen Carter", "Helen J. Carter"], 0),
        ("entities-alias", ["entities", "alias", "Helen Carter", "Хелен Картер"], 0),
        ("entities-kind", ["entities", "kind", "Helen Carter", "org"], 0),
    ],
)
def test_the_json_of_a_command_that_changes_much_is_pinned(
    world: Path, tmp_path: Path, golden: Golden, name: str, arguments: list[str], code: int
) -> None:
    shutil.copytree(world, tmp_path / "world")
    who = ["--who", "ada", "--why", "so she signs"] if arguments[0] == "entities" else []
    said = run(tmp_path / "world", *arguments, *who, "--json", code=code)
    golden(f"cli-{name}.json", settled(said, tmp_path / "world"))
