"""Collections that earlier versions made are opened, or made new by one command, and lose nothing.

`homes/` holds one of each form that the catalogue and the index ever had, of the same three pages,
made by the commits that its name ends with (of the catalogue only what another process would copy,
without analyses).
"""

from __future__ import annotations

import json
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from corpus.home import Home
from corpus.store import Catalogue
from tests.faults.attack.dying import dying
from tests.faults.attack.operations import pages
from tests.indexer.test_commands import run
from webui.server.upkeep.upgrading import upgrade

HOMES = Path(__file__).parent / "homes"
NAMES = sorted(path.name.removesuffix(".tar.xz") for path in HOMES.iterdir())
MADE = {
    "1-no-visits-index-1-5b781bb",
    "2-no-cleaners-index-1-278ceb8",
    "3-index-1-d6a7340",
    "4-index-2-01b0b90",
    "5-index-3-eb155c4",
    "6-no-chain-b7c96ae",
    "7-no-state-0c431a6",
    "8-no-changes-8d748af",
    "9-no-checksums-95fdbd4",
}


def unpacked(name: str, folder: Path) -> Home:
    with tarfile.open(HOMES / f"{name}.tar.xz") as packed:
        packed.extractall(folder / "home", filter="data")
    return Home(folder / "home")


def kept(home: Home) -> list[tuple[object, ...]]:
    """What must not change: the articles with their versions, and the originals."""
    with closing(sqlite3.connect(home.catalogue)) as connection:
        return connection.execute(
            "SELECT article_id, version, original_sha256 FROM versions"
            " JOIN originals ON sha256 = original_sha256 ORDER BY 1, 2"
        ).fetchall()


def found(home: Home, words: str) -> int:
    return int(json.loads(run(home, "search", words, "--json").stdout)["total"])


def schema(home: Home) -> set[tuple[str, ...]]:
    with closing(sqlite3.connect(home.catalogue)) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        version = connection.execute("PRAGMA user_version").fetchone()
    return {*rows, version}


def test_there_is_one_of_each_form() -> None:
    assert {*NAMES} == MADE


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, ...]]:
    """The form of a catalogue that is made now."""
    home = Home(tmp_path_factory.mktemp("today"))
    Catalogue.open(home.catalogue).close()
    return schema(home)


@pytest.mark.parametrize("name", NAMES)
def test_whoever_writes_to_an_old_catalogue_makes_it_one_of_today(
    name: str, today: set[tuple[str, ...]], tmp_path: Path
) -> None:
    home = unpacked(name, tmp_path)
    before = kept(home)
    assert len(before) == 3
    with Catalogue.open(home.catalogue, readonly=True) as catalogue:
        assert catalogue.lacks()
        ids = [one.article.article_id for one in catalogue.articles()]
    assert schema(home) != today
    with Catalogue.open(home.catalogue) as catalogue:
        assert catalogue.lacks() == ()
        assert [one.article.article_id for one in catalogue.articles()] == ids
        assert list(catalogue.troubles()) == []
    assert schema(home) == today
    assert kept(home) == before


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_an_old_collection_says_what_to_do_and_is_made_new_by_one_command(
    name: str, tmp_path: Path
) -> None:
    home = unpacked(name, tmp_path)
    before = kept(home)
    assert len(before) == 3
    assert run(home, "status").exit_code == 0
    assert run(home, "verify").exit_code == 0
    refused = run(home, "search", "shelter")
    assert refused.exit_code == 4
    assert "dispatches rebuild" in refused.stderr
    assert kept(home) == before
    made = run(home, "upgrade")
    assert made.exit_code == 0, made.output
    assert "Making the index anew, of 3 articles" in made.stdout
    assert "Adding to the catalogue: a checksum of each row" in made.stdout
    assert ("a log of changes" in made.stdout) is not name.startswith("9-no-checksums")
    assert ("fetched" in made.stdout) is name.startswith("1-no-visits")
    assert kept(home) == before
    assert found(home, "shelter") == 3
    assert run(home, "verify").exit_code == 0
    again = run(home, "upgrade")
    assert again.exit_code == 0
    assert "Nothing to do" in again.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES[:1])
def test_adding_to_an_old_collection_needs_no_other_command(name: str, tmp_path: Path) -> None:
    home = unpacked(name, tmp_path)
    assert run(home, "add", str(pages(tmp_path / "pile", [7])), "--publish").exit_code == 0
    assert found(home, "shelter") == 4
    assert run(home, "verify").exit_code == 0


def test_a_collection_of_today_and_a_later_one(demo_home: Home, tmp_path: Path) -> None:
    assert "Nothing to do" in run(demo_home, "upgrade").stdout
    nothing = run(Home(tmp_path / "none"), "upgrade")
    assert nothing.exit_code == 4
    assert "dispatches add" in nothing.stderr
    home = unpacked(NAMES[-1], tmp_path)
    with closing(sqlite3.connect(home.catalogue)) as connection:
        connection.execute("PRAGMA user_version = 99")
    later = run(home, "upgrade")
    assert later.exit_code == 4
    assert "version of Dispatches that made it" in later.stderr


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("name", [NAMES[0], NAMES[-1]])
def test_an_upgrade_that_is_killed_goes_on_where_it_was(name: str, tmp_path: Path) -> None:
    home = unpacked(name, tmp_path)
    before = kept(home)
    killed = 0
    while dying(
        lambda say: say(str(upgrade(home, lambda _: None, processes=1))),
        at=1 + killed * 41,
        writes=True,
    ).killed:
        killed += 1
        assert kept(home) == before
        assert run(home, "verify").exit_code in {0, 4}
    assert killed > 2
    assert "Nothing to do" in run(home, "upgrade").stdout
    assert found(home, "shelter") == 3
    assert run(home, "verify").exit_code == 0
