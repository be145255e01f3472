"""Lookups: does an engine look up families, articles and words as the brute-force one does?"""

from __future__ import annotations

from collections.abc import Iterable

from indexer.document import IndexDocument
from search.engine import Engine
from search.language.query import Fuzzy, Prefix, Term


def assert_same_lookups(engine: Engine, memory: Engine, articles: Iterable[IndexDocument]) -> None:
    """All that an engine answers beside a question."""
    for article in articles:
        assert engine.family(article.family_id) == memory.family(article.family_id)
        assert engine.doc_number(article.article_id) == memory.doc_number(article.article_id)
    for query in (Term("strike"), Term("striking", exact=True), Prefix("dro"), Fuzzy("dron", 1)):
        assert engine.expand(query) == memory.expand(query)
    assert engine.words("", limit=5) == memory.words("", limit=5)
    near = engine.similar_words("strikes", distance=2, limit=9)
    assert near == memory.similar_words("strikes", distance=2, limit=9)
