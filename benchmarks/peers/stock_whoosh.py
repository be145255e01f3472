"""Whoosh as it comes: its own codec, searcher, groups and highlighter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from pathlib import Path
from typing import Any, ClassVar

from whoosh import analysis, fields, index, query, sorting

from benchmarks.peers.peer import (
    FACET_SIZE,
    HITS,
    PAGE_FACETS,
    Found,
    Page,
    month_of,
    stems,
    surfaces,
)
from benchmarks.questions import Question
from indexer.document import IndexDocument
from search.language.query import And, DateRange, Fuzzy, Or, Phrase, Prefix, Query, Term

_FIELDS = ("title", "text")


class StockWhoosh:
    """See `benchmarks.peers.peer.Peer`."""

    name: ClassVar[str] = "stock Whoosh"
    kinds_missing: ClassVar[frozenset[str]] = frozenset()

    def build(self, folder: Path, documents: Iterable[IndexDocument]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        words = analysis.SpaceSeparatedTokenizer()
        schema = fields.Schema(
            number=fields.STORED,
            id=fields.ID(stored=True),
            title=fields.TEXT(analyzer=words, stored=True, field_boost=2.0),
            text=fields.TEXT(analyzer=words, stored=True),
            words=fields.TEXT(analyzer=words, phrase=False),
            day=fields.DATETIME(sortable=True),
            month=fields.NUMERIC(sortable=True),
            **{facet: fields.KEYWORD(commas=True, sortable=True) for facet in PAGE_FACETS},
        )
        writer = index.create_in(str(folder), schema).writer(limitmb=512, procs=1)
        for number, document in enumerate(documents):
            day = document.published
            writer.add_document(
                number=number,
                id=document.article_id,
                title=stems(document.title),
                text=stems(document.text),
                words=surfaces(document),
                day=datetime.combine(day.earliest, time()) if day else None,
                month=month_of(document) if day else None,
                **{facet: ",".join(document.values(facet)) for facet in PAGE_FACETS},
            )
        writer.commit(optimize=True)

    def open(self, folder: Path) -> None:
        self._searcher = index.open_dir(str(folder)).searcher()

    def find(self, question: Question) -> Found:
        results = self._searcher.search(_query(question.query), limit=HITS)
        return Found(tuple(results), len(results))

    def ids(self, found: Found) -> list[str]:
        return [hit["id"] for hit in found.first]

    def ranked(self, question: Question, limit: int) -> list[int]:
        results = self._searcher.search(_query(question.query), limit=limit)
        return [hit["number"] for hit in results]

    def page(self, question: Question) -> Page:
        groups: dict[str, Any] = {
            facet: sorting.FieldFacet(facet, allow_overlap=True, maptype=sorting.Count)
            for facet in PAGE_FACETS
        }
        groups["month"] = sorting.FieldFacet("month", maptype=sorting.Count)
        results = self._searcher.search(_query(question.query), limit=HITS, groupedby=groups)
        counted = [results.groups(facet) for facet in PAGE_FACETS]
        months = results.groups("month")
        return Page(
            len(results),
            tuple(
                tuple(sorted(one.items(), key=lambda pair: -pair[1])[:FACET_SIZE])
                for one in counted
            ),
            sum(months.values()),
            tuple(hit.highlights("text") for hit in results),
        )

    def close(self) -> None:
        self._searcher.close()


def _query(asked: Query) -> Any:
    match asked:
        case Term(word=word):
            return query.Or([query.Term(field, word) for field in _FIELDS])
        case Phrase(words=words):
            return query.Or([query.Phrase(field, list(words)) for field in _FIELDS])
        case Prefix(prefix=prefix):
            return query.Prefix("words", prefix)
        case Fuzzy(word=word, distance=distance):
            return query.FuzzyTerm("words", word, maxdist=distance, prefixlength=0)
        case DateRange(start=start, end=end) if start and end:
            return query.DateRange(
                "day", datetime.combine(start, time()), datetime.combine(end, time())
            )
        case And(clauses=clauses):
            return query.And([_query(one) for one in clauses])
        case Or(clauses=clauses):
            return query.Or([_query(one) for one in clauses])
    raise ValueError(f"not measured: {asked}")
