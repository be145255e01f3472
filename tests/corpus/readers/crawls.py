"""Crawls for tests: WARC files with the records that a test asks for."""

from __future__ import annotations

import gzip
import io
from base64 import b32encode
from hashlib import sha1
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = (
    "<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    "<p>The convoy crossed the river at night and reached the town before dawn.</p></article>"
)


def crawl(*records: tuple[str, str] | dict[str, Any], packed: bool = True) -> bytes:
    """A WARC: `(url, title)` is a page; a mapping names other parts of a record."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=packed)
    for described in records:
        values = (
            {"url": described[0], "title": described[1]}
            if isinstance(described, tuple)
            else described
        )
        write_record(writer, **values)
    return buffer.getvalue()


def write_record(
    writer: WARCWriter,
    *,
    url: str,
    title: str = "",
    kind: str = "response",
    status: str = "200 OK",
    media_type: str = "text/html; charset=utf-8",
    date: str = "2024-05-06T07:08:09Z",
    body: bytes | None = None,
) -> None:
    """Writes one record; a revisit repeats the payload of the page with its title."""
    content = PAGE.format(title=title).encode() if body is None else body
    http = StatusAndHeaders(
        status, [("Content-Type", media_type), ("ETag", '"7"')], protocol="HTTP/1.1"
    )
    if kind == "revisit":
        digest = f"sha1:{b32encode(sha1(content).digest()).decode()}"
        record = writer.create_revisit_record(url, digest, url, date, http_headers=http)
        record.rec_headers.replace_header("WARC-Date", date)
    else:
        headers = {"WARC-Date": date}
        payload = io.BytesIO(content)
        record = writer.create_warc_record(
            url, kind, payload=payload, http_headers=http, warc_headers_dict=headers
        )
    writer.write_record(record)
    record.raw_stream.close()


def as_one_block(packed: bytes) -> bytes:
    """The same records packed as a whole, as `gzip crawl.warc` does it."""
    return gzip.compress(gzip.decompress(packed))
