"""Where does a damaged crawl go on? At the next thing that looks like the start of a record."""

from __future__ import annotations

import re
import zlib
from typing import BinaryIO

DAMAGE = (
    OSError,
    EOFError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    AssertionError,
    zlib.error,
)
"""What the parser of crawls raises on damaged bytes, as found by mutating real ones."""

_START = re.compile(
    rb"\x1f\x8b\x08"  # a packed record
    rb"|(?<=\n)WARC/[01]\.\d"
    rb"|(?<=\n)https?://\S{1,4000} \d{1,3}(?:\.\d{1,3}){3} \d{14} "  # a record of an ARC
)
_BLOCK = 1 << 20
_OVERLAP = 5000


def next_record(stream: BinaryIO, *, after: int) -> int | None:
    """The offset of the next record after the one at `after`; None when there is none."""
    position = after + 1
    while True:
        stream.seek(position)
        block = stream.read(_BLOCK + _OVERLAP)
        match = _START.search(block)
        if match is not None:
            return position + match.start()
        if len(block) < _BLOCK + _OVERLAP:
            return None
        position += _BLOCK
