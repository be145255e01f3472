"""Real and broken input: as many documents come out as went in, and a second run agrees."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.intake.ingest import ingest
from corpus.intake.report import IngestReport
from corpus.store import Catalogue

pytestmark = pytest.mark.shared


def take_in_twice(tmp_path: Path, *paths: Path) -> IngestReport:
    """Takes paths in, checks that the counts agree with the catalogue, and that nothing changes."""
    with Catalogue.open(tmp_path / "catalogue.sqlite") as catalogue:
        first = ingest(paths, catalogue)
        counts = catalogue.counts()
        second = ingest(paths, catalogue)

        assert counts.articles == first.articles + first.flagged
        assert counts.versions == counts.articles + first.new_versions
        assert counts.failures == first.failures
        assert second.documents == first.documents
        assert second.failures == first.failures
        assert second.duplicates == first.documents - first.failures
        assert catalogue.counts() == counts
    return first


def test_every_article_of_a_packed_dump_gets_in(shared_data: Path, tmp_path: Path) -> None:
    report = take_in_twice(tmp_path, shared_data / "articles" / "wikinews.jsonl.gz")

    assert (report.documents, report.failures) == (295, 0)


@pytest.mark.slow
def test_feeds_and_crawls_of_every_health_are_read(shared_data: Path, tmp_path: Path) -> None:
    report = take_in_twice(tmp_path, shared_data / "feeds")

    assert report.documents > 1768 + 30
    assert report.articles > 0
    with Catalogue.open(tmp_path / "catalogue.sqlite", readonly=True) as catalogue:
        faults = [f.reason for f in catalogue.failures() if "failed on it" in f.reason]
    assert not faults


@pytest.mark.slow
def test_saved_pages_of_many_sites_get_in(shared_data: Path, tmp_path: Path) -> None:
    report = take_in_twice(tmp_path, shared_data / "extraction")

    assert report.articles > 500
