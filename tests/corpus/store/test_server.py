"""A catalogue on a server: taken in, asked and checked by commands; and what may go wrong there."""

from __future__ import annotations

import json
import os
import shutil
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from corpus.errors import (
    CatalogueCorrupt,
    CatalogueUnavailable,
    NoCatalogue,
    OriginalNotFound,
    StorageError,
)
from corpus.home import CATALOGUE, ORIGINALS, Home
from corpus.store import Catalogue, Known, Outcome
from corpus.store.server import schema
from corpus.terminal import EXIT_STORAGE, EXIT_USAGE
from tests.cluster.postgresql import PASSWORD, Server
from tests.corpus.documents import LONG_TEXT, an_article, raw_document
from tests.faults.attack.operations import pages
from webui.app import create_app
from webui.cli import main
from webui.collection import open_collection

pytestmark = pytest.mark.slow


def run(*words: object, home: Path, **environment: str) -> Result:
    done = CliRunner(env=environment).invoke(main, [*map(str, words), "--home", str(home)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done


@pytest.fixture
def home(tmp_path: Path, postgresql: Server) -> Home:
    return Home(tmp_path / "home", given={CATALOGUE: postgresql.database()})


def address(home: Home) -> str:
    return home.given[CATALOGUE]


def fill(home: Home, *names: str) -> None:
    with Catalogue.open(home) as catalogue:
        for name in names:
            text = f"{LONG_TEXT} {name}"
            catalogue.put(raw_document(text, locator=f"/{name}.html"), an_article(text=text))


def test_commands_find_a_catalogue_on_a_server_again(tmp_path: Path, home: Home) -> None:
    pages(tmp_path / "pile", range(12))
    more = pages(tmp_path / "more", range(12, 15))

    said = run("--catalogue", address(home), "add", tmp_path / "pile", home=home.path)
    assert said.exit_code == 0, said.output
    assert not home.catalogue.exists()
    for words in (["rebuild", "--processes", "1"], ["add", more, "--publish"], ["verify"]):
        said = run(*words, home=home.path)
        assert said.exit_code == 0, said.output

    status = json.loads(run("status", "--json", home=home.path).stdout)
    assert (status["articles"], status["up_to_date"]) == (15, True)
    found = json.loads(run("search", "shelter", "--json", home=home.path).stdout)
    assert found["total"]
    kept = json.loads(home.server.read_text())
    assert kept["catalogue"] == address(home)
    assert PASSWORD not in json.dumps(kept)


def test_two_folders_may_have_one_catalogue(tmp_path: Path, home: Home) -> None:
    """As on two machines: each with a home of its own, the originals in a folder of both."""
    shared = {CATALOGUE: address(home), ORIGINALS: str(tmp_path / "originals")}
    here, there = Home(tmp_path / "here", given=shared), Home(tmp_path / "there", given=shared)
    fill(here, "one")
    fill(there, "one", "two")

    for one in (Home(here.path), Home(there.path)):
        with Catalogue.open(one, readonly=True) as catalogue:
            assert catalogue.counts().articles == 2
            assert list(catalogue.troubles()) == []
            for stored in catalogue.articles():
                assert catalogue.original(stored.original_sha256).content


def test_texts_longer_than_an_index_allows_are_held(home: Home) -> None:
    long = "".join(f"{number:x}" for number in range(9000))
    with Catalogue.open(home) as catalogue:
        raw = raw_document(url=f"https://herald.example/{long}", locator=f"/{long}")
        assert catalogue.put(raw, an_article(url=raw.url)) is Outcome.ADDED
        assert catalogue.known(raw, cleaner="") is Known.TAKEN
        catalogue.finish(f"/{long}", "stamp", 3, after=0)
        assert catalogue.taken_in(f"/{long}", "stamp") == 3
        assert list(catalogue.troubles()) == []


def test_a_nul_is_held_as_another_character(home: Home) -> None:
    with Catalogue.open(home) as catalogue:
        raw = raw_document(locator="/a\0b", url="https://herald.example/a\0")
        catalogue.put(raw, an_article())
        assert catalogue.put(raw, an_article()) is Outcome.DUPLICATE
        (seen,) = catalogue.sightings(an_article().article_id)
        assert (seen.locator, list(catalogue.troubles())) == ("/a\ufffdb", [])


def test_restricted_originals_are_held_back_on_a_server_too(home: Home) -> None:
    """Of a hidden article alone: not there. Of chapters, one of them hidden: not given."""
    with Catalogue.open(home) as catalogue:
        for number in (1, 2):
            text = f"{LONG_TEXT} {number}"
            place = {"chapter": f"{number}-{number}"}
            raw = replace(raw_document("a book", locator=f"/book!{number}"), declared=place)
            catalogue.put(raw, an_article(text=text))
        chapters = [one.article.article_id for one in catalogue.articles()]
    assert len(chapters) == 2
    for hidden, given in ([], True), (chapters[:1], False), (chapters, False):
        with Catalogue.open(home, readonly=True, hidden=hidden) as catalogue:
            assert catalogue.counts().articles == 2 - len(hidden)
            if given:
                assert catalogue.original(raw.sha256).content == raw.content
            else:
                with pytest.raises(OriginalNotFound):
                    catalogue.original(raw.sha256)


def test_originals_can_be_read_by_other_tools(home: Home) -> None:
    fill(home, "one")
    (kept,) = (home.path / "originals").rglob("*.gz")
    assert kept.parent.name == kept.name[:2]
    shutil.copy(kept, home.path / "copy.gz")
    assert os.system(f"gzip --decompress {home.path}/copy.gz") == 0
    assert (home.path / "copy").read_text() == f"{LONG_TEXT} one"


def test_a_backup_holds_the_catalogue_as_a_file(
    tmp_path: Path, home: Home, postgresql: Server
) -> None:
    fill(home, "one", "two")
    kept, back = tmp_path / "kept", Home(tmp_path / "back")
    assert run("backup", kept, home=home.path).exit_code == 0
    fill(home, "three")
    assert run("backup", kept, home=home.path).exit_code == 0
    assert run("backup", kept, "--check", home=home.path).exit_code == 0
    assert run("restore", kept, home=back.path).exit_code == 0

    assert not back.server.exists()
    for where in (back, home):
        with Catalogue.open(where, readonly=True) as catalogue:
            assert (catalogue.counts().articles, list(catalogue.troubles())) == (3, [])
    with Catalogue.open(home, readonly=True) as catalogue:
        link = catalogue.last_link()
    with Catalogue.open(back, readonly=True) as catalogue:
        assert catalogue.last_link() == link
    said = run(
        "--originals", tmp_path / "new", "move", "--to", postgresql.database(), home=back.path
    )
    assert said.exit_code == 0, said.output


def test_a_dump_and_the_folder_of_originals_bring_it_back(
    tmp_path: Path, home: Home, postgresql: Server
) -> None:
    fill(home, "one", "two")
    postgresql.dump(address(home), tmp_path / "dump")  # first, since originals only grow
    fill(home, "three")
    originals = shutil.copytree(home.path / "originals", tmp_path / "originals")

    where = postgresql.database()
    postgresql.restore(tmp_path / "dump", where)
    back = Home(tmp_path / "back", given={CATALOGUE: where, ORIGINALS: str(originals)})
    fill(back, "four")
    with Catalogue.open(back, readonly=True) as catalogue:
        assert (catalogue.counts().articles, list(catalogue.troubles())) == (3, [])
    with pytest.raises(CatalogueCorrupt, match="not here"):
        Catalogue.open(Home(tmp_path / "new", given={CATALOGUE: where, ORIGINALS: str(tmp_path)}))


# What may go wrong


def test_a_password_in_the_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    for bad in (
        "postgresql://taker:hunter22@127.0.0.1/x",
        "postgresql://127.0.0.1/x?password=hunter22",
        "mysql://taker:hunter22@127.0.0.1/x",
        "postgresql://taker:hunter22@[::1/x",
    ):
        said = run("--catalogue", bad, "status", home=tmp_path)
        assert said.exit_code == EXIT_USAGE, said.output
        assert "hunter22" not in said.output
        assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        where = f"postgresql://taker@127.0.0.1:{free.getsockname()[1]}/x"
        pages(tmp_path / "pile", range(1))
        said = run("--catalogue", where, "add", tmp_path / "pile", home=tmp_path / "home")
    assert said.exit_code == EXIT_STORAGE
    assert "127.0.0.1" in said.output
    assert "refused" in said.output
    assert not (tmp_path / "home" / "catalogue.json").exists()


def test_a_wrong_password_is_told_of_and_not_repeated(home: Home) -> None:
    said = run("--catalogue", address(home), "status", home=home.path, PGPASSWORD="hunter22")
    assert said.exit_code == EXIT_STORAGE
    assert "PGPASSFILE" in said.output
    assert "hunter22" not in said.output


def test_a_file_may_have_the_password(home: Home, tmp_path: Path) -> None:
    fill(home, "one")
    file = tmp_path / "pgpass"
    file.write_text(f"*:*:*:*:{PASSWORD.replace(':', chr(92) + ':')}")
    file.chmod(0o600)
    said = run("status", home=home.path, PGPASSWORD="", PGPASSFILE=str(file))
    assert said.exit_code == 0, said.output


def test_a_database_without_a_catalogue_has_none_to_read(home: Home) -> None:
    with pytest.raises(NoCatalogue, match="dispatches add"):
        Catalogue.open(home, readonly=True)


def test_another_collections_catalogue_is_refused(home: Home, postgresql: Server) -> None:
    fill(home, "one")
    other = Home(home.path.with_name("other"), given={CATALOGUE: postgresql.database()})
    fill(other, "two")
    for readonly in (True, False):
        with pytest.raises(CatalogueCorrupt, match="another collection"):
            Catalogue.open(Home(home.path, given=other.given), readonly=readonly)


def test_originals_elsewhere_are_not_taken_for_lost(home: Home, tmp_path: Path) -> None:
    """A folder that is not mounted must not look like an empty one to begin in."""
    fill(home, "one")
    for readonly in (True, False):
        wrong = Home(home.path, given={ORIGINALS: str(tmp_path / "not mounted")})
        with pytest.raises(CatalogueCorrupt, match="not here"):
            Catalogue.open(wrong, readonly=readonly)
    other = Home(tmp_path / "other", given={ORIGINALS: str(home.path / "originals")})
    with Catalogue.open(other):
        pass  # in a file: it has no use for a folder
    assert not (tmp_path / "not mounted").exists()


def test_a_missing_original_is_named(home: Home) -> None:
    fill(home, "one", "two")
    next((home.path / "originals").rglob("*.gz")).unlink()
    with Catalogue.open(home, readonly=True) as catalogue:
        (found,) = catalogue.troubles()
    assert found.what.startswith("original")


def test_a_collection_in_a_file_does_not_begin_anew_on_a_server(tmp_path: Path, home: Home) -> None:
    fill(Home(home.path), "one")
    said = run("--catalogue", address(home), "status", home=home.path)
    assert said.exit_code == EXIT_USAGE
    assert f"dispatches move --to {address(home)}" in said.output


def test_a_later_schema_is_neither_read_nor_written(home: Home, postgresql: Server) -> None:
    fill(home, "one")
    postgresql.execute(address(home), "UPDATE dispatches.about SET version = version + 1")
    for readonly in (True, False):
        with pytest.raises(StorageError, match="Use the version of Dispatches that made it"):
            Catalogue.open(home, readonly=readonly)


def test_an_earlier_schema_is_brought_up_to_date_once_by_who_writes(
    home: Home, postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(home, "one")
    steps = (*schema.STEPS, "CREATE TABLE later (one TEXT); INSERT INTO later VALUES ('x')")
    monkeypatch.setattr("corpus.store.server.opening.STEPS", steps)
    monkeypatch.setattr("corpus.store.server.opening.VERSION", len(steps))
    with pytest.raises(StorageError, match="dispatches upgrade"):
        Catalogue.open(home, readonly=True)
    said = run("upgrade", home=home.path)
    assert (said.exit_code, "bringing its tables up to date" in said.output) == (0, True)
    Catalogue.open(home).close()
    assert postgresql.execute(address(home), "SELECT one FROM dispatches.later") == [("x",)]
    with Catalogue.open(home, readonly=True) as catalogue:
        assert catalogue.counts().articles == 1


def test_a_user_who_may_only_read_reads(home: Home, postgresql: Server) -> None:
    fill(home, "one")
    name = f"reader{os.getpid()}"
    postgresql.execute(
        address(home),
        f"CREATE USER {name} PASSWORD '{PASSWORD.replace(chr(39), chr(39) * 2)}'",
        f"GRANT USAGE ON SCHEMA dispatches TO {name}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA dispatches TO {name}",
    )
    reading = Home(home.path, given={CATALOGUE: address(home).replace("taker@", f"{name}@")})
    with Catalogue.open(reading, readonly=True) as catalogue:
        assert catalogue.counts().articles == 1
    with Catalogue.open(reading) as catalogue, pytest.raises(StorageError, match="may not do that"):
        catalogue.put(raw_document("new"), an_article(text="something new"))
    with Catalogue.open(home, readonly=True) as catalogue:
        assert catalogue.counts().originals == 1


def test_an_intake_whose_server_goes_ends_and_goes_on(
    tmp_path: Path, home: Home, postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    pile = pages(tmp_path / "pile", range(12))
    words = ("add", pile, "--processes", "1", "--json")
    put, puts = Catalogue.put, 0

    def puts_and_dies(catalogue: Catalogue, *arguments: Any, **named: Any) -> Outcome:
        nonlocal puts
        puts += 1
        if puts == 6:
            postgresql.kill()
        return put(catalogue, *arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(Catalogue, "put", puts_and_dies)
        try:
            said = run("--catalogue", address(home), *words, home=home.path)
        finally:
            postgresql.start()
    assert (said.exit_code, json.loads(said.stderr)["code"]) == (
        EXIT_STORAGE,
        "catalogue_unavailable",
    )
    with Catalogue.open(home, readonly=True) as catalogue:
        assert (catalogue.counts().articles, catalogue.counts().failures) == (5, 0)
    said = run(*words, home=home.path)
    assert said.exit_code == 0, said.output
    with Catalogue.open(home, readonly=True) as catalogue:
        assert (catalogue.counts().articles, list(catalogue.troubles())) == (12, [])


def test_pages_say_that_the_server_is_gone_and_searching_goes_on(
    tmp_path: Path, home: Home, postgresql: Server
) -> None:
    pile = pages(tmp_path / "pile", range(3))
    run("--catalogue", address(home), "add", pile, "--publish", home=home.path)
    app = create_app(open_collection(Home(home.path)))
    asking = app.test_client()
    found = asking.get("/api/v1/search?q=shelter").get_json()["items"][0]["id"]
    assert asking.get(f"/api/v1/articles/{found}").status_code == 200
    postgresql.kill()
    try:
        assert asking.get("/api/v1/search?q=shelter").status_code == 200
        said = asking.get(f"/api/v1/articles/{found}")
        assert (said.status_code, "127.0.0.1" in said.text) == (503, False)
    finally:
        postgresql.start()
    assert asking.get(f"/api/v1/articles/{found}").status_code == 200


def test_a_server_that_goes_while_documents_come_in_settles_nothing(
    home: Home, postgresql: Server
) -> None:
    fill(home, "one")
    with Catalogue.open(home) as catalogue:
        postgresql.kill()
        try:
            for _ in range(2):
                with pytest.raises(CatalogueUnavailable, match="run the command again"):
                    catalogue.put(raw_document("two"), an_article(text="something new"))
            with pytest.raises(CatalogueUnavailable):
                Catalogue.open(home)
        finally:
            postgresql.start()
    fill(home, "one", "two")
    with Catalogue.open(home, readonly=True) as catalogue:
        assert catalogue.counts().articles == 2
        assert list(catalogue.troubles()) == []
        assert [one.link.number for one in catalogue.intakes()] == [1, 2]
