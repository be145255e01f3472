"""Documents and articles for tests of intake: whatever a test is not about is filled in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from corpus.article import Article, RawDocument, article_id_for

COLLECTED = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

LONG_TEXT = (
    "The column left the depot before dawn, and by noon the road behind it was closed. Two drivers"
    " said that they had seen the bridge fall.\n\nOfficials on the other bank gave another hour for"
    " the same event, and no name for those who had crossed it."
)


def raw_document(content: str = "<p>page</p>", **changes: Any) -> RawDocument:
    values: dict[str, Any] = {
        "content": content.encode(),
        "media_type": "text/html",
        "locator": "/pages/one.html",
        "collected": COLLECTED,
        "reader": "html/1",
    }
    return RawDocument(**(values | changes))


def an_article(**changes: Any) -> Article:
    values: dict[str, Any] = {
        "title": "Bridge falls at noon",
        "text": LONG_TEXT,
        "cleaner": "html/1",
    }
    values |= changes
    values.setdefault("article_id", article_id_for(url=values.get("url"), text=values["text"]))
    return Article(**values)
