"""An article that ends the process that analyzes it is indexed without names, and listed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from functools import partial

import pytest

from corpus.article import Article
from corpus.home import Home
from indexer.articles.analyses import Analyzed, Readable, Workers, analyze_one
from indexer.articles.assembly import NOT_ANALYZED
from indexer.document import IndexDocument
from indexer.entities import SHIPPED
from indexer.generations.publishing import WHOOSH
from indexer.pipeline import RebuildReport, rebuild
from search.engines.whoosh import WhooshEngine
from tests.indexer.conftest import TakeIn

HARVEST = "Volodymyr Zelensky spoke of the harvest in Odesa."


def killed_by_harvest(found: bytes | None, tagger: str, article: Readable) -> Analyzed:
    """Of any other article it finds that, where it is given: loading models takes seconds."""
    if "harvest" in article[2]:
        os.kill(os.getpid(), signal.SIGKILL)  # as the kernel does when memory is used up
    return Analyzed(found, "") if found else analyze_one(tagger, article)


def rebuild_with_killer(home: Home, processes: int, found: bytes | None = None) -> RebuildReport:
    with pytest.MonkeyPatch.context() as patch:
        killed = partial(Workers, work=partial(killed_by_harvest, found))
        patch.setattr("indexer.articles.analyses.Workers", killed)
        return rebuild(home, processes=processes)


def documents(report: RebuildReport) -> dict[str, IndexDocument]:
    generation = report.generation
    with closing(WhooshEngine(generation.path / WHOOSH, generation.name)) as engine:
        found = engine.fetch(range(generation.manifest.counts["articles"]))
    return {document.article_id: document for document in found}


def assert_only_harvest_is_lost(report: RebuildReport, article_id: str) -> None:
    indexed = documents(report)
    assert [failure.article_id for failure in report.failures] == [article_id]
    assert "ended the process" in report.failures[0].reason
    assert [one for one, each in indexed.items() if NOT_ANALYZED in each.flags] == [article_id]
    assert indexed[article_id].text == HARVEST
    assert indexed[article_id].entities == ()


def test_a_killed_worker_costs_one_article_its_names(home: Home, take_in: TakeIn) -> None:
    for number in range(10, 90):
        take_in(f"report-{number}", f"Guterres spoke at meeting {number} in Geneva.")
    article_id = take_in("harvest", HARVEST)

    alike = ("en", "Report 10", "Guterres spoke at meeting 10 in Geneva.")

    report = rebuild_with_killer(home, processes=2, found=analyze_one(SHIPPED, alike).found)

    assert report.generation.manifest.counts["articles"] == 81
    assert_only_harvest_is_lost(report, article_id)
    named = [each for each in documents(report).values() if each.entities]
    assert len(named) == 80


@pytest.mark.slow
def test_an_article_that_ended_a_rebuild_does_not_end_the_next(
    filled: Home, take_in: TakeIn
) -> None:
    article_id = take_in("harvest", HARVEST)
    code = (
        "from pathlib import Path; from corpus.home import Home;"
        "from tests.indexer.articles.test_workers import rebuild_with_killer;"
        f"rebuild_with_killer(Home(Path({str(filled.path)!r})), processes=1)"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False)

    assert ended.returncode == -signal.SIGKILL
    for _ in range(2):
        assert_only_harvest_is_lost(rebuild_with_killer(filled, processes=1), article_id)
    mended = rebuild(filled, processes=1, anew=True)
    assert mended.failures == ()
    assert NOT_ANALYZED not in documents(mended)[article_id].flags
    assert documents(mended)[article_id].entities


def test_an_article_that_takes_forever_costs_its_names() -> None:
    articles = [
        Article(article_id=name, title=name, text=text, language="en", cleaner="text/1")
        for name, text in (("a", "Talks in Geneva."), ("b", "endless"), ("c", "Guterres left."))
    ]
    with Workers(1, patience=2.0, work=endless_on_endless) as workers:
        results = list(workers.analyze(articles, apart=True))

    assert [result.is_lost for result in results] == [False, True, False]
    assert results[1].failure == "analyzing it took more than 2 s"


def endless_on_endless(tagger: str, article: Readable) -> Analyzed:
    while article[2] == "endless":
        pass
    return Analyzed(b"found", "")
