"""The chain over intakes: what is put in, taken out or altered past it is named."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.errors import NoArticleFound
from corpus.home import Home
from corpus.store import Catalogue, Link, Trouble
from corpus.store.tables import SCHEMA
from tests.corpus.documents import an_article, raw_document
from tests.corpus.store.conftest import Place

_URLS = [f"https://herald.example/{name}" for name in ("one", "two", "three")]


def _fill(where: Home | Path) -> None:
    with Catalogue.open(where) as catalogue:
        for url in _URLS:
            text = f"What was seen at {url}."
            catalogue.put(
                raw_document(f"<p>{text}</p>", url=url, locator=f"/pages/{url[-3:]}.html"),
                an_article(url=url, text=text),
            )


@pytest.fixture
def filled(place: Place) -> Place:
    _fill(place.home)
    return place


def _troubles(where: Home | Path, noted: Link | None = None) -> list[Trouble]:
    with Catalogue.open(where, readonly=True) as catalogue:
        return list(catalogue.troubles(noted))


def _last(where: Home | Path) -> Link:
    with Catalogue.open(where, readonly=True) as catalogue:
        return catalogue.last_link()


def test_every_document_leaves_one_record_and_an_untouched_catalogue_has_no_trouble(
    filled: Place,
) -> None:
    before = datetime.now(UTC)
    with Catalogue.open(filled.home) as catalogue:
        raw = raw_document(url="https://herald.example/four\ud83d", headers={"server": "x"})
        catalogue.put(raw, an_article(url="https://herald.example/four"))
        catalogue.put(raw, an_article(url="https://herald.example/four"))  # seen there already
        catalogue.fail(raw_document("nothing"), NoArticleFound("no text"))

    assert _troubles(filled.home) == []
    with Catalogue.open(filled.home, readonly=True) as catalogue:
        intakes = list(catalogue.intakes())
        (fourth,) = catalogue.intakes(after=before)
    assert [one.link.number for one in intakes] == [1, 2, 3, 4]
    assert fourth == intakes[3]
    assert fourth.taken is not None
    assert before <= fourth.taken <= datetime.now(UTC)
    assert json.loads(fourth.record)[3] == raw.sha256


def test_a_link_can_be_worked_out_by_anybody(filled: Place) -> None:
    link = "0" * 64
    with Catalogue.open(filled.home, readonly=True) as catalogue:
        for intake in catalogue.intakes():
            link = hashlib.sha256(f"{link}\n{intake.record}".encode()).hexdigest()
            assert intake.link.sha256 == link
        assert catalogue.last_link() == Link(3, link)


def test_seen_at_another_place_is_an_intake_too(filled: Place) -> None:
    with Catalogue.open(filled.home) as catalogue:
        raw = raw_document(
            f"<p>What was seen at {_URLS[0]}.</p>", url=_URLS[0], locator="/copies/one.html"
        )
        assert catalogue.known(raw, cleaner="html/1") is not None
        article_id = an_article(url=_URLS[0]).article_id
        assert len(list(catalogue.intakes(article_id))) == 2
    assert _troubles(filled.home) == []


_FIRST = "(SELECT article_id FROM intakes WHERE number = 1)"


@pytest.mark.parametrize(
    ("statements", "named"),
    [
        (["DELETE FROM intakes WHERE number = 2"], "intake 2 was taken out of the chain"),
        (["DELETE FROM intakes WHERE number = 1"], "intake 1 was taken out of the chain"),
        (["DELETE FROM intakes WHERE number = 3"], "put in past the chain"),
        (
            ["UPDATE intakes SET record = replace(record, '2026', '2025') WHERE number = 2"],
            "intake 2 does not follow from the intake before it",
        ),
        (["UPDATE intakes SET taken = '2020' WHERE number = 2"], "is listed under another"),
        (["UPDATE sightings SET collected = '2020' WHERE rowid = 1"], "not what intake 1 recorded"),
        (["UPDATE sightings SET headers = '{\"a\": \"b\"}' WHERE rowid = 2"], "what intake 2 rec"),
        (["UPDATE sightings SET version = 7 WHERE rowid = 1"], "not what intake 1 recorded"),
        (["UPDATE sightings SET url = 'https://other.example/' WHERE rowid = 1"], "was taken out"),
        ([f"DELETE FROM sightings WHERE article_id = {_FIRST}"], "was taken out; intake 1 has it"),
        (
            [
                f"DELETE FROM sightings WHERE article_id = {_FIRST}",
                f"DELETE FROM versions WHERE article_id = {_FIRST}",
                f"DELETE FROM articles WHERE article_id = {_FIRST}",
            ],
            "was taken out; intake 1 has it",
        ),
        (["DELETE FROM originals WHERE rowid = 3"], "was taken out"),
        (
            ["UPDATE versions SET original_sha256 = (SELECT max(sha256) FROM originals)"],
            "was seen nowhere",
        ),
    ],
)  # fmt: skip
def test_what_was_done_past_the_chain_is_named(
    filled: Place, statements: list[str], named: str
) -> None:
    filled.alter(*statements)

    said = [f"{one.what} {one.reason}" for one in _troubles(filled.home)]
    assert any(named in one for one in said), said


@pytest.mark.parametrize(
    ("content", "named"),
    [(b"other bytes", "has other bytes than were taken in"), (None, "cannot be unpacked")],
)
def test_an_original_that_was_altered_is_named(
    filled: Place, content: bytes | None, named: str
) -> None:
    with Catalogue.open(filled.home, readonly=True) as catalogue:
        sha256 = next(catalogue.articles()).original_sha256
    filled.put_bytes(sha256, content)

    assert _troubles(filled.home) == [Trouble(f"original {sha256}", named)]


def test_a_version_put_in_beside_another_is_named(filled: Place) -> None:
    filled.alter(
        "INSERT INTO versions (article_id, version, original_sha256, collected, cleaner, kind, url,"
        " outlet, text_key, content_key, article) SELECT article_id, 9, original_sha256, collected,"
        " cleaner, kind, url, outlet, text_key, content_key, article FROM versions WHERE rowid = 1",
    )
    (found,) = _troubles(filled.home)
    assert found.what.startswith("version 9 of")


def test_a_chain_written_anew_to_its_end_is_told_by_a_link_noted_before(filled: Place) -> None:
    noted = _last(filled.home)
    if filled.server is None:
        filled.home.catalogue.unlink()
    else:
        filled.alter("DROP SCHEMA dispatches CASCADE")
        shutil.rmtree(filled.home.path)
    _fill(filled.home)  # by the rules, at another time

    assert _troubles(filled.home) == []
    (found,) = _troubles(filled.home, noted)
    assert (found.what, found.reason) == ("intake 3", "has another link than was noted")


def test_a_chain_whose_end_was_cut_off_is_told_by_a_link_noted_before(filled: Place) -> None:
    noted = _last(filled.home)
    last = "(SELECT article_id FROM intakes WHERE number = 3)"
    filled.alter(f"DELETE FROM sightings WHERE article_id = {last}")
    filled.alter(f"DELETE FROM versions WHERE article_id = {last}")
    filled.alter("DELETE FROM intakes WHERE number = 3")

    assert _troubles(filled.home) == []
    (found,) = _troubles(filled.home, noted)
    assert "is not in the chain, though its link was noted" in found.reason


def test_a_noted_link_holds_when_more_was_taken_in(filled: Place) -> None:
    noted = _last(filled.home)
    with Catalogue.open(filled.home) as catalogue:
        catalogue.put(raw_document("more"), an_article(url="https://herald.example/more"))
    assert _troubles(filled.home, noted) == []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    _fill(tmp_path / "catalogue.sqlite")
    return tmp_path / "catalogue.sqlite"


def _without_chain(path: Path) -> None:
    """A catalogue as the version before this one made it."""
    assert "intakes" not in SCHEMA
    _alter_any(path, "DROP TABLE intakes", "DROP TABLE checksums", "PRAGMA user_version = 1")


def _alter_any(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_catalogue_from_before_can_be_read_and_gets_its_chain_when_written(path: Path) -> None:
    _without_chain(path)
    assert (_troubles(path), _last(path).number) == ([], 0)
    (missing,) = _troubles(path, Link(3, "f" * 64))
    assert missing.what == "intake 3"

    with Catalogue.open(path) as catalogue:
        catalogue.put(raw_document("more"), an_article(url="https://herald.example/more"))
        for url in _URLS:
            (intake,) = catalogue.intakes(an_article(url=url).article_id)
            assert intake.taken is None  # nobody knows when
        assert len(list(catalogue.intakes(after=datetime(2020, 1, 1, tzinfo=UTC)))) == 1
    assert (_troubles(path), _last(path).number) == ([], 4)
