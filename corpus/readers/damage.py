"""Where does a damaged crawl go on? At the next thing that looks like the start of a record."""

from __future__ import annotations

import contextlib
import io
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from corpus.readers.compressed import GZIP

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

PLAIN = b"WARC/"

_PLAIN_START = re.compile(
    rb"(?<=\n)WARC/[01]\.\d"
    rb"|(?<=\n)https?://\S{1,4000} \d{1,3}(?:\.\d{1,3}){3} \d{14} "  # a record of an ARC
)
_START = re.compile(re.escape(GZIP) + rb"|" + _PLAIN_START.pattern)
_BLOCK = 1 << 20
_OVERLAP = 5000


def next_record(stream: BinaryIO, *, after: int, packed: bool = True) -> int | None:
    """The offset of the next record after the one at `after`; None when there is none.

    Args:
        packed: whether it may be packed.
    """
    start = _START if packed else _PLAIN_START
    position = after + 1
    while True:
        stream.seek(position)
        block = stream.read(_BLOCK + _OVERLAP)
        match = start.search(block)
        if match is not None:
            return position + match.start()
        if len(block) < _BLOCK + _OVERLAP:
            return None
        position += _BLOCK


@contextlib.contextmanager
def heeded() -> Iterator[None]:
    """Makes an error of what warcio only prints: that bytes do not unpack, or lengths do not fit.

    Raises:
        ValueError: something was printed.
    """
    with contextlib.redirect_stderr(io.StringIO()) as printed:
        yield
    for complaint in filter(None, printed.getvalue().splitlines()):
        if not complaint.startswith("Replacing spaces"):  # in an address, which harms nothing
            raise ValueError(complaint)
