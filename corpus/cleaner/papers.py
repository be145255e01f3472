"""Papers: how do PDF and Word files become articles? Their text and properties, taken as a record.

Needs the extra `documents`. A PDF knows lines, not paragraphs; see `tree.lines`.
"""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

from corpus.article import Article, RawDocument
from corpus.cleaner.books import refuse_bomb
from corpus.cleaner.records import clean_record
from corpus.cleaner.tree.lines import paragraphs_of
from corpus.errors import NoArticleFound, UnreadableInput, UnsupportedFormat

_MAX_PAGES = 2000
"""More is a book; and the time for a page is not bounded by its bytes."""


def clean_pdf(raw: RawDocument) -> Article:
    """Reads the text layer of a PDF.

    Raises:
        UnsupportedFormat: the library for it is not installed.
        UnreadableInput: damaged, or locked with a password.
        NoArticleFound: there is no text in it: pictures of pages, most likely.
    """
    try:
        from pypdf import PdfReader  # noqa: PLC0415 - optional
        from pypdf.errors import PyPdfError  # noqa: PLC0415
    except ImportError:
        raise _not_installed("PDF files", raw) from None
    try:
        reader = PdfReader(io.BytesIO(raw.content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableInput("the PDF is locked with a password", where=raw.locator)
        pages = [page.extract_text() for page in reader.pages[:_MAX_PAGES]]
        properties = reader.metadata
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UnreadableInput(f"the PDF is damaged ({error})", where=raw.locator) from None
    text = "\n\n".join(paragraph for page in pages for paragraph in paragraphs_of(_lines(page)))
    if not text:
        raise NoArticleFound(
            "there is no text in this PDF",
            where=raw.locator,
            advice="If it holds pictures of pages, let a program for text recognition add the text",
        )
    return _article(
        raw,
        text=text,
        title=properties.title if properties else None,
        author=properties.author if properties else None,
        # The date of a PDF is that of the file: what was published when, only its text can say.
    )


def clean_docx(raw: RawDocument) -> Article:
    """Reads the paragraphs and tables of a Word file.

    Raises:
        UnsupportedFormat: the library for it is not installed.
        UnreadableInput: damaged.
        UnsafeInput: it unpacks to too much.
        NoArticleFound: there is no text in it.
    """
    refuse_bomb(raw)
    try:
        from docx import Document  # noqa: PLC0415 - optional
        from docx.opc.exceptions import OpcError  # noqa: PLC0415
    except ImportError:
        raise _not_installed("Word files", raw) from None
    try:
        document = Document(io.BytesIO(raw.content))
        blocks = [_block_text(block) for block in document.iter_inner_content()]
    except (OpcError, OSError, ValueError, KeyError, AttributeError, SyntaxError) as error:
        # SyntaxError: lxml's error for damaged XML is one; OSError: so are those of ZIP files
        raise UnreadableInput(f"the Word file is damaged ({error})", where=raw.locator) from None
    text = "\n\n".join(block for block in blocks if block)
    if not text:
        raise NoArticleFound("there is no text in this file", where=raw.locator)
    properties = document.core_properties
    return _article(raw, text=text, title=properties.title, author=properties.author)


def _article(raw: RawDocument, *, text: str, title: str | None, author: str | None) -> Article:
    said = {"text": text, "title": (title or "").strip(), "bylines": (author or "").strip()}
    record = {key: value for key, value in said.items() if value}
    content = json.dumps(record).encode()
    return clean_record(replace(raw, content=content, media_type="application/json"))


def _lines(page: str) -> list[str]:
    return [line.strip() for line in page.splitlines()]


def _block_text(block: Any) -> str:
    if hasattr(block, "rows"):
        return "\n".join("\t".join(cell.text.strip() for cell in row.cells) for row in block.rows)
    return str(block.text).strip()


def _not_installed(what: str, raw: RawDocument) -> UnsupportedFormat:
    return UnsupportedFormat(
        f"{what} need libraries that are not installed",
        where=raw.locator,
        advice="pip install 'dispatches[documents]', then dispatches add --retry-failures",
    )
