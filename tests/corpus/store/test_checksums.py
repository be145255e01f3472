"""Every row that is written leaves its checksum, and every bit that flips in one is told."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from corpus.errors import NoArticleFound, StorageError
from corpus.intake.recleaning import reclean
from corpus.store import Catalogue, Original, Trouble, Visit
from corpus.store.types import VisitOutcome
from tests.corpus.documents import COLLECTED, LONG_TEXT, an_article, raw_document

ADDRESS = "https://herald.example/bridge"
EDITED = f"{LONG_TEXT}\n\nA third driver came later on that day and had seen it too."


def _fill(path: Path) -> None:
    """Every kind of writing that there is, also what takes rows out or puts others there."""
    first = raw_document(url=ADDRESS)
    refused = raw_document("<p>wall</p>", locator="/pages/wall.html")
    with Catalogue.open(path) as catalogue:
        catalogue.put(first, an_article(url=ADDRESS, outlet="Harbor Herald"))
        catalogue.known(replace(first, locator="/pages/copy.html"), cleaner="html/1")
        later = raw_document("<p>x</p>", url=ADDRESS, collected=COLLECTED + timedelta(days=1))
        catalogue.put(later, an_article(url=ADDRESS, outlet="Harbor Herald", text=EDITED))
        catalogue.put(
            raw_document("<p>other</p>", url="https://valley.example/a", locator="/pages/a.html"),
            an_article(url="https://valley.example/a", outlet="Valley Post"),
        )
        catalogue.put(
            raw_document("<p>amp</p>", url=f"{ADDRESS}/amp", locator="/pages/amp.html"),
            an_article(url=f"{ADDRESS}/amp", outlet="Harbor Herald"),
        )
        for error in ("a wall", "still a wall"):
            catalogue.fail(refused, NoArticleFound(error), cleaner="html/1")
        catalogue.known(refused, cleaner="html/1")
        catalogue.fail("/pages/broken.html", NoArticleFound("cannot be read"), stage="read")
        catalogue.fail("/pages/gone.html", NoArticleFound("cannot be read"), stage="read")
        catalogue.forget("/pages/gone.html")
        for stamp in ("one", "two"):
            catalogue.finish("/pages/one.html", stamp, 1, after=0)
            listing = Original(stamp.encode(), "application/rss+xml")
            visit = Visit(outcome=VisitOutcome.FETCHED, visited=COLLECTED, listing=listing)
            catalogue.record_visit("https://herald.example/rss", visit)
        found = catalogue.article(an_article(url=ADDRESS).article_id, 1).article
        catalogue.reread(found.article_id, 1, replace(found, section="War"), cleaner="html/2")


def _troubles(path: Path) -> list[Trouble]:
    with Catalogue.open(path, readonly=True) as catalogue:
        return list(catalogue.troubles())


def _told(path: Path) -> list[str]:
    try:
        return [f"{one.what} {one.reason}" for one in _troubles(path)]
    except StorageError as error:
        return [str(error)]


def _past(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    _fill(tmp_path / "catalogue.sqlite")
    return tmp_path / "catalogue.sqlite"


def test_what_is_written_here_is_no_trouble(path: Path) -> None:
    assert _troubles(path) == []
    with closing(sqlite3.connect(path)) as connection:
        tables = dict(connection.execute("SELECT of, count(*) FROM checksums GROUP BY of"))
        for table, number in tables.items():
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (number,)
    assert {"aliases", "reprints", "failures", "inputs", "visits", "changes"} <= tables.keys()
    _past(path, "VACUUM")
    assert _troubles(path) == [], "a file that its owner made smaller is the same"


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE versions SET outlet = 'Harbor Hesald' WHERE version = 2", ", 2) is not as"),
        ("UPDATE versions SET article = zeroblob(9) WHERE version = 2", "of versions"),
        ("UPDATE articles SET first_collected = '2026-03-01T12:00:01' WHERE rowid = 1", "articles"),
        ("UPDATE sightings SET document_key = 'x' WHERE rowid = 1", "row 1 of sightings"),
        ("UPDATE originals SET media_type = 'text/plain' WHERE rowid = 1", "row 1 of originals"),
        ("UPDATE aliases SET alias = 'x'", "of aliases (x)"),
        ("DELETE FROM aliases", "row 1 of aliases was taken out"),
        ("INSERT INTO aliases SELECT 'x', article_id FROM articles LIMIT 1", "(x) was put in"),
        ("UPDATE reprints SET reprint_of = article_id", "of reprints"),
        ("UPDATE failures SET reason = 'other' WHERE original_sha256 IS NULL", "broken.html"),
        ("UPDATE failures SET url = '' WHERE original_sha256 IS NULL", "broken.html"),
        ("UPDATE inputs SET documents = CAST(documents AS BLOB)", "inputs (/pages/one.html)"),
        ("UPDATE visits SET visited = 'x'", "visits (https://herald.example/rss)"),
        ("UPDATE changes SET article_id = 'x' WHERE number = 2", "row 2 of changes"),
        ("UPDATE state SET mark = 'x'", "row 1 of state"),
        ("UPDATE checksums SET checksum = 1 WHERE of = 'inputs'", "of inputs"),
        ("UPDATE checksums SET of = 'outputs' WHERE of = 'inputs'", "of outputs is of no table"),
        ("DROP TRIGGER version_added", "version_added of the catalogue was taken out"),
        ("DROP INDEX versions_by_text", "versions_by_text of the catalogue was taken out"),
        ("DROP TABLE visits", "visits of the catalogue was taken out"),
        ("DROP TABLE checksums", "checksums of the catalogue was taken out"),
        ("PRAGMA user_version = 2", "earlier form than it is"),
    ],
)
def test_what_is_written_past_this_program_is_named(path: Path, statement: str, named: str) -> None:
    _past(path, statement)
    told = _told(path)
    assert any(named in one for one in told), told


def test_another_form_of_what_keeps_changes_is_named(path: Path) -> None:
    _past(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'INSERT ON versions WHEN 1',"
        " 'INSERT ON versions WHEN 0') WHERE name = 'version_added'",
    )
    assert _told(path) == ["version_added of the catalogue has another form than was made"]


def test_no_flipped_bit_goes_unseen_but_where_nothing_is_said(path: Path) -> None:
    _past(path, "PRAGMA journal_mode = DELETE")
    whole = path.read_bytes()
    chance = random.Random(20261129)

    def said() -> list[list[object]]:
        with closing(sqlite3.connect(path)) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            return [
                connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()
                for (name,) in tables.fetchall()
                if name not in {"state", "inputs", "aliases", "reprints"}
            ] + connection.execute("SELECT * FROM aliases, reprints, inputs, state").fetchall()

    right = said()
    for where in (chance.randrange(len(whole)) for _ in range(120)):
        damaged = bytearray(whole)
        damaged[where] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        if not _told(path):
            assert said() == right, f"byte {where} was damaged and nothing told"
    for text in (
        b"Harbor Herald",
        b"cannot be read",
        b"a wall",
        b"2026-03-01T12",
        ADDRESS.encode(),
    ):
        where = whole.index(text) + chance.randrange(len(text))
        path.write_bytes(whole[:where] + bytes([whole[where] ^ 4]) + whole[where + 1 :])
        assert _told(path), text


def test_a_damaged_reading_is_made_again_of_its_original(path: Path) -> None:
    with Catalogue.open(path) as catalogue:
        versions = len(list(catalogue.outdated("html/1")))
        for article_id, number, _ in list(catalogue.outdated("none")):
            found = catalogue.article(article_id, number).article
            catalogue.reread(article_id, number, found, cleaner="html/3")
        assert list(catalogue.outdated("html/3")) == []
    assert versions
    _past(path, "UPDATE versions SET outlet = 'Other', article = x'00' WHERE version = 2")
    assert [one for one in _told(path) if "of versions" in one]
    with Catalogue.open(path) as catalogue:
        ((_, number, raw),) = catalogue.outdated("html/3")
        assert (number, raw.content) == (2, b"<p>x</p>")
        right = an_article(url=ADDRESS, outlet="Harbor Herald", text=EDITED)
        reclean(catalogue, processes=1, clean=lambda _: right, version="html/3")
    assert [one for one in _told(path) if "of versions" in one] == []


def test_damage_of_what_leads_to_an_original_ends_nothing(path: Path) -> None:
    _past(path, "PRAGMA foreign_keys = OFF", "UPDATE versions SET version = 7 WHERE version = 2")
    with Catalogue.open(path) as catalogue:
        assert 7 not in [number for _, number, _ in catalogue.outdated("none")]
    assert _told(path)
