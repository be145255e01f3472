"""Reading within limits: a document that asks too much costs itself, and what it asked is named."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from corpus.article import RawDocument
from corpus.errors import InputError
from corpus.intake.ingest import ingest
from corpus.intake.reading import LimitedReading
from corpus.readers import read_file
from corpus.store import Catalogue

_PAGE = "<html><head><title>Harbor</title></head><body><p>Two ships burned in the harbor.</html>"


def _saved(parameters: int) -> str:
    """A saved page whose root part has so many parameters, a line each: they are read again and
    again.
    """
    many = "".join(f";\n a{number}=b" for number in range(parameters))
    return (
        f"From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x{many}\n\n"
        f"--x\nContent-Type: text/html\n\n{_PAGE}\n--x--\n"
    )


@pytest.mark.slow
def test_a_page_that_takes_forever_costs_itself(tmp_path: Path) -> None:
    alone, packed = tmp_path / "page.mht", tmp_path / "pages.zip"
    alone.write_text(_saved(60_000))
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("1.html", _PAGE)
        archive.writestr("2.mht", _saved(60_000))
        archive.writestr("3.html", _PAGE)
        archive.writestr("4.mht", _saved(3))
    with LimitedReading(patience=2) as reading:
        (found,) = reading.read(alone)
        assert isinstance(found, InputError)
        assert "more time than one document may have" in found.what
        items = list(reading.read(packed))
    assert [type(item) for item in items[:1] + items[2:]] == [RawDocument] * 3
    assert isinstance(items[1], InputError)
    assert items[1].where == f"{packed}!2.mht"


@pytest.mark.slow
def test_a_record_that_takes_too_much_memory_costs_itself(tmp_path: Path) -> None:
    greedy, modest = tmp_path / "greedy.jsonl", tmp_path / "modest.jsonl"
    record = {"title": "Harbor", "text": "Two ships burned in the harbor on Tuesday."}
    greedy.write_text('{"title": "Harbor", "x": [' + "[]," * 9_000_000 + "[]]}\n")
    modest.write_text(json.dumps(record))
    with LimitedReading(memory=600 << 20) as reading:
        refused = list(reading.read(greedy))
        assert any(isinstance(item, InputError) for item in refused)
        assert [type(item) for item in reading.read(modest)] == [RawDocument]


def test_what_is_read_within_limits_is_what_is_read_without(tmp_path: Path) -> None:
    pile = tmp_path / "pile.zip"
    with zipfile.ZipFile(pile, "w") as archive:
        archive.writestr("1.html", _PAGE)
        archive.writestr("2.mht", _saved(3))
        archive.writestr("3.pptx", b"PK\x03\x04 nothing")
        archive.writestr("4.jsonl", '{"title": "T", "text": "Two ships burned."}\n{bad')

    def told(item: RawDocument | InputError) -> object:
        if isinstance(item, InputError):
            return type(item), str(item)
        return item.sha256, item.locator, item.media_type, item.reader

    with LimitedReading() as reading:
        assert [*map(told, reading.read(pile))] == [*map(told, read_file(pile))]
        (missing,) = reading.read(tmp_path / "nothing.html")
    assert isinstance(missing, InputError)
    with Catalogue.open(tmp_path / "home" / "catalogue.sqlite") as catalogue:
        report = ingest([pile], catalogue, processes=2)
        again = ingest([pile], catalogue, processes=1)
    assert report.documents == again.documents == 5
    assert again.articles == 0
    assert again.failures == report.failures
