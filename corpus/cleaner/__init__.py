"""Cleaner: what did a page say? `clean(raw)` makes an `Article` of a document, or says why not.

Pure: bytes in, value out. `html` holds the order of the stages; each stage is a file of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.article import Article, RawDocument
from corpus.cleaner import html, papers, records
from corpus.errors import UnsupportedFormat
from corpus.fingerprint import HOUSE, fingerprint

_APART = ("corpus.cleaner.cli",)
_LIBRARIES = (
    "beautifulsoup4",
    "charset-normalizer",
    "ftfy",
    "lxml",
    "py3langid",
    "webencodings",
)

_CLEANERS: dict[str, Callable[[RawDocument], Article]] = {
    "text/html": html.clean_html,
    "application/xhtml+xml": html.clean_html,
    "application/json": records.clean_record,
    "text/plain": records.clean_text,
    "text/markdown": records.clean_markdown,
    "application/xml": records.clean_feed_item,
    "application/pdf": papers.clean_pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": papers.clean_docx,
}


def clean(raw: RawDocument) -> Article:
    """Reads one document.

    Raises:
        UnsupportedFormat: no cleaner takes its media type.
        NoArticleFound: it was read, but holds no article text.
        InvalidRecord: a record without text or markup.
    """
    media_type = raw.media_type.partition(";")[0].strip().lower()
    cleaner = _CLEANERS.get(media_type)
    if cleaner is None:
        raise UnsupportedFormat(
            f"no cleaner takes {media_type or 'an empty media type'}",
            where=raw.locator,
            advice=f"Known are {', '.join(_CLEANERS)}",
        )
    return cleaner(raw)


def version(*, house: Path = HOUSE) -> str:
    """Changes when the same bytes may give another article; what was read or failed is kept by it.

    A fingerprint of the sources and data that `clean` depends on, and of the libraries that parse
    and tell languages; the optional ones that open papers are left out, as most have none.
    """
    return fingerprint(__name__, libraries=_LIBRARIES, apart=_APART, house=house)


__all__ = ["clean", "version"]
