"""How is a file read that is one document? Whole, byte for byte; the cleaner knows its inside."""

from __future__ import annotations

from corpus.article import RawDocument
from corpus.readers.source import Read, Source

READER = "whole/1"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_whole(source: Source, *, media_type: str) -> Read:
    """Gives the one document in `source`: a text, a Markdown text, a PDF or a Word file."""
    yield RawDocument(
        content=source.all(),
        media_type=media_type,
        locator=source.locator,
        collected=source.collected,
        reader=READER,
    )
