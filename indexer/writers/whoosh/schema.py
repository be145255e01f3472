"""Schema: the Whoosh schema of this engine, made from the one table of fields.

The words of `title` and `text` are folded surfaces; facets and `article_id` are whole values;
`published` is a column of day ordinals.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh import fields
from whoosh.analysis import Analyzer as WhooshAnalyzer
from whoosh.analysis import Token
from whoosh.columns import NumericColumn

from indexer.analysis.types import Analyzer
from indexer.schema import FACETS, TEXT_FIELDS

ARTICLE_ID = "article_id"
BYTES_COLUMNS = ("outlet", "language")
DAY_COLUMN = "published"


class SurfaceAnalyzer(WhooshAnalyzer):
    """Our analyzer behind Whoosh's interface; tokens are surfaces."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        start = options.get("start_pos", 0)
        token = Token(options.get("positions", False), options.get("chars", False))
        token.boost = 1.0
        token.stopped = False
        for one in self._analyzer.tokens(value):
            token.text = token.original = one.surface
            token.pos = start + one.position
            token.startchar, token.endchar = one.start, one.end
            yield token


def schema(analyzer: Analyzer) -> Any:
    """The Whoosh schema of `indexer.schema`."""
    made = fields.Schema()
    words = SurfaceAnalyzer(analyzer)
    for field in TEXT_FIELDS:
        made.add(field.name, fields.TEXT(analyzer=words, phrase=True, stored=True))
    for facet in FACETS:
        single = facet in BYTES_COLUMNS
        made.add(facet, fields.ID(stored=single, sortable=single))
    made.add(ARTICLE_ID, fields.ID(stored=True, unique=True))
    made.add(DAY_COLUMN, fields.COLUMN(NumericColumn("i")))
    return made
