"""tantivy, the Rust library, through tantivy-py: a boolean query over two fields, fast fields."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

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
from indexer.schema import TEXT_FIELDS
from search.language.query import And, DateRange, Fuzzy, Or, Phrase, Prefix, Query, Term

HEAP = 512 << 20
_WEIGHTS = {field.name: field.weight for field in TEXT_FIELDS}


class Tantivy:
    """See `benchmarks.peers.peer.Peer`."""

    name: ClassVar[str] = "tantivy"
    kinds_missing: ClassVar[frozenset[str]] = frozenset()
    tokenizer: ClassVar[str] = "whitespace"

    def texts(self, document: IndexDocument) -> dict[str, str]:
        """What goes into the fields of words."""
        return {
            "title": stems(document.title),
            "text": stems(document.text),
            "words": surfaces(document),
        }

    def build(self, folder: Path, documents: Iterable[IndexDocument]) -> None:
        import tantivy  # noqa: PLC0415 - a peer may not be installed

        folder.mkdir(parents=True, exist_ok=True)
        builder = tantivy.SchemaBuilder()
        for field in ("title", "text"):
            builder.add_text_field(field, stored=True, tokenizer_name=self.tokenizer)
        builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_integer_field("number", stored=True, fast=True)
        builder.add_integer_field("day", indexed=True, fast=True)
        builder.add_integer_field("month", fast=True)
        for field in PAGE_FACETS:
            builder.add_text_field(field, tokenizer_name="raw", fast=True, index_option="basic")
        index = tantivy.Index(builder.build(), path=str(folder))
        writer = index.writer(heap_size=HEAP, num_threads=1)
        for number, document in enumerate(documents):
            writer.add_document(_document(tantivy, number, document, self.texts(document)))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        import tantivy  # noqa: PLC0415

        self._tantivy = tantivy
        self._index = tantivy.Index.open(str(folder))
        self._index.reload()
        self._schema = self._index.schema
        self._searcher: Any = self._index.searcher()  # its stubs lack SearchResult.count

    def find(self, question: Question) -> Found:
        result = self._searcher.search(self._query(question.query), limit=HITS, count=True)
        return Found(tuple(address for _, address in result.hits), result.count)

    def ids(self, found: Found) -> list[str]:
        return [self._searcher.doc(address)["id"][0] for address in found.first]

    def ranked(self, question: Question, limit: int) -> list[int]:
        hits = self._searcher.search(self._query(question.query), limit=limit).hits
        return list(self._searcher.fast_field_values("number", [address for _, address in hits]))

    def page(self, question: Question) -> Page:
        query = self._query(question.query)
        result = self._searcher.search(query, limit=HITS, count=True)
        asked: dict[str, Any] = {
            facet: {"terms": {"field": facet, "size": FACET_SIZE}} for facet in PAGE_FACETS
        }
        asked["months"] = {"histogram": {"field": "month", "interval": 1.0}}
        counted = self._searcher.aggregate(query, asked)
        marks = self._tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "text")
        pages = [
            marks.snippet_from_doc(self._searcher.doc(address)).to_html()
            for _, address in result.hits
        ]
        return Page(
            result.count,
            tuple(
                tuple((one["key"], one["doc_count"]) for one in counted[facet]["buckets"])
                for facet in PAGE_FACETS
            ),
            sum(one["doc_count"] for one in counted["months"]["buckets"]),
            tuple(pages),
        )

    def close(self) -> None:
        del self._searcher, self._index

    def _query(self, query: Query) -> Any:
        ours, schema = self._tantivy.Query, self._schema
        occur = self._tantivy.Occur
        match query:
            case Term(word=word):
                fields = [(occur.Should, self._boosted(field, word)) for field in _WEIGHTS]
                return ours.boolean_query(fields)
            case Phrase(words=words):
                phrases = [
                    (occur.Should, ours.phrase_query(schema, field, list(words)))
                    for field in _WEIGHTS
                ]
                return ours.boolean_query(phrases)
            case Prefix(prefix=prefix):
                return ours.regex_query(schema, "words", f"{prefix}.*")
            case Fuzzy(word=word, distance=distance):
                return ours.fuzzy_term_query(
                    schema, "words", word, distance=distance, transposition_cost_one=False
                )
            case DateRange(start=start, end=end) if start and end:
                field_type = self._tantivy.FieldType.Integer
                days = ours.range_query(
                    schema, "day", field_type, start.toordinal(), end.toordinal()
                )
                return ours.const_score_query(days, 0.0)
            case And(clauses=clauses):
                return ours.boolean_query([(occur.Must, self._query(one)) for one in clauses])
            case Or(clauses=clauses):
                return ours.boolean_query([(occur.Should, self._query(one)) for one in clauses])
        raise ValueError(f"not measured: {query}")

    def _boosted(self, field: str, word: str) -> Any:
        term = self._tantivy.Query.term_query(self._schema, field, word, index_option="freq")
        weight = _WEIGHTS[field]
        return term if weight == 1.0 else self._tantivy.Query.boost_query(term, weight)


class TantivyAlone(Tantivy):
    """The same with tantivy's own English analyzer, in Rust, and no field of surfaces."""

    name: ClassVar[str] = "tantivy, own analyzer"
    tokenizer: ClassVar[str] = "en_stem"

    def texts(self, document: IndexDocument) -> dict[str, str]:
        return {"title": document.title, "text": document.text}


def _document(tantivy: Any, number: int, document: IndexDocument, texts: dict[str, str]) -> Any:
    made = tantivy.Document()
    made.add_integer("number", number)
    made.add_text("id", document.article_id)
    for field, text in texts.items():
        made.add_text(field, text)
    if document.published is not None:
        made.add_integer("day", document.published.earliest.toordinal())
        made.add_integer("month", month_of(document))
    for facet in PAGE_FACETS:
        for value in document.values(facet):
            made.add_text(facet, value)
    return made
