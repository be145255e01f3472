"""A catalogue is moved to a server and back: all of it arrives, or it stays where it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from corpus.errors import CatalogueCorrupt, InvalidParameter, Locked, NoArticleFound, NoCatalogue
from corpus.home import CATALOGUE, Home
from corpus.store import Catalogue, Original, Outcome, Visit, VisitOutcome
from corpus.store.server import moving
from corpus.store.server.moving import move
from corpus.terminal import EXIT_STORAGE, EXIT_USAGE
from tests.cluster.postgresql import Server
from tests.corpus.documents import COLLECTED, LONG_TEXT, an_article, raw_document
from webui.cli import main

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A catalogue with something in each of its tables."""
    home = Home(tmp_path / "home")
    with Catalogue.open(home) as catalogue:
        for number in range(30):
            url = f"https://herald.example/{number % 20}"
            text = f"{LONG_TEXT} {number}"
            raw = raw_document(text, url=url, locator=f"/{number}.html", headers={"x": "\u043b\0"})
            catalogue.put(raw, an_article(url=url, text=text, outlet="Herald"))
        text = f"{LONG_TEXT} 3"
        for url, outlet in (
            ("https://courier.example/3", "Courier"),
            ("https://herald.example/archive/3", "Herald"),
        ):
            catalogue.put(
                raw_document(url, url=url, locator=url),
                an_article(url=url, text=text, outlet=outlet),
            )
        catalogue.fail(raw_document("nothing", locator="/bad.html"), NoArticleFound("no text"))
        catalogue.fail("/worse.html", NoArticleFound("no file"), stage="read")
        catalogue.finish("/dump.jsonl", "stamp", 7, after=0)
        listing = Original(b"<rss/>", "application/rss+xml")
        visit = Visit(outcome=VisitOutcome.FETCHED, visited=COLLECTED, etag='"1"', listing=listing)
        catalogue.record_visit("https://herald.example/feed", visit)
    return home


def told(home: Home) -> dict[str, Any]:
    """All that a catalogue says of itself."""
    with Catalogue.open(Home(home.path), readonly=True) as catalogue:
        assert list(catalogue.troubles()) == []
        stored = list(catalogue.articles())
        ids = [one.article.article_id for one in stored]
        return {
            "articles": stored,
            "versions": [catalogue.versions(one) for one in ids],
            "sightings": [catalogue.sightings(one) for one in ids],
            "reprints": [catalogue.reprint_of(one) for one in ids],
            "originals": [catalogue.original(one.original_sha256) for one in stored],
            "failures": list(catalogue.failures()),
            "failed": list(catalogue.failed_documents()),
            "visit": catalogue.visit("https://herald.example/feed"),
            "file": catalogue.taken_in("/dump.jsonl", "stamp"),
            "intakes": list(catalogue.intakes()),
            "counts": catalogue.counts(),
            "state": (catalogue.state(), catalogue.last_change(), catalogue.last_link()),
        }


def run(*words: object, home: Home) -> Result:
    done = CliRunner().invoke(main, [*map(str, words), "--home", str(home.path)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done


def test_there_and_back_all_is_as_it_was(home: Home, postgresql: Server) -> None:
    before = told(home)
    address = postgresql.database()

    said = run("move", "--to", address, "--json", home=home)
    assert said.exit_code == 0, said.output
    moved = json.loads(said.stdout)
    assert (moved["rows"], moved["copied"]) == (moved["rows"],) * 2
    assert Path(moved["left"]).exists()
    assert not home.catalogue.exists()
    assert told(home) == before

    with Catalogue.open(Home(home.path)) as catalogue:  # numbers go on
        raw = raw_document("later", url="https://herald.example/later")
        assert catalogue.put(raw, an_article(url=raw.url, text="later")) is Outcome.ADDED
        catalogue.fail("/last.html", NoArticleFound("no file"), stage="read")
        assert list(catalogue.failed_documents())[-1] == "/last.html"
    later = told(home)
    assert later["intakes"][:-1] == before["intakes"]

    assert run("move", "--to", "file", home=home).exit_code == 0
    assert home.catalogue.exists()
    assert not home.server.exists()
    assert told(home) == later
    with Catalogue.open(home) as catalogue:
        raw = raw_document("last", url="https://herald.example/last")
        assert catalogue.put(raw, an_article(url=raw.url, text="last")) is Outcome.ADDED
    assert sorted(one.name for one in home.path.iterdir()) == [
        "catalogue.sqlite", "catalogue.sqlite.moved", "originals",
    ]  # fmt: skip


@pytest.mark.parametrize("to", ["server", "file"])
@pytest.mark.parametrize("piece", [1, 6, 11])
def test_cut_off_in_the_middle_it_goes_on(
    home: Home, postgresql: Server, monkeypatch: pytest.MonkeyPatch, to: str, piece: int
) -> None:
    monkeypatch.setattr(moving, "_PIECE", 20)
    before = told(home)
    where = postgresql.database()
    if to == "file":
        move(home, where)
        where = "file"
    insert, done = moving._insert, 0

    def killed(*arguments: Any) -> None:
        nonlocal done
        done += 1
        if done == piece:
            raise KeyboardInterrupt
        insert(*arguments)

    monkeypatch.setattr(moving, "_insert", killed)
    with pytest.raises(KeyboardInterrupt):
        move(home, where)
    assert told(home) == before, "it stays where it was"
    moved = move(home, where)
    assert moved.copied <= moved.rows - 20 * (piece - 1) * (piece < 6)
    assert told(home) == before


_KILLED = """
import os, sys
from pathlib import Path
from corpus.home import Home
from corpus.store.server import moving

moving._PIECE = 10
rows = 0

def on_row():
    global rows
    rows += 1
    if rows == int(sys.argv[3]):
        os.kill(os.getpid(), 9)

moving.move(Home(Path(sys.argv[1])), sys.argv[2], on_row)
"""


def test_killed_again_and_again_it_arrives(home: Home, postgresql: Server) -> None:
    before = told(home)
    where = postgresql.database()
    for rows in (15, 40, 100_000):
        words = [sys.executable, "-c", _KILLED, str(home.path), where, str(rows)]
        ended = subprocess.run(words, env=os.environ | {}, check=False).returncode
        assert ended == (0 if rows == 100_000 else -signal.SIGKILL)
        assert told(home) == before
    assert not home.catalogue.exists()


def test_what_changed_between_two_tries_is_copied_anew(
    home: Home, postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = postgresql.database()
    with monkeypatch.context() as patch:
        patch.setattr(moving, "_compared", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            move(home, where)
    half = Home(home.path.with_name("other"), given={CATALOGUE: where})
    with pytest.raises(CatalogueCorrupt, match="in part only"):
        Catalogue.open(half, readonly=True)
    with Catalogue.open(home) as catalogue:
        catalogue.forget("/worse.html")
    before = told(home)
    moved = move(home, where)
    assert moved.copied == moved.rows
    assert told(home) == before


def test_a_crash_after_all_arrived_is_gone_on_from(
    home: Home, postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = postgresql.database()
    before = told(home)
    with monkeypatch.context() as patch:
        patch.setattr("corpus.store.server.choice.keep", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            move(home, where)
    assert told(home) == before
    assert move(home, where).copied == 0
    assert told(home) == before
    assert not home.catalogue.exists()


def test_nobody_takes_in_meanwhile(
    home: Home, postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.sqlite.BUSY_SECONDS", 0.05)
    tried: list[bool] = []

    def on_row() -> None:
        if not tried:
            tried.append(True)
            with pytest.raises(Locked), Catalogue.open(home) as catalogue:
                catalogue.fail("/x.html", NoArticleFound("no file"), stage="read")

    move(home, postgresql.database(), on_row)
    assert tried


def test_what_did_not_arrive_as_it_was_is_not_changed_over_to(
    home: Home, postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told(home)
    where = postgresql.database()
    insert = moving._insert

    def altered(target: Any, table: str, rows: list[Any]) -> None:
        if table == "sightings":
            rows = [(*row[:5], "2020-01-01T00:00:00.000000+00:00", *row[6:]) for row in rows]
        insert(target, table, rows)

    monkeypatch.setattr(moving, "_insert", altered)
    with pytest.raises(CatalogueCorrupt, match="not what was sent: sightings"):
        move(home, where)
    assert told(home) == before
    assert not home.server.exists()


def test_a_place_with_another_catalogue_is_left_alone(home: Home, postgresql: Server) -> None:
    where = postgresql.database()
    with Catalogue.open(Home(home.path.with_name("other"), given={CATALOGUE: where})) as catalogue:
        catalogue.put(raw_document(), an_article())
    with pytest.raises(CatalogueCorrupt, match="already"):
        move(home, where)
    assert home.catalogue.exists()


def test_where_it_is_already_it_is_not_moved_to(
    home: Home, tmp_path: Path, postgresql: Server
) -> None:
    assert run("move", "--to", "file", home=home).exit_code == EXIT_USAGE
    assert run("move", "--to", "nowhere", home=home).exit_code == EXIT_USAGE
    assert run("move", "--to", "postgresql://127.0.0.1:1/x", home=home).exit_code == EXIT_STORAGE
    where = postgresql.database()
    with pytest.raises(NoCatalogue):
        move(Home(tmp_path / "none"), where)
    move(home, where)
    with pytest.raises(InvalidParameter, match="on a server"):
        move(Home(home.path), where)
