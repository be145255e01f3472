"""Reading: the table from format to reader, and the two doors of this package."""

from __future__ import annotations

import re
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from corpus.article import OCR_LANGUAGE, RawDocument
from corpus.cleaner.files.books import CHAPTER
from corpus.cleaner.files.chapters import Book, book_of, paper_of
from corpus.errors import (
    InputError,
    OutOfTime,
    UnreadableInput,
    UnsafeInput,
    UnsupportedFormat,
    machine_trouble,
)
from corpus.fingerprint import HOUSE, fingerprint
from corpus.readers.dumps.editions import read_edition
from corpus.readers.dumps.mediawiki import read_mediawiki
from corpus.readers.dumps.notes import read_notes
from corpus.readers.dumps.wires import read_sgml, read_wire
from corpus.readers.folder import is_part_of_page, walk
from corpus.readers.formats import Format, kind_of_zip, tell
from corpus.readers.mail.messages import read_mailbox, read_message
from corpus.readers.media_types import DOCX, EPUB, ODT, PDF, RTF, picture_type
from corpus.readers.packed.archives import member_of, opened_zip, read_tar, read_zip, settled
from corpus.readers.packed.compressed import COMPRESSED, DAMAGE, heads_of_gzip, read_packed
from corpus.readers.packed.unlisted import read_unlisted
from corpus.readers.packed.wide import narrowed
from corpus.readers.posts.accounts import read_facebook, read_mastodon, read_x
from corpus.readers.posts.chats import read_chat
from corpus.readers.posts.messengers import read_messenger
from corpus.readers.posts.telegram import read_telegram
from corpus.readers.press.databases import read_press, stories_in_paper
from corpus.readers.press.references import read_references
from corpus.readers.source import Asked, Read, Reader, Source, open_source, printable
from corpus.readers.tables.csv import read_csv
from corpus.readers.tables.jsonl import read_jsonl
from corpus.readers.tables.old_sheets import read_old_sheets
from corpus.readers.tables.sheets import read_sheets
from corpus.readers.unread import unread, unread_markup, unread_name, unread_zip
from corpus.readers.web.feed import read_feed
from corpus.readers.web.har import read_har
from corpus.readers.web.html import read_html
from corpus.readers.web.mhtml import read_mhtml
from corpus.readers.web.packages import read_maff, read_wacz, read_webarchive
from corpus.readers.web.sent import without_headers
from corpus.readers.web.warc import read_warc

_LIBRARIES = ("warcio", "feedparser", "beautifulsoup4", "lxml", "charset-normalizer")
_APART = ("corpus.cleaner.records",)
"""What makes the articles of books; a book is only parted here."""

READER_FAULT = "the reader failed on it"
"""How a fault of ours begins; no damaged file should bring it about."""

_DAMAGE = (*DAMAGE, OSError, zipfile.BadZipFile, tarfile.TarError)

_TEXT_AND_ZEROS = re.compile(rb"[^\x00-\x08\x0e-\x1f]{40,}(?=\x00{16})")

MAX_DEPTH = 4
"""Containers in containers: a WARC in a gzip in a ZIP in a tar, and no further."""


def version(*, house: Path = HOUSE) -> str:
    """Changes when a reader may see documents that it did not see before: see `fingerprint`."""
    return fingerprint("corpus.readers", libraries=_LIBRARIES, apart=_APART, house=house)


def read(path: Path, *, asked: Asked | None = None) -> Read:
    """Every document in a file or folder.

    Args:
        asked: how a person asked that it be read.

    Yields:
        A `RawDocument` for each document, an `InputError` for each that could not be read.
    """
    for file in files_of(path, scans=asked is not None and asked.scans):
        if isinstance(file, InputError):
            yield file
        else:
            yield from read_file(file, asked=asked)


def files_of(path: Path, *, scans: bool = False) -> Iterator[Path | InputError]:
    """The files to read for a path that a person named: itself, or what its folder holds.

    Pictures, styles and scripts in a folder are no documents and are left out; a page is read
    whatever its suffix.

    Args:
        scans: pictures are pages that were scanned, but for those of saved pages.
    """
    if not path.is_dir():
        yield path
        return
    for entry in walk(path):
        if isinstance(entry, InputError) or not _is_part_of_page(entry, scans=scans):
            yield entry


def read_file(path: Path, *, asked: Asked | None = None) -> Read:
    """Every document in one file."""
    try:
        if path.exists() and not path.is_file():
            yield UnsupportedFormat("neither a file nor a folder", where=printable(path))
            return
        source = open_source(path, asked=asked)
    except OSError as error:
        if trouble := machine_trouble(error):
            raise trouble from error
        yield UnreadableInput(str(error.strerror), where=printable(path))
        return
    with source.stream:
        yield from read_source(source)


def read_source(source: Source) -> Read:
    """Every document in one stream; whatever is wrong with it becomes an `InputError`.

    Raises:
        MachineTrouble: the machine is at fault, and not the file.
    """
    came = "nothing of it was taken in"
    try:
        for one in _read_told(source):
            if not isinstance(one, InputError):
                came = "what came before this point was taken in"
            yield one
    except OutOfTime:
        yield UnreadableInput(
            "reading it took more time than one document may have",
            where=source.locator,
            advice=f"Please report it with the file; {came}",
        )
    except Exception as error:
        if trouble := machine_trouble(error):
            raise trouble from error
        yield _told(error, source, came)


def _told(error: Exception, source: Source, came: str) -> InputError:
    """What a stream that cannot be read on costs; `came` says what of it was taken in."""
    if isinstance(error, InputError):
        return error
    if isinstance(error, _DAMAGE):
        return UnreadableInput(
            f"cannot be read on ({error or type(error).__name__})",
            where=source.locator,
            advice=f"The file is damaged or cut off; {came}",
        )
    return UnreadableInput(
        f"{READER_FAULT} ({type(error).__name__}: {error})",
        where=source.locator,
        advice=f"Please report it with the file; {came}",
    )


def _read_told(source: Source) -> Read:
    if source.depth > MAX_DEPTH:
        raise UnsafeInput(f"it lies in more than {MAX_DEPTH} containers", where=source.locator)
    if (sent := without_headers(source)) is not None:
        yield from read_source(sent)
        return
    found = tell(source.head, source.name)
    if found is Format.SITEMAP:
        raise UnsupportedFormat(
            "a sitemap lists addresses; there is no article in it",
            where=source.locator,
            advice="Fetch what it lists with `dispatches collect FILE`",
        )
    if found is Format.GZIP and Format.WARC in map(tell, heads_of_gzip(source.head)):
        found = Format.WARC
    if found in COMPRESSED:
        yield from read_packed(source, found, read_source)
        return
    if found is Format.EMPTY:
        raise UnreadableInput("the file is empty", where=source.locator)
    if found is Format.ZIP:
        yield from _read_archive(source)
        return
    reader = _READERS.get(found)
    if reader is None:
        raise _unsupported(source)
    yield from _told_of(reader(narrowed(source) if found in _OF_LINES else source), found, source)


def _told_of(items: Read, found: Format, source: Source) -> Read:
    """What a reader gives; where that is nothing, which some files have, it is said."""
    given = 0
    for item in items:
        given += 1
        yield item
    if not given and found not in _MAY_BE_BESIDE:
        raise UnreadableInput(
            "nothing in it is an article",
            where=source.locator,
            advice="Look into it: it may be damaged, or hold only what belongs to others",
        )


_MAY_BE_BESIDE = frozenset((Format.JSON_LINES, Format.MARKDOWN, Format.MESSENGER, Format.WARC))
"""Formats of files that may belong to those beside them alone: whose account it is, a notebook, the
pictures of a crawl.
"""


def _read_archive(source: Source) -> Read:
    """Every document in a ZIP archive, which many formats are that hold one document."""
    with settled(source) as whole:
        try:
            with opened_zip(whole) as archive:
                members = set(archive.namelist())
                said = member_of(whole, archive, "mimetype", most=100) or b""
        except UnreadableInput as damage:
            yield from read_unlisted(whole, damage, read_member=read_source)
            return
        mimetype = said.decode("latin-1").strip()
        found = kind_of_zip(members, mimetype)
        known = None if found else unread_zip(members, mimetype)
        if known:
            raise UnsupportedFormat(
                f"this is {known.name}", where=source.locator, advice=known.advice
            )
        reader = _READERS[found or Format.ZIP]
        whole.stream.seek(0)
        yield from reader(whole)


def _unsupported(source: Source) -> UnsupportedFormat:
    known = unread(source.head, source.name) or unread_markup(source.head)
    if known:
        return UnsupportedFormat(f"this is {known.name}", where=source.locator, advice=known.advice)
    if begun := _TEXT_AND_ZEROS.match(source.head):
        return UnsupportedFormat(
            f"it begins as text, and its bytes from {begun.end()} on are zero",
            where=source.locator,
            advice="It was damaged or never wholly written: look for another copy",
        )
    if named := unread_name(source.name):
        what = f"this seems to be {named.name}"
        return UnsupportedFormat(what, where=source.locator, advice=named.advice)
    return UnsupportedFormat(
        f"no format that is known begins with the bytes {source.head[:8].hex(' ')}",
        where=source.locator,
        advice="`dispatches formats` lists what is read",
    )


def _is_part_of_page(path: Path, *, scans: bool) -> bool:
    """Whether a file is a picture, style or script: by its suffix, unless its content is a page."""
    if not is_part_of_page(path.name, scans=scans):
        return False
    try:
        with open_source(path).stream as stream:
            return tell(stream.peek()) not in (Format.HTML, Format.X)
    except OSError:
        return False


_OF_LINES = frozenset((
    Format.HAR, Format.MEDIAWIKI, Format.SGML, Format.PRESS, Format.REFERENCES, Format.NOTES,
    Format.EDITION, Format.FEED, Format.JSON_LINES, Format.TELEGRAM, Format.X, Format.FACEBOOK,
    Format.CHAT, Format.MESSENGER, Format.MASTODON, Format.CSV,
))  # fmt: skip
"""Formats of which records are made, so that the bytes of a file need not be kept as they are."""

_WHOLE = "whole/1"


def _read_picture(source: Source) -> Read:
    """Gives the picture of a page, with the languages that it may be in."""
    kind = picture_type(source.head) or ""
    yield replace(_whole(source, media_type=kind), declared=_languages(source))


def _read_paper(source: Source) -> Read:
    """Gives a PDF, whose pages may be pictures; its chapters, or a database's stories in it."""
    paper = replace(_whole(source, media_type=PDF), declared=_languages(source))
    yield from stories_in_paper(paper) or _parts(paper, source, paper_of)


def _read_word(source: Source, *, media_type: str) -> Read:
    """Gives a Word or RTF file, or the stories in it where a press database made it."""
    paper = _whole(source, media_type=media_type)
    yield from stories_in_paper(paper) or [paper]


def _read_book(source: Source) -> Read:
    """Gives a book, or its chapters."""
    yield from _parts(_whole(source, media_type=EPUB), source, book_of)


def _parts(raw: RawDocument, source: Source, told: Callable[[RawDocument], Book]) -> Read:
    """The chapters of a document where they are asked for and told, else itself."""
    book = told(raw) if source.asked.chapters else None
    if book is None or len(book.chapters) < 2:
        yield raw
        return
    for chapter in book.chapters:
        said = {"title": chapter.title, "outlet": book.title}
        place = {CHAPTER: f"{chapter.first + 1}-{chapter.last + 1}"}
        declared = {name: text for name, text in said.items() if text}
        yield replace(
            raw,
            locator=f"{raw.locator}!{chapter.place}",
            declared={**raw.declared, **declared, **place},
        )


def _languages(source: Source) -> dict[str, str]:
    languages = source.asked.languages
    return {OCR_LANGUAGE: languages} if languages else {}


def _read_whole(source: Source, *, media_type: str) -> Read:
    """Gives the one document in `source`: a text or a paper."""
    yield _whole(source, media_type=media_type)


_NO_NOTE = re.compile(rb"\ntype_: ?(?!1\b)\d+\s*\Z")
"""How files of Joplin end that are notebooks, tags and pictures, and no notes."""


def _read_markdown(source: Source) -> Read:
    """Gives the one text, unless it only tells how a program keeps others."""
    whole = _whole(source, media_type="text/markdown")
    if not (_NO_NOTE.search(whole.content[-200:]) and b"\nid: " in b"\n" + whole.content):
        yield whole


def _whole(source: Source, *, media_type: str) -> RawDocument:
    return RawDocument(
        content=source.all(),
        media_type=media_type,
        locator=source.locator,
        collected=source.collected,
        reader=_WHOLE,
    )


_READERS: dict[Format, Reader] = {
    Format.HTML: read_html,
    Format.MHTML: read_mhtml,
    Format.JSON_LINES: read_jsonl,
    Format.CSV: read_csv,
    Format.SHEET: read_sheets,
    Format.OLD_SHEET: read_old_sheets,
    Format.TEXT: partial(_read_whole, media_type="text/plain"),
    Format.MARKDOWN: _read_markdown,
    Format.MEDIAWIKI: read_mediawiki,
    Format.WIRE: read_wire,
    Format.SGML: read_sgml,
    Format.PRESS: read_press,
    Format.REFERENCES: read_references,
    Format.NOTES: read_notes,
    Format.EDITION: read_edition,
    Format.MESSAGE: read_message,
    Format.MAILBOX: read_mailbox,
    Format.TELEGRAM: read_telegram,
    Format.X: read_x,
    Format.FACEBOOK: read_facebook,
    Format.MASTODON: read_mastodon,
    Format.MESSENGER: read_messenger,
    Format.CHAT: read_chat,
    Format.FEED: read_feed,
    Format.WARC: read_warc,
    Format.HAR: read_har,
    Format.WACZ: partial(read_wacz, read_member=read_source),
    Format.MAFF: partial(read_maff, read_member=read_source),
    Format.WEBARCHIVE: read_webarchive,
    Format.PDF: _read_paper,
    Format.PICTURE: _read_picture,
    Format.DOCX: partial(_read_word, media_type=DOCX),
    Format.EPUB: _read_book,
    Format.ODT: partial(_read_whole, media_type=ODT),
    Format.RTF: partial(_read_word, media_type=RTF),
    Format.ZIP: partial(read_zip, read_member=read_source),
    Format.TAR: partial(read_tar, read_member=read_source),
}
