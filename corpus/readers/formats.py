"""Formats: told by the first bytes; the file name decides only between kinds of text."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum
from pathlib import PurePath

from corpus.readers.source import HEAD


class Format(StrEnum):
    """What a stream of bytes can be."""

    HTML = "html"
    MHTML = "mhtml"
    JSON_LINES = "jsonl"
    CSV = "csv"
    TEXT = "text"
    MARKDOWN = "markdown"
    FEED = "feed"
    SITEMAP = "sitemap"
    WARC = "warc"
    PDF = "pdf"
    DOCX = "docx"
    ZIP = "zip"
    TAR = "tar"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    EMPTY = "empty"
    UNKNOWN = "unknown"


PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_MAGIC = (
    (b"\x1f\x8b", Format.GZIP),
    (b"BZh", Format.BZIP2),
    (b"\xfd7zXZ\x00", Format.XZ),
    (b"PK\x03\x04", Format.ZIP),
    (b"PK\x05\x06", Format.ZIP),
    (b"WARC/", Format.WARC),
    (b"filedesc:", Format.WARC),
    (b"%PDF-", Format.PDF),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BEFORE_ROOT = re.compile(
    r"\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\])?\s*>)", re.S | re.I
)
_ROOT = re.compile(r"\s*<([A-Za-z_][\w.:-]*)")
_HTML_TAG = re.compile(
    r"<(?:!doctype html|html|head|body|title|meta|article|div|p|h1|table)\b", re.I
)
_MIME_PAGE = re.compile(rb"^content-type:\s*multipart/related", re.I | re.M)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FRONT_MATTER = re.compile(r"(---|\+\+\+)\r?\n")
_TABLE_COLUMN = re.compile(r"\b(?:title|headline|text|body|content|html|url)\b", re.I)
_PAGE_SUFFIXES = {".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx"}
_FEED_ROOTS = {"rss", "feed", "rdf", "channel"}
_SITEMAP_ROOTS = {"urlset", "sitemapindex"}


def tell(head: bytes, name: str = "") -> Format:
    """The format of a stream.

    Args:
        head: its first bytes, `corpus.readers.source.HEAD` of them where there are so many.
        name: its file name; decides between plain text, Markdown and CSV, and helps a page that
            begins with text.
    """
    if not head:
        return Format.EMPTY
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return _kind_of_zip(head) if found is Format.ZIP else found
    if head[257:262] == b"ustar":
        return Format.TAR
    if _MIME_PAGE.search(head[:4096]) and b"mime-version" in head[:4096].lower():
        return Format.MHTML
    return _kind_of_text(_as_text(head), PurePath(name).suffix.lower())


def _kind_of_zip(head: bytes) -> Format:
    return Format.DOCX if b"word/" in head and b"[Content_Types].xml" in head else Format.ZIP


def _as_text(head: bytes) -> str:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head[len(bom) :].decode(encoding, "replace")
    if head[:2] in (b"<\0", b"\0<"):  # UTF-16 without a mark
        return head.decode("utf-16-le" if head[0] else "utf-16-be", "replace")
    return head.decode("latin-1")


def _kind_of_text(text: str, suffix: str) -> Format:
    start = text.lstrip("\0\t\n\r\f ")[:1]
    if not start:
        return Format.EMPTY
    if start in "{[":
        return Format.JSON_LINES
    if start == "<":
        return _kind_of_markup(text, suffix)
    if len(_HTML_TAG.findall(text)) >= 3:
        return Format.HTML
    if len(_CONTROL.findall(text)) > len(text) // 100:
        return Format.UNKNOWN
    return Format.HTML if suffix in _PAGE_SUFFIXES else _kind_of_prose(text, suffix)


def _kind_of_prose(text: str, suffix: str) -> Format:
    if suffix in (".jsonl", ".ndjson"):  # its first line is none of the objects that it promises
        return Format.JSON_LINES
    if suffix in (".csv", ".tsv") or (suffix != ".txt" and _looks_like_table(text)):
        return Format.CSV
    if suffix in (".md", ".markdown") or _FRONT_MATTER.match(text):
        return Format.MARKDOWN
    return Format.TEXT


def _kind_of_markup(text: str, suffix: str) -> Format:
    at = 0
    while match := _BEFORE_ROOT.match(text, at):
        at = match.end()
    root = _ROOT.match(text, at)
    name = root[1].lower().rpartition(":")[2] if root else ""
    if name in _FEED_ROOTS:
        return Format.FEED
    if name in _SITEMAP_ROOTS:
        return Format.SITEMAP
    if suffix in _PAGE_SUFFIXES or _HTML_TAG.search(text):
        return Format.HTML
    return Format.UNKNOWN


def _looks_like_table(text: str) -> bool:
    """Whether the first line names columns that we know, separated as in a table."""
    header = text.partition("\n")[0]
    return any(
        header.count(separator) >= 1
        and len(
            [
                cell
                for cell in header.split(separator)
                if _TABLE_COLUMN.fullmatch(cell.strip('" \r'))
            ]
        )
        >= 2
        for separator in ",;\t"
    )


_MEDIA_TYPES = {
    Format.HTML: "text/html",
    Format.PDF: PDF,
    Format.DOCX: DOCX,
}


def page_type(content: bytes, *, content_type: str, url: str) -> str | None:
    """The media type of a page or paper that a server sent; None for anything else.

    Args:
        content_type: the header of the answer, empty when there was none.
    """
    found = tell(content[:HEAD], url.partition("?")[0])
    media_type = _MEDIA_TYPES.get(found)
    if media_type is None and content_type.startswith("text/plain"):
        media_type = "text/plain" if found in (Format.TEXT, Format.MARKDOWN) else None
    charset = content_type.lower().partition("charset=")[2].strip("\"' ;")
    if media_type is None or not charset or not media_type.startswith("text/"):
        return media_type
    return f"{media_type}; charset={charset}"
