"""When are two texts the same words? Compared without case, punctuation and spaces."""

from __future__ import annotations

import re

_WORDS = re.compile(r"\w+")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded for comparison."""
    return tuple(_WORDS.findall(text.casefold()))
