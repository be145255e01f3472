"""What was read by another cleaner or reader is told from what ours read, and is read again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import cleaner, readers
from corpus.article import Article, RawDocument
from corpus.errors import NoArticleFound
from corpus.fingerprint import HOUSE
from corpus.intake.ingest import ingest
from corpus.intake.recleaning import reclean
from corpus.store import Catalogue
from tests.corpus.documents import an_article, raw_document

Version = Callable[..., str]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of this room, to change a byte in."""
    shutil.copytree(HOUSE / "corpus", tmp_path / "before/corpus", ignore=without_demo)
    shutil.copytree(tmp_path / "before", tmp_path / "after")
    return tmp_path


def without_demo(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name in ("demo", "__pycache__")]


def changes(house: Path, version: Version, changed: str) -> bool:
    """Whether one byte more in a file, an expression without effect, changes a version."""
    with (house / "after/corpus" / changed).open("ab") as file:
        file.write(b"0")
    return version(house=house / "before") != version(house=house / "after")


@pytest.mark.parametrize(
    "changed",
    [
        "article.py",
        "cleaner/__init__.py",
        "cleaner/html.py",
        "cleaner/records.py",
        "cleaner/papers.py",
        "cleaner/language.py",
        "cleaner/body/phrases.py",
        "cleaner/dates/words.py",
        "cleaner/declared/titles.py",
        "cleaner/tree/decoding.py",
    ],
)
def test_a_byte_of_what_cleans_makes_another_cleaner(house: Path, changed: str) -> None:
    assert changes(house, cleaner.version, changed)


@pytest.mark.parametrize("changed", ["cleaner/cli.py", "readers/web/feed.py", "store/catalogue.py"])
def test_what_cleans_nothing_makes_no_other_cleaner(house: Path, changed: str) -> None:
    assert not changes(house, cleaner.version, changed)


@pytest.mark.parametrize(
    "changed",
    ["readers/__init__.py", "readers/formats.py", "readers/web/warc.py", "readers/web/feed.py"],
)
def test_a_byte_of_what_reads_makes_other_readers(house: Path, changed: str) -> None:
    assert changes(house, readers.version, changed)


@pytest.mark.parametrize("changed", ["cleaner/html.py", "store/catalogue.py", "sqlite.py"])
def test_what_reads_nothing_makes_no_other_readers(house: Path, changed: str) -> None:
    assert not changes(house, readers.version, changed)


def test_the_copy_is_of_the_same_version(house: Path) -> None:
    assert cleaner.version(house=house / "before") == cleaner.version()
    assert readers.version(house=house / "before") == readers.version()


def better(raw: RawDocument) -> Article:
    return an_article(title="Better", text=raw.content.decode())


def test_what_a_numbered_cleaner_read_is_outdated(tmp_path: Path) -> None:
    with Catalogue.open(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.put(raw_document(), an_article(), cleaner="3")
        assert catalogue.count_outdated(cleaner.version()) == 1

        assert reclean(catalogue, processes=1, clean=better).versions == 1

        assert catalogue.count_outdated(cleaner.version()) == 0
        assert [stored.cleaner for stored in catalogue.articles()] == [cleaner.version()]


def test_what_failed_in_a_numbered_cleaner_is_tried_again(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The bridge was closed. " * 30)
    with Catalogue.open(tmp_path / "catalogue.sqlite") as catalogue:
        (raw,) = readers.read(page)
        assert isinstance(raw, RawDocument)
        catalogue.fail(raw, NoArticleFound("no text"), cleaner="3")

        assert ingest([page], catalogue, processes=1).articles == 1

        assert list(catalogue.failures()) == []
        assert [stored.cleaner for stored in catalogue.articles()] == [cleaner.version()]
