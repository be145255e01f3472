"""Compression: is an answer sent smaller, to who can read it so?

Zstandard, Brotli or gzip, whichever the client likes best and of equals the first of these. What
is streamed is compressed piece by piece. No answer holds a secret beside words of the asker, so
that its length tells nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Protocol

import brotli
import zstandard
from flask import Flask, Response, request
from werkzeug.http import parse_accept_header

_FEWEST = 1024  # bytes below which nothing is won
_TEXTS = ("text/", "application/json")  # and lines of it
_WRITTEN_IN = ("+json", "+jsonl", "+xml")
_MORE_TEXTS = frozenset({"application/x-bibtex", "application/x-research-info-systems"})
_GZIP = 31  # zlib's number for a window of 32 KiB in gzip's wrapping
_PIECE = 1 << 16


class _Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


class _Brotli:
    """Brotli's compressor, with the method names of the others."""

    def __init__(self) -> None:
        self._own = brotli.Compressor(quality=4)

    def compress(self, data: bytes, /) -> bytes:
        packed: bytes = self._own.process(data)
        return packed

    def flush(self) -> bytes:
        rest: bytes = self._own.finish()
        return rest


_CODINGS: dict[str, Callable[[], _Compressor]] = {
    "zstd": lambda: zstandard.ZstdCompressor(level=3).compressobj(),
    "br": _Brotli,
    "gzip": lambda: zlib.compressobj(5, zlib.DEFLATED, _GZIP),
}


def install(app: Flask) -> None:
    """Has an application compress its answers."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not _is_text(response.mimetype) or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    coding = _best(request.headers.get("Accept-Encoding", ""))
    if not coding or response.status_code in {204, 206, 304} or request.method == "HEAD":
        return response
    compressor = _CODINGS[coding]()
    if response.is_streamed or response.direct_passthrough:
        response.direct_passthrough = False
        response.response = _pieces(response.iter_encoded(), compressor)
        response.headers.pop("Content-Length", None)
    else:
        data = response.get_data()
        if len(data) < _FEWEST:
            return response
        response.set_data(compressor.compress(data) + compressor.flush())
    response.headers["Content-Encoding"] = coding
    tag, weak = response.get_etag()
    if tag is not None and not weak:
        response.set_etag(tag, weak=True)  # the same answer in other bytes
    return response


def _is_text(mimetype: str | None) -> bool:
    return mimetype is not None and (
        mimetype.startswith(_TEXTS) or mimetype.endswith(_WRITTEN_IN) or mimetype in _MORE_TEXTS
    )


@lru_cache(256)  # browsers send the same each time
def _best(header: str) -> str:
    """The coding to use; none where the client would rather have none of ours."""
    accepted = parse_accept_header(header)
    worth = {coding: accepted.quality(coding) for coding in _CODINGS}
    coding = max(worth, key=lambda one: worth[one])
    return coding if worth[coding] > 0 else ""


def _pieces(data: Iterable[bytes], compressor: _Compressor) -> Iterator[bytes]:
    """Compressed pieces, not smaller than they are worth sending, until the last."""
    held = bytearray()
    for piece in data:
        held += compressor.compress(piece)
        if len(held) >= _PIECE:
            yield bytes(held)
            held.clear()
    yield bytes(held) + compressor.flush()
