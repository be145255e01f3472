"""Ours: the writer, the engine and the search service, as the server uses them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import ClassVar

from benchmarks.peers.peer import FACET_SIZE, HITS, PAGE_FACETS, Found, Page
from benchmarks.questions import Question
from indexer import schema
from indexer.analysis import analyzer
from indexer.document import IndexDocument
from indexer.entities import open_directory
from indexer.entities.directory.writer import NamedEntity, write_directory
from indexer.entities.types import ArticleEntity
from indexer.generations.publishing import ENTITIES, WHOOSH, Generations
from indexer.writers.whoosh import WhooshWriter
from search.engine import MatchRequest
from search.engines.whoosh import WhooshEngine
from search.language.query import Or, Query, Term
from search.request import DateFilter, FacetRequest, Interval, SearchRequest, Undated
from search.service import search
from search.serving.open_index import OpenIndex


class Dispatches:
    """See `benchmarks.peers.peer.Peer`."""

    name: ClassVar[str] = "dispatches"
    kinds_missing: ClassVar[frozenset[str]] = frozenset()

    def build(
        self, folder: Path, documents: Iterable[IndexDocument], *, memory: int = 512 << 20
    ) -> None:
        generations = Generations(folder)
        entities: dict[str, ArticleEntity] = {}
        articles = Counter[str]()
        text_bytes = 0
        with generations.new() as draft:
            writer = WhooshWriter(draft.path / WHOOSH, analyzer(), memory=memory)
            for document in documents:
                writer.add(document)
                text_bytes += len(document.title.encode()) + len(document.text.encode())
                for entity in document.entities:
                    entities.setdefault(entity.entity_id, entity)
                    articles[entity.entity_id] += 1
            report = writer.commit()
            write_directory(
                draft.path / ENTITIES,
                [
                    NamedEntity(one.entity_id, one.kind, one.label, "", count, count,
                                {one.label: (count, count)})
                    for one in entities.values()
                    for count in [articles[one.entity_id]]
                ],
                [],
            )  # fmt: skip
            counts = {"articles": report.documents, "text_bytes": text_bytes}
            versions = {"schema": schema.version(), "analyzer": analyzer().version}
            generations.publish(draft, counts=counts, versions=versions, catalogue={})

    def open(self, folder: Path) -> None:
        generation = Generations(folder).current()
        self._engine = WhooshEngine(generation.path / WHOOSH, generation.name)
        self._directory = open_directory(generation.path / ENTITIES)
        self._index = OpenIndex(self._engine, self._directory, analyzer(), generation)

    def find(self, question: Question) -> Found:
        matches = self._engine.match(MatchRequest(query=question.query, limit=HITS))
        return Found(tuple(hit.doc_number for hit in matches.hits), matches.total)

    def ids(self, found: Found) -> list[str]:
        return self._engine.article_ids(found.first)

    def ranked(self, question: Question, limit: int) -> list[int]:
        return self._ranked(question.query, limit)

    def _ranked(self, query: Query, limit: int) -> list[int]:
        matches = self._engine.match(MatchRequest(query=query, limit=limit))
        return [hit.doc_number for hit in matches.hits]

    def page(self, question: Question) -> Page:
        result = search(request_of(question), self._index)
        assert result.histogram is not None
        return Page(
            result.total,
            tuple(
                tuple((count.value, count.count) for count in result.facets[facet].counts)
                for facet in PAGE_FACETS
            ),
            sum(result.histogram.counts),
            tuple(snippet.text for hit in result.hits for snippet in hit.snippets),
        )

    def close(self) -> None:
        with closing(self._directory):
            self._engine.close()


def request_of(question: Question) -> SearchRequest:
    """The request for the page of a question."""
    start, end = question.dates or (None, None)
    return SearchRequest(
        text=question.text,
        dates=_dates(start, end),
        facets=tuple(FacetRequest(facet, FACET_SIZE) for facet in PAGE_FACETS),
        histogram=Interval.MONTH,
        limit=HITS,
    )


def _dates(start: date | None, end: date | None) -> DateFilter:
    return DateFilter(start=start, end=end, undated=Undated.EXCLUDE) if start else DateFilter()


class DispatchesWithForms(Dispatches):
    """Ours, with the forms of each word that stems do not tell, as a reader's question has them."""

    name: ClassVar[str] = "dispatches-forms"

    def ranked(self, question: Question, limit: int) -> list[int]:
        """Any of the words of a question."""
        stem, forms = analyzer().stem, self._engine.forms
        terms = tuple(Term(stem(word), forms=forms(word)) for word in question.words)
        return self._ranked(Or(terms), limit)
