"""HTML: one saved page, whole, byte for byte; with what the program that saved it noted."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import datetime

from corpus.article import RawDocument
from corpus.errors import NoArticleFound, UnreadableInput, UnsafeInput
from corpus.readers.source import HEAD, MAX_DOCUMENT, Read, Source, in_utc
from corpus.readers.web.stories import documents_in

READER = "html/1"

_ADDRESS_NOTES = (
    re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.I),  # browsers
    re.compile(rb"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)", re.I),
    re.compile(rb"<!--\s*Mirrored from (\S+) by HTTrack", re.I),
)
_SINGLE_FILE_DATE = re.compile(
    rb"Page saved with SingleFile.{0,4000}?saved date:\s*([^\n(]+)", re.S
)


def read_html(source: Source) -> Read:
    """Gives the one page in `source`, or each that it holds."""
    content = source.all()
    if _INDEX_OF_MIRROR.search(content[:HEAD]):
        raise NoArticleFound(
            "this is HTTrack's list of the sites in a mirror",
            where=source.locator,
            advice="Add the folder of the mirror; its pages are read",
        )
    content = _packed_page(content, source)
    saved = _noted_moment(content[:HEAD])
    page = RawDocument(
        content=content,
        media_type="text/html",
        locator=source.locator,
        url=_noted_address(content[:HEAD]),
        collected=saved or source.collected,
        reader=READER,
        declared={"saved": saved.isoformat()} if saved else {},
    )
    yield from documents_in(page)


_INDEX_OF_MIRROR = re.compile(rb"<title>\s*Local index - HTTrack", re.IGNORECASE)
_SELF_UNPACKING = b"data-sfz"
_PAGE = "index.html"


def _packed_page(content: bytes, source: Source) -> bytes:
    """The page in one that SingleFile packed into itself; every other page as it is."""
    if _SELF_UNPACKING not in content[:HEAD]:
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = archive.getinfo(_PAGE).file_size
            if size > MAX_DOCUMENT:
                told = f"the page in it is longer than {MAX_DOCUMENT >> 20} MB"
                raise UnsafeInput(told, where=source.locator)
            return archive.read(_PAGE)
    except (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, ValueError) as error:
        raise UnreadableInput(
            f"the page that SingleFile packed into this one is damaged ({error})",
            where=source.locator,
        ) from None


def _noted_address(head: bytes) -> str | None:
    for pattern in _ADDRESS_NOTES:
        if match := pattern.search(head):
            address = match[1].decode("utf-8", "replace")
            if address.startswith(("http://", "https://")):
                return address
            if "://" not in address and "." in address.partition("/")[0]:
                return f"http://{address}"  # HTTrack leaves the scheme out
    return None


def _noted_moment(head: bytes) -> datetime | None:
    match = _SINGLE_FILE_DATE.search(head)
    text = match[1].decode("ascii", "replace") if match else None
    return in_utc(text, _single_file_moment)


def _single_file_moment(text: str) -> datetime:
    return datetime.strptime(text, "%a %b %d %Y %H:%M:%S GMT%z")
