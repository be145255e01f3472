"""A person's own script writes an index through Whoosh's interface, and searches it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from whoosh.filedb.filestore import ReadOnlyError
from whoosh.qparser import QueryParser
from whoosh.query import Term
from whoosh.writing import IndexingError

from corpus.errors import InvalidRecord
from indexer.analysis import analyzer
from indexer.document import IndexDocument
from indexer.writers.whoosh import WhooshUpdater, WhooshWriter, verify
from indexer.writers.whoosh.codec import ArrayIndex
from indexer.writers.whoosh.fields import fields_of
from tests.contract.made_up import made_up_documents


def add_fields(writer: WhooshWriter, document: IndexDocument) -> None:
    writer.add_document(**fields_of(document))


def write(folder: Path, add: Callable[[WhooshWriter, IndexDocument], None]) -> dict[str, bytes]:
    with WhooshWriter(folder, analyzer(), segment_documents=4) as writer:
        for document in made_up_documents():
            add(writer, document)
    verify(folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def found(folder: Path, query: str) -> list[str]:
    """Titles of what a question finds, sorted."""
    index = ArrayIndex(folder, analyzer())
    with index.searcher() as searcher:
        hits = searcher.search(QueryParser("text", index.schema).parse(query), limit=None)
        return sorted(hit["title"] for hit in hits)


def drones(folder: Path) -> Path:
    """Three articles written by a script."""
    with WhooshWriter(folder, analyzer()) as writer:
        for number, text in enumerate(["One drone.", "Two drones.", "No drone at all."]):
            writer.add_document(
                article_id=f"a{number}",
                title=f"Report {number}",
                text=text,
                outlet="The Harbour Post",
                person=["amara"] if number else [],
                published="2022-02",
                collected=date(2024, 5, 1),
            )
    return folder


def test_fields_and_documents_give_the_same_files(tmp_path: Path) -> None:
    fields = write(tmp_path / "fields", add_fields)
    assert fields == write(tmp_path / "documents", WhooshWriter.add)
    assert len(fields) == 4


def test_what_was_written_is_found(tmp_path: Path) -> None:
    drones(tmp_path)
    assert found(tmp_path, "drone") == ["Report 0", "Report 2"]
    assert found(tmp_path, "dron* person:amara published:2022") == ["Report 1", "Report 2"]


def test_another_index_takes_over_what_is_not_deleted_or_replaced(tmp_path: Path) -> None:
    index = ArrayIndex(drones(tmp_path / "one"), analyzer())
    before = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    with index.writer(folder=tmp_path / "two") as writer:
        assert writer.delete_by_term("article_id", "a0") == 1
        assert writer.delete_by_query(Term("article_id", "a0")) == 0
        writer.update_document(
            article_id="a1", title="Corrected", text="A drone.", collected="2024"
        )
        writer.update_document(article_id="a1", title="Final", text="A drone.", collected="2024")
        writer.add_document(article_id="a3", title="New", text="A drone.", collected="2024")
    assert found(tmp_path / "two", "drone") == ["Final", "New", "Report 2"]
    assert ArrayIndex(tmp_path / "two", analyzer()).doc_count() == 3
    verify(tmp_path / "two")
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert found(tmp_path / "one", "drone") == ["Report 0", "Report 2"]


def test_what_was_deleted_and_added_by_fields_is_as_by_documents(tmp_path: Path) -> None:
    documents = made_up_documents()
    write(tmp_path / "base", WhooshWriter.add)
    options: dict[str, Any] = {"segment_documents": 4, "base": tmp_path / "base"}
    gone = [document.article_id for document in documents[:3]]
    fast = WhooshWriter(tmp_path / "fast", analyzer(), without=gone, **options)
    slow = WhooshWriter(tmp_path / "slow", analyzer(), **options)
    for article_id in gone[::-1]:
        slow.delete_by_term("article_id", article_id)
    for document in documents[:2]:
        fast.add(document)
        add_fields(slow, document)
    fast.commit()
    slow.commit()
    files = [
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("fast", "slow")
    ]
    assert files[0] == files[1]


def test_an_index_can_be_added_to_another(tmp_path: Path) -> None:
    reader = ArrayIndex(drones(tmp_path / "one"), analyzer()).reader()
    with WhooshWriter(tmp_path / "two", analyzer()) as writer:
        writer.add_reader(reader)
    names = ["segment-0000.dsp", "dictionary.dsp"]
    assert [(tmp_path / "one" / name).read_bytes() for name in names] == [
        (tmp_path / "two" / name).read_bytes() for name in names
    ]


def _add_one_and_a_wrong_one(writer: WhooshWriter) -> None:
    writer.add(made_up_documents()[0])
    writer.add_document(title="It has no id")


def test_an_error_leaves_nothing(tmp_path: Path) -> None:
    writer = WhooshWriter(tmp_path, analyzer())
    with pytest.raises(InvalidRecord), writer:
        _add_one_and_a_wrong_one(writer)
    assert not list(tmp_path.iterdir())


def test_what_would_change_an_index_is_refused(tmp_path: Path) -> None:
    index = ArrayIndex(drones(tmp_path / "one"), analyzer())
    with pytest.raises(ReadOnlyError, match="name an empty folder"):
        index.writer()
    writer = index.writer(folder=tmp_path / "two")
    refused: list[Callable[[], object]] = [
        lambda: writer.add_document(article_id="a1", title="Twice", collected="2024"),
        lambda: writer.add_field("headline", None),
        lambda: writer.remove_field("title"),
        lambda: writer.delete_document(3),
        lambda: writer.delete_document(0, delete=False),
    ]
    for wrong in refused:
        with pytest.raises(IndexingError):
            wrong()
    writer.add_document(article_id="b", title="Once", collected="2024")
    with pytest.raises(IndexingError):
        writer.add_document(article_id="b", title="Twice", collected="2024")
    writer.add(made_up_documents()[0])
    with pytest.raises(IndexingError):
        writer.delete_document(0)
    writer.commit()
    with pytest.raises(IndexingError):
        writer.commit()


def test_both_writers_keep_the_promise_of_the_product(tmp_path: Path) -> None:
    """What a rebuild calls: `add`, and `commit` or `cancel`."""
    drones(tmp_path / "base")
    for number, cancelled in enumerate([True, False]):
        updater = WhooshUpdater(tmp_path / str(number), analyzer(), base=tmp_path / "base")
        for document in made_up_documents():
            updater.add(document)
        if cancelled:
            updater.cancel()
            assert not list((tmp_path / str(number)).iterdir())
        else:
            assert updater.commit().details["written"] == 9
    write(tmp_path / "anew", WhooshWriter.add)
    assert found(tmp_path / "1", "drone") == found(tmp_path / "anew", "drone") != []
