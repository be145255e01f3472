"""Lone surrogates: how is a text written where only Unicode may stand?

A dump with a broken `\\ud83d` gives a text half a surrogate pair. It is kept as it came; where it
is shown, sent or printed, U+FFFD stands in its place, one for one, so that every offset holds.
"""

from __future__ import annotations

import re

_LONE = re.compile("[\ud800-\udfff]")


def replaced(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair."""
    try:
        text.encode()  # much quicker than to look
    except UnicodeEncodeError:
        return _LONE.sub("\ufffd", text)
    return text


def utf8(text: str) -> bytes:
    """The text in UTF-8."""
    return replaced(text).encode()
