"""How is one saved page read? Whole, byte for byte; its own words say the rest."""

from __future__ import annotations

from corpus.article import RawDocument
from corpus.readers.source import Read, Source

READER = "html/1"


def read_html(source: Source) -> Read:
    """Gives the one page in `source`."""
    yield RawDocument(
        content=source.all(),
        media_type="text/html",
        locator=source.locator,
        collected=source.collected,
        reader=READER,
    )
