"""Schema: the Whoosh schema of this engine, made from the one table of fields.

- `title` and `text` are words with positions; terms are surfaces (see `analysis`).
- Facets and `article_id` are whole values, with a column of the first value a document has.
- Dates are columns of days, for sorting, grouping and ranges; they have no terms.
- Everything else of an `IndexDocument` is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from whoosh import fields
from whoosh.columns import NumericColumn
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.qparser.common import QueryParserError
from whoosh.query import Query

from corpus.dates import PartialDate
from corpus.errors import InvalidDate
from indexer.analysis.types import Analyzer
from indexer.schema import DATE_FIELDS, FACETS, TEXT_FIELDS
from indexer.writers.whoosh.analysis import WordAnalyzer
from indexer.writers.whoosh.columns import DayColumn

ARTICLE_ID = "article_id"
STORED_ONLY = (
    "version",
    "kind",
    "url",
    "section",
    "bylines",
    "modified",
    "entities",
    "mentions",
    "quotes",
    "roles",
    "family_id",
    "original_sha256",
)
"""What is neither searched nor sorted by, under the names that `IndexDocument` has for it."""
_UNDATED = 0


def schema(analyzer: Analyzer) -> Any:
    """The Whoosh schema of `indexer.schema`."""
    made = fields.Schema()
    words = WordAnalyzer(analyzer)
    for field in TEXT_FIELDS:
        made.add(field.name, fields.TEXT(analyzer=words, phrase=True, stored=True))
    for facet in FACETS:
        made.add(facet, Values())
    made.add(ARTICLE_ID, fields.ID(stored=True, unique=True))
    for name in DATE_FIELDS:
        made.add(name, Days())
    for name in STORED_ONLY:
        made.add(name, fields.STORED())
    return made


class Values(fields.ID):
    """Whole values of a facet. Whoosh groups by all of them with `allow_overlap=True`."""

    def __init__(self) -> None:
        super().__init__(stored=True, sortable=True)

    def to_column_value(self, value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return self.to_bytes(value[0]) if value else b""
        return self.to_bytes(value)


class Days(fields.FieldType):
    """A date, or several, each known to the day, the month or the year.

    `published:2022-02` and `published:[2022-02 TO 2022-03-10]` match documents one of whose dates
    can lie within these days. The column holds the first day of the first date.
    """

    indexed = False
    stored = True
    column_type = NumericColumn("i", default=_UNDATED)

    def __init__(self) -> None:
        """There is nothing to choose."""

    def self_parsing(self) -> bool:
        return True

    def parse_query(self, fieldname: str, qstring: str, boost: float = 1.0) -> Query:
        if qstring == "*":
            return DayRange(fieldname, boost=boost)
        meant = _read(qstring)
        return DayRange(fieldname, meant.earliest, meant.latest, boost)

    def parse_range(
        self,
        fieldname: str,
        start: str | None,
        end: str | None,
        startexcl: bool,
        endexcl: bool,
        boost: float = 1.0,
    ) -> Query:
        if startexcl or endexcl:
            raise QueryParserError(f"ranges of {fieldname} include both ends: write [ and ]")
        first = None if start is None else _read(start).earliest
        last = None if end is None else _read(end).latest
        return DayRange(fieldname, first, last, boost)

    def to_column_value(self, value: Any) -> int:
        if isinstance(value, (list, tuple)):
            return self.to_column_value(value[0]) if value else _UNDATED
        if isinstance(value, PartialDate):
            return value.earliest.toordinal()
        return int(value)

    def from_column_value(self, value: int) -> date | None:
        return None if value == _UNDATED else date.fromordinal(value)


def _read(written: str) -> PartialDate:
    try:
        return PartialDate(written, "query")
    except InvalidDate as error:
        raise QueryParserError(str(error)) from error


@dataclass(unsafe_hash=True)
class DayRange(Query):
    """Documents one of whose dates can lie within some days, both included; None: open."""

    fieldname: str
    start: date | None = None
    end: date | None = None
    boost: float = 1.0

    def is_leaf(self) -> bool:
        return True

    def estimate_size(self, ixreader: Any) -> int:
        return int(ixreader.doc_count())

    def matcher(self, searcher: Any, context: Any = None) -> Any:  # noqa: ARG002 - Whoosh's
        reader = searcher.reader()
        start = (self.start or date.min).toordinal()
        end = (self.end or date.max).toordinal()
        column = reader.column_reader(self.fieldname, translate=False)
        if isinstance(column, DayColumn):
            docs = column.between(start, end)
        else:  # of an index that another codec wrote
            docs = [doc for doc, day in enumerate(column) if day and start <= day <= end]
        docs = [doc for doc in docs if not reader.is_deleted(doc)]
        return ListMatcher(docs, all_weights=self.boost) if docs else NullMatcher()
