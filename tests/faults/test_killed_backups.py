"""Backups that are killed, brought back in part, or made while the collection changes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from corpus.errors import StorageError
from corpus.home import Home
from indexer.backups.backup import Backups
from indexer.backups.restoring import restore
from indexer.pipeline import rebuild
from tests.faults.attack.dying import dies_at
from tests.faults.attack.operations import counted
from tests.faults.test_killed_intake import pile, start, taken
from tests.indexer.conftest import TakeIn, filled, home, take_in
from tests.indexer.test_commands import run

__all__ = ["filled", "home", "pile", "take_in"]  # fixtures
STRIDE = 3


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_killed_backup_leaves_the_earlier_one_and_goes_on(
    filled: Home, take_in: TakeIn, tmp_path: Path
) -> None:
    rebuild(filled, processes=1)
    kept = tmp_path / "kept"
    first = Backups(kept).make(filled, index=True).backup.name
    take_in("later", "More of the same came later on that day.")
    rebuild(filled, processes=1)
    killed = 0
    while dies_at(1 + killed * STRIDE, lambda: Backups(kept).make(filled, index=True)):
        killed += 1
        backups = Backups(kept)
        assert first in backups.names()
        assert list(backups.troubles()) == []
    assert killed > 10
    backups = Backups(kept)
    backups.make(filled, index=True)
    for name, articles in ((first, 5), ("", 6)):
        back = Home(tmp_path / f"back{name}")
        _, found = restore(backups, back, name)
        assert found == []
        assert counted(back) == articles
        assert run(back, "verify").exit_code == 0


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_bringing_back_goes_on_where_it_was_killed(filled: Home, tmp_path: Path) -> None:
    rebuild(filled, processes=1)
    backups = Backups(tmp_path / "kept")
    backups.make(filled, index=True)
    back = Home(tmp_path / "back")
    killed = 0
    while dies_at(1 + killed * 2, lambda: restore(backups, back)):
        killed += 1
        if not (back.path / ".restoring").exists() and not back.catalogue.exists():
            continue  # nothing was begun
        refused = run(back, "dossier", "create", "Harbor")
        assert refused.exit_code == 4 or counted(back) == 5
        if refused.exit_code == 0:  # all was there: only the mark was gone already
            break
    assert killed > 3
    if (back.path / ".restoring").exists():
        restore(backups, back)
    assert counted(back) == 5
    assert run(back, "verify").exit_code == 0


@pytest.mark.slow
def test_what_is_taken_in_meanwhile_is_in_it_or_is_not(pile: Path, tmp_path: Path) -> None:
    busy, kept = tmp_path / "busy", Backups(tmp_path / "kept")
    made = 0
    with start(pile, busy) as process:
        while process.poll() is None:
            if not taken(busy):
                continue
            backup = Backups(kept.folder).make(Home(busy)).backup
            assert backup.troubles == (), "half a document"
            made += 1
        process.communicate()
    assert made >= 2
    sizes = []
    for name in kept.names():
        back = Home(tmp_path / name)
        _, found = restore(kept, back, name)
        assert found == []
        sizes.append(counted(back))
    assert sizes == sorted(sizes)
    assert sizes[0] < counted(Home(busy)), "the first was made amid the intake"


@pytest.mark.slow
def test_a_home_copied_while_in_use_is_whole_or_says_what_is_not(
    pile: Path, tmp_path: Path
) -> None:
    busy = tmp_path / "busy"
    copies: list[Path] = []
    with start(pile, busy) as process:
        while process.poll() is None:
            if taken(busy):
                copy = tmp_path / f"copy{len(copies)}"
                copied = ["cp", "-a", str(busy), str(copy)]
                assert subprocess.run(copied, check=False, capture_output=True).returncode in {0, 1}
                copies.append(copy)
        process.communicate()
    assert len(copies) >= 3
    for copy in copies:
        result = run(Home(copy), "verify")
        assert isinstance(result.exception, SystemExit | None), "a traceback"
        if result.exit_code == 4 and "nothing was indexed" not in result.stderr:
            assert "the catalogue" in result.stdout
            continue
        try:
            assert counted(Home(copy)) <= counted(Home(busy))
        except StorageError:
            continue
        shutil.rmtree(copy)
