"""Stock Whoosh on our codec answers as stock Whoosh on its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from whoosh import scoring
from whoosh.filedb.filestore import FileStorage, ReadOnlyError
from whoosh.qparser import FuzzyTermPlugin, MultifieldParser, QueryParser
from whoosh.query import Term
from whoosh.reading import TermNotFound

from indexer.analysis import analyzer
from indexer.document import IndexDocument
from indexer.writers.whoosh import WhooshWriter
from indexer.writers.whoosh.codec import ArrayIndex, schema
from indexer.writers.whoosh.codec.postings import BLOCK
from tests.contract.made_up import document as made_up
from tests.contract.made_up import made_up_documents

_QUERIES = (
    "meran",
    "text:troops",
    "ceasefire talks",
    "drone OR artillery OR meran",
    "meran NOT drones",
    '"port sel"',
    '"ceasefire talks open"',
    '"troops border"~6',
    "mobil*",
    "m?ran",
    "talcs~1",
    "outlet:Lantern*",
    "person:per-oduya AND meran",
    "[drone TO dry]",
    "перемирии",
    "nowhere",
)


def ours(folder: Path, documents: list[IndexDocument], *, size: int) -> Any:
    writer = WhooshWriter(folder, analyzer(), segment_documents=size)
    for document in documents:
        writer.add(document)
    writer.commit()
    return ArrayIndex(folder, analyzer())


def stock(folder: Path, documents: list[IndexDocument], *, size: int) -> Any:
    """The same with the default codec; `published` is a column only.

    In a folder, because Whoosh's storage in memory shares one folder of /tmp with other processes.
    """
    index = FileStorage(str(folder)).create().create_index(schema(analyzer()))
    for start in range(0, len(documents), size):
        writer = index.writer()
        for document in documents[start : start + size]:
            values: dict[str, Any] = {
                "title": document.title,
                "text": document.text,
                "article_id": document.article_id,
                "language": document.language,
                "medium": document.medium.value,
            }
            if document.outlet:
                values["outlet"] = document.outlet
            for facet in ("person", "org", "place"):
                values[facet] = list(document.values(facet))
            if document.published:
                values["published"] = document.published.earliest.toordinal()
            writer.add_document(**values)
        writer.commit(merge=False)
    return index


@pytest.fixture(params=[100, 4], ids=["one segment", "three segments"], scope="module")
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Any, Any]:
    """Two indexes that are only asked."""
    documents, folder = made_up_documents(), tmp_path_factory.mktemp("both")
    return ours(folder, documents, size=request.param), stock(
        folder / "stock", documents, size=request.param
    )


def hits(index: Any, query: str, weighting: Any) -> list[tuple[str, float]]:
    with index.searcher(weighting=weighting) as searcher:
        parser = MultifieldParser(["title", "text"], index.schema)
        parser.add_plugin(FuzzyTermPlugin())
        results = searcher.search(parser.parse(query), limit=None)
        return [(hit["article_id"], hit.score) for hit in results]


def _rounding(weighting: Any) -> float:
    """The default codec rounds a document's length to what a byte can say; ours keeps it."""
    return 0.03 if isinstance(weighting, scoring.BM25F) else 1e-9


@pytest.mark.parametrize("query", _QUERIES)
@pytest.mark.parametrize(
    "weighting",
    [scoring.BM25F(), scoring.TF_IDF(), scoring.Frequency()],
    ids=["bm25f", "tfidf", "tf"],
)
def test_hits_and_scores_are_those_of_the_default_codec(
    both: tuple[Any, Any], query: str, weighting: Any
) -> None:
    found, expected = (hits(index, query, weighting) for index in both)

    assert [name for name, _ in found] == [name for name, _ in expected]
    exact = [score for _, score in expected]
    assert [score for _, score in found] == pytest.approx(exact, rel=_rounding(weighting))


def test_blocks_that_cannot_score_high_enough_are_skipped(tmp_path: Path) -> None:
    """Frequent at first, then once among ever more words: no later block can beat the first."""
    texts = ["port " * 9] * BLOCK + ["port" + " sel" * number for number in range(4 * BLOCK)]
    documents = [made_up(str(number), text) for number, text in enumerate(texts)]
    index = ours(tmp_path, documents, size=1000)
    query = Term("text", "port")
    with index.searcher() as searcher:
        first = searcher.search(query, limit=10)
        every = searcher.search(query, limit=10, optimize=False)
        assert [(hit.docnum, hit.score) for hit in first] == [
            (hit.docnum, hit.score) for hit in every
        ]
        matcher = query.matcher(searcher)
        assert matcher.skip_to_quality(every[9].score - 1e-6) == 0
        assert matcher.skip_to_quality(every[9].score) == 5
        assert not matcher.is_active()


def test_terms_and_their_statistics_are_the_same(both: tuple[Any, Any]) -> None:
    readers = [index.reader() for index in both]
    terms = [list(reader.all_terms()) for reader in readers]
    assert terms[0] == terms[1]
    for field, text in terms[0]:
        infos = [reader.term_info(field, text) for reader in readers]
        for name in ("weight", "doc_frequency", "max_weight", "min_id", "max_id"):
            assert getattr(infos[0], name)() == getattr(infos[1], name)(), (field, text, name)
    for reader in readers:
        with pytest.raises(TermNotFound):
            reader.term_info("text", "zzz")


def test_spelling_sorting_and_grouping_work(both: tuple[Any, Any]) -> None:
    answers = []
    for index in both:
        with index.searcher() as searcher:
            query = QueryParser("text", index.schema).parse("meran OR sel OR artillery")
            dated = searcher.search(query, limit=None, sortedby="published")
            grouped = searcher.search(query, limit=None, groupedby="outlet")
            answers.append(
                (
                    [hit["article_id"] for hit in dated],
                    {name: sorted(docs) for name, docs in grouped.groups().items()},
                    sorted(searcher.reader().terms_within("text", "meren", 1)),
                    list(searcher.reader().expand_prefix("text", "dr")),
                    searcher.document(article_id=made_up_documents()[2].article_id)["title"],
                )
            )
    assert answers[0] == answers[1]


def test_it_is_written_by_our_writer_only(both: tuple[Any, Any]) -> None:
    with pytest.raises(ReadOnlyError):
        both[0].writer()
