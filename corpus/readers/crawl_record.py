"""What does one record of a crawl say? Its page, and when and how that was sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from corpus.errors import UnreadableInput, UnsafeInput
from corpus.readers.moments import in_utc
from corpus.readers.source import MAX_DOCUMENT

_UNREADABLE_ENCODINGS = {"zstd", "compress", "x-compress"}


def body_of(record: Any, locator: str) -> bytes:
    """The page in a record, unpacked as its HTTP headers say.

    Raises:
        InputError: it is too long, clipped, or packed in a way that we cannot read.
    """
    http = record.http_headers
    encoding = (http.get_header("Content-Encoding") or "").lower() if http else ""
    if encoding in _UNREADABLE_ENCODINGS:
        raise UnreadableInput(f"the page is packed with {encoding}", where=locator)
    content = record.content_stream().read(MAX_DOCUMENT + 1)
    if len(content) > MAX_DOCUMENT:
        raise UnsafeInput(f"longer than {MAX_DOCUMENT >> 20} MB", where=locator)
    if record.raw_stream.limit > 0:
        raise UnreadableInput("the record is clipped", where=locator)
    return cast("bytes", content)


def is_success(record: Any) -> bool:
    """Whether a page was sent, or found unchanged; a record without HTTP holds what was sent."""
    return record.http_headers is None or record.http_headers.get_statuscode() in ("200", "304")


def content_type_of(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return (headers.get_header("Content-Type") or "").lower()


def moment_of(record: Any) -> datetime | None:
    return in_utc(record.rec_headers.get_header("WARC-Date"), datetime.fromisoformat)
