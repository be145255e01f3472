"""Formats: told by the first bytes; the file name decides only between kinds of text.

All beginnings stand in one file, as each is tried after the others.
"""

from __future__ import annotations

import codecs
import json
import re
from contextlib import suppress
from enum import StrEnum
from pathlib import PurePath

from corpus.cleaner.tree.decoding import wide_without_mark
from corpus.readers.dumps.lines import encoding_of
from corpus.readers.media_types import DOCX, EPUB, ODS, ODT, PDF, RTF, picture_type
from corpus.readers.posts.chats import is_chat
from corpus.readers.posts.messengers import SHAPES as MESSENGERS
from corpus.readers.press.databases import of_database
from corpus.readers.press.references import of_references
from corpus.readers.source import HEAD
from corpus.readers.tables.columns import keys_of
from corpus.readers.tables.events import events_in, names_of_gdelt
from corpus.readers.unread import OLD_WORKBOOK, unread


class Format(StrEnum):
    """What a stream of bytes can be."""

    HTML = "html"
    MHTML = "mhtml"
    MESSAGE = "message"
    MAILBOX = "mailbox"
    JSON_LINES = "jsonl"
    TELEGRAM = "telegram"
    X = "x"
    FACEBOOK = "facebook"
    CHAT = "chat"
    MASTODON = "mastodon"
    MESSENGER = "messenger"
    CSV = "csv"
    SHEET = "sheet"
    OLD_SHEET = "old_sheet"
    TEXT = "text"
    MARKDOWN = "markdown"
    FEED = "feed"
    SITEMAP = "sitemap"
    WARC = "warc"
    WACZ = "wacz"
    HAR = "har"
    MAFF = "maff"
    WEBARCHIVE = "webarchive"
    MEDIAWIKI = "mediawiki"
    WIRE = "wire"
    SGML = "sgml"
    PRESS = "press"
    REFERENCES = "references"
    NOTES = "notes"
    EDITION = "edition"
    PDF = "pdf"
    PICTURE = "picture"
    DOCX = "docx"
    EPUB = "epub"
    ODT = "odt"
    RTF = "rtf"
    ZIP = "zip"
    TAR = "tar"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    ZSTANDARD = "zstandard"
    EMPTY = "empty"
    UNKNOWN = "unknown"


READ: dict[Format, tuple[str, str]] = {
    Format.HTML: ("HTML", "a saved page, also as SingleFile, HTTrack and browsers write it"),
    Format.MHTML: ("MHTML", "a page with its parts in one file"),
    Format.MAFF: ("MAFF", "pages as Firefox kept them"),
    Format.WEBARCHIVE: (".webarchive", "a page as Safari keeps it"),
    Format.WARC: ("WARC, ARC", "a crawl; the pages that were answered with success"),
    Format.WACZ: ("WACZ", "a package of crawls; the pages in them"),
    Format.HAR: ("HAR", "what a browser was sent; the pages in it"),
    Format.MEDIAWIKI: ("MediaWiki dump", "one article a page, of its last version"),
    Format.WIRE: ("NITF, NewsML", "one article a story"),
    Format.SGML: ("TREC, Gigaword, Reuters-21578", "one article a document"),
    Format.PRESS: (
        "Nexis, Factiva, ProQuest",
        "one article a story; also as HTML, Word, RTF or PDF",
    ),
    Format.REFERENCES: (
        "RIS, BibTeX, EndNote, Zotero RDF",
        "one article a record that has an abstract",
    ),
    Format.NOTES: ("Evernote (.enex)", "one article a note"),
    Format.EDITION: ("TEI, JATS, DocBook", "one article a text"),
    Format.MESSAGE: ("mail (.eml)", "one article a letter, its page before its text"),
    Format.MAILBOX: ("mailbox (mbox)", "one article a letter"),
    Format.FEED: ("RSS, Atom", "one article an item that has a text"),
    Format.JSON_LINES: ("JSONL, JSON", "one article an object"),
    Format.TELEGRAM: (
        "Telegram",
        "result.json, messages.html, t.me/s; one article a post",
    ),
    Format.X: ("X archive", "tweets.js, with account.js beside it; one article a post"),
    Format.FACEBOOK: (
        "Facebook, Instagram archive",
        "your_posts_1.json, posts_1.json; one article a post",
    ),
    Format.CHAT: ("WhatsApp, LINE chat", "_chat.txt; one article a message"),
    Format.MESSENGER: (
        "Signal, Slack, Google Chat, Element",
        "exports as JSON; one article a message",
    ),
    Format.MASTODON: ("Mastodon archive", "outbox.json, with actor.json; one article a post"),
    Format.CSV: ("CSV, TSV", "one article a row; also tables of events: ACLED, UCDP GED, GDELT"),
    Format.SHEET: (
        "Excel (.xlsx), OpenDocument table (.ods)",
        "one article a row of each sheet, as CSV",
    ),
    Format.OLD_SHEET: (
        "Excel (.xls)",
        "the same, also XML of 2003 and pages that are called so",
    ),
    Format.TEXT: ("text", "one article"),
    Format.MARKDOWN: ("Markdown", "one article; front matter is metadata"),
    Format.PDF: (
        "PDF",
        "one article; needs 'dispatches[documents]'; of scans also 'dispatches[ocr]', tesseract",
    ),
    Format.PICTURE: ("PNG, JPEG, TIFF, WebP", "one article, of scanned pages; needs tesseract"),
    Format.DOCX: ("Word (.docx)", "one article; needs 'dispatches[documents]'"),
    Format.EPUB: ("EPUB", "one article, or one a chapter (--chapters)"),
    Format.ODT: ("OpenDocument text (.odt, .fodt)", "one article"),
    Format.RTF: ("RTF", "one article"),
    Format.ZIP: ("ZIP", "what it holds"),
    Format.TAR: ("tar", "what it holds"),
    Format.GZIP: ("gzip", "what it holds"),
    Format.BZIP2: ("bzip2", "what it holds"),
    Format.XZ: ("xz", "what it holds"),
    Format.ZSTANDARD: ("Zstandard", "what it holds"),
}
"""What is read, by the name that people know, and as what."""

_MAGIC = (
    (b"\x1f\x8b", Format.GZIP),
    (b"BZh", Format.BZIP2),
    (b"\xfd7zXZ\x00", Format.XZ),
    (b"\x5d\0\0", Format.XZ),  # LZMA, as it was before
    (b"\x28\xb5\x2f\xfd", Format.ZSTANDARD),
    (b"PK\x03\x04", Format.ZIP),
    (b"PK\x05\x06", Format.ZIP),
)
_SKIPPED_FRAME = b"\x2a\x4d\x18"
_MAGIC_AFTER_SPACE = (
    (b"WARC/", Format.WARC),
    (b"filedesc:", Format.WARC),
    (b"bplist00", Format.WEBARCHIVE),
    (b"%PDF-", Format.PDF),
    (b"{\\rtf", Format.RTF),
)
_SPACE = b"\xef\xbb\xbf\t\n\r\0 "
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before the next but one, which it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
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
_MAILBOX = re.compile(rb"\s*From \S[^\n]*\d{4}[^\n]*\n>?[A-Za-z][\w-]*:")
_HEADERS = re.compile(rb"\s*(?:\d+\s*\n)?(?:[A-Za-z][\w-]{0,60}:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_HEADER_NAME = re.compile(rb"^([a-z][\w-]*):", re.M)
_SENT = {
    b"to", b"received", b"return-path", b"delivered-to", b"message-id", b"list-id",
    b"list-unsubscribe", b"dkim-signature", b"x-mailer", b"x-original-to",
}  # fmt: skip
_OF_LETTERS = {b"from", b"subject", b"date", b"message-id"}
_MAIL_SUFFIXES = {".eml", ".emlx"}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FRONT_MATTER = re.compile(r"(---|\+\+\+)\r?\n")
_CLOSED = re.compile(r"</\w|/>")
_PAGE_SUFFIXES = {".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx"}
_JSON_SUFFIXES = {".json", ".jsonl", ".ndjson", ".geojson"}
_LINES_SUFFIXES = {".jsonl", ".ndjson"}
_TABLE_SUFFIXES = {".csv", ".tsv", ".tab"}
_MARKDOWN_SUFFIXES = {".md", ".markdown", ".mkd"}
_TEXT_SUFFIXES = _MARKDOWN_SUFFIXES | {".txt", ".text", ".rst", ".asc", ".log"}
_LINES_TRIED = 5
_CUT = 12  # of JSON: a number or `false` may be cut at the end of a head
_SHAPES = (
    (re.compile(r"\s*window\.YTD\.\w*tweets?\.part\d+\s*="), Format.X),
    (
        re.compile(
            r'\s*\{(?=.{0,60000}?"messages"\s*:\s*\[)'
            r'(?=.{0,60000}?"type"\s*:\s*"(?:\w+_)?(?:channel|supergroup|group|chat|messages|bot)")',
            re.DOTALL,
        ),
        Format.TELEGRAM,
    ),
    (
        re.compile(
            r'\s*\{(?=.{0,2000}?activitystreams)(?=.{0,4000}?"orderedItems"\s*:\s*\[)', re.DOTALL
        ),
        Format.MASTODON,
    ),
    (
        re.compile(
            r'\s*(?:\{\s*"\w+"\s*:\s*)?\[\s*\{(?=.{0,9000}?"timestamp"\s*:\s*\d{9,10}\b)'
            r'(?=.{0,9000}?"data"\s*:\s*\[)(?=.{0,30000}?"post"\s*:\s*")',
            re.DOTALL,
        ),
        Format.FACEBOOK,
    ),
    (
        re.compile(
            r'\s*(?:\{\s*"\w+"\s*:\s*)?\[\s*\{\s*"media"\s*:\s*\[\s*\{'
            r'(?=.{0,9000}?"creation_timestamp"\s*:\s*\d{9,10}\b)',
            re.DOTALL,
        ),
        Format.FACEBOOK,
    ),
    (
        re.compile(
            r'\s*\{\s*"log"\s*:\s*\{(?=.{0,2000}?"(?:creator|version|entries)"\s*:)', re.DOTALL
        ),
        Format.HAR,
    ),
    *((re.compile(shape, re.DOTALL), Format.MESSENGER) for shape in MESSENGERS),
)
"""What exports of posts begin with."""
_ROOTS = {
    **dict.fromkeys(("rss", "feed", "rdf", "channel"), Format.FEED),
    **dict.fromkeys(("urlset", "sitemapindex"), Format.SITEMAP),
    "plist": Format.WEBARCHIVE,
    "mediawiki": Format.MEDIAWIKI,
    "nitf": Format.WIRE,
    "newsmessage": Format.WIRE,
    "newsitem": Format.WIRE,
    "newsml": Format.WIRE,
    "reuters": Format.SGML,
    "en-export": Format.NOTES,
    **dict.fromkeys(("tei", "tei.2", "teicorpus"), Format.EDITION),
    "fictionbook": Format.UNKNOWN,
    "opml": Format.UNKNOWN,
    "svg": Format.UNKNOWN,
    "worddocument": Format.UNKNOWN,
}
_EDITION = re.compile(
    r"\s*<(?:article|book)\b(?:[^>]{0,2000}docbook\.org/ns|[^>]{0,2000}>\s*(?:<processing-meta.{0,500})?<front\b"
    r"|[^>]{0,2000}>\s*<(?:articleinfo|bookinfo)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""How an article of JATS or DocBook begins, and none of HTML."""
_SPREADSHEET = "schemas-microsoft-com:office:spreadsheet"
_OLD_SHEET_SUFFIXES = {".xls", ".xlt"}
_SGML_PARTS = re.compile(r"<(?:DOCNO|DOCID|TEXT|HEADLINE)\b|<DOC\s+id=", re.IGNORECASE)


def tell(head: bytes, name: str = "") -> Format:
    """The format of a stream.

    Args:
        head: its first bytes, `corpus.readers.source.HEAD` of them where there are so many.
        name: its file name; decides between plain text, Markdown and CSV, and helps a page that
            begins with text.
    """
    if not head:
        return Format.EMPTY
    if packed := _kind_of_packed(head):
        return packed
    begun = head.lstrip(_SPACE)
    for magic, found in _MAGIC_AFTER_SPACE:
        if begun.startswith(magic):
            return found
    if picture_type(head):
        return Format.PICTURE
    if known := unread(head, name):
        return Format.OLD_SHEET if known.name == OLD_WORKBOOK else Format.UNKNOWN
    unmarked = head.removeprefix(codecs.BOM_UTF8)
    if message := _kind_of_message(unmarked, PurePath(name).suffix.lower()):
        return message
    return _kind_of_text(_as_text(head), PurePath(name).suffix.lower())


def _kind_of_packed(head: bytes) -> Format | None:
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return _kind_of_zip(head) if found is Format.ZIP else found
    if head[1:4] == _SKIPPED_FRAME and head[0] & 0xF0 == 0x50:  # to be skipped, before others
        return Format.ZSTANDARD
    return Format.TAR if head[257:262] == b"ustar" or _is_old_tar(head[:512]) else None


def _is_old_tar(block: bytes) -> bool:
    """Whether a block is the head of a tar's first member, as written before 1988: by its sum."""
    told = block[148:156].strip(b" \0")
    if len(block) < 512 or not told or not told.isdigit():
        return False
    return (
        int(told, 8) == sum(block) - sum(block[148:156]) + 8 * 32 if set(told) <= _OCTAL else False
    )


_OCTAL = frozenset(b"01234567")
CRAWL = re.compile(r"(?:^|/)archive/[^/]+\.w?arc(?:\.gz|\.zst)?$|\.wacz$", re.IGNORECASE)
"""A crawl in a package; or a package in one, as collections of several are handed out."""
_MAFF_NOTE = re.compile(r"[^/]+/index\.rdf")


def kind_of_zip(members: set[str], mimetype: str) -> Format | None:
    """The format that a ZIP archive is, told by what lies in it; None for a mere archive.

    Args:
        members: their names.
        mimetype: what its member of that name says, empty if there is none.
    """
    mimetype = mimetype.removesuffix("-template")
    if mimetype == ODT and "content.xml" in members:
        return Format.ODT
    if mimetype == EPUB or "META-INF/container.xml" in members:
        return Format.EPUB
    if mimetype == ODS or "xl/workbook.xml" in members:
        return Format.SHEET
    if "word/document.xml" in members:
        return Format.DOCX
    if "datapackage.json" in members and any(map(CRAWL.search, members)):
        return Format.WACZ
    if any(_MAFF_NOTE.fullmatch(name) for name in members):
        return Format.MAFF
    return None


def _kind_of_zip(head: bytes) -> Format:
    return Format.DOCX if b"word/" in head and b"[Content_Types].xml" in head else Format.ZIP


def _kind_of_message(head: bytes, suffix: str) -> Format | None:
    """The format of what begins with headers, as letters and pages with their parts do."""
    if _MAILBOX.match(head):
        return Format.MAILBOX
    block = _HEADERS.match(head)
    if block is None:
        return None
    headers = block[0].lower()
    names = set(_HEADER_NAME.findall(headers))
    saved = b"snapshot-content-location" in names or b"<saved by" in headers
    sent = bool(names & _SENT)
    if saved or (_MIME_PAGE.search(headers) and b"mime-version" in names and not sent):
        return Format.MHTML
    if b"content-location" in names and b"mime-version" in names and not sent:
        return Format.MHTML
    mail = sent + (b"mime-version" in names) + len(names & _OF_LETTERS) >= 3
    return Format.MESSAGE if mail or (suffix in _MAIL_SUFFIXES and names & _OF_LETTERS) else None


def _as_text(head: bytes) -> str:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head[len(bom) :].decode(encoding, "replace")
    if head[:2] in (b"<\0", b"\0<"):  # UTF-16 without a mark
        return head.decode("utf-16-le" if head[0] else "utf-16-be", "replace")
    if wide := wide_without_mark(head):
        return head.decode(wide, "replace")
    return head.decode("latin-1")


def _kind_of_text(text: str, suffix: str) -> Format:
    start = text.lstrip("\0\t\n\r\f \x1e")[:1]
    if not start:
        return Format.EMPTY
    for shape, format_ in _SHAPES:
        if shape.match(text):
            return format_
    if (start != "<" or _MARKED_UP.search(text[:_NEAR])) and of_references(_lined(text)):
        return Format.REFERENCES
    if start in "{[" and (suffix in _JSON_SUFFIXES or _is_json(text)):
        return Format.JSON_LINES
    if start == "<" and (found := _kind_of_markup(text, suffix)):
        return found
    if len(_HTML_TAG.findall(text)) >= 3 and suffix not in _TEXT_SUFFIXES:
        return Format.HTML
    if len(_CONTROL.findall(text)) > len(text) // 100:
        return Format.UNKNOWN
    return Format.HTML if suffix in _PAGE_SUFFIXES else _kind_of_prose(text, suffix)


_NEAR = 4000
_MARKED_UP = re.compile(r"<xml>|zotero\.org/namespaces")
"""What references begin with that are markup; other pages need not be looked at for them."""


def _lined(text: str) -> str:
    """A head with its lines ended alike, and its letters as UTF-8 where they were not read so."""
    with suppress(UnicodeError):  # read as UTF-8 or UTF-16 already, or in an old encoding
        text = codecs.getincrementaldecoder("utf-8")().decode(text.encode("latin-1"))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_json(text: str) -> bool:
    """Whether a text is JSON as far as it goes, or one of its first lines is an object."""
    begun = text.lstrip("\0\t\n\r\f \x1e")  # RFC 7464 sets a sign before each record
    try:
        value, end = json.JSONDecoder().raw_decode(begun)
    except json.JSONDecodeError as error:
        cut = error.pos >= len(begun) - _CUT or error.msg.startswith("Unterminated string")
        return (len(text) >= HEAD - _CUT and cut) or _has_object_lines(begun)
    except RecursionError:
        return True
    rest = begun[end:].lstrip(" \t")
    if isinstance(value, list):  # a text may begin with "[1]" or "[ ]" in a line of its own
        return not rest.strip() or rest.lstrip()[0] in "{[,"
    return (not rest.strip() or rest[0] in "\r\n{[,") and isinstance(value, dict)


def _has_object_lines(text: str) -> bool:
    for line in text.split("\n", _LINES_TRIED)[:_LINES_TRIED]:
        try:
            if isinstance(json.loads(line), dict):
                return True
        except (ValueError, RecursionError):
            continue
    return False


def _kind_of_prose(text: str, suffix: str) -> Format:
    lined = _lined(text)
    if is_chat(lined):
        return Format.CHAT
    if of_database(lined):
        return Format.PRESS
    if suffix in _LINES_SUFFIXES:  # its first line is none of the objects that it promises
        return Format.JSON_LINES
    is_table = _looks_like_table if suffix not in _TEXT_SUFFIXES else _is_tabbed
    if suffix in _TABLE_SUFFIXES or is_table(text):
        return Format.CSV
    if suffix in _MARKDOWN_SUFFIXES or _FRONT_MATTER.match(text):
        return Format.MARKDOWN
    return Format.TEXT


def _kind_of_markup(text: str, suffix: str) -> Format | None:
    """The format of a text that begins with `<`; None where it is none of markup."""
    at = 0
    while match := _BEFORE_ROOT.match(text, at):
        at = match.end()
    root = _ROOT.match(text, at)
    name = root[1].lower().rpartition(":")[2] if root else ""
    if name in _ROOTS or _EDITION.match(text, at):
        return _ROOTS.get(name, Format.EDITION)
    if root and root[1].lower() == "office:document":
        return Format.ODT if ODT in text else Format.UNKNOWN
    if name == "doc" and _SGML_PARTS.search(text):
        return Format.SGML
    tags = len(_HTML_TAG.findall(text))
    if _is_called_sheet(text, name, suffix, tags):
        return Format.OLD_SHEET
    if name == "html" or suffix in _PAGE_SUFFIXES:
        return Format.HTML
    if suffix in _TEXT_SUFFIXES:  # both may hold a few tags, and Markdown begin with some
        return Format.HTML if tags >= 3 and suffix in (".txt", ".text") else None
    if tags:
        return Format.HTML
    return Format.UNKNOWN if name and (at or _CLOSED.search(text)) else None


def _is_called_sheet(text: str, root: str, suffix: str, tags: int) -> bool:
    """Whether markup is a workbook: as XML of 2003, or a page that is called one."""
    if root == "workbook":
        return _SPREADSHEET in text
    return suffix in _OLD_SHEET_SUFFIXES and (root == "html" or tags > 0)


def _looks_like_table(text: str) -> bool:
    """Whether the first line names columns that we know, separated as in a table."""
    header, _, rest = text.partition("\n")
    for separator in ",;\t":
        cells = [cell.strip('" \r\ufeff') for cell in header.split(separator)]
        known = set(keys_of(cells, {}).values())
        if len(known) >= 2 and known & {"title", "text", "html"} and max(map(len, cells)) < 40:
            return True
        if events_in(cells) or names_of_gdelt(cells):
            return True
    return header.startswith(("sep=", '"sep=')) and bool(rest)


def _is_tabbed(text: str) -> bool:
    """Whether a text is a table whose cells tabs part, as Excel saves one that is called text."""
    header, _, rest = text.partition("\n")
    tabs = header.count("\t")
    if not tabs or rest.partition("\n")[0].count("\t") != tabs:
        return False
    with suppress(UnicodeError):  # read as UTF-8 or UTF-16 already, or in an old encoding
        content = text.encode("latin-1")
        header = content.decode(encoding_of(content)[0], "replace").partition("\n")[0]
    return _looks_like_table(f"{header}\n{rest}")


_SCRIPT = re.compile(
    rb"\s*(?:/\*.{0,4000}?\*/\s*|//[^\n]*\n\s*){0,9}[;!(]{0,2}"
    rb"(?:function\b|\(function|(?:var|let|const)\s+[\w$]+\s*=|window\.|document\.|['\"]use strict"
    rb"|define\(|jQuery\(|\$\(|import\s+[{'\"*\w]|export\s+(?:default|const)\b|\(\(?\w*\)?\s*=>)",
    re.DOTALL,
)
"""How a script begins, which may hold the markup of its widgets."""

_MEDIA_TYPES = {
    Format.HTML: "text/html",
    Format.PDF: PDF,
    Format.DOCX: DOCX,
    Format.RTF: RTF,
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
    if media_type and media_type.startswith("text/") and _SCRIPT.match(content[:HEAD]):
        return None
    charset = content_type.lower().partition("charset=")[2].strip("\"' ;")
    if media_type is None or not charset or not media_type.startswith("text/"):
        return media_type
    return f"{media_type}; charset={charset}"
