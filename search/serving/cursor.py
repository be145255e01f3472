"""Cursor: where does the next page begin? An opaque text, good for one question over one
generation.

It ends on a seal that only who has the generation can make: its key is what the manifest says of
the generation's files, which no answer tells. All workers have it, and a server that was started
anew.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import math
from dataclasses import replace
from typing import NoReturn

from corpus.errors import InvalidParameter
from indexer.generations.publishing import Generation
from search.engine import PageStart
from search.request import SearchRequest

_ENCODER = json.JSONEncoder(separators=(",", ":"))
_SEAL_BYTES = 12
_LONGEST = 600  # characters; ours have about 120
_MOST_DOCUMENTS = 2**31


def write_cursor(start: PageStart, request: SearchRequest, generation: Generation) -> str:
    """A cursor to the page after `start`."""
    content = _ENCODER.encode(
        [generation.name, _question(request), float(start.key).hex(), start.doc_number]
    ).encode()
    return base64.urlsafe_b64encode(_seal(content, generation) + content).decode().rstrip("=")


def read_cursor(cursor: str, request: SearchRequest, generation: Generation) -> PageStart:
    """Where the page begins that a cursor asks for.

    Raises:
        InvalidParameter: it is damaged, was not made here, or belongs to another question.
    """
    raw = _raw(cursor)
    seal, content = raw[:_SEAL_BYTES], raw[_SEAL_BYTES:]
    if not hmac.compare_digest(seal, _seal(content, generation)):
        _refuse()
    _, question, key, doc_number = _content(cursor)
    if question != _question(request):
        raise InvalidParameter(
            "This cursor belongs to another question",
            where="cursor",
            advice="Repeat all parameters of the first page, or start again without a cursor",
        )
    return PageStart(key, doc_number)


def generation_of(cursor: str) -> str:
    """The generation that a cursor says it is bound to; whether it is, `read_cursor` tells.

    Raises:
        InvalidParameter: it is damaged.
    """
    return _content(cursor)[0]


def _raw(cursor: str) -> bytes:
    if len(cursor) > _LONGEST:
        _refuse()
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        return base64.b64decode(padded, altchars=b"-_", validate=True)
    except (ValueError, UnicodeError):  # binascii.Error is a ValueError
        _refuse()


def _content(cursor: str) -> tuple[str, str, float, int]:
    try:
        generation, question, key, doc_number = json.loads(_raw(cursor)[_SEAL_BYTES:])
        start = float.fromhex(key)
    except (ValueError, TypeError, OverflowError, RecursionError):
        _refuse()
    if not (
        isinstance(generation, str)
        and isinstance(question, str)
        and type(doc_number) is int
        and 0 <= doc_number < _MOST_DOCUMENTS
        and not math.isnan(start)
    ):
        _refuse()
    return generation, question, start, doc_number


def _refuse() -> NoReturn:
    raise InvalidParameter(
        "This cursor is damaged",
        where="cursor",
        advice="Take next_cursor as it stands in the answer, or start again without one",
    ) from None


def _question(request: SearchRequest) -> str:
    """What must stay the same from page to page: not the size of a page, nor what it counts."""
    asked = replace(
        request, cursor="", limit=0, facets=(), histogram=None, highlight=True, related=0
    )
    return hashlib.blake2b(repr(asked).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _seal(content: bytes, generation: Generation) -> bytes:
    key = hashlib.blake2b(person=b"cursor")
    for name, record in sorted(generation.manifest.files.items()):
        key.update(f"{name} {record.sha256}\n".encode())
    return hashlib.blake2b(content, digest_size=_SEAL_BYTES, key=key.digest()).digest()
