"""What the reader of crawls takes from warcio beyond its documentation is there, and as it was.

pyproject.toml bounds the versions; a new one is tried against these tests before the bound moves.
"""

from __future__ import annotations

import io
import tomllib
from importlib.metadata import version

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from corpus.fingerprint import HOUSE
from tests.corpus.readers.crawls import as_one_block, crawl

PAGE = ("https://herald.example/bridge", "The bridge was closed on Tuesday. " * 20)


def test_the_version_is_bounded_on_both_sides() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (bounds,) = [one for one in project["dependencies"] if one.startswith("warcio")]

    least, below = bounds.removeprefix("warcio>=").split(",<")
    numbers = [tuple(map(int, one.split("."))) for one in (least, version("warcio"), below)]
    assert numbers[0] <= numbers[1] < numbers[2]


def test_a_packed_record_has_a_decompressor_and_a_plain_one_none() -> None:
    packed = ArchiveIterator(io.BytesIO(crawl(PAGE)), arc2warc=True)
    next(packed)
    assert packed.reader.decompressor is not None

    plain = ArchiveIterator(io.BytesIO(crawl(PAGE, packed=False)), arc2warc=True)
    next(plain)
    assert plain.reader.decompressor is None


def test_the_limit_of_a_record_is_what_was_not_read() -> None:
    records = ArchiveIterator(io.BytesIO(crawl(PAGE)), arc2warc=True)
    record = next(one for one in records if one.rec_type == "response")
    assert record.raw_stream.limit > 0

    record.content_stream().read()

    assert record.raw_stream.limit == 0


def test_several_records_in_one_block_are_told_by_this_word() -> None:
    several = ArchiveIterator(io.BytesIO(as_one_block(crawl(PAGE, PAGE))), arc2warc=True)

    with pytest.raises(ArchiveLoadFailed, match="non-chunked"):
        list(several)


def test_a_length_that_does_not_fit_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    page = crawl(PAGE, packed=False)
    records = ArchiveIterator(io.BytesIO(page.rstrip() + b" more of it\r\n"), arc2warc=True)

    list(records)

    assert "WARNING: Record not followed by newline" in capsys.readouterr().err
