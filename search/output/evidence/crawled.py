"""Crawled: how is what came from a crawl told to tools that replay one? As records (WARC 1.1).

The catalogue keeps the body of an answer, unpacked, and its headers, not each byte that was sent.
So a sighting becomes a `resource` record, the payload just as it is kept, and a `metadata` record
with the headers. It is no `response`, which would claim more.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC

from warcio.warcwriter import WARCWriter

from corpus.collecting.collect import READER as COLLECTED
from corpus.readers.web.warc import READER as CRAWLED
from corpus.store import Original, Sighting

NAME = "crawl.warc.gz"
_CRAWLS = frozenset({COLLECTED, CRAWLED})
_ABOUT = {
    "format": "WARC File Format 1.1",
    "description": "Made of what a catalogue kept of answers: the body, unpacked, and the headers.",
}


def records_of(
    sightings: Sequence[Sighting], originals: Mapping[str, Original], *, software: str
) -> bytes:
    """A WARC file of all sightings in a crawl, in their order; empty where there were none.

    Args:
        originals: by SHA-256; sightings of others are left out.
        software: the name and version of what makes it.
    """
    crawled = [
        seen
        for seen in sightings
        if seen.reader in _CRAWLS and seen.url and seen.original_sha256 in originals
    ]
    if not crawled:
        return b""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True, warc_version="1.1")
    about = _ABOUT | {"software": software}
    _write(writer, NAME, "warcinfo", _fields(about), {"WARC-Date": _date(crawled[0])})
    for seen in crawled:
        original = originals[seen.original_sha256]
        digest = f"sha256:{seen.original_sha256}"
        named = _write(
            writer,
            seen.url or "",
            "resource",
            original.content,
            {
                "WARC-Date": _date(seen),
                "WARC-Block-Digest": digest,
                "WARC-Payload-Digest": digest,
                "Content-Type": original.media_type,
            },
        )
        headers = {"WARC-Date": _date(seen), "WARC-Concurrent-To": named}
        said = {f"http-{name}": value for name, value in seen.headers.items()}
        _write(
            writer,
            seen.url or "",
            "metadata",
            _fields({"collected-from": seen.locator, "reader": seen.reader, **said}),
            headers,
        )
    return file.getvalue()


def _write(
    writer: WARCWriter, url: str, kind: str, content: bytes, headers: Mapping[str, str]
) -> str:
    """Writes a record; the same sighting gives the same one. Returns its id."""
    made_of = f"{kind} {url} {sorted(headers.items())}"
    record_id = f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, made_of)}>"
    record = writer.create_warc_record(
        url,
        kind,
        payload=io.BytesIO(content),
        length=len(content),
        warc_content_type=headers.get("Content-Type", "application/warc-fields"),
        warc_headers_dict={
            "WARC-Record-ID": record_id,
            **{name: value for name, value in headers.items() if name != "Content-Type"},
        },
    )
    writer.write_record(record)
    return record_id


def _fields(values: Mapping[str, str]) -> bytes:
    lines = (f"{name}: {' '.join(str(value).split())}\r\n" for name, value in values.items())
    return "".join(lines).encode("utf-8", "replace")


def _date(seen: Sighting) -> str:
    return seen.collected.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
