"""Sent: what did a server answer, unpacked as its headers say?"""

from __future__ import annotations

import contextlib
import io
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any, BinaryIO, NamedTuple, cast

import brotli
import zstandard
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from corpus.errors import UnreadableInput, UnsafeInput
from corpus.readers.packed.compressed import zstandard_unpacker
from corpus.readers.source import MAX_DOCUMENT, Budget, Gauge, Source, buffered

_SUCCESS = {"200", "203", "206", "304"}
_RANGE = re.compile(r"bytes\s+(\d+)-(\d+)/(\d+|\*)")
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]{0,4000})?\r?\n")
"""How a piece of an answer begins."""
_AT_ONCE = 4096
_DIGITS = 18  # of a length; more, and it is none

_Unpack = Callable[[bytes], bytes]


def answered(record: Any) -> Any:
    """The HTTP headers of a record; None for one that holds no answer of a server."""
    if record.http_headers is None and "application/http" in (record.content_type or ""):
        # warcio looks for them behind addresses in lower case only
        with contextlib.suppress(StatusAndHeadersParserException, EOFError):
            parser = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"], verify=False)
            record.http_headers = parser.parse(record.raw_stream)
    with contextlib.suppress(StatusAndHeadersParserException, EOFError):
        while _is_interim(record.http_headers):  # "100 Continue", and then the answer
            parser = StatusAndHeadersParser(["HTTP/"], verify=False)
            record.http_headers = parser.parse(record.raw_stream)
    return record.http_headers


def _is_interim(http: Any) -> bool:
    return http is not None and http.get_statuscode().startswith("1")


def without_headers(source: Source) -> Source | None:
    """What a server sent, of a file that begins with the headers of its answer, as `curl -i` and
    `wget --save-headers` keep it; None for any other file.

    Raises:
        InputError: the answer was that there is nothing, or it is packed in a way unknown to us.
    """
    found = _ANSWER.match(source.head)
    if found is None:
        return None
    if found["status"] not in (b"200", b"203", b"206"):
        raise UnreadableInput(
            f"the server answered with {found['status'].decode()}", where=source.locator
        )
    source.stream.read(found.end())
    told = {
        name.strip().lower(): value.strip().lower()
        for name, _, value in (line.partition(b":") for line in found["headers"].splitlines())
    }
    chunked = told.get(b"transfer-encoding", b"") == b"chunked"
    encodings = told.get(b"content-encoding", b"").replace(b" ", b"").split(b",")
    stream: BinaryIO = cast("BinaryIO", Gauge(cast("BinaryIO", source.stream), source.budget))
    rest = replace(source, stream=buffered(stream), depth=source.depth + 1)
    if not (chunked and _SIZE.match(rest.head)) and encodings == [b""]:
        return rest
    content = rest.all()
    if chunked and _SIZE.match(content):
        content, _ = _unchunked(content)
    for encoding in reversed(encodings):
        if not content.startswith(b"<"):  # wget unpacks, and keeps the header
            content = _unpacked(content, encoding.decode("latin-1"), source.locator)
    return replace(rest, stream=buffered(io.BytesIO(content)))


_ANSWER = re.compile(
    rb"(?:HTTP/[\d.]{1,3} 1\d\d[^\r\n]*\r?\n(?:[\w-]+:[^\r\n]*\r?\n)*\r?\n)?"
    rb"HTTP/[\d.]{1,3} (?P<status>\d{3})[^\r\n]*\r?\n"
    rb"(?P<headers>(?:[\w-]+:[^\r\n]*\r?\n){1,99})\r?\n"
)


def is_success(record: Any) -> bool:
    """Whether a page was sent, or found unchanged; a record without HTTP holds what was sent."""
    http = answered(record)
    return http is None or http.get_statuscode() in _SUCCESS


class Sent(NamedTuple):
    """What a server sent; `is_part` where it had announced more, or the crawler says so."""

    content: bytes
    is_part: bool


def body_of(record: Any, locator: str) -> Sent:
    """The page in a record.

    Raises:
        InputError: it is too long, clipped, or packed in a way that we cannot read.
    """
    http = answered(record)
    encodings = _list(http, "Content-Encoding")
    packed = record.raw_stream
    content = cast("bytes", packed.read(MAX_DOCUMENT + 1))
    if len(content) > MAX_DOCUMENT:
        raise UnsafeInput(f"longer than {MAX_DOCUMENT >> 20} MB", where=locator)
    if record.raw_stream.limit > 0:
        raise UnreadableInput("the record is clipped", where=locator)
    is_part = _is_part(record, http, len(content))
    if http is not None and http.get_statuscode() == "206":
        start, is_all = range_of(http.get_header("Content-Range") or "")
        if start:
            raise UnreadableInput("only a later part of the page was sent", where=locator)
        is_part = is_part or not is_all
    if "chunked" in _list(http, "Transfer-Encoding"):
        content, has_end = _unchunked(content)
        is_part = is_part or not has_end
    for encoding in reversed(encodings):
        content = _unpacked(content, encoding, locator)
    return Sent(content, is_part)


def _is_part(record: Any, http: Any, length: int) -> bool:
    """Whether fewer bytes are there than the server announced: what is kept unpacked is longer."""
    if record.rec_headers.get_header("WARC-Truncated"):
        return True
    told = (http.get_header("Content-Length") or "").strip() if http is not None else ""
    chunked = "chunked" in _list(http, "Transfer-Encoding")
    return told.isascii() and told.isdigit() and not chunked and 0 < length < int(told[:_DIGITS])


def _list(http: Any, name: str) -> list[str]:
    value = (http.get_header(name) or "") if http else ""
    return [part for part in value.lower().replace(" ", "").split(",") if part]


def range_of(told: str) -> tuple[int, bool]:
    """Where the part of a page begins that was sent, and whether it is all, as far as is said.

    Args:
        told: the header `Content-Range`.
    """
    found = _RANGE.match(told)
    if found is None:
        return 0, True
    start, end = int(found[1]), int(found[2])
    return start, not start and (found[3] == "*" or end + 1 >= int(found[3]))


def _unchunked(content: bytes) -> tuple[bytes, bool]:
    """What was sent in pieces, put together, and whether its end is there.

    Behind the last piece more headers may stand, which are none of the page. What is in no pieces,
    because the crawler put them together and left the header as it was, is given as it is.
    """
    parts: list[bytes] = []
    at = 0
    while (size := _SIZE.match(content, at)) is not None:
        length = int(size[1], 16)
        if not length:
            return b"".join(parts), True
        parts.append(content[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if content.startswith(b"\r\n", at) else content.startswith(b"\n", at)
    return (b"".join(parts), False) if parts else (content, True)


def _unpacked(content: bytes, encoding: str, locator: str) -> bytes:
    if encoding == "identity":
        return content
    if encoding not in _UNPACKERS:
        raise UnreadableInput(f"the page is packed with {encoding}", where=locator)
    for begin in _UNPACKERS[encoding]:
        with contextlib.suppress(zlib.error, brotli.error, zstandard.ZstdError, EOFError):
            return _unpacked_by(begin(), content, locator)
    return content  # crawlers that keep what they unpacked leave the header as it was


def _unpacked_by(unpack: _Unpack, content: bytes, locator: str) -> bytes:
    budget = Budget(lambda: len(content), locator=locator)
    parts = []
    total = 0
    for start in range(0, len(content), _AT_ONCE):
        part = unpack(content[start : start + _AT_ONCE])
        budget.spend(len(part))
        total += len(part)
        if total > MAX_DOCUMENT:
            raise UnsafeInput(f"longer than {MAX_DOCUMENT >> 20} MB", where=locator)
        parts.append(part)
    return b"".join(parts)


def _gzip() -> _Unpack:
    return zlib.decompressobj(wbits=31).decompress


def _zlib() -> _Unpack:
    return zlib.decompressobj().decompress


def _raw_deflate() -> _Unpack:
    return zlib.decompressobj(wbits=-15).decompress


def _brotli() -> _Unpack:
    return cast("_Unpack", brotli.Decompressor().process)


def _zstandard() -> _Unpack:
    return zstandard_unpacker().decompress


_UNPACKERS: dict[str, tuple[Callable[[], _Unpack], ...]] = {
    "gzip": (_gzip,),
    "x-gzip": (_gzip,),
    "deflate": (_zlib, _raw_deflate),
    "br": (_brotli,),
    "zstd": (_zstandard,),
}
