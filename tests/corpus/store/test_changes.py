"""The catalogue knows which articles changed since an instant."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from corpus.article import Article, RawDocument, article_id_for
from corpus.store import Catalogue, Change
from tests.corpus.store.conftest import Place


def _put(catalogue: Catalogue, name: str, text: str) -> str:
    url = f"https://ledger.example/{name}"
    raw = RawDocument(
        content=text.encode(),
        media_type="text/plain",
        locator=f"{name}.txt",
        url=url,
        collected=datetime(2026, 3, 1, tzinfo=UTC),
        reader="text/1",
    )
    article = Article(
        article_id=article_id_for(url=url, text=""),
        title=name,
        text=text,
        url=url,
        cleaner="text/1",
    )
    catalogue.put(raw, article)
    return article.article_id


def _last(catalogue: Catalogue) -> Change:
    change = catalogue.last_change()
    assert change is not None
    return change


def test_what_came_or_changed_since_is_named_once(place: Place) -> None:
    with Catalogue.open(place.home) as catalogue:
        _put(catalogue, "before", "A bridge fell.")
        since = _last(catalogue)
        assert catalogue.changed_since(since) == []
        new = _put(catalogue, "new", "A dam broke.")
        _put(catalogue, "new", "A dam broke at noon.")
        assert catalogue.changed_since(since) == [new]
        assert catalogue.changed_since(_last(catalogue)) == []


def test_a_document_met_again_is_no_change(place: Place) -> None:
    with Catalogue.open(place.home) as catalogue:
        _put(catalogue, "one", "A bridge fell.")
        since = _last(catalogue)
        _put(catalogue, "one", "A bridge fell.")
        assert catalogue.changed_since(since) == []


def test_what_is_taken_out_is_a_change(place: Place) -> None:
    with Catalogue.open(place.home) as catalogue:
        gone = _put(catalogue, "one", "A bridge fell.")
        since = _last(catalogue)
    place.alter(*(f"DELETE FROM {table}" for table in ("sightings", "versions", "articles")))
    with Catalogue.open(place.home, readonly=True) as catalogue:
        assert catalogue.changed_since(since) == [gone]
        assert catalogue.articles_named([gone]) == []


def test_a_catalogue_that_went_another_way_cannot_tell(tmp_path: Path) -> None:
    path, backup = tmp_path / "catalogue.sqlite", tmp_path / "backup.sqlite"
    with Catalogue.open(path) as catalogue:
        _put(catalogue, "one", "A bridge fell.")
    shutil.copy(path, backup)
    with Catalogue.open(path) as catalogue:
        _put(catalogue, "two", "A dam broke.")
        since = _last(catalogue)
    with Catalogue.open(backup) as catalogue:
        assert catalogue.changed_since(since) is None
        _put(catalogue, "three", "A tower burned.")
        assert _last(catalogue).number == since.number
        assert catalogue.changed_since(since) is None


def test_a_catalogue_of_an_older_program_notes_changes_once_it_is_written_to(
    tmp_path: Path,
) -> None:
    path = tmp_path / "catalogue.sqlite"
    with Catalogue.open(path) as catalogue:
        _put(catalogue, "one", "A bridge fell.")
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_noted'"
        ).fetchall()
        for (name,) in names:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("DROP TABLE changes")
        connection.commit()
    with Catalogue.open(path, readonly=True) as catalogue:
        assert catalogue.last_change() is None
        assert catalogue.changed_since(Change(1, "0")) is None
    with Catalogue.open(path) as catalogue:
        since = _last(catalogue)
        new = _put(catalogue, "two", "A dam broke.")
        assert catalogue.changed_since(since) == [new]


def test_articles_are_read_by_name_in_the_order_of_ids(place: Place) -> None:
    with Catalogue.open(place.home) as catalogue:
        ids = [_put(catalogue, str(number), f"Bridge {number} fell.") for number in range(3)]
        found = catalogue.articles_named([*ids[1:], "nobody"])
        assert [one.article.article_id for one in found] == sorted(ids[1:])
