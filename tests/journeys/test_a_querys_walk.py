"""A query's walk: from what a person types to a page of hits. Read it from top to bottom.

The articles are those of three outlets of the bundled corpus, taken in and indexed for real. The
question is about the rebels at Goma airport.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus import demo
from corpus.errors import QuerySyntaxError
from corpus.home import Home
from corpus.intake.ingest import ingest
from corpus.store import Catalogue
from indexer.pipeline import rebuild
from search import service
from search.engine import MatchRequest
from search.help.explanations import reasons
from search.language.parser import parse
from search.language.query import And, Keyword, Name, Not, Phrase, Term
from search.language.render import render
from search.language.resolve import resolve
from search.passages.highlighter import Highlighter, Why
from search.passages.snippets import snippets
from search.request import DateFilter, FacetRequest, Filter, Interval, Mode, SearchRequest, Undated
from search.serving.open_index import OpenIndex
from search.serving.paging import every_hit
from search.serving.serving import serving

TYPED = '"Goma airport" rebels place:GOMA -person:"Vladimir Putin"'
PAGES = demo.path() / "pages"


@pytest.fixture(scope="module")
def home(demo_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A collection of the bundled pages of three outlets, whose names were found before."""
    home = Home(tmp_path_factory.mktemp("query-walk"))
    shutil.copy(demo_home.analysis_cache, home.analysis_cache)
    outlets = [PAGES / "continental-wire", PAGES / "quayside-gazette", PAGES / "meridian-post"]
    with Catalogue.open(home.catalogue) as catalogue:
        assert ingest(outlets, catalogue, processes=1).failures == 0
    rebuild(home, processes=1)
    return home


@pytest.fixture(scope="module")
def index(home: Home) -> Iterator[OpenIndex]:
    served = serving(home)
    with served.index() as index:
        yield index
    served.close()


def test_1_the_parser_reads_the_text_and_knows_no_index() -> None:
    assert parse(TYPED) == And(
        (
            Phrase(("Goma", "airport")),
            Term("rebels"),
            Name("place", "GOMA"),
            Not(Name("person", "Vladimir Putin")),
        )
    )
    assert render(parse(TYPED)) == (
        '"Goma airport" AND rebels AND place:"GOMA" AND NOT person:"Vladimir Putin"'
    )


def test_2_a_text_that_cannot_be_read_is_told_where() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse('rebels "Goma airport')
    assert caught.value.position == 7


def test_3_words_become_index_terms_and_names_become_ids(index: OpenIndex) -> None:
    resolved = resolve(parse(TYPED), index.analyzer, index.directory, index.values_of)
    assert isinstance(resolved.query, And)
    phrase, word, place, *_ = resolved.query.clauses
    assert (phrase, word) == (Phrase(("goma", "airport")), Term("rebel"))
    assert isinstance(place, Keyword)
    (understood, *_) = resolved.resolutions
    assert (understood.typed, understood.labels) == ("GOMA", ("Goma",))
    assert set(understood.entity_ids) == place.values


def test_4_the_engine_matches_without_reading_a_text(index: OpenIndex) -> None:
    resolved = resolve(parse(TYPED), index.analyzer, index.directory, index.values_of)
    found = index.engine.match(MatchRequest(query=resolved.query, limit=5))
    assert 0 < found.total < index.engine.articles
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)


def test_5_only_the_hits_of_one_page_are_read_and_marked(index: OpenIndex) -> None:
    resolved = resolve(parse(TYPED), index.analyzer, index.directory, index.values_of)
    (hit, *_) = index.engine.match(MatchRequest(query=resolved.query, limit=1)).hits
    (document,) = index.engine.fetch([hit.doc_number])
    marks = Highlighter(resolved, index.analyzer).in_articles([document])
    (shown,) = snippets([document], marks)
    marked = {
        snippet.text[start:end].casefold() for snippet in shown for start, end in snippet.spans
    }
    assert "rebels" in marked
    assert "goma airport" in marked


def test_6_the_service_walks_all_of_it_in_order(index: OpenIndex) -> None:
    request = SearchRequest(
        text="rebels Goma",
        filters=(Filter("outlet", Mode.NOT, ("Quayside Gazette",)),),
        dates=DateFilter(start=date(2025, 1, 1), undated=Undated.EXCLUDE),
        facets=(FacetRequest("outlet"), FacetRequest("place", contains="gom")),
        histogram=Interval.MONTH,
    )
    result = service.search(request, index)
    assert result.parsed == "rebels AND Goma"
    assert result.hits
    for hit in result.hits:
        assert hit.document.outlet != "Quayside Gazette"
        assert hit.document.published is not None
        assert hit.document.published.latest >= date(2025, 1, 1)
    assert [(one.label, one.mode) for one in result.facets["outlet"].counts][-1] == (
        "Quayside Gazette",
        "not",
    )
    assert "Goma" in [one.label for one in result.facets["place"].counts]
    assert result.histogram is not None
    assert sum(result.histogram.counts) >= result.total


def test_7_an_answer_says_why_each_article_is_in_it(index: OpenIndex) -> None:
    (found, *_) = reasons(service.search(SearchRequest(text="rebel place:Goma"), index))
    why = {(reason.clause, reason.why) for reason in found}
    assert ('place:"Goma"', Why.ALIAS) in why
    assert why & {("rebel", Why.STEM), ("rebel", Why.EXACT)}


def test_8_a_typing_mistake_is_met_with_a_word_of_the_corpus(index: OpenIndex) -> None:
    result = service.search(SearchRequest(text="Goma airprot"), index)
    assert (result.total, result.did_you_mean) == (0, "Goma airport")


def test_9_pages_follow_one_another_to_the_last_hit(index: OpenIndex) -> None:
    request = SearchRequest(text="the", limit=7)
    visited = []
    while True:
        page = service.search(request, index)
        visited += [hit.document.article_id for hit in page.hits]
        if not page.next_cursor:
            break
        request = replace(request, cursor=page.next_cursor)
    assert len(visited) == len(set(visited)) == page.total > 14
    assert visited == [
        hit.document.article_id for hit in every_hit(SearchRequest(text="the"), index)
    ]


def test_10_a_rebuild_goes_unnoticed_and_an_old_citation_still_opens(
    home: Home, tmp_path: Path
) -> None:
    served = serving(home)
    page = tmp_path / "new.html"
    said = "<p>The bridge was opened again, the governor told reporters there.</p>" * 9
    title = "A bridge near Goma opens"
    page.write_text(
        f"<html><head><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{said}</article></body></html>",
        encoding="utf-8",
    )
    asked = SearchRequest(text='"bridge near Goma"')
    with served.index() as before:
        assert service.search(asked, before).total == 0
        with Catalogue.open(home.catalogue) as catalogue:
            assert ingest([page], catalogue, processes=1).articles == 1
        rebuild(home, processes=1)
        assert service.search(asked, before).total == 0  # a request ends on what it began with
        with served.index() as after:
            assert service.search(asked, after).total == 1
    with served.index(generation=before.generation.name) as cited:
        assert service.search(asked, cited).total == 0
    served.close()
