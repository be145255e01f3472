"""The schema of Whoosh: one definition of a word, facets and days to sort, group and search by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.fields import UnknownFieldError
from whoosh.filedb.filestore import FileStorage
from whoosh.qparser import QueryParser
from whoosh.query import Every
from whoosh.sorting import FieldFacet

from corpus.dates import PartialDate
from corpus.errors import InvalidDate, InvalidRecord
from indexer.analysis import analyzer
from indexer.articles.quotes.types import Quote, SpokenBy
from indexer.articles.roles.types import HeldBy
from indexer.document import IndexDocument
from indexer.schema import DATE_FIELDS, FACETS
from indexer.writers.whoosh import WhooshWriter
from indexer.writers.whoosh.analysis import FoldingFilter, StemFilter, WordAnalyzer, WordTokenizer
from indexer.writers.whoosh.codec import ArrayIndex, schema
from indexer.writers.whoosh.fields import document_of, fields_of
from tests.contract.made_up import document, made_up_documents
from tests.indexer.analysis.test_analysis import texts

_DATES = (None, "2022", "2022-02", "2022-02-28", "2022-03-10T09:00Z", "2021-12-31")


@given(texts, st.integers(0, 9))
def test_the_chain_of_whoosh_and_the_bulk_methods_know_the_same_words(text: str, pos: int) -> None:
    words = WordAnalyzer(analyzer())
    chain = WordTokenizer(analyzer()) | FoldingFilter(analyzer()) | StemFilter(analyzer())
    for composed in (words, chain):
        tokens = composed(text, positions=True, chars=True, start_pos=pos, start_char=pos)
        assert [
            (one.text, one.stem, one.startchar - pos, one.endchar - pos, one.pos - pos)
            for one in tokens
        ] == [tuple(one) for one in analyzer().tokens(text)]
    surfaces = [one.text for one in words(text, no_morph=True)]
    assert words.surfaces(text) == surfaces
    assert words.stems(surfaces) == [one.stem for one in words(text)]


def _dated() -> list[IndexDocument]:
    return [document(f"Report {day}", "A drone.", published=day) for day in _DATES]


def _index(folder: Path, documents: list[IndexDocument]) -> ArrayIndex:
    writer = WhooshWriter(folder, analyzer(), segment_documents=4)
    for one in documents:
        writer.add(one)
    writer.commit()
    return ArrayIndex(folder, analyzer())


def _stock(folder: Path, documents: list[IndexDocument]) -> Any:
    """The same with Whoosh's own writer and codec."""
    index = FileStorage(str(folder)).create().create_index(schema(analyzer()))
    with index.writer() as writer:
        for one in documents:
            writer.add_document(**fields_of(one))
    return index


@pytest.mark.parametrize(
    ("query", "start", "end"),
    [
        ("published:2022", "2022-01-01", "2022-12-31"),
        ("published:2022-02", "2022-02-01", "2022-02-28"),
        ("published:[2022-02-28 TO 2022-03]", "2022-02-28", "2022-03-31"),
        ("published:[2022-03 TO]", "2022-03-01", "9999-12-31"),
        ("published:[TO 2021]", "0001-01-01", "2021-12-31"),
        ("published:*", "0001-01-01", "9999-12-31"),
        ("drone published:2021", "2021-01-01", "2021-12-31"),
    ],
)
def test_days_are_asked_for_as_everywhere(tmp_path: Path, query: str, start: str, end: str) -> None:
    """A date that is known to the month matches each of its days."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    index = _index(tmp_path / "index", _dated())
    with index.searcher() as searcher:
        hits = searcher.search(QueryParser("text", index.schema).parse(query), limit=None)
        found = {hit["article_id"] for hit in hits}
    assert found == {
        one.article_id
        for one in _dated()
        if one.published and one.published.earliest <= last and one.published.latest >= first
    }


@pytest.mark.parametrize("query", ["published:yesterday", "published:{2022 TO 2023]"])
def test_what_is_no_day_finds_nothing(tmp_path: Path, query: str) -> None:
    """Whoosh's parser makes a node of the error."""
    index = _index(tmp_path, _dated())
    with index.searcher() as searcher:
        assert not len(searcher.search(QueryParser("text", index.schema).parse(query)))


def test_deleted_documents_have_no_days(tmp_path: Path) -> None:
    _index(tmp_path / "one", _dated())
    gone = _dated()[2].article_id
    WhooshWriter(tmp_path / "two", analyzer(), base=tmp_path / "one", without=[gone]).commit()
    index = ArrayIndex(tmp_path / "two", analyzer())
    with index.searcher() as searcher:
        hits = searcher.search(QueryParser("text", index.schema).parse("published:2022-02"))
        assert {hit["title"] for hit in hits} == {"Report 2022", "Report 2022-02-28"}


@pytest.mark.parametrize("name", [*FACETS, *DATE_FIELDS])
@pytest.mark.parametrize("reverse", [False, True], ids=["up", "down"])
def test_sorting_and_grouping_are_those_of_stock_whoosh(
    tmp_path: Path, name: str, reverse: bool
) -> None:
    quote = SpokenBy(Quote(0, 1, 0, 1, 0, 1, -1, is_direct=True), "per-oduya")
    doubtful = replace(
        document("Doubts", "A drone."),
        flags=("no_date", "short"),
        quotes=(quote,),
        agencies=("Reuters",),
    )
    documents = [*made_up_documents(), *_dated(), doubtful]
    answers = []
    for index in (_index(tmp_path / "ours", documents), _stock(tmp_path / "stock", documents)):
        with index.searcher() as searcher:
            by = FieldFacet(name, reverse=reverse)
            hits = searcher.search(Every(), limit=None, sortedby=by, groupedby=name)
            answers.append(([hit["article_id"] for hit in hits], hits.groups(name)))
    assert answers[0] == answers[1]


def test_a_document_counts_in_the_group_of_each_of_its_values(tmp_path: Path) -> None:
    index = _index(tmp_path, made_up_documents())
    with index.searcher() as searcher:
        by = FieldFacet("person", allow_overlap=True)
        groups = searcher.search(Every(), limit=None, groupedby=by).groups()
    names = {name for one in made_up_documents() for name in one.values("person")}
    assert {name: len(docs) for name, docs in groups.items() if name is not None} == {
        name: sum(name in one.values("person") for one in made_up_documents()) for name in names
    }


def test_a_document_is_the_same_after_being_fields() -> None:
    for one in made_up_documents():
        assert document_of(fields_of(one)) == one


def test_all_that_a_document_can_hold_has_a_field() -> None:
    (one, *_) = made_up_documents()
    full = replace(one, roles=(HeldBy(0, 1, "a"),), agencies=("Wire",), section="World")
    assert {"roles", "agency", "section"} <= fields_of(full).keys()
    assert fields_of(full).keys() <= set(schema(analyzer()).names())


def test_few_fields_make_a_document() -> None:
    made = document_of(
        {"article_id": "a", "title": "A title", "collected": date(2024, 5, 1), "person": "amara"}
    )
    assert made.collected == PartialDate("2024-05-01", "add_document")
    assert made.values("person") == ("amara",)
    assert (made.family_id, made.text, made.language) == ("a", "", "und")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"headline": "A title"}, UnknownFieldError),
        ({"_boost": 2.0}, UnknownFieldError),
        ({"article_id": None}, InvalidRecord),
        ({"collected": None}, InvalidRecord),
        ({"title": 7}, InvalidRecord),
        ({"published": "spring"}, InvalidDate),
        ({"entities": (), "person": ["amara"]}, InvalidRecord),
    ],
)
def test_what_is_no_document_is_refused(wrong: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        document_of({"article_id": "a", "collected": "2024"} | wrong)
