"""Cursor: where does the next page begin? An opaque text, good for one question over one
generation.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace

from corpus.errors import InvalidParameter
from search.engine import PageStart
from search.request import SearchRequest

_ENCODER = json.JSONEncoder(separators=(",", ":"))
_CHECK_BYTES = 6  # against a slip of the hand, not an attacker: a cursor holds nothing secret


def write_cursor(start: PageStart, request: SearchRequest, generation: str) -> str:
    """A cursor to the page after `start`."""
    content = _ENCODER.encode(
        [generation, _question(request), float(start.key).hex(), start.doc_number]
    ).encode()
    return base64.urlsafe_b64encode(_check(content) + content).decode().rstrip("=")


def read_cursor(cursor: str, request: SearchRequest) -> PageStart:
    """Where the page begins that a cursor asks for.

    Raises:
        InvalidParameter: it is damaged, or belongs to another question.
    """
    _, question, key, doc_number = _content(cursor)
    if question != _question(request):
        raise InvalidParameter(
            "This cursor belongs to another question",
            where="cursor",
            advice="Repeat all parameters of the first page, or start again without a cursor",
        )
    return PageStart(float.fromhex(key), doc_number)


def generation_of(cursor: str) -> str:
    """The generation that a cursor is bound to.

    Raises:
        InvalidParameter: it is damaged.
    """
    return _content(cursor)[0]


def _content(cursor: str) -> tuple[str, str, str, int]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        raw = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (ValueError, UnicodeError):  # binascii.Error is a ValueError
        raw = b""
    if raw[:_CHECK_BYTES] != _check(raw[_CHECK_BYTES:]):
        raise InvalidParameter(
            "This cursor is damaged",
            where="cursor",
            advice="Take next_cursor as it stands in the answer, or start again without one",
        )
    generation, question, key, doc_number = json.loads(raw[_CHECK_BYTES:])
    return generation, question, key, doc_number


def _question(request: SearchRequest) -> str:
    """What must stay the same from page to page: not the size of a page, nor what it counts."""
    asked = replace(request, cursor="", limit=0, facets=(), histogram=None, highlight=True)
    return hashlib.blake2b(repr(asked).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _check(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_CHECK_BYTES, person=b"cursor").digest()
