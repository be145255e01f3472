"""The one file not to lose: damage is named, loss refused, and who may only read can read all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import CatalogueCorrupt, StorageError
from corpus.home import Home
from corpus.store import Catalogue
from indexer.pipeline import rebuild
from tests.indexer.conftest import TakeIn, filled, home, take_in
from tests.indexer.test_commands import run
from webui.app import create_app
from webui.collection import open_collection

__all__ = ["filled", "home", "take_in"]  # fixtures
NOBODY = 65534


@pytest.fixture
def indexed(filled: Home) -> Home:
    rebuild(filled, processes=1)
    return filled


def empty_tables(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        for table in tables:
            connection.execute(f"DELETE FROM {table}")
        connection.commit()


def without_tables(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE x (y)")
        connection.execute("DROP TABLE x")


@pytest.mark.parametrize("lose", [Path.unlink, lambda path: path.write_bytes(b""), without_tables])
def test_a_lost_catalogue_is_not_made_anew_beside_an_index(indexed: Home, lose: object) -> None:
    assert callable(lose)
    for leftover in indexed.path.glob("catalogue.sqlite-*"):
        leftover.unlink()
    lose(indexed.catalogue)
    before = {path.name for path in indexed.path.iterdir()}
    for readonly in (True, False):
        with pytest.raises(StorageError), Catalogue.open(indexed.catalogue, readonly=readonly):
            pass
    page = indexed.path.parent / "page.html"
    page.write_text("<title>x</title><p>y")
    for command in (["add", str(page)], ["rebuild"], ["verify"]):
        refused = run(indexed, *command)
        assert refused.exit_code == 4, command
        assert "Traceback" not in refused.output
    after = {path.name for path in indexed.path.iterdir() if "sqlite-" not in path.name}
    assert after == before
    assert run(indexed, "search", "harbor").exit_code == 0, "the index still answers"


def test_a_new_home_gets_its_catalogue(tmp_path: Path) -> None:
    new = Home(tmp_path / "new")
    with Catalogue.open(new.catalogue) as catalogue:
        assert catalogue.counts().articles == 0


def test_an_emptied_catalogue_makes_no_empty_index(indexed: Home) -> None:
    before = Home(indexed.path).index.joinpath("current").read_bytes()
    empty_tables(indexed.catalogue)
    with pytest.raises(CatalogueCorrupt, match="made of 5 articles"):
        rebuild(indexed, processes=1)
    assert indexed.index.joinpath("current").read_bytes() == before
    said = run(indexed, "verify")
    assert said.exit_code == 4
    assert "has 0 articles; the index was made of 5" in said.stdout


def test_fewer_articles_than_the_index_was_made_of_are_told(indexed: Home, take_in: TakeIn) -> None:
    take_in("later", "More of the same came later on that day.")
    assert run(indexed, "verify").exit_code == 0, "more is no trouble"
    with closing(sqlite3.connect(indexed.catalogue)) as connection:
        connection.execute(
            "DELETE FROM articles WHERE article_id IN (SELECT article_id FROM articles LIMIT 2)"
        )
        connection.commit()
    assert "has 4 articles; the index was made of 5" in run(indexed, "verify").stdout


def test_no_flipped_page_is_a_traceback_and_each_that_matters_is_told(indexed: Home) -> None:
    with closing(sqlite3.connect(indexed.catalogue)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    whole = indexed.catalogue.read_bytes()
    page = int.from_bytes(whole[16:18], "big")
    for number in range(len(whole) // page):
        damaged = bytearray(whole)
        damaged[number * page : number * page + 60] = bytes(range(60))
        indexed.catalogue.write_bytes(bytes(damaged))
        said = run(indexed, "verify")
        assert said.exit_code == 4, f"page {number} was overwritten and nothing told"
        assert said.exception is None or isinstance(said.exception, SystemExit), number
    indexed.catalogue.write_bytes(whole)
    assert run(indexed, "verify").exit_code == 0


def test_text_that_is_none_is_damage_and_its_row_is_named(indexed: Home) -> None:
    with closing(sqlite3.connect(indexed.catalogue)) as connection:
        connection.execute("UPDATE versions SET outlet = CAST(x'ff2f61' AS TEXT) WHERE rowid = 1")
        connection.execute("UPDATE sightings SET locator = CAST(x'ff61' AS TEXT) WHERE rowid = 2")
        connection.commit()
    said = run(indexed, "verify")
    assert said.exit_code == 4
    assert isinstance(said.exception, SystemExit)
    for named in ("row 1 of versions", "row 2 of sightings", "is damaged (Could not decode"):
        assert named in said.stdout


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that another user reaches; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755)
    shutil.rmtree(folder)


def test_who_may_only_read_can_read_all(indexed: Home, public: Path) -> None:
    copy = Home(public / "home")
    with closing(sqlite3.connect(indexed.catalogue)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(indexed.path, copy.path, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    for path in copy.path.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    copy.path.chmod(0o555)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            reads_everything(
                indexed
            )  # so that all is imported: Python may lie where only root reads
            if os.getuid() == 0:
                os.setuid(NOBODY)
            code = 2 if os.access(copy.path, os.W_OK) else reads_everything(copy)
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def reads_everything(home: Home) -> int:
    client = create_app(open_collection(home)).test_client()
    found = client.get("/api/v1/search?q=harbor").json
    if not found or not found["total"]:
        return 3
    with Catalogue.open(home.catalogue, readonly=True) as catalogue:
        ids = [stored.article.article_id for stored in catalogue.articles()]
    for address in (*(f"/articles/{one}" for one in ids[:1]), "/search?q=harbor", "/readyz"):
        if client.get(address).status_code >= 500:
            return 4
    return 0 if run(home, "verify").exit_code == 0 and run(home, "status").exit_code == 0 else 5
