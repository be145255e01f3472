"""How is a PDF or a Word file read? Whole, byte for byte; the cleaner takes its text out."""

from __future__ import annotations

from corpus.article import RawDocument
from corpus.readers.source import Read, Source

READER = "papers/1"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_pdf(source: Source) -> Read:
    """Gives the one PDF in `source`."""
    yield _document(source, PDF)


def read_docx(source: Source) -> Read:
    """Gives the one Word file in `source`."""
    yield _document(source, DOCX)


def _document(source: Source, media_type: str) -> RawDocument:
    return RawDocument(
        content=source.all(),
        media_type=media_type,
        locator=source.locator,
        collected=source.collected,
        reader=READER,
    )
