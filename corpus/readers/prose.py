"""How is plain text or Markdown read? Whole; the cleaner reads its front matter."""

from __future__ import annotations

from corpus.article import RawDocument
from corpus.readers.source import Read, Source

READER = "text/1"


def read_text(source: Source) -> Read:
    """Gives the one plain text in `source`."""
    yield _document(source, "text/plain")


def read_markdown(source: Source) -> Read:
    """Gives the one Markdown text in `source`."""
    yield _document(source, "text/markdown")


def _document(source: Source, media_type: str) -> RawDocument:
    return RawDocument(
        content=source.all(),
        media_type=media_type,
        locator=source.locator,
        collected=source.collected,
        reader=READER,
    )
