"""Pieces: what stands in a long text between one beginning and the next, whatever is broken?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, cast

from corpus.errors import UnsafeInput
from corpus.readers.records import locator_of
from corpus.readers.source import MAX_DOCUMENT, Source, some_of

_AT_ONCE = 1 << 20
_LONGEST_BEGINNING = 3000


def pieces(
    source: Source, begin: re.Pattern[bytes]
) -> Iterator[tuple[int, bytes, bytes | UnsafeInput]]:
    """Each piece: its number, how it begins, and what follows; one too long costs itself.

    What stands before the first is left out.
    """
    window = head = b""
    number = 0
    too_long = False

    def piece(end: int) -> tuple[int, bytes, bytes | UnsafeInput]:
        if not too_long:
            return number, head, window[:end]
        told = f"it is longer than {MAX_DOCUMENT >> 20} MB"
        return number, head, UnsafeInput(told, where=locator_of(source, number))

    searched = 0
    while block := some_of(cast("BinaryIO", source.stream), _AT_ONCE):
        window += block
        while found := begin.search(window, searched):
            if number:
                yield piece(found.start())
            number += 1
            window, head, too_long, searched = window[found.end() :], found[0], False, 0
        if len(window) > MAX_DOCUMENT:
            window, too_long = window[-_LONGEST_BEGINNING:], True
        searched = max(0, len(window) - _LONGEST_BEGINNING)
    if number:
        yield piece(len(window))
