"""Real articles go in by the hundred: counts in are counts out, and each is found by its title."""

from __future__ import annotations

import gzip
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from corpus.article import Kind
from corpus.home import Home
from corpus.intake.ingest import ingest
from corpus.store import Catalogue
from indexer.analysis import analyzer
from indexer.pipeline import rebuild
from search.engine import MatchRequest
from search.engines import open_engine
from search.language.query import Everything, Phrase, Query, Term


def dump_of(source: Path, count: int, folder: Path) -> Path:
    """The first `count` records of a compressed dump, as a dump of their own."""
    path = folder / source.name.removesuffix(".gz")
    with gzip.open(source, "rb") as lines:
        path.write_bytes(b"".join(islice(lines, count)))
    return path


def by_title(title: str) -> Query:
    stems = tuple(analyzer().stem(surface) for surface in analyzer().surfaces(title))
    if not stems:
        return Everything()
    return Term(stems[0], field="title") if len(stems) == 1 else Phrase(stems, field="title")


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "count"), [("wikinews.jsonl.gz", 295), ("diplomatic_documents.jsonl.gz", 1000)]
)
def test_every_article_that_goes_in_can_be_found_by_its_title(
    shared_data: Path, tmp_path: Path, name: str, count: int
) -> None:
    home = Home(tmp_path / "collection")
    with Catalogue.open(home.catalogue) as catalogue:
        came = ingest([dump_of(shared_data / "articles" / name, count, tmp_path)], catalogue)
        assert came.documents == count
        assert came.failures == catalogue.counts().failures == len(list(catalogue.failures()))
        stored = [one.article for one in catalogue.articles()]
    report = rebuild(home, kinds=set(Kind))

    assert report.failures == ()
    assert report.generation.manifest.counts["articles"] == len(stored)
    assert len(stored) + came.new_versions + came.duplicates + came.failures == count
    with closing(open_engine(report.generation)) as engine:
        for article in stored:
            number = engine.doc_number(article.article_id)
            found = engine.match(MatchRequest(query=by_title(article.title), limit=len(stored)))
            assert number in {hit.doc_number for hit in found.hits}, article.title
