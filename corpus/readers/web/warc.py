"""WARC: a crawl, read page by page, past whatever is clipped or damaged.

WARC 1.0 and 1.1 (ISO 28500) and ARC, packed by record, as a whole, or not at all. Documents are the
pages that were answered with success; requests, redirects, errors, pictures and styles are not.
"""

from __future__ import annotations

import io
import re
from collections.abc import Generator
from dataclasses import replace
from datetime import datetime
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from corpus.article import IS_PART, RawDocument
from corpus.errors import FirstVisitElsewhere, InputError, UnreadableInput, machine_trouble
from corpus.readers.folder import is_for_crawlers, is_part_of_page
from corpus.readers.formats import Format, page_type, tell
from corpus.readers.packed.archives import seekable
from corpus.readers.packed.compressed import COMPRESSED, GZIP
from corpus.readers.source import HEAD, Read, Source, in_utc
from corpus.readers.web.damage import (
    CLIPPED,
    DAMAGE,
    PLAIN,
    TOO_SHORT,
    block_at,
    heeded,
    next_record,
)
from corpus.readers.web.sent import Sent, answered, body_of, is_success
from corpus.readers.web.stories import documents_in

# What does one record of a crawl say, and when was it sent?


def content_type_of(record: Any) -> str:
    headers = answered(record) or record.rec_headers
    return (headers.get_header("Content-Type") or "").lower()


def moment_of(record: Any) -> datetime | None:
    return in_utc(record.rec_headers.get_header("WARC-Date"), datetime.fromisoformat)


READER = "warc/1"

Steps = Generator[RawDocument | InputError, None, int]
BlockSteps = Generator[RawDocument | InputError, None, int | None]

_TYPES = {
    "warcinfo",
    "response",
    "resource",
    "request",
    "metadata",
    "revisit",
    "conversion",
    "continuation",
    "arc_header",
}
_SCHEMES = ("http://", "https://", "ftp://", "file:")  # others, `metadata:`, are the crawler's own
_PAGES = ("text/html", "application/xhtml")
_UNREADABLE = {Format.UNKNOWN, *COMPRESSED}
_NO_PAGES = (
    "image/",
    "audio/",
    "video/",
    "font/",
    "text/css",
    "text/javascript",
    "text/x-javascript",
    "text/ecmascript",
    "application/javascript",
    "application/x-javascript",
    "application/ecmascript",
    "application/wasm",
    "application/json",
    "application/manifest+json",
    "application/x-font",
)
_BEFORE_FIRST = b"\xef\xbb\xbf\r\n\t \0"
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEAD = 1 << 16
_LONGEST_GAP = 16  # line breaks between records: four bytes, if a crawler keeps to the letter
_LONGEST = 10**18  # bytes, more than any file system holds in one file


def read_warc(source: Source) -> Read:
    """Every page in a crawl; every damaged stretch is one `InputError`."""
    with seekable(source) as stream:
        yield from _Crawl(source, stream).documents()


class _WrongLengthError(ValueError):
    """A record is said to reach behind the beginning of the next one.

    Args:
        next: the offset of that.
    """

    def __init__(self, next: int) -> None:  # noqa: A002 - an attribute, as in its docstring
        super().__init__("its length reaches into the next record")
        self.next = next


class _Crawl:
    """One pass over the records of a crawl.

    Args:
        skip: so many records are known already.
        within: the pass in which this one reads a block.
    """

    def __init__(
        self, source: Source, stream: BinaryIO, *, skip: int = 0, within: _Crawl | None = None
    ) -> None:
        self._source = source
        self._stream = stream
        self._skip = skip
        self._payloads: dict[str, int] = {}  # digest → offset of the record that holds it
        self._addresses: set[int] = within._addresses if within else set()
        self._seen = 0
        self._last = 0  # offset of the last record

    def documents(self) -> Read:
        """Every page; what cannot be read is an error, and reading goes on behind it."""
        offset: int | None = self._first()
        while offset is not None:
            end = yield from self._block(offset, known=0)
            if end is None:
                end = yield from self._records(offset)
            offset = next_record(self._stream, after=end - 1)

    def _first(self) -> int:
        """Where the first record begins: behind a mark of encoding, or empty lines."""
        self._stream.seek(0)
        head = self._stream.read(_LONGEST_HEAD)
        return len(head) - len(head.lstrip(_BEFORE_FIRST))

    def _next_inside(self, offset: int, record: Any) -> int | None:
        """Where another record begins inside a plain one, whose length is wrong then; else None.

        Such a length would take what follows for a part of the page, or pass it over.
        """
        try:  # as the parser reads it, which takes `+500` and `1_000` for numbers too
            length = int(record.rec_headers.get_header("Content-Length") or "")
        except ValueError:
            return None
        if not self._has(PLAIN, offset):
            return None
        position = self._stream.tell()
        self._stream.seek(offset)
        head = _HEAD_END.search(self._stream.read(_LONGEST_HEAD))
        end = offset + (head.end() if head else 0) + min(length, _LONGEST)
        follows = b""
        if end < self._stream.seek(0, io.SEEK_END):
            self._stream.seek(end)
            follows = self._stream.read(_LONGEST_GAP)
        inside = None
        if not follows.lstrip(b"\r\n").startswith(PLAIN):
            inside = next_record(self._stream, after=offset, packed=False)
        self._stream.seek(position)
        return inside if inside is not None and inside < end else None

    def _records(self, start: int) -> Steps:
        """The pages from `start` on; returns where to look for the next record."""
        size: int = self._stream.seek(0, io.SEEK_END)
        self._stream.seek(start)
        records = ArchiveIterator(self._stream, arc2warc=True)
        try:
            yield from self._documents_from(records)
            if records.offset >= size:
                return size
            error: Exception = EOFError(CLIPPED)
        except (ArchiveLoadFailed, *DAMAGE) as caught:
            if trouble := machine_trouble(caught):
                raise trouble from caught
            error = caught
        if isinstance(error, _WrongLengthError):
            yield self._damaged(self._last, error)
            return error.next - 1  # a record is known by the line break before it
        if "non-chunked" in str(error):
            end = yield from self._block(self._last, known=1)
            if end is not None:
                return end
        # never back: after damage the offset that the parser tells may lie before its start
        reached: int = max(records.offset, start)
        if TOO_SHORT in str(error) and reached > max(start, self._last):
            yield self._damaged(self._last, error)
            return reached - 1  # where the next one was read already, which has no fault
        yield self._damaged(reached, error)
        return reached + 1

    def _block(self, start: int, *, known: int) -> BlockSteps:
        """The pages of a block of several records; returns where it ends, None if it is none.

        Args:
            known: how many of its records were read already.
        """
        if not self._has(GZIP, start):
            return None
        with block_at(self._stream, start, locator=self._source.locator) as block:
            if not block.holds_several():
                return None
            item: RawDocument | InputError | None = None
            inside = _Crawl(self._source, block.content, skip=known, within=self)
            for item in inside.documents():
                yield item
            if block.complaint and not (
                block.complaint == CLIPPED and isinstance(item, InputError)
            ):
                yield self._damaged(block.end, ValueError(block.complaint))
            return block.end

    def _documents_from(self, records: Any) -> Read:
        packed = self._has(GZIP, records.offset)
        while True:
            with heeded():
                record = next(records, None)
            if record is None:
                return
            if (
                packed
                and records.reader.decompressor is None
                and not self._has(PLAIN, records.offset)
            ):
                # the parser takes what does not unpack for plain text, and reads on to the end
                raise ValueError("it does not unpack")
            self._seen += 1
            self._last = records.offset
            inside = self._next_inside(records.offset, record) if not packed else None
            if inside is not None:
                raise _WrongLengthError(inside)
            if self._seen > self._skip:
                try:
                    with heeded():
                        document = self._document(record, records.offset)
                except InputError as error:
                    yield error
                else:
                    if document is not None:
                        yield from documents_in(document)

    def _document(self, record: Any, offset: int) -> RawDocument | None:
        """The page in one record; None when it holds none."""
        headers = record.rec_headers
        url = (headers.get_header("WARC-Target-URI") or "").strip("<> ")
        if record.rec_type not in _TYPES:
            raise UnreadableInput(
                f"a record of no known type ({record.rec_type})", where=self._place(offset)
            )
        if record.rec_type not in ("response", "resource", "conversion", "revisit"):
            return None
        if not url and (headers.get_header("Content-Length") or "").isdecimal():
            raise UnreadableInput("the record names no address", where=self._place(offset))
        if record.rec_type == "revisit" and is_part_of_page(url.partition("?")[0]):
            return None  # what was sent, and of which type, is in another file perhaps
        if not url.lower().startswith(_SCHEMES) or content_type_of(record).startswith(_NO_PAGES):
            return None
        if is_for_crawlers(url.partition("?")[0]):
            return None
        if not is_success(record):
            return None
        locator = self._locator(url, record)
        digest = headers.get_header("WARC-Payload-Digest") or ""
        if record.rec_type == "revisit":
            sent = self._content_of_first_visit(record, url, digest, locator)
        else:
            self._payloads.setdefault(digest, offset)
            sent = body_of(record, locator)
        return self._page(record, url, sent, locator)

    def _page(self, record: Any, url: str, sent: Sent, locator: str) -> RawDocument | None:
        media_type = page_type(sent.content, content_type=content_type_of(record), url=url)
        if media_type is None:
            kind = content_type_of(record)
            if kind.startswith(_PAGES) and tell(sent.content[:HEAD]) in _UNREADABLE:
                told = f"it is sent as {kind.partition(';')[0]}, and is none (or packed unsaid)"
                raise UnreadableInput(told, where=locator)
            return None
        page = self._visit(record, url, sent.content, locator, media_type)
        part = {IS_PART: "yes"} if sent.is_part else {}
        return replace(page, declared={**page.declared, **part}) if part else page

    def _visit(
        self, record: Any, url: str, content: bytes, locator: str, media_type: str = ""
    ) -> RawDocument:
        http = record.http_headers
        visited = moment_of(record)
        return RawDocument(
            content=content,
            media_type=media_type,
            locator=locator,
            url=url or None,
            collected=visited or self._source.collected,
            reader=READER,
            headers={name.lower(): value for name, value in http.headers} if http else {},
            declared={"saved": visited.isoformat()} if visited else {},
        )

    def _content_of_first_visit(self, record: Any, url: str, digest: str, locator: str) -> Sent:
        """The page that a later visit found unchanged."""
        offset = self._payloads.get(digest) if digest else None
        if offset is None:
            headers = record.rec_headers
            first_visited = headers.get_header("WARC-Refers-To-Date")
            raise FirstVisitElsewhere(
                visit=self._visit(record, url, b"", locator),
                first_url=(headers.get_header("WARC-Refers-To-Target-URI") or url).strip("<> "),
                first_visited=in_utc(first_visited, datetime.fromisoformat),
                digest=digest,
            )
        position = self._stream.tell()
        self._stream.seek(offset)
        first = next(iter(ArchiveIterator(self._stream, arc2warc=True)))
        sent = body_of(first, locator)
        self._stream.seek(position)
        return sent

    def _has(self, magic: bytes, offset: int) -> bool:
        position = self._stream.tell()
        self._stream.seek(offset)
        found = self._stream.read(len(magic))
        self._stream.seek(position)
        return found == magic

    def _locator(self, url: str, record: Any) -> str:
        """The locator of a visit: with its time when the address was visited before."""
        locator = f"{self._source.locator}!{url}"
        again = hash(url) in self._addresses
        self._addresses.add(hash(url))
        visit = record.rec_headers.get_header("WARC-Date") or self._seen
        return f"{locator} {visit}" if again else locator

    def _place(self, offset: int) -> str:
        return f"{self._source.locator}!byte {offset}"

    def _damaged(self, offset: int, error: Exception) -> UnreadableInput:
        own = isinstance(error, (AttributeError, TypeError, LookupError, AssertionError))
        told = str(error).strip().partition("\n")[0].removeprefix("WARNING: ")
        reason = "it does not parse" if own or not told else told
        return UnreadableInput(f"a damaged record ({reason})", where=self._place(offset))
